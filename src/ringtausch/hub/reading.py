"""Statements out of their tables: those of some matters with all that is linked to them, or all.

Rule 1 of the register. In: who reads, and known at which time. Out: statements, read as they are asked
for. Nothing here writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet

from ringtausch.hub.models import Audience, Link, Payload
from ringtausch.register.directory import Directory
from ringtausch.register.statement import Statement, from_dict
from ringtausch.register.trust.audiences import audience_of, readable

__all__ = [
    "audiences",
    "is_counted",
    "linked_matters",
    "matters_of",
    "matters_of_chains",
    "statements",
]

#: Names in one question: SQLite takes 32,766 at most, and small questions are planned well.
_AT_ONCE = 500

#: With more matters than this, reading everything is faster than asking for each.
_MANY = 5_000


def audiences(alias: str, reader: str | None, directory: Directory) -> list[tuple[str, ...]]:
    """List the visibilities whose trees a reader may see: public, coalition, then sets by name."""
    rows = Audience.objects.using(alias).values_list("visibility", flat=True)
    return list(readable((tuple(json.loads(row)) for row in rows), reader, directory))


def statements(
    alias: str,
    trees: Iterable[tuple[str, ...]],
    known_at: str | None,
    matters: frozenset[str] | None = None,
) -> Iterator[Statement]:
    """Read the statements of some trees, oldest first; of some matters only, where they are named."""
    seen = _seen(alias, trees)
    if known_at is not None:
        seen = seen.filter(recorded_at__lte=known_at)
    if matters is None or len(matters) > _MANY:
        for statement in _read(seen.order_by("recorded_at")):
            if matters is None or statement.matter in matters:
                yield statement
        return
    found: list[Statement] = []
    for names in _parts(matters):
        found += _read(seen.filter(matter__in=names))
    found.sort(key=lambda statement: (statement.recorded_at, statement.id))
    yield from found


def matters_of(
    alias: str,
    trees: Iterable[tuple[str, ...]],
    parties: Iterable[str],
    items: Iterable[str] | None = None,
) -> frozenset[str]:
    """List the matters in which one of the parties gives, receives or replaces; of some items only."""
    names = sorted(set(parties))
    seen = _seen(alias, trees)
    if items is not None:
        seen = seen.filter(item__in=sorted(set(items)))
    found: set[str] = set()
    for side in ("giver", "receiver", "debtor"):  # one index after the other: OR would use none
        rows = seen.filter(**{f"{side}__in": names}).values_list("matter", flat=True)
        found.update(rows.distinct())
    return frozenset(found)


def matters_of_chains(
    alias: str, trees: Iterable[tuple[str, ...]], chains: Iterable[str]
) -> frozenset[str]:
    """List the matters of statements that were accepted together."""
    names = sorted(set(chains) - {""})
    if not names:
        return frozenset()
    rows = _seen(alias, trees).filter(chain__in=names[:_MANY])
    return frozenset(rows.values_list("matter", flat=True).distinct())


def is_counted(
    alias: str, trees: Iterable[tuple[str, ...]], holders: Iterable[str], items: Iterable[str]
) -> bool:
    """Tell whether anybody has counted a stock of one of the items at one of the holders (rule 33)."""
    counts = _seen(alias, trees).filter(giver__in=sorted(set(holders)), kind="holding")
    return bool(counts.filter(item__in=sorted(set(items))).exists())


def linked_matters(
    alias: str, trees: Iterable[tuple[str, ...]], matters: Iterable[str]
) -> frozenset[str]:
    """Add all matters that are linked with some, in any way and over any number of steps."""
    known = set(matters)
    fresh = set(known)
    links = Link.objects.using(alias).filter(audience__in=_names(trees))
    while fresh:
        found: set[str] = set()
        for names in _parts(fresh):
            pairs = links.filter(Q(matter__in=names) | Q(other__in=names))
            for pair in pairs.values_list("matter", "other"):
                found.update(pair)
        fresh = found - known
        known |= fresh
    return frozenset(known)


def _seen(alias: str, trees: Iterable[tuple[str, ...]]) -> QuerySet[Payload]:
    return Payload.objects.using(alias).filter(audience__in=_names(trees))


def _names(trees: Iterable[tuple[str, ...]]) -> list[str]:
    return [audience_of(visibility) for visibility in trees]


def _read(rows: QuerySet[Payload]) -> Iterator[Statement]:
    bodies = rows.exclude(matter="").values_list("body", flat=True)
    for body in bodies.iterator(chunk_size=2_000):
        yield from_dict(json.loads(body)["statement"])


def _parts(names: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(names)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]
