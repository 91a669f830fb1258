"""Raw tables: the header and the rows of text of one CSV file, as people and Excel write them.

In: the bytes of a file. Out: a `RawTable`, each row with its line in the file, and the problems.
Forgiven: a byte order mark, `sep=;`, semicolons, trailing empty columns, empty rows, short rows.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from itertools import islice

from ringtausch.records import messages
from ringtausch.records.problems import Problem

__all__ = ["RawTable", "parse_csv"]

_LONGEST_CELL = 1_000_000


@dataclass
class RawTable:
    """A table as text: `file` as it is named in messages, rows with their line numbers.

    `whole` is False where rows may be missing because the file cannot be read, so that nobody
    complains of names that stand in those rows.
    """

    file: str
    header: list[str]
    rows: list[tuple[int, list[str]]]
    decimal_comma: bool = False
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True
    shifted: set[int] = field(default_factory=set)  # lines with more cells than the header

    def refuse(self, line: int, column: str, value: str, message: str) -> None:
        """Note a problem with a place of this table; a shifted row has been refused as a whole."""
        if line not in self.shifted:
            self.problems.append(Problem(self.file, line, column, value, message))


def parse_csv(data: bytes, file: str) -> RawTable:
    """Read the bytes of a CSV file into a header and rows of stripped text."""
    table = RawTable(file, [], [])
    text = _decode(data, table)
    if text is None:
        table.whole = False
        return table
    skipped, separator, text = _separator(text, table)
    if separator == "\t":
        table.whole = False
        return table
    table.decimal_comma = separator == ";"
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)
    line = 1 + skipped
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if table.header:
                table.rows.append((line, stripped))
            elif any(stripped):
                table.header = stripped
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        table.whole = False
        table.refuse(line, "", "", messages.broken_csv(str(error)))
    tidy(table)
    return table


def tidy(table: RawTable) -> None:
    """Check the header, drop empty rows and columns, bring all rows to the header's length."""
    while table.header and not table.header[-1]:
        table.header.pop()
    if not table.header:
        table.whole = False
        if not table.problems:
            table.refuse(1, "", "", messages.no_header())
        return
    width = len(table.header)
    rows: list[tuple[int, list[str]]] = []
    for line, cells in table.rows:
        if not any(cells):
            continue
        if len(cells) > width and any(cells[width:]):
            table.refuse(line, "", "", messages.too_many_cells(len(cells), width))
            table.shifted.add(line)
        rows.append((line, (cells + [""] * width)[:width]))
    table.rows = rows
    _check_header(table)


def _check_header(table: RawTable) -> None:
    """Refuse a column that is named twice, and cells below none."""
    for number, column in enumerate(table.header):
        if not column:
            filled = next((line for line, cells in table.rows if cells[number]), None)
            if filled is not None:
                table.refuse(filled, "", "", messages.unnamed_column())
        elif column in table.header[:number]:
            table.refuse(1, column, column, messages.repeated_column(column))


def _decode(data: bytes, table: RawTable) -> str | None:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        table.refuse(0, "", "", messages.utf16())
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        table.refuse(line, "", "", messages.not_utf8(data[error.start]))
        return None
    # a carriage return alone ends a line in old spreadsheet files
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _separator(text: str, table: RawTable) -> tuple[int, str, str]:
    """Tell commas from semicolons by the header row; Excel's own `sep=` line decides and goes."""
    first = next(iter(islice(text.split("\n"), 1)), "")
    if first.strip().casefold() in {"sep=;", "sep=,"}:
        return 1, first.strip()[-1], text[len(first) + 1 :]
    header = next((line for line in text.split("\n") if line.strip(" ,;\t")), "")
    if ";" in header and "," not in header:
        return 0, ";", text
    if "\t" in header and "," not in header:
        table.refuse(1, "", "", messages.separated_by_tabs())
        return 0, "\t", text
    return 0, ",", text
