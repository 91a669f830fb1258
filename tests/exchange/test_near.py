"""Who names a wrong place is told of the right one nearby, and of no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from ringtausch.exchange.near import has_directory, has_statements, meant


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with a scenario and a register's tables side by side."""
    for name, files in {
        "a-scenario": {"parties.csv": "party,name\n", "items.csv": "item,name\n"},
        "register-2025": {"parties.csv": "name;kind\nDEU;state\n", "statements.csv": "matter\n"},
    }.items():
        (tmp_path / name).mkdir()
        for file, text in files.items():
            (tmp_path / name / file).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("", "register-2025"),
        ("register-2026", "register-2025"),
        ("register-2025/parties.csv", "register-2025"),
        ("something-else", ""),
        ("a-scenario", ""),
        ("a-scenario/parties.csv", ""),
        ("no/such/folder", ""),
    ],
)
def test_the_right_place_is_inside_around_or_called_nearly_so(
    folder: Path, wrong: str, right: str
) -> None:
    expected = f"; did you mean {folder / right}?" if right else ""
    assert meant(folder / wrong, has_directory) == expected
    assert meant(folder / wrong, has_statements) == expected
