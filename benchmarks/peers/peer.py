"""What every peer can do, and the lexicographic order by bound rows that all of them share.

In: a peer's model. Out: the status, value and seconds of each objective in turn. Nothing here knows a
library; a peer adds variables, rows and objectives in its own.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from benchmarks.peers.data import Data

__all__ = ["WAYS", "Answer", "Arrow", "Peer", "Step", "find_circles", "highs_options",
           "solve_in_order"]  # fmt: skip

#: As the library comes; its best method for these models; and, to check the model rather than the
#: clock, HiGHS without its presolve, which now and then cuts off the best plan.
WAYS = ("defaults", "best", "safe")

#: An item, who gives it, who receives it.
Arrow = tuple[str, str, str]
#: Less than this is a solver's zero, of a dispatch as of an objective in money or units.
DUST = 1e-6
#: The slack of a bound row, relative to max(1, |value|): a hundredth of what the problem allows. With
#: more, later objectives make so much of it that one no longer sees whether two programs agree, and
#: HiGHS calls more models infeasible that have the last step's plan (see README.md).
SLACK = 1e-8


@dataclass(frozen=True)
class Answer:
    """What a solver says: "optimal", or its own word for anything else; the value in money or units."""

    status: str
    value: float = float("nan")


@dataclass(frozen=True)
class Step:
    """One objective in its turn, with the value in the objective's own unit."""

    objective: str
    status: str
    value: float | None
    seconds: float
    repeated: bool = False  # the first answer was that there is no plan, where there was one


class Peer(Protocol):
    """A model in one library."""

    def minimise(self, objective: str, seconds: float, attempt: int = 0) -> Answer:
        """Solve for one objective among the rows there are, each attempt in another way."""

    def keep(self, objective: str, limit: float) -> None:
        """Add a row: the objective stays at or below a limit."""

    def arrows(self) -> Iterable[Arrow]:
        """List along which arrows more than dust moves in the last solution."""

    def forbid(self, circle: list[Arrow]) -> None:
        """Give each arrow of a circle a yes or no, and let not all of them be yes (rule 13)."""


def solve_in_order(
    data: Data, peer: Peer, seconds: float, report: Callable[[Step], None]
) -> list[Step]:
    """Minimise the objectives one after the other, each among the best plans of the former ones.

    Parameters
    ----------
    data
        Which objectives, and what later ones may take from earlier ones.
    peer
        The model.
    seconds
        For all of them together.
    report
        Told of each step when it is done, so that what a killed process had is known.
    """
    ends = time.monotonic() + seconds
    steps: list[Step] = []
    for name in data.objectives:
        begun = time.monotonic()
        answer = _without_circles(peer, name, ends)
        repeated = bool(steps) and answer.status not in {"optimal", "limit"}
        for attempt in (1, 2) if repeated else ():
            # The plan of the last step obeys every row. Whoever sees this solves once more.
            if answer.status not in {"optimal", "limit"}:
                answer = _without_circles(peer, name, ends, attempt)
        took = time.monotonic() - begun
        unit = data.unit if name in {"spend", "moved_value", "unfairness"} else 1.0
        value = 0.0 if abs(answer.value) < DUST else answer.value  # a solver's zero
        best = value * unit if answer.status == "optimal" else None
        steps.append(Step(name, answer.status, best, round(took, 3), repeated))
        report(steps[-1])
        if best is None:
            break
        limit = best * (1 + data.tolerance.get(name, 0.0)) + data.allowance.get(name, 0.0)
        peer.keep(name, (limit + SLACK * max(1.0, abs(best))) / unit)
    return steps


def _without_circles(peer: Peer, name: str, ends: float, attempt: int = 0) -> Answer:
    """Solve, forbid the circles in the answer, and solve again until there is none.

    Most scenarios have no circle, and rows that no answer breaks would cost every peer binaries. An
    answer without circles that is best without these rows is best with them.
    """
    while True:
        left = ends - time.monotonic()
        if left <= 0:
            return Answer("limit")
        answer = peer.minimise(name, left, attempt)
        if answer.status != "optimal":
            return answer
        circles = find_circles(peer.arrows())
        if not circles:
            return answer
        for circle in circles:
            peer.forbid(circle)


def highs_options(way: str, *, whole: bool, attempt: int) -> dict[str, float | str]:
    """Choose what HiGHS is told, beside the time limit.

    The gap is 0 in every way: a later objective means nothing while an earlier one is not at its best.

    Parameters
    ----------
    way
        One of `WAYS`.
    whole
        There are whole numbers, so that the interior point solves the relaxations only.
    attempt
        0, and 1 or 2 after a wrong "infeasible": then the methods of the other ways.

    Examples
    --------
    >>> highs_options("best", whole=False, attempt=0)
    {'mip_rel_gap': 0.0, 'solver': 'ipx'}
    """
    interior: dict[str, float | str] = {"mip_lp_solver" if whole else "solver": "ipx"}
    bare: dict[str, float | str] = {"presolve": "off"}
    order = {"defaults": ({}, bare, interior), "best": (interior, {}, bare)}
    return {"mip_rel_gap": 0.0} | order.get(way, (bare, {}, interior))[attempt]


def find_circles(arrows: Iterable[Arrow]) -> list[list[Arrow]]:
    """Find circles, for each item at least one where there is any.

    Examples
    --------
    >>> find_circles([("gun", "A", "B"), ("gun", "B", "A"), ("tank", "A", "B")])
    [[('gun', 'A', 'B'), ('gun', 'B', 'A')]]
    >>> find_circles([("gun", "A", "B"), ("gun", "B", "C"), ("gun", "A", "C")])
    []
    """
    receivers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item, giver, receiver in sorted(arrows):
        receivers[item, giver].append(receiver)
    circles: dict[frozenset[Arrow], list[Arrow]] = {}
    for item, start in receivers:
        reached: dict[str, list[Arrow]] = {start: []}
        queue = [start]
        for giver in queue:  # breadth first: the shortest way back
            for receiver in receivers.get((item, giver), ()):
                path = [*reached[giver], (item, giver, receiver)]
                if receiver == start:
                    circles.setdefault(frozenset(path), path)
                    queue.clear()
                    break
                if receiver not in reached:
                    reached[receiver] = path
                    queue.append(receiver)
    return list(circles.values())
