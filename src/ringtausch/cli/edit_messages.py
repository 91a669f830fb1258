"""What `ringtausch edit --json` and `ringtausch variants --json` print."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ringtausch.cli.message import Message, ProblemEntry

__all__ = ["EditMessage", "VariantsMessage"]


class ChangeEntry(Message):
    """A cell or setting that has another value, or a row that is new or gone."""

    kind: Literal["set", "add", "drop", "setting"]
    path: str = Field(description="the row, or the section of a setting")
    column: str = Field(description="column or setting; empty where a whole row is new or gone")
    before: str = Field(description="text of the cell, or the row; empty where there is none")
    after: str


class EditMessage(Message):
    """The answer of `ringtausch edit --json`."""

    schema_: Literal["ringtausch/edit/1"] = Field(default="ringtausch/edit/1", alias="schema")
    ok: bool = Field(description="whether the edits were made")
    written: str | None = Field(default=None, description="the folder or workbook")
    before: str | None = Field(default=None, description="SHA-256 of the scenario's content")
    after: str | None = Field(default=None, description="the same of the changed scenario")
    changes: list[ChangeEntry] = Field(default=[])
    undo: list[str] = Field(default=[], description="edits that lead exactly back")
    problems: list[ProblemEntry] = Field(default=[])


class VariantEntry(Message):
    """A variant of a scenario."""

    name: str
    title: str
    reason: str
    on: str | None = Field(description="the variant that it builds on")
    edits: list[str] = Field(description="its own")
    all_edits: list[str] = Field(description="those of the variants below it first")
    made_from: str | None = Field(description="content hash of the scenario it was written for")
    ok: bool = Field(description="whether it can be planned")
    hash: str | None = Field(description="SHA-256 of the content of the scenario it makes")


class VariantsMessage(Message):
    """The answer of `ringtausch variants --json`."""

    schema_: Literal["ringtausch/variants/1"] = Field(
        default="ringtausch/variants/1", alias="schema"
    )
    ok: bool = Field(description="whether all of them can be planned; warnings do not count")
    hash: str | None = Field(description="SHA-256 of the scenario's content, where it is valid")
    variants: list[VariantEntry] = Field(default=[])
    problems: list[ProblemEntry] = Field(default=[])
