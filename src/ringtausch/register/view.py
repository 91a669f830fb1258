"""Rules 1 and 3 of the register: which statements a party may see, and which of them stand.

In: statements, who asks, and up to when things were known. Out: the statements in view, and those of them
that nothing in view corrects. Every figure is made of these alone, so that nothing hidden shows in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ringtausch.register.dates import end_of_day
from ringtausch.register.directory import Directory
from ringtausch.register.statement import COALITION, PUBLIC, Statement

__all__ = ["ALL", "may_read", "standing", "view"]

#: The reader who may read everything: whoever holds the whole register.
ALL = "*"

_DAY = len("2025-07-20")


def may_read(statement: Statement, reader: str | None, directory: Directory) -> bool:
    """Tell whether a party may see a statement (rule 1).

    Parameters
    ----------
    statement
        What is to be seen.
    reader
        `ALL`, the name of a party, or None for the public.
    directory
        Who belongs to the coalition.

    Examples
    --------
    >>> from ringtausch.register.statement import Source
    >>> secret = Statement("m", "request", "asked", Source(1), "UKR", "UKR", visibility=("DEU", "UKR"))
    >>> [may_read(secret, reader, Directory()) for reader in (ALL, "DEU", "FRA", None)]
    [True, True, False, False]
    """
    visibility = statement.visibility
    if reader == ALL or PUBLIC in visibility:
        return True
    if reader is None:
        return False
    return reader in visibility or (COALITION in visibility and reader in directory.coalition)


def view(
    statements: Iterable[Statement],
    *,
    reader: str | None,
    known_at: str | None,
    directory: Directory,
) -> tuple[Statement, ...]:
    """Choose the statements that a party could see at a time: V of the rules (rule 1).

    Parameters
    ----------
    statements
        All that are recorded, in any order.
    reader
        `ALL`, the name of a party, or None for the public.
    known_at
        The last moment of recording, as `dates.instant` writes it; a day means its end; None means all.
    directory
        Who belongs to the coalition.
    """
    if known_at is not None and len(known_at) == _DAY:
        known_at = end_of_day(date.fromisoformat(known_at))
    return tuple(
        statement
        for statement in statements
        if (known_at is None or statement.recorded_at <= known_at)
        and may_read(statement, reader, directory)
    )


def standing(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Leave out what a statement in view corrects, even if that one is itself corrected (rule 3).

    A `void` one puts nothing in the place of what it corrects, so that it is left out as well.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from ringtausch.register.statement import Source
    >>> first = Statement("m", "request", "asked", Source(1), "UKR", "UKR", id="1")
    >>> second, third = replace(first, id="2", corrects="1"), replace(first, id="3", corrects="2")
    >>> [statement.id for statement in standing([first, second, third])]
    ['3']
    """
    seen = tuple(statements)
    corrected = {statement.corrects for statement in seen if statement.corrects}
    return tuple(
        statement
        for statement in seen
        if statement.id not in corrected and statement.milestone != "void"
    )
