"""Commands that record: add (by options, by a file, or by question and answer) and correct."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ringtausch.cli.output import print_json, refuse, refusing, say
from ringtausch.cli.register_fields import with_fields
from ringtausch.cli.register_options import (
    As,
    Json,
    RecordedBy,
    RegisterAt,
    asked_of,
    recorder_of,
)
from ringtausch.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ringtausch.hub.asking import Asked
    from ringtausch.hub.importing import Import
    from ringtausch.register.statement import Statement

__all__ = ["COMMANDS", "add", "correct"]

DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what would be recorded, and record nothing.")
]


def add(
    *,
    file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="A .csv, .xlsx or .jsonl of statements: all are recorded, or none."
        ),
    ] = None,
    dry_run: DryRun = False,
    recorded_by: RecordedBy = None,
    register: RegisterAt = None,
    reader: As = None,
    json: Json = False,
    **fields: str | None,
) -> None:
    """Record a statement by options, many from a file, or one by question and answer."""
    given = {name: text for name, text in fields.items() if text is not None}
    if file is not None and given:
        refuse(_("name a --file or the fields of one statement, not both"))
    if file is None and not given and not sys.stdin.isatty():
        refuse(
            _("nothing to record: give --matter, --kind, --milestone …, or --file; see --help"),
        )
    recorder = recorder_of(recorded_by, reader)
    with asked_of(register, reader=reader) as asked, refusing(file):
        if file is not None:
            from ringtausch.hub.importing import read_import

            found = read_import(file, "", asked.directory, recorder=recorder)
        else:
            found = _one(asked, given, reader, recorder)
        made = _record(asked, found, recorder, dry_run=dry_run)
        place = asked.store.place
    _tell(place, made, dry_run=dry_run, json=json)


def _one(asked: Asked, given: dict[str, str], reader: str | None, recorder: str) -> Import:
    """Read one statement from options, or ask for it field by field."""
    from ringtausch.hub.drafting import draft_of, usual

    if given:
        return draft_of(usual(given, reader or ""), asked.directory)
    from ringtausch.cli.register_asking import ask_for_statement

    return ask_for_statement(asked, reader or "", recorder)


def _record(asked: Asked, found: Import, recorder: str, *, dry_run: bool) -> list[Statement]:
    from ringtausch.hub.recording import record

    return record(
        asked.store,
        found.drafts,
        recorder,
        directory=found.directory,
        reader=asked.reader,
        dry_run=dry_run,
    )


def _tell(place: str, made: Sequence[Statement], *, dry_run: bool, json: bool) -> None:
    if json:
        from ringtausch.cli.register_messages import RecordedMessage

        print_json(RecordedMessage.of(place, made, dry_run=dry_run))
        return
    from ringtausch.cli.register_list_table import recorded_lines

    say(*recorded_lines(made, dry_run=dry_run))
    sentence = (
        ngettext(
            "{n} statement would be recorded in {place}.",
            "{n} statements would be recorded in {place}.",
            len(made),
        )
        if dry_run
        else ngettext(
            "{n} statement is recorded in {place}.",
            "{n} statements are recorded in {place}.",
            len(made),
        )
    )
    say(sentence.format(n=len(made), place=place))


def correct(
    identifier: Annotated[
        str, typer.Argument(metavar="ID", help="The statement to correct, or how its id begins.")
    ],
    *,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; it stays in the record.")],
    void: Annotated[
        bool, typer.Option("--void", help="Put nothing in its place, nor in that of its chain.")
    ] = False,
    dry_run: DryRun = False,
    recorded_by: RecordedBy = None,
    register: RegisterAt = None,
    reader: As = None,
    json: Json = False,
    **fields: str | None,
) -> None:
    """Record what takes the place of a statement: the same, but for the fields that are given."""
    given = {name: text for name, text in fields.items() if text is not None}
    if not given and not void:
        refuse(_("nothing to correct: give the fields that change, or --void"))
    if given and void:
        refuse(_("--void puts nothing in its place: give no other field with it"))
    if not reason.strip():
        refuse(_("--reason: is empty; a correction says why"))
    with asked_of(register, reader=reader) as asked:
        from ringtausch.hub.drafting import correction_of, voids_of

        said = asked.find(identifier)
        found = (
            voids_of(said, asked.statements() if said.chain else (), reason)
            if void
            else correction_of(said, given, reason, asked.directory)
        )
        recorder = recorded_by or reader or said.recorded_by
        made = _record(asked, found, recorder, dry_run=dry_run)
        place = asked.store.place
    _tell(place, made, dry_run=dry_run, json=json)


with_fields(add)
with_fields(correct)
COMMANDS = (add, correct)
_EXAMPLES = {
    add: (
        "Example: ringtausch register add --matter DEU-1 --kind transfer --milestone pledged"
        " --giver DEU --receiver UKR --item launcher --quantity 2 --said-by DEU --source-rank 2"
        " --source-date 2025-08-01"
    ),
    correct: "Example: ringtausch register correct 1c0ffee5 --quantity 3 --reason 'a slip'",
}
for _command, _example in _EXAMPLES.items():
    _command.example = _example  # type: ignore[attr-defined]
