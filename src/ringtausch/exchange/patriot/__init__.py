"""The public-facts tables of 2025 as statements, one file per table.

In: a folder with parties, pledges, claims, inventories, orderbook and rings_2022. Out: a directory, drafts
and what was left out. Notes are never read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from ringtausch.exchange.imported import Imported
from ringtausch.exchange.patriot import (
    claims,
    inventories,
    order_book,
    parties,
    pledges,
    rings,
)
from ringtausch.exchange.patriot.drafting import Drafting
from ringtausch.exchange.patriot.rows import TableRow, read_rows
from ringtausch.register.checking import true_text
from ringtausch.register.directory import Directory
from ringtausch.register.statement import Statement

__all__ = ["read_patriot"]

_Say = Callable[[list[TableRow], Drafting], Iterable[Statement]]

#: The tables in the order in which they are said, each with the columns that it has to have.
_TABLES: tuple[tuple[str, tuple[str, ...], _Say], ...] = (
    ("pledges", pledges.COLUMNS, pledges.pledges),
    ("claims", claims.COLUMNS, claims.claims),
    ("rings_2022", rings.COLUMNS, rings.rings),
    ("inventories", inventories.COLUMNS, inventories.inventories),
    ("orderbook", order_book.COLUMNS, order_book.order_book),
)


def read_patriot(folder: Path, *, recorded_by: str = "import") -> Imported:
    """Read all tables of a folder.

    Parameters
    ----------
    folder
        With the six tables.
    recorded_by
        Who records them.

    Raises
    ------
    InvalidInput
        A table or a column is missing.
    """
    known = parties.Parties(read_rows(folder, "parties", parties.COLUMNS))
    drafting = Drafting(known, recorded_by)
    drafts: list[Statement] = []
    for table, columns, say in _TABLES:
        rows = read_rows(folder, table, columns)
        drafts += say(rows, drafting)
        told = drafting.spoken | {(one.table, one.line) for one in drafting.left_out}
        assert all((row.table, row.line) in told for row in rows), "every row is said or left out"
    items = [drafting.items[name] for name in sorted(drafting.items)]
    return Imported(
        Directory.of(known.all(), items),
        tuple(filter(true_text, drafts)),
        tuple(drafting.left_out),
    )
