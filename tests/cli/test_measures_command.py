"""`ringtausch measures`: what it prints, as words and as JSON, and what it refuses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.builders import folder
from tests.cli.running import json_of, run
from tests.cli.test_schemas import valid
from tests.insight.measures.case import CONTENT, MADE
from tests.project_files import text_of

VALUES = "item,basis,value\ngun,replacement,150\nhowitzer,replacement,90\ngun,book,10\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand beside a scenario `case` with its values, and a `plan` for it."""
    folder(tmp_path / "case", **CONTENT)
    (tmp_path / "case/values.csv").write_text(VALUES, encoding="utf-8")
    MADE.write(tmp_path / "plan")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def heads(text: str) -> list[str]:
    """List the titles of the tables."""
    return [line for line in text.splitlines() if line.startswith("Value ")]


def test_the_tables_are_printed_with_every_basis_apart() -> None:
    result = run("measures", "case", "plan")
    assert (result.exit_code, result.stderr) == (0, "")
    assert heads(result.stdout) == [
        "Value handed over, as in items.csv, EUR",
        "Value handed over, book value, EUR",
        "Value handed over, replacement value, EUR",
    ]
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_one_basis_is_shown_alone_and_values_may_come_from_another_file(here: Path) -> None:
    alone = run("measures", "case", "plan", "--basis", "replacement")
    assert heads(alone.stdout) == ["Value handed over, replacement value, EUR"]
    (here / "mine.csv").write_text("item,basis,value\ngun,market,70\n", encoding="utf-8")
    mine = run("measures", "case", "plan", "--basis", "market", "--values", "mine.csv")
    assert "No market value: howitzer; 0 handed over, 2 ordered." in mine.stdout.splitlines()


def test_the_same_is_json_as_its_schema_says() -> None:
    document = valid(json_of(run("measures", "case", "plan", "--basis", "replacement", "--json")))
    assert (document["bases"], document["basis"]) == (
        ["items", "book", "replacement"],
        "replacement",
    )
    deals = [(d["party"], d["value_given"], d["value_received"]) for d in document["deals"]]
    assert deals == [("A", 600, 2 * 90 + 3 * 150), ("B", 300, 450)]
    assert [w["state"] for w in document["windows"]] == ["closed", "open"]
    assert document["windows"][1]["closes"] is None


def test_what_cannot_be_measured_is_one_line_and_exit_2(here: Path) -> None:
    folder(here / "other", horizon=1, stocks="A,gun,1")
    another = (
        'plan.json: scenario: was made for "test" with other content than this scenario has'
        " (the hashes differ); plan this scenario again"
    )
    no_market = (
        "values.csv: basis: no item has a market value; there are values by: book, replacement"
    )
    gone = "no.csv: cannot be read: No such file or directory"
    for arguments, said in (
        (["other", "plan"], another),
        (["case", "plan", "--basis", "market"], no_market),
        (["case", "plan", "--values", "no.csv"], gone),
    ):
        result = run("measures", *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.splitlines() == [said, "1 error"]
    assert run("measures", "case", "nowhere").exit_code == 2


def test_the_check_reads_the_values_of_a_folder(here: Path) -> None:
    (here / "case/values.csv").write_text("item,basis,value\ngnu,book,1\n", encoding="utf-8")
    result = run("check", "case")
    assert result.exit_code == 2
    assert 'values.csv:2: item: "gnu" is not in items.csv; did you mean "gun"?' in result.stderr


def test_the_page_of_json_names_every_table() -> None:
    document = json_of(run("measures", "case", "plan", "--json"))
    section = text_of("docs/reference/json.md").partition("## measures\n")[2].partition("\n## ")[0]
    assert set(re.findall(r'^  "(\w+)":', section, flags=re.MULTILINE)) == set(document)
