"""All variants at a glance: a bar for each of the first aims, beside the scenario as it is.

In: a comparison. Out: one picture; the table below it has every figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.pictures import page, svg, wording
from ringtausch.pictures.comparison_rows import objective_lines
from ringtausch.pictures.comparison_story import verdict
from ringtausch.pictures.story import meanings

if TYPE_CHECKING:
    from ringtausch.insight.compare import Column, Comparison

__all__ = ["overview_picture"]

_WIDTH, _NAME = 1040.0, 440.0
_HEAD, _ROW = 26.0, 25.0
_AIMS = 4
_NUMBER = 56.0
_GAP = 10.0
_SIGNS = {"better": "▲", "worse": "▼", "same": "=", "none": "×"}


def overview_picture(comparison: Comparison) -> str:
    """Draw a row for each column and a bar for each of the first aims."""
    names = comparison.order[:_AIMS]
    room = (_WIDTH - _NAME) / len(names)
    bar = room - _NUMBER - _GAP
    titles = dict(zip(comparison.listed, objective_lines(comparison, plain=True), strict=True))
    height = _HEAD + len(comparison.columns) * _ROW + 4
    marks = []
    for place, name in enumerate(names):
        left = _NAME + place * room
        marks.append(svg.label(left, 14, meanings()[name][0], "tick", room=room - 2))
        marks.append(svg.line(left, _HEAD - 4, left, height, "axis"))
        before = comparison.base.objectives.get(name)
        most = max(
            (c.objectives[name].value for c in comparison.columns if c.objectives), default=0
        )
        if before is not None and most > 0:
            at = left + bar * before.value / most
            marks.append(svg.line(at, _HEAD - 2, at, height, "behind"))
        for n, column in enumerate(comparison.columns):
            y = _HEAD + n * _ROW
            if column.objectives:
                value = column.objectives[name].value
                width = bar * value / most if most > 0 else 0.0
                look = "asis" if column.kind == "base" else "paid"
                marks.append(svg.rect(left, y + 4, width, 14, look))
                text = titles[name].cells[n]
                marks.append(svg.label(left + width + 6, y + 16, text, "muted value"))
            elif place == 0:
                said = verdict(comparison, column)[1]
                marks.append(svg.label(left + 8, y + 16, said, "owing"))
    marks += [_label(comparison, n, column) for n, column in enumerate(comparison.columns)]
    title = _("All variants at a glance")
    said = "; ".join(
        f"{column.title}: {verdict(comparison, column)[1]}" for column in comparison.variants
    )
    return page.figure(svg.picture("overview", _WIDTH, height, title, said, *marks), name=title)


def _label(comparison: Comparison, n: int, column: Column) -> str:
    y = _HEAD + n * _ROW + 16
    text = wording.isolate(wording.clean(column.title))
    if column.kind == "base":
        return svg.label(20, y, text, "node", room=_NAME - 30)
    sign = "" if column.kind == "plan" else _SIGNS[verdict(comparison, column)[0]]
    return svg.group(
        svg.label(0, y, sign, f"sign {verdict(comparison, column)[0]}"),
        svg.label(20, y, text, "amount", room=_NAME - 30),
    )
