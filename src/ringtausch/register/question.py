"""What is asked of a total: which matters, how far they have got, in what, between whom, and by whom.

Rules 18 to 23 of the register answer it. In: words. Out: a question that positions can be held against.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache

from ringtausch.records.problems import InvalidInput
from ringtausch.register.directory import Directory
from ringtausch.register.vocabulary import RUNGS

__all__ = ["BY", "InvalidQuestion", "Question", "are_pools", "givers_of"]

#: What the rows of a total can be by; the empty one has no rows.
BY = ("", "giver", "receiver", "contributor")


class InvalidQuestion(InvalidInput):
    """A question without an answer: no rate for an amount, or values on more than one basis."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a total counts.

    Parameters
    ----------
    kinds
        Of the matters: `("contribution",)`.
    rung
        The milestone that counts; for several kinds one of each, and every kind takes the first that it has.
    currency, item
        What is counted; one of them. Without both, and `per_currency`, every currency by itself.
    givers, receivers
        Only theirs; empty means everybody's. What several give together is theirs where all are named.
    pool
        Only money into this pool, or out of it where payments are counted.
    boundary
        Only what comes in over it (rule 23).
    by
        What the rows are by. By `contributor` attributes what a pool has spent (rule 25).
    per_currency
        What no rate leads to the currency is answered in its own (rule 21), instead of refusing all.
    basis
        Of values; a total never mixes them. Needed where items are valued.
    matters
        Only matters with such names, where `*` and `?` stand for anything; empty means all.

    Examples
    --------
    >>> Question(("contribution",), "committed", currency="EUR", pool="PURL").rung_of("contribution")
    'committed'
    """

    kinds: tuple[str, ...]
    rung: str | tuple[str, ...]
    currency: str = ""
    item: str = ""
    givers: frozenset[str] = frozenset()
    receivers: frozenset[str] = frozenset()
    pool: str = ""
    boundary: frozenset[str] = frozenset()
    by: str = ""
    per_currency: bool = False
    basis: str = ""
    matters: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        assert self.by in BY, "rows are by something that there is"
        assert not (self.currency and self.item), "a total counts one thing"
        assert self.currency or self.item or self.per_currency, "a total counts something"
        assert all(self.rung_of(kind) for kind in self.kinds), "every kind has a rung that counts"
        assert self.by != "contributor" or (self.pool and self.kinds == ("payment",)), (
            "only what a pool has paid is attributed to contributors"
        )

    def rung_of(self, kind: str) -> str:
        """Name the milestone that counts for a kind of matter; empty where it has none of them."""
        rungs = (self.rung,) if isinstance(self.rung, str) else self.rung
        return next((rung for rung in rungs if rung in RUNGS[kind]), "")

    def names(self, matters: Iterable[str]) -> bool:
        """Tell whether one of a matter's names is asked for."""
        return not self.matters or any(
            fnmatchcase(name, pattern) for name in matters for pattern in self.matters
        )


def givers_of(name: str, directory: Directory) -> tuple[str, ...]:
    """Name the givers of a matter: one, or several who give together, written `DNK+NOR+SWE`.

    Examples
    --------
    >>> givers_of("NOR+DNK", Directory())
    ('DNK', 'NOR')
    """
    if not name:
        return ()
    return _split(name) if "+" in name and name not in directory.parties else (name,)


def are_pools(names: Iterable[str], directory: Directory) -> bool:
    """Tell whether some are named, and all of them are pools."""
    found = list(names)
    return bool(found) and all(directory.is_pool(name) for name in found)


@lru_cache(maxsize=8192)
def _split(name: str) -> tuple[str, ...]:
    return tuple(sorted(part.strip() for part in name.split("+")))
