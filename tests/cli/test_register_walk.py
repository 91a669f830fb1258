"""The first walk of the documentation, run as it is written, from an empty folder to an audited export."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.registers import EXAMPLE
from tests.cli.running import run
from tests.project_files import code_blocks, text_of

PAGE = "docs/how-to/keep-the-record.md"


def test_the_first_walk_runs_as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "examples" / "register-2025")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RINGTAUSCH_REGISTER", raising=False)
    said = {}
    for line in code_blocks(text_of(PAGE)):
        program, *arguments = shlex.split(line)
        assert program == "ringtausch"
        result = run(*arguments)
        assert result.exit_code == 0, (line, result.stderr)
        said[" ".join(arguments[:2])] = " ".join(result.stdout.split())
    assert "0 conflicts, 1 discrepancy, 1 bare hand-over" in said["register conflicts"]
    assert "DEU-1:back POL DEU 2 patriot-launcher 2026-02-20" in said["register balance"]
    assert (
        "replacement DEU-1:back POL → DEU 2 patriot-launcher 2026-02-20 40"
        in said["register overdue"]
    )
    assert "The export fits: 4 statements under 1 keys." in said["audit export-2025-12"]
    assert (tmp_path / "backup-2025-12.sqlite").exists()


def test_the_example_of_the_readme_runs_and_says_what_stands_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "examples" / "register-2025")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RINGTAUSCH_REGISTER", raising=False)
    page = text_of("README.md")
    commands = [line for line in code_blocks(page) if line.startswith("ringtausch register")]
    assert len(commands) == 3
    for line in commands:
        result = run(*shlex.split(line)[1:])
        assert result.exit_code == 0, (line, result.stderr)
    told = " ".join(result.stdout.split())
    assert "total 4,359,280,000.00 open In it are 3 matters of which nobody says how much." in told
    assert (
        "It is 4,359,280,000 dollars, and three contributors of whom nobody says how much" in page
    )
