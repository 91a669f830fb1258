"""The export: what an auditor, another party or a later version reads, as a folder of plain files.

In: the directory, the trees that one reader may read with their leaves and checkpoints, the public keys and
the figures of positions. Out: the folder that the page *Export format* describes, written whole or not at
all. Only what is signed is written: the last checkpoint of each tree is of all its leaves, and the newest
one of all is of this directory. Nothing about trees that are not given is in it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ringtausch.records.folders import write_folder_whole
from ringtausch.register.directory import Directory
from ringtausch.register.positions import Positions
from ringtausch.register.rule import STRICT, TRACKER
from ringtausch.register.statement import Statement
from ringtausch.register.trust.audiences import audience_of, visibility_of
from ringtausch.register.trust.canonical import HASH_VERSION, Leaf, canonical
from ringtausch.register.trust.notes import Note, VerifyingKey, read_checkpoint
from ringtausch.register.view import standing

__all__ = [
    "FORMAT_VERSION",
    "AudienceTree",
    "Export",
    "Keys",
    "directory_bytes",
    "directory_hash",
    "figures_of",
    "leaf_line",
    "tree_origin",
    "write_export",
]

FORMAT_VERSION = 1

_OURS = ("register.json", "directory.json", "positions.json", "keys.txt", "trees", "checkpoints")


@dataclass(frozen=True)
class Keys:
    """The first public key of a register and the notes by which it was replaced, oldest first."""

    first: VerifyingKey
    replacements: tuple[Note, ...] = ()

    def __str__(self) -> str:
        """Write `keys.txt`: the first key, then each note behind an empty line."""
        return f"{self.first}\n" + "".join(f"\n{note}" for note in self.replacements)


@dataclass(frozen=True)
class AudienceTree:
    """A tree as it is exported: who reads it, its leaves in order, its checkpoints oldest first."""

    visibility: tuple[str, ...]
    leaves: Iterable[Leaf]
    checkpoints: Sequence[Note]

    @property
    def name(self) -> str:
        """Its name, which is that of its files."""
        return audience_of(self.visibility)

    @property
    def size(self) -> int:
        """How many leaves its last checkpoint is of."""
        return read_checkpoint(self.checkpoints[-1].text).size


@dataclass(frozen=True)
class Export:
    """All that an export holds.

    `figures` are what `figures_of` makes of the statements in it, as of `as_of`; None lets `write_export`
    make them.
    """

    origin: str
    directory: Directory
    trees: tuple[AudienceTree, ...]
    keys: Keys
    as_of: date
    figures: Mapping[str, Any] | None = None


def tree_origin(origin: str, visibility: Iterable[str]) -> str:
    """Name the tree of an audience in its checkpoints.

    Examples
    --------
    >>> tree_origin("example.org/register", ("public",))
    'example.org/register/public'
    """
    return f"{origin}/{audience_of(visibility)}"


def directory_bytes(directory: Directory) -> bytes:
    r"""Write the directory as it is exported and as checkpoints name it: rows by name, one line.

    Examples
    --------
    >>> directory_bytes(Directory())
    b'{"coalition":[],"items":[],"parties":[]}\n'
    """
    rows = {
        "coalition": sorted(directory.coalition),
        "items": [asdict(directory.items[name]) for name in sorted(directory.items)],
        "parties": [asdict(directory.parties[name]) for name in sorted(directory.parties)],
    }
    return canonical(rows) + b"\n"


def directory_hash(directory: Directory) -> str:
    """Hash a directory, in hex: what a checkpoint says of it."""
    return hashlib.sha256(directory_bytes(directory)).hexdigest()


def figures_of(
    statements: Iterable[Statement], directory: Directory, as_of: date
) -> dict[str, list[list[Any]]]:
    """Work out the figures that an audit computes again: what stands, and who wins how much.

    `counts` has a row [matter, milestone, standing statements] for each matter and milestone; `strict` and
    `tracker` have a row [matter, milestone, event, class, quantity, id of the winner] for each fact
    (rule 7, group `what`); the id is empty where nobody says what.
    """
    seen = tuple(statements)
    counts = Counter((one.matter, one.milestone) for one in standing(seen))
    found: dict[str, list[list[Any]]] = {
        "counts": [[*key, count] for key, count in sorted(counts.items())]
    }
    for rule in (STRICT, TRACKER):
        rows = found.setdefault(rule.name, [])
        for position in Positions(seen, rule, as_of, directory).all():
            for (milestone, event), fact in sorted(position.facts.items()):
                winner = fact.winners.get("what")
                quantity = [fact.quantity.lo, fact.quantity.hi]
                name = "" if winner is None else winner.id
                rows.append([position.matter, milestone, event, fact.rank, quantity, name])
    return found


def leaf_line(index: int, leaf: Leaf) -> bytes:
    """Write a leaf as a line of its tree's file: canonical JSON, and nothing but the hash if redacted.

    Examples
    --------
    >>> leaf_line(3, Leaf(bytes(32), None, None))[:80]
    b'{"hash":"0000000000000000000000000000000000000000000000000000000000000000","inde'
    """
    start = f'{{"hash":"{leaf.hash.hex()}","index":{index},'.encode()
    if leaf.payload is None or leaf.salt is None:
        return start + b'"redacted":true}\n'
    end = f',"salt":"{leaf.salt.hex()}","version":{leaf.version}}}\n'.encode()
    return start + b'"payload":' + leaf.payload + end


def write_export(target: Path, export: Export, *, force: bool = False) -> None:
    """Write an export folder, whole or not at all.

    Parameters
    ----------
    target
        Where the folder shall be.
    export
        What is in it. Where it has its figures, its trees may be any iterables of leaves: each is gone
        through once.
    force
        Whether a former export in that place is replaced.

    Raises
    ------
    OutputExists
        The target exists and `force` is not given.
    ValueError
        A tree has no checkpoint of all its leaves: make one first.
    """
    write_folder_whole(target, lambda folder: _fill(folder, export), force=force, ours=_OURS)


def _fill(folder: Path, export: Export) -> None:
    trees = sorted(export.trees, key=_order)
    _check_directory(export)
    rows = [
        {"name": tree.name, "readers": list(visibility_of(tree.visibility)), "size": tree.size}
        for tree in trees
    ]
    register = {
        "format": FORMAT_VERSION,
        "hash_version": HASH_VERSION,
        "origin": export.origin,
        "trees": rows,
    }
    (folder / "register.json").write_bytes(canonical(register) + b"\n")
    (folder / "directory.json").write_bytes(directory_bytes(export.directory))
    (folder / "keys.txt").write_bytes(str(export.keys).encode())
    figures = export.figures
    if figures is None:
        said = (leaf.statement for tree in trees for leaf in tree.leaves)
        figures = figures_of(filter(None, said), export.directory, export.as_of)
    positions = {"as_of": export.as_of.isoformat(), **figures}
    (folder / "positions.json").write_bytes(canonical(positions) + b"\n")
    for name in ("trees", "checkpoints"):
        (folder / name).mkdir()
    for tree in trees:
        notes = "\n".join(map(str, tree.checkpoints))
        (folder / "checkpoints" / f"{tree.name}.txt").write_bytes(notes.encode())
        _write_leaves(folder / "trees" / f"{tree.name}.jsonl", tree)


def _order(tree: AudienceTree) -> tuple[int, tuple[str, ...]]:
    """Public first, then the coalition's, then named sets by their names."""
    return {"public": 0, "coalition": 1}.get(tree.name, 2), visibility_of(tree.visibility)


def _check_directory(export: Export) -> None:
    newest = max(
        (read_checkpoint(note.text) for tree in export.trees for note in tree.checkpoints),
        key=lambda checkpoint: checkpoint.time,
        default=None,
    )
    if newest is None or newest.directory != directory_hash(export.directory):
        raise ValueError("the newest checkpoint is not of this directory: make one first")


def _write_leaves(path: Path, tree: AudienceTree) -> None:
    size = 0
    with path.open("wb") as file:
        for leaf in tree.leaves:
            file.write(leaf_line(size, leaf))
            size += 1
    if size != tree.size:
        raise ValueError(
            f"the last checkpoint of a tree is of {tree.size} leaves, not of its {size}: make one first"
        )
