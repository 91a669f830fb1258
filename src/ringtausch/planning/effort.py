"""Effort: how much the solver has worked, in counts that do not depend on the machine.

In: what HiGHS says of each run. Out: sums over all runs of one planning. Seconds tell how fast a machine
is; these tell whether there is more to do than there was.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["Effort"]


@dataclass
class Effort:
    """Iterations by kind and nodes of the search, of all runs so far.

    What helpers in other processes do is theirs to count and to hand over with `note`.
    """

    simplex_iterations: int = 0
    interior_point_iterations: int = 0
    crossover_iterations: int = 0
    first_order_iterations: int = 0
    nodes: int = 0

    def note(self, *, simplex: int = 0, nodes: int = 0) -> None:
        """Add what was counted elsewhere."""
        self.simplex_iterations += max(0, simplex)
        self.nodes += max(0, nodes)

    def note_run(self, info: Any) -> None:
        """Add what HiGHS says of its last run; it says -1 where a run had no such thing."""
        self.note(simplex=info.simplex_iteration_count, nodes=info.mip_node_count)
        self.interior_point_iterations += max(0, info.ipm_iteration_count)
        self.crossover_iterations += max(0, info.crossover_iteration_count)
        self.first_order_iterations += max(0, info.pdlp_iteration_count)

    def counts(self) -> dict[str, int]:
        """Return the counts by name.

        Examples
        --------
        >>> effort = Effort()
        >>> effort.note(simplex=12, nodes=1)
        >>> effort.note(simplex=3, nodes=-1)
        >>> effort.counts()["simplex_iterations"], effort.counts()["nodes"]
        (15, 1)
        """
        return asdict(self)
