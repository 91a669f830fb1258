"""What `check`, `plan` and `verify` print with `--json`.

Other families of commands have a file of messages each; `schemas` lists them all.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ringtausch.cli.keep_messages import AskAgainEntry, ChangeEntry
from ringtausch.cli.message import Message, ProblemEntry

__all__ = ["CheckMessage", "OutcomeMessage", "ProblemEntry", "ProofMessage"]


class CheckMessage(Message):
    """The answer of `ringtausch check --json`."""

    schema_: Literal["ringtausch/check/1"] = Field(default="ringtausch/check/1", alias="schema")
    ok: bool = Field(description="whether there is no error; warnings do not count")
    name: str | None = Field(description="the scenario's name, where it can be read")
    hash: str | None = Field(description="SHA-256 of the scenario's content, where it is valid")
    problems: list[ProblemEntry]


class ObjectiveEntry(Message):
    """The value of an objective, and the best value proved to be possible."""

    value: float
    bound: float | None = Field(description="null where the objective was not optimised")


class ConflictEntry(Message):
    """A row of the scenario that takes part in a conflict."""

    table: str
    line: int
    key: dict[str, str]
    sentence: str


class OutcomeMessage(Message):
    """The answer of `ringtausch plan --json`."""

    schema_: Literal["ringtausch/outcome/1"] = Field(default="ringtausch/outcome/1", alias="schema")
    status: Literal["optimal", "feasible", "infeasible", "unknown", "invalid"]
    plan: str | None = Field(default=None, description="the folder that was written")
    report: str | None = Field(default=None, description="the report that was written")
    objectives: dict[str, ObjectiveEntry] = Field(default={})
    seconds: float | None = None
    verified: bool | None = Field(
        default=None, description="whether the plan was proved to obey all rules"
    )
    conflict: list[ConflictEntry] = Field(default=[], description="rows that cannot hold together")
    irreducible: bool | None = Field(
        default=None, description="whether without any one row of the conflict there is a plan"
    )
    problems: list[ProblemEntry] = Field(default=[])
    changes: list[ChangeEntry] = Field(
        default=[], description="with --keep: what is otherwise than in the plan to keep"
    )
    ask_again: list[AskAgainEntry] = Field(
        default=[], description="with --keep: whose agreement must be asked for again"
    )


class ViolationEntry(Message):
    """A broken rule."""

    rule: int = Field(description="1 to 13; 0 = the form of the plan or a figure that it states")
    name: str
    row: str = Field(description="file and line in the plan, or the names that the rule is about")
    key: str = Field(description="the names and the period that the rule is about")
    amount: float = Field(description="by how much the rule is broken")
    message: str


class ProofMessage(Message):
    """The answer of `ringtausch verify --json`."""

    schema_: Literal["ringtausch/proof/1"] = Field(default="ringtausch/proof/1", alias="schema")
    ok: bool
    violations: list[ViolationEntry] = Field(default=[])
    objectives: dict[str, float] = Field(
        default={}, description="recomputed from the decisions alone"
    )
    notes: list[str] = Field(default=[])
    problems: list[ProblemEntry] = Field(default=[])
