# ruff: noqa: S608 - the texts that are put together are names of columns and places for values
"""Statements out of their tables: those of some matters with all that is linked to them, or all.

Rule 1 of the register. In: who reads, and known at which time. Out: statements, read as they are asked
for. Nothing here writes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from ringtausch.hub.models import Payload
from ringtausch.hub.sql import ask
from ringtausch.register.directory import Directory
from ringtausch.register.statement import Statement, from_dict
from ringtausch.register.trust.audiences import audience_of, readable

__all__ = [
    "audiences",
    "identified",
    "is_counted",
    "linked_matters",
    "matters_of",
    "matters_of_chains",
    "named_matters",
    "statements",
]

#: Names in one question: SQLite takes 32,766 at most, and small questions are planned well.
_AT_ONCE = 500

#: With more matters than this, reading everything is faster than asking for each.
_MANY = 5_000

_HEX = re.compile(r"[0-9a-f]{1,32}")

#: Behind every time of recording.
_NEVER = "9999"


def audiences(alias: str, reader: str | None, directory: Directory) -> list[tuple[str, ...]]:
    """List the visibilities whose trees a reader may see: public, coalition, then sets by name."""
    rows = ask(alias, "SELECT visibility FROM hub_audience", ())
    return list(readable((tuple(json.loads(row)) for (row,) in rows), reader, directory))


def statements(
    alias: str,
    trees: Iterable[tuple[str, ...]],
    known_at: str | None,
    matters: frozenset[str] | None = None,
) -> Iterator[Statement]:
    """Read the statements of some trees, oldest first; of some matters only, where they are named."""
    names, until = _names(trees), known_at or _NEVER
    if matters is None or len(matters) > _MANY:
        rows = Payload.objects.using(alias).filter(audience__in=names, recorded_at__lte=until)
        bodies = rows.exclude(matter="").order_by("recorded_at").values_list("body", flat=True)
        for body in bodies.iterator(chunk_size=2_000):
            statement = _statement(body)
            if matters is None or statement.matter in matters:
                yield statement
        return
    found: list[Statement] = []
    for part in _parts(matters):
        sql = (
            f"SELECT body FROM hub_payload WHERE matter IN ({_places(part)})"
            f" AND audience IN ({_places(names)}) AND recorded_at <= %s"
        )
        found += [_statement(body) for (body,) in ask(alias, sql, (*part, *names, until))]
    found.sort(key=lambda statement: (statement.recorded_at, statement.id))
    yield from found


def identified(
    alias: str, trees: Iterable[tuple[str, ...]], beginning: str, known_at: str | None
) -> list[Statement]:
    """Read the statements of some trees whose id begins so, by the index of ids."""
    names = _names(trees)
    if not _HEX.fullmatch(beginning):  # ids are hexadecimal, all of them
        return []
    sql = (
        "SELECT body FROM hub_payload WHERE statement_id >= %s AND statement_id < %s"
        f" AND audience IN ({_places(names)}) AND recorded_at <= %s AND matter <> ''"
    )
    values = (beginning, f"{beginning}g", *names, known_at or _NEVER)
    found = [_statement(body) for (body,) in ask(alias, sql, values)]
    found.sort(key=lambda statement: (statement.recorded_at, statement.id))
    return found


def named_matters(
    alias: str, trees: Iterable[tuple[str, ...]], known_at: str | None
) -> frozenset[str]:
    """List all matters of which the statements of some trees speak."""
    names = _names(trees)
    sql = (
        f"SELECT DISTINCT matter FROM hub_payload WHERE audience IN ({_places(names)})"
        " AND recorded_at <= %s AND matter <> ''"
    )
    return frozenset(name for (name,) in ask(alias, sql, (*names, known_at or _NEVER)))


def matters_of(
    alias: str,
    trees: Iterable[tuple[str, ...]],
    parties: Iterable[str],
    items: Iterable[str] | None = None,
) -> frozenset[str]:
    """List the matters in which one of the parties gives, receives or replaces; of some items only."""
    names = _names(trees)
    seen, values = f"audience IN ({_places(names)})", tuple(names)
    if items is not None:
        things = sorted(set(items))
        seen, values = f"{seen} AND item IN ({_places(things)})", (*values, *things)
    found: set[str] = set()
    for name in sorted(set(parties) - {""}):
        # The index of debtors is of those rows only that have one, and has to be told so.
        for side in ("giver = %s", "receiver = %s", "debtor = %s AND debtor > ''"):
            sql = f"SELECT DISTINCT matter FROM hub_payload WHERE {side} AND {seen}"
            found.update(matter for (matter,) in ask(alias, sql, (name, *values)))
    return frozenset(found)


def matters_of_chains(
    alias: str, trees: Iterable[tuple[str, ...]], chains: Iterable[str]
) -> frozenset[str]:
    """List the matters of statements that were accepted together."""
    found: set[str] = set()
    for names in _parts(set(chains) - {""}):
        rows = Payload.objects.using(alias).filter(audience__in=_names(trees), chain__gt="")
        found.update(rows.filter(chain__in=names).values_list("matter", flat=True).distinct())
    return frozenset(found)


def is_counted(
    alias: str, trees: Iterable[tuple[str, ...]], holders: Iterable[str], items: Iterable[str]
) -> bool:
    """Tell whether anybody has counted a stock of one of the items at one of the holders (rule 33)."""
    givers, things, names = sorted(set(holders)), sorted(set(items)), _names(trees)
    if not names:
        return False
    sql = (
        f"SELECT 1 FROM hub_payload WHERE kind = 'holding' AND giver IN ({_places(givers)})"
        f" AND item IN ({_places(things)}) AND audience IN ({_places(names)}) LIMIT 1"
    )
    return bool(ask(alias, sql, (*givers, *things, *names)))


def linked_matters(
    alias: str, trees: Iterable[tuple[str, ...]], matters: Iterable[str]
) -> frozenset[str]:
    """Add all matters that are linked with some, in any way and over any number of steps."""
    known = set(matters)
    fresh, names = set(known), _names(trees)
    while fresh and names:
        found: set[str] = set()
        for part in _parts(fresh):
            sql = " UNION ".join(
                f"SELECT {there} FROM hub_link WHERE {here} IN ({_places(part)})"
                f" AND audience IN ({_places(names)})"
                for here, there in (("matter", "other"), ("other", "matter"))
            )
            found.update(name for (name,) in ask(alias, sql, (*part, *names) * 2))
        fresh = found - known
        known |= fresh
    return frozenset(known)


def _names(trees: Iterable[tuple[str, ...]]) -> list[str]:
    return [audience_of(visibility) for visibility in trees]


def _statement(body: str) -> Statement:
    return from_dict(json.loads(body)["statement"])


def _places(values: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(values)) or "NULL"


def _parts(names: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(names)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]
