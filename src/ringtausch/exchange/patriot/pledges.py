"""`pledges.csv`: money that was promised to funds and for systems, what lies in what, and stated totals.

Rules 15, 16 and 20 of the register. In: rows. Out: drafts, each matter named like its row. A column warns
of overlaps in words; they become links: what is told again is `same_as`, a share or an older promise
`part_of`, a guess of either a `linked` statement of class 6. Nothing is left out because it overlaps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ringtausch.exchange.patriot.drafting import Drafting
from ringtausch.exchange.patriot.parties import givers_in, party_name
from ringtausch.exchange.patriot.rows import TableRow, day_in, millions
from ringtausch.register.ranges import UNKNOWN
from ringtausch.register.statement import Statement, Terms

__all__ = ["COLUMNS", "pledges"]

COLUMNS = (
    *("row_id", "fund", "party_id", "amount_m", "currency", "amount_usd_m_reported"),
    *("announced_date", "package_ref", "co_funders", "status", "overlap_warning"),
    *("confidence", "source_url", "source_title", "source_date", "source_kind"),
)

_FUNDS = {"PURL": "ORG-PURL", "IAAD": "ORG-IAAD", "German Patriots 2025": "DEU"}
_COMMITTED = {"committed", "approved by cabinet", "decided", "confirmed", "allocated"}

#: Who speaks where several act together, or where a total is stated.
_SAYERS = {
    "L-IAAD-00": "DEU",
    "L-PURL-02": "NATO",
    "L-PURL-13": "NATO",
    "L-PURL-18b": "UKR",
    "L-TOT-01": "UKR",
    "L-TOT-02": "IFW-KIEL",
    "L-TOT-03": "UKR",
    "L-TOT-04": "UKR",
    "L-TOT-05": "NATO",
    "L-TOT-06": "UKR",
    "L-TOT-07": "UKR",
    "L-TOT-09": "USA",
    "L-OTH-01": "USA",
}

_ROW = r"(L-[A-Z]+-\w+)"
_PART = re.compile(rf"^part of {_ROW}")
_SAME = re.compile(rf"^(?:same as|same event as|replaces/raises) {_ROW}")
_GUESSED_SAME = re.compile(rf"^probably the same as {_ROW}")
_GUESSED_PART = re.compile(rf"^may equal .*?{_ROW}")
_CONFLICT = re.compile(r"^conflicts with (?:EUR )?(\d+)m$")
_OLDER = re.compile(
    r"^part of EUR (\d+)(m|bn)(?:[^,]*?)(?:, itself part of EUR (\d+)(m|bn) promised in (\d{4}))?$"
)
_FACTOR = {"m": 1, "bn": 1000}


def pledges(rows: list[TableRow], drafting: Drafting) -> Iterator[Statement]:
    """Say each row of `pledges.csv`."""
    for at, row in enumerate(rows):
        if row["fund"] == "EPF":
            yield _refund(row, drafting)
        elif "total" in row["status"] or row["party_id"].startswith("("):
            yield from _whole(row, drafting)
        elif row["overlap_warning"] == "need":
            yield _need(row, drafting)
        else:
            yield from _contribution(_Place(rows, at), drafting)


@dataclass(frozen=True, slots=True)
class _Place:
    """A row among the others, which its overlaps speak of."""

    rows: list[TableRow]
    at: int

    @property
    def row(self) -> TableRow:
        return self.rows[self.at]

    def link(self) -> dict[str, str]:
        """Read what the row itself says it is: part of another row, or the same."""
        row, warning = self.row, self.row["overlap_warning"]
        if found := _PART.match(warning):
            return {"part_of": found.group(1)}
        if found := _SAME.match(warning):
            return {"same_as": found.group(1)}
        if warning == "same money as previous row":
            return {"same_as": self.rows[self.at - 1].name}
        if found := _CONFLICT.match(warning):
            for other in self.rows[: self.at]:
                of_one = (other["fund"], other["party_id"]) == (row["fund"], row["party_id"])
                if of_one and other["amount_m"] == found.group(1):
                    return {"same_as": other.name}
        return self._share()

    def _share(self) -> dict[str, str]:
        """A row of one of several who fund a package together lies in what they give together."""
        row = self.row
        for other in self.rows:
            together = givers_in(party_name(other["party_id"]))
            if (
                row["package_ref"]
                and (other["fund"], other["package_ref"]) == (row["fund"], row["package_ref"])
                and row["party_id"] in together
                and not _SAME.match(other["overlap_warning"])
            ):
                return {"part_of": other.name}
        return {}


def _contribution(place: _Place, drafting: Drafting) -> Iterator[Statement]:
    row = place.row
    giver = drafting.parties.name(row["party_id"])
    receiver = _FUNDS.get(row["fund"], "UKR")
    link = place.link()
    older = list(_older(row, giver, drafting))
    if older:
        link = {"part_of": older[0].matter}
    yield from older
    yield drafting.said(
        row,
        matter=row.name,
        kind="contribution",
        milestone=_milestone(row),
        said_by=_sayer(row),
        giver=giver,
        receiver=drafting.parties.name(receiver),
        true_on=day_in(row["announced_date"]),
        **_amount(row),
        **link,
        note=row["overlap_warning"],
    )
    yield from _guesses(row, drafting)


def _milestone(row: TableRow) -> str:
    if row["status"].startswith("paid"):
        return "paid_in"
    return "committed" if row["status"] in _COMMITTED else "announced"


def _sayer(row: TableRow) -> str:
    """The giver, where the row is official; else who reports it."""
    if row.name in _SAYERS:
        return _SAYERS[row.name]
    return party_name(row["party_id"]) if row["confidence"] == "official" else ""


def _amount(row: TableRow) -> dict[str, Any]:
    """The amount in the currency that was said, and its worth in dollars where that was said, too."""
    dollars = row["amount_usd_m_reported"]
    if not row["currency"] and dollars:
        return {"currency": "USD", "quantity": millions(dollars)}
    amount: dict[str, Any] = {
        "currency": row["currency"] or "USD",
        "quantity": millions(row["amount_m"]) if row["currency"] else UNKNOWN,
    }
    if dollars and row["currency"] != "USD":
        amount |= {
            "value": millions(dollars).lo,
            "value_currency": "USD",
            "basis": "declared",
            "method": "as reported",
        }
    return amount


def _older(row: TableRow, giver: str, drafting: Drafting) -> Iterator[Statement]:
    """Say the older promises that a row lies in, the nearest one first (Spain: 100 in 615 in 1,000)."""
    found = _OLDER.match(row["overlap_warning"])
    if found is None:
        return
    number, unit, outer, outer_unit, year = found.groups()
    matter = f"{giver}-{number}{unit}-EUR"
    outer_matter = f"{giver}-{outer}{outer_unit}-EUR" if outer else ""
    shared: dict[str, Any] = {
        "kind": "contribution",
        "milestone": "announced",
        "giver": giver,
        "receiver": "UKR",
        "currency": "EUR",
        "said_by": giver,
    }
    inner = millions(str(int(number) * _FACTOR[unit]))
    day = day_in(row["announced_date"])
    link = {"part_of": outer_matter} if outer else {}
    yield drafting.said(row, matter=matter, quantity=inner, true_on=day, **shared, **link)
    if outer:
        amount = millions(str(int(outer) * _FACTOR[outer_unit]))
        yield drafting.said(row, matter=outer_matter, quantity=amount, true_on=year, **shared)


def _guesses(row: TableRow, drafting: Drafting) -> Iterator[Statement]:
    """Say links that the table only thinks likely apart, as inferences (rule 17)."""
    for pattern, field in ((_GUESSED_SAME, "same_as"), (_GUESSED_PART, "part_of")):
        if found := pattern.match(row["overlap_warning"]):
            yield drafting.inferred(row, row.name, "contribution", **{field: found.group(1)})


def _whole(row: TableRow, drafting: Drafting) -> Iterator[Statement]:
    """Say a total: compared with what is counted, and never added."""
    year = row["status"] in {"total 2025", "year total"}
    party = row["party_id"]
    boundary = () if party == "(all)" else tuple(re.findall(r"\b[A-Z]{3}\b", row["co_funders"]))
    if not party.startswith("("):
        boundary = (party,)
    day = day_in(row["announced_date"])
    yield drafting.said(
        row,
        matter=row.name,
        kind="total",
        milestone="stated",
        said_by=_sayer(row) if row["confidence"] != "reported" else _SAYERS.get(row.name, ""),
        true_on=day,
        **_amount(row),
        terms=Terms(
            boundary=boundary,
            pool=drafting.parties.name(_FUNDS[row["fund"]]),
            rung="paid_in" if row["status"] == "total received" else "announced",
            since="2025-01-01" if year else "",
            through="2025-12-31" if row["status"].endswith("2025") else day,
        ),
        note=row["overlap_warning"],
    )


def _need(row: TableRow, drafting: Drafting) -> Statement:
    return drafting.said(
        row,
        matter=row.name,
        kind="request",
        milestone="asked",
        said_by="UKR",
        giver=drafting.parties.name("ORG-PURL"),
        receiver="UKR",
        event=row["announced_date"],
        **_amount(row),
        note=row["status"],
    )


def _refund(row: TableRow, drafting: Drafting) -> Statement:
    """Say what the union's fund pays back to its members for what they gave."""
    return drafting.said(
        row,
        matter=row.name,
        kind="payment",
        milestone="paid" if row["status"].startswith("paid") else "due",
        giver=drafting.parties.name("ORG-EPF"),
        receiver=drafting.parties.name("EU"),
        true_on=day_in(row["announced_date"]),
        **_amount(row),
        note=row["status"],
    )
