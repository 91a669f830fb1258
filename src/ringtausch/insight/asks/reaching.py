"""The smallest set of concessions that reaches a goal, and the next smallest that differ.

In: a scenario, a goal, sizes and reluctance. Out: `Reach`: sets of fewest concessions, of those the
least reluctance, each with its best plan. The cheapest choice that meets all clauses known so far is
tried; where it fails it is made as large as it can be and still fail, and what it then leaves out is a
new clause: every set that reaches the goal has one of those. A choice that succeeds is the smallest.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from ringtausch.insight.asks.concession import Concession, edits_of, exclusive
from ringtausch.insight.asks.effects import Cost, Outcomes, cost_to
from ringtausch.insight.asks.goals import Goal, read_goal
from ringtausch.insight.asks.listing import list_concessions
from ringtausch.insight.asks.sentences import Effects, cost_sentence, sentence
from ringtausch.insight.asks.sizes import Sizes
from ringtausch.insight.asks.trying import OutOfTime, Set, Trying
from ringtausch.insight.asks.words import Words, joined
from ringtausch.insight.hitting import Clause, Hitting
from ringtausch.insight.reluctance import Reluctance
from ringtausch.language import _
from ringtausch.planning import Infeasible, LimitReached, plan
from ringtausch.planning.watch import Watch
from ringtausch.records.plan import Plan
from ringtausch.records.scenario import Scenario

__all__ = ["Reach", "ReachSet", "reach"]


@dataclass(frozen=True)
class ReachSet:
    """Concessions that together reach a goal.

    Parameters
    ----------
    concessions
        What is granted; none where the goal can be reached as things stand.
    reluctance
        The sum of their weights.
    edits
        What grants them, in order.
    objectives
        The six values of the best plan that reaches the goal with them.
    costs
        What it costs each party that is asked.
    plan
        That plan.
    """

    concessions: tuple[Concession, ...]
    reluctance: Decimal
    sentence: str
    edits: tuple[str, ...]
    objectives: dict[str, float]
    costs: dict[str, Cost]
    plan: Plan


@dataclass(frozen=True)
class Reach:
    """What it takes to reach a goal.

    Parameters
    ----------
    status
        `reached`, `unreachable` with all concessions of the list together, or `open` where a limit
        ended the search before a set was found.
    sets
        The smallest set, then the next smallest; none contains another.
    proved
        Whether it is proved that no smaller set reaches the goal, and that these come next.
    at_least
        How many concessions it takes at least, as far as that was proved.
    """

    goal: Goal
    status: Literal["reached", "unreachable", "open"]
    sets: tuple[ReachSet, ...]
    proved: bool
    at_least: int
    seconds: float

    @property
    def smallest(self) -> ReachSet | None:
        """The smallest set."""
        return self.sets[0] if self.sets else None


def reach(  # noqa: PLR0913 - sizes, weights, and how to work
    scenario: Scenario,
    goal: str | Goal,
    *,
    units: Decimal | float = 1,
    months: int = 1,
    amount: Decimal | float | None = None,
    reluctance: Reluctance | None = None,
    runners_up: int = 2,
    time_limit: float | None = None,
    on_set: Callable[[ReachSet], None] | None = None,
) -> Reach:
    """Find the smallest set of concessions that reaches a goal: fewest, then least reluctance.

    Parameters
    ----------
    scenario
        What is known and on which terms.
    goal
        Such as `need=N2 by=2026-03-01`, `gap=DEU:tank by=…` or `late=DEU:tank by=…`: from that date
        on the need is met, there is no gap, nothing is overdue. All other rules hold.
    units, months, amount
        How large a concession is, as for `asks`.
    reluctance
        What each concession weighs; 1 where it says nothing.
    runners_up
        How many of the next smallest sets are looked for.
    time_limit
        Seconds after which the search ends with what is known.
    on_set
        Is told each set as soon as it is found.

    Raises
    ------
    InvalidGoal
        The goal cannot be understood.
    ValueError
        A size is not above 0.
    """
    watch = Watch(time_limit)
    wanted = read_goal(goal, scenario) if isinstance(goal, str) else goal
    sizes = Sizes(Decimal(str(units)), months, None if amount is None else Decimal(str(amount)))
    concessions = list_concessions(scenario, sizes)
    search = _Search(scenario, wanted, concessions, reluctance or Reluctance(), watch)
    found: list[ReachSet] = []
    proved = True
    try:
        while len(found) <= runners_up:
            chosen = search.next_set()
            if chosen is None:
                break
            found.append(search.described(chosen))
            if on_set is not None:
                on_set(found[-1])
            if not chosen:
                break  # it takes nothing: there is no next set that differs
    except OutOfTime:
        proved = False
    status: Literal["reached", "unreachable", "open"]
    status = "reached" if found else "unreachable" if proved else "open"
    at_least = len(found[0].concessions) if found else search.at_least
    return Reach(wanted, status, tuple(found), proved, at_least, watch.seconds())


@dataclass
class _Search:
    """The clauses known so far, and what has been tried."""

    scenario: Scenario
    goal: Goal
    concessions: tuple[Concession, ...]
    reluctance: Reluctance
    watch: Watch
    at_least: int = 0
    trying: Trying = field(init=False)
    hitting: Hitting = field(init=False)

    def __post_init__(self) -> None:
        self.trying = Trying(self.scenario, self.goal, self.concessions, self.watch)
        self.hitting = Hitting(
            [float(self.weight(concession)) for concession in self.concessions],
            sorted(set(exclusive(self.concessions))),
        )

    def weight(self, concession: Concession) -> Decimal:
        """Return how reluctant one is to make a concession."""
        table, row, column = concession.about(self.scenario)
        return self.reluctance.weight(table, row, column=column, family=concession.family)

    def next_set(self) -> Set | None:
        """Return the smallest set that reaches the goal and holds none found before."""
        everything = frozenset(range(len(self.concessions)))
        if not self.trying.loosely(frozenset()) and not self.trying.loosely(everything):
            return None
        while True:
            if not self.watch.left():
                raise OutOfTime
            chosen = self.hitting.cheapest()
            if chosen is None:
                return None
            self.at_least = max(self.at_least, len(chosen))
            if not self.trying.loosely(chosen):
                grown = self._grown(chosen, everything - chosen, self.trying.loosely)
                self.hitting.clauses.append(Clause(everything - grown))
            elif not self.trying.exactly(chosen):
                self.hitting.clauses.append(self._other_swaps_or_more(chosen))
            else:
                self.hitting.clauses.append(Clause(left=chosen))
                return chosen

    def _other_swaps_or_more(self, chosen: Set) -> Clause:
        """Say what a choice with swaps lacks: with the same swaps something more, or other swaps.

        With the swaps fixed the rest only adds freedom, so that the choice can be made as large as
        it can be and still fail.
        """
        swaps = self.trying.swaps
        rest = frozenset(range(len(self.concessions))) - swaps - chosen
        grown = self._grown(chosen, rest, self.trying.exactly)
        return Clause(taken=(swaps - chosen) | (rest - grown), left=chosen & swaps)

    def _grown(self, start: Set, rest: Set, holds: Callable[[Set], bool]) -> Set:
        """Make a set that fails as large as it can be and still fail.

        What was left out before is likely to be left out again: it is tried last and one by one, and
        all the rest at once, then in halves.
        """
        often = frozenset().union(*(clause.taken for clause in self.hitting.clauses))
        stack = [[n] for n in sorted(rest & often, reverse=True)]
        stack.append(sorted(rest - often))
        grown = start
        while stack:
            part = stack.pop()
            if not part:
                continue
            if not holds(grown | frozenset(part)):
                grown |= frozenset(part)
            elif len(part) > 1:
                half = len(part) // 2
                stack += [part[half:], part[:half]]
        return grown

    def described(self, chosen: Set) -> ReachSet:
        """Plan with a set, and say what it comes to."""
        granting = tuple(self.concessions[n] for n in sorted(chosen))
        made = self.trying.best_plan(chosen)
        after = Outcomes(self.trying.changed(chosen), made)
        before = self.before
        costs: dict[str, Cost] = {}
        said = []
        floors = {row.party for row in self.scenario.floors}
        if before is not None:
            for party in dict.fromkeys(c.party for c in granting):
                costs[party] = cost_to(party, "", before, after)
                words = Words(self.scenario)
                said.append(cost_sentence(words, party, costs[party], floor=party in floors))
        goal = Effects((self.goal.said(self.scenario),))
        wishes = joined([c.wish for c in granting])
        text = sentence(wishes, goal, "; ".join(text for text in said if text))
        if not granting:
            text = _("Nothing need be asked: there are plans already in which {goal}.").format(
                goal=self.goal.said(self.scenario, already=True)
            )
        return ReachSet(
            concessions=granting,
            reluctance=sum((self.weight(c) for c in granting), Decimal(0)),
            sentence=text,
            edits=edits_of(self.scenario, granting),
            objectives={name: value.value for name, value in made.objectives.items()},
            costs=costs,
            plan=made,
        )

    @property
    def before(self) -> Outcomes | None:
        """The best plan as things stand; None where there is none, or no time for it."""
        if not hasattr(self, "_before"):
            self._before: Outcomes | None = None
            with suppress(Infeasible, LimitReached):
                self._before = Outcomes(self.scenario, plan(self.scenario))
        return self._before
