"""A short way to make a scenario from a few statements, and to look at a table of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from ringtausch.exchange.loop.scenario import Made, no_terms, scenario_from
from ringtausch.records.scenario import Scenario
from ringtausch.register.directory import Directory, Item, Party
from ringtausch.register.statement import Statement
from tests.register.builders import positions_of, said

DIRECTORY = Directory.of(
    [
        *(Party(name) for name in ("DEU", "NOR", "POL", "UKR", "USA")),
        Party("Maker", kind="company"),
        Party("PURL", kind="pool", keeper="USA"),
    ],
    [Item("launcher"), Item("tank"), Item("fuel", unit="tonne", divisible=True)],
)
TODAY = "2025-06-15"
GIFT = {"giver": "DEU", "receiver": "UKR", "item": "launcher"}
BACK = {"giver": "NOR", "receiver": "DEU", "item": "launcher"}


def made(*statements: Statement, terms: dict[str, Any] | None = None, as_of: str = TODAY) -> Made:
    """Make a scenario from statements, and from terms given as rows by table or as settings."""
    positions = positions_of(*statements, as_of=as_of, directory=DIRECTORY)
    base = no_terms(positions).changed(start=date(2025, 6, 1), name="T")
    return scenario_from(positions, base.changed(**(terms or {})))


def reasons(found: Made, table: str) -> list[tuple[str, str]]:
    """List what a table does not hold, or holds with a note."""
    return [(row.row, row.reason) for row in found.left_out if row.table == table]


def scenario(*statements: Statement, **terms: Any) -> Scenario:
    """Make a scenario and return it alone."""
    return made(*statements, terms=terms).scenario


def brief(rows: tuple[Any, ...], *columns: str) -> list[tuple[Any, ...]]:
    """Return some columns of rows, numbers as whole numbers where they are."""
    return [
        tuple(
            int(cell) if isinstance(cell, Decimal) and cell == int(cell) else cell
            for cell in (getattr(row, column) for column in columns)
        )
        for row in rows
    ]


def pledge(quantity: str, name: str = "gift", **fields: Any) -> Statement:
    return said(name, "transfer", "pledged", **{**GIFT, "quantity": quantity, **fields})


def handed(quantity: str, on: str = "2025-03-10", name: str = "gift") -> Statement:
    return said(name, "transfer", "handed_over", **GIFT, quantity=quantity, on=on)
