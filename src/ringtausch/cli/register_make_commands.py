"""Commands that make a register and copy it: init, backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ringtausch.cli.output import print_json, refusing, say
from ringtausch.cli.register_options import Json, RegisterAt, address_of
from ringtausch.cli.register_table import paragraph
from ringtausch.language import _

__all__ = ["COMMANDS", "backup", "init", "restore"]


def init(
    *,
    register: RegisterAt = None,
    directory: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Parties and items: a folder of parties.csv, items.csv; or .xlsx."
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Make a new, empty register, with the parties and items that it knows from the beginning."""
    with refusing():
        from ringtausch.hub import init_register
        from ringtausch.register.directory import Directory

        known = Directory()
        if directory is not None:
            from ringtausch.exchange.directory_tables import read_directory

            known = read_directory(directory)
        with init_register(address_of(register), known) as store:
            place, trust = store.place, store.trust_domain
    if json:
        from ringtausch.cli.register_messages import MadeMessage

        print_json(
            MadeMessage(
                place=place,
                parties=len(known.parties),
                items=len(known.items),
                coalition=sorted(known.coalition),
            )
        )
        return
    say(
        _("{place} is a register: {parties} parties, {items} items, no statement yet.").format(
            place=place, parties=len(known.parties), items=len(known.items)
        ),
        *paragraph(trust),
    )


def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="A file that does not exist yet.")],
    *,
    register: RegisterAt = None,
) -> None:
    """Copy a register whole into one file, while others go on writing."""
    with refusing():
        from ringtausch.hub.backup import backup_register

        backup_register(address_of(register), target)
    say(_("Written: {places}").format(places=target))


def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="What backup has written.")],
    *,
    register: RegisterAt = None,
) -> None:
    """Make a register out of a backup, in a place where nothing is."""
    with refusing():
        from ringtausch.hub.backup import restore_register

        restore_register(source, address_of(register))
    say(_("{place} is the register again.").format(place=address_of(register).split("@")[-1]))


COMMANDS = (init, backup, restore)
_EXAMPLES = {
    init: "Example: ringtausch register init --directory examples/register-2025",
    backup: "Example: ringtausch register backup backups/2025-09-01.sqlite",
    restore: "Example: ringtausch register restore backups/2025-09-01.sqlite --register again.db",
}
for _command, _example in _EXAMPLES.items():
    _command.example = _example  # type: ignore[attr-defined]
