"""Which place somebody may have meant who names a wrong one: a folder inside it, around it, or called nearly so.

In: a path and what the right place holds. Out: a path to try, or none. Nothing is read but names and first lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from ringtausch.language import _
from ringtausch.records.problems import nearest

__all__ = ["has_directory", "has_statements", "meant"]

#: So many neighbours are looked at: a message is not worth more.
_MOST = 1_000
_LONGEST_LINE = 10_000


def meant(path: Path, holds: Callable[[Path], bool]) -> str:
    """Ask whether a right place near a wrong one was meant; empty where there is none.

    Parameters
    ----------
    path
        The wrong place. Of a folder those inside it are looked at, of a file the folder around it, and of what
        is not there the neighbours whose names are like it.
    holds
        Tells whether a folder is right.
    """
    found = ""
    try:
        if path.is_dir():
            found = next((str(one) for one in _folders(path) if holds(one)), "")
        elif path.exists():
            found = str(path.parent) if holds(path.parent) else ""
        else:
            right = {one.name: one for one in _folders(path.parent) if holds(one)}
            close = nearest(path.name, right)
            found = str(right[close]) if close else ""
    except OSError:  # whoever may not look there gets the plain message
        found = ""
    return _("; did you mean {place}?").format(place=found) if found else ""


def has_directory(folder: Path) -> bool:
    """Tell whether a folder has a table of parties or items; those of a scenario begin otherwise."""
    headers = [_header(folder / f"{table}.csv") for table in ("parties", "items")]
    return any("name" in header and not {"party", "item"} & header for header in headers)


def has_statements(folder: Path) -> bool:
    """Tell whether a folder has a table of statements."""
    return any((folder / f"statements{suffix}").is_file() for suffix in (".csv", ".xlsx", ".jsonl"))


def _folders(path: Path) -> Iterator[Path]:
    return (one for one in sorted(islice(path.iterdir(), _MOST)) if one.is_dir())


def _header(file: Path) -> set[str]:
    if not file.is_file():
        return set()
    with file.open(encoding="utf-8-sig", errors="replace") as lines:
        return set(lines.readline(_LONGEST_LINE).strip().replace(";", ",").split(","))
