"""Warnings: each with its whole text, and a case just beside it that is not warned of."""

from __future__ import annotations

from pathlib import Path

import pytest

from ringtausch.records import caution_messages, check_scenario, read_scenario
from tests.builders import folder
from tests.cli.running import run
from tests.records.caution_cases import BASE, CASES


def test_what_is_meant_is_not_warned_of(tmp_path: Path) -> None:
    assert check_scenario(folder(tmp_path / "case", **BASE)) == []


@pytest.mark.parametrize("surely_not_meant", CASES)
def test_what_is_surely_not_meant_is_warned_of_once(surely_not_meant: str, tmp_path: Path) -> None:
    change, _, warning = CASES[surely_not_meant]
    found = check_scenario(folder(tmp_path / "case", **{**BASE, **change}))
    assert [(problem.severity, str(problem)) for problem in found] == [("warning", warning)]


@pytest.mark.parametrize("surely_not_meant", CASES)
def test_what_stands_just_beside_it_is_not_warned_of(surely_not_meant: str, tmp_path: Path) -> None:
    _, beside, _ = CASES[surely_not_meant]
    assert check_scenario(folder(tmp_path / "case", **{**BASE, **beside})) == []


def test_a_warning_does_not_stop_a_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`check` shows it and ends with 0, `plan` counts it, and reading is silent."""
    change, _, warning = CASES["a lot of nothing"]
    case = folder(tmp_path / "case", **{**BASE, **change})
    monkeypatch.chdir(tmp_path)
    checked = run("check", "case")
    assert (checked.exit_code, checked.stderr) == (0, f"warning: {warning}\n")
    assert checked.stdout == "case: 1 warning; 15 rows read\n"
    assert run("plan", "case").exit_code == 0
    assert read_scenario(case).name == "test"


def test_an_error_hides_warnings_until_it_is_mended(tmp_path: Path) -> None:
    """Warnings follow from what the scenario means; with an error it means nothing yet."""
    change, _, _ = CASES["a lot of nothing"]
    case = folder(tmp_path / "case", **{**BASE, **change, "stocks": "A,gun,x"})
    assert [problem.severity for problem in check_scenario(case)] == ["error"]


def test_every_warning_has_a_case_here() -> None:
    """Each sentence of the room is said by one of the cases, told by its fixed words."""
    sentences = [
        name
        for name, value in vars(caution_messages).items()
        if callable(value)
        and not name.startswith("_")
        and value.__module__ == caution_messages.__name__
    ]
    said = " ".join(warning for _, _, warning in CASES.values())
    words = {
        "floor_above_held": "is above all that",
        "need_nobody_can_meet": "nobody can meet",
        "due_after_end": "the need never counts",
        "fund_without_charges": "no charge can reach",
        "offer_without_lane": "can go nowhere",
        "offer_larger_than_stock": "can never have more than",
        "fraction_of_whole_item": "comes in whole units",
        "lot_of_zero": "a lot of 0",
        "lot_does_not_divide": "does not divide",
        "lot_exceeds_lane": "above what a lane carries",
        "lot_exceeds_production": "above what a period's production",
        "supply_without_production": "delivers nothing",
        "production_without_supply": "nobody can buy",
        "fraction_stays_owed": "a fraction stays owed",
        "assurance_without_replacement": "can ever arrive",
        "exchange_circle": "multiply to more than 1",
        "unfairness_first": "even out the burden",
        "limit_without_objective": "this has no effect",
    }
    assert sorted(words) == sorted(sentences)
    assert [name for name, text in words.items() if text not in said] == []
