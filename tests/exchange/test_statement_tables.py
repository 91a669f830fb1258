"""Tables of statements: every wrong cell at once, forms that are forgiven, and what is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ringtausch.exchange.statement_tables import (
    inspect_statements,
    read_statements,
    write_statements,
)
from ringtausch.records.folders import OutputExists
from ringtausch.register.checking import InvalidStatements, Place
from ringtausch.register.ranges import UNKNOWN, Range
from ringtausch.register.statement import Condition, Source, Statement, Terms
from tests.register.builders import DIRECTORY, said

HEADER = "matter,kind,milestone,giver,receiver,item,currency,quantity,said_on,said_by,source_rank"
PLEDGE = "m,transfer,pledged,DEU,UKR,launcher,,2,2025-07,DEU,2"


def write(folder: Path, text: str | bytes, name: str = "said.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def refused(path: Path) -> list[str]:
    with pytest.raises(InvalidStatements) as wrong:
        read_statements(path)
    return [str(problem) for problem in wrong.value.problems]


def workbook(folder: Path, **sheets: list[list[Any]]) -> Path:
    path = folder / "said.xlsx"
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                sheet.write_row(line, 0, row)
    return path


def test_a_row_is_a_statement_with_its_place(tmp_path: Path) -> None:
    path = write(tmp_path, f"{HEADER}\n\n{PLEDGE}\n")
    assert read_statements(path) == [
        (
            Statement(
                *("m", "transfer", "pledged", Source(2), "DEU", ""),
                giver="DEU",
                receiver="UKR",
                item="launcher",
                quantity=Range(2000, 2000),
                said_on="2025-07",
            ),
            Place("said.csv", 3),
        )
    ]


@pytest.mark.parametrize(
    ("quantity", "currency", "expected"),
    [
        ("", "", None),
        ("unknown", "", UNKNOWN),
        ("2..4", "", Range(2000, 4000)),
        ("up to 5", "", Range(0, 5000)),
        ("over 1.5", "EUR", Range(15_000, None)),
        ("about 3", "", Range(3000, 3000)),
    ],
)
def test_quantities_are_read_as_people_write_them(
    tmp_path: Path, quantity: str, currency: str, expected: Range | None
) -> None:
    row = f"m,package,stated,,,,{currency},{quantity},2025,DEU,2"
    ((statement, _),) = read_statements(write(tmp_path, f"{HEADER}\n{row}\n"))
    assert statement.quantity == expected


def test_every_wrong_cell_is_told_at_once(tmp_path: Path) -> None:
    header = f"{HEADER},value,share,terms_within,visibility,terms_boundary,terms_to_quantity"
    rows = [
        "m,transfer,pledged,DEU,UKR,launcher,,two,2025-07,DEU,2,1.2.3,50 %,soon,;,;,-1",
        ',transfer,pledged,DEU,UKR,launcher,,"1,000",2025-07,DEU,,,,,,,0.00001',
        "m,transfer,pledged,DEU,UKR,launcher,,4..2,2025-07,DEU,2.5,,,,,,",
    ]
    assert refused(write(tmp_path, "\n".join([header, *rows]))) == [
        'said.csv:2: quantity: "two" is no number; write for example 5 or 2.5',
        'said.csv:2: value: "1.2.3" is no number; write for example 5 or 2.5',
        'said.csv:2: share: "50 %" is a percentage; write the amount itself, such as 5 or 2.5',
        'said.csv:2: terms_within: "soon" is no whole number; write 0, 1, 2, …',
        'said.csv:2: visibility: ";" names nobody; write names separated by semicolons, such as DEU;UKR',
        (
            'said.csv:2: terms_boundary: ";" names nobody; write names separated by semicolons, such as'
            " DEU;UKR"
        ),
        'said.csv:2: terms_to_quantity: "-1" is no number of 0 or more',
        (
            'said.csv:3: quantity: "1,000" has a comma; write numbers with a decimal point and no thousands'
            " separator, such as 1250.5"
        ),
        (
            'said.csv:3: terms_to_quantity: "0.00001" has too many decimals; the smallest step here is'
            " 0.0001"
        ),
        "said.csv:3: matter: is empty; every row needs a matter",
        "said.csv:3: source_rank: is empty; every row needs a source_rank",
        'said.csv:4: quantity: "4..2" begins with more than it ends with; write the smaller one first',
        'said.csv:4: source_rank: "2.5" is no whole number; write 0, 1, 2, …',
    ]


def test_what_cannot_be_read_and_what_may_not_be_said_are_told_together(tmp_path: Path) -> None:
    rows = [
        "m,transfer,pledged,DEUX,UKR,launcher,,two,2025-07,DEU,2",
        "m,transfer,pledged,DEU,UKR,launcher,,1.5,2025-07,DEU,2",
        PLEDGE,
    ]
    path = write(tmp_path, "\n".join([HEADER, *rows]))
    table = inspect_statements(path, DIRECTORY, recorded_by="desk")
    assert [str(problem) for problem in table.problems] == [
        'said.csv:2: quantity: "two" is no number; write for example 5 or 2.5',
        'said.csv:2: giver: "DEUX" is no party of the directory; did you mean "DEU"?',
        "said.csv:3: quantity: 1.5 of launcher is no whole number, and launcher is not divisible",
    ]
    assert [(one.recorded_by, place.line) for one, place in table.rows] == [("desk", 4)]


def test_another_unit_than_the_items_own_is_refused_not_converted(tmp_path: Path) -> None:
    path = write(tmp_path, f"{HEADER},unit\n{PLEDGE},battery\n{PLEDGE},piece\n")
    table = inspect_statements(path, DIRECTORY, recorded_by="desk")
    assert [str(problem) for problem in table.problems] == [
        (
            'said.csv:2: unit: "battery" is not the unit of launcher, which is counted in piece; nothing is'
            " converted: write the quantity in piece"
        )
    ]


def test_a_condition_on_money_is_written_in_money(tmp_path: Path) -> None:
    """Two launchers, if 5 m are paid in; and 5 m, if others pledge two launchers."""
    header = f"{HEADER},condition_matters,condition_milestone,condition_at_least"
    rows = [
        f"{PLEDGE},a; b,paid_in,5000000",
        "n,contribution,announced,DEU,,,EUR,5000000,2025,DEU,2,a,pledged,2",
    ]
    found = read_statements(write(tmp_path, "\n".join([header, *rows])))
    assert [statement.condition for statement, _ in found] == [
        Condition("", ("a", "b"), "paid_in", 50_000_000_000),
        Condition("", ("a",), "pledged", 2000),
    ]


def test_readers_are_put_in_order(tmp_path: Path) -> None:
    path = write(tmp_path, f"{HEADER},visibility\n{PLEDGE},UKR; DEU;UKR\n{PLEDGE},Coalition\n")
    assert [one.visibility for one, _ in read_statements(path)] == [("DEU", "UKR"), ("coalition",)]


def test_a_file_of_a_german_spreadsheet_is_read(tmp_path: Path) -> None:
    """A byte order mark, semicolons, decimal commas."""
    text = f"\ufeff{HEADER}\n{PLEDGE}\n".replace(",", ";").replace(";2;2025", ";2,5;2025")
    ((statement, _),) = read_statements(write(tmp_path, text))
    assert statement.quantity == Range(2500, 2500)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["said.csv:1: is empty; write a header row, or delete the file"]),
        (HEADER, ["said.csv: has no row; write one statement a row below the header"]),
        (
            f"{HEADER},quantity\n{PLEDGE},3\n",
            ['said.csv:1: quantity: the column "quantity" stands twice in the header; keep one'],
        ),
        (
            f"{HEADER.replace('said_by', 'sayd_by')}\n{PLEDGE}\n",
            ['said.csv:1: sayd_by: no column "sayd_by" in this table; did you mean "said_by"?'],
        ),
        (
            "matter,kind,milestone,said_by\nm,transfer,pledged,DEU\n",
            [
                (
                    'said.csv:1: source_rank: the header lacks the column "source_rank"; it has matter,'
                    " kind, milestone, said_by"
                )
            ],
        ),
        (
            f"{HEADER}\n{PLEDGE}\n".encode() + b"\xe4",
            ["said.csv:3: byte 0xe4 is not UTF-8; save the file as “CSV UTF-8”"],
        ),
        (
            f"{HEADER}\n".encode("utf-16"),
            ["said.csv: is UTF-16 text; save the file as “CSV UTF-8”"],
        ),
        (
            f"{HEADER}\n{PLEDGE},more\n",
            ["said.csv:2: has 12 cells but the header has 11; is a comma not quoted?"],
        ),
    ],
)
def test_a_broken_table_is_refused_with_its_place(
    tmp_path: Path, text: str | bytes, expected: list[str]
) -> None:
    assert refused(write(tmp_path, text)) == expected


def test_what_is_no_table_is_refused_with_a_sentence(tmp_path: Path) -> None:
    missing = tmp_path / "no.csv"
    assert refused(missing) == [
        f"no.csv: there is no file {missing}; write the path of a .csv, .xlsx or .jsonl file"
    ]
    assert refused(write(tmp_path, "", "said.txt")) == [
        (
            "said.txt: said.txt is no table of statements; write it as .csv, as .xlsx with a sheet"
            " statements, or as .jsonl with one statement a line"
        )
    ]
    assert refused(tmp_path) == [
        (
            f"{tmp_path.name}: {tmp_path} holds no table of statements; write statements.csv, .xlsx or"
            " .jsonl in it, or say with --format whose tables they are"
        )
    ]
    (problem,) = refused(write(tmp_path, "no zip", "said.xlsx"))
    assert problem.startswith("said.xlsx: cannot be read: ")


def test_a_time_of_recording_is_given_and_not_made_up(tmp_path: Path) -> None:
    path = write(tmp_path, f"{HEADER},recorded_at\n{PLEDGE},yesterday\n")
    said_wrong = '"yesterday" is no time of recording; leave it empty, it is given'
    assert refused(path) == [f"said.csv:2: recorded_at: {said_wrong}"]
    path = write(tmp_path, line(recorded_at="yesterday"), "said.jsonl")
    assert refused(path) == [f"said.jsonl:1: recorded_at: {said_wrong}"]


# ---- workbooks


def test_cells_of_a_workbook_are_read_as_what_they_are(tmp_path: Path) -> None:
    import datetime as dt

    header = [*HEADER.split(","), "true_on"]
    row = ["m", "transfer", "pledged", "DEU", "UKR", "launcher", "", 2, 2025, "DEU", 2]
    path = workbook(tmp_path, statements=[header, [*row, dt.date(2025, 7, 14)]])
    ((statement, place),) = read_statements(path)
    assert (statement.quantity, statement.said_on) == (Range(2000, 2000), "2025")
    assert (statement.true_on, place) == ("2025-07-14", Place("said.xlsx[statements]", 2))


def test_sheets_that_are_not_read_are_named(tmp_path: Path) -> None:
    header = HEADER.split(",")
    path = workbook(tmp_path, statemnts=[header, PLEDGE.split(",")], items=[["name"], ["launcher"]])
    assert refused(path) == [
        (
            'said.xlsx: "statemnts" is no sheet that is read here; did you mean "statements"?; rename it or'
            " take it out"
        ),
        'said.xlsx: there is no sheet "statements" with rows; did you mean "statemnts"?',
    ]


def test_a_time_in_a_cell_of_dates_is_no_date(tmp_path: Path) -> None:
    import datetime as dt

    path = tmp_path / "said.xlsx"
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        sheet = book.add_worksheet("statements")
        sheet.write_row(0, 0, HEADER.split(","))
        sheet.write_row(1, 0, PLEDGE.split(","))
        sheet.write_datetime(1, 8, dt.datetime(2025, 7, 14, 10, 30))  # noqa: DTZ001 - a sheet has no zone
    table = inspect_statements(path, DIRECTORY, recorded_by="desk")
    assert [problem.value for problem in table.problems] == ["2025-07-14T10:30:00"]


# ---- writing


def one() -> Statement:
    return said(
        *("r", "replacement", "agreed"),
        giver="DEU",
        receiver="POL",
        item="fuel",
        quantity="1.5..2",
        terms=Terms(of="m", ratio="3/2", within=0, boundary=()),
        id="a1",
    )


def test_what_is_written_has_the_columns_that_are_filled(tmp_path: Path) -> None:
    write_statements([one()], tmp_path / "said.csv")
    assert (tmp_path / "said.csv").read_text() == (
        "id,recorded_at,matter,kind,milestone,giver,receiver,item,quantity,said_on,said_by,recorded_by,"
        "source_rank,visibility,terms_of,terms_ratio,terms_within\n"
        "a1,2025-01-01T12:00:00.000000Z,r,replacement,agreed,DEU,POL,fuel,1.5..2,2025-01-01,DEU,DEU,"
        "1,public,m,3/2,0\n"
    )


def test_nothing_is_overwritten_without_being_told_to(tmp_path: Path) -> None:
    path = write(tmp_path, "mine")
    with pytest.raises(OutputExists):
        write_statements([one()], path)
    assert path.read_text() == "mine"
    write_statements([one()], path, force=True)
    assert read_statements(path)[0][0] == one()


def test_another_form_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(InvalidStatements, match="is no table of statements"):
        write_statements([one()], tmp_path / "said.ods")
    assert list(tmp_path.iterdir()) == []


# ---- JSON Lines


def line(**fields: Any) -> str:
    known: dict[str, Any] = {
        "matter": "m",
        "kind": "transfer",
        "milestone": "pledged",
        "said_by": "DEU",
        "source": {"rank": 2},
    }
    return json.dumps({**known, **fields})


def test_a_line_is_a_statement_in_whole_numbers(tmp_path: Path) -> None:
    path = write(tmp_path, line(quantity=[2000, None]) + "\n\n", "said.jsonl")
    ((statement, place),) = read_statements(path)
    assert (statement.quantity, place) == (Range(2000, None), Place("said.jsonl", 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["said.jsonl: is empty; write one statement a line"]),
        (
            "{",
            [
                (
                    "said.jsonl:1: is no JSON: Expecting property name enclosed in double quotes; write one"
                    " object a line"
                )
            ],
        ),
        ("5", ['said.jsonl:1: is no object; write names and values such as {"matter": "DEU-1"}']),
        ("[" * 100_000, None),
        ('{"value": NaN}', ["said.jsonl:1: is no JSON: NaN; write one object a line"]),
        (
            '{"matter": "a", "matter": "b"}',
            ['said.jsonl:1: matter: "matter" stands here twice; write it once'],
        ),
        (
            line(mater="m", matter=5, quantity=[3, 2], value=1.5, visibility="public"),
            [
                'said.jsonl:1: matter: is no text; write it in quotes, such as "2025-07"',
                'said.jsonl:1: mater: "mater" is no field of a statement; did you mean "matter"?',
                (
                    "said.jsonl:1: quantity: is no quantity; write the least and the most in thousandths of"
                    " the item or ten-thousandths of the currency, such as [2000, 4000], or [2000, null]"
                    " where there is no most"
                ),
                (
                    "said.jsonl:1: value: is no whole number of 0 or more; amounts are thousandths of an item"
                    " or ten-thousandths of a currency, such as 2000"
                ),
                'said.jsonl:1: visibility: is no list of texts; write for example ["DEU", "UKR"]',
            ],
        ),
        (
            line(source=2, terms={"within": True, "owing": 1}),
            [
                'said.jsonl:1: source: is no object; write names and values such as {"matter": "DEU-1"}',
                (
                    "said.jsonl:1: terms_within: is no whole number of 0 or more; amounts are thousandths of"
                    " an item or ten-thousandths of a currency, such as 2000"
                ),
                (
                    'said.jsonl:1: terms_owing: "owing" is no field of a statement; 18 names are known and none is'
                    " like it"
                ),
            ],
        ),
        (
            '{"kind": "transfer"}',
            [
                f"said.jsonl:1: {column}: is empty; every row needs a {column}"
                for column in ("matter", "milestone", "said_by", "source_rank")
            ],
        ),
        (b"\xff", ["said.jsonl:1: byte 0xff is not UTF-8; save the file as UTF-8"]),
    ],
)
def test_a_broken_line_is_refused_with_its_place(
    tmp_path: Path, text: str | bytes, expected: list[str] | None
) -> None:
    found = refused(write(tmp_path, text, "said.jsonl"))
    assert found == expected or (expected is None and len(found) == 1)
