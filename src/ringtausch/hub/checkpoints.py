"""The trees of a register: their leaves, signed checkpoints of their heads, and the keys that sign.

Page *register*, section *Trust*. In: a visibility, a key. Out: leaves and notes as `register.trust` knows
them. A root goes on from the last checkpoint, so that it costs what is new, not all there is.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ringtausch.hub import messages
from ringtausch.hub.models import Checkpoint as CheckpointRow
from ringtausch.hub.models import Key, Register
from ringtausch.hub.models import Statement as LeafRow
from ringtausch.register.trust.audiences import audience_of, is_reader
from ringtausch.register.trust.canonical import Leaf
from ringtausch.register.trust.exporting import Keys, directory_hash, tree_origin
from ringtausch.register.trust.merkle import Edge
from ringtausch.register.trust.notes import (
    Checkpoint,
    Note,
    SigningKey,
    VerifyingKey,
    key_note,
    previous_of,
    read_notes,
)

if TYPE_CHECKING:
    from ringtausch.hub.database import Database
    from ringtausch.hub.store import Store
    from ringtausch.register.directory import Directory

__all__ = ["Trees"]

_CHECKPOINT = ("id", "audience", "size", "root", "edge", "recorded_at", "note")
_KEY = ("id", "recorded_at", "text")


class Trees:
    """The part of a store that is about trust: nothing here reads what statements say."""

    alias: str
    database: Database

    if TYPE_CHECKING:

        @property
        def place(self) -> str:
            """Where the register lies, for messages."""

        def directory(self) -> Directory:
            """Return the directory as it is now."""

        def aside(self) -> Store:
            """Open a second connection."""

    @property
    def identity(self) -> str:
        """The random name of this register, which its checkpoints carry."""
        return str(Register.objects.using(self.alias).get().id)

    def leaves(self, visibility: Iterable[str], reader: str | None = "*") -> Iterator[Leaf]:
        """Read the leaves of a tree in order; of a redacted one only the hash is there.

        A login that speaks for several parties names the one that it reads for. Of a tree that the reader may
        not read there is none, as of one that does not exist.
        """
        visibility = tuple(visibility)
        fields = ("leaf_hash", "hash_version", "payload__salt", "payload__body")
        with self.aside() as other, other.database.reading():
            if not is_reader(other.database.reader(reader), visibility, other.directory()):
                return
            rows = LeafRow.objects.using(other.alias).filter(audience=audience_of(visibility))
            found = rows.order_by("leaf_index").values_list(*fields)
            for digest, version, salt, body in found.iterator(chunk_size=2_000):
                if body is None:
                    yield Leaf(bytes(digest), None, None, version)
                else:
                    yield Leaf(bytes(digest), bytes(salt), body.encode(), version)

    def checkpoint(self, visibility: Iterable[str], signer: SigningKey) -> Note:
        """Sign the head of a tree as it is now, and keep the note.

        Raises
        ------
        Refused
            Another key is in force.
        """
        audience = audience_of(visibility)
        with self.database.writing():
            moment = self.database.moment()
            self._sign_with(signer, moment)
            last = self._last(audience)
            edge = self._edge(audience, last)
            checkpoint = Checkpoint(
                origin=tree_origin(self.identity, visibility),
                size=edge.size,
                root=edge.root(),
                time=moment,
                directory=directory_hash(self.directory()),
                previous=previous_of(None if last is None else read_notes(last.note)[0]),
            )
            note = checkpoint.signed(signer)
            row = (secrets.token_hex(16), audience, edge.size, edge.root(), edge.to_bytes())
            self.database.insert("checkpoint", _CHECKPOINT, [(*row, moment, str(note))])
        return note

    def checkpoints(self, visibility: Iterable[str], reader: str | None = "*") -> list[Note]:
        """List the checkpoints of a tree, oldest first; none of a tree that the reader may not read."""
        visibility = tuple(visibility)
        rows = CheckpointRow.objects.using(self.alias).filter(audience=audience_of(visibility))
        with self.database.reading():
            if not is_reader(self.database.reader(reader), visibility, self.directory()):
                return []
            notes = rows.order_by("recorded_at", "size").values_list("note", flat=True)
            return [read_notes(note)[0] for note in notes]

    def keys(self) -> Keys | None:
        """Return the first public key and the notes that replaced it; None before any checkpoint."""
        rows = Key.objects.using(self.alias).order_by("recorded_at")
        texts = list(rows.values_list("text", flat=True))
        if not texts:
            return None
        return Keys(VerifyingKey.parse(texts[0]), tuple(read_notes(text)[0] for text in texts[1:]))

    def replace_key(self, old: SigningKey, new: SigningKey) -> Note:
        """Let another key sign from now on; the old one says so.

        Raises
        ------
        Refused
            The old key is not the one in force.
        """
        with self.database.writing():
            moment = self.database.moment()
            self._sign_with(old, moment)
            note = key_note(self.identity, old, new, moment)
            self.database.insert("key", _KEY, [(secrets.token_hex(16), moment, str(note))])
            self._in_force(str(new.verifying))
        return note

    def _sign_with(self, signer: SigningKey, moment: str) -> None:
        """Take the first key as it comes, and no other one than that in force after it."""
        keys, name = self.keys(), str(signer.verifying)
        if keys is None:
            self.database.insert("key", _KEY, [(secrets.token_hex(16), moment, name)])
        else:
            self._in_force(name)

    def _in_force(self, name: str) -> None:
        keys = self.keys()
        assert keys is not None, "a key is in force once there is one"
        now = keys.replacements[-1].text.splitlines()[1] if keys.replacements else str(keys.first)
        if name != now:
            raise messages.other_key(self.place)

    def _last(self, audience: str) -> CheckpointRow | None:
        rows = CheckpointRow.objects.using(self.alias).filter(audience=audience)
        last: CheckpointRow | None = rows.order_by("-recorded_at", "-size").first()
        return last

    def _edge(self, audience: str, last: CheckpointRow | None) -> Edge:
        edge = Edge() if last is None else Edge.from_bytes(last.size, bytes(last.edge))
        rows = LeafRow.objects.using(self.alias).filter(
            audience=audience, leaf_index__gte=edge.size
        )
        hashes = rows.order_by("leaf_index").values_list("leaf_hash", flat=True)
        return edge.extend(bytes(digest) for digest in hashes.iterator(chunk_size=10_000))
