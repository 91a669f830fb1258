"""Readiness windows: how long each hand-over leaves its giver short, and where a floor is missed.

In: facts. Out: a section with a picture and a table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.pictures import page, svg, wording
from ringtausch.pictures.axes import TimeAxis
from ringtausch.pictures.measures_text import unit_words

if TYPE_CHECKING:
    from ringtausch.insight.measures.readiness import GapSeries
    from ringtausch.insight.measures.rows import Window
    from ringtausch.pictures.facts import Facts

__all__ = ["windows_section"]

_WIDTH, _LEFT, _RIGHT = 1040.0, 330.0, 826.0
_ROW, _TOP, _FOOT = 36.0, 6.0, 24.0
_ROWS_AT_MOST = 40


def windows_section(facts: Facts) -> page.Section:
    """Draw from when to when each hand-over is not replaced, hatched while a floor is missed."""
    title = _("Readiness windows")
    found: tuple[Window, ...] = facts.measures.rows("windows")
    if not found:
        return page.Section("windows", title, _("Nobody hands anything over."), "")
    opened = [row for row in found if row.state != "gift"]
    lead = _(
        "A window opens when something is handed over and closes when the last of it is replaced."
        " Hatched: the giver is below a floor for what it gave, the gap counted in {unit}. Windows"
        " overlap, and share such gaps."
    ).format(unit=unit_words(facts.scenario.period))
    ranked = sorted(found, key=lambda w: (w.state == "gift", -w.gap, -w.unit_periods))
    kept = ranked[:_ROWS_AT_MOST]
    shown = [row for row in found if row in kept]
    rest = len(found) - len(shown)
    body = (
        page.key(_key(found))
        + page.figure(_draw(facts, shown), name=title)
        + page.note(_("{n} more windows are in the table.").format(n=rest) if rest else "")
        + _table(facts, found)
    )
    still = sum(row.state == "open" for row in opened)
    if still:
        lead += " " + _("{n} of {all} are still open at the end of the plan.").format(
            n=wording.number(still), all=wording.number(len(opened))
        )
    return page.Section("windows", title, lead, body)


def _key(found: tuple[Window, ...]) -> list[tuple[str, str]]:
    marks = [(svg.rect(1, 3, 26, 10, "wait"), _("not replaced yet"))]
    if any(row.gap for row in found):
        marks.append((svg.rect(1, 3, 26, 10, "gap"), _("below a floor meanwhile")))
    if any(row.state == "open" for row in found):
        marks.append((svg.path("M8 3l10 10m0-10l-10 10", "missing"), _("open at the end")))
    if any(row.state == "gift" for row in found):
        marks.append((svg.path("M10 1l8 7l-8 7", "after"), _("a gift, not to be replaced")))
    return marks


def _draw(facts: Facts, shown: list[Window]) -> str:
    time = TimeAxis(facts.scenario, _LEFT, _RIGHT)
    bottom = _TOP + len(shown) * _ROW
    marks, said = [time.draw(_TOP, bottom)], []
    for n, row in enumerate(shown):
        y = _TOP + (n + 0.5) * _ROW
        name, sent, outcome = _name(facts, row), _sent(facts, row), _outcome(facts, row)
        until = facts.count if row.closes is None else row.closes
        end = max(time.x(until), time.x(row.opens) + 3)  # one that closes at once is a stroke
        look = "released" if row.state == "gift" else "wait"
        parts = [
            svg.label(0, y - 1, name, "amount", room=_LEFT - 12),
            svg.label(0, y + 14, sent, "muted", room=_LEFT - 12),
            svg.rect(time.x(row.opens), y - 6, end - time.x(row.opens), 12, look),
        ]
        for begin, stop in _below(facts, row, until):
            parts.append(svg.rect(time.x(begin), y - 6, time.x(stop) - time.x(begin), 12, "gap"))
        if row.state == "open":
            parts.append(svg.path(f"M{_RIGHT - 5} {y - 5:.1f}l10 10m0-10l-10 10", "missing"))
        elif row.state == "gift":
            parts.append(svg.path(f"M{_RIGHT - 2} {y - 7:.1f}l8 7l-8 7", "after"))
        tone = "owing" if row.gap else "muted"
        parts.append(svg.label(_RIGHT + 14, y + 5, outcome, tone, room=_WIDTH - _RIGHT - 14))
        marks.append(svg.group(*parts, tip=f"{name}, {sent}: {outcome}"))
        said.append(f"{name}, {sent}: {outcome}")
    title = _("Readiness windows")
    return svg.picture("windows-picture", _WIDTH, bottom + _FOOT, title, "; ".join(said), *marks)


def _below(facts: Facts, row: Window, until: int) -> list[tuple[int, int]]:
    """Find the stretches of a window in which its giver misses a floor for the item."""
    missed = [
        any(series.gap[t] for series in facts.shortfalls if _touches(row, series))
        for t in range(row.opens, until)
    ]
    stretches: list[tuple[int, int]] = []
    for place, bad in enumerate(missed, start=row.opens):
        if bad and stretches and stretches[-1][1] == place:
            stretches[-1] = (stretches[-1][0], place + 1)
        elif bad:
            stretches.append((place, place + 1))
    return stretches


def _touches(row: Window, series: GapSeries) -> bool:
    return series.party == row.party and row.item in series.items


def _name(facts: Facts, row: Window) -> str:
    return f"{facts.party(row.party)}: {facts.item(row.item)}"


def _sent(facts: Facts, row: Window) -> str:
    return _("{n} to {party}, {period}").format(
        n=wording.number(row.quantity), party=facts.party(row.to), period=facts.label(row.opens)
    )


def _outcome(facts: Facts, row: Window) -> str:
    until = facts.count if row.closes is None else row.closes
    spell = wording.periods(facts.scenario, until - row.opens)
    if row.state == "gift":
        return _("not to be replaced")
    text = spell if row.state == "closed" else _("{spell}, still open").format(spell=spell)
    if not row.gap:
        return text
    return _("{text}; gap {gap}").format(text=text, gap=wording.number(row.gap))


def _table(facts: Facts, found: tuple[Window, ...]) -> str:
    states = {"closed": _("closed"), "open": _("open at the end"), "gift": _("gift")}
    rows: list[list[page.Cell]] = [
        [
            facts.party(row.party),
            facts.item(row.item),
            facts.party(row.to),
            (row.quantity, wording.number(row.quantity)),
            facts.label(row.opens),
            "" if row.due is None else facts.label(row.due),
            states[row.state] if row.closes is None else facts.label(row.closes),
            (row.unit_periods, wording.number(row.unit_periods, 1)),
            (row.gap, wording.number(row.gap)),
            (row.gap_worst, wording.number(row.gap_worst)),
            (row.gap_periods, wording.number(row.gap_periods)),
            wording.joined([facts.item(name) for name in row.capabilities.split(", ") if name]),
        ]
        for row in found[: page.ROWS_AT_MOST]
    ]
    columns = [
        _("Party"), _("item"), _("given to"), _("units"), _("opens"), _("deadline"), _("closes"),
        _("unit-periods"), _("gap, unit-periods"), _("largest gap"), _("periods below"), _("of what"),
    ]  # fmt: skip
    caption = _("Readiness windows, one for each hand-over")
    return page.table("windows-table", caption, columns, rows, total=len(found))
