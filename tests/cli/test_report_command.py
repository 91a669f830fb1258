"""`ringtausch report`: what it draws when asked why, and what it refuses before the work."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import folder
from tests.cli.running import run
from tests.pictures.reading import Page

#: C needs two guns from January on; A has one for it, B one that it has not offered.
SHORT = {
    "horizon": 2,
    "parties": "A,Aland; B,Bland; C,Cland",
    "stocks": "A,gun,1; B,gun,1",
    "offers": "o1,A,gun,1",
    "lanes": "A,C,gun,0; B,C,gun,0",
    "needs": "n1,C,gun,2,2025-01-01",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand beside a scenario `case` and its plan."""
    folder(tmp_path / "case", **SHORT)  # type: ignore[arg-type]
    monkeypatch.chdir(tmp_path)
    assert run("plan", "case").exit_code == 0
    return tmp_path


def page(file: Path) -> Page:
    return Page(file.read_text(encoding="utf-8").replace("\u202f", " "))


def test_a_report_says_why_not_more_and_whom_to_ask_where_it_is_asked_to(here: Path) -> None:
    plain = run("report", "case", "case-plan")
    assert (plain.exit_code, plain.stdout) == (0, "Written: case-report.html\n")
    assert not {"why-table", "whom-table"} & set(page(here / "case-report.html").tables)

    result = run("report", "case", "case-plan", "--why", "--out", "why.html")
    assert (result.exit_code, result.stdout) == (0, "Written: why.html\n")
    read = page(here / "why.html")
    why = read.table("why-table")[1]
    assert why[:2] == ["Cland: need n1, gun", "willingness"]
    assert why[3:6] == ["2", "2", "2025-01 – 2025-02"]
    assert "B" in why[2]
    first = read.table("whom-table")[1]
    assert first[0] == "Bland"
    assert "+offers[" in first[1]
    assert first[2] == "unmet needs: 2 unit-months less"


def test_values_beside_the_scenario_are_shown_and_broken_ones_refused(here: Path) -> None:
    values = here / "case/values.csv"
    values.write_text("item,basis,value\ngun,book,5\n", encoding="utf-8")
    assert run("report", "case", "case-plan").exit_code == 0
    shares = page(here / "case-report.html").table("shares-table")
    assert ["Aland", "Handed over, book value", "EUR", "5", "100 %", "–", "–"] in shares
    values.write_text("item,basis,value\ngnu,book,5\n", encoding="utf-8")
    result = run("report", "case", "case-plan", "--out", "other.html")
    assert (result.exit_code, result.stderr.splitlines()[0]) == (
        2,
        'values.csv:2: item: "gnu" is not in items.csv; did you mean "gun"?',
    )
    assert not (here / "other.html").exists()


def test_a_limit_without_a_question_is_refused(here: Path) -> None:
    result = run("report", "case", "case-plan", "--time-limit", "5", "--out", "other.html")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "--time-limit: counts with --why only; leave it out, or say --why"
    ]
    assert not (here / "other.html").exists()


def test_nothing_is_replaced_unasked_and_no_work_done_for_it(here: Path) -> None:
    (here / "case-report.html").write_text("mine", encoding="utf-8")
    result = run("report", "case", "case-plan", "--why")
    assert result.exit_code == 2
    assert (here / "case-report.html").read_text(encoding="utf-8") == "mine"
    assert run("report", "case", "case-plan", "--force").exit_code == 0
