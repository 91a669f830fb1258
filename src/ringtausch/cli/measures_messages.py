"""What `ringtausch measures --json` prints: the tables of the measures, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from ringtausch.cli.message import Message
from ringtausch.insight.measures.rows import (
    Burden,
    Deal,
    FundUse,
    Production,
    Receipt,
    Replacement,
    Slack,
    Slot,
    Unvalued,
    Window,
)
from ringtausch.records.periods import PeriodKind

if TYPE_CHECKING:
    from ringtausch.insight.measures import Measures

__all__ = ["MeasuresMessage"]


class MeasuresMessage(Message):
    """The answer of `ringtausch measures --json`."""

    schema_: Literal["ringtausch/measures/1"] = Field(
        default="ringtausch/measures/1", alias="schema"
    )
    scenario: str
    hash: str = Field(description="SHA-256 of the scenario's content")
    period: PeriodKind
    currency: str = Field(description="the reporting currency, in which all money is")
    bases: list[str] = Field(description="the bases of value that there are; items = items.csv")
    basis: str = Field(description="the basis by which deals are valued")
    burden: list[Burden]
    unvalued: list[Unvalued]
    deals: list[Deal]
    receipts: list[Receipt]
    windows: list[Window]
    slack: list[Slack]
    production: list[Production]
    slots: list[Slot]
    funds: list[FundUse]
    replacements: list[Replacement]

    @classmethod
    def of(cls, measures: Measures) -> MeasuresMessage:
        """Make the message of measures."""
        tables: dict[str, Any] = {name: list(rows) for name, rows in measures.tables.items()}
        return cls(
            scenario=measures.scenario_name,
            hash=measures.scenario_hash,
            period=measures.period,
            currency=measures.currency,
            bases=list(measures.bases),
            basis=measures.basis,
            **tables,
        )
