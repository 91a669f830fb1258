"""What the condition and the terms of a statement may say: rule 12 and the page's terms by kind.

In: a condition, or a statement and the directory. Out: what is wrong, by column. Must not know what
else the register holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ringtausch.register import messages
from ringtausch.register.currencies import CURRENCIES
from ringtausch.register.dates import first_day, last_day, wrong_date
from ringtausch.register.directory import Directory
from ringtausch.register.ranges import MONEY_SCALE
from ringtausch.register.shapes import MATTER_TERMS, TERMS
from ringtausch.register.statement import NO_TERMS, Condition, Statement, Terms
from ringtausch.register.vocabulary import MARKS, RUNGS

__all__ = ["check_condition", "check_terms", "exact"]

Finding = tuple[str, str, str]

_EXACT = re.compile(r"\d{1,15}(\.\d{1,12})?|\d{1,15}/\d{1,15}")
_LARGEST = 10**18
_MOST_MONTHS = 1200
_ALL_MILESTONES = tuple(dict.fromkeys(name for kind in RUNGS for name in RUNGS[kind] + MARKS[kind]))
_ALL_RUNGS = tuple(dict.fromkeys(name for kind in RUNGS for name in RUNGS[kind]))
_TERM_NAMES = tuple(Terms.__dataclass_fields__)


def exact(text: str) -> Fraction | None:
    """Read a ratio or a rate: an exact number above 0, None where it is none.

    Examples
    --------
    >>> exact("3/2"), exact("1.5"), exact("0"), exact("about 2")
    (Fraction(3, 2), Fraction(3, 2), None, None)
    """
    if not _EXACT.fullmatch(text) or not text.isascii():
        return None
    try:
        number = Fraction(text)
    except ZeroDivisionError:
        return None
    return number if number > 0 else None


def check_condition(condition: Condition) -> Iterator[Finding]:
    """Say what is wrong with a condition: words, or matters with a milestone and a number (rule 12)."""
    if not condition.matters:
        if condition.milestone:
            message = messages.condition_without_matters("condition_milestone")
            yield "condition_milestone", condition.milestone, message
        if condition.at_least:
            message = messages.condition_without_matters("condition_at_least")
            yield "condition_at_least", str(condition.at_least), message
        if not condition.words and not condition.milestone and not condition.at_least:
            yield "condition_words", "", messages.condition_says_nothing()
        return
    if not condition.milestone:
        yield "condition_milestone", "", messages.condition_needs("condition_milestone")
    elif condition.milestone not in _ALL_MILESTONES:
        message = messages.unknown_rung(condition.milestone, _ALL_MILESTONES)
        yield "condition_milestone", condition.milestone, message
    if condition.at_least == 0:
        yield "condition_at_least", "0", messages.condition_needs("condition_at_least")
    elif condition.at_least < 0:
        text = str(condition.at_least)
        yield "condition_at_least", text, messages.not_below_zero(text)


def check_terms(said: Statement, directory: Directory) -> Iterator[Finding]:
    """Say which terms the kind of matter does not have, lacks, or has with a wrong value."""
    terms = said.terms
    for name in MATTER_TERMS.get((said.kind, said.milestone), ()):
        if getattr(terms, name) in {"", None}:
            column = f"terms_{name}"
            yield column, "", messages.needs_term(said.kind, said.milestone, column)
    if terms == NO_TERMS:
        return
    allowed = TERMS[said.kind]
    for name in _TERM_NAMES:
        value = getattr(terms, name)
        if value not in {"", None, ()} and name not in allowed:
            message = messages.terms_of_another_kind(said.kind, allowed)
            yield f"terms_{name}", str(value), message
    yield from _names(terms, directory)
    yield from _numbers(terms)
    yield from _dates(terms)


def _names(terms: Terms, directory: Directory) -> Iterator[Finding]:
    if terms.item and terms.item not in directory.items:
        yield "terms_item", terms.item, messages.unknown_item(terms.item, directory.items)
    parties = [(name, getattr(terms, name)) for name in ("replacer", "guarantor", "pool")]
    for name, party in [*parties, *(("boundary", giver) for giver in terms.boundary)]:
        if party and party not in directory.parties:
            yield f"terms_{name}", party, messages.unknown_party(party, directory.parties)
    if terms.to_currency and terms.to_currency not in CURRENCIES:
        message = messages.unknown_currency(terms.to_currency, CURRENCIES)
        yield "terms_to_currency", terms.to_currency, message
    if terms.rung and terms.rung not in _ALL_RUNGS:
        yield "terms_rung", terms.rung, messages.unknown_rung(terms.rung, _ALL_RUNGS)


def _numbers(terms: Terms) -> Iterator[Finding]:
    for name in ("ratio", "rate"):
        text = getattr(terms, name)
        if text and exact(text) is None:
            yield f"terms_{name}", text, messages.not_exact(text)
    if terms.within is not None and not 0 <= terms.within <= _MOST_MONTHS:
        yield "terms_within", str(terms.within), messages.not_months(terms.within)
    if terms.to_quantity is not None:
        text = str(terms.to_quantity)
        if terms.to_quantity < 0:
            yield "terms_to_quantity", text, messages.not_below_zero(text)
        elif terms.to_quantity >= _LARGEST:
            message = messages.too_large(terms.to_quantity, MONEY_SCALE)
            yield "terms_to_quantity", text, message


def _dates(terms: Terms) -> Iterator[Finding]:
    bad = False
    for name in ("due", "rate_date", "since", "through"):
        text = getattr(terms, name)
        wrong = wrong_date(text) if text else None
        if wrong is not None:
            bad = True
            yield f"terms_{name}", text, wrong
    if (
        not bad
        and terms.since
        and terms.through
        and first_day(terms.since) > last_day(terms.through)
    ):
        message = messages.ends_before_it_begins(terms.since, terms.through)
        yield "terms_through", terms.through, message
