"""Measures of a plan: burden, deals, readiness windows, slack, use of slots and funds.

In: a scenario, a plan, values of items by basis. Out: tables of typed rows. It knows only `records`:
every figure is computed from the decisions of the plan, whoever made it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ringtausch.lazy import first_use

if TYPE_CHECKING:
    from ringtausch.insight.measures.measuring import Measures, measures, measures_of
    from ringtausch.insight.measures.rows import AS_IN_ITEMS, KINDS, MEASURES

__all__ = ["AS_IN_ITEMS", "KINDS", "MEASURES", "Measures", "measures", "measures_of"]

_HOMES = {
    "AS_IN_ITEMS": "rows",
    "KINDS": "rows",
    "MEASURES": "rows",
    "Measures": "measuring",
    "measures": "measuring",
    "measures_of": "measuring",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    return first_use(__name__, _HOMES, name)
