"""Checks across rows: what no single cell shows, one function for each.

In: the rows of the tables that could be read, the settings, and what a row is called in messages.
Out: problems, never exceptions. They know neither files nor edits.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ringtausch.records import messages
from ringtausch.records.columns import decimal_text
from ringtausch.records.problems import Problem
from ringtausch.records.settings import Settings

__all__ = ["Place", "check_rows"]

#: Names a place for messages, by table, row and column: a file and a line.
Place = Callable[[str, Any, str], tuple[str, int]]


@dataclass(frozen=True)
class _Tables:
    """The rows of all tables, empty where a table is missing, and what they are called."""

    rows: Mapping[str, tuple[Any, ...]]
    place: Place

    def __getitem__(self, table: str) -> tuple[Any, ...]:
        return self.rows.get(table, ())

    def problem(self, table: str, row: Any, column: str, value: str, message: str) -> Problem:
        file, line = self.place(table, row, column)
        return Problem(file, line, column, value, message)


def check_rows(
    rows: Mapping[str, tuple[Any, ...]],
    settings: Settings,
    place: Place,
    about: Collection[str] | None = None,
) -> list[Problem]:
    """Run every check across rows and join what they find.

    Parameters
    ----------
    rows
        By table.
    settings
        As far as they could be read.
    place
        What a row is called in messages.
    about
        Only checks that look at one of these tables, or at the settings: `scenario`; all where None.
    """
    tables = _Tables(rows, place)
    checks: tuple[tuple[Callable[[_Tables], Iterable[Problem]], set[str]], ...] = (
        (check_capability_names, {"items", "capabilities"}),
        (check_own_exchange, {"exchange"}),
        (check_lanes_join_two, {"lanes"}),
        (check_steps, {"needs"}),
        (check_offers_against_needs, {"offers", "needs", "capabilities"}),
        (lambda found: check_settlement(found, settings), {"assurances", "scenario"}),
    )
    return [
        problem
        for check, tables_read in checks
        if about is None or not tables_read.isdisjoint(about)
        for problem in check(tables)
    ]


def check_capability_names(tables: _Tables) -> Iterable[Problem]:
    """A capability may not be named like an item: every item is one already."""
    items = {row.item for row in tables["items"]}
    for row in tables["capabilities"]:
        if row.capability in items:
            message = messages.capability_named_like_item(row.capability)
            yield tables.problem("capabilities", row, "capability", row.capability, message)


def check_own_exchange(tables: _Tables) -> Iterable[Problem]:
    """An item is always accepted for itself at rate 1."""
    for row in tables["exchange"]:
        if row.given == row.accepted and row.rate != 1:
            message = messages.own_rate(row.given)
            yield tables.problem("exchange", row, "rate", decimal_text(row.rate), message)


def check_lanes_join_two(tables: _Tables) -> Iterable[Problem]:
    """`from` and `to` of a lane are never the same party."""
    for row in tables["lanes"]:
        if row.from_ == row.to != "*":
            yield tables.problem("lanes", row, "to", row.to, messages.lane_to_itself(row.to))


def check_steps(tables: _Tables) -> Iterable[Problem]:
    """The quantity of a need in steps is a multiple of the step."""
    for row in tables["needs"]:
        if row.step and row.quantity % row.step:
            steps = row.quantity // row.step + 1
            quantity, step, near = map(decimal_text, (row.quantity, row.step, steps * row.step))
            message = messages.not_a_multiple_of_step(quantity, step, near)
            yield tables.problem("needs", row, "quantity", quantity, message)


def check_offers_against_needs(tables: _Tables) -> Iterable[Problem]:
    """Who asks for a thing does not give it away."""
    counted = {(row.capability, row.item) for row in tables["capabilities"] if row.weight > 0}
    asked: dict[str, list[Any]] = {}
    for need in tables["needs"]:
        asked.setdefault(need.party, []).append(need)
    for offer in tables["offers"]:
        for need in asked.get(offer.party, ()):
            if need.capability == offer.item or (need.capability, offer.item) in counted:
                message = messages.offers_what_it_needs(offer.item, offer.party, need.need)
                yield tables.problem("offers", offer, "item", offer.item, message)
                break


def check_settlement(tables: _Tables, settings: Settings) -> Iterable[Problem]:
    """The settlement is at least the longest `within` of any assurance."""
    settlement = settings.values.get("settlement")
    longest = max(tables["assurances"], key=lambda row: row.within, default=None)
    if settlement is not None and longest is not None and longest.within > settlement:
        file, at = tables.place("assurances", longest, "within")
        where = f"{file}:{at}" if at else file
        message = messages.settlement_too_short(settlement, longest.within, where)
        line = settings.locate("scenario", "settlement")
        yield Problem(settings.file, line, "scenario.settlement", str(settlement), message)
