"""Slack of assurances: how long before or after its deadline each replacement comes.

In: facts. Out: a section with a picture and a table. Time runs to the right, as in the timeline.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.pictures import page, svg, wording

if TYPE_CHECKING:
    from ringtausch.insight.measures.rows import Slack
    from ringtausch.pictures.facts import Facts

__all__ = ["slack_section"]

_WIDTH, _LEFT, _RIGHT = 1040.0, 330.0, 800.0
_ROW, _TOP, _FOOT = 36.0, 8.0, 24.0
_SMALL, _LARGE = 3.5, 10.0
_ROWS_AT_MOST = 40


def slack_section(facts: Facts) -> page.Section:
    """Draw for each assurance when its replacements come, counted from the deadline."""
    title = _("Slack of the promises to replace")
    found: tuple[Slack, ...] = facts.measures.rows("slack")
    if not found:
        return page.Section("slack", title, _("No replacement is owed to anyone."), "")
    lead = _(
        "Left of the line a replacement comes before its deadline, right of it too late; the larger"
        " the mark, the more of its line's units. A promise that is kept only just has no room for a"
        " delay."
    )
    ranked = sorted(found, key=lambda s: s.least if s.least is not None else math.inf)
    kept = ranked[:_ROWS_AT_MOST]
    shown = [row for row in found if row in kept]
    rest = len(found) - len(shown)
    body = (
        page.key(_key(found))
        + page.figure(_draw(facts, shown), name=title)
        + page.note(_("{n} more promises are in the table.").format(n=rest) if rest else "")
        + _table(facts, found)
    )
    return page.Section("slack", title, lead, body)


def _key(found: tuple[Slack, ...]) -> list[tuple[str, str]]:
    marks = [
        (svg.line(14, 0, 14, 16, "deadline"), _("deadline")),
        (svg.circle(14, 8, 5, "intime"), _("replacement in time")),
    ]
    if any(row.late > row.overdue for row in found):
        marks.append((svg.diamond(14, 8, 6, "late"), _("replacement late")))
    if any(row.overdue for row in found):
        marks.append((svg.path("M8 3l10 10m0-10l-10 10", "missing"), _("not replaced by the end")))
    return marks


def _draw(facts: Facts, shown: list[Slack]) -> str:
    marks_of = _marks(facts)
    known = [-slack for row in shown for slack, _open in marks_of[_pair(row)]]
    low, high = min([*known, -1]), max([*known, 1])
    scale = (_RIGHT - _LEFT - 2 * _LARGE) / (high - low)
    zero = _LEFT + _LARGE - low * scale
    bottom = _TOP + len(shown) * _ROW
    marks = [_axis(low, high, scale, zero, bottom)]
    said = []
    for n, row in enumerate(shown):
        y = _TOP + (n + 0.5) * _ROW
        name, outcome = _name(facts, row), _outcome(facts, row)
        parts = [
            svg.label(0, y - 1, name, "amount", room=_LEFT - 12),
            svg.label(0, y + 14, _within(facts, row), "muted", room=_LEFT - 12),
            svg.line(_LEFT, y, _RIGHT, y, "grid"),
        ]
        found = marks_of[_pair(row)]
        most = max(found.values(), default=1.0)
        for (slack, is_open), units in sorted(found.items()):
            x, radius = zero - slack * scale, max(_SMALL, _LARGE * math.sqrt(units / most))
            tip = f"{wording.number(units)}: {_when(facts, slack)}"
            parts.append(svg.group(_mark(x, y, radius, slack, is_open=is_open), tip=tip))
        look = "owing" if row.late else "muted"
        parts.append(svg.label(_RIGHT + 14, y + 5, outcome, look, room=_WIDTH - _RIGHT - 14))
        marks.append(svg.group(*parts))
        said.append(f"{name}, {_within(facts, row)}: {outcome}")
    title = _("Slack of the promises to replace")
    return svg.picture("slack-picture", _WIDTH, bottom + _FOOT, title, "; ".join(said), *marks)


def _axis(low: int, high: int, scale: float, zero: float, bottom: float) -> str:
    """Draw the deadline, and name a few distances from it on both sides."""
    steps = (1, 2, 3, 6, 12, 24, 60, 120)
    step = next((s for s in steps if s * scale >= 44), steps[-1])
    marks = [svg.line(zero, _TOP - 4, zero, bottom, "deadline")]
    for n in range(math.ceil(low / step), math.floor(high / step) + 1):
        x = zero + n * step * scale
        text = _("deadline") if n == 0 else wording.number(n * step)
        marks.append(svg.line(x, bottom, x, bottom + 4, "axis"))
        text = f"+{text}" if n > 0 else text
        marks.append(
            svg.label(x, bottom + 17, text, "tick strong" if n == 0 else "tick", anchor="middle")
        )
    marks.append(svg.line(_LEFT, bottom, _RIGHT, bottom, "axis"))
    return svg.group(*marks)


def _mark(x: float, y: float, radius: float, slack: int, *, is_open: bool) -> str:
    if is_open:
        return svg.path(f"M{x - 5:.1f} {y - 5:.1f}l10 10m0-10l-10 10", "missing")
    if slack < 0:
        return svg.diamond(x, y, round(radius * 1.15, 1), "late")
    return svg.circle(x, y, radius, "intime")


_Marks = dict[tuple[str, str, str], dict[tuple[int, bool], float]]


def _marks(facts: Facts) -> _Marks:
    """Sum the units of each promise by their slack."""
    found: _Marks = defaultdict(lambda: defaultdict(float))
    for part in facts.measures.rows("replacements"):
        if part.slack is not None:
            origin = "before" if part.given is None else "plan"
            found[part.party, part.item, origin][part.slack, part.back is None] += part.quantity
    return found


def _pair(row: Slack) -> tuple[str, str, str]:
    return row.party, row.item, row.origin


def _name(facts: Facts, row: Slack) -> str:
    return f"{facts.party(row.party)}: {facts.item(row.item)}"


def _within(facts: Facts, row: Slack) -> str:
    units = wording.number(row.units)
    if row.origin == "before" or row.within is None:
        return _("{n} owed before the start").format(n=units)
    spell = wording.periods(facts.scenario, row.within)
    return _("{n} owed, each within {spell}").format(n=units, spell=spell)


def _when(facts: Facts, slack: int) -> str:
    if slack == 0:
        return _("just in time")
    spell = wording.periods(facts.scenario, abs(slack))
    if slack > 0:
        return _("{spell} before the deadline").format(spell=spell)
    return _("{spell} late").format(spell=spell)


def _outcome(facts: Facts, row: Slack) -> str:
    if row.least is None:
        return _("due after the plan")
    if row.late:
        return _("{n} late, by up to {spell}").format(
            n=wording.number(row.late), spell=wording.periods(facts.scenario, -row.least)
        )
    if row.least == 0:
        return _("kept, with no room for delay")
    return _("kept, {spell} to spare at least").format(
        spell=wording.periods(facts.scenario, row.least)
    )


def _table(facts: Facts, found: tuple[Slack, ...]) -> str:
    terms = {
        (False, False): _("soft, on trust"), (False, True): _("soft, secured"),
        (True, False): _("hard, on trust"), (True, True): _("hard, secured"),
    }  # fmt: skip
    rows: list[list[page.Cell]] = []
    for row in found:
        before = row.origin == "before"
        figures = (row.units, row.least, row.mean, row.late, row.overdue, row.waiting)
        rows.append(
            [
                facts.party(row.party),
                facts.item(row.item),
                _("before the start") if before else wording.number(row.within or 0),
                "" if before else terms[row.hard, row.secured],
                *(_("–") if v is None else (v, wording.number(v, 1)) for v in figures),
            ]
        )
    columns = [
        _("Party"), _("item"), _("within, periods"), _("how"), _("units owed"), _("least slack"),
        _("mean slack"), _("units late"), _("of them open"), _("due after the plan"),
    ]  # fmt: skip
    caption = _("Slack, in periods before the deadline; negative = late")
    return page.table("slack-table", caption, columns, rows)
