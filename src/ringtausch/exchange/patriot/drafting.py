"""What all tables share when they say something: who records it, the source, the sayer, known items.

In: a row and the fields of a statement. Out: a draft. Must not know what any table means.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from ringtausch.exchange.imported import LeftOut
from ringtausch.exchange.patriot.parties import Parties
from ringtausch.exchange.patriot.rows import TableRow, day_in, item_of, publisher_of, source_of
from ringtausch.register.dates import first_day, last_day
from ringtausch.register.directory import Item
from ringtausch.register.statement import Statement

__all__ = ["Drafting"]

_PRESS, _INFERENCE = 5, 6


@dataclass
class Drafting:
    """Makes drafts, and keeps the items that they speak of and the rows that say nothing for a register."""

    parties: Parties
    recorded_by: str
    items: dict[str, Item] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    spoken: set[tuple[str, int]] = field(default_factory=set)  # tables and lines that say something

    def item(self, text: str, unit: str = "") -> str:
        """Name an item in one of its units, and know it from then on."""
        name, word = item_of(text, unit)
        self.items.setdefault(name, Item(name, name.replace("-", " "), word))
        return name

    def said(self, row: TableRow, *, said_by: str = "", **fields: Any) -> Statement:
        """Say what a row says: by a party, else by whoever published it."""
        source = source_of(row)
        said_on = day_in(row.cells.get("date") or row.cells.get("announced_date") or "")
        # Of a month, a quarter or a year nobody knows the day: what is dated ahead of its source is a plan.
        if said_on and source.date and last_day(said_on) > last_day(source.date):
            said_on = source.date
        if not source.date:
            source = replace(source, date=said_on)
        if not said_by and source.rank < _PRESS:
            # Official, but of nobody whom the row names: then it is what the press says.
            source = replace(source, rank=_PRESS)
        true_on = fields.pop("true_on", "")
        latest = source.date or said_on
        if true_on and latest and first_day(true_on) > last_day(latest):
            true_on = ""
        if not (latest or true_on):
            self.leave_out(row, "no date stands on its page, so that no day can ask for it")
        self.spoken.add((row.table, row.line))
        return Statement(
            source=source,
            said_by=self.parties.name(said_by) if said_by else publisher_of(row),
            recorded_by=self.recorded_by,
            said_on=said_on,
            true_on=true_on,
            **fields,
        )

    def inferred(self, row: TableRow, matter: str, kind: str, **link: Any) -> Statement:
        """Link two matters, as an inference (rule 17): it counts, and is shown apart."""
        said = self.said(row, matter=matter, kind=kind, milestone="linked", **link)
        return replace(said, source=replace(said.source, rank=_INFERENCE), said_by=self.recorded_by)

    def leave_out(self, row: TableRow, reason: str) -> None:
        """Note that a row becomes no statement, and why."""
        self.left_out.append(LeftOut(row.table, row.line, row.name, reason))
