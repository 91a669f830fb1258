"""Commands that read statements as they were said: list, show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from ringtausch.cli.output import print_json, refuse, say
from ringtausch.cli.register_options import (
    As,
    AsOf,
    Json,
    KnownAt,
    RegisterAt,
    RuleName,
    asked_of,
    positions_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ringtausch.hub.asking import Asked
    from ringtausch.records.problems import Problem
    from ringtausch.register.statement import Statement

__all__ = ["COMMANDS", "list_", "show"]

_ID = re.compile(r"[0-9a-f]{4,32}")


def list_(
    *,
    party: Annotated[
        str | None,
        typer.Option(metavar="PARTY", help="Giver, receiver, sayer or recorder is this party."),
    ] = None,
    matter: Annotated[
        str | None, typer.Option(metavar="PATTERN", help="Of matters such as 'L-PURL-*'.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="Of matters of this kind.")
    ] = None,
    milestone: Annotated[
        str | None, typer.Option(metavar="MILESTONE", help="Of this milestone.")
    ] = None,
    said_by: Annotated[
        str | None, typer.Option("--said-by", metavar="NAME", help="Said by this one.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Recorded on that day or after.")
    ] = None,
    register: RegisterAt = None,
    known_at: KnownAt = None,
    reader: As = None,
    json: Json = False,
) -> None:
    """List statements in the order in which they were recorded, those that were corrected too."""
    with asked_of(register, None, known_at, reader) as asked:
        from ringtausch.hub.listing import Filter, matching

        wanted = Filter(
            party=asked.party(party) if party else "",
            matter=matter or "",
            kind=kind or "",
            milestone=milestone or "",
            said_by=said_by or "",
            since=since or "",
        )
        _refuse_all(wanted.problems())
        everything = asked.statements()
        shown = matching(everything, wanted)
    _tell(shown, everything, json=json)


def _refuse_all(problems: Sequence[Problem]) -> None:
    if problems:
        refuse(*map(str, problems))


def _tell(shown: Sequence[Statement], everything: Sequence[Statement], *, json: bool) -> None:
    from ringtausch.register.view import standing

    stand = {one.id for one in standing(everything)}
    if json:
        from ringtausch.cli.register_messages import StatementEntry, StatementsMessage

        print_json(
            StatementsMessage(
                statements=[StatementEntry.of(one, standing=one.id in stand) for one in shown]
            )
        )
        return
    from ringtausch.cli.register_list_table import list_lines

    say(*list_lines(shown, stand))


def show(
    name: Annotated[
        str, typer.Argument(metavar="MATTER-OR-ID", help="A matter, or a statement's id.")
    ],
    *,
    register: RegisterAt = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    reader: As = None,
    rule: RuleName = "tracker",
    json: Json = False,
) -> None:
    """Show all that is said of a matter, what counts and what does not; or one statement whole."""
    with asked_of(register, as_of, known_at, reader, rule) as asked:
        found = positions_of(asked, [name])
        about = [one for one in found.view if one.matter == name]
        if not about:
            _show_statement(asked, name, json=json)
            return
        position = found.of(name)
        members = set(position.members)
        said = [one for one in found.view if one.matter in members]
    if json:
        from ringtausch.cli.register_position_messages import PositionsMessage

        print_json(PositionsMessage.of(asked, found, [position]))
        return
    from ringtausch.cli.register_list_table import list_lines
    from ringtausch.cli.register_position_table import position_lines
    from ringtausch.language import _

    stand = {one.id for one in found.standing}
    say(
        *position_lines(asked, found, [position], whole=True),
        "",
        _("All that is said of it:"),
        *list_lines(said, stand, one_matter=True),
    )


def _show_statement(asked: Asked, name: str, *, json: bool) -> None:
    """Show a statement by its id; where there is none, the name may be that of a matter."""
    if not _ID.fullmatch(name):
        raise asked.refuse_matter(name)
    said = asked.find(name)
    everything = asked.statements([said.matter])
    if json:
        _tell([said], everything, json=True)
        return
    from ringtausch.cli.register_list_table import statement_lines

    say(*statement_lines(said, everything))


COMMANDS = (list_, show)
_EXAMPLES = {
    list_: "Example: ringtausch register list --party DEU --since 2025-08-01",
    show: "Example: ringtausch register show DEU-1 --as-of 2025-08-01",
}
for _command, _example in _EXAMPLES.items():
    _command.example = _example  # type: ignore[attr-defined]
