"""Room and prices on a terminal: tables of at most 80 columns.

In: what was found. Out: lines. Parties that do nothing in any plan are counted, not listed.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from ringtausch.language import _, ngettext

if TYPE_CHECKING:
    from ringtausch.insight.prices import Price, Prices
    from ringtausch.insight.room import Range, Room

__all__ = ["price_lines", "room_lines"]

_WIDTH = 80
_MILLION = 1e6
_NUMBER = 13


def room_lines(found: Room, *, given: bool) -> list[str]:
    """Write the ranges of each party, and the plans that differ most in who gives."""
    lines = [
        _("Plans within {near:g} % of the best in every aim").format(near=100 * found.near)
        if found.near
        else _("The best plans"),
        _row("", (_("best"), _("at most"))),
    ]
    for name, limit in found.limits.items():
        lines.append(_row(f"  {name}", (_number(limit.best), _number(limit.most))))
    shown = [
        (one, in_plan)
        for one, in_plan in zip(found.ranges, found.in_plan, strict=True)
        if one.most or one.most_bound or in_plan
    ]
    if shown:
        heads = (_("least"), _("your plan") if given else _("best plan"), _("most"))
        lines += ["", _row(_("What each party gives, waits and pays"), heads)]
    before = ""
    for one, in_plan in shown:
        lines.append(_range_row(one, in_plan, "" if one.party == before else one.party))
        before = one.party
    if not all(one.proved for one, _in_plan in shown):
        lines.append(
            _("  ~ time ran out: so far was found, and it may go on; --json has the bounds")
        )
    idle = {one.party for one in found.ranges} - {one.party for one, _in_plan in shown}
    if idle:
        lines.append(
            ngettext(
                "{n} party neither gives, waits nor pays in any such plan.",
                "{n} parties neither give, wait nor pay in any such plan.",
                len(idle),
            ).format(n=len(idle))
        )
    return [*lines, *_plan_lines(found)]


def _range_row(one: Range, in_plan: float, party: str) -> str:
    what = {
        "give": _("gives {what}"),
        "wait": _("waits, {what}"),
        "pay": _("pays, {what}"),
    }[one.kind]
    if one.kind == "give" and not one.item:
        what = _("gives in value, {what}")
    money = one.kind != "wait" and not one.item
    scale = _MILLION if money and max(abs(one.most), abs(in_plan)) >= _MILLION else 1.0
    unit = one.item or one.unit
    label = what.format(what=f"{unit} m" if scale > 1 else unit)
    least = _number(one.least / scale) + ("" if one.least == one.least_bound else "~")
    most = _number(one.most / scale) + ("" if one.most == one.most_bound else "~")
    return _row(f"  {_cut(party, 8):8} {label}", (least, _number(in_plan / scale), most))


def _plan_lines(found: Room) -> list[str]:
    """Tell who gives what in the best plan and in those that differ most from it."""
    if not found.plans:
        return []
    best = _amounts_of_plan(found)
    lines = ["", _("Who gives, in plans chosen to differ most")]
    lines += _wrapped(_("best: {gives}").format(gives=_gives(best)))
    for number, other in enumerate(found.plans, start=1):
        text = _("{n}: {gives}").format(n=number, gives=_changes(best, other.gives))
        lines += _wrapped(text)
    return lines


def _amounts_of_plan(found: Room) -> dict[tuple[str, str], float]:
    giver = {row.offer: row.party for row in found.scenario.offers}
    amounts: dict[tuple[str, str], float] = {}
    for row in found.best.rows("dispatches"):
        key = (giver[row.offer], row.item)
        amounts[key] = amounts.get(key, 0.0) + row.quantity
    return amounts


def _gives(amounts: dict[tuple[str, str], float]) -> str:
    said = [f"{party} {units:g} x {item}" for (party, item), units in sorted(amounts.items())]
    return ", ".join(said) or _("nobody gives anything")


def _changes(before: dict[tuple[str, str], float], after: dict[tuple[str, str], float]) -> str:
    """Say what is given otherwise than in the best plan."""
    said = [
        _("{party} {after:g} x {item} (not {before:g})").format(
            party=key[0], item=key[1], after=after.get(key, 0.0), before=before.get(key, 0.0)
        )
        for key in sorted({*before, *after})
        if abs(after.get(key, 0.0) - before.get(key, 0.0)) > 1e-6
    ]
    return ", ".join(said) or _("as in the best plan")


def price_lines(found: Prices) -> list[str]:
    """Write what giving up a share of each objective buys in the later ones."""
    lines = [
        _("Giving up {share:g} % of an objective buys in the later ones:").format(
            share=100 * found.give_up
        ),
        _row("", (_("before"), _("after"), _("change"))),
    ]
    for row in found.rows:
        lines += _price_rows(found, row)
    return lines


def _price_rows(found: Prices, row: Price) -> list[str]:
    mark = "" if row.proved else "~"
    head = _("{objective}: {value}, giving up {allowed}{mark}").format(
        objective=row.objective, value=_number(row.value), allowed=_number(row.allowed), mark=mark
    )
    bought = [name for name, change in row.change.items() if change]
    if not bought:
        return [_cut(_("{head} buys nothing").format(head=head), _WIDTH)]
    lines = [_cut(_("{head} ({used} used)").format(head=head, used=_number(row.used)), _WIDTH)]
    for name in bought:
        change = row.change[name]
        sign = "+" if change > 0 else ""
        values = (_number(found.base[name]), _number(row.later[name]), sign + _number(change))
        lines.append(_row(f"  {name}", values))
    return lines


def _row(label: str, values: tuple[str, ...]) -> str:
    """Set a label at the left and values at the right of a line."""
    cells = "".join(f"{value:>{_NUMBER}}" for value in values)
    room = _WIDTH - len(cells)
    return (f"{_cut(label, room):{room}}" + cells).rstrip()


def _number(value: float) -> str:
    """Write a number with at most six digits that count, large ones in millions."""
    if abs(value) >= _MILLION:
        return f"{value / _MILLION:,.6g} m"
    return f"{round(value, 4) + 0.0:,.6g}"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="     ")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
