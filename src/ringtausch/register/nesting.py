"""Rules 16, 18 and 19 of the register: what lies inside something else is counted once.

In: what each matter of a question comes to, and the links between them. Out: what each is worth with what
lies in it, what is new in it, and by how much its parts are too large. Nothing here knows statements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from ringtausch.register.position import Link
from ringtausch.register.value import Amount

__all__ = ["Nested", "between", "nest"]


@dataclass(slots=True)
class Nested:
    """One matter of a question: its amount, its parts, and what is new in it (rule 18)."""

    lo: Amount
    hi: Amount | None
    parts: Amount = 0  # s(m)
    parents: tuple[str, ...] = ()  # in the question
    children: tuple[str, ...] = ()
    foreign: bool = False  # something of another currency lies in it, too (rule 21)

    @property
    def v_lo(self) -> Amount:
        """The least of v(m) = [max(a.lo, s), max(a.hi, s)]."""
        return max(self.lo, self.parts)

    @property
    def v_hi(self) -> Amount | None:
        """The most of v(m)."""
        return None if self.hi is None else max(self.hi, self.parts)

    @property
    def new(self) -> Amount:
        """What it adds to what lies in it: new(m) = max(0, a.lo - s)."""
        return max(0, self.lo - self.parts)

    @property
    def open(self) -> Amount | None:
        """How much more it may be, where it lies in nothing: v.hi - v.lo; None without an end."""
        if self.parents:
            return 0
        return None if self.v_hi is None else self.v_hi - self.v_lo

    @property
    def excess(self) -> Amount:
        """By how much its parts exceed it, where it says how much it is (rule 19)."""
        if self.hi is None or self.hi == 0:
            return 0
        return max(0, self.parts - self.hi)


def nest(
    amounts: Mapping[str, tuple[Amount, Amount | None]],
    links: Iterable[Link],
    share_of: Callable[[Link], Amount | None],
) -> dict[str, Nested]:
    """Take off each matter what lies in it, the innermost first (rules 16 and 18).

    Parameters
    ----------
    amounts
        Of every matter of the question, from the least to the most.
    links
        All that stand, in rank order, none closing a circle; a parent outside the question takes its share
        and loses nothing.
    share_of
        How much the share of a link comes to, in the question's unit; None where that cannot be told: it
        takes all that is left, so that nothing is counted twice.
    """
    nested = {matter: Nested(lo, hi) for matter, (lo, hi) in amounts.items()}
    out: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.child in nested:
            out[link.child].append(link)
    waiting = _know_each_other(nested, out)
    ready = [child for child in out if child not in waiting]
    while ready:
        child = ready.pop()
        for parent, part in _parts(nested[child].v_lo, out[child], share_of):
            if parent in nested:
                nested[parent].parts += part
        for parent in nested[child].parents:
            waiting[parent] -= 1
            if not waiting[parent] and parent in out:
                ready.append(parent)
    return nested


def between(
    links: Iterable[Link], asked: Collection[str], known: Collection[str]
) -> frozenset[str]:
    """Name what is not asked for, but lies in what is: what lies in it lies there as well (rule 17).

    It takes nothing off itself (rule 18) and has no amount; it only hands on what lies in it. What is
    `known` and not asked for is answered elsewhere, and hands on nothing here.
    """
    above: dict[str, list[str]] = defaultdict(list)
    below: dict[str, list[str]] = defaultdict(list)
    for link in links:
        above[link.child].append(link.parent)
        below[link.parent].append(link.child)
    return _beyond(asked, known, above) & _beyond(asked, known, below)


def _beyond(
    asked: Collection[str], known: Collection[str], ways: Mapping[str, list[str]]
) -> frozenset[str]:
    """Name all that is reached from what is asked for without passing what is known."""
    found: set[str] = set()
    waiting = [name for name in asked if name in ways]
    while waiting:
        for name in ways.get(waiting.pop(), ()):
            if name not in found and name not in asked and name not in known:
                found.add(name)
                waiting.append(name)
    return frozenset(found)


def _know_each_other(nested: Mapping[str, Nested], out: Mapping[str, list[Link]]) -> dict[str, int]:
    """Tell parents and children of each other; return how many children each parent has."""
    children: dict[str, list[str]] = defaultdict(list)
    for child, edges in out.items():
        inside = tuple(dict.fromkeys(edge.parent for edge in edges if edge.parent in nested))
        nested[child].parents = inside
        for parent in inside:
            children[parent].append(child)
    for parent, inner in children.items():
        nested[parent].children = tuple(sorted(inner))
    return {parent: len(inner) for parent, inner in children.items()}


def _parts(
    whole: Amount, edges: list[Link], share_of: Callable[[Link], Amount | None]
) -> Iterable[tuple[str, Amount]]:
    """Share a child among its parents: shares in rank order, then one edge takes the rest (rule 16)."""
    rest = whole
    plain = []
    for edge in edges:
        if edge.share is None or edge.share.is_unknown:
            plain.append(edge)
            continue
        share = share_of(edge)
        part = rest if share is None else min(share, rest)
        rest -= part
        yield edge.parent, part
    for edge in plain[:1]:
        yield edge.parent, rest
