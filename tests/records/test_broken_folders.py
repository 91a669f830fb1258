"""Broken scenario folders: every mistake is said once, with its place; nothing is written."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ringtausch.cli.main import program
from ringtausch.records import check_scenario
from tests.records.broken_settings import BROKEN_SETTINGS
from tests.records.broken_tables import BROKEN_TABLES, GOOD, Files

BROKEN = BROKEN_TABLES | BROKEN_SETTINGS


def written(path: Path, files: Files) -> Path:
    """Write the good scenario with some files in place of its own."""
    path.mkdir()
    for name, content in {**GOOD, **files}.items():
        if content is not None:
            data = content if isinstance(content, bytes) else content.encode()
            (path / name).write_bytes(data)
    return path


def differing(lines: list[str], wanted: list[str], folder: Path) -> list[str]:
    """List the lines that are not as wanted; `…` stands for anything, `{folder}` for the folder."""
    patterns = [
        re.escape(line.replace("{folder}", str(folder))).replace("…", ".+") for line in wanted
    ]
    if len(lines) == len(patterns):
        pairs = zip(lines, patterns, strict=True)
        return [line for line, pattern in pairs if not re.fullmatch(pattern, line)]
    return [*lines, f"-- and {len(wanted)} were wanted"]


def everything_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_there_are_more_than_fifty_ways_to_break_a_folder() -> None:
    assert len(BROKEN) == len(BROKEN_TABLES) + len(BROKEN_SETTINGS) > 50


def test_the_folder_that_they_break_is_good(tmp_path: Path) -> None:
    assert check_scenario(written(tmp_path / "good", {})) == []


@pytest.mark.parametrize("mistake", BROKEN)
def test_a_mistake_is_said_once_with_its_place(
    mistake: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`check` and `plan` say the same lines, end with 2 and leave everything as it is."""
    files, wanted = BROKEN[mistake]
    folder = written(tmp_path / "case", files)
    monkeypatch.chdir(tmp_path)
    before = everything_in(tmp_path)
    count = f"{len(wanted)} error{'s' * (len(wanted) > 1)} in {folder}"
    for command in ("check", "plan"):
        result = CliRunner().invoke(program(), [command, str(folder)])
        assert (result.exit_code, result.stdout) == (2, "")
        assert differing(result.stderr.splitlines(), [*wanted, count], folder) == []
    assert everything_in(tmp_path) == before


@pytest.mark.parametrize("mistake", ["a file in Latin-1", "settings that are no TOML"])
def test_a_real_process_ends_with_2_and_no_traceback(mistake: str, tmp_path: Path) -> None:
    files, wanted = BROKEN[mistake]
    folder = written(tmp_path / "case", files)
    for command in ("check", "plan"):
        result = subprocess.run(
            [sys.executable, "-c", "from ringtausch.cli.main import main; main()", command, "case"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (result.returncode, result.stdout) == (2, "")
        assert differing(result.stderr.splitlines(), [*wanted, "1 error in case"], folder) == []
    assert [path.name for path in tmp_path.iterdir()] == ["case"]


def test_every_problem_carries_what_stands_there(tmp_path: Path) -> None:
    files, _ = BROKEN["a mistake in each of five files"]
    found = check_scenario(written(tmp_path / "case", files))
    assert [(p.file, p.line, p.column, p.value, p.severity) for p in found] == [
        ("funds.csv", 1, "curency", "curency", "error"),
        ("lanes.csv", 2, "lead", "x", "error"),
        ("lanes.csv", 2, "opens", "y", "error"),
        ("offers.csv", 3, "offer", "o1", "error"),
        ("scenario.toml", 5, "scenario.period", "day", "error"),
        ("stocks.csv", 2, "quantity", "-4", "error"),
        ("stocks.csv", 3, "party", "DEX", "error"),
    ]


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    result = CliRunner().invoke(program(), ["check", str(gone)])
    assert (result.exit_code, result.stderr.splitlines()) == (
        2,
        [
            (
                f"{gone}: there is no folder or workbook {gone}; check the path, or make one:"
                f" ringtausch new {gone}"
            ),
            f"1 error in {gone}",
        ],
    )
