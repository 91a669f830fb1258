"""Formats in which a register is written: a table of names, each with the function that writes it.

In: an open register with a question, and where to. Out: how many statements were written. Another format
is one more row in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ringtausch.hub import messages
from ringtausch.hub.proving import export_register

if TYPE_CHECKING:
    from ringtausch.hub.asking import Asked

__all__ = ["FORMATS", "Wanted", "format_of"]

_BY_SUFFIX = {".csv": "csv", ".xlsx": "xlsx", ".jsonl": "jsonl"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where to write, and with which key what is not signed yet is signed."""

    target: Path
    key: Path
    force: bool = False


def format_of(target: Path) -> str:
    """Name the format that a file's name asks for; that of a folder is the register's own."""
    return _BY_SUFFIX.get(target.suffix.lower(), "own")


def _own(asked: Asked, wanted: Wanted) -> int:
    """Write the folder that `audit` checks: of everything, since a tree has no earlier self."""
    if asked.known_at is not None:
        raise messages.export_is_of_now(asked.store.place)
    return export_register(
        asked.store,
        wanted.target,
        asked.reader,
        key=wanted.key,
        as_of=asked.as_of,
        force=wanted.force,
    )


def _tables(suffix: str, asked: Asked, wanted: Wanted) -> int:
    """Write statements as a table; as a folder with parties and items where no file is named."""
    from ringtausch.exchange.directory_tables import write_directory
    from ringtausch.exchange.statement_tables import write_statements
    from ringtausch.records.folders import write_folder_whole

    statements = asked.statements()
    if not statements:
        raise messages.nothing_recorded(asked.store.place)
    if wanted.target.suffix.lower() == suffix:
        write_statements(statements, wanted.target, force=wanted.force)
        return len(statements)

    def fill(folder: Path) -> None:
        write_directory(asked.directory, folder, force=True)
        write_statements(statements, folder / f"statements{suffix}")

    ours = [f"statements{suffix}", "parties.csv", "items.csv"]
    write_folder_whole(wanted.target, fill, force=wanted.force, ours=ours)
    return len(statements)


#: The formats by name. Each takes an open register and what is wanted, and returns how many statements.
FORMATS: dict[str, Callable[[Asked, Wanted], int]] = {
    "own": _own,
    "csv": partial(_tables, ".csv"),
    "xlsx": partial(_tables, ".xlsx"),
    "jsonl": partial(_tables, ".jsonl"),
}
