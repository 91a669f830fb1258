"""Planning: a scenario in, the best plan out.

`planner` puts the parts together: `facts` (a scenario as arrays), `layout` (columns), `rules` (rows,
one function per rule of the page), `objectives`, `model` (both as one sparse matrix), `lexicographic`
(one objective after the other) over `solver` (HiGHS, distrusted), `decisions` and `consequences`.
It reads no files and prints nothing.
"""

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
