"""Every sentence that reading tables of statements and of a directory can say, one function each.

A message says what stands there, what may stand there and what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterable

from ringtausch.language import _
from ringtausch.records.messages import or_suggest


def no_such_file(path: str) -> str:
    """Say that there is no file."""
    return _("there is no file {path}; write the path of a .csv, .xlsx or .jsonl file").format(
        path=path
    )


def no_table_in(path: str) -> str:
    """Say what a folder to be imported holds."""
    return _(
        "{path} holds no table of statements; write statements.csv, .xlsx or .jsonl in it, or say with"
        " --format whose tables they are"
    ).format(path=path)


def unreadable_file(path: str, reason: str) -> str:
    """Say why the system does not give a file."""
    return _("{path} cannot be read: {reason}").format(path=path, reason=reason)


def unknown_suffix(path: str) -> str:
    """Say which forms of tables there are."""
    return _(
        "{path} is no table of statements; write it as .csv, as .xlsx with a sheet statements, or as"
        " .jsonl with one statement a line"
    ).format(path=path)


def missing_sheet(name: str, sheets: Iterable[str]) -> str:
    """Say that a workbook has no sheet of a name."""
    return _('there is no sheet "{name}" with rows; {hint}').format(
        name=name, hint=or_suggest(name, sheets)
    )


def unknown_sheet(name: str, known: Iterable[str]) -> str:
    """Say that a sheet is not read."""
    return _('"{name}" is no sheet that is read here; {hint}; rename it or take it out').format(
        name=name, hint=or_suggest(name, known)
    )


def no_rows() -> str:
    """Say that there is nothing below the header."""
    return _("has no row; write one statement a row below the header")


def no_lines() -> str:
    """Say that a file of lines is empty."""
    return _("is empty; write one statement a line")


def must_be_filled(column: str) -> str:
    """Say that a cell may not be empty."""
    return _("is empty; every row needs a {column}").format(column=column)


def not_a_whole_number(text: str) -> str:
    """Say that a cell holds a whole number."""
    return _('"{text}" is no whole number; write 0, 1, 2, …').format(text=text)


def not_a_time(text: str) -> str:
    """Say that a time of recording is given, not written."""
    return _('"{text}" is no time of recording; leave it empty, it is given').format(text=text)


def no_names(text: str) -> str:
    """Say how several names are written."""
    return _('"{text}" names nobody; write names separated by semicolons, such as DEU;UKR').format(
        text=text
    )


def too_many_rows(count: int, most: int) -> str:
    """Say that a sheet cannot hold so many rows."""
    return _(
        "{count:,} statements are more than the {most:,} rows of a sheet; write .csv or .jsonl"
    ).format(count=count, most=most)


# ---- JSON Lines


def broken_line(reason: str) -> str:
    """Say that a line is no JSON."""
    return _("is no JSON: {reason}; write one object a line").format(reason=reason)


def not_an_object() -> str:
    """Say that a line, or a part of it, is an object."""
    return _('is no object; write names and values such as {{"matter": "DEU-1"}}').format()


def unknown_field(name: str, known: Iterable[str]) -> str:
    """Say that a statement has no such field."""
    return _('"{name}" is no field of a statement; {hint}').format(
        name=name, hint=or_suggest(name, known)
    )


def repeated_field(name: str) -> str:
    """Say that a field stands twice in a line."""
    return _('"{name}" stands here twice; write it once').format(name=name)


def wants_text() -> str:
    """Say that a field is a text."""
    return _('is no text; write it in quotes, such as "2025-07"')


def wants_texts() -> str:
    """Say that a field is a list of texts."""
    return _('is no list of texts; write for example ["DEU", "UKR"]')


def wants_whole() -> str:
    """Say that a field is a whole number."""
    return _(
        "is no whole number of 0 or more; amounts are thousandths of an item or ten-thousandths of a"
        " currency, such as 2000"
    )


def wants_range() -> str:
    """Say how a quantity stands in a line."""
    return _(
        "is no quantity; write the least and the most in thousandths of the item or ten-thousandths of"
        " the currency, such as [2000, 4000], or [2000, null] where there is no most"
    )


# ---- the directory


def unknown_party_kind(text: str, known: Iterable[str]) -> str:
    """Say which kinds of parties there are."""
    return _('"{text}" is no kind of party; write one of {names}').format(
        text=text, names=", ".join(known)
    )


def not_yes_or_no(text: str) -> str:
    """Say how yes and no are written."""
    return _('"{text}" is neither yes nor no; write yes, no or leave it empty').format(text=text)


def repeated_name(name: str, line: int) -> str:
    """Say that a name stands in an earlier row."""
    return _('"{name}" stands in line {line} already; a name has one row').format(
        name=name, line=line
    )


def reserved_name(name: str) -> str:
    """Say that a word has a meaning of its own among readers."""
    return _(
        '"{name}" says who may read a statement and can be no name; choose another one'
    ).format(name=name)


def slash_in_name(name: str) -> str:
    """Say that a slash parts a party from a person who records for it."""
    return _(
        '"{name}" has a slash, which parts a party from a person of it; write it without one'
    ).format(name=name)


def unknown_keeper(text: str, known: Iterable[str]) -> str:
    """Say that a pool's keeper is no party."""
    return _('"{text}" is no party of this table; {hint}').format(
        text=text, hint=or_suggest(text, known)
    )


def keeper_of_no_pool(kind: str) -> str:
    """Say that only a pool has a keeper."""
    return _("stands here, and a {kind} has no keeper; only a pool has one").format(kind=kind)


def no_directory(path: str) -> str:
    """Say what a directory is."""
    return _(
        "{path} holds no directory; write parties.csv and items.csv in a folder, or a workbook with the"
        " sheets parties and items"
    ).format(path=path)
