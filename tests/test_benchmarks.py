"""The benchmarks run, at their smallest size and untimed, and write down what they measured."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.phases import measure_phases
from benchmarks.processes import measure_command
from benchmarks.registry import COMMANDS, GENERATED
from benchmarks.results import append, table
from tests.project_files import ROOT

PHASES = ["generate", "read", "build", "solve-first", "verify", "write"]


def test_no_two_cases_share_a_name() -> None:
    names = [case.name for case in (*COMMANDS, *GENERATED)]
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


def test_the_reference_names_cases_that_there_are() -> None:
    """A case that is renamed or dropped takes its lines of the reference with it."""
    names = {case.name for case in (*COMMANDS, *GENERATED)}
    lines = (ROOT / "benchmarks/reference.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(line)["case"] for line in lines} <= names
