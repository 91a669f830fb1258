"""The command `register export`: what an auditor, a spreadsheet or another program reads."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ringtausch.cli.output import print_json, refuse, refusing, say
from ringtausch.cli.register_options import (
    As,
    AsOf,
    Json,
    KeyFile,
    KnownAt,
    RegisterAt,
    RuleName,
    address_of,
    asked_of,
    key_file,
)
from ringtausch.language import _

__all__ = ["COMMANDS", "export"]


def export(
    target: Annotated[
        Path, typer.Argument(metavar="TARGET", help="Folder to write, or file for a table.")
    ],
    *,
    form: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help="own (for audit), csv, xlsx, jsonl; else by name."
        ),
    ] = None,
    key: KeyFile = None,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there already.")] = False,
    register: RegisterAt = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    reader: As = None,
    rule: RuleName = "tracker",
    json: Json = False,
) -> None:
    """Write the record: the folder that audit checks, or tables that can be imported again."""
    with asked_of(register, as_of, known_at, reader, rule) as asked, refusing(target):
        from ringtausch.hub.exporting import FORMATS, Wanted, format_of

        chosen = form or format_of(target)
        if chosen not in FORMATS:
            refuse(
                _('--format: "{form}" is none of {known}').format(
                    form=chosen, known=", ".join(FORMATS)
                )
            )
        wanted = Wanted(target, key_file(key, address_of(register)), force=force)
        count = FORMATS[chosen](asked, wanted)
    if json:
        from ringtausch.cli.register_messages import WrittenMessage

        print_json(WrittenMessage(written=[str(target)], format=chosen, statements=count))
        return
    say(
        _("Written: {places}").format(places=target),
        _("{n} statements; check them with: ringtausch audit {place}").format(n=count, place=target)
        if chosen == "own"
        else _("{n} statements").format(n=count),
    )


COMMANDS = (export,)
export.example = "Example: ringtausch register export export-2025-09"  # type: ignore[attr-defined]
