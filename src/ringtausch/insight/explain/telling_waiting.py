"""Who waits for a row, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ringtausch.insight.explain.telling import target_name, wrapped
from ringtausch.insight.explain.wording import number_text, unit_periods, when_text
from ringtausch.language import _
from ringtausch.records import Scenario

if TYPE_CHECKING:
    from ringtausch.insight.explain.waiting import Waiting, Worth

__all__ = ["tell_waiting"]


def tell_waiting(answer: Waiting) -> Iterator[str]:
    """Tell the whole answer, line by line."""
    for note in answer.notes:
        yield from wrapped(note)
    yield from wrapped(answer.path)
    if not any(worth.freed for worth in (*answer.released, *answer.one_more)):
        yield _("Nobody waits for it: with more room nothing would be better.")
        return
    yield f"  {_('change'):28}{_('who waits'):30}{unit_periods(answer.scenario):>12} {_('when')}"
    for worth in (*answer.released, *answer.one_more):
        yield from _rows(answer.scenario, worth)


def _rows(scenario: Scenario, worth: Worth) -> Iterator[str]:
    if not worth.freed:
        yield f"  {worth.sentence:28}{_('nobody')}"
    for number, freed in enumerate(worth.freed):
        first, last = freed.periods[0], freed.periods[-1]
        when = when_text(scenario, first)
        if last != first:
            when = f"{when} - {when_text(scenario, last)}"
        change = worth.sentence if not number else ""
        amount = number_text(-freed.amount, 1)
        yield f"  {change:28}{target_name(freed.target):30}{amount:>12} {when}"
