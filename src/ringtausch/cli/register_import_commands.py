"""The command `register import`: other people's tables, and folders of tables of statements."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ringtausch.cli.output import print_json, refuse, refusing, say
from ringtausch.cli.register_options import (
    As,
    Json,
    RecordedBy,
    RegisterAt,
    asked_of,
    recorder_of,
)
from ringtausch.cli.register_table import paragraph, table
from ringtausch.language import _

if TYPE_CHECKING:
    from ringtausch.hub.importing import Import

__all__ = ["COMMANDS", "import_"]

Source = Annotated[
    Path,
    typer.Argument(
        metavar="SOURCE", help="A file or folder in that form; else a table of statements."
    ),
]


def import_(
    source: Source,
    *,
    form: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help="Of the source: kiel, patriot; else statements."
        ),
    ] = None,
    from_sources: Annotated[
        bool,
        typer.Option(
            "--recorded-from-sources",
            help="Record each as of the day of its source; into an empty register only.",
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be recorded, and record nothing.")
    ] = False,
    recorded_by: RecordedBy = None,
    register: RegisterAt = None,
    reader: As = None,
    json: Json = False,
) -> None:
    """Record what others have collected: every row becomes a statement, or is named with why not."""
    from ringtausch.cli.register_options import IMPORTS

    if form is not None and form not in IMPORTS:
        refuse(
            _('--format: "{form}" is none of {known}').format(form=form, known=", ".join(IMPORTS))
        )
    recorder = recorder_of(recorded_by, reader)
    with asked_of(register, reader=reader) as asked, refusing(source):
        from ringtausch.hub.importing import read_import
        from ringtausch.hub.recording import record

        found = read_import(source, form or "", asked.directory, recorder=recorder)
        made = record(
            asked.store,
            found.drafts,
            recorder,
            directory=found.directory,
            reader=asked.reader,
            from_sources=from_sources,
            dry_run=dry_run,
        )
        place = asked.store.place
    if json:
        from ringtausch.cli.register_messages import ImportedMessage

        print_json(ImportedMessage.of(place, found, made, dry_run=dry_run))
        return
    matters = len({one.matter for one in made})
    sentence = (
        _("{place} would hold {n} statements more, about {matters} matters.")
        if dry_run
        else _("{place} holds {n} statements more, about {matters} matters.")
    )
    say(sentence.format(place=place, n=len(made), matters=matters))
    if from_sources:
        say(
            *paragraph(
                _(
                    "Each is recorded as of the day on which its source came out, from {first} to"
                    " {last}: it says what could be known then, not when it was typed in."
                ).format(first=made[0].recorded_at[:10], last=made[-1].recorded_at[:10])
            )
        )
    _tell_left(found)


def _tell_left(found: Import) -> None:
    """Name the rows that became no statement, and those that their table adds to no total."""
    for title, rows in (
        (_("Left out:"), found.left_out),
        (_("Recorded, and in no total of the source:"), found.uncounted),
    ):
        if rows:
            shown = [(f"{row.table}:{row.line}", row.row, row.reason) for row in rows]
            say("", title, *table([_("place"), _("row"), _("why")], shown))


COMMANDS = (import_,)
import_.example = (  # type: ignore[attr-defined]
    "Example: ringtausch register import --format kiel Ukraine_Support_Tracker.xlsx"
)
