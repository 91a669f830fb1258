"""What waits and what does not fit, on a terminal. A bare hand-over is red and says so in a word.

In: rows of `register.overdue`, `silence`, `discrepancies` and `replacement`. Out: lines of 80 columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from ringtausch.cli.register_position_table import conflict_rows, sides
from ringtausch.cli.register_table import money, table
from ringtausch.cli.register_totals_table import asked_line
from ringtausch.language import _, ngettext
from ringtausch.register.directory import minor_unit
from ringtausch.register.ranges import say_range

if TYPE_CHECKING:
    from ringtausch.hub.asking import Asked
    from ringtausch.register.discrepancies import Discrepancy
    from ringtausch.register.overdue import Overdue
    from ringtausch.register.position import Position
    from ringtausch.register.replacement import Bare
    from ringtausch.register.silence import Waiting

__all__ = ["conflict_lines", "overdue_lines", "waiting_lines"]


def overdue_lines(asked: Asked, rows: Sequence[Overdue], requests: Sequence[Waiting]) -> list[str]:
    """Write what is overdue, the oldest first, what has no date, and requests without an answer."""
    lines = [asked_line(asked), ""]
    late = [one for one in rows if one.what in {"replacement", "payment", "promise"}]
    parts = (
        (_("Overdue:"), late),
        (_("Owed without a date, never overdue:"), [one for one in rows if one.what == "undated"]),
    )
    for title, some in parts:
        if some:
            shown = [
                (
                    one.what + (_(", disputed") if one.disputed else ""),
                    one.matter,
                    sides(one.debtor, one.creditor),
                    _amount(one),
                    "" if one.due is None else one.due.isoformat(),
                    str(one.age_days),
                    one.guarantor,
                )
                for one in some
            ]
            named = _("guarantor") if any(one.guarantor for one in some) else ""
            header = [
                *(_("what"), _("matter"), _("who to whom"), _("how much"), _("due")),
                *(_("days"), named),
            ]
            lines += [title, *table(header, shown, right=(5,)), ""]
    bare = [one for one in rows if one.what == "bare"]
    if bare:
        lines += _red(
            [
                (one.matter, sides(one.creditor, one.debtor), _amount(one), str(one.age_days))
                for one in bare
            ]
        )
        lines.append("")
    if requests:
        lines += [_("Asked, and not answered:"), *_requests(requests), ""]
    if len(lines) == 2:
        return [*lines, _("Nothing is overdue, and nobody waits for an answer.")]
    return lines[:-1]


def _amount(one: Overdue) -> str:
    if one.is_money:
        return f"{money(one.amount, 10_000, minor_unit(one.commodity))} {one.commodity}"
    return f"{money(one.amount, 1000)} {one.commodity}"


def _red(rows: Sequence[Sequence[str]]) -> list[str]:
    """Write bare hand-overs: the word says it, the colour is seen first on a terminal."""
    header = [_("BARE"), _("giver and receiver"), _("how much"), _("days")]
    lines = [
        _("BARE: handed over, and nobody has agreed to replace it or waived that:"),
        *table(header, rows, right=(3,)),
    ]
    return [typer.style(line, fg=typer.colors.RED) for line in lines]


def waiting_lines(asked: Asked, rows: Sequence[Waiting]) -> list[str]:
    """Write requests, those without an answer first."""
    lines = [asked_line(asked), ""]
    return [*lines, *(_requests(rows) if rows else [_("Nobody has asked for anything.")])]


def _requests(rows: Sequence[Waiting]) -> list[str]:
    shown = [
        (
            one.position.matter,
            f"{one.position.receiver}: {_asked_for(one.position)}",
            one.asked_first.isoformat(),
            str(one.repeats),
            str(one.age),
            _("no answer")
            if one.answered_on is None
            else f"{one.answer} {one.answered_on.isoformat()}",
        )
        for one in rows
    ]
    header = [
        *(_("request"), _("who asks for what"), _("first"), _("times")),
        *(_("days"), _("answer")),
    ]
    return table(header, shown, right=(3, 4))


def _asked_for(position: Position) -> str:
    quantity = say_range(position.counted("asked"), 10_000 if position.currency else 1000)
    return f"{quantity} {position.item or position.currency}"


def conflict_lines(
    asked: Asked,
    shown: Sequence[Position],
    differ: Sequence[Discrepancy],
    left: Sequence[Bare],
) -> list[str]:
    """Write conflicts by matter, discrepancies with their age, and bare hand-overs."""
    lines = [asked_line(asked), ""]
    header = [_("milestone"), _("about"), _("counts"), _("does not")]
    for one in shown:
        if one.conflicts:
            lines += [f"{one.matter}:", *table(header, conflict_rows(one.conflicts)), ""]
    if differ:
        rows = [
            (
                one.matter,
                sides(one.giver, one.receiver),
                money(one.handed_over, 1000),
                money(one.received, 1000),
                f"{money(one.missing, 1000)} {one.item}",
                str(one.age_days),
                one.why,
            )
            for one in differ
        ]
        head = [
            *(_("matter"), _("from and to"), _("handed over"), _("received")),
            *(_("missing"), _("days"), _("why")),
        ]
        lines += [
            _("Giver and receiver do not say the same:"),
            *table(head, rows, right=(2, 3, 5)),
            "",
        ]
    if left:
        lines += _red(
            [
                (
                    one.matter,
                    sides(one.giver, one.receiver),
                    f"{money(one.amount, 1000)} {one.item}",
                    str(one.age_days),
                )
                for one in left
            ]
        )
        lines.append("")
    count = sum(len(one.conflicts) for one in shown)
    said = ngettext("{n} conflict", "{n} conflicts", count).format(n=count)
    more = ngettext("{n} discrepancy", "{n} discrepancies", len(differ)).format(n=len(differ))
    bare = ngettext("{n} bare hand-over", "{n} bare hand-overs", len(left)).format(n=len(left))
    return [*lines, f"{said}, {more}, {bare}"]
