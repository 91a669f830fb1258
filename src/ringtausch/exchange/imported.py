"""What a reader of somebody else's table hands over: a directory, drafts, and what was left out and why.

Rules 1 and 2 of the register, for drafts whose time of recording is told by their sources. Nothing here
knows a file or a format.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ringtausch.register.dates import end_of_day, first_day, last_day
from ringtausch.register.directory import Directory
from ringtausch.register.statement import Statement, to_dict

__all__ = ["Imported", "LeftOut", "recorded_from_sources"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row of a table that became no statement, or one that its table counts nowhere, and why."""

    table: str
    line: int
    row: str
    reason: str


@dataclass(frozen=True, slots=True)
class Imported:
    """All that one table, or a folder of tables, says."""

    directory: Directory
    drafts: tuple[Statement, ...]
    left_out: tuple[LeftOut, ...] = ()
    uncounted: tuple[LeftOut, ...] = ()  # statements that the table itself adds to no total


def recorded_from_sources(drafts: Iterable[Statement]) -> tuple[Statement, ...]:
    """Record drafts as if each had been recorded when its source came out, in that order.

    An import records now, and what was known when cannot be asked of it. This is for tables that say of
    each row when its source appeared, so that known-at questions can be asked (rule 1). The day is the
    source's; where the source's date is coarser than the day when it was said, that day. Ids follow from
    the content, so that the same table gives the same record.

    Examples
    --------
    >>> from ringtausch.register.statement import Source
    >>> late = Statement("m", "request", "asked", Source(5, date="2025-07"), "press", "desk", said_on="2025-07-14")
    >>> recorded_from_sources([late])[0].recorded_at
    '2025-07-14T23:59:59.999999Z'
    """
    found = []
    for number, draft in enumerate(drafts):
        text = json.dumps([number, to_dict(draft)], sort_keys=True, ensure_ascii=False)
        identifier = hashlib.sha256(text.encode()).hexdigest()[:32]
        found.append(draft.recorded(identifier, end_of_day(_known_on(draft))))
    return tuple(sorted(found, key=lambda one: one.recorded_at))


def _known_on(draft: Statement) -> date:
    said = draft.said_on or draft.source.date or draft.true_on
    published = draft.source.date or said
    day = last_day(said)
    inside = first_day(published) <= day <= last_day(published)
    return day if inside else max(day, last_day(published))
