"""What `ringtausch diagnose --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from ringtausch.cli.message import Message, ProblemEntry

if TYPE_CHECKING:
    from ringtausch.insight.diagnose import Conflict, Diagnosis, Repair
    from ringtausch.planning import ConflictRow

__all__ = ["DiagnosisMessage"]


class NamedRowEntry(Message):
    """A row that takes part in a conflict: of the scenario, or of the plan to keep."""

    table: str
    line: int = Field(description="in the table's file; 0 = of no row alone")
    key: dict[str, str]
    sentence: str

    @classmethod
    def of(cls, row: ConflictRow) -> NamedRowEntry:
        """Take over a row."""
        return cls(table=row.table, line=row.line, key=row.key, sentence=row.sentence)


class RequirementConflictEntry(Message):
    """Requirements that cannot be met together, and the facts that stand against them."""

    rows: list[NamedRowEntry]
    sentence: str
    facts: list[NamedRowEntry]
    irreducible: bool = Field(
        description="whether it was shown that without any one of the rows the others can be met"
    )
    facts_irreducible: bool = Field(
        description="whether it was shown that with any one of the facts free the rows can be met"
    )

    @classmethod
    def of(cls, conflict: Conflict) -> RequirementConflictEntry:
        """Take over a conflict."""
        return cls(
            rows=[NamedRowEntry.of(row) for row in conflict.rows],
            sentence=conflict.sentence,
            facts=[NamedRowEntry.of(row) for row in conflict.facts],
            irreducible=conflict.irreducible,
            facts_irreducible=conflict.facts_irreducible,
        )


class RepairEntry(Message):
    """Edits after which there is a plan."""

    kind: Literal["fewest_rows", "least_amount", "least_reluctance"]
    edits: list[str]
    sentence: str
    objectives: dict[str, float] = Field(
        description="of the best plan after the repair; empty where time ran out"
    )
    rows: int = Field(description="how many rows change")
    amount: float | None = Field(description="the total amount; null where a switch is used")
    reluctance: float = Field(description="what the cells that change weigh")
    proved: bool = Field(description="whether it was shown that nothing less would do")

    @classmethod
    def of(cls, repair: Repair) -> RepairEntry:
        """Take over a repair."""
        return cls(
            kind=repair.kind,
            edits=list(repair.edits),
            sentence=repair.sentence,
            objectives=repair.objectives,
            rows=repair.rows,
            amount=repair.amount,
            reluctance=repair.reluctance,
            proved=repair.proved,
        )


class DiagnosisMessage(Message):
    """The answer of `ringtausch diagnose --json`."""

    schema_: Literal["ringtausch/diagnosis/1"] = Field(
        default="ringtausch/diagnosis/1", alias="schema"
    )
    status: Literal["feasible", "infeasible", "unknown", "invalid"]
    conflicts: list[RequirementConflictEntry] = Field(default=[])
    repairs: list[RepairEntry] = Field(default=[])
    open_points: list[str] = Field(default=[], description="what was not shown for lack of time")
    seconds: float | None = Field(default=None)
    problems: list[ProblemEntry] = Field(default=[])

    @classmethod
    def of(cls, diagnosis: Diagnosis) -> DiagnosisMessage:
        """Take over a diagnosis."""
        return cls(
            status=diagnosis.status,
            conflicts=[RequirementConflictEntry.of(c) for c in diagnosis.conflicts],
            repairs=[RepairEntry.of(r) for r in diagnosis.repairs],
            open_points=list(diagnosis.open_points),
            seconds=diagnosis.seconds,
        )
