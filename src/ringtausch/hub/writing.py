"""Rows for what is recorded: leaves in the tree of their audience, payloads, and links between matters.

In: recorded statements and redactions. Out: rows in their tables, all hashed here. Nothing here decides what
may be recorded, and nothing commits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ringtausch.hub.database import Database, Row
from ringtausch.hub.sql import ask
from ringtausch.register.statement import Statement
from ringtausch.register.trust.audiences import audience_of, visibility_of
from ringtausch.register.trust.canonical import (
    HASH_VERSION,
    Leaf,
    Redaction,
    canonical,
    leaf_of,
    new_salt,
)

__all__ = ["append_redaction", "append_statements", "named_matters"]

_LEAF = ("id", "audience", "recorded_at", "leaf_index", "leaf_hash", "hash_version")
_FOUND_BY = ("matter", "kind", "giver", "receiver", "debtor", "item", "chain")
_PAYLOAD = ("statement_id", "audience", "recorded_at", *_FOUND_BY, "salt", "body")
_NOWHERE = ("",) * len(_FOUND_BY)
_LINK = ("id", "statement_id", "audience", "matter", "other")
#: The size of a tree; NULL where there is none yet.
_SIZE = "SELECT max(leaf_index) + 1 FROM hub_statement WHERE audience = %s"
_REDACTION = ("statement_id", "audience", "recorded_at", "approved_by", "reason")


def named_matters(statement: Statement) -> tuple[str, ...]:
    """List the matters that a statement names beside its own, in order, each once."""
    named = [statement.part_of, statement.same_as, statement.terms.of]
    if statement.condition is not None:
        named += statement.condition.matters
    return tuple(dict.fromkeys(name for name in named if name and name != statement.matter))


def append_statements(database: Database, statements: Sequence[Statement]) -> None:
    """Append statements to the trees of their audiences, in their order."""
    sizes = _sizes(database, {said.visibility for said in statements})
    leaves: list[Row] = []
    payloads: list[Row] = []
    links: list[Row] = []
    for said in statements:
        audience, leaf = audience_of(said.visibility), leaf_of(said, new_salt())
        leaves.append(_leaf_row(said.id, audience, said.recorded_at, sizes, leaf))
        payloads.append(_payload_row(said.id, audience, said.recorded_at, _found_by(said), leaf))
        links += _link_rows(said, audience)
    database.insert("statement", _LEAF, leaves)
    database.insert("payload", _PAYLOAD, payloads)
    database.insert("link", _LINK, links)


def append_redaction(
    database: Database, redaction: Redaction, identifier: str, visibility: tuple[str, ...]
) -> None:
    """Append the record of a redaction to the tree of what it redacts."""
    sizes = _sizes(database, {visibility})
    audience, moment = audience_of(visibility), redaction.recorded_at
    leaf = leaf_of(redaction, new_salt())
    database.insert("statement", _LEAF, [_leaf_row(identifier, audience, moment, sizes, leaf)])
    database.insert(
        "payload", _PAYLOAD, [_payload_row(identifier, audience, moment, _NOWHERE, leaf)]
    )
    why = (redaction.id, audience, moment, redaction.approved_by, redaction.reason)
    database.insert("redaction", _REDACTION, [why])


def _sizes(database: Database, visibilities: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """Return the sizes of trees, which begin with their first statement."""
    trees = {audience_of(visibility): visibility_of(visibility) for visibility in visibilities}
    sizes = dict.fromkeys(trees, 0)
    fresh = []
    for name, visibility in sorted(trees.items()):
        ((size,),) = ask(database.alias, _SIZE, (name,))
        sizes[name] = size or 0
        if size is None:
            fresh.append((name, canonical(visibility).decode()))
    database.insert("audience", ("name", "visibility"), fresh)
    return sizes


def _leaf_row(
    identifier: str, audience: str, moment: str, sizes: dict[str, int], leaf: Leaf
) -> Row:
    index = sizes[audience]
    sizes[audience] = index + 1
    return (identifier, audience, moment, index, leaf.hash, HASH_VERSION)


def _found_by(said: Statement) -> tuple[str, ...]:
    debtor = said.terms.replacer
    return (said.matter, said.kind, said.giver, said.receiver, debtor, said.item, said.chain)


def _payload_row(
    identifier: str, audience: str, moment: str, found_by: tuple[str, ...], leaf: Leaf
) -> Row:
    assert leaf.payload is not None
    return (identifier, audience, moment, *found_by, leaf.salt, leaf.payload.decode())


def _link_rows(said: Statement, audience: str) -> Iterator[Row]:
    for number, other in enumerate(named_matters(said)):
        yield (f"{said.id}.{number}", said.id, audience, said.matter, other)
