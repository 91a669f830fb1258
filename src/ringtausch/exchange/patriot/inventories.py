"""`inventories.csv`: how many somebody holds, and how many it had given by then.

In: rows. Out: drafts. Counts of different sources stand side by side in one matter (a holding). What was
given is a stated total, compared and never added (rule 20). A refusal is a declined transfer. Columns about
where items are, or what is usable where, are never read.
"""

from __future__ import annotations

from collections.abc import Iterator

from ringtausch.exchange.patriot.claims import transfer_matter
from ringtausch.exchange.patriot.drafting import Drafting
from ringtausch.exchange.patriot.rows import TableRow, day_in, quantity_in
from ringtausch.register.statement import Statement, Terms

__all__ = ["COLUMNS", "inventories"]

COLUMNS = (
    *("row_id", "party_id", "item", "unit", "as_of", "qty_total_in_service", "qty_donated_ukr"),
    *("position_code", "confidence", "source_url", "source_title", "source_date", "source_kind"),
)


def inventories(rows: list[TableRow], drafting: Drafting) -> Iterator[Statement]:
    """Say each row of `inventories.csv` that counts something for a register."""
    for row in rows:
        if row["unit"].startswith("battalion"):
            drafting.leave_out(row, "counts military units, not items")
            continue
        said = list(_row(row, drafting))
        if not said:
            drafting.leave_out(row, "says neither how many there are nor how many were given")
        yield from said


def _row(row: TableRow, drafting: Drafting) -> Iterator[Statement]:
    party = drafting.parties.name(row["party_id"])
    sayer = party if row["confidence"] == "official" and "+" not in party else ""
    day = day_in(row["as_of"])
    counted, given = row["qty_total_in_service"], row["qty_donated_ukr"]
    if counted:
        item = drafting.item(row["item"], row["unit"])
        yield drafting.said(
            row,
            matter=f"stock:{party}:{item}",
            kind="holding",
            milestone="counted",
            said_by=sayer,
            giver=party,
            item=item,
            quantity=quantity_in(counted),
            true_on=day,
        )
    if given:
        item = drafting.item(row["item"], row["unit"])
        yield drafting.said(
            row,
            matter=f"given:{row.name}",
            kind="total",
            milestone="stated",
            said_by=sayer,
            receiver="UKR",
            item=item,
            quantity=quantity_in(given),
            true_on=day,
            terms=Terms(boundary=(party,), rung="handed_over", through=day),
        )
    if row["position_code"] == "refused":
        yield drafting.said(
            row,
            matter=transfer_matter("Patriot", party, "UKR"),
            kind="transfer",
            milestone="declined",
            said_by=sayer,
            giver=party,
            receiver="UKR",
            true_on=day,
        )
