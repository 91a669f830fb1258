"""Rules 5 to 17 of the register, put together: where every matter in view stands.

In: the statements in view, a rule, the as-of date and the directory. Out: positions, links that count and
links that are dropped. Everything is worked out when it is asked for, one cluster of matters that hang
together at a time, and kept; nothing depends on the order of the statements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from ringtausch.register.conditions import Draft, Waiting, wait
from ringtausch.register.directory import Directory
from ringtausch.register.links import DroppedLink, Groups, edges, merged
from ringtausch.register.matter import Evidence, draft, gather, position, rank_all
from ringtausch.register.position import Link, Position
from ringtausch.register.rank import Ranked, rank_key
from ringtausch.register.rule import Rule
from ringtausch.register.statement import Statement
from ringtausch.register.view import standing

__all__ = ["Positions"]

_INFERENCE = 6


class Positions:
    """Where the matters in view stand, under one rule, as of one day.

    Parameters
    ----------
    V
        The statements in view: what `view.view` returns, in any order.
    rule
        Which of them make positions.
    as_of
        What became true later does not count.
    directory
        Parties, pools with their keepers, items.
    inferred_links
        Whether links of class 6 count.

    Examples
    --------
    >>> from ringtausch.register.ranges import Range
    >>> from ringtausch.register.rule import STRICT
    >>> from ringtausch.register.statement import Source
    >>> pledge = Statement(
    ...     "DEU-1", "transfer", "pledged", Source(2, date="2025-08-01"), "DEU", "desk", id="a1",
    ...     giver="DEU", receiver="UKR", item="launcher", quantity=Range(2000, 2000),
    ... )
    >>> found = Positions([pledge], STRICT, date(2025, 9, 1), Directory()).of("DEU-1")
    >>> found.state, found.giver, found.reached("pledged")
    ('pledged', 'DEU', Range(lo=2000, hi=2000))
    """

    def __init__(
        self,
        V: Iterable[Statement],  # noqa: N803 - the page's own name for them
        rule: Rule,
        as_of: date,
        directory: Directory,
        *,
        inferred_links: bool = True,
    ) -> None:
        self.view = tuple(V)
        self.rule = rule
        self.as_of = as_of
        self.directory = directory
        self.standing = standing(self.view)
        self._inferred_links = inferred_links
        self._by_matter: dict[str, list[Statement]] = {}
        self._linked: list[Statement] = []
        for statement in self.standing:
            known = self._by_matter.get(statement.matter)
            if known is None:
                self._by_matter[statement.matter] = [statement]
            else:
                known.append(statement)
            if statement.part_of or statement.same_as or statement.condition is not None:
                self._linked.append(statement)
        self._kinds: dict[str, str] = {}
        self._ranked: dict[str, Evidence] = {}
        self._edges: dict[str, tuple[list[Link], list[DroppedLink]]] = {}
        self._found: dict[str, Position] = {}
        self._on: dict[date, Positions] = {}

    def all(self) -> tuple[Position, ...]:
        """Return the position of every matter that a candidate speaks of, in order of their names."""
        return self._present(self._names)

    def of(self, matter: str) -> Position:
        """Return the position of one matter; it is empty where no candidate speaks of it.

        Raises
        ------
        KeyError
            Nothing in view speaks of such a matter.
        """
        name = self.same(matter)
        if name not in self._found:
            self._work_out(self._cluster(name))
        return self._found[name]

    def same(self, matter: str) -> str:
        """Name the matter that a name stands for: the smallest of all that are the same (rule 15)."""
        return self._groups.of(matter)

    def kind(self, kind: str) -> tuple[Position, ...]:
        """Return the positions of all matters of one kind."""
        return self._present(name for name in self._names if self._kind(name) == kind)

    def party(self, party: str) -> tuple[Position, ...]:
        """Return the positions of which a party is a side, or the replacer, or the guarantor."""
        return tuple(
            found
            for found in self._present(sorted(self._by_party.get(party, ())))
            if party in (found.giver, found.receiver, found.terms.replacer, found.terms.guarantor)
        )

    def without_inferred_links(self) -> Positions:
        """Return the positions as they were if no link of class 6 counted (rule 17)."""
        return Positions(self.view, self.rule, self.as_of, self.directory, inferred_links=False)

    def under(self, rule: Rule) -> Positions:
        """Return the positions of the same statements and day under another rule."""
        return Positions(self.view, rule, self.as_of, self.directory)

    def at(self, day: date) -> Positions:
        """Return the positions of the same statements and rule as of another day, made once for each."""
        if day == self.as_of:
            return self
        if day not in self._on:
            self._on[day] = Positions(
                self.view, self.rule, day, self.directory, inferred_links=self._inferred_links
            )
        return self._on[day]

    @cached_property
    def not_admitted(self) -> tuple[str, ...]:
        """The matters of which something stands by the as-of date, and the rule admits nothing (rule 6)."""
        day = -self.as_of.toordinal()
        found = []
        for name in self._names:
            evidence = self._evidence(name)
            if not evidence.candidates and any(
                one.key[2] >= day and one.statement.milestone != "linked" for one in evidence.ranked
            ):
                found.append(name)
        return tuple(found)

    def reasons(self, matter: str) -> tuple[str, ...]:
        """Say why the rule sets statements of a matter aside (rule 6)."""
        said = (one.statement.id for one in self._evidence(self.same(matter)).ranked)
        found = (self.rule.set_aside[name] for name in said if name in self.rule.set_aside)
        return tuple(dict.fromkeys(found))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """All edges child → parent that count: by child, and of one child in rank order (rule 16)."""
        found = [link for first in self._roots for link in self._edges_of(first)[0]]
        return tuple(sorted(found, key=_child))  # the sort keeps the order of rank

    @cached_property
    def dropped(self) -> tuple[DroppedLink, ...]:
        """All links that do not count, each with its reason."""
        found = [
            *self._merged[1],
            *(link for first in self._roots for link in self._edges_of(first)[1]),
        ]
        return tuple(sorted(found, key=_dropped_link))

    @cached_property
    def candidates(self) -> tuple[Statement, ...]:
        """The statements that make positions: standing, admitted, true by the as-of date (rule 6)."""
        return tuple(
            one.statement for name in self._names for one in self._evidence(name).candidates
        )

    @cached_property
    def set_aside(self) -> tuple[tuple[Statement, str], ...]:
        """The standing statements that the rule sets aside, each with the reason (rule 6)."""
        reasons = self.rule.set_aside
        found = [(one, reasons[one.id]) for one in self.standing if one.id in reasons]
        return tuple(sorted(found, key=_identifier))

    @cached_property
    def _names(self) -> list[str]:
        return sorted({self.same(matter) for matter in self._by_matter})

    @cached_property
    def _carriers(self) -> list[Statement]:
        if self._inferred_links:
            return self._linked
        return [one for one in self._linked if one.source.rank != _INFERENCE]

    @cached_property
    def _merged(self) -> tuple[Groups, list[DroppedLink]]:
        return merged(self._carriers, self._kind_of_one)

    @property
    def _groups(self) -> Groups:
        return self._merged[0]

    @cached_property
    def _members(self) -> Mapping[str, list[str]]:
        return self._groups.members()

    @cached_property
    def _clusters(self) -> tuple[Groups, Mapping[str, list[str]]]:
        """Classes that hang together by links or conditions: the position of one may ask for the others."""
        together = Groups()
        for statement in self._linked:
            name = self.same(statement.matter)
            asked = statement.condition.matters if statement.condition is not None else ()
            for other in (statement.part_of, *asked):
                if other:
                    together.join(name, self.same(other))
        return together, together.members()

    @cached_property
    def _roots(self) -> list[str]:
        return sorted(self._clusters[1])

    def _cluster(self, name: str) -> list[str]:
        groups, members = self._clusters
        return members.get(groups.of(name), [name])

    @cached_property
    def _by_party(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for one in self.standing:
            for party in (one.giver, one.receiver, one.terms.replacer, one.terms.guarantor):
                if party:
                    found.setdefault(party, set()).add(self.same(one.matter))
        return found

    def _kind_of_one(self, matter: str) -> str:
        """Return the kind of one matter: what the best-ranked statement of it says."""
        known = self._by_matter.get(matter)
        if known is None:
            return ""
        kind = known[0].kind
        if any(one.kind != kind for one in known):
            return min(known, key=lambda one: rank_key(one, one.source.rank)).kind
        return kind

    def _kind(self, name: str) -> str:
        known = self._kinds.get(name)
        if known is None:
            known = next(filter(None, map(self._kind_of_one, self._members_of(name))), "")
            self._kinds[name] = known
        return known

    def _evidence(self, name: str) -> Evidence:
        known = self._ranked.get(name)
        if known is None:
            members = self._members.get(name)
            if members is None:
                statements = self._by_matter.get(name, [])
            else:
                statements = [one for each in members for one in self._by_matter.get(each, ())]
            ranked = rank_all(statements, self.directory)
            known = gather(ranked, self._kind(name), self.rule, self.as_of)
            self._ranked[name] = known
        return known

    def _edges_of(self, first: str) -> tuple[list[Link], list[DroppedLink]]:
        if first not in self._edges:
            inferred = self._inferred_links
            ranked: list[Ranked] = [
                one
                for name in self._cluster(first)
                for one in self._evidence(name).ranked
                if inferred or one.statement.source.rank != _INFERENCE
            ]
            self._edges[first] = edges(ranked, self.same)
        return self._edges[first]

    def _present(self, names: Iterable[str]) -> tuple[Position, ...]:
        return tuple(self.of(name) for name in names if self._evidence(name).candidates)

    def _work_out(self, cluster: list[str]) -> None:
        drafts: dict[str, Draft] = {}
        for name in cluster:
            evidence = self._evidence(name)
            if not evidence.kind:
                evidence = evidence._replace(kind=self._kind_of_gone(name))
            if evidence.kind:
                drafts[name] = draft(name, evidence, self.as_of)
            else:
                self._found[name] = Position(name, "", self._members_of(name))
        waiting = Waiting()
        if any(one.asked for one in drafts.values()):
            children: dict[str, list[str]] = {}
            for link in self._edges_of(self._clusters[0].of(cluster[0]))[0]:
                children.setdefault(link.parent, []).append(link.child)
            waiting = wait(drafts, children, self.same)
        for name, known in drafts.items():
            self._found[name] = position(known, self._members_of(name), waiting)

    def _members_of(self, name: str) -> tuple[str, ...]:
        return tuple(self._members.get(name, (name,)))

    def _kind_of_gone(self, name: str) -> str:
        """Return the kind of a matter of which nothing stands any more, empty if only others name it."""
        for member in self._members_of(name):
            if member in self._gone:
                return self._gone[member]
        if name in self._clusters[0] or name in self._members:
            return ""
        raise KeyError(name)

    @cached_property
    def _gone(self) -> Mapping[str, str]:
        known = self._by_matter
        gone = [statement for statement in self.view if statement.matter not in known]
        gone.sort(key=lambda one: rank_key(one, one.source.rank), reverse=True)
        return {statement.matter: statement.kind for statement in gone}


def _child(link: Link) -> str:
    return link.child


def _dropped_link(link: DroppedLink) -> tuple[str, str, str]:
    return link.child, link.parent, link.statement.id


def _identifier(found: tuple[Statement, str]) -> str:
    return found[0].id
