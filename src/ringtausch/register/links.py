"""Rules 15 to 17 of the register: which matters are the same one told again, and which lie inside others.

In: standing statements that carry links, at any as-of date and of any class. Out: classes of matters, named
by their smallest name; the edges child → parent that count, in order; and the links that are dropped, why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ringtausch.language import _
from ringtausch.register.position import Link
from ringtausch.register.rank import Ranked, by_rank, rank_key
from ringtausch.register.statement import Statement

__all__ = ["DroppedLink", "Groups", "edges", "merged", "parts"]


@dataclass(frozen=True, slots=True)
class DroppedLink:
    """A link that does not count, and why."""

    child: str
    parent: str
    reason: str
    statement: Statement


class Groups:
    """Names that belong together, each group called by its smallest name, whatever the order of joining.

    Examples
    --------
    >>> groups = Groups()
    >>> groups.join("c", "b")
    >>> groups.join("b", "a")
    >>> groups.of("c"), groups.of("d"), groups.members()
    ('a', 'd', {'a': ['a', 'b', 'c']})
    """

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._above

    def of(self, name: str) -> str:
        """Return the smallest name of a group; a name that was never joined is a group of its own."""
        above = self._above
        top = name
        while (higher := above.get(top, top)) != top:
            top = higher
        while name != top:
            above[name], name = top, above[name]
        return top

    def join(self, one: str, other: str) -> None:
        """Put two groups together."""
        self._above.setdefault(one, one)
        self._above.setdefault(other, other)
        smaller, larger = sorted((self.of(one), self.of(other)))
        self._above[larger] = smaller

    def members(self) -> dict[str, list[str]]:
        """List every group that was joined by its name, in order of names."""
        found: dict[str, list[str]] = {}
        for name in sorted(self._above):
            found.setdefault(self.of(name), []).append(name)
        return found


def merged(
    linked: Iterable[Statement], kind_of: Callable[[str], str]
) -> tuple[Groups, list[DroppedLink]]:
    """Put together the matters that are one (rule 15).

    A matter of which nothing is known but that others are the same takes its kind from the best-ranked of
    them.

    Parameters
    ----------
    linked
        Standing statements, of which those with `same_as` count.
    kind_of
        The kind of a matter, empty where nothing is known of it.
    """
    groups = Groups()
    dropped = []
    kinds: dict[str, str] = {}
    carriers = [statement for statement in linked if statement.same_as]
    for statement in sorted(carriers, key=_source_rank):
        child, parent = statement.matter, statement.same_as
        kind = kind_of(child)
        other = kind_of(parent) or kinds.setdefault(parent, kind)
        if kind == other:
            groups.join(child, parent)
            continue
        reason = _("a {kind} cannot be the same as a {other}").format(kind=kind, other=other)
        dropped.append(DroppedLink(child, parent, reason, statement))
    return groups, dropped


def edges(
    linked: Iterable[Ranked], same: Callable[[str], str]
) -> tuple[list[Link], list[DroppedLink]]:
    """Let matters lie inside others (rule 16): edges child → parent between classes, in rank order.

    One inside a class, or closing a cycle, is dropped and reported. So is one that tells an edge again with
    another share; with the same share it is no news.

    Parameters
    ----------
    linked
        Standing statements with their ranks, of which those with `part_of` count.
    same
        Names the class of a matter (rule 15).
    """
    found: dict[tuple[str, str], Link] = {}
    parents: dict[str, list[str]] = {}
    dropped = []
    carriers = [one for one in linked if one.statement.part_of]
    for one in sorted(carriers, key=by_rank):
        statement = one.statement
        child, parent = same(statement.matter), same(statement.part_of)
        reason = ""
        if child == parent:
            reason = _("both are the same matter")
        elif (child, parent) in found:
            if found[child, parent].share == statement.share:
                continue
            reason = _("a better source says it with another share")
        elif _lies_in(parent, child, parents):
            reason = _("{parent} lies inside {child} already, which would close a circle").format(
                parent=parent, child=child
            )
        if reason:
            dropped.append(DroppedLink(child, parent, reason, statement))
            continue
        found[child, parent] = Link(child, parent, statement.share, statement)
        parents.setdefault(child, []).append(parent)
    return list(found.values()), dropped


def parts(links: Sequence[Link], amount: int) -> tuple[tuple[Link, int], ...]:
    """Divide what a child comes to among its parents (rule 16).

    Shares come first, each `min(share, rest)`; then one edge without share takes the rest. An unknown share
    is as none.

    Parameters
    ----------
    links
        Of one child, in rank order, as `Positions.links` has them.
    amount
        What the child comes to, in its unit.
    """
    found = []
    rest = amount
    plain = [link for link in links if _share(link) is None]
    for link in (*(link for link in links if _share(link) is not None), *plain[:1]):
        share = _share(link)
        part = rest if share is None else min(share, rest)
        rest -= part
        found.append((link, part))
    return (*found, *((link, 0) for link in plain[1:]))


def _share(link: Link) -> int | None:
    return None if link.share is None or link.share.is_unknown else link.share.lo


def _lies_in(child: str, parent: str, parents: dict[str, list[str]]) -> bool:
    unseen, seen = [child], {child}
    while unseen:
        for higher in parents.get(unseen.pop(), ()):
            if higher == parent:
                return True
            if higher not in seen:
                seen.add(higher)
                unseen.append(higher)
    return False


def _source_rank(statement: Statement) -> tuple[object, ...]:
    return rank_key(statement, statement.source.rank)
