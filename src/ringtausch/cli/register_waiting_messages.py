"""What `register overdue`, `waiting` and `conflicts` print with `--json`; amounts are exact decimals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field

from ringtausch.cli.message import Message
from ringtausch.cli.register_position_messages import AmountEntry, ConflictEntry
from ringtausch.cli.register_table import exactly

if TYPE_CHECKING:
    from ringtausch.hub.asking import Asked
    from ringtausch.register.discrepancies import Discrepancy
    from ringtausch.register.overdue import Overdue
    from ringtausch.register.position import Position
    from ringtausch.register.replacement import Bare
    from ringtausch.register.silence import Waiting

__all__ = ["ConflictsMessage", "OverdueMessage", "WaitingMessage"]


class OverdueEntry(Message):
    """One thing that waits for somebody."""

    what: Literal["replacement", "promise", "payment", "bare", "undated"]
    matter: str
    debtor: str
    creditor: str
    commodity: str
    amount: str
    due: str | None
    since: str
    age_days: int
    guarantor: str
    disputed: bool


class RequestEntry(Message):
    """One request."""

    matter: str
    asked_by: str
    asked_of: str
    item: str
    currency: str
    quantity: AmountEntry
    asked_first: str
    times: int
    age_days: int
    answer: str = Field(description="validated, met or declined; empty where there is none")
    answered_on: str | None


class OverdueMessage(Message):
    """The answer of `ringtausch register overdue --json`."""

    schema_: Literal["ringtausch/register-overdue/1"] = Field(
        default="ringtausch/register-overdue/1", alias="schema"
    )
    rule: str
    as_of: str
    known_at: str | None
    overdue: list[OverdueEntry] = Field(description="the oldest first")
    requests: list[RequestEntry] = Field(description="asked and not answered")

    @classmethod
    def of(cls, asked: Asked, rows: Iterable[Overdue], requests: Iterable[Waiting]) -> Self:
        """Make the message of what is overdue."""
        return cls(
            rule=asked.rule.name,
            as_of=asked.as_of.isoformat(),
            known_at=asked.known_at,
            overdue=[
                OverdueEntry(
                    what=one.what,
                    matter=one.matter,
                    debtor=one.debtor,
                    creditor=one.creditor,
                    commodity=one.commodity,
                    amount=exactly(one.amount, 10_000 if one.is_money else 1000) or "0",
                    due=None if one.due is None else one.due.isoformat(),
                    since=one.since.isoformat(),
                    age_days=one.age_days,
                    guarantor=one.guarantor,
                    disputed=one.disputed,
                )
                for one in rows
            ],
            requests=[_request(one) for one in requests],
        )


def _request(one: Waiting) -> RequestEntry:
    position = one.position
    scale = 10_000 if position.currency else 1000
    return RequestEntry(
        matter=position.matter,
        asked_by=position.receiver,
        asked_of=position.giver,
        item=position.item,
        currency=position.currency,
        quantity=AmountEntry.of(position.counted("asked"), scale),
        asked_first=one.asked_first.isoformat(),
        times=one.repeats,
        age_days=one.age,
        answer=one.answer,
        answered_on=None if one.answered_on is None else one.answered_on.isoformat(),
    )


class WaitingMessage(Message):
    """The answer of `ringtausch register waiting --json`."""

    schema_: Literal["ringtausch/register-waiting/1"] = Field(
        default="ringtausch/register-waiting/1", alias="schema"
    )
    rule: str
    as_of: str
    known_at: str | None
    requests: list[RequestEntry]

    @classmethod
    def of(cls, asked: Asked, rows: Iterable[Waiting]) -> Self:
        """Make the message of requests."""
        return cls(
            rule=asked.rule.name,
            as_of=asked.as_of.isoformat(),
            known_at=asked.known_at,
            requests=[_request(one) for one in rows],
        )


class DiscrepancyEntry(Message):
    """A difference between what giver and receiver say."""

    matter: str
    giver: str
    receiver: str
    item: str
    handed_over: str
    received: str
    lost: str
    missing: str
    since: str
    age_days: int
    why: str


class BareEntry(Message):
    """A hand-over with no agreed replacement and no waiver."""

    matter: str
    giver: str
    receiver: str
    item: str
    amount: str
    handed_over: str
    since: str
    age_days: int


class ConflictsMessage(Message):
    """The answer of `ringtausch register conflicts --json`."""

    schema_: Literal["ringtausch/register-conflicts/1"] = Field(
        default="ringtausch/register-conflicts/1", alias="schema"
    )
    rule: str
    as_of: str
    known_at: str | None
    conflicts: list[ConflictEntry]
    discrepancies: list[DiscrepancyEntry]
    bare: list[BareEntry]

    @classmethod
    def of(
        cls,
        asked: Asked,
        shown: Iterable[Position],
        differ: Iterable[Discrepancy],
        left: Iterable[Bare],
    ) -> Self:
        """Make the message of conflicts."""
        return cls(
            rule=asked.rule.name,
            as_of=asked.as_of.isoformat(),
            known_at=asked.known_at,
            conflicts=[ConflictEntry.of(one) for position in shown for one in position.conflicts],
            discrepancies=[
                DiscrepancyEntry(
                    matter=one.matter,
                    giver=one.giver,
                    receiver=one.receiver,
                    item=one.item,
                    handed_over=_items(one.handed_over),
                    received=_items(one.received),
                    lost=_items(one.lost),
                    missing=_items(one.missing),
                    since=one.since.isoformat(),
                    age_days=one.age_days,
                    why=one.why,
                )
                for one in differ
            ],
            bare=[
                BareEntry(
                    matter=one.matter,
                    giver=one.giver,
                    receiver=one.receiver,
                    item=one.item,
                    amount=_items(one.amount),
                    handed_over=_items(one.handed_over),
                    since=one.since.isoformat(),
                    age_days=one.age_days,
                )
                for one in left
            ],
        )


def _items(amount: int) -> str:
    return exactly(amount, 1000) or "0"
