"""What `ringtausch explain --json` prints, also with `--instead` and `--of`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from ringtausch.cli.message import Message, ProblemEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ringtausch.insight.explain import Cause, Explanation, Instead, Obstacle, Waiting, Worth
    from ringtausch.insight.explain.effects import PartyEffect, TargetEffect
    from ringtausch.insight.explain.release import RowName
    from ringtausch.insight.explain.targets import Freed, Target
    from ringtausch.records import Scenario

__all__ = ["ExplainMessage"]


class RowEntry(Message):
    """A row of the scenario."""

    table: str
    line: int = Field(description="in the file; 0 = the row is not there, as a lane nobody wrote")
    key: dict[str, str]

    @classmethod
    def of(cls, row: RowName) -> RowEntry:
        """Write a row."""
        return cls(table=row.table, line=row.line, key=row.key)


class PeriodEntry(Message):
    """An amount in a period."""

    date: str = Field(description="the first day of the period")
    amount: float


class TargetEntry(Message):
    """A need that is not met, a gap, or a replacement that is late."""

    objective: Literal["unmet_need", "capability_gap", "late_replacement"]
    need: str | None
    party: str
    subject: str = Field(description="the capability, or the item that is owed")
    amount: float = Field(description="unit-periods that are missing, as the objective counts them")
    months: list[PeriodEntry]
    sentence: str

    @classmethod
    def of(cls, scenario: Scenario, target: Target) -> TargetEntry:
        """Write a target."""
        from ringtausch.insight.explain.telling import target_text

        return cls(
            **_named(target),
            amount=target.amount,
            months=[
                PeriodEntry(date=_day(scenario, period), amount=amount)
                for period, amount in target.periods
            ],
            sentence=target_text(scenario, target),
        )


class FreedEntry(Message):
    """What a change takes from a target."""

    objective: Literal["unmet_need", "capability_gap", "late_replacement"]
    need: str | None
    party: str
    subject: str
    amount: float = Field(description="unit-periods less")
    months: list[str] = Field(description="first days of the periods in which it is less")

    @classmethod
    def of(cls, scenario: Scenario, freed: Freed) -> FreedEntry:
        """Write what is freed."""
        return cls(
            **_named(freed.target),
            amount=freed.amount,
            months=[_day(scenario, period) for period in freed.periods],
        )


class CauseEntry(Message):
    """Rows that bind; of several each counts only together with the others."""

    family: str = Field(description="families of several rows are joined by +")
    rows: list[RowEntry]
    release: list[str] = Field(description="edits that take away what the rows forbid")
    objectives: dict[str, float] = Field(description="the six values after")
    improves: list[str] = Field(description="objectives that get better at their place")
    frees: list[FreedEntry]
    sentence: str

    @classmethod
    def of(cls, scenario: Scenario, cause: Cause) -> CauseEntry:
        """Write a cause."""
        return cls(
            family=cause.family,
            rows=[RowEntry.of(row) for row in cause.rows],
            release=list(cause.release),
            objectives=cause.objectives,
            improves=list(cause.improves),
            frees=_freed(scenario, cause.freed),
            sentence=cause.sentence,
        )


class WorthEntry(Message):
    """What a change of one row comes to."""

    sentence: str
    edits: list[str]
    objectives: dict[str, float] = Field(description="the six values after; empty without a plan")
    improves: list[str]
    frees: list[FreedEntry]

    @classmethod
    def of(cls, scenario: Scenario, worth: Worth) -> WorthEntry:
        """Write what a change is worth."""
        return cls(
            sentence=worth.sentence,
            edits=list(worth.edits),
            objectives=worth.objectives,
            improves=list(worth.improves),
            frees=_freed(scenario, worth.freed),
        )


class OfEntry(Message):
    """The answer of `--of`: who waits for a row."""

    row: RowEntry
    path: str
    released: list[WorthEntry] = Field(description="with the row's limits taken away")
    one_more: list[WorthEntry] = Field(description="with a little more of it")

    @classmethod
    def of(cls, answer: Waiting) -> OfEntry:
        """Write who waits."""
        return cls(
            row=RowEntry.of(answer.row),
            path=answer.path,
            released=[WorthEntry.of(answer.scenario, worth) for worth in answer.released],
            one_more=[WorthEntry.of(answer.scenario, worth) for worth in answer.one_more],
        )


class TargetEffectEntry(Message):
    """A need, gap or late replacement that another decision changes."""

    objective: Literal["unmet_need", "capability_gap", "late_replacement"]
    need: str | None
    party: str
    subject: str
    before: float
    after: float
    months: list[str] = Field(description="first days of the periods in which it differs")

    @classmethod
    def of(cls, scenario: Scenario, effect: TargetEffect) -> TargetEffectEntry:
        """Write an effect on a target."""
        months = [_day(scenario, period) for period in effect.periods]
        return cls(**_named(effect.target), before=effect.before, after=effect.after, months=months)


class PartyEffectEntry(Message):
    """What a party gives, receives, orders, waits for or pays otherwise."""

    party: str
    what: Literal["gives", "receives", "orders", "waits", "pays"]
    item: str
    before: float = Field(description="units, unit-periods owed, or reporting currency")
    after: float

    @classmethod
    def of(cls, effect: PartyEffect) -> PartyEffectEntry:
        """Write an effect on a party."""
        values = {name: getattr(effect, name) for name in ("party", "item", "before", "after")}
        return cls.model_validate({"what": effect.what, **values})


class ObstacleEntry(Message):
    """A row that stands against another decision; with all of them released it can be."""

    rows: list[RowEntry]
    release: list[str] = Field(description="edits that take away what the row forbids")
    sentence: str

    @classmethod
    def of(cls, obstacle: Obstacle) -> ObstacleEntry:
        """Write an obstacle."""
        return cls(
            rows=[RowEntry.of(row) for row in obstacle.rows],
            release=list(obstacle.release),
            sentence=obstacle.sentence,
        )


class InsteadEntry(Message):
    """The answer of `--instead`: what another decision comes to."""

    edits: list[str]
    status: Literal["possible", "impossible", "unknown"]
    objectives: dict[str, float] = Field(description="of the best plan that does it")
    targets: list[TargetEffectEntry]
    parties: list[PartyEffectEntry]
    obstacles: list[ObstacleEntry]

    @classmethod
    def of(cls, answer: Instead) -> InsteadEntry:
        """Write the answer."""
        return cls(
            edits=list(answer.edits),
            status=answer.status,
            objectives=answer.after,
            targets=[TargetEffectEntry.of(answer.scenario, t) for t in answer.targets],
            parties=[PartyEffectEntry.of(p) for p in answer.parties],
            obstacles=[ObstacleEntry.of(o) for o in answer.obstacles],
        )


class ExplainMessage(Message):
    """The answer of `ringtausch explain --json`."""

    schema_: Literal["ringtausch/explanation/1"] = Field(
        default="ringtausch/explanation/1", alias="schema"
    )
    status: Literal["ok", "infeasible", "invalid"]
    complete: bool = Field(default=True, description="false where a time limit left rows untried")
    objectives: dict[str, float] = Field(default={}, description="the six values as they are")
    targets: list[TargetEntry] = Field(default=[])
    causes: list[CauseEntry] = Field(default=[])
    instead: InsteadEntry | None = Field(default=None, description="with --instead")
    of_row: OfEntry | None = Field(default=None, description="with --of")
    notes: list[str] = Field(default=[])
    problems: list[ProblemEntry] = Field(default=[])

    @classmethod
    def of_explanation(cls, found: Explanation) -> ExplainMessage:
        """Write an explanation."""
        return cls(
            status="ok",
            complete=found.complete,
            objectives=found.before,
            targets=[TargetEntry.of(found.scenario, target) for target in found.targets],
            causes=[CauseEntry.of(found.scenario, cause) for cause in found.causes],
            notes=list(found.notes),
        )

    @classmethod
    def of_instead(cls, found: Instead) -> ExplainMessage:
        """Write what another decision comes to."""
        return cls(
            status="ok",
            complete=found.status != "unknown",
            objectives=found.before,
            instead=InsteadEntry.of(found),
            notes=list(found.notes),
        )

    @classmethod
    def of_waiting(cls, found: Waiting) -> ExplainMessage:
        """Write who waits for a row."""
        return cls(
            status="ok",
            complete=found.complete,
            objectives=found.before,
            of_row=OfEntry.of(found),
            notes=list(found.notes),
        )


def _named(target: Target) -> dict[str, Any]:
    return {
        "objective": target.objective,
        "need": target.names[0] if target.objective == "unmet_need" else None,
        "party": target.party,
        "subject": target.subject,
    }


def _freed(scenario: Scenario, freed: Iterable[Freed]) -> list[FreedEntry]:
    return [FreedEntry.of(scenario, one) for one in freed]


def _day(scenario: Scenario, period: int) -> str:
    return scenario.calendar.first_day(period).isoformat()
