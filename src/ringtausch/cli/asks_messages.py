"""What `ringtausch asks --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from ringtausch.cli.message import Message, ProblemEntry

if TYPE_CHECKING:
    from ringtausch.insight.asks import Ask, Asks, Concession, Cost, Reach, ReachSet

__all__ = ["AsksMessage"]


class BaseEntry(Message):
    """The plan without any concession."""

    objectives: dict[str, float]


class CostEntry(Message):
    """What a concession costs the one who is asked; all 0 or null where it is no party."""

    gap: float = Field(description="unit-months below its floors, after less before")
    below: float = Field(description="unit-months below its floors, after")
    waiting: float = Field(description="unit-months owed to it, after less before")
    wait: float | None = Field(
        description="months of its longest wait for a replacement; null where it hands over nothing"
        " of that item which is to be replaced"
    )
    wait_before: float | None = Field(description="the same without the concession")
    unpromised: float = Field(description="units more that it hands over without an assurance")
    open: bool = Field(description="whether more of it is still owed when the plan ends")
    burden: float = Field(description="what it bears, after less before, in the reporting currency")
    share: float | None = Field(description="its share of the burden of all with a key, after")

    @classmethod
    def of(cls, cost: Cost) -> CostEntry:
        """Write a cost."""
        return cls(**{name: getattr(cost, name) for name in cls.model_fields})


class AskEntry(Message):
    """A concession, and what granting it alone comes to."""

    party: str = Field(description="who is asked: a party, a supplier, or * for every giver")
    family: str
    sentence: str
    edits: list[str]
    objectives: dict[str, float] = Field(description="the six values after; empty without a plan")
    cost: CostEntry
    verdict: Literal["better", "same", "worse", "impossible", "open"]
    first: str = Field(description="the first objective in the order that differs; else empty")
    change: float = Field(description="by how much that one differs")

    @classmethod
    def of(cls, ask: Ask) -> AskEntry:
        """Write an ask."""
        return cls(
            party=ask.party,
            family=ask.family,
            sentence=ask.sentence,
            edits=list(ask.edits),
            objectives=ask.objectives,
            cost=CostEntry.of(ask.cost),
            verdict=ask.verdict,
            first=ask.first,
            change=ask.change,
        )


class ConcessionEntry(Message):
    """One concession of a set."""

    party: str
    family: str
    wish: str

    @classmethod
    def of(cls, concession: Concession) -> ConcessionEntry:
        """Write a concession."""
        return cls(party=concession.party, family=concession.family, wish=concession.wish)


class ReachSetEntry(Message):
    """Concessions that together reach the goal."""

    concessions: list[ConcessionEntry]
    reluctance: float = Field(description="the sum of their weights")
    sentence: str
    edits: list[str]
    objectives: dict[str, float] = Field(description="of the best plan that reaches the goal")
    costs: dict[str, CostEntry] = Field(description="by party that is asked")

    @classmethod
    def of(cls, found: ReachSet) -> ReachSetEntry:
        """Write a set."""
        return cls(
            concessions=[ConcessionEntry.of(c) for c in found.concessions],
            reluctance=float(found.reluctance),
            sentence=found.sentence,
            edits=list(found.edits),
            objectives=found.objectives,
            costs={party: CostEntry.of(cost) for party, cost in found.costs.items()},
        )


class ReachEntry(Message):
    """What it takes to reach a goal."""

    goal: str
    status: Literal["reached", "unreachable", "open"]
    proved: bool = Field(description="whether the sets are proved to be the smallest")
    at_least: int = Field(description="how many concessions it takes at least")
    sets: list[ReachSetEntry] = Field(description="the smallest, then the next that differ")


class AsksMessage(Message):
    """The answer of `ringtausch asks --json`."""

    schema_: Literal["ringtausch/asks/1"] = Field(default="ringtausch/asks/1", alias="schema")
    status: Literal["ok", "infeasible", "unknown", "invalid"]
    base: BaseEntry | None = Field(default=None, description="null with --reach")
    asks: list[AskEntry] = Field(default=[], description="best first; all of them without --top")
    reach: ReachEntry | None = Field(default=None, description="with --reach")
    seconds: float | None = Field(default=None)
    problems: list[ProblemEntry] = Field(default=[])

    @classmethod
    def of_asks(cls, found: Asks, top: int | None) -> AsksMessage:
        """Write the asks."""
        return cls(
            status="ok",
            base=BaseEntry(objectives=found.base),
            asks=[AskEntry.of(ask) for ask in found.asks[:top]],
            seconds=round(found.seconds, 3),
        )

    @classmethod
    def of_reach(cls, found: Reach) -> AsksMessage:
        """Write what it takes to reach a goal."""
        entry = ReachEntry(
            goal=str(found.goal),
            status=found.status,
            proved=found.proved,
            at_least=found.at_least,
            sets=[ReachSetEntry.of(one) for one in found.sets],
        )
        return cls(status="ok", reach=entry, seconds=round(found.seconds, 3))
