"""What `register scenario` and `register adopt` print with `--json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self, cast

from pydantic import Field

from ringtausch.cli.message import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ringtausch.exchange.loop.adopting import Proposal
    from ringtausch.exchange.loop.scenario import Made

__all__ = ["AdoptedMessage", "ProposalEntry", "ScenarioMadeMessage", "SourceEntry"]


#: The words of `sources.csv`.
Origin = Literal["register", "terms", "register and terms", "note", "left out"]


class SourceEntry(Message):
    """Where a row of the scenario comes from, or why something is not in it."""

    table: str
    line: int | None = Field(description="the row's line in its table; null where there is none")
    row: str = Field(description="its key, or the matter")
    origin: Origin
    statements: list[str] = Field(description="ids of the statements that it follows from")
    terms: str = Field(description="file and line of the terms, empty where there is none")
    reason: str


class ScenarioMadeMessage(Message):
    """The answer of `ringtausch register scenario --json`."""

    schema_: Literal["ringtausch/register-scenario/1"] = Field(
        default="ringtausch/register-scenario/1", alias="schema"
    )
    written: str = Field(description="the scenario folder")
    name: str
    as_of: str
    hash: str = Field(description="the scenario's content hash")
    rows: dict[str, int] = Field(description="how many rows each table has")
    sources: list[SourceEntry]

    @classmethod
    def of(cls, written: str, made: Made) -> Self:
        """Make the message of a scenario that is written."""
        from ringtausch.exchange.loop.writing import sources

        entries = [
            SourceEntry(
                table=row["table"],
                line=int(row["line"]) if row["line"] else None,
                row=row["row"],
                origin=cast("Origin", row["from"]),
                statements=row["statements"].split(";") if row["statements"] else [],
                terms=row["terms"],
                reason=row["reason"],
            )
            for row in sources(made)
        ]
        return cls(
            written=written,
            name=made.scenario.name,
            as_of=made.scenario.start.isoformat(),
            hash=made.scenario.content_hash,
            rows={name: len(rows) for name, rows in made.sources.items() if rows},
            sources=entries,
        )


class ProposalEntry(Message):
    """One proposed matter."""

    matter: str
    kind: str
    milestone: str
    giver: str
    receiver: str
    amount: str = Field(description="with its item or currency; empty = all of it")
    planned: str = Field(description="the day by which the plan has it")
    of: str = Field(description="the transfer or replacement that it is about")
    note: str


class AdoptedMessage(Message):
    """The answer of `ringtausch register adopt --json`."""

    schema_: Literal["ringtausch/register-adopted/1"] = Field(
        default="ringtausch/register-adopted/1", alias="schema"
    )
    place: str = Field(description="where the register lies, without a password")
    plan: str = Field(description="the SHA-256 of the plan, which every proposal names")
    dry_run: bool = Field(description="whether nothing was recorded")
    proposals: list[ProposalEntry]

    @classmethod
    def of(cls, register: str, plan: str, found: Iterable[Proposal], *, dry_run: bool) -> Self:
        """Make the message of proposals."""
        from ringtausch.cli.loop_table import amount_of

        return cls(
            place=register,
            plan=plan,
            dry_run=dry_run,
            proposals=[
                ProposalEntry(
                    matter=one.draft.matter,
                    kind=one.draft.kind,
                    milestone=one.draft.milestone,
                    giver=one.draft.giver,
                    receiver=one.draft.receiver,
                    amount=amount_of(one.draft),
                    planned=one.planned.isoformat(),
                    of=one.draft.terms.of,
                    note=one.note or one.draft.note,
                )
                for one in found
            ],
        )
