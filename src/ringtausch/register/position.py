"""Where a matter stands: its facts, its rungs, what is reached, and what stands beside it.

Rules 7 to 14 of the register say how these come about; this file only says what they are, so that
totals, replacements, postings, tables and pages read the same thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ringtausch.records.frozen import made_fast
from ringtausch.register.dates import NEVER
from ringtausch.register.ranges import NOTHING, UNKNOWN, Range
from ringtausch.register.statement import NO_TERMS, Condition, Statement, Terms
from ringtausch.register.vocabulary import milestones

__all__ = ["GROUPS", "Conflict", "Fact", "Link", "Position", "Rung"]

#: Groups of fields in which a fact is won (rule 7).
GROUPS = ("what", "who", "when", "worth", "terms")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody says otherwise: the winner of a group of fields, and a loser that differs."""

    matter: str
    milestone: str
    event: str
    group: str
    winner: Statement
    loser: Statement


@made_fast
@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of one milestone of a matter, and one of its events (rule 7)."""

    milestone: str
    event: str
    rank: int  # the effective class of the statement that wins `what`, or of the best of all
    winners: Mapping[str, Statement]  # by group; a group that nobody fills is absent
    conflicts: tuple[Conflict, ...] = ()
    true_on: date = NEVER  # what the winner of `when` says
    said_on: date = NEVER  # of the statement that `rank` is the class of

    @property
    def quantity(self) -> Range:
        """How much; unknown where nobody says."""
        said = self.winners.get("what")
        return UNKNOWN if said is None else said.known_quantity


@made_fast
@dataclass(frozen=True, slots=True)
class Rung:
    """A milestone as it counts: its events added up, or the whole (rule 8), less what is undone."""

    milestone: str
    quantity: Range
    rank: int
    true_on: date
    said_on: date
    facts: tuple[Fact, ...]  # those that count: the events, or the one about the whole
    undone: bool = False  # by a negative (rule 9), all of it
    taken: int = 0  # what negatives took off the sum of its facts, where not all of it is undone


@dataclass(frozen=True, slots=True)
class Link:
    """A link that counts: a matter lies inside another one, with a share or without (rule 16)."""

    child: str
    parent: str
    share: Range | None
    statement: Statement


@made_fast
@dataclass(frozen=True, slots=True)
class Position:
    """Where one matter stands, under one rule, as of one day, as known at one time.

    `matter` is the smallest name of all that are the same (rule 15), which `members` lists. `state` is the
    furthest rung that is not undone, else the latest negative, else empty. `facts` holds every fact by
    (milestone, event), `rungs` the rungs and marks as they count.
    """

    matter: str
    kind: str
    members: tuple[str, ...]
    state: str = ""
    giver: str = ""
    receiver: str = ""
    item: str = ""
    currency: str = ""
    until: str = ""
    condition: Condition | None = None
    conditional: bool = False  # its condition is not met, or what it lies in waits (rule 12)
    # The facts that wait, by (milestone, event): for their own condition, or all where what it lies in waits.
    waits: frozenset[tuple[str, str]] = frozenset()
    lapsed: bool = False  # its `until` is over (rule 13)
    terms: Terms = NO_TERMS
    facts: Mapping[tuple[str, str], Fact] = field(default_factory=dict)
    rungs: Mapping[str, Rung] = field(default_factory=dict)
    reached_at: Mapping[str, Range] = field(default_factory=dict)
    # Where a further rung is firm, what would be reached if the conditions of the others were met, too.
    if_met: Mapping[str, Range] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()

    def in_order(self) -> list[tuple[str, str]]:
        """List milestones and events that are facts: rungs in their order, then what undoes or marks them.

        Examples
        --------
        >>> facts = {("left", ""): ..., ("declined", ""): ..., ("pledged", ""): ...}
        >>> Position("m", "transfer", ("m",), facts=facts).in_order()
        [('pledged', ''), ('left', ''), ('declined', '')]
        """
        order = (
            {name: place for place, name in enumerate(milestones(self.kind))} if self.kind else {}
        )
        return sorted(self.facts, key=lambda fact: (order.get(fact[0], len(order)), fact))

    def reached(self, milestone: str) -> Range:
        """Return how much has got at least as far as a rung (rule 10); nothing where none has."""
        return self.reached_at.get(milestone, NOTHING)

    def counted(self, milestone: str) -> Range:
        """Return what a milestone itself says, nothing where it is undone or absent."""
        rung = self.rungs.get(milestone)
        return NOTHING if rung is None or rung.undone else rung.quantity
