"""Registers by path and by address: made, opened, and refused with a sentence."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ringtausch.hub import init_register, open_register
from ringtausch.hub.messages import CannotOpen
from tests.hub.making import DIRECTORY


def _said(address: str) -> str:
    with pytest.raises(CannotOpen) as refusal:
        open_register(address)
    return str(refusal.value)


def test_a_register_that_is_made_opens_by_path_and_by_address(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "register.db"
    init_register(str(path), DIRECTORY).close()
    for address in (str(path), f"sqlite:///{path}"):
        with open_register(address) as store:
            assert store.directory() == DIRECTORY
    assert [entry.name for entry in path.parent.iterdir()] == ["register.db"]


def test_a_register_is_never_made_over_something(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    path.write_text("mine")
    with pytest.raises(CannotOpen) as refusal:
        init_register(str(path), DIRECTORY)
    assert str(refusal.value) == (
        f"{path}: there is something already, and nothing is written over; name another place"
    )
    assert path.read_text() == "mine"


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    assert _said(str(path)) == (
        f"{path}: there is no such file; make a register with: ringtausch register init"
    )
    assert not path.exists()


def test_what_is_no_register_is_said_to_be_none(tmp_path: Path) -> None:
    text, folder, other = tmp_path / "notes.txt", tmp_path / "folder", tmp_path / "other.db"
    text.write_text("notes")
    folder.mkdir()
    file = sqlite3.connect(other)
    file.execute("CREATE TABLE mine (a)")
    file.close()
    for path in (text, folder, other):
        assert _said(str(path)) == (
            f"{path}: this is no register; make one elsewhere with: ringtausch register init"
        )


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (9, "format 9, and this version knows formats up to 1; install a newer ringtausch"),
        (0, "format 0, and this version writes format 1; whoever keeps it has to upgrade it first"),
    ],
)
def test_another_format_is_named(tmp_path: Path, number: int, sentence: str) -> None:
    path = tmp_path / "register.db"
    init_register(str(path), DIRECTORY).close()
    file = sqlite3.connect(path)
    file.execute("DROP TRIGGER hub_register_no_update")
    file.execute("UPDATE hub_register SET format = ?", [number])
    file.commit()
    file.close()
    assert _said(str(path)) == f"{path}: this register has {sentence}"


def test_an_address_of_another_kind_is_no_register() -> None:
    assert _said("mysql://server/register") == (
        'mysql://: a register lies in a file or in PostgreSQL, not in "mysql"; write a path such as'
        " register.db, or postgresql://NAME@SERVER/DATABASE"
    )


def test_no_password_is_shown() -> None:
    said = _said("postgresql://pol:secret@/register?host=/nowhere")
    assert "secret" not in said
    assert said.startswith("postgresql://pol@/register")
