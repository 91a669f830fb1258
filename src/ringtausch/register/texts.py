"""The texts of a statement: which characters a name may have, and a note, and how long they may be.

What cannot be seen makes two names of one, and what a table cannot hold is lost on the way. In: a
statement. Out: what is wrong with its texts, by column. Must not know what the texts mean.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from operator import attrgetter

from ringtausch.register import messages
from ringtausch.register.statement import NO_TERMS, Statement, Terms

__all__ = ["FREE", "NAMES", "check_texts"]

#: Fields that are names, or texts of one line.
NAMES = (
    *("id", "matter", "kind", "milestone", "event", "giver", "receiver", "item", "currency"),
    *("value_currency", "basis", "said_by", "recorded_by", "part_of", "same_as", "corrects"),
    "chain",
)
#: Fields that are free texts.
FREE = ("method", "value_document", "reason", "note")
_SOURCE_TEXTS = ("title", "publisher", "address")
_FREE_COLUMNS = (*FREE, *(f"source_{name}" for name in _SOURCE_TEXTS))
_names_of, _free_of, _source_of = (attrgetter(*n) for n in (NAMES, FREE, _SOURCE_TEXTS))
_TERM_NAMES = ("of", "item", "replacer", "guarantor", "earmark", "pool")

_LONGEST_NAME = 200
_LONGEST_TEXT = 10_000

#: Categories of Unicode that no text may have: controls, half a pair, not assigned, ends of lines.
_UNSEEN = {"Cc", "Cs", "Cn", "Zl", "Zp"}


def check_texts(said: Statement) -> Iterator[tuple[str, str, str]]:
    """Say which texts have characters that cannot be seen, or are too long."""
    # What is true of nearly every statement is asked at once: this is done for every row of an import.
    if not all(map(_is_name, _names_of(said))):
        for column in NAMES:
            if text := getattr(said, column):
                yield from _name(column, text)
    texts = (*_free_of(said), *_source_of(said.source))
    if not all(map(_is_plain, texts)):
        for column, text in zip(_FREE_COLUMNS, texts, strict=True):
            yield from _free(column, text)
    if said.condition is not None:
        yield from _free("condition_words", said.condition.words)
        for text in said.condition.matters:
            yield from _name("condition_matters", text)
    if said.terms is not NO_TERMS:
        yield from _texts_of_terms(said.terms)


def _texts_of_terms(terms: Terms) -> Iterator[tuple[str, str, str]]:
    for name in _TERM_NAMES:
        yield from _name(f"terms_{name}", getattr(terms, name))
    for text in terms.boundary:
        yield from _name("terms_boundary", text)
    yield from _free("terms_rate_source", terms.rate_source)


@lru_cache(maxsize=8192)
def _is_name(text: str) -> bool:
    """Tell at once what is true of nearly every name: most stand in many statements."""
    return not any(_name("", text))


@lru_cache(maxsize=1024)
def _is_plain(text: str) -> bool:
    """Tell at once what is true of nearly every free text: those about a source stand in many statements."""
    return not any(_free("", text))


def _name(column: str, text: str) -> Iterator[tuple[str, str, str]]:
    if not text.isprintable() or text != text.strip():
        yield column, text, messages.untidy_text(text)
    elif ";" in text:
        yield column, text, messages.separator_in_name(text)
    elif len(text) > _LONGEST_NAME:
        yield column, text, messages.too_long(len(text), _LONGEST_NAME)


def _free(column: str, text: str) -> Iterator[tuple[str, str, str]]:
    if text != text.strip() or (not text.isprintable() and _has_unseen(text)):
        yield column, text, messages.untidy_text(text)
    elif len(text) > _LONGEST_TEXT:
        yield column, text, messages.too_long(len(text), _LONGEST_TEXT)


def _has_unseen(text: str) -> bool:
    """Tell whether a text has more than lines, tabs, and blanks of any width."""
    return any(
        unicodedata.category(character) in _UNSEEN for character in text if character not in "\n\t"
    )
