"""Ways to tamper with the small export, for the tests of the audit."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from ringtausch.register.statement import Statement
from ringtausch.register.trust.canonical import leaf_of
from ringtausch.register.trust.exporting import leaf_line, write_export
from ringtausch.register.trust.notes import SigningKey
from tests.register.trust.exports import NAMED, NEW, OLD, ORIGIN, STATEMENTS, small_register

PUBLIC, COALITION = "trees/public.jsonl", "trees/coalition.jsonl"
SIGNED, SECRET = "checkpoints/public.txt", "trees/named-c87517b1f4fbe3941c200a326c1f467d.jsonl"
STRANGER = SigningKey.from_seed(ORIGIN, bytes([9]) * 32)

#: What does something to an export, and the options that the audit is then given.
Tamper = Callable[[Path], dict[str, object] | None]


def edit(file: str, old: str, new: str, *, number: int = 1) -> Tamper:
    """Replace a text in a file, where it stands for the first time (or the second)."""

    def tamper(folder: Path) -> None:
        parts = (folder / file).read_bytes().split(old.encode())
        assert len(parts) > number, f"{old} is not in {file}"
        start, end = (old.encode().join(some) for some in (parts[:number], parts[number:]))
        (folder / file).write_bytes(start + new.encode() + end)

    return tamper


def rows(file: str, change: Callable[[list[bytes]], Iterable[bytes]]) -> Tamper:
    """Put other lines in the place of those of a file."""

    def tamper(folder: Path) -> None:
        lines = (folder / file).read_bytes().splitlines(keepends=True)
        (folder / file).write_bytes(b"".join(change(lines)))

    return tamper


def raw(file: str, change: Callable[[bytes], bytes]) -> Tamper:
    """Change the bytes of a file."""

    def tamper(folder: Path) -> None:
        (folder / file).write_bytes(change((folder / file).read_bytes()))

    return tamper


def forged(
    *statements: Statement,
    keys: tuple[SigningKey, ...] = (OLD, NEW),
    kept: bool = False,
    key: SigningKey | None = None,
) -> Tamper:
    """Write another history and sign it, with the register's own keys or others.

    `kept` gives the audit the checkpoints of the public tree from before, `key` a key that it trusts.
    """

    def tamper(folder: Path) -> dict[str, object]:
        options: dict[str, object] = {}
        if kept:
            (folder.parent / "kept.txt").write_bytes((folder / SIGNED).read_bytes())
            options["checkpoint"] = folder.parent / "kept.txt"
        if key is not None:
            options["key"] = str(key.verifying)
        shutil.rmtree(folder)
        export = small_register(statements, keys=keys).export()
        write_export(folder, replace(export, figures={"counts": [], "strict": [], "tracker": []}))
        return options

    return tamper


def changed(number: int, **fields: object) -> tuple[Statement, ...]:
    """Give the statements with one of them changed."""
    return tuple(
        replace(one, **fields) if one.id == f"{number:032x}" else one  # type: ignore[arg-type]
        for one in STATEMENTS
    )


def numbered(lines: Iterable[bytes]) -> Iterable[bytes]:
    """Set the indexes right again."""
    for index, line in enumerate(lines):
        yield re.sub(rb'"index":\d+', b'"index":%d' % index, line)


def rehashed(folder: Path) -> None:
    """Change a statement together with its leaf hash, and the positions stay as they are."""
    one = replace(STATEMENTS[0], note="other")
    leaf = leaf_of(one, leaf_of(one, bytes(32)).hash)
    rows(PUBLIC, lambda lines: [leaf_line(0, leaf), *lines[1:]])(folder)


def undone(folder: Path) -> None:
    """Put the redacted statement back, salt and all."""
    one = next(one for one in STATEMENTS if one.visibility == NAMED)
    leaf = leaf_of(one, leaf_of(one, bytes(32)).hash)
    rows(SECRET, lambda lines: [leaf_line(0, leaf), *lines[1:]])(folder)


def renamed(folder: Path) -> None:
    """Give the tree of two parties another name, everywhere."""
    name, other = "named-c87517b1f4fbe3941c200a326c1f467d", "named-" + "0" * 32
    edit("register.json", name, other)(folder)
    (folder / SECRET).rename(folder / f"trees/{other}.jsonl")
    (folder / f"checkpoints/{name}.txt").rename(folder / f"checkpoints/{other}.txt")


def moved(folder: Path) -> None:
    """Move the last statement of the coalition's tree to the public one."""
    lines = (folder / COALITION).read_bytes().splitlines(keepends=True)
    rows(COALITION, lambda some: some[:-1])(folder)
    rows(PUBLIC, lambda some: numbered([*some, lines[-1]]))(folder)


def extra(folder: Path) -> None:
    """Put a file beside the others."""
    (folder / "trees" / "notes.txt").write_text("hello\n", encoding="utf-8")


def remove(file: str) -> Tamper:
    """Take a file away."""
    return lambda folder: (folder / file).unlink()


def notes(change: Callable[[list[bytes]], list[bytes]]) -> Tamper:
    """Change the order of the public checkpoints; each is a text and its signatures."""

    def reorder(content: bytes) -> bytes:
        parts = content[:-1].split(b"\n\n")
        pairs = [b"\n\n".join(parts[at : at + 2]) for at in range(0, len(parts), 2)]
        return b"\n\n".join(change(pairs)) + b"\n"

    return raw(SIGNED, reorder)


def trusting(key: SigningKey) -> Tamper:
    """Give the audit a key to trust."""
    return lambda _folder: {"key": str(key.verifying)}
