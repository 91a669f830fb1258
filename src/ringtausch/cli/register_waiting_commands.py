"""Commands about what waits and what does not fit: overdue, waiting, conflicts."""

from __future__ import annotations

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

    from ringtausch.register.position import Position

__all__ = ["COMMANDS", "conflicts", "overdue", "waiting"]

OfParty = Annotated[
    str | None, typer.Option("--party", metavar="PARTY", help="Only what this party is a side of.")
]


def overdue(
    *,
    party: OfParty = None,
    register: RegisterAt = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    reader: As = None,
    rule: RuleName = "tracker",
    json: Json = False,
) -> None:
    """List what should have happened by now: debts, lapsed promises, payments, unanswered requests."""
    with asked_of(register, as_of, known_at, reader, rule) as asked:
        from ringtausch.register.overdue import overdue as find
        from ringtausch.register.silence import waiting as requests

        found = positions_of(asked, parties=[asked.party(party)] if party else None)
        rows = [one for one in find(found) if party in {None, one.debtor, one.creditor}]
        open_ = [
            one
            for one in requests(found)
            if one.waits and party in {None, one.position.giver, one.position.receiver}
        ]
    if json:
        from ringtausch.cli.register_waiting_messages import OverdueMessage

        print_json(OverdueMessage.of(asked, rows, open_))
        return
    from ringtausch.cli.register_waiting_table import overdue_lines

    say(*overdue_lines(asked, rows, open_))


def waiting(
    *,
    party: OfParty = None,
    register: RegisterAt = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    reader: As = None,
    rule: RuleName = "tracker",
    json: Json = False,
) -> None:
    """List requests: how often each was made, how long it has waited, and when it was answered."""
    with asked_of(register, as_of, known_at, reader, rule) as asked:
        from ringtausch.register.silence import waiting as requests

        found = positions_of(asked, parties=[asked.party(party)] if party else None)
        rows = [
            one
            for one in requests(found)
            if party in {None, one.position.giver, one.position.receiver}
        ]
    if json:
        from ringtausch.cli.register_waiting_messages import WaitingMessage

        print_json(WaitingMessage.of(asked, rows))
        return
    from ringtausch.cli.register_waiting_table import waiting_lines

    say(*waiting_lines(asked, rows))


def conflicts(
    matters: Annotated[
        list[str] | None, typer.Argument(metavar="[MATTER...]", help="Which ones; else all.")
    ] = None,
    *,
    register: RegisterAt = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    reader: As = None,
    rule: RuleName = "tracker",
    json: Json = False,
) -> None:
    """List who says otherwise, what was handed over and not received, and what nobody will replace."""
    with asked_of(register, as_of, known_at, reader, rule) as asked:
        from ringtausch.register.discrepancies import discrepancies
        from ringtausch.register.replacement import bare

        found = positions_of(asked, matters or None)
        unknown = [name for name in matters or () if all(one.matter != name for one in found.view)]
        if unknown:
            refuse(*(str(asked.refuse_matter(name).problems[0]) for name in unknown))
        names = {found.same(name) for name in matters or ()}
        shown: Sequence[Position] = [one for one in found.all() if not names or one.matter in names]
        differ = [one for one in discrepancies(found) if not names or one.matter in names]
        left = [one for one in bare(found) if not names or one.matter in names]
    if json:
        from ringtausch.cli.register_waiting_messages import ConflictsMessage

        print_json(ConflictsMessage.of(asked, shown, differ, left))
        return
    from ringtausch.cli.register_waiting_table import conflict_lines

    say(*conflict_lines(asked, shown, differ, left))


COMMANDS = (overdue, waiting, conflicts)
_EXAMPLES = {
    overdue: "Example: ringtausch register overdue --as-of 2025-12-31",
    waiting: "Example: ringtausch register waiting --party UKR",
    conflicts: "Example: ringtausch register conflicts DEU-1",
}
for _command, _example in _EXAMPLES.items():
    _command.example = _example  # type: ignore[attr-defined]
