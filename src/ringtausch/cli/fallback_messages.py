"""What `fallback --json` prints: for each leg of a plan, what is left where it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field

from ringtausch.cli.message import Message, ProblemEntry

if TYPE_CHECKING:
    from ringtausch.insight.fallback import Fallback, Fallbacks

__all__ = ["FallbackMessage"]


class WorseEntry(Message):
    """Something that is worse for a party: a need, a floor, or what it is owed."""

    party: str
    kind: Literal["unmet", "gap", "wait"]
    subject: str = Field(description="the need, the capability or the item")
    first: str = Field(description="the first day of the first period in which it is worse")
    amount: float = Field(description="unit-periods more in all")
    sentence: str


class PreparationEntry(Message):
    """Something to ask for or to order now, so that the fallback is there when it is needed."""

    table: Literal["dispatches", "orders"]
    names: dict[str, str]
    quantity: float
    by: str = Field(description="the first day of the period in which it happens")
    lead: int = Field(description="periods from then to the arrival")
    sentence: str


class FallbackEntry(Message):
    """What is left where a leg of the plan fails."""

    kind: Literal["donor", "order", "payment", "consent"]
    names: dict[str, str] = Field(description="whose leg it is, by the columns of its table")
    sentence: str
    edits: list[str] = Field(description="how it fails, as edits of the scenario")
    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    objectives: dict[str, float] = Field(
        description="of the best plan without it; empty where there is none"
    )
    worse: list[WorseEntry]
    prepare: list[PreparationEntry]
    reasons: list[str] = Field(description="without any plan: rows that cannot hold together")

    @classmethod
    def of(cls, row: Fallback) -> Self:
        """Write a fallback as a message."""
        return cls(
            kind=row.leg.kind,
            names=row.leg.names,
            sentence=row.leg.sentence,
            edits=list(row.leg.edits),
            status=row.status,
            objectives=row.objectives,
            worse=[
                WorseEntry(
                    party=w.party,
                    kind=w.kind,
                    subject=w.subject,
                    first=w.first.isoformat(),
                    amount=w.amount,
                    sentence=w.sentence,
                )
                for w in row.worse
            ],
            prepare=[
                PreparationEntry(
                    table=p.table,  # type: ignore[arg-type]
                    names=p.names,
                    quantity=p.quantity,
                    by=p.by.isoformat(),
                    lead=p.lead,
                    sentence=p.sentence,
                )
                for p in row.prepare
            ],
            reasons=list(row.reasons),
        )


class FallbackMessage(Message):
    """The answer of `ringtausch fallback --json`."""

    schema_: Literal["ringtausch/fallback/1"] = Field(
        default="ringtausch/fallback/1", alias="schema"
    )
    ok: bool = Field(description="whether scenario and plan could be used")
    objectives: dict[str, float] = Field(default={}, description="of the plan itself")
    fallbacks: list[FallbackEntry] = Field(default=[], description="the worst first")
    problems: list[ProblemEntry] = Field(default=[])

    @classmethod
    def of(cls, found: Fallbacks) -> Self:
        """Write fallbacks as a message."""
        return cls(
            ok=True,
            objectives=found.objectives,
            fallbacks=[FallbackEntry.of(row) for row in found.rows],
        )
