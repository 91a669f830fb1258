"""A scenario: what is known and on which terms, as typed rows, with the settings of a plan.

In: rows that `reading` has checked. Out: the one object that planning, verification and pictures
start from. It knows no file and no solver.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ringtausch.records import tables as t
from ringtausch.records.columns import decimal_text
from ringtausch.records.periods import Calendar, PeriodKind

if TYPE_CHECKING:
    import polars

__all__ = ["OBJECTIVES", "Scenario"]

#: The six objectives of the page, in its default order.
OBJECTIVES = (
    "late_replacement",
    "unmet_need",
    "capability_gap",
    "spend",
    "moved_value",
    "unfairness",
)


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """What is known: who holds, offers, needs, owes and pays what, and how a plan is judged.

    Each table is a tuple of typed rows under its own name (`scenario.offers`), and a data frame
    with `scenario.frame("offers")`. Money stands in the currency of its row, quantities in units
    of the item, both as exact decimals.

    Examples
    --------
    >>> from datetime import date
    >>> empty = Scenario(name="empty", start=date(2025, 7, 1), period="month", horizon=12,
    ...                  settlement=6, currency="EUR")
    >>> empty.calendar.count, empty.rate("")
    (18, Decimal('1'))
    """

    name: str
    start: date
    period: PeriodKind
    horizon: int
    settlement: int
    currency: str
    objectives: tuple[str, ...] = OBJECTIVES
    tolerance: dict[str, Decimal] = field(default_factory=dict)
    allowance: dict[str, Decimal] = field(default_factory=dict)
    fx: dict[str, Decimal] = field(default_factory=dict)
    parties: tuple[t.Party, ...] = ()
    items: tuple[t.Item, ...] = ()
    capabilities: tuple[t.Capability, ...] = ()
    stocks: tuple[t.Stock, ...] = ()
    arrivals: tuple[t.Arrival, ...] = ()
    floors: tuple[t.Floor, ...] = ()
    offers: tuple[t.Offer, ...] = ()
    lanes: tuple[t.Lane, ...] = ()
    supply: tuple[t.Supply, ...] = ()
    production: tuple[t.Production, ...] = ()
    needs: tuple[t.Need, ...] = ()
    assurances: tuple[t.Assurance, ...] = ()
    debts: tuple[t.Debt, ...] = ()
    exchange: tuple[t.Exchange, ...] = ()
    funds: tuple[t.Fund, ...] = ()
    releases: tuple[t.Release, ...] = ()
    earmarks: tuple[t.Earmark, ...] = ()
    dues: tuple[t.Due, ...] = ()

    @cached_property
    def calendar(self) -> Calendar:
        """The periods of the plan, horizon and settlement together."""
        return Calendar(self.start, self.period, self.horizon + self.settlement)

    def rate(self, currency: str) -> Decimal:
        """Return the reporting currency per unit of a currency; an empty one is the reporting one."""
        return Decimal(1) if currency in {"", self.currency} else self.fx[currency]

    def rows(self, table: str) -> tuple[Any, ...]:
        """Return the rows of a table by the table's name."""
        if table not in t.TABLES:
            raise KeyError(f"no table {table!r}; there are {', '.join(t.TABLES)}")
        rows: tuple[Any, ...] = getattr(self, table)
        return rows

    def frame(self, table: str) -> polars.DataFrame:
        """Return a table as a data frame with the page's columns."""
        from ringtausch.records.frames import frame_of_rows

        return frame_of_rows(self.rows(table), t.columns_of(table))

    def with_rows(self, **rows: tuple[Any, ...]) -> Scenario:
        """Return a scenario in which some tables hold other rows."""
        return self.changed(**rows)

    def changed(self, **values: Any) -> Scenario:
        """Return a scenario with other settings or rows, which keeps what is known of the others."""
        made = replace(self, **values)
        for table, content in self._contents.items():
            if made.rows(table) is self.rows(table):
                made._contents[table] = content  # noqa: SLF001 - of the same class
        return made

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over settings and tables in their own order: equal content, equal hash."""
        digest = hashlib.sha256(repr(self._settings()).encode())
        for table in t.TABLES:
            if table not in self._contents:
                self._contents[table] = _content_of(table, self.rows(table))
            digest.update(self._contents[table])
        return digest.hexdigest()

    @cached_property
    def _contents(self) -> dict[str, bytes]:
        """What the hash of each table is made from, as far as it has been asked for."""
        return {}

    def _settings(self) -> tuple[Any, ...]:
        amounts = (self.tolerance, self.allowance, self.fx)
        return (
            self.name,
            self.start.isoformat(),
            self.period,
            self.horizon,
            self.settlement,
            self.currency,
            self.objectives,
            *(sorted((k, decimal_text(v)) for k, v in group.items()) for group in amounts),
        )

    def __getstate__(self) -> dict[str, Any]:
        """Send settings, rows and hash to other processes, not what the hash was made from."""
        return {name: value for name, value in self.__dict__.items() if name != "_contents"}

    def __repr__(self) -> str:
        """Say the name and the size, not every row."""
        filled = [f"{len(self.rows(name))} {name}" for name in t.TABLES if self.rows(name)]
        return f"<Scenario {self.name!r}: {', '.join(filled) or 'no rows'}>"

    def _repr_html_(self) -> str:
        from ringtausch.records.notebook import scenario_html

        return scenario_html(self)


def _content_of(table: str, rows: tuple[Any, ...]) -> bytes:
    """Write the rows of a table for the hash."""
    columns = t.columns_of(table)
    parts: list[str] = []
    for row in rows:
        cells = (t.cell_text(column, row) for column in columns)
        parts.append("\x1f".join((table, *cells, "\x1e")))
    return "".join(parts).encode()
