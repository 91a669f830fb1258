"""What `plan --keep --json` says of the changes, and of whom to ask again."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ringtausch.cli.message import Message

__all__ = ["AskAgainEntry", "ChangeEntry"]


class ChangeEntry(Message):
    """Something of the plan to keep that is otherwise now."""

    table: Literal["dispatches", "orders", "payments"]
    names: dict[str, str] = Field(description="the columns that say between whom and about what")
    kind: Literal["moved", "more", "less", "new", "gone"]
    quantity: float = Field(description="units of the item; the reporting currency for a payment")
    before: str | None = Field(description="the first day of the period in which it was")
    after: str | None = Field(description="the first day of the period in which it is now")
    weight: float = Field(description="what it adds to the weighted change; 0 for a payment")
    reason: Literal["forbidden", "impossible", "costly", "free", "unknown"] | None = Field(
        description="why it is not as it was; null for a payment"
    )
    objective: str | None = Field(description="the first objective that would be worse")
    amount: float | None = Field(description="by how much it would be worse")
    sentence: str
    why: str


class AskAgainEntry(Message):
    """A party whose agreement must be asked for again."""

    party: str
    roles: list[Literal["giver", "receiver", "customer", "payer"]]
    about: list[int] = Field(description="numbers of the changes, from 0")
