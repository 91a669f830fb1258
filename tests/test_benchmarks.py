"""The benchmarks run, at their smallest size and untimed, and write down what they measured."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.phases import measure_phases
from benchmarks.processes import measure_command
from benchmarks.registry import COMMANDS, GENERATED, WHAT_IFS
from benchmarks.results import append, table
from benchmarks.what_if import measure_what_if
from tests.project_files import ROOT

PHASES = ["generate", "read", "build", "solve-first", "verify", "write"]


def test_no_two_cases_share_a_name() -> None:
    names = [case.name for case in (*COMMANDS, *WHAT_IFS, *GENERATED)]
    assert len(set(names)) == len(names)


def test_the_smallest_case_goes_through_every_phase(tmp_path: Path) -> None:
    smallest = next(case for case in GENERATED if case.small)
    results = measure_phases(smallest, runs=1, time_limit=60)
    assert [(result.case, result.phase) for result in results] == [
        (smallest.name, phase) for phase in PHASES
    ]
    solved = results[PHASES.index("solve-first")]
    first = next(iter(solved.objectives))
    assert (solved.status, first) == ("optimal", "late_replacement")
    assert solved.bounds[first] == solved.objectives[first]

    file = tmp_path / "results.jsonl"
    append(file, results)
    append(file, results[:1])
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [line["phase"] for line in lines] == [*PHASES, "generate"]
    assert all({"commit", "machine", "python", "versions"} <= line.keys() for line in lines)
    assert len(table(results).splitlines()) == len(PHASES) + 1


def test_a_command_is_measured_as_a_process_of_its_own() -> None:
    result = measure_command(next(case for case in COMMANDS if case.name == "help"), runs=1)
    assert (result.case, result.phase, result.runs) == ("help", "process", 1)
    assert result.seconds > 0


def test_what_ifs_are_answered_as_planning_from_the_start_answers_them() -> None:
    results = measure_what_if(next(case for case in WHAT_IFS if case.small))
    assert [result.phase for result in results] == ["bound", "what-if", "from-the-start"]
    assert results[1].runs >= 3


def test_the_reference_names_cases_that_there_are() -> None:
    """A case that is renamed or dropped takes its lines of the reference with it."""
    names = {case.name for case in (*COMMANDS, *WHAT_IFS, *GENERATED)}
    lines = (ROOT / "benchmarks/reference.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(line)["case"] for line in lines} <= names
