"""The language of edits: one change of a scenario as a string, read and written.

In: the text of an edit. Out: an `Edit` or a `Path`, or `BadEdit` with what is wrong with the text.
Nothing here knows which tables, columns and rows there are; writing what was read reads back equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ringtausch.records import edit_messages as messages

__all__ = [
    "BadEdit",
    "Cells",
    "Edit",
    "Path",
    "parse_edit",
    "parse_path",
    "write_edit",
    "write_pairs",
    "write_path",
]

Cells = tuple[tuple[str, str], ...]

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_BARE = re.compile(r'[^,\]"]*')
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
_LETTERS = {value: letter for letter, value in _ESCAPES.items()}
_NEEDS_QUOTES = re.compile(r'[,\]"\n\r\t]|^\s|\s$')
_KEY_NEEDS_QUOTES = re.compile(r'[="\n\r\t\[]|^\s|\s$|^$')


class BadEdit(ValueError):  # noqa: N818 - an edit, not an error of the program
    """An edit that cannot be read; its text is the message for the user."""


@dataclass(frozen=True, slots=True)
class Path:
    """Which row of a table is meant: by the text of some of its cells."""

    table: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: `text` as it was given, the row or setting that it is about, and the new value.

    `table` and `cells` name a row of a table; `table` alone the section of a setting, whose name is
    the `column`.
    """

    text: str
    kind: Literal["set", "add", "drop", "setting"]
    table: str
    cells: Cells = ()
    column: str = ""
    value: str = ""


def parse_edit(text: str) -> Edit:
    """Read an edit.

    Examples
    --------
    >>> parse_edit("offers[offer=DEU-1].quantity=3")  # doctest: +NORMALIZE_WHITESPACE
    Edit(text='offers[offer=DEU-1].quantity=3', kind='set', table='offers',
         cells=(('offer', 'DEU-1'),), column='quantity', value='3')
    """
    reader = _Reader(text)
    sign = reader.take_sign()
    table = reader.take_word()
    if table is None:
        raise BadEdit(messages.not_an_edit())
    if not sign and reader.take("."):
        return _read_setting(reader, text, table)
    if not reader.take("["):
        raise BadEdit(messages.no_row(table, sign))
    cells = reader.take_cells(table)
    if sign:
        reader.must_end()
        return Edit(text, "add" if sign == "+" else "drop", table, cells)
    path = write_path(Path(table, cells))
    if not reader.take("."):
        reader.must_end()
        raise BadEdit(messages.no_change(path))
    column = reader.take_word()
    if column is None:
        raise BadEdit(messages.no_column(path))
    if not reader.take("="):
        raise BadEdit(messages.no_value(f"{path}.{column}"))
    return Edit(text, "set", table, cells, column, reader.take_rest())


def parse_path(text: str) -> Path:
    """Read the name of a row: an edit without the change.

    Examples
    --------
    >>> parse_path("needs[need=N2]")
    Path(table='needs', cells=(('need', 'N2'),))
    """
    reader = _Reader(text)
    table = reader.take_word()
    if table is None or not reader.take("["):
        raise BadEdit(messages.not_a_path())
    cells = reader.take_cells(table)
    reader.must_end()
    return Path(table, cells)


def write_edit(edit: Edit) -> str:
    """Write an edit in its plain form, whatever form it was given in.

    Examples
    --------
    >>> write_edit(parse_edit('+needs[ need = N2, note="a, b" ]'))
    '+needs[need=N2,note="a, b"]'
    """
    if edit.kind == "setting":
        return f"{edit.table}.{_write_key(edit.column)}={_write_value(edit.value)}"
    path = write_path(Path(edit.table, edit.cells))
    if edit.kind == "set":
        return f"{path}.{edit.column}={_write_value(edit.value)}"
    return ("+" if edit.kind == "add" else "-") + path


def write_path(path: Path) -> str:
    """Write which row is meant."""
    return f"{path.table}[{write_pairs(path.cells)}]"


def write_pairs(cells: Iterable[tuple[str, str]]) -> str:
    """Write columns and values as they stand in the brackets."""
    return ",".join(f"{column}={_write_value(value)}" for column, value in cells)


def _read_setting(reader: _Reader, text: str, section: str) -> Edit:
    key = reader.take_key()
    if not key:
        raise BadEdit(messages.no_setting(section))
    if not reader.take("="):
        raise BadEdit(messages.no_value(f"{section}.{key}"))
    return Edit(text, "setting", section, (), key, reader.take_rest())


def _write_value(value: str) -> str:
    return _quoted(value) if _NEEDS_QUOTES.search(value) else value


def _write_key(key: str) -> str:
    return _quoted(key) if _KEY_NEEDS_QUOTES.search(key) else key


def _quoted(value: str) -> str:
    escaped = re.sub(r'[\\"]', lambda found: "\\" + found[0], value)
    for character, letter in _LETTERS.items():
        escaped = escaped.replace(character, f"\\{letter}")
    return f'"{escaped}"'


class _Reader:
    """The text of an edit, and how far it has been read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def skip_spaces(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def take(self, character: str) -> bool:
        """Take one character, if it stands here."""
        self.skip_spaces()
        if self.text[self.at : self.at + 1] != character:
            return False
        self.at += 1
        return True

    def take_sign(self) -> str:
        return "+" if self.take("+") else "-" if self.take("-") else ""

    def take_word(self) -> str | None:
        self.skip_spaces()
        found = _WORD.match(self.text, self.at)
        if found is None:
            return None
        self.at = found.end()
        return found[0]

    def take_cells(self, table: str) -> Cells:
        """Take `column=value` pairs up to the closing bracket."""
        cells: list[tuple[str, str]] = []
        if self.take("]"):
            return ()
        while True:
            start = self.at
            column = self.take_word()
            if column is None or not self.take("="):
                raise BadEdit(messages.not_a_pair(self._piece(start), table))
            if any(column == other for other, _ in cells):
                raise BadEdit(messages.named_twice(column))
            cells.append((column, self.take_value()))
            if self.take("]"):
                return tuple(cells)
            if not self.take(","):
                if self.at >= len(self.text):
                    raise BadEdit(messages.not_closed(table))
                raise BadEdit(messages.quotes_needed(column, self._piece(self.at)))

    def take_value(self) -> str:
        """Take a value in brackets: quoted, or bare up to a comma or bracket."""
        self.skip_spaces()
        if self.text[self.at : self.at + 1] == '"':
            return self.take_quoted()
        found = _BARE.match(self.text, self.at)
        assert found is not None
        self.at = found.end()
        return found[0].strip()

    def take_quoted(self) -> str:
        found = _QUOTED.match(self.text, self.at)
        if found is None:
            raise BadEdit(messages.quote_not_closed(self.text[self.at :]))
        self.at = found.end()
        return re.sub(
            r"\\(.)", lambda escape: _ESCAPES.get(escape[1], escape[1]), found[1], flags=re.DOTALL
        )

    def take_key(self) -> str:
        """Take the name of a setting: quoted, or bare up to the equals sign."""
        self.skip_spaces()
        if self.text[self.at : self.at + 1] == '"':
            return self.take_quoted()
        end = self.text.find("=", self.at)
        end = len(self.text) if end < 0 else end
        key = self.text[self.at : end].strip()
        self.at = end
        return key

    def take_rest(self) -> str:
        """Take the new value: quoted, or bare up to the end."""
        self.skip_spaces()
        if self.text[self.at : self.at + 1] == '"':
            value = self.take_quoted()
            self.must_end()
            return value
        rest = self.text[self.at :].strip()
        self.at = len(self.text)
        return rest

    def must_end(self) -> None:
        self.skip_spaces()
        if self.at < len(self.text):
            raise BadEdit(messages.too_much(self.text[self.at :]))

    def _piece(self, start: int) -> str:
        return re.split(r"[,\]]", self.text[start:], maxsplit=1)[0].strip()
