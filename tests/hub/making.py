"""Statements and parties that the tests of the store share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ringtausch.register.directory import Directory, Item, Party
from ringtausch.register.ranges import Range
from ringtausch.register.statement import Source, Statement
from ringtausch.register.trust.notes import SigningKey

KEY = SigningKey.from_seed("example.org/register", bytes(32))

DIRECTORY = Directory.of(
    [Party("DEU"), Party("POL"), Party("UKR"), Party("FRA")],
    [Item("launcher")],
    frozenset({"DEU", "POL"}),
)


def pledge(matter: str, giver: str = "DEU", **fields: Any) -> Statement:
    """A giver pledges one launcher to UKR."""
    values: dict[str, Any] = {
        "kind": "transfer",
        "milestone": "pledged",
        "source": Source(2, title="Press release", date="2025-08-01"),
        "said_by": giver,
        "recorded_by": giver,
        "giver": giver,
        "receiver": "UKR",
        "item": "launcher",
        "quantity": Range(1000, 1000),
        "said_on": "2025-08-01",
        "true_on": "2025-08-01",
        **fields,
    }
    return Statement(matter=matter, **values)


def as_they_come(
    drafts: Sequence[Statement],
    _view: Sequence[Statement],
    _directory: Directory,
    moment: str,
    new_id: Callable[[], str],
    **_more: object,
) -> list[Statement]:
    """Record everything: for tests of the store alone."""
    return [draft.recorded(new_id(), moment) for draft in drafts]


def address_of(keeper: str, login: str) -> str:
    """The address of the same register for another login."""
    return keeper.replace("postgres@", f"{login}@", 1)
