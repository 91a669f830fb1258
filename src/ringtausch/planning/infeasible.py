"""Infeasible: which rows of the scenario cannot hold together.

In: a scenario that has no plan. Out: an irreducible set of its rows: with all of them there is no
plan, and without any one of them there is. Rows are requirements (hard needs, dues, hard and secured
assurances, floors) and the limits that stand against them (offers, lanes, supply, production, money).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ringtausch.language import _
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.lexicographic import has_plan
from ringtausch.planning.memory import say_size
from ringtausch.planning.model import build_model
from ringtausch.planning.relaxing import Relaxation, limits_of, relaxed, requirements_of, shrink
from ringtausch.planning.solver import SolverOptions
from ringtausch.planning.watch import Watch
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import key_of, row_key

__all__ = [
    "ConflictRow",
    "Infeasible",
    "LimitReached",
    "MemoryReached",
    "conflict_row",
    "find_reason",
    "has_plan_at_all",
    "say_row",
]


class LimitReached(RuntimeError):  # noqa: N818 - says what is the case
    """A limit was reached before any plan was found."""

    def __init__(self, seconds: float, *, interrupted: bool = False) -> None:
        self.seconds, self.interrupted = seconds, interrupted
        text = (
            _("interrupted after {seconds:.1f} s, before any plan was found")
            if interrupted
            else _("no plan was found within {seconds:.1f} s; allow more time with --time-limit")
        )
        super().__init__(text.format(seconds=seconds))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by what was measured."""
        return _limit_reached, (self.seconds, self.interrupted)


def _limit_reached(seconds: float, interrupted: bool) -> LimitReached:
    return LimitReached(seconds, interrupted=interrupted)


class MemoryReached(LimitReached):
    """There is not memory enough for any plan: of the limit, or without one of the machine."""

    def __init__(self, seconds: float, limit: int | None, sentence: str | None = None) -> None:
        self.seconds, self.interrupted, self.limit = seconds, False, limit
        self.sentence = sentence
        if sentence is None and limit is None:
            sentence = _(
                "the memory of this machine was used up after {seconds:.1f} s, before any plan was found"
            )
        elif sentence is None:
            sentence = _(
                "memory came near its limit of {limit} after {seconds:.1f} s, before any plan was"
                " found; allow more with --memory"
            )
        text = sentence.format(seconds=seconds, limit=say_size(limit or 0))
        RuntimeError.__init__(self, text)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by what was measured."""
        return MemoryReached, (self.seconds, self.limit, self.sentence)


@dataclass(frozen=True)
class ConflictRow:
    """A row of the scenario that takes part in a conflict, and what it says there."""

    table: str
    line: int
    key: dict[str, str]
    sentence: str


class Infeasible(RuntimeError):  # noqa: N818 - says what is the case
    """No plan obeys all rules; `rows` cannot hold together.

    `irreducible` tells whether without any one of them there is a plan; where time ran out it may
    not have been shown for all of them.
    """

    def __init__(self, rows: Sequence[ConflictRow], *, irreducible: bool) -> None:
        self.rows, self.irreducible = tuple(rows), irreducible
        head = _("no plan obeys all rules; these rows cannot hold together:")
        super().__init__("\n".join([head, *(f"  {row.sentence}" for row in self.rows)]))

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle with the rows."""
        return _infeasible, (self.rows, self.irreducible)


def _infeasible(rows: Sequence[ConflictRow], irreducible: bool) -> Infeasible:
    return Infeasible(rows, irreducible=irreducible)


def find_reason(scenario: Scenario, watch: Watch) -> Infeasible:
    """Find an irreducible set of rows that cannot hold together, within the time that is left."""
    rows = [*requirements_of(scenario), *limits_of(scenario)]
    in_time = True

    def stands_against(standing: list[Relaxation]) -> bool:
        """Tell whether these rows alone, all others given up, leave no plan."""
        nonlocal in_time
        standing_still = set(map(id, standing))
        given_up = [row for row in rows if id(row) not in standing_still]
        found = has_plan_at_all(relaxed(scenario, given_up), watch)
        in_time = in_time and found is not None
        return found is False

    kept = shrink(rows, stands_against)
    return Infeasible(
        [conflict_row(scenario, row.table, row.place) for row in kept], irreducible=in_time
    )


def has_plan_at_all(scenario: Scenario, watch: Watch) -> bool | None:
    """Tell whether any plan obeys all rules of a scenario; None where time ran out before."""
    if not watch.left():
        return None
    return has_plan(build_model(gather_facts(scenario), ()), SolverOptions(), watch)


# ---- in words


def conflict_row(scenario: Scenario, table: str, place: int) -> ConflictRow:
    """Say where a row stands, and what it says there."""
    row = scenario.rows(table)[place]
    key = dict(zip(key_of(table), (str(value) for value in row_key(table, row)), strict=True))
    return ConflictRow(table, row.line, key, f"{table}.csv:{row.line}: {say_row(table, row)}")


def say_row(table: str, row: Any) -> str:
    """Say in words what a row that may take part in a conflict asks or allows."""
    return _SENTENCES[table](row)


def _day(day: date | None, otherwise: str) -> str:
    return otherwise if day is None else _("never") if day == date.max else day.isoformat()


_SENTENCES: dict[str, Callable[[Any], str]] = {
    "needs": lambda r: _(
        "the need {r.need} of {r.party} for {r.quantity} {r.capability} must be met from {r.due} on"
    ).format(r=r),
    "dues": lambda r: _(
        "{r.amount} {r.currency} for {r.purpose} of {r.item} to {r.party} must be paid on {r.date}"
    ).format(r=r),
    "assurances": lambda r: _(
        "{r.party} must have {r.item} replaced within {r.within} periods ({how})"
    ).format(
        r=r, how=_(" and ").join(w for w, on in (("hard", r.hard), ("secured", r.secured)) if on)
    ),
    "floors": lambda r: _(
        "{r.party} keeps {r.quantity} {r.capability} from {r.from_} on, at most {r.max_gap} below"
    ).format(r=r),
    "offers": lambda r: _(
        "{r.party} offers {r.quantity} {r.item} ({r.offer}) from {first} until {last}"
    ).format(r=r, first=_day(r.from_, _("the start")), last=_day(r.until, _("the end"))),
    "lanes": lambda r: _(
        "{r.item} from {r.from_} to {r.to}: open from {first} until {last}, lead {r.lead},"
        " capacity {capacity}"
    ).format(
        r=r,
        first=_day(r.opens, _("the start")),
        last=_day(r.until, _("the end")),
        capacity=_("without limit") if r.capacity is None else r.capacity,
    ),
    "supply": lambda r: _(
        "{r.customer} may order {r.item} from {r.supplier}: lead {r.lead}, price {r.price}"
        " {r.currency}, from {first} until {last}"
    ).format(r=r, first=_day(r.opens, _("the start")), last=_day(r.until, _("the end"))),
    "production": lambda r: _(
        "{r.supplier} delivers {r.capacity} {r.item} a period from {r.from_} on"
    ).format(r=r),
    "releases": lambda r: _("{r.fund} gets {r.amount} on {r.date}").format(r=r),
    "earmarks": lambda r: _(
        "{r.fund} may pay for {r.purpose} of {r.item} to {r.party} (* = any)"
    ).format(r=r),
    "funds": lambda r: _("{r.fund} pays nothing after {r.until}").format(r=r),
    "stocks": lambda r: _("{r.party} has {r.quantity} {r.item} at the start").format(r=r),
    "arrivals": lambda r: _("{r.quantity} {r.item} come to {r.party} on {r.date}").format(r=r),
}
