"""The directory of a register in its table: rows are added, and of one name the newest holds.

In: a `Directory`. Out: rows, and the directory again. It is public, and never says what anybody does.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict
from typing import Any

from ringtausch.hub import messages
from ringtausch.hub.database import Database, Row
from ringtausch.hub.sql import ask
from ringtausch.register.directory import Directory, Item, Party
from ringtausch.register.statement import COALITION, PUBLIC

__all__ = ["COLUMNS", "DirectoryTable", "new_rows"]

COLUMNS = ("id", "kind", "name", "body", "recorded_at")

_PARTY, _ITEM, _MEMBER = "party", "item", "member"
_ROWS = "SELECT kind, name, body FROM hub_directory ORDER BY recorded_at"


class DirectoryTable:
    """Reads the directory, and only as often as it grows."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._state: object = None
        self._directory = Directory()

    def read(self) -> Directory:
        """Return the directory as it is now."""
        state = self._database.directory_state()
        if state != self._state:
            self._directory = _directory(ask(self._database.alias, _ROWS))
            self._state = state
        return self._directory


def _directory(rows: list[tuple[Any, ...]]) -> Directory:
    parties: dict[str, Party] = {}
    items: dict[str, Item] = {}
    members: dict[str, bool] = {}
    # All of them as one text: thousands of small ones take longer to begin with than to read.
    bodies = json.loads(f"[{','.join(body for _kind, _name, body in rows)}]")
    for (kind, name, _body), values in zip(rows, bodies, strict=True):
        if kind == _PARTY:
            parties[name] = Party(**values)
        elif kind == _ITEM:
            items[name] = Item(**values)
        else:
            members[name] = values
    coalition = frozenset(name for name, belongs in members.items() if belongs)
    return Directory(parties, items, coalition)


def new_rows(known: Directory, wanted: Directory, moment: str, place: str) -> list[Row]:
    """List the rows that lead from what is known to what is wanted; nobody and nothing is removed.

    The coalition becomes what is wanted, unless it is empty: who is not named leaves it.

    Raises
    ------
    Refused
        A party has a name that means something else.
    """
    found: list[tuple[str, str, Any]] = []
    for name, party in wanted.parties.items():
        if name in {"", PUBLIC, COALITION, "*"} or "/" in name:
            raise messages.name_taken(place, name)
        if known.parties.get(name) != party:
            found.append((_PARTY, name, asdict(party)))
    found += [
        (_ITEM, name, asdict(item))
        for name, item in wanted.items.items()
        if known.items.get(name) != item
    ]
    if wanted.coalition:
        changed = wanted.coalition ^ known.coalition
        found += [(_MEMBER, name, name in wanted.coalition) for name in sorted(changed)]
    return [
        (secrets.token_hex(16), kind, name, json.dumps(values), moment)
        for kind, name, values in found
    ]
