"""A scenario made from a register, as a folder: its tables, and `sources.csv` beside them.

In: what was made. Out: a folder that `ringtausch plan` reads, written whole or not at all, and only if
nothing is wrong with it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from ringtausch.exchange.loop.scenario import Made
from ringtausch.exchange.loop.terms import described
from ringtausch.records.folders import write_folder_whole
from ringtausch.records.opening import SETTINGS_FILE
from ringtausch.records.problems import InvalidScenario
from ringtausch.records.reading import inspect_scenario
from ringtausch.records.tables import TABLES
from ringtausch.records.writing import write_scenario

__all__ = ["SOURCES_COLUMNS", "SOURCES_FILE", "sources", "write_made"]

SOURCES_FILE = "sources.csv"
SOURCES_COLUMNS = ("table", "line", "row", "from", "statements", "terms", "reason")

REGISTER, TERMS, BOTH, LEFT_OUT, NOTE = (
    "register",
    "terms",
    "register and terms",
    "left out",
    "note",
)


def sources(made: Made) -> Iterator[dict[str, str]]:
    """Say of each row of each table where it comes from, then what is left out and why.

    `line` is the row's line in its table; `statements` are ids; `terms` is a file and line of the terms.
    """
    for name, rows in made.sources.items():
        for line, told in enumerate(rows, start=2):
            of_register = bool(told.statements) or told.of_directory
            yield {
                "table": name,
                "line": str(line),
                "row": described(name, told.row),
                "from": _from(of_register=of_register, of_terms=bool(told.terms)),
                "statements": ";".join(told.statements),
                "terms": told.terms,
                "reason": "",
            }
    for left in made.left_out:
        yield {
            "table": left.table,
            "line": "",
            "row": left.row,
            "from": NOTE if left.is_note else LEFT_OUT,
            "statements": ";".join(left.statements),
            "terms": left.terms,
            "reason": left.reason,
        }


def write_made(made: Made, folder: str | Path, *, force: bool = False) -> None:
    """Write the scenario and where its rows come from.

    Raises
    ------
    OutputExists
        Something is there already and `force` is not given.
    InvalidScenario
        The rows do not make a scenario; nothing is written.
    """
    ours = {SETTINGS_FILE, SOURCES_FILE, "datapackage.json", *(f"{name}.csv" for name in TABLES)}

    def fill(fresh: Path) -> None:
        write_scenario(made.scenario, fresh, force=True)
        wrong = inspect_scenario(fresh, cautions=False)
        if wrong.errors:
            raise InvalidScenario(wrong.errors)
        with (fresh / SOURCES_FILE).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, SOURCES_COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(sources(made))

    write_folder_whole(Path(folder), fill, force=force, ours=ours)


def _from(*, of_register: bool, of_terms: bool) -> str:
    if of_register and of_terms:
        return BOTH
    return REGISTER if of_register else TERMS
