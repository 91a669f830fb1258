"""Signed checkpoints: what a tree was at a time, in the text forms of C2SP (signed note, tlog-checkpoint).

In: a tree's origin, size, root and time, and an Ed25519 key. Out: notes that anybody with the public key
can verify, and the keys' text forms. A note is a text, an empty line, and signature lines; a checkpoint is
a note whose text is origin, size, root and extension lines. When a key is replaced, the old one signs the
new one. Nothing here knows statements; no clock and no file system, either.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ringtausch.language import _

__all__ = [
    "Checkpoint",
    "Note",
    "SigningKey",
    "VerifyingKey",
    "key_note",
    "note_of",
    "previous_of",
    "read_checkpoint",
    "read_notes",
]

_ED25519 = b"\x01"
_NAME = re.compile(r"[^\s+]+")
_MARK = "— "  # an em dash and a space begin a signature line


@dataclass(frozen=True)
class VerifyingKey:
    """A public key and the name under which it signs; its text form is the `vkey`.

    Examples
    --------
    >>> key = SigningKey.from_seed("example.org/register", bytes(32)).verifying
    >>> str(key)
    'example.org/register+8e366f89+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop'
    >>> VerifyingKey.parse(str(key)) == key
    True
    """

    name: str
    public: bytes

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or len(self.public) != 32:
            raise ValueError(
                _('"{name}" is no name of a key; write one without spaces and "+"').format(
                    name=self.name
                )
            )

    @cached_property
    def identifier(self) -> bytes:
        """The first 4 bytes of SHA-256 over name, a line feed, 0x01 and the key."""
        return _identifier(self.name, self.public)

    def __str__(self) -> str:
        """Write it as name, id and key."""
        key = b64encode(_ED25519 + self.public).decode()
        return f"{self.name}+{self.identifier.hex()}+{key}"

    @classmethod
    def parse(cls, text: str) -> VerifyingKey:
        """Read a `vkey`.

        Raises
        ------
        ValueError
            It is none, or its id does not fit.
        """
        name, material = _parse_key(text.strip(), _("public key"))
        return cls(name, material)

    def verifies(self, text: str, signature: bytes) -> bool:
        """Tell whether a signature of this key is of a text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class SigningKey:
    """A private key; its text form is the `skey`, which nobody but the register may read."""

    name: str
    seed: bytes

    @classmethod
    def new(cls, name: str) -> SigningKey:
        """Make a key.

        Raises
        ------
        ValueError
            A key cannot have that name.
        """
        return cls.from_seed(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def from_seed(cls, name: str, seed: bytes) -> SigningKey:
        """Make the key that belongs to a seed of 32 bytes."""
        made = cls(name, seed)
        VerifyingKey(name, made._private.public_key().public_bytes_raw())
        return made

    @cached_property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @cached_property
    def verifying(self) -> VerifyingKey:
        """The public key."""
        return VerifyingKey(self.name, self._private.public_key().public_bytes_raw())

    def __repr__(self) -> str:
        """Show whose it is; never the key."""
        return f"SigningKey({self.name!r})"

    def to_text(self) -> str:
        """Write the `skey`."""
        key = b64encode(_ED25519 + self.seed).decode()
        return f"PRIVATE+KEY+{self.name}+{self.verifying.identifier.hex()}+{key}"

    @classmethod
    def parse(cls, text: str) -> SigningKey:
        """Read a `skey`.

        Raises
        ------
        ValueError
            It is none, or its id does not fit.
        """
        start, text = "PRIVATE+KEY+", text.strip()
        if not text.startswith(start):
            raise ValueError(_("this is no private key; one begins with PRIVATE+KEY+"))
        name, seed = _parse_key(text.removeprefix(start), _("private key"), private=True)
        return cls(name, seed)

    def sign(self, text: str) -> str:
        """Write the signature line of a text."""
        signature = self.verifying.identifier + self._private.sign(text.encode())
        return f"{_MARK}{self.name} {b64encode(signature).decode()}\n"


def _identifier(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def _parse_key(text: str, what: str, *, private: bool = False) -> tuple[str, bytes]:
    """Take a key's text apart; the texts in hand are secret, so that messages never quote them."""
    wrong = ValueError(_("this is no {what} for Ed25519: NAME+ID+KEY").format(what=what))
    parts = text.split("+", 2)
    try:
        name, identifier, key = (
            parts[0],
            bytes.fromhex(parts[1]),
            b64decode(parts[2], validate=True),
        )
    except (IndexError, ValueError):
        raise wrong from None
    material = key.removeprefix(_ED25519)
    if len(key) != 33 or len(material) != 32 or not _NAME.fullmatch(name):
        raise wrong
    public = material
    if private:
        public = Ed25519PrivateKey.from_private_bytes(material).public_key().public_bytes_raw()
    if _identifier(name, public) != identifier:
        raise ValueError(_("the id of this {what} does not belong to it").format(what=what))
    return name, material


@dataclass(frozen=True, slots=True)
class Note:
    """A text with signatures: (name of the key, its id, the signature)."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]

    def __str__(self) -> str:
        """Write it as it is kept: the text, an empty line, a line for each signature."""
        lines = (
            f"{_MARK}{name} {b64encode(identifier + signature).decode()}\n"
            for name, identifier, signature in self.signatures
        )
        return f"{self.text}\n{''.join(lines)}"

    def signers(self, keys: Iterable[VerifyingKey]) -> tuple[VerifyingKey, ...]:
        """List those of the keys that have signed the text; other signatures say nothing.

        Raises
        ------
        ValueError
            A signature is in a key's name, but not of this text.
        """
        found = []
        for key in keys:
            for name, identifier, signature in self.signatures:
                if (name, identifier) != (key.name, key.identifier):
                    continue
                if not key.verifies(self.text, signature):
                    raise ValueError(_('the signature of "{name}" is wrong').format(name=name))
                found.append(key)
                break
        return tuple(found)


def note_of(text: str, keys: Sequence[SigningKey]) -> Note:
    r"""Sign a text with one key or several.

    Examples
    --------
    >>> key = SigningKey.from_seed("example.org/register", bytes(32))
    >>> note = note_of("hello\n", [key])
    >>> read_notes(str(note)) == (note,), note.signers([key.verifying]) == (key.verifying,)
    (True, True)
    """
    assert text.endswith("\n"), "a note ends with a whole line"
    assert keys, "a note has a signature"
    return read_notes(f"{text}\n{''.join(key.sign(text) for key in keys)}")[0]


def read_notes(written: str) -> tuple[Note, ...]:
    """Read notes that follow one another, with an empty line between them.

    Raises
    ------
    ValueError
        With the line that does not fit, counted from 1.
    """
    notes: list[Note] = []
    lines = written.split("\n")
    if lines.pop() != "":
        raise ValueError(_("the last line is not whole"))
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end] != "":
            end += 1
        signatures = []
        after = end + 1
        while after < len(lines) and lines[after] != "":
            signatures.append(_signature(lines[after], after + 1))
            after += 1
        if end == at or not signatures:
            raise ValueError(
                _("line {line}: a text, an empty line and a signature belong here").format(
                    line=at + 1
                )
            )
        notes.append(Note("".join(f"{line}\n" for line in lines[at:end]), tuple(signatures)))
        at = after + 1
    return tuple(notes)


def _signature(line: str, number: int) -> tuple[str, bytes, bytes]:
    name, _space, signed = line.removeprefix(_MARK).partition(" ")
    try:
        both = b64decode(signed, validate=True)
    except ValueError:
        both = b""
    if not line.startswith(_MARK) or not _NAME.fullmatch(name) or len(both) < 5:
        raise ValueError(_("line {line}: this is no signature").format(line=number))
    return name, both[:4], both[4:]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a tree was at a time: the text that is signed.

    `origin` names the register and the tree. `directory` is the SHA-256 of the directory as it is exported,
    `previous` that of the text of the checkpoint before, empty for the first one of a tree: who drops one
    from the middle is found out.

    Examples
    --------
    >>> checkpoint = Checkpoint("example.org/public", 0, bytes(32), "2025-07-20T10:00:00.000000Z", "00" * 32)
    >>> read_checkpoint(checkpoint.text()) == checkpoint
    True
    """

    origin: str
    size: int
    root: bytes
    time: str
    directory: str
    previous: str = ""

    def text(self) -> str:
        """Write origin, size, root in base64, and the extension lines."""
        lines = [self.origin, str(self.size), b64encode(self.root).decode()]
        lines += [f"time {self.time}", f"directory {self.directory}"]
        lines += [f"previous {self.previous}"] if self.previous else []
        return "".join(f"{line}\n" for line in lines)

    def signed(self, *keys: SigningKey) -> Note:
        """Sign it with the key in force, or with several."""
        return note_of(self.text(), keys)


_CHECKPOINT = re.compile(
    r"(?P<origin>[^\s+]+)\n(?P<size>0|[1-9]\d{0,18})\n(?P<root>[A-Za-z0-9+/]{43}=)\n"
    r"time (?P<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)\ndirectory (?P<directory>[0-9a-f]{64})\n"
    r"(?:previous (?P<previous>[0-9a-f]{64})\n)?",
    re.ASCII,
)


def read_checkpoint(text: str) -> Checkpoint:
    """Read the text of a checkpoint.

    Raises
    ------
    ValueError
        It is none of this format.
    """
    found = _CHECKPOINT.fullmatch(text)
    if found is None:
        raise ValueError(_("this is no checkpoint: origin, size, root, time and directory"))
    return Checkpoint(
        found["origin"],
        int(found["size"]),
        b64decode(found["root"], validate=True),
        found["time"],
        found["directory"],
        found["previous"] or "",
    )


def previous_of(note: Note | None) -> str:
    """Return what the next checkpoint of a tree says of this one: empty if there is none."""
    return "" if note is None else hashlib.sha256(note.text.encode()).hexdigest()


def key_note(origin: str, old: SigningKey, new: SigningKey, time: str) -> Note:
    """Replace a key: the old one and the new one sign together from when on the new one is in force.

    Examples
    --------
    >>> old, new = (SigningKey.from_seed("example.org", bytes([n]) * 32) for n in (1, 2))
    >>> note = key_note("example.org", old, new, "2025-07-20T10:00:00.000000Z")
    >>> note.text.splitlines()[0], len(note.signatures)
    ('example.org/keys', 2)
    """
    return note_of(f"{origin}/keys\n{new.verifying}\ntime {time}\n", [old, new])
