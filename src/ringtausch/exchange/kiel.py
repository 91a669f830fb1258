"""The Ukraine Support Tracker of the Kiel Institute (release 7) as statements of the register.

In: the workbook. Out: a directory and drafts. Each package is one contribution, committed, in the currency
that the tracker gives, with its value in euros as the tracker has it (rule 21: worth given by the winner
itself), and each item in it one transfer. What the workbook adds up in `Country Summary` becomes stated
totals, which are compared and never added (rule 20). Explanations are not read: they name places.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

from ringtausch.exchange.imported import Imported, LeftOut
from ringtausch.exchange.kiel_cells import (
    COUNTRIES,
    TRACKER,
    item_of,
    number,
    read_sheets,
    said_day,
)
from ringtausch.register.directory import Directory, Item, Party
from ringtausch.register.ranges import ITEM_SCALE, MONEY_SCALE, UNKNOWN, Range
from ringtausch.register.statement import Source, Statement, Terms

__all__ = ["KIEL_KINDS", "kiel_kind", "read_kiel"]

MAIN = "Bilateral assistance, MAIN DATA"
SUMMARY = "Country Summary"
#: The release covers what was announced until this day, and says so on its first page.
RELEASED = "2022-10-03"
PUBLISHER = "Kiel Institute for the World Economy, Ukraine Support Tracker, release 7"
ADDRESS = "https://www.ifw-kiel.de/topics/war-against-ukraine/ukraine-support-tracker/"

#: Kinds of aid, as matters name them.
KIEL_KINDS = ("financial", "humanitarian", "military")

_OFFICIAL, _ESTIMATE = 5, 6
_BASES = {"Value is calculated with prices": "market"}
_GIVEN = {"Value is given by the source", "Value is not given at all"}


def kiel_kind(matter: str) -> str:
    """Name the kind of aid that a matter of the tracker is, empty for any other matter.

    Examples
    --------
    >>> kiel_kind("kiel:military:DEM2"), kiel_kind("L-PURL-01")
    ('military', '')
    """
    parts = matter.split(":")
    return parts[1] if len(parts) > 2 and parts[0] == "kiel" and parts[1] in KIEL_KINDS else ""


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the main sheet, with its line there."""

    line: int
    cells: tuple[Any, ...]

    @property
    def identifier(self) -> str:
        return str(self.cells[0]).strip()

    @property
    def giver(self) -> str:
        return COUNTRIES[str(self.cells[1]).strip()]

    @property
    def matter(self) -> str:
        return f"kiel:{str(self.cells[3]).strip().lower()}:{self.identifier}"

    @property
    def is_first(self) -> bool:
        return bool(self.cells[29] == 1)

    @property
    def day(self) -> str:
        return said_day(self.cells[2], RELEASED)

    def source(self) -> Source:
        method = str(self.cells[30]).strip()
        addresses = [str(cell).strip(" .\xa0") for cell in self.cells[21:25]]
        address = next((text for text in addresses if text.startswith("http")), ADDRESS)
        rank = _OFFICIAL if method in _GIVEN else _ESTIMATE
        title = f"{MAIN}, row {self.line}: {self.identifier}"
        return Source(rank, title, PUBLISHER, RELEASED, address)


def read_kiel(path: Path, *, recorded_by: str = "import", dues: bool = False) -> Imported:
    """Read the workbook of release 7.

    Parameters
    ----------
    path
        Of the workbook.
    recorded_by
        Who records it.
    dues
        Say each commitment that the workbook counts once more as a payment that is due, in whole cents
        (rule 4), so that accounts show what each country owes by the tracker's count. Rounding is carried
        within a country and kind, so that each of those sums is the workbook's to the cent.

    Raises
    ------
    InvalidInput
        It is no workbook of this tracker, or one of another release.
    """
    sheets = read_sheets(path, {MAIN: 30, SUMMARY: 16})
    rows = [_Row(line, tuple(cells)) for line, cells in enumerate(sheets[MAIN][1:], start=2)]
    drafts: list[Statement] = []
    uncounted: list[LeftOut] = []
    for row in rows:
        if row.is_first:
            draft = _contribution(row, recorded_by)
            drafts.append(draft)
            if draft.milestone == "announced":
                uncounted.append(_uncounted(row))
        drafts += _transfers(row, recorded_by)
    drafts += _stated(sheets[SUMMARY], recorded_by)
    if dues:
        drafts += _dues(rows, recorded_by)
    items = {item: unit for row in rows for item, unit in [item_of(row.cells)] if item}
    directory = Directory.of(
        [Party("UKR", "Ukraine"), *_parties(), Party(TRACKER, PUBLISHER, "organisation")],
        [Item(item, item.replace("-", " "), unit, unit != "piece") for item, unit in items.items()],
    )
    return Imported(directory, tuple(drafts), (), tuple(uncounted))


def _parties() -> Iterator[Party]:
    for title, name in COUNTRIES.items():
        is_state = name not in {"EU", "EPF", "EIB"}
        yield Party(name, title, "state" if is_state else "organisation")


def _said(row: _Row, recorded_by: str, **more: Any) -> Statement:
    return Statement(
        source=row.source(),
        said_by=TRACKER,
        recorded_by=recorded_by,
        giver=row.giver,
        receiver="UKR",
        true_on=row.day,
        **more,
    )


def _contribution(row: _Row, recorded_by: str) -> Statement:
    """Say a package: its amount as given, and what the workbook makes of it in euros.

    An amount that the workbook does not convert is in none of its totals. It is announced, not committed.
    """
    total, value = number(row.cells[17]), number(row.cells[18])
    if total is None:
        total = number(row.cells[7])
    currency = str(row.cells[6]).strip(" .") or "EUR"
    quantity = UNKNOWN if total is None else _exactly(total, MONEY_SCALE)
    worth: dict[str, Any] = {}
    if value is not None:
        method = str(row.cells[30]).strip()
        worth = {
            "value": _parts(value, MONEY_SCALE),
            "value_currency": "EUR",
            "basis": _BASES.get(method, "declared"),
            "method": method,
        }
    counted = value is not None or total is None
    return _said(
        row,
        recorded_by,
        matter=row.matter,
        kind="contribution",
        milestone="committed" if counted else "announced",
        currency=currency,
        quantity=quantity,
        **worth,
    )


def _uncounted(row: _Row) -> LeftOut:
    total = row.cells[17] if number(row.cells[17]) is not None else row.cells[7]
    currency = str(row.cells[6]).strip(" .") or "EUR"
    reason = (
        f"{total:,.0f} {currency} are given but not converted to euros,"
        " so that no total of the workbook holds them"
    )
    return LeftOut(MAIN, row.line, row.identifier, reason)


def _transfers(row: _Row, recorded_by: str) -> Iterator[Statement]:
    """Say what items a row promises, and what of them has arrived by the tracker's count."""
    item, _unit = item_of(row.cells)
    if not item:
        return
    shared: dict[str, Any] = {
        "matter": f"{row.matter}:row-{row.line}",
        "kind": "transfer",
        "item": item,
        "part_of": row.matter,
    }
    promised, delivered = number(row.cells[12]), number(row.cells[13])
    quantity = UNKNOWN if promised is None else _exactly(promised, ITEM_SCALE)
    yield _said(row, recorded_by, milestone="pledged", quantity=quantity, **shared)
    if delivered:
        said = _said(row, recorded_by, milestone="handed_over", **shared)
        yield _on_release(said, _exactly(delivered, ITEM_SCALE))


def _on_release(said: Statement, quantity: Range) -> Statement:
    """Date a hand-over by the release: the workbook only says that it had happened by then."""
    return replace(said, true_on=RELEASED, part_of="", quantity=quantity)


def _stated(summary: list[list[Any]], recorded_by: str) -> Iterator[Statement]:
    """Say what the workbook adds up: each country's total, and the sum that holds the union's money twice."""
    columns = {"bilateral": (6, "Total bilateral commitments")}
    for line, cells in enumerate(summary, start=1):
        name = str(cells[1]).strip()
        everybody = name == "Total"
        if not everybody and name not in COUNTRIES:
            continue
        if everybody:
            columns["with-union-shares"] = (15, "Total bilateral and EU assistance")
        for what, (column, title) in columns.items():
            amount = number(cells[column])
            assert amount is not None, "the summary has a number for each country"
            boundary = tuple(COUNTRIES.values()) if everybody else (COUNTRIES[name],)
            yield Statement(
                matter=f"kiel:stated:{what}:{'all' if everybody else COUNTRIES[name]}",
                kind="total",
                milestone="stated",
                source=Source(
                    _ESTIMATE, f"{SUMMARY}, row {line}: {title}", PUBLISHER, RELEASED, ADDRESS
                ),
                said_by=TRACKER,
                recorded_by=recorded_by,
                receiver="UKR",
                currency="EUR",
                quantity=_exactly(amount * 10**9, MONEY_SCALE),
                terms=Terms(boundary=boundary, rung="committed", through=RELEASED),
            )


def _dues(rows: list[_Row], recorded_by: str) -> Iterator[Statement]:
    """Say commitments as payments due in whole cents, the rounding carried within country and kind."""
    exact: dict[tuple[str, str], Decimal] = {}
    said: dict[tuple[str, str], int] = {}
    for row in rows:
        value = number(row.cells[18])
        if not row.is_first or value is None:
            continue
        key = (row.giver, kiel_kind(row.matter))
        exact[key] = exact.get(key, Decimal()) + value
        cents = _parts(exact[key], 100) - said.get(key, 0)
        said[key] = said.get(key, 0) + cents
        amount = cents * (MONEY_SCALE // 100)
        yield _said(
            row,
            recorded_by,
            matter=f"{row.matter}:due",
            kind="payment",
            milestone="due",
            currency="EUR",
            quantity=Range(amount, amount),
            terms=Terms(of=row.matter),
        )


def _exactly(amount: Decimal, scale: int) -> Range:
    parts = _parts(amount, scale)
    return Range(parts, parts)


def _parts(amount: Decimal, scale: int) -> int:
    """Round to whole parts, half to even: the workbook's floats have more digits than they know."""
    return int((amount * scale).to_integral_value(ROUND_HALF_EVEN))
