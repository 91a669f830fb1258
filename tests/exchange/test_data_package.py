"""A Data Package of a register: its description is valid, and every table obeys its own schema."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from ringtausch.exchange.data_package import (
    InvalidTarget,
    package_of,
    write_data_package,
    write_positions,
)
from ringtausch.exchange.register_columns import TABLES
from ringtausch.exchange.register_rows import ROWS
from ringtausch.exchange.statement_columns import COLUMNS
from ringtausch.exchange.statement_tables import read_statements
from ringtausch.records.folders import OutputExists
from ringtausch.records.workbook import read_workbook
from ringtausch.register.positions import Positions
from ringtausch.register.postings import postings
from ringtausch.register.replacement import debts
from ringtausch.register.rule import STRICT, TRACKER
from ringtausch.register.statement import Statement, Terms
from ringtausch.register.view import view
from tests.properties.strategies_postings import history
from tests.register.builders import DIRECTORY, positions_of, said

#: What the page of Data Package v2 asks of a description, as far as ours goes.
DESCRIPTION: dict[str, Any] = {
    "type": "object",
    "required": ["resources"],
    "properties": {
        "$schema": {"const": "https://datapackage.org/profiles/2.0/datapackage.json"},
        "name": {"type": "string", "pattern": "^[a-z0-9._-]+$"},
        "title": {"type": "string"},
        "description": {"type": "string"},
        "resources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "path", "schema"],
                "properties": {
                    "name": {"type": "string", "pattern": "^[a-z0-9._-]+$"},
                    "path": {"type": "string", "pattern": "^(?!/)(?!.*\\.\\.)"},
                    "type": {"const": "table"},
                    "encoding": {"const": "utf-8"},
                    "schema": {"$ref": "#/$defs/schema"},
                },
            },
        },
    },
    "$defs": {
        "names": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "schema": {
            "type": "object",
            "required": ["fields"],
            "properties": {
                "fields": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["name", "type", "description"],
                        "properties": {
                            "type": {
                                "enum": [
                                    "string",
                                    "number",
                                    "integer",
                                    "date",
                                    "datetime",
                                    "boolean",
                                ]
                            }
                        },
                    },
                },
                "primaryKey": {"$ref": "#/$defs/names"},
                "foreignKeys": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["fields", "reference"],
                        "properties": {
                            "fields": {"$ref": "#/$defs/names"},
                            "reference": {
                                "type": "object",
                                "required": ["resource", "fields"],
                            },
                        },
                    },
                },
            },
        },
    },
}
READ: dict[str, Callable[[str], Any]] = {
    "string": str,
    "number": Decimal,
    "integer": int,
    "date": date.fromisoformat,
    "datetime": lambda text: re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", text)[0],  # type: ignore[index]
    "boolean": {"true": True, "false": False}.__getitem__,
}


def check(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Hold a package against its description; return what its tables say."""
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    jsonschema.validate(described, DESCRIPTION)
    tables = {
        one["name"]: _read(folder / one["path"], one["schema"]) for one in described["resources"]
    }
    assert {path.name for path in folder.iterdir()} == {
        "datapackage.json",
        *(f"{name}.csv" for name in tables),
    }
    for one in described["resources"]:
        for link in one["schema"].get("foreignKeys", ()):
            (here,), (there,) = link["fields"], link["reference"]["fields"]
            known = {row[there] for row in tables[link["reference"]["resource"]]}
            assert {row[here] for row in tables[one["name"]]} <= known
    return tables


def _read(path: Path, schema: dict[str, Any]) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    fields = schema["fields"]
    assert lines[0] == [field["name"] for field in fields]
    rows = []
    for line in lines[1:]:
        row: dict[str, Any] = {}
        for field, text in zip(fields, line, strict=True):
            assert text or not field.get("constraints", {}).get("required"), (
                path.name,
                field,
                line,
            )
            row[field["name"]] = READ[field["type"]](text) if text else None
        rows.append(row)
    key = schema.get("primaryKey", [])
    seen = Counter(tuple(row[name] for name in key) for row in rows) if key else Counter()
    assert all(count == 1 for count in seen.values())
    assert all(None not in values for values in seen)
    return rows


def scheme() -> list[Statement]:
    """Germany gives 2 of 3 launchers, Poland says 1 came; Norway owes them, and pays into a pool."""
    gift: dict[str, Any] = {"giver": "DEU", "receiver": "UKR", "item": "launcher"}
    owed: dict[str, Any] = {"giver": "NOR", "receiver": "DEU"}
    fund: dict[str, Any] = {"giver": "NOR", "receiver": "PURL", "currency": "USD"}
    return [
        said("t", "transfer", "pledged", quantity="3", on="2025-06-01", id="s1", **gift),
        said("t", "transfer", "handed_over", quantity="2", on="2025-07-01", id="s2", value="9.5",
             value_currency="EUR", basis="book", **gift),
        said("t", "transfer", "handed_over", quantity="1..4", on="2025-07-01", rank=5, by="press",
             id="s3", **gift),
        said("r", "replacement", "agreed", on="2025-07-01", id="s4",
             terms=Terms(of="t", due="2025-12-01"), **owed),
        said("c", "contribution", "committed", quantity="100", on="2025-06-02", id="s5", **fund),
        said("n", "contribution", "committed", quantity="40.005", part_of="c", on="2025-06-02",
             id="s6", **fund),
        said("u", "contribution", "announced", quantity="unknown", on="2025-06-03", id="s7", **fund),
    ]  # fmt: skip


def write(target: Path, positions: Positions, **options: Any) -> dict[str, list[dict[str, Any]]]:
    write_data_package(positions, target, **options)
    return check(target)


def test_a_package_says_what_the_register_says(tmp_path: Path) -> None:
    tables = write(tmp_path / "package", positions_of(*scheme(), as_of="2025-12-31"))
    transfer = next(row for row in tables["positions"] if row["matter"] == "t")
    filled = {name: value for name, value in transfer.items() if value is not None}
    assert filled == {
        "matter": "t",
        "kind": "transfer",
        "state": "handed_over",
        "giver": "DEU",
        "receiver": "UKR",
        "item": "launcher",
        "unit": "piece",
        "quantity": "2",
        "least": 2,
        "most": 2,
        "true_on": date(2025, 7, 1),
        "class": 1,
        "said_by": "DEU",
        "statement": "s2",
        "conditional": False,
        "lapsed": False,
        "value": Decimal("9.5"),
        "value_currency": "EUR",
        "basis": "book",
        "conflicts": 1,
        "members": "t",
    }
    (conflict,) = tables["conflicts"]
    assert conflict == {
        "matter": "t",
        "milestone": "handed_over",
        "event": None,
        "group": "what",
        "winner": "s2",
        "winner_by": "DEU",
        "winner_says": "quantity 2, item launcher",
        "loser": "s3",
        "loser_by": "press",
        "loser_says": "quantity 1..4, item launcher",
    }
    (debt,) = tables["debts"]
    assert (debt["debtor"], debt["creditor"], debt["owed"], debt["overdue"], debt["due"]) == (
        "NOR", "DEU", 2, 2, date(2025, 12, 1)
    )  # fmt: skip
    assert [(row["party"], row["state"], row["amount"]) for row in tables["balances"]] == [
        ("DEU", "outside", -2),
        ("DEU", "owed", 2),
        ("NOR", "owes", -2),
        ("UKR", "transit", 2),
    ]


def test_totals_count_once_and_say_what_is_unknown(tmp_path: Path) -> None:
    """40.005 lies in 100: counted are 100, blindly added 140.00 (half to even)."""
    tables = write(tmp_path / "package", positions_of(*scheme()))
    money = [row for row in tables["totals"] if row["currency"] == "USD"]
    assert [(r["milestone"], r["by"], r["giver"], r["least"], r["most"]) for r in money] == [
        ("announced", "all", None, 100, None),
        ("announced", "giver", "NOR", 100, None),
        ("committed", "all", None, 100, 100),
        ("committed", "giver", "NOR", 100, 100),
    ]
    assert [row["unknowns"] for row in money if row["by"] == "all"] == [1, 0]
    assert money[2]["blind"] == Decimal(140)
    items = [(r["milestone"], r["by"], r["least"]) for r in tables["totals"] if r["item"]]
    assert items == [
        ("pledged", "all", 3),
        ("pledged", "giver", 3),
        ("handed_over", "all", 2),
        ("handed_over", "giver", 2),
    ]


def test_what_is_unknown_is_empty_and_never_zero(tmp_path: Path) -> None:
    tables = write(tmp_path / "package", positions_of(*scheme()))
    unknown = next(row for row in tables["positions"] if row["matter"] == "u")
    assert (unknown["quantity"], unknown["least"], unknown["most"]) == ("unknown", 0, None)


def test_the_statements_of_a_package_read_back_as_they_were(tmp_path: Path) -> None:
    """The table is one that an import reads, with every field."""
    write(tmp_path / "package", positions_of(*scheme()))
    read = [statement for statement, _place in read_statements(tmp_path / "package/statements.csv")]
    assert sorted(read, key=lambda one: one.id) == scheme()


def test_the_description_names_rule_and_day() -> None:
    found = package_of(positions_of(*scheme(), rule=STRICT, as_of="2025-08-01"), "Summer")
    assert (found["title"], found["as_of"]) == ("Summer", "2025-08-01")
    assert found["rule"] == {"name": "strict", "version": "1", "classes": [1, 2]}


def test_every_column_of_a_statement_is_described() -> None:
    described = [column.name for column in TABLES["statements"]]
    assert described == [name for name in COLUMNS if name != "unit"]


def test_who_reads_the_public_view_learns_nothing_hidden(tmp_path: Path) -> None:
    """The package of the public's view is that of a register without the hidden statement."""
    hidden = said("secret", "holding", "counted", giver="DEU", item="missile", quantity="7",
                  visibility=("DEU", "POL"))  # fmt: skip
    seen = view([*scheme(), hidden], reader=None, known_at=None, directory=DIRECTORY)
    for name, statements in (("seen", seen), ("without", scheme())):
        write(tmp_path / name, positions_of(*statements))
    for file in (tmp_path / "seen").iterdir():
        assert file.read_bytes() == (tmp_path / "without" / file.name).read_bytes()


def test_an_empty_register_is_a_package_of_empty_tables(tmp_path: Path) -> None:
    tables = write(tmp_path / "package", positions_of())
    assert set(tables) == set(ROWS)
    assert not any(tables.values())


def test_random_histories_obey_their_schema_and_tell_our_figures(tmp_path: Path) -> None:
    for seed in range(30):
        rule = TRACKER if seed % 2 else STRICT
        positions = Positions(history(seed, 60), rule, date(2025, 6, 1), DIRECTORY)
        tables = write(tmp_path / "package", positions, force=True)
        assert [row["matter"] for row in tables["positions"]] == [
            one.matter for one in positions.all()
        ]
        assert len(tables["balances"]) == len(postings(positions).balances)
        assert sum(row["owed"] for row in tables["debts"]) * 1000 == sum(
            debt.owed for debt in debts(positions)
        )


def test_positions_are_written_for_people_as_csv_and_as_a_workbook(tmp_path: Path) -> None:
    positions = positions_of(*scheme())
    write_positions(positions, tmp_path / "positions.csv")
    with (tmp_path / "positions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["matter"], row["state"], row["quantity"]) for row in rows] == [
        ("c", "committed", "100"),
        ("n", "committed", "40.005"),
        ("r", "agreed", "unknown"),
        ("t", "handed_over", "2"),
        ("u", "announced", "unknown"),
    ]
    write_positions(positions, tmp_path / "positions.xlsx")
    sheets, problems = read_workbook(tmp_path / "positions.xlsx")
    assert problems == []
    assert list(sheets) == ["positions", "milestones", "conflicts"]
    assert sheets["positions"].header == list(rows[0])
    texts = [
        dict(zip(sheets["positions"].header, cells, strict=True))
        for _, cells in sheets["positions"].rows
    ]
    assert texts == rows


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    write(tmp_path / "package", positions_of(*scheme()))
    with pytest.raises(OutputExists):
        write_data_package(positions_of(), tmp_path / "package")
    (tmp_path / "positions.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputExists):
        write_positions(positions_of(), tmp_path / "positions.csv")
    assert (tmp_path / "positions.csv").read_text(encoding="utf-8") == "mine"
    with pytest.raises(
        InvalidTarget, match=r"write positions to a file that ends in \.csv or \.xlsx"
    ):
        write_positions(positions_of(), tmp_path / "positions.ods")
