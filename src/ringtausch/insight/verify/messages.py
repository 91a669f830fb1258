"""What verification says about the form of a plan and the figures it states, one function each.

A sentence says what stands where, and what would be right.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ringtausch.insight.verify.violation import Place
from ringtausch.insight.verify.wording import listed, number, units
from ringtausch.language import _, ngettext
from ringtausch.records.problems import nearest

_NAMES_SHOWN = 6


# ---- the form of the plan


def unknown_name(row: Place, kind: str, name: str, known: Iterable[str]) -> str:
    """Say that the scenario has no such name, and the nearest it has."""
    names = sorted(known)
    said = _('{row} names the {kind} "{name}", which the scenario does not have').format(
        row=row, kind=_(kind), name=name
    )
    close = nearest(name, names)
    if close is not None:
        return _('{said}; did you mean "{name}"?').format(said=said, name=close)
    if not names:
        return said
    return _("{said}; it has {names}").format(said=said, names=listed(names, _NAMES_SHOWN))


def no_such_period(row: Place, period: int, count: int) -> str:
    """Say that a period lies outside the plan."""
    return _("{row} is in period {period}, but the periods of the plan are 0 to {last}").format(
        row=row, period=period, last=count - 1
    )


def wrong_date(row: Place, day: date, period: int, right: date) -> str:
    """Say that date and period contradict each other."""
    return _("{row} has the date {day}, but period {period} begins on {right}").format(
        row=row, day=day, period=period, right=right
    )


def wrong_arrival(row: Place, stated: int, period: int, right: int) -> str:
    """Say that a dispatch arrives in another period than it states."""
    return _(
        "{row} states the arrival {stated}, but what leaves in period {period} on that lane"
        " arrives in period {right}"
    ).format(row=row, stated=stated, period=period, right=right)


def wrong_delivery(row: Place, stated: int, period: int, right: int) -> str:
    """Say that an order is delivered in another period than it states."""
    return _(
        "{row} states the delivery {stated}, but what is ordered in period {period} on those terms"
        " is delivered in period {right}"
    ).format(row=row, stated=stated, period=period, right=right)


def not_a_quantity(row: Place, quantity: float) -> str:
    """Say that a number is no quantity."""
    return _(
        "{row} has the quantity {quantity}; a quantity is 0.000001 or more, or the row is left out"
    ).format(row=row, quantity=number(quantity))


def not_an_amount(row: Place, amount: float) -> str:
    """Say that a number is no amount of money."""
    return _("{row} has the amount {amount}; an amount is 0 or more").format(
        row=row, amount=number(amount)
    )


def not_whole(row: Place, quantity: float, item: str, below: int, above: int) -> str:
    """Say that an item cannot be divided."""
    return _(
        "{row} has {units}, but {item} comes in whole units only; write {below} or {above}"
    ).format(row=row, units=units(quantity, item), item=item, below=below, above=above)


# ---- the figures that the plan states


def stated_objective(name: str, stated: float, right: float) -> str:
    """Say that an objective has another value."""
    return _("plan.json states {name} = {stated}, but the decisions come to {right}").format(
        name=name, stated=number(stated), right=number(right)
    )


def bound_above_value(name: str, bound: float, value: float) -> str:
    """Say that no bound can lie above the value it bounds."""
    return _(
        "plan.json states the bound {bound} for {name}, above its value {value}; what is proved to"
        " be the least cannot be more than what the plan reaches"
    ).format(name=name, bound=number(bound), value=number(value))


def stated_figure(
    row: Place, what: str, period: str, figures: tuple[float, float], more: int
) -> str:
    """Say that a consequence differs, and how many others of its file do."""
    said = _(
        "{row} states {stated} for {what} in {period}, but the decisions leave {right}"
    ).format(row=row, stated=number(figures[0]), what=what, period=period, right=number(figures[1]))
    if not more:
        return said
    return ngettext(
        "{said}; {count} other figure of that file differs",
        "{said}; {count} other figures of that file differ",
        more,
    ).format(said=said, count=more)


def other_scenario() -> str:
    """Say that the scenario has changed since the plan was made."""
    return _("note: the plan was made for another version of this scenario (the content differs)")


def what_is_held(party: str, item: str) -> str:
    """Name a stock."""
    return _("the {item} of {party}").format(item=item, party=party)


def what_is_owed(party: str, item: str) -> str:
    """Name a debt, or what of it is late."""
    return _("the {item} owed to {party}").format(item=item, party=party)


def what_is_missing(party: str, capability: str) -> str:
    """Name a gap."""
    return _("the {capability} that {party} lacks").format(party=party, capability=capability)


def what_is_unmet(need: str) -> str:
    """Name what a need lacks."""
    return _("what the need {need} lacks").format(need=need)
