"""Commands about where matters and accounts stand: position, balance."""

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
from ringtausch.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ringtausch.hub.asking import Asked
    from ringtausch.register.position import Position
    from ringtausch.register.positions import Positions

__all__ = ["COMMANDS", "balance", "position"]

OfParty = Annotated[
    str | None, typer.Option("--party", metavar="PARTY", help="Only what this party is a side of.")
]


def position(
    matters: Annotated[
        list[str] | None, typer.Argument(metavar="[MATTER...]", help="Which ones; else all.")
    ] = None,
    *,
    party: OfParty = None,
    register: RegisterAt = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    reader: As = None,
    rule: RuleName = "tracker",
    json: Json = False,
) -> None:
    """Say where matters stand: how far each has got, how much of it, and who says otherwise."""
    if matters and party:
        refuse(_("name matters or a --party, not both"))
    with asked_of(register, as_of, known_at, reader, rule) as asked:
        if party:
            found = positions_of(asked, parties=[asked.party(party)])
            shown: Sequence[Position] = found.party(party)
        else:
            found = positions_of(asked, matters or None)
            shown = _named(asked, found, matters) if matters else found.all()
    if json:
        from ringtausch.cli.register_position_messages import PositionsMessage

        print_json(PositionsMessage.of(asked, found, shown))
        return
    from ringtausch.cli.register_position_table import position_lines

    say(*position_lines(asked, found, shown, whole=bool(matters)))


def _named(asked: Asked, found: Positions, matters: Sequence[str]) -> list[Position]:
    """Return positions of matters, or refuse those of which nothing in view is said."""
    unknown = [name for name in matters if all(one.matter != name for one in found.view)]
    if unknown:
        refuse(*(str(asked.refuse_matter(name).problems[0]) for name in unknown))
    return [found.of(name) for name in dict.fromkeys(matters)]


def balance(
    *,
    party: OfParty = None,
    commodity: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only of this item or currency.")
    ] = None,
    register: RegisterAt = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    reader: As = None,
    rule: RuleName = "tracker",
    json: Json = False,
) -> None:
    """Say what stands in every account, who owes whom what, and what could not be posted."""
    with asked_of(register, as_of, known_at, reader, rule) as asked:
        from ringtausch.register.postings import postings
        from ringtausch.register.replacement import debts

        found = positions_of(asked, parties=[asked.party(party)] if party else None)
        posted = postings(found)
        owed = [
            one
            for one in debts(found)
            if (one.owed or one.ahead)
            and party in {None, one.debtor, one.creditor, one.guarantor}
            and commodity in {None, one.item}
        ]
        accounts = {
            account: amount
            for account, amount in sorted(posted.balances.items())
            if party in {None, account.party} and commodity in {None, account.commodity}
        }
    if json:
        from ringtausch.cli.register_position_messages import BalancesMessage

        print_json(BalancesMessage.of(asked, posted, accounts, owed))
        return
    from ringtausch.cli.register_position_table import balance_lines

    say(*balance_lines(asked, posted, accounts, owed))


COMMANDS = (position, balance)
_EXAMPLES = {
    position: "Example: ringtausch register position DEU-1 --as-of 2025-09-01",
    balance: "Example: ringtausch register balance --party DEU",
}
for _command, _example in _EXAMPLES.items():
    _command.example = _example  # type: ignore[attr-defined]
