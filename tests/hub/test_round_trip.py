"""The register's own format there and back: a register, its export, and a register made of that again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from ringtausch.exchange.statement_tables import read_statements, write_statements
from ringtausch.hub import init_register
from ringtausch.hub.store import Store
from ringtausch.register.directory import Directory
from ringtausch.register.position import Position
from ringtausch.register.positions import Positions
from ringtausch.register.rule import TRACKER
from ringtausch.register.statement import Condition, Source, Statement
from ringtausch.register.trust.canonical import leaf_of
from ringtausch.register.trust.exporting import AudienceTree, Export, write_export
from ringtausch.register.trust.merkle import Edge
from ringtausch.register.trust.notes import read_checkpoint
from ringtausch.register.trust.reading import read_export, statements_of
from tests.hub.making import DIRECTORY, KEY, pledge

AS_OF = date(2026, 1, 1)


def fill(store: Store) -> None:
    """Say things to everybody, to the coalition and to two, correct one, and redact one."""
    first, wrong, gone = store.append(
        [
            pledge("a", note="öffentlich"),
            pledge("b", condition=Condition("if others give"), until="2030-Q1"),
            pledge("gone", said_on="2025-07-01", true_on="2025-07"),
        ],
        "DEU",
    )
    store.append([replace(wrong, id="", corrects=wrong.id, reason="a slip", part_of="a")], "DEU")
    store.append(
        [
            pledge("c", "POL", visibility=("coalition",), source=Source(5, "News", date="2025-08")),
            pledge("d", "POL", visibility=("DEU", "POL"), same_as="a"),
            replace(first, id="", said_by="POL", source=Source(4, "List"), quantity=None),
        ],
        "POL",
    )
    store.redact(gone.id, "board", "names", "DEU")


def exported(store: Store, target: Path) -> Export:
    """Sign every tree and write all of them."""
    trees = []
    for audience in store.audiences():
        store.checkpoint(audience, KEY)
    for audience in store.audiences():
        leaves = list(store.leaves(audience))
        trees.append(AudienceTree(audience, leaves, store.checkpoints(audience)))
    keys = store.keys()
    assert keys is not None
    found = Export(store.identity, store.directory(), tuple(trees), keys, AS_OF)
    write_export(target, found)
    return found


def as_they_are(
    drafts: Sequence[Statement],
    _view: Sequence[Statement],
    _directory: Directory,
    _moment: str,
    _new_id: Callable[[], str],
    **_more: object,
) -> list[Statement]:
    """Record statements with the ids and times that they have in the other register."""
    return list(drafts)


def stands(statements: Sequence[Statement]) -> tuple[Position, ...]:
    return Positions(statements, TRACKER, AS_OF, DIRECTORY).all()


def test_an_export_reads_back_with_the_same_statements_positions_and_roots(tmp_path: Path) -> None:
    """Each leaf made anew of its statement and its salt is the same leaf, and so are the roots."""
    with init_register(str(tmp_path / "one.db"), DIRECTORY) as store:
        fill(store)
        written = exported(store, tmp_path / "export")
        before = list(store.statements())
    read = read_export(tmp_path / "export")
    assert read.directory == written.directory
    said = sorted(statements_of(read.trees), key=lambda one: (one.recorded_at, one.id))
    assert said == sorted(before, key=lambda one: (one.recorded_at, one.id))
    assert len(said) == 6
    assert stands(said) == stands(before)
    for tree, first in zip(read.trees, written.trees, strict=True):
        hashes = []
        for leaf in tree.leaves:
            what = leaf.statement or leaf.redaction
            anew = leaf if what is None or leaf.salt is None else leaf_of(what, leaf.salt)
            hashes.append(anew.hash)
        assert hashes == [leaf.hash for leaf in first.leaves]
        root = read_checkpoint(first.checkpoints[-1].text).root
        assert Edge().extend(hashes).root() == root


def test_an_export_that_was_read_is_written_again_byte_by_byte(tmp_path: Path) -> None:
    with init_register(str(tmp_path / "one.db"), DIRECTORY) as store:
        fill(store)
        exported(store, tmp_path / "export")
    write_export(tmp_path / "again", read_export(tmp_path / "export"))
    files = [path for path in (tmp_path / "export").rglob("*") if path.is_file()]
    assert len(files) == 10
    for file in files:
        copy = tmp_path / "again" / file.relative_to(tmp_path / "export")
        assert copy.read_bytes() == file.read_bytes()


def test_what_was_exported_makes_a_register_of_the_same_statements(tmp_path: Path) -> None:
    """Salts are drawn anew, so that the roots differ; what is said and what follows do not."""
    with init_register(str(tmp_path / "one.db"), DIRECTORY) as store:
        fill(store)
        exported(store, tmp_path / "export")
        before = list(store.statements())
    said = sorted(
        statements_of(read_export(tmp_path / "export").trees), key=lambda one: one.recorded_at
    )
    with init_register(str(tmp_path / "two.db"), DIRECTORY) as other:
        for one in said:
            other.append([one], one.recorded_by, prepare=as_they_are)
        after = list(other.statements())
    assert sorted(after, key=lambda one: one.id) == sorted(before, key=lambda one: one.id)
    assert stands(after) == stands(before)


def test_statements_travel_through_every_table_into_an_equal_register(tmp_path: Path) -> None:
    """As CSV, as a workbook and as JSON Lines: with every field, also ids and times."""
    with init_register(str(tmp_path / "one.db"), DIRECTORY) as store:
        fill(store)
        before = list(store.statements())
    for suffix in ("csv", "xlsx", "jsonl"):
        write_statements(before, tmp_path / f"statements.{suffix}")
        read = [one for one, _place in read_statements(tmp_path / f"statements.{suffix}")]
        assert read == before
        assert stands(read) == stands(before)
