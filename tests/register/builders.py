"""A short way to write statements, so that what a test speaks of stands in the test.

`said("DEU-1", "transfer", "pledged", giver="DEU", receiver="UKR", item="launcher", quantity="2")` is a
statement of the party whose act it is, signed, of the first day of 2025, public.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from ringtausch.register.dates import last_day
from ringtausch.register.directory import Directory, Item, Party, scale_of
from ringtausch.register.positions import Positions
from ringtausch.register.ranges import MONEY_SCALE, parse_amount, parse_range
from ringtausch.register.rule import TRACKER, Rule
from ringtausch.register.statement import Condition, Source, Statement
from ringtausch.register.vocabulary import MONEY_KINDS, actor

#: Whom and what the tests of the register speak of.
DIRECTORY = Directory.of(
    [
        *(Party(name) for name in ("DEU", "ESP", "FRA", "NLD", "NOR", "POL", "UKR", "USA")),
        Party("IKI", kind="organisation"),
        Party("PURL", kind="pool", keeper="IKI"),
        Party("EPF", kind="pool"),
    ],
    [Item("launcher"), Item("missile"), Item("fuel", unit="tonne", divisible=True)],
    coalition=frozenset({"DEU", "NOR", "POL"}),
)


def said(matter: str, kind: str, milestone: str, **fields: Any) -> Statement:
    """Write a statement; quantities, shares and values are texts such as `2..4` and `unknown`.

    `by` says it (the party whose act it is), `on` a day (2025-01-01), with a source of class `rank` (1); it
    was recorded at noon of the last day of `on`, or at `recorded`, a day or an instant. `true` is the day
    on which it became true. `condition` may be words. Without an `id` it has one made of its content.
    """
    by, on, rank = fields.pop("by", None), fields.pop("on", "2025-01-01"), fields.pop("rank", 1)
    side = actor(kind, milestone)
    if by is None:
        by = fields.get("giver" if side == "sayer" else side, "") or fields.get("giver", "")
    recorded = fields.pop("recorded", str(last_day(on or "2025-01-01")))
    scale = MONEY_SCALE if kind in MONEY_KINDS else scale_of(fields.get("currency", ""))
    for name in ("quantity", "share"):
        if isinstance(fields.get(name), str):
            fields[name] = parse_range(fields[name], scale)
    if isinstance(fields.get("value"), str):
        fields["value"] = parse_amount(fields["value"], MONEY_SCALE)
    if isinstance(fields.get("condition"), str):
        fields["condition"] = Condition(fields["condition"])
    statement = Statement(
        matter=matter,
        kind=kind,
        milestone=milestone,
        source=fields.pop("source", None) or Source(rank),
        said_by=by,
        recorded_by=fields.pop("recorded_by", by),
        said_on=on,
        true_on=fields.pop("true", ""),
        recorded_at=recorded if "T" in recorded else f"{recorded}T12:00:00.000000Z",
        **fields,
    )
    made = sha256(repr(statement).encode()).hexdigest()[:32]
    return statement if statement.id else replace(statement, id=made)


def positions_of(
    *statements: Statement,
    rule: Rule = TRACKER,
    as_of: str = "2030-01-01",
    directory: Directory = DIRECTORY,
) -> Positions:
    """Work out where matters stand, when everybody may read everything."""
    return Positions(statements, rule, date.fromisoformat(as_of), directory)
