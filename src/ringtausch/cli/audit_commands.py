"""The command `audit`: whether an export of a register fits, by the file that a sceptic can read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ringtausch.cli.exit_codes import ExitCode
from ringtausch.cli.output import complain, print_json, say
from ringtausch.cli.register_options import Json
from ringtausch.language import _

__all__ = ["COMMANDS", "audit"]


def audit(
    export: Annotated[Path, typer.Argument(metavar="EXPORT", help="The folder of an export.")],
    *,
    checkpoint: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Checkpoints that you kept: history still fits them."),
    ] = None,
    key: Annotated[
        str | None, typer.Option(metavar="VKEY", help="The public key that you trust.")
    ] = None,
    json: Json = False,
) -> None:
    """Check an export of a register offline, down to every byte, and name the first misfit."""
    from ringtausch.register.audit import audit as check

    report = check(export, checkpoint=checkpoint or "", key=key or "")
    finding = report.finding
    if json:
        from ringtausch.cli.register_trust_messages import AuditMessage

        print_json(AuditMessage.of(report))
    elif finding is None:
        from ringtausch.cli.register_table import table

        trees = [
            (name, str(row["size"]), str(row["checkpoints"]), row["root"])
            for name, row in report.trees.items()
        ]
        say(
            _("The export fits: {statements} statements under {keys} keys.").format(
                statements=report.counts["statements"], keys=report.counts["keys"]
            ),
            *table([_("tree"), _("leaves"), _("checkpoints"), _("root")], trees, right=(1, 2)),
        )
        if key is None:
            complain(
                _(
                    "no key was given: whoever made the export may have made its keys as well;"
                    " give --key, or --checkpoint with one that you kept"
                )
            )
    else:
        complain(str(finding))
    if finding is not None:
        raise typer.Exit(ExitCode.INVALID if finding.unusable else ExitCode.BROKEN_RULE)


COMMANDS = (audit,)
audit.example = "Example: ringtausch audit export --checkpoint kept.txt"  # type: ignore[attr-defined]
