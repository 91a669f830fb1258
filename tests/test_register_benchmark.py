"""The benchmark of the register runs, at its smallest; nothing here is timed."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from benchmarks.register import MEASURES, main
from benchmarks.register_statements import RING, directory_of, drafts
from ringtausch.register.checking import Place, check_statement
from ringtausch.register.positions import Positions
from ringtausch.register.replacement import debts
from ringtausch.register.rule import STRICT


def test_every_measure_runs_and_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also the two processes, and beancount on the equal ledger."""
    sizes = [part for name in MEASURES for part in (f"--{name}", "60")]
    assert main([*sizes, "--out", str(tmp_path / "register.jsonl")]) == 0
    lines = [
        json.loads(line) for line in (tmp_path / "register.jsonl").read_text("utf-8").splitlines()
    ]
    assert [line["case"] for line in lines] == [
        "import and balance",
        "positions of one party",
        "audit",
        "append one by one",
    ]
    assert all(line["statements"] == 60 and line["seconds"] > 0 for line in lines)
    assert all({"commit", "machine", "versions", "parts"} <= line.keys() for line in lines)
    assert lines[0]["parts"]["accounts"] > 0
    assert lines[1]["parts"]["matters"] > 0
    assert capsys.readouterr().out.count("statements: ") == 4


def test_what_is_measured_is_a_register_in_which_nothing_is_wrong() -> None:
    """Every statement passes its checks; each ring owes what was given and has not come back."""
    said = list(drafts(20 * RING))
    known = directory_of(20 * RING)
    assert [check_statement(one.recorded_as("desk"), known, Place("x")) for one in said] == [
        []
    ] * len(said)
    assert set(Counter(one.matter.partition("-")[0] for one in said)) == {"t", "r", "c", "p"}
    made = [
        one.recorded(f"{at:032x}", "2026-12-01T00:00:00.000000Z") for at, one in enumerate(said)
    ]
    found = debts(Positions(made, STRICT, date(2026, 12, 31), known))
    assert len(found) == 20
    assert all(debt.owed == debt.handed_over - debt.settled > 0 for debt in found)


def test_a_size_that_is_no_number_of_rings_is_met_exactly() -> None:
    assert [len(list(drafts(many))) for many in (1, 11, 12, 13, 100)] == [1, 11, 12, 13, 100]
