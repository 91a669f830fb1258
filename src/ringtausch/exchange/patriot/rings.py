"""`rings_2022.csv`: what was given, what was to replace it, and whose figure that is.

Rules 28 to 31 of the register. In: rows. Out: drafts. A row whose name goes on with a letter tells again of
the ring before it (`G-POL-1b`), so that both compete in one matter. Replacements that were a loan of what
others keep somewhere are not read: that is a deployment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ringtausch.exchange.patriot.drafting import Drafting
from ringtausch.exchange.patriot.rows import TableRow, day_in, item_of, quantity_in
from ringtausch.register.dates import first_day, last_day
from ringtausch.register.ranges import UNKNOWN
from ringtausch.register.statement import Statement, Terms

__all__ = ["COLUMNS", "rings"]

COLUMNS = (
    *("ring_id", "donor", "guarantor", "recipient", "given_item", "given_qty", "replacement_item"),
    *("replacement_qty", "agreed_date", "given_delivered", "replacement_completed", "state"),
    *("confidence", "source_url", "source_title", "source_date", "source_kind"),
)

#: The transfer of 2025 that other tables speak of, too.
_MATTERS = {"G-DEU-2": "patriot:DEU:UKR", "G-ISR-1": "patriot:ISR:UKR"}
#: Rings whose replacement was a loan, and rows that speak of nothing else.
_LOANS = {"G-SVK-2"}
_NO_STATEMENT = {
    "G-SVK-2b": "speaks of a loan that stood in a country, not of a transfer",
    "G-SVK-2c": "speaks of a loan that stood in a country, not of a transfer",
    "G-SVK-3b": "speaks of a quarrel after the transfer, with no figure",
}
#: Who speaks in a row where two sides tell it differently.
_SAYERS = {"G-POL-1b": "DEU"}
_NOT_GIVEN = ("idea only", "cancelled", "waiting", "sold", "ordered", "contradictory")
_KIND_OF_THING = re.compile(
    r"\s+(tank|infantry fighting vehicle|offered|with ammunition|and similar)\b.*$"
)
_NO_REPLACEMENT = {"", "none", "none needed", "none stated", "money", "none (retired)"}


def rings(rows: list[TableRow], drafting: Drafting) -> Iterator[Statement]:
    """Say each row of `rings_2022.csv`."""
    given: set[str] = set()
    for row in rows:
        if row.name in _NO_STATEMENT:
            drafting.leave_out(row, _NO_STATEMENT[row.name])
            continue
        if _was_given(row, given):
            given.add(_ring(row))
        yield from _given(row, drafting, handed_over=_was_given(row, given))
        if row.name not in _LOANS and row["replacement_item"] not in _NO_REPLACEMENT:
            yield from _replacement(row, drafting)


def _ring(row: TableRow) -> str:
    """Name the ring: a letter at the end tells again of the same one."""
    return re.sub(r"(?<=\d)[a-z]$", "", row.name)


def _transfer(row: TableRow) -> str:
    return _MATTERS.get(_ring(row), f"ring:{_ring(row)}")


def _sayer(row: TableRow) -> str:
    if row.name in _SAYERS:
        return _SAYERS[row.name]
    official = row["confidence"] == "official"
    return row["donor"] if official and re.fullmatch("[A-Z]{3}", row["donor"]) else ""


def _given(row: TableRow, drafting: Drafting, *, handed_over: bool) -> Iterator[Statement]:
    """Say what was given, once for each count that a row names ("20; at least 35")."""
    items = [part.strip() for part in row["given_item"].split(";")]
    counts = [part.strip() for part in row["given_qty"].split(";")]
    given = day_in(row["given_delivered"])
    for at, count in enumerate(counts):
        own = items[at] if len(items) == len(counts) > 1 else items[0]
        suffix = f":{at + 1}" if at and len(items) == len(counts) > 1 else ""
        day = given if handed_over else day_in(row["agreed_date"])
        yield drafting.said(
            row,
            matter=_transfer(row) + suffix,
            kind="transfer",
            milestone="handed_over" if handed_over else "pledged",
            said_by=_sayer(row),
            giver=drafting.parties.name(row["donor"]),
            receiver=_receiver(row, drafting),
            item=_item(own, drafting),
            quantity=quantity_in(count),
            true_on=_day_in_count(count) or day,
            note=row["state"],
        )


def _was_given(row: TableRow, rings_given: set[str]) -> bool:
    """Tell whether the row's own source can say that it was given: what came later others have to say.

    A row that tells again of a ring that was given, and names no day, tells of what was given.
    """
    given = day_in(row["given_delivered"])
    if not given and row["state"].startswith("failed"):
        return _ring(row) in rings_given
    if not given or row["state"].startswith(_NOT_GIVEN):
        return False
    published = day_in(row["source_date"])
    return not published or first_day(given) <= last_day(published)


def _receiver(row: TableRow, drafting: Drafting) -> str:
    receiver = drafting.parties.name(row["recipient"])
    return receiver if receiver != row["donor"] else ""


def _day_in_count(count: str) -> str:
    """Read the month of a count such as "10 by May 2023"."""
    months = "January February March April May June July August September October November December"
    found = re.search(rf"by ({'|'.join(months.split())}) (\d{{4}})", count)
    return f"{found.group(2)}-{months.split().index(found.group(1)) + 1:02}" if found else ""


def _item(text: str, drafting: Drafting) -> str:
    """Name an item of a ring; what a row counts as parts stays a set of components."""
    if "part of" in text or "+" in text:
        family = item_of(text.replace("part of ", ""))[0].split("-launcher")[0]
        return drafting.item(f"{family} component set")
    return drafting.item(
        _KIND_OF_THING.sub("", text.split("(", maxsplit=1)[0].split(",", maxsplit=1)[0].strip())
    )


def _replacement(row: TableRow, drafting: Drafting) -> Iterator[Statement]:
    """Say what was to come back: each side's figure where a row has two ("20 offered; 44-58 wanted")."""
    debtor = drafting.parties.name(row["guarantor"].split(",")[0])
    owed = drafting.parties.name(row["donor"])
    if not debtor or debtor == owed:
        return
    shared: dict[str, Any] = {
        "matter": f"{_transfer(row)}:replacement",
        "kind": "replacement",
        "giver": debtor,
        "receiver": owed,
        "item": _item(row["replacement_item"].split("+")[0].strip(), drafting),
        "terms": Terms(of=_transfer(row), replacer=debtor),
        "note": row["state"],
    }
    for count in (part.strip() for part in row["replacement_qty"].split(";")):
        sayer = _sayer(row)
        if "offered" in count:
            sayer = debtor
        elif "wanted" in count:
            sayer = owed
        yield drafting.said(
            row,
            milestone="agreed",
            said_by=sayer,
            quantity=quantity_in(count.split("+")[0]) if count else UNKNOWN,
            true_on=day_in(row["agreed_date"]),
            **shared,
        )
    if row["state"].startswith("failed"):
        yield drafting.said(row, milestone="disputed", said_by=_sayer(row) or owed, **shared)
    if row["state"].startswith("done") and day_in(row["replacement_completed"]):
        yield drafting.said(
            row,
            milestone="delivered",
            said_by=_sayer(row),
            quantity=quantity_in(row["replacement_qty"].split("+")[0]),
            true_on=day_in(row["replacement_completed"]),
            **shared,
        )
