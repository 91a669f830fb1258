"""The guard warns where planning has become more work, and says nothing where it has not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.guard import CASES, compare, count, main, record, recorded

SMALLEST = next(case for case in CASES if case.name == "5x3x12")


def test_a_case_that_takes_what_was_recorded_is_not_warned_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--only", SMALLEST.name, "--file", str(tmp_path / "counts.jsonl")]
    assert main(arguments) == 1  # nothing is recorded yet
    assert main([*arguments, "--record"]) == 0
    assert main(arguments) == 0
    assert "WARNING" not in capsys.readouterr().out.partition("not recorded")[2].partition("\n")[2]


def test_a_count_that_has_grown_by_more_than_a_tenth_is_warned_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "counts.jsonl"
    now = count(SMALLEST)
    fewer = now.counts | {"simplex_iterations": now.counts["simplex_iterations"] * 10 // 12}
    record(file, [now, replace(now, counts=fewer)], {})  # the later line counts
    assert main(["--only", SMALLEST.name, "--file", str(file)]) == 1
    (warned,) = [x for x in capsys.readouterr().out.splitlines() if x.endswith("WARNING")]
    assert "simplex_iterations" in warned


def test_another_value_is_warned_of_and_another_scenario_is_not_compared() -> None:
    now = count(SMALLEST)
    name, value = next((n, v) for n, v in now.values.items() if v > 0)
    other = replace(now, values=now.values | {name: value * 1.001})
    assert [growth.figure for growth in compare(other, now)] == [name]
    edited = replace(other, scenario="another")
    assert [growth.figure for growth in compare(edited, now)] == ["scenario"]


def test_figures_are_recorded_of_every_case_and_of_no_other() -> None:
    assert recorded().keys() == {case.name for case in CASES}


def test_what_is_recorded_names_machine_and_versions(tmp_path: Path) -> None:
    file = tmp_path / "counts.jsonl"
    assert main(["--only", SMALLEST.name, "--file", str(file), "--record"]) == 0
    (line,) = map(json.loads, file.read_text("utf-8").splitlines())
    assert {"commit", "machine", "versions", "scenario", "counts", "values"} <= line.keys()
    assert line["counts"]["simplex_iterations"] > 0
