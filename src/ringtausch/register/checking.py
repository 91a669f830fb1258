"""What a statement may say: rules 2 and 4 of the register, its words, units, readers, links and terms.

In: one statement, the directory, and the place where it stands. Out: problems, each with the column of
a table of statements (docs/reference/statements.md). Must not know what else the register holds: steps
and corrections are asked in `steps` and `recording`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ringtausch.records.frozen import made_fast
from ringtausch.records.problems import InvalidInput, Problem
from ringtausch.register import messages
from ringtausch.register.condition_and_terms import check_condition, check_terms
from ringtausch.register.currencies import CURRENCIES
from ringtausch.register.dates import first_day, recorded_day, wrong_date
from ringtausch.register.directory import Directory, minor_unit, scale_of
from ringtausch.register.ranges import ITEM_SCALE, MONEY_SCALE, Range, say_range
from ringtausch.register.shapes import HOLDS, PARTIES, needs_unit
from ringtausch.register.statement import COALITION, PUBLIC, Statement
from ringtausch.register.texts import check_texts
from ringtausch.register.vocabulary import (
    BASES,
    KINDS,
    WHOLE_MINOR_UNITS,
    is_milestone,
    milestones,
)

__all__ = ["InvalidStatements", "Place", "check_statement", "said_text", "true_text"]

#: What is wrong with a statement: the column, what stands there, and the sentence.
Finding = tuple[str, str, str]

_LARGEST = 10**18
_HASH = re.compile(r"[0-9a-f]{64}")


class InvalidStatements(InvalidInput):
    """Statements that may not be recorded, or a table of them that breaks the format."""


@made_fast
@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement stands: a file and its line, and the unit that the row names, if any."""

    file: str
    line: int = 0
    unit: str = ""


def check_statement(statement: Statement, directory: Directory, place: Place) -> list[Problem]:
    """Say everything that is wrong with one statement by itself (rules 2 and 4).

    A day of recording is asked for only where the statement has one.

    Parameters
    ----------
    statement
        As it shall be recorded.
    directory
        The parties and items that there are.
    place
        Where it stands, for the problems; its unit, where there is one, must be the item's own.

    Examples
    --------
    >>> from ringtausch.register.statement import Source
    >>> said = Statement("m", "transfr", "pledged", Source(2, date="2025-07"), "DEU", "desk")
    >>> [print(problem) for problem in check_statement(said, Directory(), Place("said.csv", 2))][0]
    said.csv:2: kind: "transfr" is no kind of matter; did you mean "transfer"?
    said.csv:2: said_by: "DEU" is no party of the directory, and a source of class 2 is a party's own; name a party, or give the source class 4, 5 or 6; there is none yet
    """
    return [
        Problem(place.file, place.line, column, value, message)
        for column, value, message in _findings(statement, directory, place.unit)
    ]


def said_text(statement: Statement) -> str:
    """Return when it was said, as it was written: the source's date where nothing else is (rule 2)."""
    return statement.said_on or statement.source.date


def true_text(statement: Statement) -> str:
    """Return when it became true, as it was written: when it was said where nothing else is (rule 2)."""
    return statement.true_on or said_text(statement)


def _findings(said: Statement, directory: Directory, unit: str) -> Iterator[Finding]:
    yield from check_texts(said)
    yield from _words(said)
    yield from _parties(said, directory)
    yield from _unit(said, directory, unit)
    yield from _amounts(said, directory)
    yield from _worth(said)
    yield from _dates(said)
    yield from _source(said, directory)
    yield from _readers(said, directory)
    yield from _links(said)
    if said.condition is not None:
        yield from check_condition(said.condition)
    if said.kind in HOLDS:
        yield from check_terms(said, directory)


def _words(said: Statement) -> Iterator[Finding]:
    """Kind and milestone, and what every statement has."""
    for column in ("matter", "kind", "milestone", "said_by", "recorded_by"):
        if not getattr(said, column):
            yield column, "", messages.must_be_filled(column)
    if not said.kind:
        return
    if said.kind not in HOLDS:
        yield "kind", said.kind, messages.unknown_kind(said.kind, KINDS)
    elif said.milestone and not is_milestone(said.kind, said.milestone):
        known = milestones(said.kind)
        yield (
            "milestone",
            said.milestone,
            messages.unknown_milestone(said.milestone, said.kind, known),
        )


def _parties(said: Statement, directory: Directory) -> Iterator[Finding]:
    """Giver and receiver: known, and there where the milestone needs them."""
    needed = PARTIES.get((said.kind, said.milestone), ())
    for column in ("giver", "receiver"):
        name = getattr(said, column)
        if name and name not in directory.parties:
            yield column, name, messages.unknown_party(name, directory.parties)
        elif not name and column in needed and not (column == "giver" and said.terms.replacer):
            yield column, "", messages.needs_party(column, said.milestone)
    if said.giver and said.giver == said.receiver:
        yield "receiver", said.receiver, messages.same_party(said.giver)


def _unit(said: Statement, directory: Directory, unit: str) -> Iterator[Finding]:
    """Of what: an item in its own unit, or a currency; never both, and never another unit."""
    item = directory.items.get(said.item)
    if said.item and item is None:
        yield "item", said.item, messages.unknown_item(said.item, directory.items)
    if said.currency and said.currency not in CURRENCIES:
        message = messages.unknown_currency(said.currency, CURRENCIES)
        yield "currency", said.currency, message
    yield from _item_or_money(said)
    if unit and item is not None and unit != item.unit:
        yield "unit", unit, messages.wrong_unit(unit, said.item, item.unit)
    elif unit and said.currency and not said.item and unit != said.currency:
        yield "unit", unit, messages.wrong_unit(unit, said.currency, said.currency)


def _item_or_money(said: Statement) -> Iterator[Finding]:
    """One of the two, and the one that the kind of matter moves."""
    holds = HOLDS.get(said.kind, "either")
    if said.item and said.currency:
        both = messages.item_and_currency(said.item, said.currency)
        yield "currency", said.currency, both
    elif said.currency and holds == "item":
        yield "currency", said.currency, messages.wants_item(said.kind, said.currency)
    elif said.item and holds == "money":
        yield "item", said.item, messages.wants_money(said.kind, said.item)
    elif not said.item and not said.currency:
        column = "item" if holds == "item" else "currency"
        if said.kind in HOLDS and needs_unit(said.kind, said.milestone):
            yield column, "", messages.needs_unit(column, said.kind)
        elif said.quantity is not None and not said.quantity.is_unknown:
            yield "quantity", "", messages.quantity_of_nothing()


def _amounts(said: Statement, directory: Directory) -> Iterator[Finding]:
    """Whole numbers where an item or a coin cannot be divided (rule 4)."""
    scale = scale_of(said.currency)
    for column, quantity in (("quantity", said.quantity), ("share", said.share)):
        if quantity is not None:
            for message in _steps_of(said, directory, quantity):
                yield column, say_range(quantity, scale), message
    if said.kind == "exchange" and said.milestone == "exchanged":
        quantity = said.quantity
        if quantity is None or not quantity.is_exact:
            text = "" if quantity is None else say_range(quantity, scale)
            yield "quantity", text, messages.needs_exact_quantity()


def _steps_of(said: Statement, directory: Directory, quantity: Range) -> Iterator[str]:
    scale = scale_of(said.currency)
    item = directory.items.get(said.item)
    for bound in dict.fromkeys((quantity.lo, quantity.hi)):
        if bound is None:
            continue
        if bound >= _LARGEST:
            yield messages.too_large(bound, scale)
        elif said.currency and said.milestone in WHOLE_MINOR_UNITS:
            smallest = minor_unit(said.currency)
            if bound % smallest:
                yield messages.not_minor_units(bound, MONEY_SCALE, said.currency, smallest)
        elif item is not None and not said.currency and not item.divisible and bound % ITEM_SCALE:
            yield messages.not_whole(bound, ITEM_SCALE, said.item)


def _worth(said: Statement) -> Iterator[Finding]:
    """A value has a currency and a basis; nothing explains a value that is not there."""
    if said.value is None:
        for column in ("value_currency", "basis", "method", "value_document"):
            if getattr(said, column):
                yield column, getattr(said, column), messages.needs_value(column)
    else:
        if said.value < 0:
            yield "value", str(said.value), messages.not_below_zero(str(said.value))
        elif said.value >= _LARGEST:
            yield "value", str(said.value), messages.too_large(said.value, MONEY_SCALE)
        for column in ("value_currency", "basis"):
            if not getattr(said, column):
                yield column, "", messages.value_needs(column)
    if said.value_currency and said.value_currency not in CURRENCIES:
        message = messages.unknown_currency(said.value_currency, CURRENCIES)
        yield "value_currency", said.value_currency, message
    if said.basis and said.basis not in BASES:
        yield "basis", said.basis, messages.unknown_basis(said.basis, BASES)


def _dates(said: Statement) -> Iterator[Finding]:
    """Dates as people say them, one of them there, and none after the day of recording (rule 2)."""
    known = (said.true_on, said.said_on, said.source.date, said.until)
    if said.recorded_at and any(known[:3]) and _are_over(known, recorded_day(said.recorded_at)):
        return
    texts = dict(zip(("true_on", "said_on", "source_date", "until"), known, strict=True))
    bad = False
    for column, text in texts.items():
        wrong = wrong_date(text) if text else None
        if wrong is not None:
            bad = True
            yield column, text, wrong
    if not true_text(said):
        yield "true_on", "", messages.no_date()
    elif said.recorded_at and not bad:
        today = recorded_day(said.recorded_at)
        column = next(name for name, text in texts.items() if text)
        said_column = "said_on" if said.said_on else "source_date"
        for name in dict.fromkeys((column, said_column)):
            text = texts[name]
            if text and first_day(text) > today:
                yield name, text, messages.in_the_future(text, today.isoformat())


def _are_over(texts: tuple[str, ...], today: date) -> bool:
    """Tell at once what is true of nearly every statement: days that there are, none after today."""
    try:
        return all(first_day(text) <= today for text in texts if text)
    except ValueError:
        return False


def _source(said: Statement, directory: Directory) -> Iterator[Finding]:
    """Class and hash of the document; a party's own document is said by a party."""
    rank = said.source.rank
    if rank not in range(1, 7):
        yield "source_rank", str(rank), messages.wrong_rank(rank)
    elif rank <= 3 and said.said_by and said.said_by not in directory.parties:
        message = messages.sayer_is_no_party(said.said_by, rank, directory.parties)
        yield "said_by", said.said_by, message
    if said.source.sha256 and not _HASH.fullmatch(said.source.sha256):
        yield "source_sha256", said.source.sha256, messages.wrong_hash(said.source.sha256)


def _readers(said: Statement, directory: Directory) -> Iterator[Finding]:
    """Public, the coalition, or parties by name and in order."""
    readers = said.visibility
    text = ";".join(readers)
    if not readers:
        yield "visibility", "", messages.nobody_may_read()
    if readers in ((PUBLIC,), (COALITION,)):
        return
    for word in (PUBLIC, COALITION):
        if word in readers:
            yield "visibility", text, messages.mixed_visibility(word)
    for name in readers:
        if name not in directory.parties and name not in {PUBLIC, COALITION}:
            yield "visibility", text, messages.unknown_party(name, directory.parties)
    if list(readers) != sorted(set(readers)):
        yield "visibility", text, messages.unsorted_visibility(sorted(set(readers)))


def _links(said: Statement) -> Iterator[Finding]:
    """Links to other matters, and what is corrected."""
    for column in ("part_of", "same_as"):
        name = getattr(said, column)
        if name and name == said.matter:
            yield column, name, messages.link_to_itself(name)
    if said.part_of and said.part_of == said.same_as:
        yield "same_as", said.same_as, messages.two_links_to_one(said.same_as)
    if said.share is not None and not said.part_of:
        yield "share", say_range(said.share, scale_of(said.currency)), messages.share_without_link()
    if said.milestone == "linked" and not said.part_of and not said.same_as:
        yield "part_of", "", messages.links_nothing()
    if said.corrects and not said.reason:
        yield "reason", "", messages.needs_reason()
    if said.milestone == "void" and not said.corrects:
        yield "corrects", "", messages.void_corrects_nothing()
