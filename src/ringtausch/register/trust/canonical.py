"""What is hashed: the one spelling of a value, and the leaf of a statement or of a redaction.

The page *register*, section *Trust*. In: statements, salts. Out: canonical JSON (RFC 8785 for texts, whole
numbers, true, false, null, lists and objects) and leaves of an RFC 9162 tree. A leaf's bytes are a version
byte, a salt of 32 bytes and the JSON; the salt keeps others from guessing what a hash is of. Nothing here
knows trees, keys or files.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import MISSING, dataclass, fields
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

from ringtausch.language import _
from ringtausch.register.ranges import Range
from ringtausch.register.statement import Condition, Source, Statement, Terms, from_dict

__all__ = [
    "DIGITS_MAX",
    "HASH_VERSION",
    "SALT_BYTES",
    "Leaf",
    "Redaction",
    "canonical",
    "leaf_hash",
    "leaf_of",
    "new_salt",
    "refuses_redaction",
]

#: The version byte of a leaf: what stands behind it, and how it is hashed.
HASH_VERSION = 1
SALT_BYTES = 32

#: A whole number has at most so many digits; no amount comes near.
DIGITS_MAX = 30
_LARGEST = 10**DIGITS_MAX - 1

# Made once, where json.dumps makes one each time. The first sorts by characters, fast.
_SORTING = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_AS_GIVEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def canonical(value: Any) -> bytes:
    r"""Write a value in the one way in which it is hashed, signed and exported.

    Names in objects are sorted by UTF-16 code units, nothing stands between the parts, texts are UTF-8.
    Whole numbers are written digit by digit, also beyond 2^53, where RFC 8785 would round them: an amount
    is exact.

    Raises
    ------
    TypeError, ValueError
        There is something else in it than texts, whole numbers, true, false, null, lists and objects, a
        number is too long, or a text is no Unicode.

    Examples
    --------
    >>> canonical({"b": [1, None], "a": "é\n"}).decode()
    '{"a":"é\\n","b":[1,null]}'
    >>> canonical(0.5)
    Traceback (most recent call last):
    TypeError: 0.5 is no value of the record: a float
    """
    text = _SORTING.encode(value) if _check(value) else _AS_GIVEN.encode(_ordered(value))
    return text.encode()


def _check(value: Any) -> bool:
    """Refuse what has no one spelling; tell whether sorting by characters is sorting by UTF-16."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if kind is int:
        if abs(value) > _LARGEST:
            raise ValueError(f"a number of the record has at most {DIGITS_MAX} digits")
        return True
    if kind is dict:
        plain = True
        for name, part in value.items():
            if type(name) is not str:
                raise TypeError(f"{name!r} is no name in an object of the record")
            if not name.isascii():
                plain = False
            # Nearly all are texts: they need no call of their own.
            if type(part) is not str and not _check(part):
                plain = False
        return plain
    if kind is list or kind is tuple:
        return (
            sum(not _check(part) for part in value) == 0
        )  # goes through all of them, unlike all()
    raise TypeError(f"{value!r} is no value of the record: a {kind.__name__}")


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _ordered(value[name]) for name in sorted(value, key=_utf16)}
    return [_ordered(part) for part in value] if isinstance(value, (list, tuple)) else value


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-be")


def leaf_hash(version: int, salt: bytes, payload: bytes) -> bytes:
    """Hash a leaf: SHA-256 over 0x00 (RFC 9162, a leaf), the version byte, the salt and the JSON.

    Examples
    --------
    >>> leaf_hash(1, bytes(32), b"{}").hex()[:16]
    '657afbab6eb44089'
    """
    assert len(salt) == SALT_BYTES, "a salt has 32 bytes"
    return hashlib.sha256(b"\x00" + bytes([version]) + salt + payload).digest()


def new_salt() -> bytes:
    """Draw a salt: 32 random bytes that nobody can guess."""
    return secrets.token_bytes(SALT_BYTES)


@dataclass(frozen=True, slots=True)
class Redaction:
    """The record that one leaf of the same tree has lost its salt and payload, and who approved it.

    `redacts` is the index of that leaf, `hash` its leaf hash in hex, `id` that of the statement: it is
    random, says nothing, and lets a correction of it still be understood.
    """

    redacts: int
    hash: str
    id: str
    approved_by: str
    reason: str
    recorded_by: str
    recorded_at: str

    def to_dict(self) -> dict[str, Any]:
        """Write it as plain JSON values: all fields, always."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf of a tree: its hash, and what the hash is of, unless that was redacted.

    Examples
    --------
    >>> from ringtausch.register.statement import Source
    >>> said = Statement("m", "holding", "counted", Source(1), "DEU", "DEU", id="1", recorded_at="2025")
    >>> leaf = leaf_of(said, bytes(32))
    >>> leaf.statement == said, leaf.redacted().statement, leaf.redacted().hash == leaf.hash
    (True, None, True)
    """

    hash: bytes
    salt: bytes | None
    payload: bytes | None  # canonical JSON with its type
    version: int = HASH_VERSION

    @property
    def is_redacted(self) -> bool:
        """Whether salt and payload are gone."""
        return self.payload is None

    @property
    def statement(self) -> Statement | None:
        """The statement, None where it is redacted or the leaf is a redaction."""
        said = self._payload()
        return from_dict(said["statement"]) if "statement" in said else None

    @property
    def redaction(self) -> Redaction | None:
        """The record of a redaction, None where the leaf is something else."""
        said = self._payload()
        return Redaction(**said["redaction"]) if "redaction" in said else None

    def redacted(self) -> Leaf:
        """Return the leaf without what it was of: only the hash stays."""
        return Leaf(self.hash, None, None, self.version)

    def _payload(self) -> dict[str, Any]:
        found: dict[str, Any] = {} if self.payload is None else json.loads(self.payload)
        return found


def leaf_of(said: Statement | Redaction, salt: bytes) -> Leaf:
    """Make the leaf of a recorded statement or redaction."""
    if isinstance(said, Redaction):
        payload = canonical({"redaction": said.to_dict(), "type": "redaction"})
    else:
        payload = f'{{"statement":{_spelt(said)},"type":"statement"}}'.encode()
    return Leaf(leaf_hash(HASH_VERSION, salt, payload), salt, payload)


def _spelt(record: Any) -> str:
    """Write what `canonical(to_dict(record))` writes, in a third of the time: every import needs it."""
    names, defaults, values_of = _SPELLINGS[type(record)]
    parts = [
        name + (encode_basestring(value) if type(value) is str else _spelt_value(value))
        for name, value, default in zip(names, values_of(record), defaults, strict=True)
        if value is not default and value != default
    ]
    return f"{{{','.join(parts)}}}"


def _spelt_value(value: Any) -> str:
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is int and -_LARGEST <= value <= _LARGEST:
        return str(value)
    if kind is tuple:
        return f"[{','.join(map(_spelt_value, value))}]"
    if kind is Range:
        return _spelt_value((value.lo, value.hi))
    return _spelt(value) if kind in _SPELLINGS else canonical(value).decode()


def _spelling(kind: type) -> tuple[tuple[str, ...], tuple[Any, ...], Callable[[Any], Any]]:
    """Return the names of a record's fields in order, as they are written, their defaults, and what reads all."""
    ordered = sorted(fields(kind), key=lambda field: field.name)
    written = tuple(f'"{field.name}":' for field in ordered)
    # What has no default is always written: nothing else is equal to a field.
    defaults = tuple(field if field.default is MISSING else field.default for field in ordered)
    return written, defaults, attrgetter(*(field.name for field in ordered))


_SPELLINGS = {kind: _spelling(kind) for kind in (Statement, Source, Condition, Terms)}


def refuses_redaction(identifier: str, statements: Sequence[Statement]) -> str | None:
    """Say why a statement cannot be redacted now, None where it can.

    What it corrects would stand again if it were the only correction of it, because rule 3 looks at the
    statements in view: it has to be corrected or redacted first.

    Parameters
    ----------
    identifier
        Of the statement that shall go.
    statements
        All statements of its audience that are not redacted.
    """
    gone = next((one for one in statements if one.id == identifier), None)
    if gone is None:
        return _('there is no statement "{identifier}" to redact').format(identifier=identifier)
    if not gone.corrects or not any(one.id == gone.corrects for one in statements):
        return None
    if any(one.corrects == gone.corrects and one.id != identifier for one in statements):
        return None
    return _(
        '"{identifier}" is the only correction of "{corrected}", which would stand again;'
        ' correct or redact "{corrected}" first'
    ).format(identifier=identifier, corrected=gone.corrects)
