"""Rule 13: the dispatches of an item form no circle of parties.

Most plans have no circle, so that the rule is added only where a solution breaks it: each arrow of
the circle gets a yes or no, and not all of them may be yes. A solution without circles that was best
without these rows is best with them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from ringtausch.planning.arrays import FloatArray, IntArray
from ringtausch.planning.layout import Layout
from ringtausch.planning.rows import Rows

__all__ = ["Arrow", "CircleCuts", "find_circles"]

#: Dispatches below this vanish from a written plan.
DUST = 1e-6

#: A giver, a receiver and an item, by number.
Arrow = tuple[int, int, int]


def find_circles(layout: Layout, columns: FloatArray) -> list[tuple[Arrow, ...]]:
    """Find circles in what a solution dispatches: for each item at least one where there is any."""
    x = layout.dispatches
    moved = columns[x.column] * x.units > DUST
    arrows: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for giver, receiver, item in zip(
        x.giver[moved].tolist(), x.receiver[moved].tolist(), x.item[moved].tolist(), strict=True
    ):
        arrows[item][giver].add(receiver)
    circles: dict[frozenset[Arrow], tuple[Arrow, ...]] = {}
    for item, graph in sorted(arrows.items()):
        for start in sorted(graph):
            path = _shortest_way_back(graph, start)
            if path:
                circle = tuple((a, b, item) for a, b in pairwise(path))
                circles.setdefault(frozenset(circle), circle)
    return list(circles.values())


def _shortest_way_back(graph: dict[int, set[int]], start: int) -> list[int]:
    """Find the shortest circle through a party, as a list that begins and ends with it."""
    came_from: dict[int, int] = {}
    edge = [start]
    while edge:
        following = []
        for giver in edge:
            for receiver in sorted(graph.get(giver, ())):
                if receiver == start:
                    path = [start, giver]
                    while path[-1] != start:
                        path.append(came_from[path[-1]])
                    return path[::-1]
                if receiver not in came_from:
                    came_from[receiver] = giver
                    following.append(receiver)
        edge = following
    return []


@dataclass
class CircleCuts:
    """The arrows that have a yes or no, and the circles that are forbidden."""

    first_column: int  # the number of the first yes-or-no column
    arrows: dict[Arrow, int] = field(default_factory=dict)
    circles: list[tuple[Arrow, ...]] = field(default_factory=list)

    def forbid(self, circles: list[tuple[Arrow, ...]]) -> None:
        """Forbid circles; new arrows get their columns behind those there are."""
        for circle in circles:
            self.circles.append(circle)
            for arrow in circle:
                self.arrows.setdefault(arrow, self.first_column + len(self.arrows))

    def rows(self, layout: Layout, upper: FloatArray) -> list[Rows]:
        """Write the rule down: an offer moves along an arrow only if it is there; no circle is whole.

        Parameters
        ----------
        layout
            Where the dispatches are.
        upper
            (column,) The most that each may be: with what an offer can move at most along an arrow the
            relaxation says more of it.
        """
        x, offers = layout.dispatches, layout.facts.offers
        links: list[tuple[IntArray, int, float]] = []
        for (giver, receiver, item), column in self.arrows.items():
            along = (x.giver == giver) & (x.receiver == receiver) & (x.item == item)
            for offer in np.unique(x.offer[along]):
                members = np.flatnonzero(along & (x.offer == offer))
                at_most = float(np.sum(x.units[members] * upper[x.column[members]]))
                links.append((members, column, min(offers.quantity[offer], at_most)))
        moved = Rows.at_most("no_circles", np.zeros(len(links)))
        for row, (members, column, most) in enumerate(links):
            moved.add(np.full(len(members), row), x.column[members], x.units[members])
            moved.add(np.array([row]), np.array([column]), -most)
        broken = Rows.at_most(
            "no_circles", np.array([len(circle) - 1.0 for circle in self.circles])
        )
        for row, circle in enumerate(self.circles):
            columns = np.array([self.arrows[arrow] for arrow in circle])
            broken.add(np.full(len(columns), row), columns, 1.0)
        return [moved, broken]
