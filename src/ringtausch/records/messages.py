"""Every sentence that reading and checking a scenario can say, one function each.

A message says what stands there, what may stand there and what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ringtausch.language import _
from ringtausch.records.problems import nearest

_MONTH_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def or_suggest(text: str, known: Iterable[str]) -> str:
    """Say the nearest known name, or all of them where there are few."""
    names = sorted(set(known))
    if not names:
        return _("there is none yet")
    close = nearest(text, names)
    if close is not None:
        return _('did you mean "{name}"?').format(name=close)
    if len(names) <= 8:
        return _("known are {names}").format(names=", ".join(names))
    return _("{count} names are known and none is like it").format(count=len(names))


# ---- cells


def not_an_amount(text: str) -> str:
    """Say why a number cannot be read."""
    if text.startswith("-"):
        return _('"{text}" is below zero; write 0 or more').format(text=text)
    if "," in text and text.replace(",", "").replace(".", "").isdigit():
        return _(
            '"{text}" has a comma; write numbers with a decimal point and no thousands separator,'
            " such as 1250.5"
        ).format(text=text)
    if text.casefold() in {"unknown", "n/a", "na", "?", "-", "none", "nan", "tbd", "inf"}:
        return _('"{text}" is not a number; leave the cell empty or write a number').format(
            text=text
        )
    return _('"{text}" is not a number; write a decimal such as 12 or 0.5').format(text=text)


def too_large(text: str) -> str:
    """Say that a number is out of range."""
    return _('"{text}" is too large; numbers must be below 1e15').format(text=text)


def not_a_day(text: str) -> str:
    """Say what a date lacks, and give it in ISO form where it is clear."""
    parts = text.split("-")
    if len(parts) == 3 and all(part.isdigit() for part in parts) and len(parts[0]) == 4:
        month, day = int(parts[1]), int(parts[2])
        if not 1 <= month <= 12:
            return _('"{text}" has no month {month}; write a date such as 2025-12-01').format(
                text=text, month=month
            )
        if not 1 <= day <= _MONTH_LENGTHS[month - 1] or len(parts[1]) == len(parts[2]) == 2:
            return _('"{text}" has no day {day}; write a date such as 2025-12-01').format(
                text=text, day=day
            )
    meant = _german_day(text)
    if meant:
        return _('"{text}" is not an ISO date; write {meant}').format(text=text, meant=meant)
    return _('"{text}" is not a date; write year-month-day, such as 2025-12-01').format(text=text)


def _german_day(text: str) -> str | None:
    parts = text.split(".")
    if len(parts) == 3 and all(part.isdigit() for part in parts) and len(parts[2]) == 4:
        day, month, year = (int(part) for part in parts)
        if 1 <= month <= 12 and 1 <= day <= _MONTH_LENGTHS[month - 1]:
            return f"{year:04}-{month:02}-{day:02}"
    return None


def or_never(message: str) -> str:
    """Add that a consent may also be refused."""
    return _("{message}, or never for a consent that was refused").format(message=message)


def not_a_count(text: str) -> str:
    """Say that a number of periods is whole."""
    return _('"{text}" is not a whole number of periods; write 0, 1, 2, …').format(text=text)


def not_a_flag(text: str) -> str:
    """Say how yes and no are written."""
    return _('"{text}" is neither yes nor no; write true, false or leave it empty').format(
        text=text
    )


def not_payments(text: str) -> str:
    """Say how payment shares are written."""
    return _(
        '"{text}" is no list of payments; write period:share pairs such as 0:0.3 12:0.7'
    ).format(text=text)


def shares_do_not_sum(text: str, total: Decimal | int) -> str:
    """Say that payment shares must make the whole price."""
    return _('the shares of "{text}" sum to {total}; they must sum to 1').format(
        text=text, total=total
    )


def not_a_choice(text: str, allowed: Iterable[str]) -> str:
    """Say which words may stand here."""
    words = tuple(allowed)
    close = nearest(text, words)
    hint = _('; did you mean "{name}"?').format(name=close) if close else ""
    return _('"{text}" is not one of {words}{hint}').format(
        text=text, words=", ".join(words), hint=hint
    )


def must_be_filled(column: str) -> str:
    """Say that a cell may not be empty."""
    return _("is empty; every row needs a {column}").format(column=column)


def wildcard_not_allowed() -> str:
    """Say that `*` has no meaning here."""
    return _('"*" is not allowed here; name one')


def unknown_name(text: str, files: Iterable[str], known: Iterable[str]) -> str:
    """Say that a name is in none of the tables where it should be, with the nearest one."""
    where = _(" or ").join(files)
    return _('"{text}" is not in {where}; {hint}').format(
        text=text, where=where, hint=or_suggest(text, known)
    )


def missing_table(text: str, where: str) -> str:
    """Say that the table is missing in which a name should be."""
    return _('is missing; {where} names "{text}", which must stand in it').format(
        text=text, where=where
    )


def unknown_currency(text: str, known: Iterable[str]) -> str:
    """Say that a currency has no exchange rate."""
    return _('no exchange rate for "{text}"; add it to [fx] in scenario.toml, or: {hint}').format(
        text=text, hint=or_suggest(text, known)
    )


# ---- rows


def too_many_cells(count: int, header: int) -> str:
    """Say that a row is longer than its header."""
    return _("has {count} cells but the header has {header}; is a comma not quoted?").format(
        count=count, header=header
    )


def repeated_key(columns: Iterable[str], values: Iterable[str], first: int) -> str:
    """Say that two rows have one key."""
    key = ", ".join(f"{c}={v}" for c, v in zip(columns, values, strict=True))
    return _("a second row for {key}; the first is line {first}: keep one").format(
        key=key, first=first
    )


def capability_named_like_item(text: str) -> str:
    """Say that every item is already a capability of its own name."""
    return _(
        '"{text}" is an item, and so already a capability of that name; choose another'
    ).format(text=text)


def own_rate(text: str) -> str:
    """Say that an item is always accepted for itself one to one."""
    return _('"{text}" for itself always counts 1; write rate 1 or drop the row').format(text=text)


def lane_to_itself(text: str) -> str:
    """Say that a lane joins two parties."""
    return _('from and to are both "{text}"; a lane joins two different parties').format(text=text)


def not_a_multiple_of_step(quantity: str, step: str, near: str) -> str:
    """Say that a need in steps is a number of whole steps."""
    return _("{quantity} is not a multiple of the step {step}; write {near}, for example").format(
        quantity=quantity, step=step, near=near
    )


def offers_what_it_needs(item: str, party: str, need: str) -> str:
    """Say that who asks for a thing does not give it away."""
    return _(
        "{party} offers {item}, which its own need {need} counts; drop the offer or the need"
    ).format(item=item, party=party, need=need)


def settlement_too_short(settlement: int, within: int, where: str) -> str:
    """Say that every assurance must be able to end within the plan."""
    return _(
        "settlement = {settlement} is shorter than the longest assurance, {within} periods"
        " ({where}); write {within} or more"
    ).format(settlement=settlement, within=within, where=where)


# ---- files


def no_such_folder(path: str) -> str:
    """Say that nothing is there."""
    return _(
        "there is no folder or workbook {path}; check the path, or make one: ringtausch new {path}"
    ).format(path=path)


def not_a_scenario(path: str) -> str:
    """Say that a folder holds no scenario."""
    return _("{path} holds neither scenario.toml nor scenario.xlsx; a scenario needs one").format(
        path=path
    )


def unknown_table(name: str, tables: Iterable[str]) -> str:
    """Say that a file or sheet is no table of a scenario."""
    return _('"{name}" is not a table of a scenario; {hint}').format(
        name=name, hint=or_suggest(name, tables)
    )


def unknown_column(text: str, columns: Iterable[str]) -> str:
    """Say that a column is not one of the table's."""
    return _('no column "{text}" in this table; {hint}').format(
        text=text, hint=or_suggest(text, columns)
    )


def missing_column(column: str, columns: Iterable[str]) -> str:
    """Say that the header lacks a column that must be there."""
    return _('the header lacks the column "{column}"; it has {columns}').format(
        column=column, columns=", ".join(columns)
    )


def repeated_column(column: str) -> str:
    """Say that a header names a column twice."""
    return _('the column "{column}" stands twice in the header; keep one').format(column=column)


def unnamed_column() -> str:
    """Say that cells stand below an empty header cell."""
    return _("cells are filled below an empty header cell; name the column or empty the cells")


def no_header() -> str:
    """Say that a table starts with its column names."""
    return _("is empty; write a header row, or delete the file")


def not_utf8(byte: int) -> str:
    """Say that the text is not UTF-8."""
    return _("byte 0x{byte:02x} is not UTF-8; save the file as “CSV UTF-8”").format(byte=byte)


def not_utf8_text(byte: int) -> str:
    """Say that the settings are not UTF-8."""
    return _("byte 0x{byte:02x} is not UTF-8; save the file as UTF-8").format(byte=byte)


def utf16() -> str:
    """Say that the file is Excel's “Unicode text”."""
    return _("is UTF-16 text; save the file as “CSV UTF-8”")


def broken_csv(reason: str) -> str:
    """Say where the quoting breaks."""
    return _("cannot be read as CSV from here on ({reason}); check the quotes").format(
        reason=reason
    )


def separated_by_tabs() -> str:
    """Say which separators are read."""
    return _("is separated by tabs; save it with commas (CSV UTF-8)")


def unreadable(reason: str) -> str:
    """Say that the system does not give the file."""
    return _("cannot be read: {reason}").format(reason=reason)


def both_forms(one: str, other: str) -> str:
    """Say that a table stands in two places."""
    return _("stands in {one} and in {other}; keep one of them").format(one=one, other=other)


# ---- numbers written with commas


def ambiguous_number(text: str) -> str:
    """Say that a number may mean two things."""
    plain = text.replace(",", "").replace(".", "")
    decimal = text.replace(",", ".")
    return _(
        '"{text}" may mean {decimal} or {plain}, and nothing else in the file tells;'
        " write {decimal}0 or {plain}"
    ).format(text=text, decimal=decimal, plain=plain)


def mixed_decimals(text: str, other: str, line: int) -> str:
    """Say that one file uses decimal commas and decimal points."""
    return _(
        '"{text}" against "{other}" in line {line}: decimal commas and points are mixed;'
        " use one of them"
    ).format(text=text, other=other, line=line)


def thousands_separator(text: str) -> str:
    """Say that numbers have no thousands separators."""
    return _('"{text}" has a thousands separator; write the digits without it').format(text=text)


# ---- scenario.toml


def broken_toml(reason: str) -> str:
    """Say where the settings cannot be read."""
    return _("cannot be read as TOML: {reason}").format(reason=reason)


def unknown_setting(text: str, known: Iterable[str]) -> str:
    """Say that a setting does not exist."""
    return _('no setting "{text}"; {hint}').format(text=text, hint=or_suggest(text, known))


def missing_setting(setting: str, example: str) -> str:
    """Say that a setting must be there."""
    return _("is missing; write, for example: {setting} = {example}").format(
        setting=setting, example=example
    )


def misplaced_setting() -> str:
    """Say that a setting stands outside its section."""
    return _("stands above the line [scenario]; move it below")


def no_settings() -> str:
    """Say that the section of the settings is missing."""
    return _("there is no line [scenario]; write it above name, start and the other settings")


def wrong_setting(text: str, wanted: str) -> str:
    """Say what a setting must be."""
    return _("{text} will not do; write {wanted}").format(text=text, wanted=wanted)


def unknown_format(text: str) -> str:
    """Say that this version reads format 1."""
    return _("format {text} is not known to this version; write 1").format(text=text)


def unknown_objective(text: str, known: Iterable[str]) -> str:
    """Say which objectives there are."""
    return _('no objective "{text}"; {hint}').format(text=text, hint=or_suggest(text, known))


def repeated_objective(text: str) -> str:
    """Say that an objective has one place in the order."""
    return _('"{text}" stands twice; an objective has one place in the order').format(text=text)


def own_currency_rate(text: str) -> str:
    """Say that the reporting currency needs no rate."""
    return _("{text} is the reporting currency, its rate is 1; drop the line").format(text=text)


def beyond_calendar() -> str:
    """Say that the plan runs out of dates."""
    return _("the plan would end after the year 9998; write a shorter horizon or settlement")


# ---- output


def exists_already(path: str) -> str:
    """Say that nothing is overwritten unasked."""
    return _("{path} exists; choose another place or replace it with --force").format(path=path)


# ---- plan folders


def no_such_plan(path: str) -> str:
    """Say that there is no plan."""
    return _("there is no plan folder {path}; make one with ringtausch plan").format(path=path)


def not_a_plan(path: str) -> str:
    """Say that a folder holds no plan."""
    return _(
        "{path} holds neither plan.json nor any file of decisions such as dispatches.csv"
    ).format(path=path)


def broken_json(reason: str) -> str:
    """Say where plan.json cannot be read."""
    return _("cannot be read as JSON: {reason}").format(reason=reason)
