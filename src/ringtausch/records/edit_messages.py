"""Every sentence about an edit or a variant that cannot be used, one function each.

What the changed scenario breaks is said in the sentences of `messages`, as `check` says it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ringtausch.language import _, ngettext
from ringtausch.records.messages import or_suggest

# ---- the language


def not_an_edit() -> str:
    """Say what edits look like."""
    return _(
        "is no edit; write one such as offers[offer=DEU-1].quantity=3, +needs[need=N9,…],"
        " -needs[need=N2] or scenario.horizon=30"
    )


def not_a_path() -> str:
    """Say how a row is named."""
    return _("names no row; write table and cells, such as needs[need=N2]")


def no_row(table: str, sign: str) -> str:
    """Say that an edit names its row in brackets."""
    if sign == "+":
        return _("says no cells; write the new row in brackets: +{table}[COLUMN=VALUE,…]").format(
            table=table
        )
    return _("names no row; write it in brackets: {sign}{table}[COLUMN=VALUE]").format(
        sign=sign, table=table
    )


def no_change(path: str) -> str:
    """Say that an edit names a row and not what becomes of it."""
    return _("names a row but no change; write {path}.COLUMN=VALUE, or -{path} to drop it").format(
        path=path
    )


def no_column(path: str) -> str:
    """Say that the column is missing after the dot."""
    return _("names no column after the dot; write {path}.COLUMN=VALUE").format(path=path)


def no_setting(section: str) -> str:
    """Say that the setting is missing after the dot."""
    return _("names no setting after the dot; write {section}.SETTING=VALUE").format(
        section=section
    )


def no_value(start: str) -> str:
    """Say that nothing is set."""
    return _("says no value; write {start}=VALUE").format(start=start)


def not_a_pair(piece: str, table: str) -> str:
    """Say that a row is named by pairs of column and value."""
    return _('"{piece}" is no pair of column and value; write {table}[COLUMN=VALUE,…]').format(
        piece=piece, table=table
    )


def named_twice(column: str) -> str:
    """Say that a column stands twice in the brackets."""
    return _("{column} stands twice in the brackets; keep one").format(column=column)


def not_closed(table: str) -> str:
    """Say that the bracket is missing."""
    return _("the bracket after {table} is not closed; write ] behind the last value").format(
        table=table
    )


def quotes_needed(column: str, piece: str) -> str:
    """Say that a value with such a character is quoted."""
    return _(
        "cannot be read from {piece} on; put the value of {column} in double quotes, a double quote"
        ' in it as \\"'
    ).format(column=column, piece=piece)


def quote_not_closed(rest: str) -> str:
    """Say that the quotes are not closed."""
    return _('the quotes of {rest} are not closed; write " behind the value').format(rest=rest)


def too_much(rest: str) -> str:
    """Say that something follows that has no meaning."""
    return _('"{rest}" is too much; the edit ends before it').format(rest=rest)


# ---- rows


def no_such_section(text: str, known: Iterable[str]) -> str:
    """Say which sections of settings there are."""
    return _('no section "{text}" of settings; {hint}').format(
        text=text, hint=or_suggest(text, known)
    )


def row_not_named(table: str, setting: str) -> str:
    """Say that a table's column needs a row."""
    return _("{table} is a table; name the row: {table}[COLUMN=VALUE].{setting}=VALUE").format(
        table=table, setting=setting
    )


def no_rows_at_all(table: str) -> str:
    """Say that a table is empty."""
    return _("{table} has no rows").format(table=table)


def no_row_has(table: str, pair: str, known: Sequence[str], like: str | None) -> str:
    """Say that a value stands in no row of a table, and which do; `like`: or which is like it."""
    filled = [text for text in known if text]
    if not filled:
        hint = _("that column is empty in every row")
    elif like is not None:
        hint = or_suggest(like, filled)
    else:
        hint = _("there is {known}").format(known=some(filled, _(" or ")))
    return _("no row of {table} has {pair}; {hint}").format(table=table, pair=pair, hint=hint)


def not_together(table: str, others: str, column: str, found: Sequence[str]) -> str:
    """Say that no row has all the values, and what the nearest rows have."""
    return _("no row of {table} has all of these; with {others} there is {column} {found}").format(
        table=table, others=others, column=column, found=some(found, _(" or "))
    )


def only_these(table: str, pair: str, found: Sequence[str], count: int) -> str:
    """Say that no row has even all values but one, and which rows have the first."""
    return _("no row of {table} has all of these; with {pair} there are {found}").format(
        table=table, pair=pair, found=some(found, ", ", count)
    )


def row_has(path: str, found: str) -> str:
    """Say that the row has other values."""
    return _("{path} has {found}").format(path=path, found=found)


def no_row_number(table: str, text: str, count: int) -> str:
    """Say which rows there are by number."""
    return ngettext(
        '{table} has no row "{text}"; it has {count} row, row=1',
        '{table} has no row "{text}"; it has {count} rows, row=1 to row={count}',
        count,
    ).format(table=table, text=text, count=count)


def no_place(table: str, text: str, count: int) -> str:
    """Say at which places a row can be put in."""
    return _(
        '{table} has no place "{text}"; write row=1 to row={count}, or none for the end'
    ).format(table=table, text=text, count=count)


def several_rows(count: int, columns: Iterable[str], candidates: Sequence[str]) -> str:
    """Say that more than one row is meant, what tells them apart, and which they are."""
    return _("{count} rows are meant, and one must be; add {columns}: {candidates}").format(
        count=count, columns=_(" and ").join(columns), candidates=some(candidates, ", ")
    )


def no_such_entry(section: str, key: str, known: Iterable[str]) -> str:
    """Say that an entry to be removed is not there."""
    return _('[{section}] has no entry "{key}" to remove; {hint}').format(
        section=section, key=key, hint=or_suggest(key, known)
    )


def some(names: Sequence[str], joint: str, count: int | None = None) -> str:
    """Join names, the first few where there are many: `count`, if not all of them are given."""
    total = len(names) if count is None else count
    if total <= 6:
        return joint.join(names)
    return _("{names}, … ({count} in all)").format(names=", ".join(names[:5]), count=total)
