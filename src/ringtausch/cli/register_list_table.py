"""Statements on a terminal: many as rows, one with all its fields.

In: statements. Out: lines of 80 columns. An id is shown by its beginning; every command takes that.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from ringtausch.cli.register_table import paragraph, table
from ringtausch.language import _, ngettext
from ringtausch.register.directory import scale_of
from ringtausch.register.ranges import say_range

if TYPE_CHECKING:
    from ringtausch.register.statement import Statement

__all__ = ["SHORT_ID", "list_lines", "recorded_lines", "statement_lines"]

SHORT_ID = 8


def list_lines(
    shown: Sequence[Statement], stand: Collection[str], *, one_matter: bool = False
) -> list[str]:
    """Write one row a statement."""
    if not shown:
        return [_("No statement in view is like that.")]
    rows = [
        (
            one.id[:SHORT_ID],
            one.recorded_at[:10],
            f"{one.milestone} {one.event}".strip()
            if one_matter
            else f"{one.matter} {one.milestone} {one.event}".strip(),
            _what(one),
            f"{one.said_by} ({one.source.rank})",
            "" if one.id in stand else _("corrected") if one.milestone != "void" else _("void"),
        )
        for one in shown
    ]
    header = [
        *(_("id"), _("recorded"), _("milestone") if one_matter else _("matter, milestone")),
        *(_("what"), _("said by (class)"), ""),
    ]
    count = ngettext("{n} statement", "{n} statements", len(shown)).format(n=len(shown))
    return [*table(header, rows), count]


def _what(one: Statement) -> str:
    unit = one.item or one.currency
    if one.quantity is None and not unit:
        return one.same_as or one.part_of
    return f"{say_range(one.known_quantity, scale_of(one.currency))} {unit}".strip()


def statement_lines(said: Statement, everything: Sequence[Statement]) -> list[str]:
    """Write one statement with all its fields, what corrects it and what it corrects."""
    from ringtausch.exchange.statement_columns import texts_of

    texts = texts_of(said)
    width = max(map(len, texts))
    lines = []
    for name, text in texts.items():
        first, *more = paragraph(text, " " * (width + 2)) or [""]
        lines += [f"{name:{width}}  {first.strip()}", *more]
    later = [one for one in everything if one.corrects == said.id]
    for one in later:
        lines.append(
            _("corrected on {day} by {id}: {reason}").format(
                day=one.recorded_at[:10], id=one.id, reason=one.reason or _("no reason given")
            )
        )
    return lines


def recorded_lines(made: Sequence[Statement], *, dry_run: bool) -> list[str]:
    """Write what was recorded: one statement whole, several as rows."""
    if len(made) == 1 and dry_run:
        from dataclasses import replace

        return statement_lines(replace(made[0], id="", recorded_at=""), ())
    if len(made) == 1:
        return statement_lines(made[0], ())
    return list_lines(made, {one.id for one in made})[:-1]
