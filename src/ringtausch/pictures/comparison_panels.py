"""Small multiples: for each column of a comparison its needs, its gap and its money over time.

All panels of a kind share one scale, and each shows the scenario as it is as a thin dashed line behind.
In: a comparison. Out: pictures by column.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.pictures import svg, wording
from ringtausch.pictures.axes import TimeAxis, ValueAxis, step_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ringtausch.insight.compare import Column, Comparison, Figures

__all__ = ["NEEDS_DRAWN", "Panels", "need_names", "panel_key"]

_WIDTH, _HEIGHT = 320.0, 150.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 312.0, 10.0, 126.0

#: So many needs get a line each; where there are more, one line stands for all of them by weight.
NEEDS_DRAWN = 3


@dataclass(frozen=True)
class Panels:
    """The scales that all columns share, and what draws a column on them."""

    comparison: Comparison
    most_gap: float
    most_paid: float

    @classmethod
    def of(cls, comparison: Comparison) -> Panels:
        """Find the largest values of any column."""
        found = [column.figures for column in comparison.columns if column.figures is not None]
        return cls(
            comparison,
            max((value for figures in found for value in figures.gap), default=0.0),
            max((value for figures in found for value in figures.paid), default=0.0),
        )

    def draw(self, place: int, column: Column) -> list[tuple[str, str]]:
        """Draw the three panels of a column: caption and mark-up of each."""
        figures = column.figures
        if figures is None:
            return []
        base = self.comparison.base
        same_axis = column.scenario.calendar == base.scenario.calendar
        behind = base.figures if column.kind != "base" and same_axis else None
        return [
            (_("Needs met"), self._needs(f"c{place}-needs", column, figures, behind)),
            (_("Gap below the floors"), self._gap(f"c{place}-gap", column, figures, behind)),
            (_money_title(column), self._money(f"c{place}-money", column, figures, behind)),
        ]

    def _needs(self, key: str, column: Column, figures: Figures, behind: Figures | None) -> str:
        time, axis = _time(column), ValueAxis(1.0, _BOTTOM, _TOP, 2)
        marks = [axis.draw(_LEFT, _RIGHT, wording.per_cent), time.draw(_TOP, _BOTTOM, room=34)]
        if behind is not None:
            marks += [
                svg.path(step_line(values, time, axis), f"behind n{n}")
                for n, values in enumerate(_shares(self.comparison.base, behind))
            ]
        for n, values in enumerate(_shares(column, figures)):
            marks.append(svg.path(step_line(values, time, axis), f"need n{n}"))
        said = "; ".join(
            _("{need} {share} at the end").format(
                need=wording.clean(need.need), share=wording.per_cent(need.share_at_end)
            )
            for need in figures.needs[:NEEDS_DRAWN]
        )
        return svg.picture(key, _WIDTH, _HEIGHT, _name(column, _("needs met")), said, *marks)

    def _gap(self, key: str, column: Column, figures: Figures, behind: Figures | None) -> str:
        time, axis = _time(column), ValueAxis(max(1e-9, self.most_gap), _BOTTOM, _TOP, 2)
        outline = step_line(figures.gap, time, axis)
        marks = [
            axis.draw(_LEFT, _RIGHT, wording.number),
            svg.path(f"{outline}V{_BOTTOM}H{_LEFT}z", "shortfall"),
            svg.path(outline, "shortfall-line"),
            time.draw(_TOP, _BOTTOM, room=34),
        ]
        if behind is not None:
            marks.append(svg.path(step_line(behind.gap, time, axis), "behind"))
        said = _("at worst {n}").format(n=wording.number(max(figures.gap)))
        return svg.picture(key, _WIDTH, _HEIGHT, _name(column, _("gap")), said, *marks)

    def _money(self, key: str, column: Column, figures: Figures, behind: Figures | None) -> str:
        time, axis = _time(column), ValueAxis(max(1e-9, self.most_paid), _BOTTOM, _TOP, 2)
        width = max(1.0, time.band * 0.76)
        bars = [
            svg.rect(
                time.x(t) + (time.band - width) / 2, axis.y(v), width, _BOTTOM - axis.y(v), "paid"
            )
            for t, v in enumerate(figures.paid)
            if v > 0
        ]
        marks = [
            axis.draw(_LEFT, _RIGHT, lambda v: wording.money(v, "").strip(wording.THIN)),
            *bars,
        ]
        marks.append(time.draw(_TOP, _BOTTOM, room=34))
        if behind is not None:
            marks.append(svg.path(step_line(behind.paid, time, axis), "behind"))
        total = wording.money(sum(figures.paid), column.scenario.currency)
        return svg.picture(key, _WIDTH, _HEIGHT, _name(column, _("money")), total, *marks)


def _time(column: Column) -> TimeAxis:
    return TimeAxis(column.scenario, _LEFT, _RIGHT)


def _name(column: Column, what: str) -> str:
    return f"{wording.clean(column.title)}: {what}"


def _money_title(column: Column) -> str:
    names = {
        "month": _("Money by month, {currency}"),
        "week": _("Money by week, {currency}"),
        "quarter": _("Money by quarter, {currency}"),
    }
    return names[column.scenario.period].format(currency=column.scenario.currency)


def _shares(column: Column, figures: Figures) -> list[list[float]]:
    """Give the share met of each need, or of all of them by weight where they are many."""
    needs = [need for need in figures.needs if need.quantity > 0]
    if len(needs) <= NEEDS_DRAWN:
        return [[met / need.quantity for met in need.met] for need in needs]
    weight = {row.need: float(row.weight) for row in column.scenario.needs}
    total = sum(weight[need.need] * need.quantity for need in needs) or 1.0
    count = len(needs[0].met)
    return [[sum(weight[n.need] * n.met[t] for n in needs) / total for t in range(count)]]


def need_names(comparison: Comparison) -> list[str]:
    """Name the lines of the panels of needs, from the first column that has a plan."""
    from ringtausch.pictures.facts import Facts

    for column in comparison.columns:
        if column.plan is not None and column.figures is not None:
            facts = Facts(column.scenario, column.plan)
            needs = [need for need in column.figures.needs if need.quantity > 0]
            if len(needs) > NEEDS_DRAWN:
                return [_("all needs together, by weight")]
            return [
                f"{facts.party(n.party)}: {wording.number(n.quantity)}{wording.THIN}×"
                f"{wording.THIN}{facts.item(n.capability)}"
                for n in needs
            ]
    return []


def panel_key(names: Sequence[str]) -> list[tuple[str, str]]:
    """Explain the marks of the panels."""
    marks = [(svg.path("M0 8H28", f"need n{n}"), name) for n, name in enumerate(names)]
    return [
        *marks,
        (svg.rect(0, 2, 28, 12, "shortfall"), _("below a floor")),
        (svg.rect(8, 2, 12, 12, "paid"), _("paid")),
        (svg.path("M0 8H28", "behind"), _("the scenario as it is")),
    ]
