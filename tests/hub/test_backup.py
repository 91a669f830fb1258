# ruff: noqa: S608 - a test puts its own change into its SQL
"""A register comes back whole from its backup, and from nothing that is half or changed."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import pytest

from ringtausch.hub import open_register
from ringtausch.hub.administration import admit
from ringtausch.hub.backup import backup_register, restore_register
from ringtausch.hub.messages import CannotOpen
from ringtausch.hub.store import Store
from tests.hub.making import KEY, address_of, as_they_come, pledge


def _fill(store: Store) -> None:
    made = store.append(
        [pledge("a", part_of="p"), pledge("b"), pledge("c", visibility=("DEU", "UKR"))],
        "DEU",
        prepare=as_they_come,
    )
    store.redact(made[1].id, "board", "because", "DEU")


def test_a_file_comes_back_from_its_backup(store: Store, tmp_path: Path) -> None:
    """The backup is one file, made while the register is open; it is written on as if nothing was."""
    _fill(store)
    store.checkpoint(("public",), KEY)
    backup_register(store.place, tmp_path / "backup" / "copy.db")
    restore_register(tmp_path / "backup" / "copy.db", str(tmp_path / "restored.db"))
    with open_register(str(tmp_path / "restored.db")) as restored:
        assert list(restored.statements()) == list(store.statements())
        assert list(restored.leaves(("public",))) == list(store.leaves(("public",)))
        assert restored.checkpoints(("public",)) == store.checkpoints(("public",))
        assert restored.keys() == store.keys()
        restored.append([pledge("d")], "DEU")
        restored.checkpoint(("public",), KEY)
    assert [entry.name for entry in (tmp_path / "backup").iterdir()] == ["copy.db"]


def test_nothing_is_written_over_by_a_backup(store: Store, tmp_path: Path) -> None:
    backup_register(store.place, tmp_path / "copy.db")
    with pytest.raises(CannotOpen, match="a backup is restored into an empty place only"):
        restore_register(tmp_path / "copy.db", store.place)
    with pytest.raises(CannotOpen, match="there is something already"):
        backup_register(store.place, tmp_path / "copy.db")


@pytest.mark.parametrize("change", ["leaf_hash = x'00'", "leaf_index = leaf_index + 5"])
def test_a_backup_that_somebody_changed_is_not_restored(
    store: Store, tmp_path: Path, change: str
) -> None:
    _fill(store)
    store.checkpoint(("public",), KEY)
    backup_register(store.place, tmp_path / "copy.db")
    file = sqlite3.connect(tmp_path / "copy.db")
    file.execute("DROP TRIGGER hub_statement_no_update")
    file.execute(f"UPDATE hub_statement SET {change} WHERE leaf_index = 0 AND audience = 'public'")
    file.commit()
    file.close()
    with pytest.raises(
        CannotOpen, match='the copy differs from the record in the tree of "public"'
    ):
        restore_register(tmp_path / "copy.db", str(tmp_path / "restored.db"))
    assert not (tmp_path / "restored.db").exists()


@pytest.mark.xdist_group("postgres")
def test_postgresql_comes_back_from_its_backup(
    keeper: str, empty_database: str, tmp_path: Path
) -> None:
    """A login that may only read makes it; its keeper restores it and admits logins anew."""
    admit(keeper, "backup", backs_up=True)
    with open_register(address_of(keeper, "deu")) as store:
        _fill(store)
        backup_register(address_of(keeper, "backup"), tmp_path / "copy.zip")
        restore_register(tmp_path / "copy.zip", empty_database)
        admit(empty_database, "deu", ["DEU"])
        with open_register(address_of(empty_database, "deu")) as restored:
            assert list(restored.statements()) == list(store.statements())
            for tree in store.audiences():
                assert list(restored.leaves(tree)) == list(store.leaves(tree))
            assert restored.directory() == store.directory()
            restored.append([pledge("d")], "DEU")


@pytest.mark.xdist_group("postgres")
def test_a_party_cannot_back_up_what_it_may_not_see(keeper: str, tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="a backup needs a login that reads every statement"):
        backup_register(address_of(keeper, "pol"), tmp_path / "copy.zip")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.xdist_group("postgres")
def test_half_a_backup_restores_nothing(keeper: str, empty_database: str, tmp_path: Path) -> None:
    with open_register(address_of(keeper, "deu")) as store:
        _fill(store)
    backup_register(keeper, tmp_path / "copy.zip")
    whole = zipfile.ZipFile(tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "less.zip", "w") as less:
        for name in whole.namelist():
            rows = whole.read(name)
            less.writestr(name, rows if name != "hub_statement" else rows[: rows.index(b"\n") + 1])
    whole.close()
    (tmp_path / "cut.zip").write_bytes((tmp_path / "copy.zip").read_bytes()[:2000])
    for name, why in (("less.zip", "the copy differs"), ("cut.zip", "no whole backup")):
        with pytest.raises(CannotOpen, match=why):
            restore_register(tmp_path / name, empty_database)
        with pytest.raises(CannotOpen, match="this is no register"):
            open_register(empty_database)
