"""Rule 13 written out: no circles of parties, for a solver that cannot be asked again.

`circles` forbids a circle when a solution has one; a file must hold the whole rule. In: the layout.
Out: columns and rows behind those of the model, none where no circle is possible. An arrow (an item, from
one party to another) lies on a possible circle just where its parties reach each other along arrows
on which something may be dispatched. Each such arrow is a yes or no; each party among them has a place in
an order, and an arrow leads to a later place. Any set of arrows without a circle has such an order, and
none with a circle has.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ringtausch.planning.arrays import BoolArray, IntArray
from ringtausch.planning.layout import Layout
from ringtausch.planning.rows import Rows

__all__ = [
    "PossibleCircles",
    "find_possible_circles",
    "no_circles_arrow",
    "no_circles_order",
    "no_circles_pair",
]


@dataclass(frozen=True)
class PossibleCircles:
    """The arrows on possible circles, and the columns that the rule needs."""

    item: IntArray  # (arrow,)
    giver: IntArray  # (arrow,) party
    receiver: IntArray  # (arrow,) party
    arrow: IntArray  # (arrow,) column, a yes or no
    size: IntArray  # (arrow,) how many parties reach each other by this item
    placed_item: IntArray  # (place,)
    placed_party: IntArray  # (place,)
    place: IntArray  # (place,) column, 0 or more
    place_max: IntArray  # (place,)

    @property
    def count(self) -> int:
        """How many columns there are."""
        return len(self.arrow) + len(self.place)


def find_possible_circles(layout: Layout) -> PossibleCircles:
    """Find the arrows that lie on a possible circle and number their columns behind the layout's."""
    x, names = layout.dispatches, layout.facts.names
    parties = len(names.parties)
    moves = layout.upper[x.column] > 0
    kept: list[tuple[int, int, int, int]] = []
    placed: list[tuple[int, int, int]] = []
    for item in np.unique(x.item[moves]).tolist():
        along = moves & (x.item == item)
        arrows = np.zeros((parties, parties), dtype=np.bool_)
        arrows[x.giver[along], x.receiver[along]] = True
        mutual = _mutual(arrows)
        size = mutual.sum(axis=1)
        giver, receiver = np.nonzero(arrows & mutual)
        kept += [
            (item, a, b, int(size[a]))
            for a, b in zip(giver.tolist(), receiver.tolist(), strict=True)
        ]
        # two parties need no order: one of their two arrows at most is there
        placed += [(item, party, int(size[party])) for party in np.flatnonzero(size > 2).tolist()]
    item_, giver_, receiver_, size_ = np.array(kept, dtype=np.int64).reshape(-1, 4).T
    placed_item, placed_party, placed_size = np.array(placed, dtype=np.int64).reshape(-1, 3).T
    first = layout.count
    return PossibleCircles(
        item=item_,
        giver=giver_,
        receiver=receiver_,
        arrow=first + np.arange(len(kept)),
        size=size_,
        placed_item=placed_item,
        placed_party=placed_party,
        place=first + len(kept) + np.arange(len(placed)),
        place_max=placed_size - 1,
    )


def _mutual(arrows: BoolArray) -> BoolArray:
    """(party, party) Tell which parties reach each other; none reaches itself but by others."""
    reaches = arrows.copy()
    while True:
        further = reaches | (reaches.astype(np.float64) @ reaches > 0)
        if np.array_equal(further, reaches):
            return reaches & reaches.T
        reaches = further


def no_circles_arrow(layout: Layout, circles: PossibleCircles) -> tuple[Rows, IntArray]:
    """Let an offer move along an arrow only if it is there: Σ_t x - most·arrow ≤ 0.

    Returns for each row its offer and receiver too: (row, 2).
    """
    x, offers = layout.dispatches, layout.facts.offers
    number = _numbers(layout, circles)[x.item, x.giver, x.receiver]
    mine = np.flatnonzero((number >= 0) & (layout.upper[x.column] > 0))
    ways, row = np.unique(
        np.stack([x.offer[mine], x.receiver[mine], number[mine]], axis=1),
        axis=0,
        return_inverse=True,
    )
    row = row.ravel()
    possible = np.bincount(row, layout.upper[x.column[mine]] * x.units[mine], minlength=len(ways))
    most = np.minimum(offers.quantity[ways[:, 0]], possible)
    rows = Rows.at_most("no_circles", np.zeros(len(ways)))
    rows.add(row, x.column[mine], x.units[mine])
    rows.add(np.arange(len(ways)), circles.arrow[ways[:, 2]], -most)
    return rows, ways[:, :2]


def no_circles_pair(layout: Layout, circles: PossibleCircles) -> tuple[Rows, IntArray]:
    """Let an item go between two parties one way at most: arrow + arrow back ≤ 1.

    For more than two parties it follows from the order, but it helps a solver. Returns for each row its arrow.
    """
    back = _numbers(layout, circles)[circles.item, circles.receiver, circles.giver]
    both = np.flatnonzero((back >= 0) & (circles.giver < circles.receiver))
    rows = Rows.at_most("no_circles", np.ones(len(both)))
    rows.add(np.arange(len(both)), circles.arrow[both], 1.0)
    rows.add(np.arange(len(both)), circles.arrow[back[both]], 1.0)
    return rows, both


def no_circles_order(layout: Layout, circles: PossibleCircles) -> tuple[Rows, IntArray]:
    """Let an arrow lead to a later place: place[from] - place[to] + n·arrow ≤ n - 1.

    n is how many parties reach each other. Returns for each row its arrow.
    """
    names = layout.facts.names
    place = np.full((len(names.items), len(names.parties)), -1, dtype=np.int64)
    place[circles.placed_item, circles.placed_party] = circles.place
    ordered = np.flatnonzero(circles.size > 2)
    size = circles.size[ordered].astype(np.float64)
    rows = Rows.at_most("no_circles", size - 1)
    row, item = np.arange(len(ordered)), circles.item[ordered]
    rows.add(row, place[item, circles.giver[ordered]], 1.0)
    rows.add(row, place[item, circles.receiver[ordered]], -1.0)
    rows.add(row, circles.arrow[ordered], size)
    return rows, ordered


def _numbers(layout: Layout, circles: PossibleCircles) -> IntArray:
    """(item, party, party) Number the arrows; -1 where there is none on a possible circle."""
    names = layout.facts.names
    number = np.full((len(names.items), len(names.parties), len(names.parties)), -1, dtype=np.int64)
    number[circles.item, circles.giver, circles.receiver] = np.arange(len(circles.arrow))
    return number
