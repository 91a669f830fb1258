"""Who gives what to whom and what comes back from where, as boxes with links on both sides.

A box is a party that gives, or one that gets something new: its left links come from makers and
other parties, its right links go to those who receive. In: facts. Out: rows, no mark-up.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.pictures.returns import EPS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ringtausch.pictures.facts import Facts
    from ringtausch.pictures.returns import Owed, Source, Used

__all__ = ["Box", "Link", "boxes", "source_name"]


@dataclass
class Link:
    """Units of one item between a box and a node at its left or right, and in which periods.

    `late` is how many of the units came after their deadline; `purpose` is `debt`, `need`, `stock`
    or, at the right, `give` or `before` (owed since before the start).
    """

    item: str
    node: str
    purpose: str
    units: float = 0.0
    late: float = 0.0
    periods: list[int] = field(default_factory=list)


@dataclass
class Box:
    """A party in the middle of the picture: what it gets at the left, what it gives at the right.

    `overdue` and `later` are what it is still owed at the end, by item: due by then, or after it.
    """

    party: str
    giver: bool
    left: list[Link]
    right: list[Link]
    overdue: dict[str, float]
    later: dict[str, float]

    @property
    def rank(self) -> int:
        """Givers stand first, then those owed from before, then those who only get something."""
        if not self.giver:
            return 2
        return 0 if any(link.purpose == "give" for link in self.right) else 1

    def weight(self, facts: Facts) -> float:
        """How much there is to show, for choosing and ordering: value where known, else units."""
        links = [link for link in self.right if link.purpose != "before"]
        return sum(link.units * facts.value(link.item) for link in links or self.left)


def source_name(facts: Facts, source: Source) -> str:
    """Name where something comes from."""
    if source.kind == "arrival":
        return _("ordered earlier")
    if source.kind == "none":
        return _("Not found in the plan")
    return facts.party(source.name)


def boxes(facts: Facts) -> list[Box]:
    """Collect the boxes: givers first, the largest first, then those who only get something."""
    used, claims = facts.used, facts.claims
    by_party: dict[str, list[Used]] = defaultdict(list)
    for part in used:
        by_party[part.party].append(part)
    givers = set(facts.givers())
    parties = {claim.party for claim in claims} | givers
    found = [_giver(facts, party, by_party[party], claims) for party in parties]
    found += _new_for(facts, used, givers | parties)
    found = [box for box in found if box.left or box.right]
    return sorted(found, key=lambda b: (b.rank, -b.weight(facts), b.party))


def _giver(facts: Facts, party: str, used: list[Used], claims: list[Owed]) -> Box:
    right: dict[tuple[str, str], Link] = {}
    for sent in facts.dispatches:
        if sent.from_ == party:
            link = right.setdefault((sent.item, sent.to), Link(sent.item, sent.to, "give"))
            link.units += sent.quantity
            link.periods.append(sent.period)
    left: dict[tuple[str, Source, str], Link] = {}
    for part in used:
        bought = part.use == "stock" and part.source.kind == "order"
        if part.use == "debt" or bought:
            _add(left, facts, part)
    mine = [claim for claim in claims if claim.party == party]
    for claim in mine:
        for back in claim.late:
            left[back.item, back.source, "debt"].late += back.units
    before: dict[str, Link] = {}
    overdue: dict[str, float] = defaultdict(float)
    later: dict[str, float] = defaultdict(float)
    for claim in mine:
        if claim.given is None:
            before.setdefault(claim.item, Link(claim.item, "", "before")).units += claim.quantity
        if claim.open > EPS:
            still = overdue if claim.overdue(facts.count) else later
            still[claim.item] += claim.open
    gave = [*_ordered(facts, right.values()), *before.values()]
    return Box(party, True, _ordered(facts, left.values()), gave, overdue, later)


def _new_for(facts: Facts, used: list[Used], givers: set[str]) -> list[Box]:
    """Collect what comes new from makers to those who need it, or to their own stock."""
    left: dict[str, dict[tuple[str, Source, str], Link]] = defaultdict(dict)
    right: dict[str, dict[str, Link]] = defaultdict(dict)
    for part in used:
        if part.source.kind == "lane" or part.use == "debt":
            continue
        if part.use == "stock" and part.party in givers:
            continue
        _add(left[part.party], facts, part)
        link = right[part.party].setdefault(part.item, Link(part.item, part.party, "need"))
        link.units += part.units
        link.periods.append(part.period)
    return [
        Box(
            party,
            False,
            _ordered(facts, left[party].values()),
            _ordered(facts, right[party].values()),
            {},
            {},
        )
        for party in left
    ]


def _add(links: dict[tuple[str, Source, str], Link], facts: Facts, part: Used) -> None:
    key = (part.item, part.source, part.use)
    link = links.setdefault(key, Link(part.item, source_name(facts, part.source), part.use))
    link.units += part.units
    link.periods.append(part.period)


def _ordered(facts: Facts, links: Iterable[Link]) -> list[Link]:
    place = {row.item: n for n, row in enumerate(facts.scenario.items)}
    return sorted(links, key=lambda k: (place.get(k.item, 0), min(k.periods), k.node, k.purpose))
