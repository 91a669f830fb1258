"""The table of values: read with every problem at once, from a folder, a workbook or a file."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import ringtausch as rt
from tests.builders import folder

HEADER = "item,basis,value,currency,source,note\n"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Make a scenario of two items in euros, with a rate for dollars."""
    return folder(tmp_path / "case", horizon=1, stocks="A,gun,1; A,truck,1", fx={"USD": 0.9})


def read(case: Path, text: str) -> tuple[rt.Value, ...]:
    (case / "values.csv").write_text(text, encoding="utf-8")
    return rt.read_values(case, rt.read(case))


def test_a_row_says_what_a_unit_is_worth_by_a_basis_and_where_that_stands(case: Path) -> None:
    rows = read(case, HEADER + "gun,book,0,,GAO,written off\ngun,market,1.5,USD,,\n")
    assert rows == (
        rt.Value(item="gun", basis="book", value=Decimal(0), source="GAO", note="written off"),
        rt.Value(item="gun", basis="market", value=Decimal("1.5"), currency="USD"),
    )
    assert [row.line for row in rows] == [2, 3]


def test_without_a_table_there_are_no_values(case: Path) -> None:
    assert rt.read_values(case, rt.read(case)) == ()


def test_semicolons_with_decimal_commas_are_read(case: Path) -> None:
    (row,) = read(case, "item;basis;value\ngun;declared;2,5\n")
    assert row.value == Decimal("2.5")


def test_a_file_of_any_name_is_read(case: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("item,basis,value\ngun,acquisition,3\n", encoding="utf-8")
    (row,) = rt.read_values(other, rt.read(case))
    assert (row.basis, row.value) == ("acquisition", Decimal(3))


def test_a_sheet_of_a_workbook_is_read_too(case: Path, tmp_path: Path) -> None:
    import xlsxwriter

    book = tmp_path / "scenario.xlsx"
    with xlsxwriter.Workbook(str(book)) as made:
        sheet = made.add_worksheet("values")
        for line, cells in enumerate([["item", "basis", "value"], ["gun", "book", 7]]):
            sheet.write_row(line, 0, cells)
    (row,) = rt.read_values(book, rt.read(case))
    assert (row.item, row.basis, row.value) == ("gun", "book", Decimal(7))
    (case / "scenario.xlsx").write_bytes(book.read_bytes())
    (case / "values.csv").write_text(HEADER, encoding="utf-8")
    with pytest.raises(rt.InvalidValues) as refused:
        rt.read_values(case, rt.read(case))
    assert str(refused.value) == (
        "values.csv: stands in values.csv and in scenario.xlsx[values]; keep one of them"
    )


def test_every_mistake_is_said_at_once_with_its_line_and_column(case: Path) -> None:
    text = (
        HEADER
        + "gnu,book,1\ngun,boook,1\ngun,book,-1\ntruck,book,1,SUD\ngun,market,\ngun,declared,1\ngun,declared,2\n"
    )
    with pytest.raises(rt.InvalidValues) as refused:
        read(case, text)
    assert str(refused.value).splitlines() == [
        'values.csv:2: item: "gnu" is not in items.csv; did you mean "gun"?',
        (
            'values.csv:3: basis: "boook" is not one of book, acquisition, replacement, market,'
            ' declared; did you mean "book"?'
        ),
        'values.csv:4: value: "-1" is below zero; write 0 or more',
        (
            'values.csv:5: currency: no exchange rate for "SUD"; add it to [fx] in scenario.toml,'
            ' or: did you mean "USD"?'
        ),
        "values.csv:6: value: is empty; every row needs a value",
        "values.csv:8: item: a second row for item=gun, basis=declared; the first is line 7: keep one",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "item,base,value\ngun,book,1\n",
            [
                'values.csv:1: base: no column "base" in this table; did you mean "basis"?',
            ],
        ),
        (
            "item,value\ngun,1\n",
            ['values.csv:1: basis: the header lacks the column "basis"; it has item, value'],
        ),
        ("", ["values.csv:1: is empty; write a header row, or delete the file"]),
        (
            "item,basis,value\ngun,book,1,EUR\n",
            ["values.csv:2: has 4 cells but the header has 3; is a comma not quoted?"],
        ),
    ],
)
def test_a_table_of_another_form_is_refused(case: Path, text: str, said: list[str]) -> None:
    with pytest.raises(rt.InvalidValues) as refused:
        read(case, text)
    assert str(refused.value).splitlines() == said


def test_a_file_that_is_not_there_is_said_to_be_so(case: Path, tmp_path: Path) -> None:
    with pytest.raises(rt.InvalidValues) as refused:
        rt.read_values(tmp_path / "no.csv", rt.read(case))
    assert str(refused.value) == f"{tmp_path / 'no.csv'}: cannot be read: No such file or directory"


def test_the_check_of_a_scenario_reads_its_values(case: Path) -> None:
    (case / "values.csv").write_text(HEADER + "gnu,book,1\n", encoding="utf-8")
    assert [str(problem) for problem in rt.check(case) if problem.severity == "error"] == [
        'values.csv:2: item: "gnu" is not in items.csv; did you mean "gun"?'
    ]
    assert rt.read(case).name == "test"  # plans do not depend on values: the scenario is read
