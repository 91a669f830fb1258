"""The one thing that a register stores: who says that what became true of which matter, when, on what evidence.

The page *register*, section *Statements, then positions*. In: fields, or a plain dictionary of JSON. Out:
a frozen statement, and the dictionary again, without loss. Whether a statement may be recorded is asked
elsewhere (`checking`, `steps`); this file only says what one is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, replace
from operator import attrgetter
from typing import Any

from ringtausch.records.frozen import made_fast
from ringtausch.register.ranges import UNKNOWN, Range

__all__ = ["NO_TERMS", "Condition", "Source", "Statement", "Terms", "from_dict", "to_dict"]

COALITION = "coalition"
PUBLIC = "public"


@made_fast
@dataclass(frozen=True, slots=True)
class Source:
    """The document that a statement rests on.

    `rank` is its class from 1 (signed by the party whose act it is) to 6 (inference), as the one who
    recorded it sees it; rule 6 says what it counts as. `sha256` is of the document itself.
    """

    rank: int
    title: str = ""
    publisher: str = ""
    date: str = ""
    address: str = ""
    sha256: str = ""


@made_fast
@dataclass(frozen=True, slots=True)
class Condition:
    """What has to happen before a promise counts: words, or so much of a milestone in some matters.

    `at_least` is in thousandths of an item or ten-thousandths of a currency. Where there are matters,
    the words only explain.
    """

    words: str = ""
    matters: tuple[str, ...] = ()
    milestone: str = ""
    at_least: int = 0


@made_fast
@dataclass(frozen=True, slots=True)
class Terms:
    """What a replacement, a contribution, a payment, an exchange, a total or a rate is about.

    Each kind uses the fields that it needs; the others stay empty. `ratio` and `rate` are exact: whole
    numbers, decimals or fractions such as `3/2`, as texts.
    """

    of: str = ""  # replacement: the transfer; payment: what is paid for
    item: str = ""  # replacement: what is owed, where it is not the item given
    ratio: str = ""  # replacement: owed for one that was given
    rate: str = (
        ""  # substituted: of one such item, what it settles; exchange, rate: to for one from
    )
    due: str = ""  # replacement: a date
    within: int | None = None  # replacement: months after the hand-over
    replacer: str = ""  # replacement: the debtor, where it is not the giver
    guarantor: str = ""
    earmark: str = ""  # contribution: the only matter, package or party that it may pay for
    to_currency: str = ""  # exchange, rate: what is bought
    to_quantity: int | None = None  # exchange: what was bought, in ten-thousandths
    rate_date: str = ""
    rate_source: str = ""
    boundary: tuple[str, ...] = ()  # total: the givers that it counts; none means all
    pool: str = ""  # total: the pool that it speaks of
    rung: str = ""  # total: which milestone it counts
    since: str = ""  # total: of a window, its first day
    through: str = ""  # total: the last day that it counts


NO_TERMS = Terms()


@made_fast
@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody says that a milestone of a matter became true.

    `quantity` is in thousandths of the item or ten-thousandths of the currency; None says nothing about
    it, `UNKNOWN` says that it is unknown. `value` is in ten-thousandths of `value_currency`. `visibility`
    is `("public",)`, `("coalition",)`, or the names of the parties that may read it, in order. `id` and
    `recorded_at` are given when it is recorded.

    Examples
    --------
    >>> said = Statement(
    ...     matter="DEU-1", kind="transfer", milestone="pledged", giver="DEU", receiver="UKR",
    ...     item="patriot", quantity=Range(2000, 2000), said_by="DEU", recorded_by="desk",
    ...     source=Source(2, title="Press release", date="2025-08-01"),
    ... )
    >>> from_dict(to_dict(said)) == said
    True
    """

    matter: str
    kind: str
    milestone: str
    source: Source
    said_by: str
    recorded_by: str
    id: str = ""
    recorded_at: str = ""
    event: str = ""
    giver: str = ""
    receiver: str = ""
    item: str = ""
    currency: str = ""
    quantity: Range | None = None
    value: int | None = None
    value_currency: str = ""
    basis: str = ""
    method: str = ""
    value_document: str = ""
    true_on: str = ""
    said_on: str = ""
    visibility: tuple[str, ...] = (PUBLIC,)
    part_of: str = ""
    share: Range | None = None
    same_as: str = ""
    condition: Condition | None = None
    until: str = ""
    terms: Terms = NO_TERMS
    corrects: str = ""
    reason: str = ""
    chain: str = ""
    note: str = ""

    @property
    def known_quantity(self) -> Range:
        """The quantity as a range: unknown where nothing is said."""
        return UNKNOWN if self.quantity is None else self.quantity

    def recorded(self, identifier: str, moment: str, corrects: str | None = None) -> Statement:
        """Return the same statement as it stands in the record; a correction may name another id."""
        if corrects is not None and corrects != self.corrects:
            return replace(self, id=identifier, recorded_at=moment, corrects=corrects)
        # What `replace` does, in a quarter of the time: this is done for every row of an import.
        return _MAKE(*_BEFORE_ID(self), identifier, moment, *_AFTER_MOMENT(self))

    def recorded_as(self, recorder: str) -> Statement:
        """Return the same statement with another recorder."""
        if recorder == self.recorded_by:
            return self
        return _MAKE(*_BEFORE_RECORDER(self), recorder, *_AFTER_RECORDER(self))


def to_dict(statement: Statement) -> dict[str, Any]:
    """Write a statement as plain JSON values; what is empty is left out.

    Examples
    --------
    >>> said = Statement("m", "holding", "counted", Source(1), "DEU", "DEU", quantity=Range(1, None))
    >>> to_dict(said)["quantity"], "giver" in to_dict(said)
    ([1, None], False)
    """
    return _plain(statement)


def from_dict(values: dict[str, Any]) -> Statement:
    """Read what `to_dict` has written.

    Raises
    ------
    TypeError, KeyError, ValueError
        The values are not those of a statement.
    """
    known = dict(values)
    known["source"] = Source(**known["source"])
    for name in ("quantity", "share"):
        if known.get(name) is not None:
            known[name] = Range(*known[name])
    if known.get("condition") is not None:
        condition = dict(known["condition"])
        condition["matters"] = tuple(condition.get("matters", ()))
        known["condition"] = Condition(**condition)
    if "terms" in known:
        terms = dict(known["terms"])
        terms["boundary"] = tuple(terms.get("boundary", ()))
        known["terms"] = Terms(**terms)
    if "visibility" in known:
        known["visibility"] = tuple(known["visibility"])
    return Statement(**known)


def _plain(record: Any) -> dict[str, Any]:
    names, defaults, values_of = _SHAPES[type(record)]
    found = {
        name: value
        for name, value, default in zip(names, values_of(record), defaults, strict=True)
        if value is not default and value != default
    }
    for name, value in found.items():
        kind = type(value)
        if kind is str or kind is int:
            continue
        if kind is Range:
            found[name] = [value.lo, value.hi]
        elif kind is tuple:
            found[name] = list(value)
        elif kind in _SHAPES:
            found[name] = _plain(value)
    return found


_MISSING = object()  # no value is equal to it: a field without a default is always written


def _shape(kind: type) -> tuple[tuple[str, ...], tuple[Any, ...], Callable[[Any], tuple[Any, ...]]]:
    """Return the names of a record's fields, their defaults, and what reads all of them at once."""
    names = tuple(field.name for field in fields(kind))
    defaults = tuple(
        _MISSING if field.default is MISSING else field.default for field in fields(kind)
    )
    return names, defaults, attrgetter(*names)


_SHAPES = {kind: _shape(kind) for kind in (Statement, Source, Condition, Terms)}

# The fields around those that are given when it is recorded, in the order in which they are declared.
_FIELDS = _SHAPES[Statement][0]
_MAKE: Callable[..., Statement] = Statement
_ID, _RECORDER = _FIELDS.index("id"), _FIELDS.index("recorded_by")
assert _FIELDS[_ID + 1] == "recorded_at", "the time stands behind the id"
_BEFORE_ID, _AFTER_MOMENT = attrgetter(*_FIELDS[:_ID]), attrgetter(*_FIELDS[_ID + 2 :])
_BEFORE_RECORDER = attrgetter(*_FIELDS[:_RECORDER])
_AFTER_RECORDER = attrgetter(*_FIELDS[_RECORDER + 1 :])
