"""Planning: a scenario in, the best plan out.

`planner` puts the parts together: `facts` (a scenario as arrays), `layout` (columns), `rules` (rows,
one function per rule of the page), `objectives`, `model` (both as one sparse matrix), `lexicographic`
(one objective after the other) over `solver` (HiGHS, distrusted), `decisions` and `consequences`.
It reads no files and prints nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ringtausch.lazy import first_use

if TYPE_CHECKING:
    from ringtausch.planning.cannot_keep import CannotKeep
    from ringtausch.planning.infeasible import ConflictRow, Infeasible, LimitReached
    from ringtausch.planning.planner import plan
    from ringtausch.planning.solver import METHODS, SolverFault
    from ringtausch.planning.watch import Progress

__all__ = [
    "METHODS",
    "CannotKeep",
    "ConflictRow",
    "Infeasible",
    "LimitReached",
    "Progress",
    "SolverFault",
    "plan",
]

_HOMES = {
    "CannotKeep": "cannot_keep",
    "ConflictRow": "infeasible",
    "Infeasible": "infeasible",
    "LimitReached": "infeasible",
    "METHODS": "solver",
    "Progress": "watch",
    "SolverFault": "solver",
    "plan": "planner",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    return first_use(__name__, _HOMES, name)
