"""Random statements for properties: each may be recorded by itself, and every field is drawn.

A new field of a statement is done when `statements` draws it: then tables and exports are held to it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import hypothesis.strategies as st

from ringtausch.register.ranges import UNKNOWN, Range
from ringtausch.register.shapes import HOLDS, MATTER_TERMS, PARTIES, TERMS
from ringtausch.register.statement import Condition, Source, Statement, Terms
from ringtausch.register.vocabulary import BASES, KINDS, RUNGS, milestones
from tests.register.builders import DIRECTORY

__all__ = ["dates", "matters", "statements", "texts"]

_PARTIES = tuple(DIRECTORY.parties)

#: Dates as people say them, none after 2025.
dates = st.one_of(
    st.dates(min_value=date(1890, 1, 1), max_value=date(2025, 6, 30)).map(str),
    st.integers(1900, 2024).map(str),
    st.builds("{}-Q{}".format, st.integers(1900, 2024), st.integers(1, 4)),
    st.builds("{}-{:02}".format, st.integers(1900, 2024), st.integers(1, 12)),
)
#: Free texts, with everything that a table could stumble over.
texts = st.text(
    st.one_of(
        st.sampled_from("\n\t \",;=+-@#%'„ \u00a0_x0041_"),
        st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")),
    ),
    max_size=30,
).map(str.strip)
#: Names of matters, events and chains.
matters = (
    st.text(
        st.one_of(st.sampled_from('-1 a",=_'), st.characters(categories=("L", "N", "P"))),
        min_size=1,
        max_size=12,
    )
    .map(lambda text: text.replace(";", "").strip())
    .filter(bool)
)
_hashes = st.text("0123456789abcdef", min_size=64, max_size=64)
_exact = st.sampled_from(["2", "1.5", "3/2", "0.0001"])


def _or_empty(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(st.just(""), strategy)


@st.composite
def ranges(draw: st.DrawFn, step: int) -> Range:
    """Draw an exact quantity, a range, up to, at least, nothing or unknown, in steps."""
    least, more = draw(st.integers(0, 10**9)), draw(st.integers(0, 10**6))
    return draw(
        st.sampled_from(
            [
                UNKNOWN,
                Range(least * step, least * step),
                Range(least * step, (least + more) * step),
                Range(0, more * step),
                Range(least * step, None),
            ]
        )
    )


@st.composite
def sources(draw: st.DrawFn) -> Source:
    """Draw a document of any class."""
    return Source(
        draw(st.integers(1, 6)),
        draw(texts),
        draw(texts),
        draw(dates),
        draw(texts),
        draw(_or_empty(_hashes)),
    )


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    """Draw words, or matters with a milestone and a number."""
    if draw(st.booleans()):
        return Condition(draw(texts.filter(bool)))
    kind = draw(st.sampled_from(KINDS))
    return Condition(
        draw(texts),
        tuple(draw(st.lists(matters, min_size=1, max_size=3))),
        draw(st.sampled_from(RUNGS[kind])),
        draw(st.integers(1, 10**6)) * 1000,
    )


@st.composite
def terms(draw: st.DrawFn, kind: str, milestone: str) -> Terms:
    """Draw terms that the kind of matter has, those that the milestone needs among them."""
    party, months = st.sampled_from(_PARTIES), st.integers(0, 1200)
    strategies: dict[str, st.SearchStrategy[Any]] = {
        **dict.fromkeys(("of", "earmark"), matters),
        **dict.fromkeys(("due", "rate_date"), dates),
        **dict.fromkeys(("replacer", "guarantor", "pool"), party),
        **dict.fromkeys(("ratio", "rate"), _exact),
        "item": st.sampled_from(tuple(DIRECTORY.items)),
        "within": months,
        "to_currency": st.sampled_from(["EUR", "USD", "JPY"]),
        "to_quantity": st.integers(0, 10**12),
        "rate_source": texts,
        "boundary": st.lists(party, unique=True, max_size=3).map(tuple),
        "rung": st.sampled_from(["pledged", "committed"]),
        "since": st.just("2024"),
        "through": st.just("2025-Q1"),
    }
    needed = MATTER_TERMS.get((kind, milestone), ())
    chosen = draw(st.sets(st.sampled_from(TERMS[kind]))) if TERMS[kind] else set()
    return Terms(**{name: draw(strategies[name]) for name in sorted({*chosen, *needed})})


@st.composite
def _what(draw: st.DrawFn, kind: str, milestone: str) -> dict[str, Any]:
    """Draw item or currency, quantity, share and what it lies inside."""
    money = HOLDS[kind] == "money" or (HOLDS[kind] == "either" and draw(st.booleans()))
    item = "" if money else draw(st.sampled_from(tuple(DIRECTORY.items)))
    currency = draw(st.sampled_from(["EUR", "USD", "JPY"])) if money else ""
    step = {"fuel": 1, "JPY": 10_000, "EUR": 100, "USD": 100}.get(item or currency, 1000)
    quantity = draw(st.one_of(st.none(), ranges(step)))
    if milestone == "exchanged":
        sold = draw(st.integers(0, 10**12)) * step
        quantity = Range(sold, sold)
    part_of = "" if milestone != "linked" and draw(st.booleans()) else "whole"
    share = draw(st.one_of(st.none(), ranges(step))) if part_of else None
    return {
        "item": item,
        "currency": currency,
        "quantity": quantity,
        "part_of": part_of,
        "share": share,
        "same_as": draw(_or_empty(st.just("other name"))),
    }


@st.composite
def _worth(draw: st.DrawFn) -> dict[str, Any]:
    if draw(st.booleans()):
        return {}
    return {
        "value": draw(st.integers(0, 10**15)),
        "value_currency": draw(st.sampled_from(["EUR", "JPY"])),
        "basis": draw(st.sampled_from(BASES)),
        "method": draw(texts),
        "value_document": draw(texts),
    }


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """Draw a statement of any kind and milestone that may be recorded by itself."""
    kind = draw(st.sampled_from(KINDS))
    milestone = draw(st.sampled_from(milestones(kind)))
    needed = PARTIES.get((kind, milestone), ())
    giver, receiver = draw(st.permutations(_PARTIES))[:2]
    corrects = "0" * 32 if milestone == "void" or draw(st.booleans()) else ""
    readers = st.lists(st.sampled_from(_PARTIES), min_size=1, unique=True).map(sorted).map(tuple)
    return Statement(
        matter=draw(matters),
        kind=kind,
        milestone=milestone,
        source=draw(sources()),
        said_by=draw(st.sampled_from(_PARTIES)),
        recorded_by=draw(st.sampled_from([*_PARTIES, "a desk, somewhere"])),
        id=draw(st.uuids().map(lambda one: one.hex)),
        recorded_at="2025-07-01T10:00:00.000000Z",
        event=draw(_or_empty(matters)),
        giver=giver if "giver" in needed or draw(st.booleans()) else "",
        receiver=receiver if "receiver" in needed or draw(st.booleans()) else "",
        true_on=draw(_or_empty(dates)),
        said_on=draw(_or_empty(dates)),
        visibility=draw(st.one_of(st.just(("public",)), st.just(("coalition",)), readers)),
        condition=draw(st.one_of(st.none(), conditions())),
        until=draw(_or_empty(st.just("2031-Q2"))),
        terms=draw(terms(kind, milestone)),
        corrects=corrects,
        reason=draw(texts.filter(bool)) if corrects else "",
        chain=draw(_or_empty(matters)),
        note=draw(texts),
        **draw(_what(kind, milestone)),
        **draw(_worth()),
    )
