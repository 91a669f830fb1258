"""Registers of any size to measure with: rings of gifts, replacements, contributions and payments.

In: how many statements. Out: a directory and drafts, the same ones each time. A ring is twelve statements of
four matters. As in a coalition few parties do much and many do little: the first ones are a side of every
fourth ring, the last ones of some fifteen, which is 100 to 200 statements, however many there are in all.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from ringtausch.register.directory import Directory, Item, Party
from ringtausch.register.ranges import ITEM_SCALE, MONEY_SCALE, Range
from ringtausch.register.statement import Source, Statement, Terms

__all__ = ["RING", "directory_of", "drafts", "party_count"]

#: Statements in a ring.
RING = 12

_ITEMS = 20
_RINGS_OF_A_PARTY = 30
_UNEVEN = (
    5  # the last party is a side of a fifth of the rings that it would have if all had as many
)
_FIRST = date(2023, 1, 1)
_DAYS = 900


def party_count(statements: int) -> int:
    """Return how many states there are: 90 rings for each, of which most have far fewer."""
    return max(4, statements // RING // _RINGS_OF_A_PARTY)


def directory_of(statements: int) -> Directory:
    """Make the parties and items of a register of a size: states, a pool for each hundred of them."""
    states = [Party(f"S{number:05}") for number in range(party_count(statements))]
    pools = [Party(_pool(number), kind="pool") for number in range(_pools(statements))]
    return Directory.of([*states, *pools], [Item(f"item-{n}") for n in range(_ITEMS)])


def drafts(statements: int) -> Iterator[Statement]:
    """Write so many drafts, ring after ring."""
    left = statements
    for number in range(-(-statements // RING)):
        yield from _ring(number, statements)[:left]
        left -= RING


def _pools(statements: int) -> int:
    return max(1, party_count(statements) // 20)


def _pool(number: int) -> str:
    return f"POOL{number:04}"


def _ring(number: int, statements: int) -> list[Statement]:
    """A gives to B what C replaces; C pays into a pool, which pays A for it."""
    dice = Random(number)
    parties = party_count(statements)
    giver, receiver, replacer = (f"S{n:05}" for n in _sides(dice, parties))
    pool = _pool(dice.randrange(_pools(statements)))
    item = f"item-{dice.randrange(_ITEMS)}"
    many, money = dice.randint(1, 12), dice.randint(1, 900) * 1_000_000
    start = _FIRST + timedelta(days=dice.randrange(_DAYS))
    first = many // 2

    def say(matter: str, kind: str, milestone: str, day: int, **fields: Any) -> Statement:
        said_on = (start + timedelta(days=day)).isoformat()
        said_by = fields.pop("said_by", fields["giver"])
        source = Source(1, title=f"Note {number}", publisher=said_by, date=said_on)
        return Statement(
            f"{matter}-{number}", kind, milestone, source, said_by, "", said_on=said_on, **fields
        )

    gift: dict[str, Any] = {"giver": giver, "receiver": receiver, "item": item}
    owed: dict[str, Any] = {"giver": replacer, "receiver": giver}
    fund: dict[str, Any] = {"giver": replacer, "receiver": pool, "currency": "EUR"}
    bill: dict[str, Any] = {"giver": pool, "receiver": giver, "currency": "EUR"}
    return [
        say("t", "transfer", "pledged", 0, quantity=_items(many), **gift),
        say("r", "replacement", "agreed", 5, terms=Terms(of=f"t-{number}", within=6), **owed),
        say("t", "transfer", "handed_over", 20, event="1", quantity=_items(first), **gift),
        say("t", "transfer", "received", 22, event="1", quantity=_items(first), said_by=receiver, **gift),
        say("c", "contribution", "committed", 25, quantity=_money(money), **fund),
        say("c", "contribution", "paid_in", 30, quantity=_money(money), said_by=pool, **fund),
        say("t", "transfer", "handed_over", 40, event="2", quantity=_items(many - first), **gift),
        say("t", "transfer", "received", 41, event="2", quantity=_items(many - first),
            said_by=receiver, **gift),
        say("p", "payment", "due", 50, quantity=_money(money // 2), said_by=giver, **bill),
        say("p", "payment", "paid", 60, quantity=_money(money // 2), **bill),
        say("r", "replacement", "delivered", 90, quantity=_items(first), item=item, **owed),
        say("r", "replacement", "accepted", 95, quantity=_items(first), item=item, said_by=giver,
            **owed),
    ]  # fmt: skip


def _sides(dice: Random, parties: int) -> list[int]:
    found: dict[int, None] = {}
    while len(found) < 3:
        found[int(parties * dice.random() ** _UNEVEN)] = None
    return list(found)


def _items(many: int) -> Range:
    return Range(many * ITEM_SCALE, many * ITEM_SCALE)


def _money(units: int) -> Range:
    return Range(units * MONEY_SCALE, units * MONEY_SCALE)
