"""Read what shall be recorded: other people's tables, or tables of statements with their directory beside.

In: a path. Out: drafts with their places, the parties and items that they bring along, and what was left out
and why; or every problem of all files at once. Nothing is recorded here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ringtausch.exchange.directory_tables import DIRECTORY_COLUMNS, read_directory
from ringtausch.exchange.imported import Imported, LeftOut
from ringtausch.exchange.statement_tables import SHEETS, inspect_statements
from ringtausch.records.problems import InvalidInput, Problem
from ringtausch.register.checking import InvalidStatements, Place
from ringtausch.register.directory import Directory
from ringtausch.register.statement import Statement

__all__ = ["Import", "read_import"]

_TABLES = ("statements.csv", "statements.xlsx", "statements.jsonl")


@dataclass(frozen=True)
class Import:
    """What a source says, ready to be recorded."""

    drafts: list[tuple[Statement, Place]]
    directory: Directory
    left_out: tuple[LeftOut, ...] = ()
    uncounted: tuple[LeftOut, ...] = ()


def read_import(source: Path, form: str, known: Directory, *, recorder: str = "desk") -> Import:
    """Read a source.

    Parameters
    ----------
    source
        A file or a folder.
    form
        `kiel`, `patriot`, or empty for tables of statements: a file, or a folder with `statements.csv`.
        `parties.csv` and `items.csv` beside them, or sheets of these names, extend the directory.
    known
        The directory of the register.
    recorder
        Who records those rows that do not say it.

    Raises
    ------
    InvalidInput
        With every problem.
    """
    readers: dict[str, Callable[[Path, str], Imported]] = {"kiel": _kiel, "patriot": _patriot}
    if form in readers:
        found = readers[form](source, recorder)
        drafts = [
            (draft, Place(source.name, number))
            for number, draft in enumerate(found.drafts, start=1)
        ]
        # What a name means here, the register has said before.
        brought = Directory(
            {
                name: one
                for name, one in found.directory.parties.items()
                if name not in known.parties
            },
            {name: one for name, one in found.directory.items.items() if name not in known.items},
        )
        return Import(drafts, brought, found.left_out, found.uncounted)
    table = source
    if source.is_dir():
        table = next((source / name for name in _TABLES if (source / name).exists()), source)
    problems: list[Problem] = []
    brought = Directory()
    try:
        brought = _beside(table)
    except InvalidInput as invalid:
        problems += invalid.problems
    together = Directory(
        {**known.parties, **brought.parties},
        {**known.items, **brought.items},
        brought.coalition or known.coalition,
    )
    # What is wrong with the directory makes names unknown: once is enough.
    read = inspect_statements(table, None if problems else together, recorded_by=recorder)
    problems += read.problems
    if problems:
        raise InvalidStatements(problems)
    return Import(read.rows, brought)


def _beside(table: Path) -> Directory:
    """Read the parties and items that come with a table of statements, if any do."""
    if table.suffix.lower() == ".xlsx" and table.is_file():
        from ringtausch.records.workbook import read_workbook

        sheets, _wrong = read_workbook(table)
        return read_directory(table) if set(SHEETS[1:]) & set(sheets) else Directory()
    folder = table.parent
    if any((folder / f"{name}.csv").exists() for name in DIRECTORY_COLUMNS):
        return read_directory(folder)
    return Directory()


def _kiel(source: Path, recorder: str) -> Imported:
    from ringtausch.exchange.kiel import read_kiel

    return read_kiel(source, recorded_by=recorder)


def _patriot(source: Path, recorder: str) -> Imported:
    from ringtausch.exchange.patriot import read_patriot

    return read_patriot(source, recorded_by=recorder)
