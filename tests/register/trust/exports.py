"""A small register to export: three audiences, a correction, a redaction, two keys, several checkpoints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from ringtausch.register.directory import Directory, Item, Party
from ringtausch.register.ranges import Range
from ringtausch.register.statement import Condition, Source, Statement
from ringtausch.register.trust.audiences import visibility_of
from ringtausch.register.trust.canonical import Leaf, Redaction, leaf_of
from ringtausch.register.trust.exporting import (
    AudienceTree,
    Export,
    Keys,
    directory_hash,
    tree_origin,
    write_export,
)
from ringtausch.register.trust.merkle import Edge
from ringtausch.register.trust.notes import (
    Checkpoint,
    Note,
    SigningKey,
    key_note,
    previous_of,
    read_checkpoint,
)

ORIGIN = "example.org/register"
OLD, NEW = (SigningKey.from_seed(ORIGIN, bytes([seed]) * 32) for seed in (1, 2))
CHANGED = "2025-08-01T00:00:00.000000Z"
AS_OF = date(2025, 12, 31)
NAMED = ("DEU", "POL")

DIRECTORY = Directory.of(
    [Party("DEU", "Germany"), Party("POL"), Party("UKR"), Party("POOL", kind="pool", keeper="UKR")],
    [Item("launcher"), Item("fuel", unit="tonne", divisible=True)],
    frozenset({"DEU", "POL"}),
)


def moment(number: int) -> str:
    """Give a time of July (numbers up to 31) or August (from 32 on)."""
    month, day = (7, number) if number <= 31 else (8, number - 31)
    return f"2025-{month:02}-{day:02}T10:00:00.000000Z"


def said(number: int, milestone: str = "pledged", **fields: object) -> Statement:
    """Say that Germany does something with two launchers; fields as they differ."""
    plain = Statement(
        "DEU-1",
        "transfer",
        milestone,
        Source(2, title="Press release", date=f"2025-06-{number % 28 + 1:02}"),
        "DEU",
        "desk",
        id=f"{number:032x}",
        recorded_at=moment(number),
        giver="DEU",
        receiver="UKR",
        item="launcher",
        quantity=Range(2000, 2000),
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


STATEMENTS = (
    said(1, note="öffentlich"),
    said(2, source=Source(5, date="2025-06-30"), said_by="press", quantity=Range(3000, None)),
    said(3, corrects=f"{1:032x}", reason="a slip", quantity=Range(1000, 1000)),
    said(4, "handed_over", event="first", true_on="2025-Q3", quantity=None),
    said(5, "requested", matter="POL-9", giver="", said_by="UKR", condition=Condition("if asked")),
    said(6, visibility=("coalition",), matter="DEU-2"),
    said(7, "linked", visibility=("coalition",), matter="DEU-2", same_as="DEU-1", quantity=None),
    said(8, visibility=NAMED, matter="DEU-3", note="a name"),
    said(9, visibility=NAMED, matter="DEU-3", said_by="POL"),
    said(33, "handed_over", event="second", quantity=Range(1000, 1000)),
    said(34, visibility=NAMED, matter="DEU-4"),
    said(35, "paid_in", kind="contribution", matter="P-1", giver="DEU", receiver="POOL", item="",
         currency="EUR", quantity=Range(10**13, 10**13), said_by="UKR"),
)  # fmt: skip


@dataclass
class Written:
    """A register that grows: its leaves and checkpoints by audience, and the key in force."""

    origin: str = ORIGIN
    directory: Directory = DIRECTORY
    keys: tuple[SigningKey, ...] = (OLD, NEW)
    leaves: dict[tuple[str, ...], list[Leaf]] = field(default_factory=dict)
    notes: dict[tuple[str, ...], list[Note]] = field(default_factory=dict)

    def add(self, one: Statement | Redaction, visibility: Iterable[str] = ()) -> None:
        """Append a leaf; its salt follows from what it is, so that exports are the same each time."""
        names = visibility_of(one.visibility if isinstance(one, Statement) else visibility)
        salt = leaf_of(one, bytes(32)).hash
        self.leaves.setdefault(names, []).append(leaf_of(one, salt))

    def checkpoint(self, time: str) -> None:
        """Sign every tree that has grown, with the key in force."""
        for names, leaves in self.leaves.items():
            before = self.notes.setdefault(names, [])
            if before and read_checkpoint(before[-1].text).size == len(leaves):
                continue
            edge = Edge().extend(leaf.hash for leaf in leaves)
            text = Checkpoint(
                tree_origin(self.origin, names),
                edge.size,
                edge.root(),
                time,
                directory_hash(self.directory),
                previous_of(before[-1] if before else None),
            )
            before.append(text.signed(self.keys[0 if time < CHANGED else -1]))

    def redact(self, visibility: tuple[str, ...], index: int, time: str) -> None:
        """Take salt and payload from a leaf, and say so in the same tree."""
        leaves = self.leaves[visibility]
        gone = leaves[index]
        assert gone.statement is not None
        record = Redaction(
            index, gone.hash.hex(), gone.statement.id, "board", "names", "desk", time
        )
        leaves[index] = gone.redacted()
        self.add(record, visibility)

    def export(self, visibilities: Sequence[tuple[str, ...]] | None = None) -> Export:
        """Put together what a reader of some trees is given."""
        chosen = self.leaves if visibilities is None else visibilities
        first, last = self.keys[0], self.keys[-1]
        replaced = () if first == last else (key_note(self.origin, first, last, CHANGED),)
        return Export(
            self.origin,
            self.directory,
            tuple(AudienceTree(one, self.leaves[one], self.notes[one]) for one in chosen),
            Keys(first.verifying, replaced),
            AS_OF,
        )


def small_register(statements: Iterable[Statement] = STATEMENTS, **kinds: object) -> Written:
    """Write the statements above, with a checkpoint before August and one after a redaction."""
    written = Written(**kinds)  # type: ignore[arg-type]
    for one in statements:
        if one.recorded_at > CHANGED and not written.notes:
            written.checkpoint(moment(20))
        written.add(one)
    written.redact(NAMED, 0, moment(40))
    written.checkpoint(moment(41))
    return written


def write_small_export(target: Path) -> Path:
    """Write the export of all its trees."""
    write_export(target, small_register().export())
    return target
