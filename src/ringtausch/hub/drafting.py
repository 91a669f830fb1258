"""Drafts from words: one statement by its fields, a correction of one, and voids.

Rules 3 and 11 of the register decide later whether they may be recorded. In: texts by column, as in a table of
statements. Out: drafts with places, or every problem at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ringtausch.exchange.statement_columns import (
    COLUMNS,
    REQUIRED,
    make_statement,
    read_cells,
    texts_of,
)
from ringtausch.exchange.statement_messages import must_be_filled
from ringtausch.hub.importing import Import
from ringtausch.records.problems import Problem
from ringtausch.register.checking import InvalidStatements, Place, check_statement
from ringtausch.register.directory import Directory
from ringtausch.register.ranges import UNKNOWN
from ringtausch.register.statement import Statement
from ringtausch.register.view import standing

__all__ = ["correction_of", "draft_of", "usual", "voids_of"]

_GIVEN_ANEW = ("id", "recorded_at", "recorded_by", "corrects", "reason")


def usual(given: Mapping[str, str], reader: str) -> dict[str, str]:
    """Add what goes without saying: a party that records says so itself."""
    texts = dict(given)
    if reader:
        texts.setdefault("said_by", reader)
    return texts


def draft_of(texts: Mapping[str, str], directory: Directory, *, file: str = "statement") -> Import:
    """Read one statement from texts by column; empty ones are not said.

    Raises
    ------
    InvalidStatements
        With everything that is wrong with it.
    """
    filled = {name: text for name, text in texts.items() if text.strip()}
    assert set(filled) <= set(COLUMNS), "columns of a table"
    place = Place(file, 0, filled.get("unit", ""))
    bad: dict[str, Problem] = {}

    def refuse(column: str, text: str, message: str) -> None:
        bad[column] = Problem(file, 0, column, text, message)

    values = read_cells(filled, refuse)
    for name in REQUIRED:
        if name not in filled:
            refuse(name, "", must_be_filled(name))
    # Who records it is said when it is recorded.
    draft = make_statement(values)
    checked = check_statement(replace(draft, recorded_by="anybody"), directory, place)
    problems = [*bad.values(), *(one for one in checked if one.column not in bad)]
    if problems:
        raise InvalidStatements(problems)
    return Import([(draft, place)], Directory())


def correction_of(
    said: Statement, given: Mapping[str, str], reason: str, directory: Directory
) -> Import:
    """Draft what takes the place of a statement: the same, but for the fields that are given.

    Raises
    ------
    InvalidStatements
        With everything that is wrong with it.
    """
    texts = {name: text for name, text in texts_of(said).items() if name not in _GIVEN_ANEW}
    texts |= {**given, "corrects": said.id, "reason": reason}
    if "quantity" not in given and said.quantity == UNKNOWN:
        texts["quantity"] = "unknown"
    found = draft_of(texts, directory)
    return Import([(draft, place) for draft, place in found.drafts], Directory())


def voids_of(said: Statement, everything: Iterable[Statement], reason: str) -> Import:
    """Draft what puts nothing in the place of a statement, and of all that stand or fall with it."""
    together = [
        one
        for one in standing(everything)
        if said.chain and (one.chain, one.recorded_by) == (said.chain, said.recorded_by)
    ]
    drafts = [_void(one, reason) for one in together or [said]]
    return Import([(draft, Place("statement", 0)) for draft in drafts], Directory())


def _void(said: Statement, reason: str) -> Statement:
    return Statement(
        matter=said.matter,
        kind=said.kind,
        milestone="void",
        source=said.source,
        said_by=said.said_by,
        recorded_by="",
        said_on=said.said_on,
        true_on=said.true_on,
        event=said.event,
        visibility=said.visibility,
        corrects=said.id,
        reason=reason,
        chain=said.chain,
    )
