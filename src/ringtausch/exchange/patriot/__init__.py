"""The public-facts tables of 2025 as statements, one file per table.

In: a folder with parties, pledges, claims, inventories, orderbook and rings_2022. Out: a directory, drafts
and what was left out. Notes are never read.
"""

from __future__ import annotations

from pathlib import Path

from ringtausch.exchange.imported import Imported, LeftOut
from ringtausch.exchange.patriot import (
    claims,
    inventories,
    order_book,
    parties,
    pledges,
    rings,
)
from ringtausch.exchange.patriot.drafting import Drafting
from ringtausch.exchange.patriot.rows import read_rows
from ringtausch.register.checking import true_text
from ringtausch.register.directory import Directory

__all__ = ["read_patriot"]


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
    drafts = [
        *pledges.pledges(read_rows(folder, "pledges", pledges.COLUMNS), drafting),
        *claims.claims(read_rows(folder, "claims", claims.COLUMNS), drafting),
        *rings.rings(read_rows(folder, "rings_2022", rings.COLUMNS), drafting),
        *inventories.inventories(read_rows(folder, "inventories", inventories.COLUMNS), drafting),
        *order_book.order_book(read_rows(folder, "orderbook", order_book.COLUMNS), drafting),
    ]
    for undated in (draft for draft in drafts if not true_text(draft)):
        drafting.left_out.append(
            LeftOut(
                "", 0, undated.matter, "no date stands on its page, so that no day can ask for it"
            )
        )
    items = [drafting.items[name] for name in sorted(drafting.items)]
    return Imported(
        Directory.of(known.all(), items), tuple(filter(true_text, drafts)), tuple(drafting.left_out)
    )
