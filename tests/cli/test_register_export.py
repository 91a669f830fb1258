"""`ringtausch register export` in the forms that others read: what checks each of them accepts it."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from ringtausch.cli.register_export_commands import FORMATS as NAMED
from ringtausch.hub.exporting import FORMATS
from tests.cli.registers import add, answer, example, lines, small
from tests.cli.running import everything_in, run
from tests.exchange.test_beancount import bean_check
from tests.exchange.test_data_package import check
from tests.exchange.test_iati import wrong_by_the_schema
from tests.project_files import code_blocks, text_of

IATI = ("--format", "iati", "--reporter", "DEU", "--reporter-reference", "XM-DAC-5")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RINGTAUSCH_REGISTER", raising=False)
    return tmp_path


@pytest.fixture
def record(here: Path) -> Path:
    """Two launchers are pledged and one is handed over; nobody knows how many more; one is secret."""
    small(here)
    add()
    add(milestone="handed_over", quantity="1", source_date="2025-08-20")
    add(matter="DEU-2", milestone="handed_over", quantity="1..3", source_date="2025-08-21")
    add(matter="SECRET", visibility="DEU;POL")
    return here


def test_the_command_names_the_formats_that_there_are() -> None:
    assert list(NAMED) == list(FORMATS)


def test_the_commands_of_the_page_run_as_they_stand_there(here: Path) -> None:
    example(here)
    written = []
    for line in code_blocks(text_of("docs/reference/exports.md")):
        _program, *words = line.split()
        result = run(*words)
        assert result.exit_code == 0, (line, result.stderr)
        written.append(result.stdout.splitlines()[0])
    assert written == [
        f"Written: {name}" for name in ("stand.xlsx", "package", "ledger.beancount", "aid.xml")
    ]


def test_a_ledger_is_accepted_and_what_no_posting_holds_is_listed(record: Path) -> None:
    assert lines("export", "ledger.beancount", "--as", "FRA", "--as-of", "2025-12-31") == [
        "Written: ledger.beancount",
        "3 statements",
        "",
        "What it does not say:",
        "matter  milestone    of what   why",
        "DEU-2   handed_over  launcher  range",
    ]
    text = (record / "ledger.beancount").read_text(encoding="utf-8")
    assert bean_check(text, record) == []
    assert "2025-08-20 * " in text
    assert "SECRET" not in text


def test_the_ledger_of_the_shipped_register_is_accepted(here: Path) -> None:
    example(here)
    told = answer("export", "ledger.beancount", "--as-of", "2025-12-31")
    assert bean_check((here / "ledger.beancount").read_text(encoding="utf-8"), here) == []
    assert (told["format"], told["written"]) == ("beancount", ["ledger.beancount"])
    assert {row["why"] for row in told["left_out"]} == {"unknown"}


def test_aid_data_obeys_the_published_schema(here: Path) -> None:
    example(here)
    told = answer("export", "aid.xml", *IATI, "--secondary-reporter", "--reference", "NOR=NO-BRC-1")
    text = (here / "aid.xml").read_text(encoding="utf-8")
    root = ET.fromstring(text.encode())  # noqa: S314 - our own file
    reporter = root.find("iati-activity/reporting-org")
    assert reporter is not None
    assert reporter.attrib == {"ref": "XM-DAC-5", "type": "10", "secondary-reporter": "1"}
    assert 'ref="NO-BRC-1"' in text
    assert {"no value", "unknown"} <= {row["why"] for row in told["left_out"]}
    assert wrong_by_the_schema(text) == []


def test_who_reports_is_asked_for_and_every_wrong_word_of_it_is_told(record: Path) -> None:
    result = run("register", "export", "aid.xml", "--reference", "DEU")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "--reporter: is missing; a file of IATI says who reports",
        "--reporter-reference: is missing; a file of IATI says who reports",
        '--reference: "DEU" is not PARTY=REF',
    ]
    words = ("--reporter", "DEUT", "--reporter-reference", "x", "--reporter-type", "12")
    result = run("register", "export", "aid.xml", *words, "--reference", "POLL=PL-1")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        'iati: party: the register knows no party "DEUT"; is it "DEU"?',
        'iati: party: the register knows no party "POLL"; is it "POL"?',
        (
            'iati: type: "12" is no type of an organisation; known are 10, 11, 15, 21, 22, 23, 24,'
            " 30, 40, 60, 70, 71, 72, 73, 80, 90"
        ),
        (
            'iati: reference: "x" of "DEUT" is no identifier of an organisation; it begins with a'
            " list, such as XM-DAC-5-7 or DE-1"
        ),
        "4 errors in aid.xml",
    ]
    assert not (record / "aid.xml").exists()


def test_an_unknown_format_and_a_reporter_of_another_one_are_refused(record: Path) -> None:
    result = run("register", "export", "out", "--format", "beancont", "--reporter", "DEU")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        (
            '--format: "beancont" is none of own, csv, xlsx, jsonl, positions, data-package,'
            " beancount, iati"
        ),
        "--reporter: only --format iati says who reports",
    ]
    assert not (record / "out").exists()


def test_a_data_package_obeys_its_own_description(record: Path) -> None:
    assert lines("export", "package", "--format", "data-package", "--as", "public") == [
        "Written: package",
        "3 statements",
    ]
    tables = check(record / "package")
    assert [row["matter"] for row in tables["positions"]] == ["DEU-1", "DEU-2"]
    described = json.loads((record / "package/datapackage.json").read_text(encoding="utf-8"))
    assert described["rule"]["name"] == "tracker"


def test_positions_for_people_are_those_of_the_day_and_the_rule(record: Path) -> None:
    form = ("--format", "positions", "--force")

    def stand(*words: str) -> dict[str, str]:
        assert run("register", "export", "stand.csv", *form, *words).exit_code == 0
        with (record / "stand.csv").open(encoding="utf-8", newline="") as file:
            return {row["matter"]: row["state"] for row in csv.DictReader(file)}

    assert stand("--as-of", "2025-08-01") == {"DEU-1": "pledged", "SECRET": "pledged"}
    assert stand("--as-of", "2025-08-31", "--as", "FRA") == {
        "DEU-1": "handed_over",
        "DEU-2": "handed_over",
    }
    assert lines("export", "stand.xlsx", "--format", "positions")[0] == "Written: stand.xlsx"
    result = run("register", "export", "stand", "--format", "positions")
    assert result.exit_code == 2
    assert "write positions to a file that ends in .csv or .xlsx" in result.stderr


@pytest.mark.parametrize(
    ("form", "target"),
    [("beancount", "a"), ("iati", "a"), ("data-package", "a"), ("positions", "a.csv")],
)
def test_nothing_is_overwritten_unasked_and_equal_positions_give_equal_files(
    form: str, target: str, here: Path
) -> None:
    example(here)
    words = ["export", target, "--format", form, "--as-of", "2025-12-31"]
    words += IATI[2:] if form == "iati" else ()
    assert run("register", *words).exit_code == 0
    first = everything_in(here)
    result = run("register", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "exists; choose another place or replace it with --force" in result.stderr
    assert run("register", *words, "--force").exit_code == 0
    assert everything_in(here) == first


@pytest.mark.parametrize("form", ["beancount", "iati", "data-package", "positions"])
def test_of_a_register_without_statements_nothing_is_written(form: str, here: Path) -> None:
    small(here)
    words = IATI[2:] if form == "iati" else ()
    result = run("register", "export", "a.csv", "--format", form, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("ringtausch.sqlite: nothing is recorded here yet")
    assert not (here / "a.csv").exists()
