"""What the messages of all commands share: their base, and how problems with the input are told."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Message", "ProblemEntry"]


class Message(BaseModel):
    """A document that a command prints, or a part of one."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, serialize_by_alias=True)


class ProblemEntry(Message):
    """Something wrong with the input."""

    file: str
    line: int = Field(description="counted from 1, the header row being 1; 0 = the file as a whole")
    column: str = Field(description="column or setting; empty where the row or file is meant")
    value: str
    message: str
    severity: Literal["error", "warning"]
