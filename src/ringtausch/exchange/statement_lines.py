"""JSON Lines of statements: one object a line, as `statement.to_dict` writes it.

In: bytes. Out: the values of each line by the columns of a table, and what is wrong with them. Amounts are
whole numbers here: thousandths of an item, ten-thousandths of a currency. Must not know files.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ringtausch.exchange import statement_messages as messages
from ringtausch.exchange.statement_columns import COLUMNS, REQUIRED, wrong_instant
from ringtausch.records.messages import not_utf8_text, utf16
from ringtausch.records.raw import RawTable
from ringtausch.register.checking import Place
from ringtausch.register.ranges import Range
from ringtausch.register.statement import Statement, to_dict

__all__ = ["read_lines", "write_lines"]

_PARTS = ("source", "condition", "terms")
_FIELDS = {
    part: {column.field: name for name, column in COLUMNS.items() if column.part == part}
    for part in _PARTS
}
_OWN = {name: name for name, column in COLUMNS.items() if not column.part}


class _Repeated(ValueError):  # noqa: N818 - says what is the case
    """A name stands twice in an object."""


def write_lines(statements: Sequence[Statement], path: Path) -> None:
    """Write one statement a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for statement in statements:
            line = json.dumps(to_dict(statement), ensure_ascii=False, separators=(",", ":"))
            file.write(line + "\n")


def read_lines(data: bytes, table: RawTable) -> list[tuple[dict[str, Any], Place, set[str]]]:
    """Read every line: its values by column, its place, and the columns in which something is wrong."""
    text = _decode(data, table)
    found: list[tuple[dict[str, Any], Place, set[str]]] = []
    if text is None:
        return found
    # Only a line feed ends a line: other ends of lines may stand in a text.
    for line, written in enumerate(text.split("\n"), start=1):
        if written.strip():
            read = _Line(table, line)
            values = read.values(written)
            if values is not None:
                unit = values.get("unit", "")
                found.append((values, Place(table.file, line, unit), read.bad))
    if not found and not table.problems:
        table.refuse(0, "", "", messages.no_lines())
    return found


def _decode(data: bytes, table: RawTable) -> str | None:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        table.refuse(0, "", "", utf16())
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        table.refuse(line, "", "", not_utf8_text(data[error.start]))
        return None


class _Line:
    """One line as it is read; `bad` are the columns in which something is wrong."""

    def __init__(self, table: RawTable, line: int) -> None:
        self.table = table
        self.line = line
        self.bad: set[str] = set()

    def values(self, written: str) -> dict[str, Any] | None:
        """Return the values by column; None where the line is no object."""
        try:
            read = json.loads(written, object_pairs_hook=_once, parse_constant=_no_constant)
        except _Repeated as repeated:
            name = str(repeated)
            self.table.refuse(self.line, name, name, messages.repeated_field(name))
            return None
        except (ValueError, RecursionError) as error:
            reason = getattr(error, "msg", None) or str(error)
            self.table.refuse(self.line, "", "", messages.broken_line(reason))
            return None
        if not isinstance(read, dict):
            self._refuse("", read, messages.not_an_object())
            return None
        values: dict[str, Any] = {}
        self._fill(values, read, {**_OWN, **dict.fromkeys(_PARTS, "")}, "")
        for part in _PARTS:
            if read.get(part) is None:
                continue
            if isinstance(read[part], dict):
                self._fill(values, read[part], _FIELDS[part], f"{part}_")
            else:
                self._refuse(part, read[part], messages.not_an_object())
        for name in REQUIRED:
            if name not in values and self.bad.isdisjoint({name, COLUMNS[name].part}):
                self._refuse(name, None, messages.must_be_filled(name))
        return values

    def _refuse(self, column: str, value: Any, message: str) -> None:
        self.bad.add(column)
        text = "" if value is None else json.dumps(value)[:60]
        self.table.refuse(self.line, column, text, message)

    def _fill(
        self, values: dict[str, Any], read: dict[str, Any], fields: dict[str, str], prefix: str
    ) -> None:
        """Take over the fields of one object, whose columns begin with a prefix."""
        for field, value in read.items():
            name = fields.get(field)
            if name is None:
                self._refuse(f"{prefix}{field}", value, messages.unknown_field(field, fields))
            elif name and value is not None and value not in ("", []):
                wrong = _wrong(COLUMNS[name].form, value)
                if wrong:
                    self._refuse(name, value, wrong)
                else:
                    values[name] = _made(COLUMNS[name].form, value)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _Repeated(name)
        found[name] = value
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _wrong(form: str, value: Any) -> str:
    """Say what is wrong with the type of a value; empty where nothing is."""
    if form in {"text", "date", "unit"}:
        return "" if isinstance(value, str) else messages.wants_text()
    if form == "instant":
        return wrong_instant(value) if isinstance(value, str) else messages.wants_text()
    if form in {"names", "readers"}:
        texts = isinstance(value, list) and all(isinstance(one, str) and one for one in value)
        return "" if texts else messages.wants_texts()
    if form == "quantity":
        return "" if _is_range(value) else messages.wants_range()
    return "" if _is_whole(value) else messages.wants_whole()


def _made(form: str, value: Any) -> Any:
    if form == "quantity":
        return Range(*value)
    return tuple(value) if form in {"names", "readers"} else value


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_range(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 2 or not _is_whole(value[0]):
        return False
    return value[1] is None or (_is_whole(value[1]) and value[1] >= value[0])
