"""Ctrl-C during a plan: the best plan so far, or nothing; never half a folder or a traceback."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ringtausch.insight import verify
from ringtausch.records import read_plan, read_scenario
from tests.cli.running import PROGRAM, process, run

_SAYS_WHEN_IT_RUNS = "from ringtausch.cli.main import main; print('up', flush=True); main()"


def interrupted(folder: Path, seconds: float) -> tuple[int, str]:
    """Plan `case`, send the signal of Ctrl-C after some time; return exit code and errors."""
    arguments = [sys.executable, "-c", _SAYS_WHEN_IT_RUNS, "plan", "case", "--out", "plan"]
    with subprocess.Popen(
        arguments, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "up\n"
        time.sleep(seconds)
        program.send_signal(signal.SIGINT)
        _, errors = program.communicate(timeout=120)
    return program.returncode, errors


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
@pytest.mark.parametrize(
    "seconds", [0.0, 0.3, *(pytest.param(s, marks=pytest.mark.long) for s in (1.0, 2.0, 4.0, 8.0))]
)
def test_ctrl_c_ends_with_a_feasible_plan_or_with_nothing(seconds: float, tmp_path: Path) -> None:
    """The scenario takes minutes; whenever the signal comes, what is there afterwards is whole."""
    case = tmp_path / "case"
    run("generate", case, "--parties", "12", "--items", "10", "--periods", "30", "--whole", "1")
    code, errors = interrupted(tmp_path, seconds)
    assert "Traceback" not in errors
    if code == 0:
        plan = read_plan(tmp_path / "plan")
        assert (plan.status, verify(read_scenario(case), plan).violations) == ("feasible", ())
    else:
        assert (code, [path.name for path in tmp_path.iterdir()]) == (4, ["case"])


#: Ctrl-C while a module with compiled parts is imported: it comes back as an error of that module.
_INTERRUPTED_IMPORT = """
import os, signal, sys
from ringtausch.cli.main import main

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "ringtausch.records.scenario":
            try:
                os.kill(os.getpid(), signal.SIGINT)
            except KeyboardInterrupt:
                raise ImportError("initialization failed")

sys.meta_path.insert(0, Finder())
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_ctrl_c_during_an_import_is_no_defect(tmp_path: Path) -> None:
    program = [sys.executable, "-c", _INTERRUPTED_IMPORT]
    ended = process("check", "case", cwd=tmp_path, program=program)
    assert (ended.returncode, ended.stdout) == (4, "")
    assert ended.stderr == "interrupted; nothing was written\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_reader_that_goes_away_is_no_failure(tmp_path: Path) -> None:
    """It once ended with exit 1, which means that a proof found a broken rule."""
    run("new", tmp_path / "case")
    for command in ("variants", "check"):
        with subprocess.Popen(
            [*PROGRAM, command, "case"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as program:
            assert program.stdout is not None
            assert program.stderr is not None
            program.stdout.close()
            errors = program.stderr.read()
        assert (program.returncode, errors) == (0, b"")
