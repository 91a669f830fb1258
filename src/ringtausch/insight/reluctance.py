"""How reluctant each row is to be changed: the optional table `reluctance.csv` of a scenario.

In: the table, with the columns row, weight and note, and the scenario. Out: a `Reluctance` that gives
the weight of a row, or every problem at once. Repairs and sets of concessions are chosen by it. What
is changed and why is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from ringtausch.language import _
from ringtausch.records import messages
from ringtausch.records.columns import BadCell, Column, read_amount
from ringtausch.records.decimals import settle_decimals
from ringtausch.records.edits.parsing import BadEdit, parse_path
from ringtausch.records.opening import WORKBOOK_FILE
from ringtausch.records.problems import InvalidInput, Problem, nearest
from ringtausch.records.raw import RawTable, parse_csv
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import TABLES, columns_of, field_name
from ringtausch.records.workbook import read_workbook

__all__ = [
    "FAMILIES",
    "RELUCTANCE_FILE",
    "InvalidReluctance",
    "Reluctance",
    "ReluctanceRow",
    "read_reluctance",
]

RELUCTANCE_FILE = "reluctance.csv"
#: The families of concessions (see `insight.asks`); a row of the table may name one.
FAMILIES = (
    "more",
    "sooner",
    "instead",
    "stock",
    "consent",
    "earmark",
    "money",
    "money-sooner",
    "assurance",
    "trust",
    "soft",
    "gap",
    "exchange",
    "slot",
    "capacity",
)
_COLUMNS = ("row", "weight", "note", "source")
_WITH_COLUMN = re.compile(r"(.*\])\.([A-Za-z_]+)\s*", re.DOTALL)


class InvalidReluctance(InvalidInput):
    """A table of reluctance that breaks the format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReluctanceRow:
    """How much it weighs to change certain rows: a family, a table, or rows with certain cells.

    `word` is a family or a table; `cells` are columns of the table with their values, `column` the
    one column that is meant where only its changes weigh so much.
    """

    word: str
    cells: tuple[tuple[str, Any], ...] = ()
    column: str = ""
    weight: Decimal
    note: str = ""
    line: int = 0

    def matches(self, table: str, row: Any, column: str, family: str) -> bool:
        """Tell whether a change of this row (in this column, of this family) is meant."""
        if self.word not in {table, family}:
            return False
        if self.column and self.column != column:
            return False
        return all(getattr(row, field_name(name), None) == value for name, value in self.cells)

    @property
    def rank(self) -> tuple[bool, int, bool]:
        """How narrow it is: a family says more than a table, cells and a column more still."""
        return (self.word in FAMILIES or bool(self.cells), len(self.cells), bool(self.column))


@dataclass(frozen=True, slots=True)
class Reluctance:
    """The weights of a scenario; 1 where the table says nothing.

    Examples
    --------
    >>> from ringtausch.records.tables import Offer
    >>> table = Reluctance((ReluctanceRow(word="offers", weight=Decimal(3)),
    ...     ReluctanceRow(word="offers", cells=(("party", "GRC"),), weight=Decimal(7))))
    >>> offers = [Offer(offer=p, party=p, item="gun", quantity=Decimal(1)) for p in ("DEU", "GRC")]
    >>> [table.weight("offers", offer) for offer in offers]
    [Decimal('3'), Decimal('7')]
    """

    rows: tuple[ReluctanceRow, ...] = ()

    def weight(self, table: str, row: Any, *, column: str = "", family: str = "") -> Decimal:
        """Return what a change of a row weighs: by the narrowest row that matches, at a tie the later."""
        best: ReluctanceRow | None = None
        for candidate in self.rows:
            narrower = best is None or candidate.rank >= best.rank
            if narrower and candidate.matches(table, row, column, family):
                best = candidate
        return Decimal(1) if best is None else best.weight


def read_reluctance(path: str | Path, scenario: Scenario) -> Reluctance:
    """Read the table from a scenario's folder or workbook, or from a CSV file.

    Parameters
    ----------
    path
        The scenario's folder, its workbook, or any CSV file of this form. In a folder or workbook
        without the table all weights are 1; a file that is named must exist.
    scenario
        Whose names may stand in the rows.

    Raises
    ------
    InvalidReluctance
        With every problem, each with file, line, column, what is wrong and what would be right.
    """
    raw = _open(Path(path))
    if raw is None:
        return Reluctance()
    if isinstance(raw, Problem):
        raise InvalidReluctance([raw])
    rows = tuple(_rows(raw, scenario)) if raw.header else ()
    if raw.problems:
        raise InvalidReluctance(sorted(raw.problems, key=lambda p: (p.line, p.column)))
    return Reluctance(rows)


def _open(path: Path) -> RawTable | Problem | None:
    """Find the table: a file of its own, or a sheet of the workbook."""
    try:
        if path.is_dir():
            file, workbook = path / RELUCTANCE_FILE, path / WORKBOOK_FILE
            sheet = read_workbook(workbook)[0].get("reluctance") if workbook.is_file() else None
            if sheet is not None and file.is_file():
                return Problem(file.name, 0, "", "", messages.both_forms(file.name, sheet.file))
            if sheet is None:
                return parse_csv(file.read_bytes(), file.name) if file.is_file() else None
            return sheet
        if path.suffix.casefold() == ".xlsx":
            return read_workbook(path)[0].get("reluctance")
        return parse_csv(path.read_bytes(), path.name)
    except OSError as error:
        return Problem(str(path), 0, "", "", messages.unreadable(error.strerror or str(error)))


def _rows(raw: RawTable, scenario: Scenario) -> Iterable[ReluctanceRow]:
    _check_header(raw)
    settle_decimals(raw, ["weight"], [])
    if not {"row", "weight"} <= set(raw.header):
        return
    for line, cells in raw.rows:
        before = len(raw.problems)
        named = dict(zip(raw.header, cells, strict=False))
        weight = _weight(raw, line, named["weight"])
        try:
            word, chosen, column = _what(named["row"], scenario)
        except (BadCell, BadEdit) as bad:
            raw.refuse(line, "row", named["row"], str(bad))
            continue
        if len(raw.problems) == before and line not in raw.shifted:
            yield ReluctanceRow(
                word=word,
                cells=chosen,
                column=column,
                weight=weight,
                note=named.get("note", ""),
                line=line,
            )


def _check_header(raw: RawTable) -> None:
    misspelt = set()
    for header in raw.header:
        if header and header not in _COLUMNS:
            raw.refuse(1, header, header, messages.unknown_column(header, _COLUMNS))
            misspelt.add(nearest(header, _COLUMNS))
    for column in ("row", "weight"):
        if column not in {*raw.header, *misspelt}:
            raw.refuse(1, column, "", messages.missing_column(column, raw.header))


def _weight(raw: RawTable, line: int, text: str) -> Decimal:
    if not text:
        return Decimal(1)  # as every empty weight
    try:
        return read_amount(text)
    except BadCell as bad:
        raw.refuse(line, "weight", text, str(bad))
        return Decimal(1)


def _what(text: str, scenario: Scenario) -> tuple[str, tuple[tuple[str, Any], ...], str]:
    """Read which rows are meant: a family, a table, or a path to rows with an optional column."""
    if not text:
        raise BadCell(
            _("is empty; write a family of concessions, a table, or rows such as offers[party=GRC]")
        )
    if "[" not in text:
        if text not in {*TABLES, *FAMILIES}:
            hint = messages.or_suggest(text, [*TABLES, *FAMILIES])
            raise BadCell(
                _(
                    '"{text}" is neither a table nor a family of concessions, nor rows such as'
                    " offers[party=GRC]; {hint}"
                ).format(text=text, hint=hint)
            )
        return text, (), ""
    with_column = _WITH_COLUMN.fullmatch(text)
    path = parse_path(with_column[1] if with_column else text)
    if path.table not in TABLES:
        hint = messages.or_suggest(path.table, TABLES)
        raise BadCell(_('unknown table "{table}"; {hint}').format(table=path.table, hint=hint))
    columns = {column.name: column for column in columns_of(path.table)}
    names = [name for name, _value in path.cells] + ([with_column[2]] if with_column else [])
    for name in names:
        if name not in columns:
            raise BadCell(messages.unknown_column(name, columns))
    cells = tuple((name, _value_of(columns[name], value, scenario)) for name, value in path.cells)
    return path.table, cells, with_column[2] if with_column else ""


def _value_of(column: Column, text: str, scenario: Scenario) -> Any:
    """Read the value of a cell as its column would, and look names up."""
    if not text:
        return column.default
    value = column.read(text)
    if column.refers and not (value == "*" and column.wildcard):
        files = [f"{table}.csv" for table in column.refers]
        first = {table: columns_of(table)[0].name for table in column.refers}
        known = {
            getattr(row, name) for table, name in first.items() for row in scenario.rows(table)
        }
        if value not in known:
            raise BadCell(messages.unknown_name(value, files, known))
    return value
