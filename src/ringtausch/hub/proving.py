"""Prove that a statement is in the record, and that the record has only grown; and sign what it is now.

The page *register*, section *Trust*; RFC 9162. In: an open register and a reader. Out: checkpoints and proofs
of the trees that the reader may read, and of no other; a key that lies outside the register.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from ringtausch.hub import messages
from ringtausch.hub.store import Store
from ringtausch.records.problems import InvalidInput, Problem
from ringtausch.register.trust.audiences import audience_of
from ringtausch.register.trust.canonical import Leaf
from ringtausch.register.trust.exporting import (
    AudienceTree,
    Export,
    directory_hash,
    figures_of,
    tree_origin,
    write_export,
)
from ringtausch.register.trust.merkle import Tree, verify_consistency, verify_inclusion
from ringtausch.register.trust.notes import (
    Note,
    SigningKey,
    VerifyingKey,
    read_checkpoint,
    read_notes,
)

__all__ = [
    "Consistency",
    "Inclusion",
    "export_register",
    "prove_consistency",
    "prove_inclusion",
    "sign_all",
    "signing_key",
]


@dataclass(frozen=True)
class Inclusion:
    """That a statement is a leaf of the tree that a checkpoint is of."""

    statement: str
    tree: str
    index: int
    leaf: Leaf
    proof: tuple[bytes, ...]
    checkpoint: Note

    @property
    def size(self) -> int:
        """How many leaves the checkpoint is of."""
        return read_checkpoint(self.checkpoint.text).size

    @property
    def holds(self) -> bool:
        """Whether the proof leads from the leaf to the signed root."""
        root = read_checkpoint(self.checkpoint.text).root
        return verify_inclusion(self.leaf.hash, self.index, self.size, self.proof, root)


@dataclass(frozen=True)
class Consistency:
    """That a tree as it is now begins with what it was in a checkpoint that somebody kept."""

    tree: str
    earlier: Note
    later: Note
    proof: tuple[bytes, ...]

    @property
    def holds(self) -> bool:
        """Whether it does."""
        old, new = read_checkpoint(self.earlier.text), read_checkpoint(self.later.text)
        return verify_consistency(old.size, old.root, new.size, new.root, self.proof)


def signing_key(path: Path, name: str) -> tuple[SigningKey, bool]:
    """Read a private key, or make one where there is no file; tell whether it was made.

    Raises
    ------
    InvalidInput
        The file is no key.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        key = SigningKey.new(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)  # nobody else's
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(key.to_text() + "\n")
        return key, True
    try:
        return SigningKey.parse(text), False
    except ValueError as wrong:
        raise InvalidInput([Problem(str(path), 0, "", "", str(wrong))]) from None


def sign_all(store: Store, key: SigningKey, reader: str | None) -> dict[tuple[str, ...], Note]:
    """Sign the head of every tree that a reader may read."""
    return {names: store.checkpoint(names, key) for names in store.audiences(reader)}


def prove_inclusion(store: Store, identifier: str, reader: str | None) -> Inclusion:
    """Prove that a statement, or a redaction, is in its tree.

    Raises
    ------
    Refused
        There is no such statement in view, or no checkpoint holds it yet.
    """
    for names in store.audiences(reader):
        leaves = list(store.leaves(names, reader))
        index = _place_of(identifier, leaves)
        if index is None:
            continue
        notes = store.checkpoints(names, reader)
        if not notes or read_checkpoint(notes[-1].text).size <= index:
            raise messages.no_checkpoint_yet(store.place, identifier)
        size = read_checkpoint(notes[-1].text).size
        tree = Tree(leaf.hash for leaf in leaves[:size])
        proof = tree.inclusion(index, size)
        return Inclusion(identifier, audience_of(names), index, leaves[index], proof, notes[-1])
    raise messages.not_recorded(store.place, identifier)


def _place_of(identifier: str, leaves: list[Leaf]) -> int | None:
    name = f'"id":"{identifier}"'.encode()
    for index, leaf in enumerate(leaves):
        if leaf.payload is not None and name in leaf.payload:
            said, gone = leaf.statement, leaf.redaction
            if (said is not None and said.id == identifier) or (
                gone is not None and gone.id == identifier
            ):
                return index
    return None


def prove_consistency(store: Store, kept: Path, reader: str | None) -> list[Consistency]:
    """Prove that each tree begins with what a kept checkpoint says of it.

    Raises
    ------
    InvalidInput
        The file holds no checkpoint of this register, or one that no key of it has signed.
    """
    earlier = dict(_kept(store, kept, reader))
    if not earlier:
        raise messages.no_kept_checkpoint(str(kept), store.identity)
    found = []
    for names, note in earlier.items():
        notes = store.checkpoints(names, reader)
        old, new = read_checkpoint(note.text), read_checkpoint(notes[-1].text)
        tree = Tree(leaf.hash for leaf in store.leaves(names, reader))
        fits = old.size <= new.size <= tree.size
        proof = tree.consistency(old.size, new.size) if fits else ()
        found.append(Consistency(audience_of(names), note, notes[-1], proof))
    return found


def _kept(store: Store, kept: Path, reader: str | None) -> Iterator[tuple[tuple[str, ...], Note]]:
    """Read the newest kept checkpoint of each tree that the reader may read."""
    try:
        notes = read_notes(kept.read_text(encoding="utf-8"))
        checkpoints = [(note, read_checkpoint(note.text)) for note in notes]
    except ValueError as wrong:
        raise InvalidInput([Problem(str(kept), 0, "", "", str(wrong))]) from None
    trusted = _public_keys(store)
    for names in store.audiences(reader):
        origin = tree_origin(store.identity, names)
        ours = [(note, one) for note, one in checkpoints if one.origin == origin]
        if ours and store.checkpoints(names, reader):
            note, _one = max(ours, key=lambda pair: pair[1].size)
            try:
                signers = note.signers(trusted)
            except ValueError as wrong:
                raise InvalidInput([Problem(str(kept), 0, "", "", str(wrong))]) from None
            if not signers:
                raise messages.unsigned_checkpoint(str(kept))
            yield names, note


def _public_keys(store: Store) -> list[VerifyingKey]:
    keys = store.keys()
    if keys is None:
        return []
    later = [VerifyingKey.parse(note.text.splitlines()[1]) for note in keys.replacements]
    return [keys.first, *later]


def export_register(
    store: Store,
    target: Path,
    reader: str | None,
    *,
    key: Path,
    as_of: date | None = None,
    force: bool = False,
) -> int:
    """Write the export that `audit` checks, of all trees that a reader may read; return its statements.

    What no checkpoint holds yet is signed first.

    Raises
    ------
    InvalidInput
        Nothing is recorded, or the key is not the one in force.
    OutputExists
        The target exists and `force` is not given.
    """
    if target.exists() and not (force and target.is_dir()):
        from ringtausch.records.folders import OutputExists

        raise OutputExists(target)
    audiences = store.audiences(reader)
    if not audiences:
        raise messages.nothing_recorded(store.place)
    directory = store.directory()
    stale = [names for names in audiences if not _is_current(store, names, reader)]
    if not stale and _newest_directory(store, audiences, reader) != directory_hash(directory):
        stale = audiences[:1]
    if stale:
        signer, _made = signing_key(key, store.identity)
        for names in stale:
            store.checkpoint(names, signer)
    keys = store.keys()
    assert keys is not None, "a checkpoint is there, and so is its key"
    trees = tuple(_signed_tree(store, names, reader) for names in audiences)
    said = [one for tree in trees for leaf in tree.leaves if (one := leaf.statement) is not None]
    day = as_of or datetime.now(UTC).date()
    figures = figures_of(said, directory, day)
    write_export(target, Export(store.identity, directory, trees, keys, day, figures), force=force)
    return len(said)


def _signed_tree(store: Store, names: tuple[str, ...], reader: str | None) -> AudienceTree:
    """Read a tree as far as it is signed: others may go on recording."""
    notes = store.checkpoints(names, reader)
    size = read_checkpoint(notes[-1].text).size
    return AudienceTree(names, list(islice(store.leaves(names, reader), size)), notes)


def _is_current(store: Store, names: tuple[str, ...], reader: str | None) -> bool:
    notes = store.checkpoints(names, reader)
    size = sum(1 for _leaf in store.leaves(names, reader))
    return bool(notes) and read_checkpoint(notes[-1].text).size == size


def _newest_directory(store: Store, audiences: list[tuple[str, ...]], reader: str | None) -> str:
    found = [
        read_checkpoint(note.text)
        for names in audiences
        for note in store.checkpoints(names, reader)
    ]
    return max(found, key=lambda one: one.time).directory
