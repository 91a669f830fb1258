"""What `register checkpoint`, `prove`, `redact` and `audit` print with `--json`; hashes are hexadecimal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field

from ringtausch.cli.message import Message

if TYPE_CHECKING:
    from ringtausch.hub.proving import Consistency, Inclusion
    from ringtausch.register.audit import Report
    from ringtausch.register.trust.notes import Note

__all__ = ["AuditMessage", "CheckpointsMessage", "ProvenMessage", "RedactedMessage"]


class CheckpointEntry(Message):
    """The signed head of one tree."""

    origin: str
    readers: list[str]
    size: int
    root: str
    time: str
    note: str = Field(description="the signed note as it is kept")


class CheckpointsMessage(Message):
    """The answer of `ringtausch register checkpoint --json`."""

    schema_: Literal["ringtausch/register-checkpoints/1"] = Field(
        default="ringtausch/register-checkpoints/1", alias="schema"
    )
    key: str = Field(description="the public key")
    checkpoints: list[CheckpointEntry]

    @classmethod
    def of(cls, key: str, notes: Mapping[tuple[str, ...], Note]) -> Self:
        """Make the message of checkpoints."""
        from ringtausch.register.trust.notes import read_checkpoint

        entries = []
        for readers, note in notes.items():
            one = read_checkpoint(note.text)
            entries.append(
                CheckpointEntry(
                    origin=one.origin,
                    readers=list(readers),
                    size=one.size,
                    root=one.root.hex(),
                    time=one.time,
                    note=str(note),
                )
            )
        return cls(key=key, checkpoints=entries)


class InclusionEntry(Message):
    """What leads from a leaf to a signed root (RFC 9162, section 2.1.3)."""

    id: str
    tree: str
    index: int
    size: int
    leaf_hash: str
    salt: str | None = Field(description="null where the leaf is redacted")
    payload: str | None = Field(description="the canonical JSON that is hashed with the salt")
    proof: list[str]
    checkpoint: str
    holds: bool


class ConsistencyEntry(Message):
    """What shows that a tree begins with an earlier one (RFC 9162, section 2.1.4)."""

    tree: str
    earlier: str
    later: str
    proof: list[str]
    holds: bool


class ProvenMessage(Message):
    """The answer of `ringtausch register prove --json`."""

    schema_: Literal["ringtausch/register-proven/1"] = Field(
        default="ringtausch/register-proven/1", alias="schema"
    )
    holds: bool
    inclusion: InclusionEntry | None
    consistency: list[ConsistencyEntry]

    @classmethod
    def of(cls, inclusion: Inclusion | None, grown: Iterable[Consistency]) -> Self:
        """Make the message of proofs."""
        entries = [
            ConsistencyEntry(
                tree=one.tree,
                earlier=str(one.earlier),
                later=str(one.later),
                proof=[node.hex() for node in one.proof],
                holds=one.holds,
            )
            for one in grown
        ]
        holds = all(one.holds for one in entries)
        return cls(
            holds=holds and (inclusion is None or inclusion.holds),
            inclusion=None if inclusion is None else _inclusion(inclusion),
            consistency=entries,
        )


def _inclusion(one: Inclusion) -> InclusionEntry:
    leaf = one.leaf
    return InclusionEntry(
        id=one.statement,
        tree=one.tree,
        index=one.index,
        size=one.size,
        leaf_hash=leaf.hash.hex(),
        salt=None if leaf.salt is None else leaf.salt.hex(),
        payload=None if leaf.payload is None else leaf.payload.decode(),
        proof=[node.hex() for node in one.proof],
        checkpoint=str(one.checkpoint),
        holds=one.holds,
    )


class RedactedMessage(Message):
    """The answer of `ringtausch register redact --json`."""

    schema_: Literal["ringtausch/register-redacted/1"] = Field(
        default="ringtausch/register-redacted/1", alias="schema"
    )
    id: str
    approved_by: str
    reason: str


class TreeEntry(Message):
    """One tree of an export."""

    name: str
    size: int
    root: str
    checkpoints: int


class FindingEntry(Message):
    """The first place that does not fit."""

    file: str
    line: int = Field(description="counted from 1; 0 = the file as a whole")
    what: str
    expected: str
    found: str
    unusable: bool = Field(description="it cannot be read, rather than being wrong")


class AuditMessage(Message):
    """The answer of `ringtausch audit --json`."""

    schema_: Literal["ringtausch/audit/1"] = Field(default="ringtausch/audit/1", alias="schema")
    ok: bool
    finding: FindingEntry | None
    trees: list[TreeEntry]
    counts: dict[str, int]
    seconds: dict[str, float]

    @classmethod
    def of(cls, report: Report) -> Self:
        """Make the message of an audit."""
        finding = report.finding
        return cls(
            ok=finding is None,
            finding=None
            if finding is None
            else FindingEntry(
                file=finding.place[0],
                line=finding.place[1],
                what=finding.what,
                expected=finding.expected,
                found=finding.found,
                unusable=finding.unusable,
            ),
            trees=[
                TreeEntry(
                    name=name, size=row["size"], root=row["root"], checkpoints=row["checkpoints"]
                )
                for name, row in report.trees.items()
            ],
            counts=report.counts,
            seconds=report.seconds,
        )
