"""What commands print with `--json`: messages with a schema and its version.

The version goes up when a member is removed or changes its meaning; members may be added without.
`docs/reference/schemas` holds the JSON schemas that follow from these classes.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["MESSAGES", "CheckMessage", "OutcomeMessage", "ProofMessage"]


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True, serialize_by_alias=True)


class ProblemEntry(_Message):
    """Something wrong with the input."""

    file: str
    line: int = Field(description="counted from 1, the header row being 1; 0 = the file as a whole")
    column: str = Field(description="column or setting; empty where the row or file is meant")
    value: str
    message: str
    severity: Literal["error", "warning"]


class CheckMessage(_Message):
    """The answer of `ringtausch check --json`."""

    schema_: Literal["ringtausch/check/1"] = Field(default="ringtausch/check/1", alias="schema")
    ok: bool = Field(description="whether there is no error; warnings do not count")
    name: str | None = Field(description="the scenario's name, where it can be read")
    hash: str | None = Field(description="SHA-256 of the scenario's content, where it is valid")
    problems: list[ProblemEntry]


class ObjectiveEntry(_Message):
    """The value of an objective, and the best value proved to be possible."""

    value: float
    bound: float | None = Field(description="null where the objective was not optimised")


class ConflictEntry(_Message):
    """A row of the scenario that takes part in a conflict."""

    table: str
    line: int
    key: dict[str, str]
    sentence: str


class OutcomeMessage(_Message):
    """The answer of `ringtausch plan --json`."""

    schema_: Literal["ringtausch/outcome/1"] = Field(default="ringtausch/outcome/1", alias="schema")
    status: Literal["optimal", "feasible", "infeasible", "unknown", "invalid"]
    plan: str | None = Field(default=None, description="the folder that was written")
    report: str | None = Field(default=None, description="the report that was written")
    objectives: dict[str, ObjectiveEntry] = {}
    seconds: float | None = None
    verified: bool | None = Field(
        default=None, description="whether the plan was proved to obey all rules"
    )
    conflict: list[ConflictEntry] = Field(default=[], description="rows that cannot hold together")
    irreducible: bool | None = Field(
        default=None, description="whether without any one row of the conflict there is a plan"
    )
    problems: list[ProblemEntry] = []


class ViolationEntry(_Message):
    """A broken rule."""

    rule: int = Field(description="1 to 13; 0 = the form of the plan or a figure that it states")
    name: str
    row: str = Field(description="file and line in the plan, or the names that the rule is about")
    key: str = Field(description="the names and the period that the rule is about")
    amount: float = Field(description="by how much the rule is broken")
    message: str


class ProofMessage(_Message):
    """The answer of `ringtausch verify --json`."""

    schema_: Literal["ringtausch/proof/1"] = Field(default="ringtausch/proof/1", alias="schema")
    ok: bool
    violations: list[ViolationEntry] = []
    objectives: dict[str, float] = Field(
        default={}, description="recomputed from the decisions alone"
    )
    notes: list[str] = []
    problems: list[ProblemEntry] = []


MESSAGES: dict[str, type[_Message]] = {
    "check-1": CheckMessage,
    "outcome-1": OutcomeMessage,
    "proof-1": ProofMessage,
}
