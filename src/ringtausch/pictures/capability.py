"""Capability against floor: small multiples, the gap shaded.

In: facts. Out: a section with one small picture per party and capability, and a table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.pictures import page, svg, wording
from ringtausch.pictures.axes import TimeAxis, ValueAxis, step_area, step_line

if TYPE_CHECKING:
    from ringtausch.pictures.facts import Facts
    from ringtausch.pictures.series import FloorSeries

__all__ = ["capability_section"]

_WIDTH, _HEIGHT = 320.0, 172.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 312.0, 12.0, 146.0
_PANELS_AT_MOST = 24


def capability_section(facts: Facts) -> page.Section:
    """Draw what each party can still do against what it must keep."""
    title = _("What each party keeps")
    if not facts.floors:
        return page.Section("capability", title, _("No floors were set."), "")
    below = [series for series in facts.floors if series.below]
    calm = [series for series in facts.floors if series.eventful and not series.below]
    ranked = [*sorted(below, key=lambda s: -sum(s.gap)), *calm]
    shown = ranked[:_PANELS_AT_MOST]
    unseen = [series for series in facts.floors if series not in shown]
    lead = _(
        "The area is what a party can field at the end of each period, its weakest part counted;"
        " the thick line is the floor it owes. Hatched: the gap while it waits."
    )
    names = wording.joined([_name(facts, series) for series in unseen], most=60)
    said = _("Not drawn: {names}. Nothing changes there, or the table has it.").format(names=names)
    body = (
        page.key(_key())
        + page.panels(
            (
                _name(facts, series),
                _outcome(facts, series),
                bool(series.below),
                _panel(facts, f"floor-{n}", series),
            )
            for n, series in enumerate(shown)
        )
        + page.note(said if unseen else "")
        + _table(facts)
    )
    return page.Section("capability", title, lead, body)


def _key() -> list[tuple[str, str]]:
    return [
        (svg.rect(0, 4, 28, 10, "area"), _("what it can field")),
        (svg.path("M0 8H28", "floor"), _("floor")),
        (svg.path("M0 8H28", "lowest"), _("lowest it has agreed to")),
        (svg.rect(0, 2, 28, 12, "gap"), _("gap")),
    ]


def _name(facts: Facts, series: FloorSeries) -> str:
    return f"{facts.party(series.party)}: {facts.item(series.capability)}"


def _panel(facts: Facts, key: str, series: FloorSeries) -> str:
    time = TimeAxis(facts.scenario, _LEFT, _RIGHT)
    axis = ValueAxis(max(1e-9, *series.strength, *series.floor), _BOTTOM, _TOP, 3)
    outline = step_line(series.strength, time, axis)
    lower = [max(0.0, f - g) for f, g in zip(series.floor, series.gap, strict=True)]
    marks = [
        axis.draw(_LEFT, _RIGHT, wording.number),
        svg.path(f"{outline}V{_BOTTOM}H{_LEFT}z", "area"),
        svg.path(outline, "outline"),
        svg.path(step_area(series.floor, lower, time, axis), "gap") if series.below else "",
        time.draw(_TOP, _BOTTOM, room=34),
    ]
    if any(low < f for low, f in zip(series.lowest, series.floor, strict=True)):
        marks.append(svg.path(step_line(series.lowest, time, axis), "lowest"))
    marks.append(svg.path(step_line(series.floor, time, axis), "floor"))
    return svg.picture(key, _WIDTH, _HEIGHT, _name(facts, series), _outcome(facts, series), *marks)


def _outcome(facts: Facts, series: FloorSeries) -> str:
    if not series.below:
        return _("never below its floor")
    return _("below its floor for {spell}, by {worst} at worst").format(
        spell=wording.periods(facts.scenario, len(series.below)),
        worst=wording.number(series.worst),
    )


def _table(facts: Facts) -> str:
    rows: list[list[page.Cell]] = []
    for series in facts.floors:
        below = series.below
        values = [
            series.strength[0], min(series.strength), series.strength[-1],
            max(series.floor), series.worst, float(len(below)),
        ]  # fmt: skip
        rows.append(
            [
                facts.party(series.party),
                facts.item(series.capability),
                *((value, wording.number(value)) for value in values),
                wording.dates(facts.scenario, below) if below else "",
            ]
        )
    columns = [
        _("Party"), _("capability"), _("first period"), _("lowest"), _("last period"),
        _("highest floor"), _("largest gap"), _("periods below"), _("when below"),
    ]  # fmt: skip
    caption = _("Capability and floor, units")
    return page.table("capability-table", caption, columns, rows, file="gaps.csv")
