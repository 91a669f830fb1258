"""Running commands in tests: in this process where that is enough, as real processes otherwise."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from ringtausch.cli.main import program

__all__ = ["PROGRAM", "everything_in", "json_of", "process", "run"]

#: The program as a list of arguments, whatever the path is.
PROGRAM = [sys.executable, "-c", "from ringtausch.cli.main import main; main()"]

_APP = program()


def run(*arguments: str | Path) -> Result:
    """Run a command in this process; whatever it does not catch is raised."""
    return CliRunner().invoke(_APP, [str(part) for part in arguments], catch_exceptions=False)


def process(
    *arguments: str | Path, cwd: Path, program: list[str] = PROGRAM
) -> subprocess.CompletedProcess[str]:
    """Run a command as a process of its own."""
    return subprocess.run(
        [*program, *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False
    )


def json_of(result: Result) -> dict[str, Any]:
    """Read the one JSON document on the standard output."""
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def everything_in(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
