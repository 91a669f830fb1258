"""What `register init`, `import`, `add`, `correct`, `list` and `show` print with `--json`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field

from ringtausch.cli.message import Message

if TYPE_CHECKING:
    from ringtausch.hub.exporting import Written
    from ringtausch.hub.importing import Import
    from ringtausch.register.statement import Statement

__all__ = [
    "ImportedMessage",
    "LeftOutEntry",
    "MadeMessage",
    "RecordedMessage",
    "StatementEntry",
    "StatementsMessage",
    "WrittenMessage",
]


class MadeMessage(Message):
    """The answer of `ringtausch register init --json`."""

    schema_: Literal["ringtausch/register-made/1"] = Field(
        default="ringtausch/register-made/1", alias="schema"
    )
    place: str = Field(description="where the register lies, without a password")
    parties: int
    items: int
    coalition: list[str]


class StatementEntry(Message):
    """A statement as a row of a table of statements: texts by column, without those that are empty."""

    standing: bool = Field(description="whether nothing in view corrects it")
    columns: dict[str, str] = Field(description="see the page Tables of statements")

    @classmethod
    def of(cls, said: Statement, *, standing: bool = True) -> Self:
        """Make the entry of a statement."""
        from ringtausch.exchange.statement_columns import texts_of

        return cls(standing=standing, columns=texts_of(said))


class RecordedMessage(Message):
    """The answer of `register add`, `correct` and `redact` with `--json`."""

    schema_: Literal["ringtausch/register-recorded/1"] = Field(
        default="ringtausch/register-recorded/1", alias="schema"
    )
    place: str
    dry_run: bool = Field(description="whether nothing was recorded; the ids are then not given")
    statements: list[StatementEntry]

    @classmethod
    def of(cls, place: str, made: Iterable[Statement], *, dry_run: bool) -> Self:
        """Make the message of statements that were recorded, or would be."""
        from dataclasses import replace

        shown = [replace(one, id="", recorded_at="") if dry_run else one for one in made]
        entries = [StatementEntry.of(one) for one in shown]
        return cls(place=place, dry_run=dry_run, statements=entries)


class LeftEntry(Message):
    """A row that became no statement, or that its own table adds to no total."""

    table: str
    line: int
    row: str
    reason: str


class ImportedMessage(Message):
    """The answer of `ringtausch register import --json`."""

    schema_: Literal["ringtausch/register-imported/1"] = Field(
        default="ringtausch/register-imported/1", alias="schema"
    )
    place: str
    dry_run: bool
    statements: int
    matters: int
    left_out: list[LeftEntry] = Field(description="rows that became no statement")
    uncounted: list[LeftEntry] = Field(description="recorded, and in no total of the source itself")

    @classmethod
    def of(cls, place: str, found: Import, made: Sequence[Statement], *, dry_run: bool) -> Self:
        """Make the message of an import."""
        left, uncounted = (
            [
                LeftEntry(table=row.table, line=row.line, row=row.row, reason=row.reason)
                for row in rows
            ]
            for rows in (found.left_out, found.uncounted)
        )
        return cls(
            place=place,
            dry_run=dry_run,
            statements=len(made),
            matters=len({one.matter for one in made}),
            left_out=left,
            uncounted=uncounted,
        )


class StatementsMessage(Message):
    """The answer of `ringtausch register list --json`, and of `show` for a statement."""

    schema_: Literal["ringtausch/register-statements/1"] = Field(
        default="ringtausch/register-statements/1", alias="schema"
    )
    statements: list[StatementEntry]


class LeftOutEntry(Message):
    """What the register knows and a form does not say: an event, item or currency of a milestone, and why."""

    matter: str
    milestone: str
    what: str
    why: str


class WrittenMessage(Message):
    """The answer of `ringtausch register export --json`."""

    schema_: Literal["ringtausch/register-written/1"] = Field(
        default="ringtausch/register-written/1", alias="schema"
    )
    written: list[str]
    format: str
    statements: int
    left_out: list[LeftOutEntry]

    @classmethod
    def of(cls, target: str, form: str, written: Written) -> WrittenMessage:
        """Take over what was written where."""
        return cls(
            written=[target],
            format=form,
            statements=written.statements,
            left_out=[LeftOutEntry(**row._asdict()) for row in written.left_out],
        )
