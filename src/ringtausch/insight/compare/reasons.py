"""Why a variant has no plan, in short.

In: a scenario without a plan, and the time there is to look. Out: the sentences of rows that cannot
hold together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ringtausch.planning.infeasible import find_reason
from ringtausch.planning.watch import Watch

if TYPE_CHECKING:
    from ringtausch.records import Scenario

__all__ = ["why_none"]

#: A reason that takes longer than this is not short any more; diagnosis takes its time.
_SECONDS = 20.0


def why_none(scenario: Scenario, seconds: float = _SECONDS) -> tuple[str, ...]:
    """Name rows that cannot hold together; those that time does not allow to be dropped stay in."""
    watch = Watch(seconds, None)
    return tuple(row.sentence for row in find_reason(scenario, watch).rows)
