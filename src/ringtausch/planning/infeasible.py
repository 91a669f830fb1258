"""Infeasible: which rows of the scenario cannot hold together.

In: a scenario that has no plan. Out: an irreducible set of its rows: with all of them there is no
plan, and without any one of them there is. Rows are requirements (hard needs, dues, hard and secured
assurances, floors) and the limits that stand against them (offers, lanes, supply, production, money).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from ringtausch.language import _
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.lexicographic import has_plan
from ringtausch.planning.model import build_model
from ringtausch.planning.solver import SolverOptions
from ringtausch.planning.watch import Watch
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import TABLES, key_of, row_key

__all__ = ["ConflictRow", "Infeasible", "LimitReached", "find_reason"]


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
    """Find a smallest set of rows that cannot hold together, within the time that is left."""
    candidates = _candidates(scenario)
    search = _Search(scenario, candidates, watch)
    kept = search.shrink()
    rows = [_conflict_row(scenario, candidate) for candidate in kept]
    return Infeasible(rows, irreducible=not search.out_of_time)


# ---- rows that can be given up


@dataclass(frozen=True)
class _Candidate:
    """A row of a table, and what the row becomes when it no longer stands in the way."""

    table: str
    place: int
    relaxed: Any  # None = the row is dropped


def _plenty(scenario: Scenario) -> tuple[Decimal, Decimal]:
    """Return amounts of units and of money that never bind, and are no larger than they must be."""
    tables = ("stocks", "arrivals", "needs", "debts", "offers", "floors")
    units = 1 + sum(row.quantity for table in tables for row in scenario.rows(table))
    dearest = max(
        [row.price * scenario.rate(row.currency) for row in scenario.supply]
        + [row.unit_cost * scenario.rate(row.currency) for row in scenario.lanes]
        + [row.compensation * scenario.rate(row.currency) for row in scenario.offers],
        default=Decimal(0),
    )
    dues = sum(row.amount * scenario.rate(row.currency) for row in scenario.dues)
    lowest = min([Decimal(1), *scenario.fx.values()])
    return 10 * units, (30 * units * dearest + 2 * dues + 1) / lowest


def _candidates(scenario: Scenario) -> list[_Candidate]:
    """List the rows that may take part, requirements first."""
    units, money = _plenty(scenario)
    start = scenario.start
    makers: list[tuple[str, Callable[[Any], tuple[bool, Any]]]] = [
        ("needs", lambda row: (row.hard, replace(row, hard=False))),
        ("dues", lambda row: (row.amount > 0, None)),
        ("assurances", lambda r: (r.hard or r.secured, replace(r, hard=False, secured=False))),
        ("floors", lambda row: (row.quantity > 0, None)),
        ("offers", lambda row: (True, _free_offer(row, units))),
        ("lanes", lambda row: (True, _free_lane(row))),
        ("supply", lambda row: (True, _free_supply(row))),
        ("production", lambda row: (True, replace(row, from_=start, capacity=units))),
        ("releases", lambda row: (True, replace(row, date=start, amount=money))),
        ("earmarks", lambda row: (True, replace(row, purpose="*", item="*", party="*"))),
        ("funds", lambda row: (row.until is not None, replace(row, until=None))),
        ("stocks", lambda row: (True, replace(row, quantity=units))),
        ("arrivals", lambda row: (True, replace(row, date=start, designable=True))),
    ]
    found = []
    for table, relax in makers:
        for place, row in enumerate(scenario.rows(table)):
            takes_part, relaxed = relax(row)
            if takes_part and relaxed != row:
                found.append(_Candidate(table, place, relaxed))
    return found


def _free_offer(row: Any, units: Decimal) -> Any:
    return replace(row, quantity=units, from_=None, until=None, if_others=None, lot=None, to="*")


def _free_lane(row: Any) -> Any:
    return replace(row, opens=None, until=None, capacity=None, lead=0)


def _free_supply(row: Any) -> Any:
    return replace(row, opens=None, until=None, lead=0, lot=None, price=Decimal(0))


class _Search:
    """Shrinks the rows that stand, as long as there is still no plan."""

    def __init__(self, scenario: Scenario, candidates: list[_Candidate], watch: Watch) -> None:
        self.scenario, self.candidates, self.watch = scenario, candidates, watch
        self.out_of_time = False

    def shrink(self) -> list[_Candidate]:
        """Give up ever smaller groups of rows; a group stays given up where there is still no plan."""
        kept = list(self.candidates)
        size = max(1, len(kept) // 2)
        while True:
            at = 0
            while at < len(kept):
                without = kept[:at] + kept[at + size :]
                if self._stands_against(without):
                    kept = without
                else:
                    at += size
            if size == 1:
                return kept
            size = max(1, min(size // 2, len(kept) // 2 or 1))

    def _stands_against(self, rows: list[_Candidate]) -> bool:
        """Tell whether these rows alone, all others given up, leave no plan."""
        if not self.watch.left():
            self.out_of_time = True
            return False
        standing = {(row.table, row.place) for row in rows}
        tables: dict[str, list[Any]] = {}
        for candidate in self.candidates:
            if (candidate.table, candidate.place) not in standing:
                table = tables.setdefault(
                    candidate.table, list(self.scenario.rows(candidate.table))
                )
                table[candidate.place] = candidate.relaxed
        freed = self.scenario.with_rows(
            **{name: tuple(r for r in rows_ if r is not None) for name, rows_ in tables.items()}
        )
        found = has_plan(build_model(gather_facts(freed), ()), SolverOptions(), self.watch)
        if found is None:
            self.out_of_time = True
        return found is False


# ---- in words


def _conflict_row(scenario: Scenario, candidate: _Candidate) -> ConflictRow:
    row = scenario.rows(candidate.table)[candidate.place]
    names = key_of(candidate.table)
    key = dict(zip(names, (str(value) for value in row_key(candidate.table, row)), strict=True))
    assert candidate.table in TABLES
    sentence = f"{candidate.table}.csv:{row.line}: {_SENTENCES[candidate.table](row)}"
    return ConflictRow(candidate.table, row.line, key, sentence)


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
