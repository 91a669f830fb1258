"""What `ringtausch compare --json` prints: the columns of a comparison with all their figures."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from ringtausch.cli.message import Message, ProblemEntry

if TYPE_CHECKING:
    from ringtausch.insight.compare import Column, Comparison, Figures
    from ringtausch.insight.compare.column import Change
    from ringtausch.insight.compare.waits import Wait
    from ringtausch.records.periods import Calendar

__all__ = ["CompareMessage"]


class PlannedObjective(Message):
    """The value of an objective, and the best value proved to be possible."""

    value: float
    bound: float | None = Field(description="null where the objective was not optimised")


class ChangeEntry(Message):
    """The first objective, in the order of the aims, in which a column differs from the first one."""

    objective: str
    amount: float = Field(description="below 0 = better")


class ArrivalEntry(Message):
    """When the plan first brings a party something that a need of it counts."""

    party: str
    date: dt.date | None = Field(description="the first day of the period; null = never")


class NeedEntry(Message):
    """How a need is met."""

    need: str
    party: str
    capability: str
    quantity: float
    first: dt.date | None = Field(description="from when on something of it is met")
    last: dt.date | None = Field(description="from when on as much is met as ever will be")
    full: dt.date | None = Field(description="from when on all of it is met")
    share_at_due: float
    share_at_end: float


class GapEntry(Message):
    """The longest time that a party is below a floor."""

    party: str
    capability: str
    date: dt.date
    periods: int
    deepest: float


class WaitEntry(Message):
    """So many periods a party waits for an item."""

    party: str
    item: str
    periods: int
    open: bool = Field(description="whether it still waits when the plan ends")


class PartyAmount(Message):
    """An amount of a party."""

    party: str
    amount: float


class HandedEntry(Message):
    """How many units of an item are handed over."""

    item: str
    units: float


class FiguresEntry(Message):
    """What people ask about; lists of parties begin with the one that it concerns most."""

    arrivals: list[ArrivalEntry]
    needs: list[NeedEntry]
    gaps: list[GapEntry] = Field(description="the longest time below each floor")
    waits: list[WaitEntry] = Field(
        description="for what is handed over in the plan, until replaced"
    )
    overdue: list[WaitEntry] = Field(description="past the date agreed")
    late: list[PartyAmount] = Field(description="parts of the objective late_replacement")
    payers: list[PartyAmount] = Field(description="in the reporting currency")
    handed: list[HandedEntry]
    gap_by_period: list[float] = Field(description="by weight, as capability_gap adds them up")
    paid_by_period: list[float] = Field(description="in the reporting currency")


class ColumnEntry(Message):
    """The scenario as it is, an older plan of it, or a variant."""

    kind: Literal["base", "plan", "variant"]
    name: str = Field(description="empty but for variants")
    title: str
    reason: str
    on: str | None = Field(description="the variant that it builds on")
    edits: list[str] = Field(description="all of them, those of the variant below included")
    made_from: str | None = Field(description="the content hash that the variant was written for")
    stale: bool = Field(description="whether it was written for another state of the scenario")
    hash: str = Field(description="SHA-256 of the content of what was planned")
    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    objectives: dict[str, PlannedObjective] = Field(description="empty where there is no plan")
    change: ChangeEntry | None = Field(description="null where nothing that is aimed at differs")
    why_none: list[str] = Field(description="rows that cannot hold together")
    figures: FiguresEntry | None


class CompareMessage(Message):
    """The answer of `ringtausch compare --json`."""

    schema_: Literal["ringtausch/compare/1"] = Field(default="ringtausch/compare/1", alias="schema")
    ok: bool
    order: list[str] = Field(default=[], description="the objectives in the order of the aims")
    page: str | None = Field(default=None, description="the page that was written")
    columns: list[ColumnEntry] = Field(default=[])
    problems: list[ProblemEntry] = Field(default=[])

    @classmethod
    def of(cls, comparison: Comparison, page: str | None) -> CompareMessage:
        """Tell a comparison."""
        columns = [_column(comparison, column) for column in comparison.columns]
        return cls(ok=True, order=list(comparison.order), page=page, columns=columns)


def _column(comparison: Comparison, column: Column) -> ColumnEntry:
    change = comparison.change(column)
    calendar = column.scenario.calendar
    return ColumnEntry(
        kind=column.kind,
        name=column.name,
        title=column.title,
        reason=column.reason,
        on=column.on or None,
        edits=list(column.edits),
        made_from=column.made_from or None,
        stale=column.stale,
        hash=column.scenario.content_hash,
        status=column.status,
        objectives={
            name: PlannedObjective(value=o.value, bound=o.bound)
            for name, o in column.objectives.items()
        },
        change=None if change is None else _change(change),
        why_none=list(column.why_none),
        figures=None if column.figures is None else _figures(calendar, column.figures),
    )


def _change(change: Change) -> ChangeEntry:
    return ChangeEntry(objective=change.objective, amount=change.amount)


def _figures(calendar: Calendar, figures: Figures) -> FiguresEntry:
    def day(period: int | None) -> dt.date | None:
        return None if period is None else calendar.first_day(period)

    return FiguresEntry(
        arrivals=[ArrivalEntry(party=a.party, date=day(a.period)) for a in figures.arrivals],
        needs=[
            NeedEntry(
                need=n.need,
                party=n.party,
                capability=n.capability,
                quantity=n.quantity,
                first=day(n.first),
                last=day(n.last),
                full=day(n.full),
                share_at_due=n.share_at_due,
                share_at_end=n.share_at_end,
            )
            for n in figures.needs
        ],
        gaps=[
            GapEntry(
                party=s.party,
                capability=s.capability,
                date=calendar.first_day(s.first),
                periods=s.periods,
                deepest=s.deepest,
            )
            for s in figures.gaps
        ],
        waits=[_wait(wait) for wait in figures.waits],
        overdue=[_wait(wait) for wait in figures.overdue],
        late=[PartyAmount(party=late.party, amount=late.amount) for late in figures.late],
        payers=[PartyAmount(party=payer.party, amount=payer.amount) for payer in figures.payers],
        handed=[HandedEntry(item=given.item, units=given.units) for given in figures.handed],
        gap_by_period=list(figures.gap),
        paid_by_period=list(figures.paid),
    )


def _wait(wait: Wait) -> WaitEntry:
    return WaitEntry(party=wait.party, item=wait.item, periods=wait.periods, open=wait.open)
