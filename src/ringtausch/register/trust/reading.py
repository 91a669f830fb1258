"""Read an export back: the same directory, leaves, statements, checkpoints and keys that were written.

In: an export folder. Out: an `Export`. The folder is audited first, so that nothing is read from one that
does not fit; what does not is a problem with its file and line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ringtausch.records.problems import InvalidInput, Problem
from ringtausch.register.audit import audit
from ringtausch.register.directory import Directory, Item, Party
from ringtausch.register.statement import Statement
from ringtausch.register.trust.canonical import Leaf, canonical
from ringtausch.register.trust.exporting import AudienceTree, Export, Keys
from ringtausch.register.trust.notes import VerifyingKey, read_notes

__all__ = ["InvalidExport", "read_export", "statements_of"]


class InvalidExport(InvalidInput):
    """An export that does not fit, with the first place that does not."""


def read_export(path: Path) -> Export:
    """Read an export after auditing it.

    Raises
    ------
    InvalidExport
        Something does not fit; the problem says where.
    """
    found = audit(path).finding
    if found is not None:
        raise InvalidExport(
            [
                Problem(
                    *found.place,
                    found.what,
                    found.found,
                    f"expected {found.expected}, found {found.found}",
                )
            ]
        )
    register = _json(path / "register.json")
    positions = _json(path / "positions.json")
    first, _empty, rest = (path / "keys.txt").read_text("utf-8").partition("\n\n")
    return Export(
        origin=register["origin"],
        directory=_directory(_json(path / "directory.json")),
        trees=tuple(_tree(path, row) for row in register["trees"]),
        keys=Keys(VerifyingKey.parse(first), read_notes(rest)),
        as_of=date.fromisoformat(positions.pop("as_of")),
        figures=positions,
    )


def statements_of(trees: Iterable[AudienceTree]) -> Iterator[Statement]:
    """Go through the statements of trees, tree by tree, without what is redacted."""
    for tree in trees:
        for leaf in tree.leaves:
            if (said := leaf.statement) is not None:
                yield said


def _json(path: Path) -> Any:
    return json.loads(path.read_bytes())


def _directory(rows: dict[str, list[Any]]) -> Directory:
    return Directory.of(
        [Party(**row) for row in rows["parties"]],
        [Item(**row) for row in rows["items"]],
        frozenset(rows["coalition"]),
    )


def _tree(path: Path, row: dict[str, Any]) -> AudienceTree:
    with (path / "trees" / f"{row['name']}.jsonl").open("rb") as file:
        leaves = [_leaf(json.loads(line)) for line in file]
    notes = read_notes((path / "checkpoints" / f"{row['name']}.txt").read_text("utf-8"))
    return AudienceTree(tuple(row["readers"]), leaves, notes)


def _leaf(row: dict[str, Any]) -> Leaf:
    if "redacted" in row:
        return Leaf(bytes.fromhex(row["hash"]), None, None)
    return Leaf(
        bytes.fromhex(row["hash"]),
        bytes.fromhex(row["salt"]),
        canonical(row["payload"]),
        row["version"],
    )
