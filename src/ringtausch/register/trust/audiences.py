"""One tree for each audience, so that nothing a party may not read shows in a size or a root.

In: the visibility of a statement. Out: the name of its tree, and who reads it. A named set of parties has
a tree of its own, named by a hash: of one length for every set, fit for a file, saying nothing at first
sight. A hash of names can be tried out, though; what keeps a set unknown is that nobody outside it is given
its tree's name, in any file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from ringtausch.register.directory import Directory
from ringtausch.register.statement import COALITION, PUBLIC
from ringtausch.register.trust.canonical import canonical

__all__ = ["audience_of", "is_reader", "readable", "readers", "visibility_of"]

_ALL = "*"
_BY_WORD = {(PUBLIC,): PUBLIC, (COALITION,): COALITION}


def visibility_of(visibility: Iterable[str]) -> tuple[str, ...]:
    """Return the one spelling of a visibility: names in order, each once.

    Examples
    --------
    >>> visibility_of(["POL", "DEU", "POL"]), visibility_of(["public"])
    (('DEU', 'POL'), ('public',))
    """
    return tuple(sorted(set(visibility)))


def audience_of(visibility: Iterable[str]) -> str:
    """Name the tree that a statement is a leaf of.

    Examples
    --------
    >>> audience_of(("public",)), audience_of(("coalition",))
    ('public', 'coalition')
    >>> audience_of(("POL", "DEU")) == audience_of(("DEU", "POL"))
    True
    >>> audience_of(("DEU", "POL"))
    'named-c87517b1f4fbe3941c200a326c1f467d'
    """
    names = tuple(visibility)
    if names not in _BY_WORD:
        names = visibility_of(names)
    assert names, "a statement is visible to somebody"
    if names in _BY_WORD:
        return _BY_WORD[names]
    return f"named-{hashlib.sha256(canonical(names)).hexdigest()[:32]}"


def readers(visibility: Iterable[str], directory: Directory) -> frozenset[str] | None:
    """List the parties that may read a tree; None means everybody.

    Examples
    --------
    >>> directory = Directory(coalition=frozenset({"DEU", "POL"}))
    >>> sorted(readers(("coalition",), directory)), readers(("public",), directory)
    (['DEU', 'POL'], None)
    """
    names = visibility_of(visibility)
    if names == (PUBLIC,):
        return None
    return directory.coalition if names == (COALITION,) else frozenset(names)


def is_reader(reader: str | None, visibility: Iterable[str], directory: Directory) -> bool:
    """Tell whether somebody may read a tree: a party, None (the public), or `*` (one trust domain)."""
    allowed = readers(visibility, directory)
    return allowed is None or reader == _ALL or reader in allowed


def readable(
    visibilities: Iterable[tuple[str, ...]], reader: str | None, directory: Directory
) -> tuple[tuple[str, ...], ...]:
    """Keep the visibilities whose trees somebody may read: public, coalition, then sets by name.

    Examples
    --------
    >>> directory = Directory(coalition=frozenset({"DEU", "POL"}))
    >>> readable([("DEU", "POL"), ("coalition",), ("public",), ("FRA", "POL")], "DEU", directory)
    (('public',), ('coalition',), ('DEU', 'POL'))
    """
    found = {visibility_of(names) for names in visibilities}
    order: dict[tuple[str, ...], int] = {(PUBLIC,): 0, (COALITION,): 1}
    kept = [names for names in found if is_reader(reader, names, directory)]
    return tuple(sorted(kept, key=lambda names: (order.get(names, 2), names)))
