"""Workbooks: the same tables as sheets, without loss in either direction."""

from __future__ import annotations

import datetime as dt
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ringtausch.records import (
    Scenario,
    check_scenario,
    convert_scenario,
    read_scenario,
    write_scenario,
)
from tests.builders import folder, scenario
from tests.records.rich_case import rich_case

SETTINGS: list[list[Any]] = [
    ["setting", "value"],
    ["name", "by hand"],
    ["start", dt.date(2025, 7, 1)],
    ["period", "month"],
    ["horizon", 6],
    ["settlement", "2"],
    ["currency", "EUR"],
    ["objectives", "spend, unmet_need"],
    ["tolerance.spend", 0.1],
    ["fx.USD", "0.9"],
]


def book(path: Path, **sheets: list[list[Any]]) -> Path:
    """Write sheets as a person does: numbers as numbers, dates as dates, the rest as text."""
    with xlsxwriter.Workbook(str(path)) as made:
        as_day = made.add_format({"num_format": "dd.mm.yyyy"})
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for line, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, dt.date):
                        sheet.write_datetime(line, column, value, as_day)
                    elif value is not None:
                        sheet.write(line, column, value)
    return path


def problems(path: Path) -> list[str]:
    return [str(problem) for problem in check_scenario(path)]


@pytest.mark.parametrize("case", [rich_case(), scenario()], ids=["full", "empty"])
def test_a_workbook_holds_the_same_as_a_folder(case: Scenario, tmp_path: Path) -> None:
    write_scenario(case, tmp_path / "a")
    write_scenario(read_scenario(tmp_path / "a"), tmp_path / "b.xlsx")
    write_scenario(read_scenario(tmp_path / "b.xlsx"), tmp_path / "c")
    found = [read_scenario(tmp_path / name) for name in ("a", "b.xlsx", "c")]
    assert found == [case] * 3
    assert {again.content_hash for again in found} == {case.content_hash}


def test_equal_scenarios_make_equal_workbooks(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_scenario(rich_case(), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_cells_are_read_as_what_they_are(tmp_path: Path) -> None:
    """Numbers, dates in the format of the country, yes and no, and text that looks like a number."""
    made = book(
        tmp_path / "case.xlsx",
        scenario=SETTINGS,
        parties=[["party", "name"], ["A", None], ["B", "007"]],
        items=[["item", "indivisible", "value"], ["gun", True, 1.1], ["hull", False, "2.20"]],
        stocks=[["party", "item", "quantity"], ["A", "gun", 3], ["A", "hull", "0.1"]],
        offers=[
            ["offer", "party", "item", "quantity", "from"],
            ["o1", "A", "gun", 2, dt.date(2025, 8, 1)],
            [None, None, None, None, None],
            ["o2", "A", "hull", 0.1, "2025-08-02"],
        ],
        lanes=[["from", "to", "item", "opens"], ["A", "B", "*", "never"]],
    )
    found = read_scenario(made)
    assert (found.name, found.start, found.horizon, found.settlement) == (
        "by hand",
        dt.date(2025, 7, 1),
        6,
        2,
    )
    assert (found.objectives, found.tolerance, found.fx) == (
        ("spend", "unmet_need"),
        {"spend": Decimal("0.1")},
        {"USD": Decimal("0.9")},
    )
    assert [(row.indivisible, row.value) for row in found.items] == [
        (True, Decimal("1.1")),
        (False, Decimal("2.2")),
    ]
    assert [row.quantity for row in found.stocks] == [Decimal(3), Decimal("0.1")]
    assert [(row.from_, row.line) for row in found.offers] == [
        (dt.date(2025, 8, 1), 2),
        (dt.date(2025, 8, 2), 4),
    ]
    assert found.parties[1].name == "007"


def test_a_decimal_that_no_spreadsheet_number_holds_stays_exact(tmp_path: Path) -> None:
    exact = "0.12345678901234567891"
    write_scenario(scenario(stocks=f"A,gun,{exact}"), tmp_path / "a.xlsx")
    assert read_scenario(tmp_path / "a.xlsx").stocks[0].quantity == Decimal(exact)


def test_problems_name_the_sheet_and_its_row(tmp_path: Path) -> None:
    made = book(
        tmp_path / "case.xlsx",
        scenario=[*SETTINGS[:4], ["horizon", 0], *SETTINGS[5:], ["horizon", 3]],
        parties=[["party"], ["A"]],
        items=[["item"], ["gun"]],
        stocks=[["party", "item", "quantity"], ["A", "gun", -1], ["A", "gum", 1]],
        offrs=[["offer"], ["o1"]],
    )
    assert problems(made) == [
        'case.xlsx[offrs]: "offrs" is not a table of a scenario; did you mean "offers"?',
        (
            "case.xlsx[scenario]:11: setting: a second row for setting=horizon;"
            " the first is line 5: keep one"
        ),
        'case.xlsx[stocks]:2: quantity: "-1.0" is below zero; write 0 or more',
        'case.xlsx[stocks]:3: item: "gum" is not in case.xlsx[items]; did you mean "gun"?',
    ]


def test_an_empty_sheet_is_forgiven(tmp_path: Path) -> None:
    made = book(tmp_path / "case.xlsx", scenario=SETTINGS[:8], Sheet1=[])
    assert problems(made) == []


def test_settings_may_stand_beside_the_workbook(tmp_path: Path) -> None:
    case = folder(tmp_path / "case", infer=False)
    book(case / "scenario.xlsx", parties=[["party"], ["A"]])
    assert [row.party for row in read_scenario(case).parties] == ["A"]


def test_settings_in_two_places_are_refused(tmp_path: Path) -> None:
    case = folder(tmp_path / "case", infer=False)
    book(case / "scenario.xlsx", scenario=SETTINGS)
    assert problems(case) == [
        ("scenario.toml: stands in scenario.toml and in scenario.xlsx[scenario]; keep one of them")
    ]


def test_a_table_in_two_places_is_refused(tmp_path: Path) -> None:
    case = folder(tmp_path / "case", parties="A")
    book(case / "scenario.xlsx", parties=[["party"], ["A"]])
    assert problems(case) == [
        "parties.csv: stands in parties.csv and in scenario.xlsx[parties]; keep one of them"
    ]


def test_what_has_no_place_in_a_workbook_is_named_and_copied_to_a_folder(tmp_path: Path) -> None:
    case = folder(tmp_path / "case", parties="A")
    (case / "README.md").write_text("a story", encoding="utf-8")
    found = read_scenario(case)
    assert convert_scenario(found, case, tmp_path / "a.xlsx", force=False) == ["README.md"]
    assert convert_scenario(found, case, tmp_path / "b", force=False) == []
    assert (tmp_path / "b/README.md").read_text(encoding="utf-8") == "a story"
    shutil.rmtree(case)
    assert read_scenario(tmp_path / "a.xlsx") == read_scenario(tmp_path / "b") == found
