"""Formats in which a register is written: a table of names, each with the function that writes it.

In: an open register with a question, and where to. Out: how many statements were written or stand behind
what was, and what the form cannot say. Another format is one more row in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ringtausch.hub import messages
from ringtausch.hub.proving import export_register

if TYPE_CHECKING:
    from ringtausch.exchange.iati import Reporter
    from ringtausch.hub.asking import Asked
    from ringtausch.register.positions import Positions

__all__ = ["FORMATS", "LeftOut", "Wanted", "Written", "format_of"]

_BY_SUFFIX = {
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".jsonl": "jsonl",
    ".beancount": "beancount",
    ".xml": "iati",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where to write, with which key what is not signed yet is signed, and who reports."""

    target: Path
    key: Path
    reporter: Reporter | None = None
    force: bool = False


class LeftOut(NamedTuple):
    """What the register knows and a form does not say: of which milestone, of what in it, and why."""

    matter: str
    milestone: str
    what: str  # an event, an item or a currency
    why: str


@dataclass(frozen=True, slots=True)
class Written:
    """How many statements are in it, or stand behind it, and what is not."""

    statements: int
    left_out: tuple[LeftOut, ...] = ()


def format_of(target: Path) -> str:
    """Name the format that a file's name asks for; that of a folder is the register's own."""
    return _BY_SUFFIX.get(target.suffix.lower(), "own")


def _own(asked: Asked, wanted: Wanted) -> Written:
    """Write the folder that `audit` checks: of everything, since a tree has no earlier self."""
    if asked.known_at is not None:
        raise messages.export_is_of_now(asked.store.place)
    count = export_register(
        asked.store,
        wanted.target,
        asked.reader,
        key=wanted.key,
        as_of=asked.as_of,
        force=wanted.force,
    )
    return Written(count)


def _tables(suffix: str, asked: Asked, wanted: Wanted) -> Written:
    """Write statements as a table; as a folder with parties and items where no file is named."""
    from ringtausch.exchange.directory_tables import write_directory
    from ringtausch.exchange.statement_tables import write_statements
    from ringtausch.records.folders import write_folder_whole

    statements = asked.statements()
    if not statements:
        raise messages.nothing_recorded(asked.store.place)
    if wanted.target.suffix.lower() == suffix:
        write_statements(statements, wanted.target, force=wanted.force)
        return Written(len(statements))

    def fill(folder: Path) -> None:
        write_directory(asked.directory, folder, force=True)
        write_statements(statements, folder / f"statements{suffix}")

    ours = [f"statements{suffix}", "parties.csv", "items.csv"]
    write_folder_whole(wanted.target, fill, force=wanted.force, ours=ours)
    return Written(len(statements))


def _beancount(asked: Asked, wanted: Wanted) -> Written:
    """Write the postings as a ledger; what no posting holds stands there as a comment, and is listed."""
    from ringtausch.exchange.beancount import beancount_text
    from ringtausch.register.postings import postings

    found = _positions(asked)
    _write_text(beancount_text(found), wanted)
    left_out = (
        LeftOut(row.matter, row.milestone, row.commodity, row.why)
        for row in postings(found).not_posted
    )
    return Written(len(found.view), tuple(sorted(left_out)))


def _iati(asked: Asked, wanted: Wanted) -> Written:
    """Write activities of IATI, and list what has no amount of money that can be told."""
    from ringtausch.exchange.iati import iati_xml

    assert wanted.reporter is not None, "who reports is asked for before a register is opened"
    found = _positions(asked)
    made = iati_xml(found, wanted.reporter)
    _write_text(made.text, wanted)
    left_out = (LeftOut(row.matter, row.milestone, row.event, row.why) for row in made.left_out)
    return Written(len(found.view), tuple(sorted(left_out)))


def _data_package(asked: Asked, wanted: Wanted) -> Written:
    """Write statements and all that follows from them as typed tables."""
    from ringtausch.exchange.data_package import write_data_package

    found = _positions(asked)
    write_data_package(found, wanted.target, force=wanted.force)
    return Written(len(found.view))


def _where_matters_stand(asked: Asked, wanted: Wanted) -> Written:
    """Write positions for people with a spreadsheet."""
    from ringtausch.exchange.data_package import write_positions

    found = _positions(asked)
    write_positions(found, wanted.target, force=wanted.force)
    return Written(len(found.view))


def _positions(asked: Asked) -> Positions:
    """Work out where everything in view stands, or say that there is nothing."""
    found = asked.positions()
    if not found.view:
        raise messages.nothing_recorded(asked.store.place)
    return found


def _write_text(text: str, wanted: Wanted) -> None:
    from ringtausch.records.folders import write_file_whole

    def fill(path: Path) -> None:
        path.write_text(text, encoding="utf-8", newline="\n")

    write_file_whole(wanted.target, fill, force=wanted.force)


#: The formats by name. Each takes an open register and what is wanted, and returns what was written.
FORMATS: dict[str, Callable[[Asked, Wanted], Written]] = {
    "own": _own,
    "csv": partial(_tables, ".csv"),
    "xlsx": partial(_tables, ".xlsx"),
    "jsonl": partial(_tables, ".jsonl"),
    "positions": _where_matters_stand,
    "data-package": _data_package,
    "beancount": _beancount,
    "iati": _iati,
}
