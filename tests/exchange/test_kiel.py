"""Release 7 of the Kiel tracker through statements, positions, totals and accounts, to the cent."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ringtausch.exchange.imported import Imported
from ringtausch.exchange.kiel import KIEL_KINDS, kiel_kind, read_kiel
from ringtausch.exchange.kiel_cells import COUNTRIES, number, read_sheets
from ringtausch.records.problems import InvalidInput
from ringtausch.register.counting import NOT_REACHED
from ringtausch.register.positions import Positions
from ringtausch.register.postings import postings
from ringtausch.register.question import Question
from ringtausch.register.rule import TRACKER
from ringtausch.register.statement import Statement
from ringtausch.register.totals import Total, total
from ringtausch.register.value import rounded
from tests.exchange.shared_data import recorded, shared

WORKBOOK = "kiel-r7/Ukraine_Support_Tracker.xlsx"
SUMMARY = "Country Summary"
RELEASED = date(2022, 10, 3)
CENT = 100  # ten-thousandths


@cache
def imported(path: Path, *, dues: bool = False) -> Imported:
    return read_kiel(path, dues=dues)


@cache
def statements(path: Path, *, dues: bool = False) -> tuple[Statement, ...]:
    return tuple(recorded(imported(path, dues=dues)))


def summary(path: Path) -> dict[str, list[Decimal]]:
    """Read the kinds and the total of each country, in cents, from the sheet itself."""
    rows = read_sheets(path, {SUMMARY: 16})[SUMMARY]
    return {
        COUNTRIES[row[1]]: [_cents(row[column]) for column in (3, 4, 5, 6)]
        for row in rows
        if row[1] in COUNTRIES
    }


def _cents(cell: Any) -> Decimal:
    amount = number(cell)
    assert amount is not None
    return (amount * 10**11).to_integral_value(ROUND_HALF_EVEN)


def asked(path: Path, said: list[Statement], **more: Any) -> Total:
    positions = Positions(said, TRACKER, RELEASED, imported(path).directory)
    question = Question(("contribution",), "committed", currency="EUR", by="giver", **more)
    return total(positions, question)


def by_giver(answer: Total) -> dict[str, int]:
    return {row.names[0]: rounded(row.lo, CENT) // CENT for row in answer.rows}


def test_all_country_totals_are_those_of_the_workbook_to_the_cent() -> None:
    path = shared(WORKBOOK)
    wanted = {giver: cells[3] for giver, cells in summary(path).items()}
    found = by_giver(asked(path, list(statements(path))))
    assert len(wanted) == 41
    assert {giver: found[giver] for giver in wanted} == wanted
    assert set(found) - set(wanted) == {"EPF", "EIB"}


def test_all_cells_of_the_three_kinds_are_those_of_the_workbook_to_the_cent() -> None:
    path = shared(WORKBOOK)
    compared = 0
    for column, kind in enumerate(KIEL_KINDS):
        said = [one for one in statements(path) if kiel_kind(one.matter) == kind]
        found = by_giver(asked(path, said))
        for giver, cells in summary(path).items():
            assert found.get(giver, 0) == cells[column], (giver, kind)
            compared += 1
    assert compared == 123


def test_accounts_owe_what_the_workbook_counts() -> None:
    """Each kind to the cent. Dues are whole cents, so that a total is the sum of its three rounded kinds."""
    path = shared(WORKBOOK)
    owed: dict[str, int] = defaultdict(int)
    for column, kind in enumerate(KIEL_KINDS):
        said = [one for one in statements(path, dues=True) if kiel_kind(one.matter) == kind]
        positions = Positions(said, TRACKER, RELEASED, imported(path).directory)
        balances = postings(positions).balances
        owes = {
            account.party: -amount // CENT
            for account, amount in balances.items()
            if account.state == "owes"
        }
        for giver, cells in summary(path).items():
            assert owes.get(giver, 0) == cells[column], (giver, kind)
            owed[giver] += owes.get(giver, 0)
    assert all(abs(owed[giver] - cells[3]) <= 1 for giver, cells in summary(path).items())


def test_the_unions_own_money_counts_once() -> None:
    """Column P adds the union's 11.74 bn as a row, and again as shares of its members."""
    path = shared(WORKBOOK)
    answer = asked(path, list(statements(path)))
    found = by_giver(answer)
    assert (found["EU"], found["EPF"], found["EIB"]) == (
        1_174_000_000_000,
        250_000_000_000,
        200_250_000_000,
    )
    stated = {one.matter: one for one in answer.stated}
    twice = stated["kiel:stated:with-union-shares:all"]
    assert rounded(twice.untold, 10**4 * 10**6) // 10**10 == 11_740


def test_every_stated_country_total_is_told_by_its_rows() -> None:
    path = shared(WORKBOOK)
    stated = asked(path, list(statements(path))).stated
    countries = [one for one in stated if one.matter.startswith("kiel:stated:bilateral:")]
    untold = {one.matter: rounded(one.untold, CENT) for one in countries if len(one.givers) == 1}
    assert set(untold.values()) == {0}
    assert len(untold) == 41


def test_three_rows_have_a_value_and_are_in_no_total() -> None:
    path = shared(WORKBOOK)
    rows = {left.row: left.reason for left in imported(path).uncounted}
    assert rows == {
        name: f"{amount} are given but not converted to euros, so that no total of the workbook holds them"
        for name, amount in (
            ("CAF6", "3,850,000 CAD"),
            ("DEM2", "30,666,666 EUR"),
            ("ESM7", "3,800,000 USD"),
        )
    }
    reasons = {one.matter: one.why for one in asked(path, list(statements(path))).uncounted}
    names = ("kiel:financial:CAF6", "kiel:military:DEM2", "kiel:military:ESM7")
    assert {reasons[name] for name in names} == {NOT_REACHED}


def test_no_text_of_an_explanation_comes_in() -> None:
    path = shared(WORKBOOK)
    rows = read_sheets(path, {"Bilateral assistance, MAIN DATA": 30})
    explained = {str(row[5]) for row in rows["Bilateral assistance, MAIN DATA"][1:]} - {"", "."}
    for one in statements(path):
        texts = (one.note, one.method, one.reason, one.event, one.item, one.source.title)
        assert explained.isdisjoint(texts)
        assert one.note == one.event == ""


def test_another_workbook_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    other.write_bytes(b"PK no workbook")
    with pytest.raises(InvalidInput, match=r"other\.xlsx: cannot be read as a workbook"):
        read_kiel(other)
    with pytest.raises(InvalidInput, match="No such file"):
        read_kiel(tmp_path / "absent.xlsx")
