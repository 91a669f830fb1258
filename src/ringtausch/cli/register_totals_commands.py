"""Commands that add up without counting twice: totals, flows, look-through."""

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
    from collections.abc import Mapping
    from datetime import date

    from ringtausch.hub.asking import Asked
    from ringtausch.register.question import Question

__all__ = ["COMMANDS", "flows", "look_through", "totals"]

Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help="Of matters; else contribution; may be repeated."),
]
Rungs = Annotated[
    list[str] | None,
    typer.Option(
        "--rung",
        metavar="MILESTONE",
        help="What has got so far, or further; else committed. One for each kind.",
    ),
]
Matters = Annotated[
    list[str] | None,
    typer.Option(
        "--matter", metavar="PATTERN", help="Only these, as 'kiel:military:*'; may be repeated."
    ),
]
Givers = Annotated[
    list[str] | None,
    typer.Option("--giver", metavar="PARTY", help="Only theirs; may be repeated."),
]
Receivers = Annotated[
    list[str] | None,
    typer.Option("--receiver", metavar="PARTY", help="Only to them; may be repeated."),
]
Basis = Annotated[
    str | None,
    typer.Option(metavar="BASIS", help="Value items: book, acquisition, replacement, market."),
]


def totals(
    *,
    by: Annotated[
        str, typer.Option(metavar="WHOM", help="Rows: giver, receiver, or contributor to a pool.")
    ] = "giver",
    kinds: Kinds = None,
    rungs: Rungs = None,
    currency: Annotated[
        str | None, typer.Option(metavar="CODE", help="In which; else each by itself.")
    ] = None,
    item: Annotated[
        str | None, typer.Option(metavar="ITEM", help="Count pieces of it, and no money.")
    ] = None,
    pool: Annotated[
        str | None, typer.Option(metavar="POOL", help="Only into it, or out of it.")
    ] = None,
    givers: Givers = None,
    receivers: Receivers = None,
    matters: Matters = None,
    boundary: Annotated[
        str | None,
        typer.Option(metavar="A,B", help="Only what comes in to these from others."),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only what is new after that day.")
    ] = None,
    basis: Basis = None,
    per_currency: Annotated[
        bool, typer.Option("--per-currency", help="What has no rate counts in its own currency.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Name also matters that are not of this question.")
    ] = False,
    register: RegisterAt = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    reader: As = None,
    rule: RuleName = "tracker",
    json: Json = False,
) -> None:
    """Add up what was promised or paid, everything once, and say what is not counted and why."""
    words = {
        "by": by,
        "kinds": kinds or (),
        "rungs": rungs or (),
        "currency": currency or "",
        "item": item or "",
        "pool": pool or "",
        "givers": givers or (),
        "receivers": receivers or (),
        "matters": matters or (),
        "boundary": _names(boundary),
        "basis": basis or "",
        "per_currency": per_currency,
    }
    with asked_of(register, as_of, known_at, reader, rule) as asked:
        from ringtausch.register.totals import total
        from ringtausch.register.window import new_in_window

        question, after = _question(asked, since, words)
        positions = positions_of(asked)
        window = None if after is None else new_in_window(positions, question, after)
        found = total(positions, question) if window is None else window.after
    if json:
        from ringtausch.cli.register_totals_messages import TotalsMessage

        print_json(TotalsMessage.of(asked, found, window, since or ""))
        return
    from ringtausch.cli.register_totals_table import total_lines

    say(*total_lines(asked, found, window, everything=everything))


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(name for part in (text or "").split(",") if (name := part.strip()))


def _question(
    asked: Asked, since: str | None, words: Mapping[str, object]
) -> tuple[Question, date | None]:
    """Put the question together, or refuse with everything that is wrong with it."""
    from ringtausch.hub.questions import read_question, read_since

    question, problems = read_question(asked, words)
    after, more = read_since(since, asked.as_of)
    if problems or more:
        refuse(*map(str, (*problems, *more)))
    assert question is not None, "a question or a problem"
    return question, after


def flows(
    boundary: Annotated[
        list[str], typer.Argument(metavar="PARTY...", help="Parties and pools within it.")
    ],
    *,
    register: RegisterAt = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    reader: As = None,
    rule: RuleName = "tracker",
    json: Json = False,
) -> None:
    """Say what is paid into, within and out of a set of parties and pools, and what is new money."""
    with asked_of(register, as_of, known_at, reader, rule) as asked:
        from ringtausch.register.boundary import SIDES
        from ringtausch.register.boundary import flows as flows_over

        names = [asked.party(name) for part in boundary for name in _names(part)]
        found = flows_over(positions_of(asked), names)
    if json:
        from ringtausch.cli.register_totals_messages import FlowsMessage

        print_json(FlowsMessage.of(found, SIDES))
        return
    from ringtausch.cli.register_totals_table import flow_lines

    say(*flow_lines(found))


def look_through(
    pool: Annotated[str, typer.Argument(metavar="POOL", help="A pool of the directory.")],
    *,
    register: RegisterAt = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    reader: As = None,
    rule: RuleName = "tracker",
    json: Json = False,
) -> None:
    """Say whose money a pool has spent, to the last cent, with the reconciliation that proves it."""
    with asked_of(register, as_of, known_at, reader, rule) as asked:
        from ringtausch.register.look_through import look_through as through

        if not asked.directory.is_pool(asked.party(pool)):
            refuse(_('"{name}" is no pool of the directory').format(name=pool))
        found = through(positions_of(asked), pool)
    if json:
        from ringtausch.cli.register_totals_messages import LookThroughMessage

        print_json(LookThroughMessage.of(found))
        return
    from ringtausch.cli.register_totals_table import pool_lines

    say(*pool_lines(found))


COMMANDS = (totals, flows, look_through)
_EXAMPLES = {
    totals: "Example: ringtausch register totals --by giver --currency EUR --rung announced",
    flows: "Example: ringtausch register flows DEU NOR ORG-PURL",
    look_through: "Example: ringtausch register look-through ORG-PURL",
}
for _command, _example in _EXAMPLES.items():
    _command.example = _example  # type: ignore[attr-defined]
