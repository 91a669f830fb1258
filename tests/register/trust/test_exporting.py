"""An export is written whole, reads back the same, and its figures are those that an audit finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringtausch.records.folders import OutputExists
from ringtausch.register.audit import audit, figures
from ringtausch.register.ranges import UNKNOWN, Range
from ringtausch.register.statement import Condition, Source, Statement, Terms, to_dict
from ringtausch.register.trust.exporting import figures_of, leaf_line, write_export
from ringtausch.register.trust.merkle import Edge
from ringtausch.register.trust.notes import read_checkpoint
from ringtausch.register.trust.reading import InvalidExport, read_export, statements_of
from tests.register.tampering import PUBLIC, edit
from tests.register.trust.exports import (
    AS_OF,
    DIRECTORY,
    NAMED,
    STATEMENTS,
    moment,
    said,
    small_register,
    write_small_export,
)

KEEPERS = {"POOL": "UKR"}


def test_what_is_written_reads_back_the_same(tmp_path: Path) -> None:
    """All statements but the one that was redacted, in the order of their trees."""
    written = small_register()
    write_export(tmp_path / "export", written.export())
    read = read_export(tmp_path / "export")
    assert (read.origin, read.directory, read.keys, read.as_of) == (
        written.origin,
        written.directory,
        written.export().keys,
        AS_OF,
    )
    assert {tree.visibility: tree.leaves for tree in read.trees} == written.leaves
    assert {tree.visibility: list(tree.checkpoints) for tree in read.trees} == written.notes
    kept = [one for one in STATEMENTS if one.id != f"{8:032x}"]
    assert sorted(statements_of(read.trees), key=lambda one: one.id) == kept
    assert read.figures == figures_of(kept, DIRECTORY, AS_OF)
    for tree in read.trees:
        last = read_checkpoint(tree.checkpoints[-1].text)
        assert Edge().extend(leaf.hash for leaf in tree.leaves).root() == last.root


def test_what_was_read_is_written_again_byte_by_byte(tmp_path: Path) -> None:
    first = write_small_export(tmp_path / "first")
    write_export(tmp_path / "second", read_export(first))
    for path in first.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "second" / path.relative_to(first)).read_bytes()


def test_what_does_not_fit_is_not_read(tmp_path: Path) -> None:
    folder = write_small_export(tmp_path / "export")
    edit(PUBLIC, '"index":3', '"index":4')(folder)
    with pytest.raises(InvalidExport) as caught:
        read_export(folder)
    assert str(caught.value) == "trees/public.jsonl:4: index: expected 3, found 4"


def test_a_redacted_leaf_keeps_its_index_and_hash_alone() -> None:
    leaf = small_register().leaves[NAMED][0]
    assert leaf_line(0, leaf) == (
        f'{{"hash":"{leaf.hash.hex()}","index":0,"redacted":true}}\n'.encode()
    )


def test_nothing_is_written_over_another_export_unless_asked(tmp_path: Path) -> None:
    folder = write_small_export(tmp_path / "export")
    with pytest.raises(OutputExists):
        write_export(folder, small_register().export())
    write_export(folder, small_register().export([("public",)]), force=True)
    assert [path.name for path in (folder / "trees").iterdir()] == ["public.jsonl"]
    assert audit(folder).finding is None


def test_what_is_not_signed_is_not_exported_and_nothing_is_left_behind(tmp_path: Path) -> None:
    """A statement since the last checkpoint, and a party since then."""
    grown = small_register()
    grown.add(said(50))
    with pytest.raises(ValueError, match="is of 7 leaves, not of its 8: make one first"):
        write_export(tmp_path / "export", grown.export())
    other = small_register()
    other.directory = replace(other.directory, coalition=frozenset({"UKR"}))
    with pytest.raises(ValueError, match="newest checkpoint is not of this directory"):
        write_export(tmp_path / "export", other.export())
    assert list(tmp_path.iterdir()) == []


NAMES = st.sampled_from(["", "DEU", "POL", "UKR", "POOL"])
DAYS = st.sampled_from(["", "2025", "2025-Q2", "2025-06", "2025-06-15", "2025-07-10"])
QUANTITIES = st.sampled_from([None, UNKNOWN, Range(1000, 1000), Range(0, 3000), Range(2000, None)])
ACTS = [
    ("transfer", "pledged"), ("transfer", "handed_over"), ("transfer", "received"),
    ("transfer", "lost"), ("transfer", "linked"), ("transfer", "void"), ("replacement", "agreed"),
    ("replacement", "accepted"), ("contribution", "paid_in"), ("total", "stated"),
]  # fmt: skip


@st.composite
def statements(draw: st.DrawFn) -> list[Statement]:
    """Draw statements of few matters, so that they compete, correct and link one another."""
    found: list[Statement] = []
    for number in range(1, draw(st.integers(1, 14)) + 1):
        kind, milestone = draw(st.sampled_from(ACTS))
        replacers = ["", "", "POL"] if kind == "replacement" else [""]
        corrected = draw(st.sampled_from(["", "", "", *(one.id for one in found)]))
        found.append(
            Statement(
                matter=draw(st.sampled_from("rs" if kind == "replacement" else "abcd")),
                kind=kind,
                milestone=milestone,
                source=Source(draw(st.integers(1, 6)), date=draw(DAYS) or "2025-05-05"),
                said_by=draw(NAMES) or "press",
                recorded_by="desk",
                id=f"{draw(st.integers(0, 999)):03}{number:029}",
                recorded_at=moment(number),
                event=draw(st.sampled_from(["", "", "one"])),
                giver=draw(NAMES),
                receiver=draw(NAMES),
                item=draw(st.sampled_from(["", "launcher"])),
                quantity=draw(QUANTITIES),
                true_on=draw(DAYS),
                said_on=draw(DAYS),
                same_as=draw(st.sampled_from(["", "", "", "a", "b", "r", "x"])),
                condition=draw(st.sampled_from([None, None, Condition("if")])),
                terms=Terms(replacer=draw(st.sampled_from(replacers))),
                corrects=corrected,
            )
        )
    return found


@given(statements(), st.sampled_from([AS_OF, date(2025, 6, 15), date(2025, 7, 5)]))
def test_an_audit_finds_the_figures_that_positions_have(
    known: list[Statement], as_of: date
) -> None:
    """Two programs for rules 2, 3, 5, 6, 7 and 15, of which neither knows the other."""
    plain: list[dict[str, Any]] = [to_dict(one) for one in known]
    assert figures(plain, KEEPERS, as_of) == figures_of(known, DIRECTORY, as_of)
