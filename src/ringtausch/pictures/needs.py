"""Needs met over time: small multiples, what is missing after the due date shaded.

In: facts. Out: a section with one small picture per need, and a table.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.pictures import page, svg, wording
from ringtausch.pictures.axes import TimeAxis, ValueAxis, step_area, step_line
from ringtausch.pictures.outcomes import need_outcome

if TYPE_CHECKING:
    from ringtausch.pictures.facts import Facts
    from ringtausch.pictures.series import NeedSeries

__all__ = ["needs_section"]

_WIDTH, _HEIGHT = 320.0, 172.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 312.0, 16.0, 146.0
_PANELS_AT_MOST = 24
_ORDER = ("open", "late", "waiting", "met")


def needs_section(facts: Facts) -> page.Section:
    """Draw how far each need is met by the end of each period."""
    title = _("Needs met over time")
    if not facts.needs:
        return page.Section("needs", title, _("Nobody has stated a need."), "")
    ranked = sorted(facts.needs, key=lambda s: _ORDER.index(s.state))
    chosen = {series.need.need for series in ranked[:_PANELS_AT_MOST]}
    shown = [series for series in facts.needs if series.need.need in chosen]
    rest = [_name(facts, s) for s in facts.needs if s.need.need not in chosen]
    lead = _(
        "The area is what counts towards a need; the thick line is what was asked for. Hatched: what"
        " is missing once the need is due."
    )
    names = wording.joined(rest, most=60)
    body = (
        page.key(_key())
        + page.panels(
            (
                _name(facts, series),
                need_outcome(facts, series),
                series.state in {"late", "open"},
                _panel(facts, f"need-{n}", series),
            )
            for n, series in enumerate(shown)
        )
        + page.note(_("Not drawn, but in the table: {names}.").format(names=names) if rest else "")
        + _table(facts)
    )
    return page.Section("needs", title, lead, body)


def _key() -> list[tuple[str, str]]:
    return [
        (svg.rect(0, 4, 28, 10, "area"), _("met so far")),
        (svg.path("M0 8H28", "floor"), _("asked for")),
        (svg.line(14, 0, 14, 16, "deadline"), _("due")),
        (svg.rect(0, 2, 28, 12, "gap"), _("missing after the due date")),
    ]


def _name(facts: Facts, series: NeedSeries) -> str:
    need = series.need
    return (
        f"{facts.party(need.party)}: {wording.number(series.quantity)}{wording.THIN}×"
        f"{wording.THIN}{facts.item(need.capability)}"
    )


def _panel(facts: Facts, key: str, series: NeedSeries) -> str:
    time = TimeAxis(facts.scenario, _LEFT, _RIGHT)
    axis = ValueAxis(max(1e-9, series.quantity), _BOTTOM, _TOP, 3)
    asked = [series.quantity] * facts.count
    outline = step_line(series.met, time, axis)
    have = [met if t >= series.due else series.quantity for t, met in enumerate(series.met)]
    marks = [
        axis.draw(_LEFT, _RIGHT, wording.number),
        svg.path(f"{outline}V{_BOTTOM}H{_LEFT}z", "area"),
        svg.path(outline, "outline"),
        svg.path(step_area(asked, have, time, axis), "gap"),
        time.draw(_TOP, _BOTTOM, room=34),
        svg.path(step_line(asked, time, axis), "floor"),
    ]
    if series.due < facts.count:
        at = time.x(series.due)
        marks.append(svg.line(at, _TOP - 8, at, _BOTTOM, "deadline"))
    return svg.picture(
        key, _WIDTH, _HEIGHT, _name(facts, series), need_outcome(facts, series), *marks
    )


def _table(facts: Facts) -> str:
    served: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in facts.rows("fulfilments"):
        served[row.need][row.item] += row.quantity
    rows: list[list[page.Cell]] = []
    for series in facts.needs:
        need = series.need
        got = [
            f"{wording.number(units)}{wording.THIN}×{wording.THIN}{facts.item(item)}"
            for item, units in sorted(served[need.need].items())
        ]
        rows.append(
            [
                wording.clean(need.need),
                facts.party(need.party),
                facts.item(need.capability),
                (series.quantity, wording.number(series.quantity)),
                need.due.isoformat(),
                (series.met[-1], wording.number(series.met[-1])),
                ", ".join(got),
                need_outcome(facts, series),
            ]
        )
    columns = [
        _("Need"), _("party"), _("capability"), _("asked for"), _("due"), _("met at the end"),
        _("with"), _("outcome"),
    ]  # fmt: skip
    return page.table("needs-table", _("Needs"), columns, rows, file="fulfilments.csv")
