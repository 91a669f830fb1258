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
