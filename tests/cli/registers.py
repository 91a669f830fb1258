"""Registers that the tests of commands share: a small one in a folder, and the one that is shipped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cli.running import json_of, run
from tests.project_files import ROOT

__all__ = ["EXAMPLE", "PLEDGE", "add", "answer", "example", "identifiers", "lines", "small"]

EXAMPLE = ROOT / "examples" / "register-2025"

_MADE: dict[str, bytes] = {}

#: A pledge of two launchers, as options.
PLEDGE = {
    "matter": "DEU-1",
    "kind": "transfer",
    "milestone": "pledged",
    "giver": "DEU",
    "receiver": "UKR",
    "item": "launcher",
    "quantity": "2",
    "said-by": "DEU",
    "source-rank": "2",
    "source-date": "2025-08-01",
}


def _again(name: str, folder: Path) -> bool:
    """Put a register that was made before into a folder: making one takes a while."""
    if name in _MADE:
        (folder / "ringtausch.sqlite").write_bytes(_MADE[name])
    return name in _MADE


def small(folder: Path) -> None:
    """Make `ringtausch.sqlite` in a folder in which one stands: four parties, a pool, two items."""
    if _again("small", folder):
        return
    tables = folder / "names"
    tables.mkdir()
    (tables / "parties.csv").write_text(
        "name,kind,keeper,coalition\nDEU,state,,yes\nFRA,state,,\nPOL,state,,yes\nUKR,state,,\n"
        "FUND,pool,POL,\n",
        encoding="utf-8",
    )
    (tables / "items.csv").write_text(
        "name,unit\nlauncher,piece\nmissile,missile\n", encoding="utf-8"
    )
    made = run("register", "init", "--directory", tables)
    assert made.exit_code == 0, made.stderr
    _MADE["small"] = (folder / "ringtausch.sqlite").read_bytes()


def add(*flags: str, **fields: str) -> Any:
    """Add a statement: the pledge, with some fields otherwise; an empty one is left out."""
    options = {**PLEDGE, **{name.replace("_", "-"): text for name, text in fields.items()}}
    given = [part for name, text in options.items() if text for part in (f"--{name}", text)]
    return run("register", "add", *given, *flags)


def answer(*arguments: str) -> dict[str, Any]:
    """Run a command of the register with `--json` and read what it says."""
    found = run("register", *arguments, "--json")
    assert (found.exit_code, found.stderr) == (0, ""), found.stderr
    return json_of(found)


def lines(*arguments: str) -> list[str]:
    """Run a command of the register that succeeds, and return its lines."""
    found = run("register", *arguments)
    assert found.exit_code == 0, found.stderr
    return found.stdout.splitlines()


def identifiers() -> list[str]:
    """List the ids of all statements, oldest first."""
    return [row["columns"]["id"] for row in answer("list")["statements"]]


def example(folder: Path) -> None:
    """Make `ringtausch.sqlite` of the shipped example, as its README does."""
    if _again("example", folder):
        return
    assert run("register", "init", "--directory", EXAMPLE).exit_code == 0
    found = run("register", "import", "--recorded-from-sources", EXAMPLE / "statements.csv")
    assert found.exit_code == 0, found.stderr
    _MADE["example"] = (folder / "ringtausch.sqlite").read_bytes()
