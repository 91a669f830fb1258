"""Harm: what gets worse for whom when one plan takes the place of another.

In: two plans of a scenario. Out: for each need, floor and debt that is worse off: since when, by how
much, and in words: later met, further below, waiting longer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from ringtausch.insight.changes.words import unit_periods_text
from ringtausch.insight.explain.wording import number_text, when_text
from ringtausch.language import _

if TYPE_CHECKING:
    from ringtausch.records import Plan, Scenario

__all__ = ["Worse", "what_gets_worse"]

_NOISE = 1e-6

Levels = dict[tuple[str, ...], dict[int, float]]


@dataclass(frozen=True)
class Worse:
    """Something that is worse for a party: a need (`unmet`), a floor (`gap`) or a debt (`wait`).

    `first` is the first day of the first period in which it is worse; `amount` is how many
    unit-periods it is worse in all.
    """

    party: str
    kind: Literal["unmet", "gap", "wait"]
    subject: str  # need, capability or item
    first: date
    amount: float
    sentence: str


def what_gets_worse(scenario: Scenario, before: Plan, after: Plan) -> list[Worse]:
    """List what is worse in the second plan, the most unit-periods first within each kind."""
    needs = {row.need: row.party for row in scenario.needs}
    found = [
        *_worse(scenario, "unmet", _levels(before, "unmet"), _levels(after, "unmet"), needs),
        *_worse(scenario, "gap", _levels(before, "gaps"), _levels(after, "gaps"), {}),
        *_worse(scenario, "wait", _levels(before, "debts"), _levels(after, "debts"), {}),
    ]
    kinds = ["unmet", "gap", "wait"]
    return sorted(found, key=lambda w: (kinds.index(w.kind), -w.amount, w.party, w.subject))


_FIELDS = {"unmet": ("need",), "gaps": ("party", "capability"), "debts": ("party", "item")}


def _levels(plan: Plan, table: str) -> Levels:
    found: Levels = defaultdict(dict)
    for row in plan.rows(table):
        found[tuple(getattr(row, name) for name in _FIELDS[table])][row.period] = row.quantity
    return found


def _worse(
    scenario: Scenario,
    kind: Literal["unmet", "gap", "wait"],
    before: Levels,
    after: Levels,
    owners: dict[str, str],
) -> Iterator[Worse]:
    for names, now in after.items():
        then = before.get(names, {})
        more = {t: level - then.get(t, 0.0) for t, level in now.items() if level > then.get(t, 0.0)}
        more = {t: amount for t, amount in more.items() if amount > _NOISE}
        amount = sum(now.values()) - sum(then.values())
        if not more or amount <= _NOISE:  # earlier or later, but no worse in all
            continue
        party = names[0] if len(names) > 1 else owners.get(names[0], "")
        yield Worse(
            party=party,
            kind=kind,
            subject=names[-1],
            first=scenario.calendar.first_day(min(more)),
            amount=amount,
            sentence=_SENTENCES[kind](scenario, party, names[-1], then, now, amount),
        )


Periods = dict[int, float]


def _unmet(
    scenario: Scenario, party: str, need: str, then: Periods, now: Periods, amount: float
) -> str:
    return _("{party}'s need {need} {when} ({more} more)").format(
        party=_named(scenario, party),
        need=need,
        when=_ends(scenario, then, now, _Words(_("met"), _("missing"), _("in time"))),
        more=unit_periods_text(scenario, number_text(amount)),
    )


def _gap(
    scenario: Scenario, party: str, capability: str, then: Periods, now: Periods, amount: float
) -> str:
    worst = max(now.values())
    before = max(then.values(), default=0.0)
    return _(
        "{party} is {worst} {capability} below its floor at worst, {before} before ({more} more)"
    ).format(
        party=_named(scenario, party),
        worst=number_text(worst),
        capability=capability,
        before=number_text(before),
        more=unit_periods_text(scenario, number_text(amount)),
    )


def _wait(
    scenario: Scenario, party: str, item: str, then: Periods, now: Periods, amount: float
) -> str:
    return _("{party} waits for {item}: {when} ({more} more)").format(
        party=_named(scenario, party),
        item=item,
        when=_ends(scenario, then, now, _Words(_("replaced"), _("owed"), _("nothing owed"))),
        more=unit_periods_text(scenario, number_text(amount)),
    )


_SENTENCES: dict[str, Callable[[Any, str, str, Periods, Periods, float], str]] = {
    "unmet": _unmet,
    "gap": _gap,
    "wait": _wait,
}


def _named(scenario: Scenario, party: str) -> str:
    return next((row.name or party for row in scenario.parties if row.party == party), party)


@dataclass(frozen=True)
class _Words:
    """How the end of something is told: a need is met, a debt is replaced."""

    done: str
    left: str
    never: str  # there was nothing before


def _ends(scenario: Scenario, then: Periods, now: Periods, words: _Words) -> str:
    """Say by when it ends, and by when it did before; or how much is left at the end."""
    last = scenario.calendar.count - 1
    left, before = now.get(last, 0.0), then.get(last, 0.0)
    if left > _NOISE:
        text = _("{amount} still {left} at the end, {before} before")
        if abs(left - before) <= _NOISE:
            text = _("{amount} still {left} at the end as before, more until then")
        return text.format(amount=number_text(left), left=words.left, before=number_text(before))
    ended = when_text(scenario, max(now) + 1)
    if not then:
        return _("{done} by {ended}, {never} before").format(
            done=words.done, ended=ended, never=words.never
        )
    if max(then) == max(now):
        return _("{done} by {ended} as before, more is open until then").format(
            done=words.done, ended=ended
        )
    return _("{done} by {ended} instead of {before}").format(
        done=words.done, ended=ended, before=when_text(scenario, max(then) + 1)
    )
