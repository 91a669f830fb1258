"""What `ringtausch room --json` and `ringtausch prices --json` print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from ringtausch.cli.message import Message, ProblemEntry

if TYPE_CHECKING:
    from ringtausch.insight.prices import Prices
    from ringtausch.insight.room import Differing, Room

__all__ = ["PricesMessage", "RoomMessage"]


class LimitEntry(Message):
    """The best value of an objective, and what a plan that is nearly best may have at most."""

    best: float
    most: float


class RangeEntry(Message):
    """The least and the most that a party gives, waits or pays."""

    party: str
    kind: Literal["give", "wait", "pay"]
    item: str = Field(description="of which units are given; empty = the value of all, or no item")
    unit: str = Field(description="what is counted")
    least: float
    best: float = Field(description="in the best plan")
    in_plan: float = Field(description="in the plan that was given; without one in the best plan")
    most: float
    least_bound: float = Field(description="not less than this is possible; least where proved")
    most_bound: float = Field(description="not more than this is possible; most where proved")
    proved: bool = Field(description="whether both ends are proved")


class GivesEntry(Message):
    """What a party gives of an item."""

    party: str
    item: str
    units: float


class OtherPlan(Message):
    """A plan that is nearly best, chosen to differ most in who gives."""

    plan: str | None = Field(description="the folder that was written")
    distance: float = Field(
        description="value that parties give more or less than in the nearest plan before it"
    )
    proved: bool = Field(description="whether no plan was further away")
    gives: list[GivesEntry]
    objectives: dict[str, float]

    @classmethod
    def of(cls, other: Differing, place: str | None) -> OtherPlan:
        """Write one of the plans down."""
        return cls(
            plan=place,
            distance=other.distance,
            proved=other.proved,
            gives=[
                GivesEntry(party=party, item=item, units=units)
                for (party, item), units in other.gives.items()
            ],
            objectives={name: one.value for name, one in other.plan.objectives.items()},
        )


class RoomMessage(Message):
    """The answer of `ringtausch room --json`."""

    schema_: Literal["ringtausch/room/1"] = Field(default="ringtausch/room/1", alias="schema")
    status: Literal["proved", "limit", "infeasible", "unknown", "invalid"] = Field(
        description="limit = time ran out before everything was proved"
    )
    near: float | None = Field(default=None, description="the share that was asked for")
    objectives: dict[str, LimitEntry] = Field(default={})
    ranges: list[RangeEntry] = Field(default=[])
    plans: list[OtherPlan] = Field(default=[])
    problems: list[ProblemEntry] = Field(default=[])

    @classmethod
    def of(cls, found: Room, written: Sequence[str]) -> RoomMessage:
        """Write everything down that was found; `written` are the folders, the best plan's first."""
        places = [*written[1:], *([None] * len(found.plans))]
        return cls(
            status="proved" if found.proved else "limit",
            near=found.near,
            objectives={
                name: LimitEntry(best=limit.best, most=limit.most)
                for name, limit in found.limits.items()
            },
            ranges=[
                RangeEntry(
                    party=one.party,
                    kind=one.kind,
                    item=one.item,
                    unit=one.unit,
                    least=one.least,
                    best=one.best,
                    in_plan=in_plan,
                    most=one.most,
                    least_bound=one.least_bound,
                    most_bound=one.most_bound,
                    proved=one.proved,
                )
                for one, in_plan in zip(found.ranges, found.in_plan, strict=True)
            ],
            plans=[
                OtherPlan.of(one, place) for one, place in zip(found.plans, places, strict=False)
            ],
        )


class BoughtEntry(Message):
    """A later objective in the plan that may give something up of an earlier one."""

    value: float
    change: float = Field(description="against the plan without; below 0 = better")


class PriceEntry(Message):
    """What giving up some of an objective buys."""

    objective: str
    value: float = Field(description="in the best plan")
    allowed: float = Field(description="what may be given up, in the objective's own unit")
    used: float = Field(description="what is given up; 0 where it buys nothing")
    edit: str = Field(description="the edit that allows it")
    later: dict[str, BoughtEntry]
    proved: bool


class PricesMessage(Message):
    """The answer of `ringtausch prices --json`."""

    schema_: Literal["ringtausch/prices/1"] = Field(default="ringtausch/prices/1", alias="schema")
    status: Literal["proved", "limit", "infeasible", "unknown", "invalid"] = Field(
        description="limit = time ran out before everything was proved"
    )
    give_up: float | None = Field(default=None, description="the share that was asked for")
    base: dict[str, float] = Field(default={}, description="the objectives of the best plan")
    prices: list[PriceEntry] = Field(default=[])
    problems: list[ProblemEntry] = Field(default=[])

    @classmethod
    def of(cls, found: Prices) -> PricesMessage:
        """Write everything down that was found."""
        return cls(
            status="proved" if all(row.proved for row in found.rows) else "limit",
            give_up=found.give_up,
            base=found.base,
            prices=[
                PriceEntry(
                    objective=row.objective,
                    value=row.value,
                    allowed=row.allowed,
                    used=row.used,
                    edit=row.edit,
                    later={
                        name: BoughtEntry(value=value, change=row.change[name])
                        for name, value in row.later.items()
                    },
                    proved=row.proved,
                )
                for row in found.rows
            ],
        )
