"""A picture of powers: points and lines on two axes of logarithms, as one SVG for light and dark pages.

In: lines with points and a fit. Out: mark-up. It knows nothing of what was measured.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ringtausch.pictures.svg import el

__all__ = ["Line", "draw"]

_WIDTH, _HEIGHT = 640.0, 400.0
_LEFT, _TOP, _RIGHT, _BOTTOM = 70.0, 20.0, 20.0, 50.0
_STYLE = """text{font:13px system-ui,sans-serif;fill:#444}.grid{stroke:#8884}.axis{stroke:#888}
.fit{fill:none;stroke-width:2}.k0{fill:#0067a5;stroke:#0067a5}.k1{fill:#c2500a;stroke:#c2500a}
.k2{fill:#3b7d23;stroke:#3b7d23}.k3{fill:#7a4da8;stroke:#7a4da8}
@media(prefers-color-scheme:dark){text{fill:#ccc}.k0{fill:#5ab4f0;stroke:#5ab4f0}
.k1{fill:#f59a4c;stroke:#f59a4c}.k2{fill:#7fc765;stroke:#7fc765}.k3{fill:#bd95e6;stroke:#bd95e6}}"""
#: So many colours there are; each line also has a dash of its own, so that none rests on its colour.
_KINDS = 4
_DASHES = ("none", "8 4", "2 3", "10 3 2 3")


@dataclass(frozen=True)
class Line:
    """Points of one kind, and the line that fits them where there is one."""

    name: str
    points: Sequence[tuple[float, float]]
    fit: Callable[[float], float] | None = None


@dataclass(frozen=True)
class _Axis:
    """From a number above 0 to its place."""

    low: float
    high: float
    first: float
    last: float

    def place(self, value: float) -> float:
        low, high = math.log(self.low), math.log(self.high)
        return self.first + (math.log(value) - low) / (high - low) * (self.last - self.first)

    def ticks(self) -> list[float]:
        found = []
        for power in range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1):
            found += [digit * 10.0**power for digit in (1, 2, 5)]
        return [tick for tick in found if self.low <= tick * 1.0001 and tick <= self.high * 1.0001]


def draw(lines: Sequence[Line], across: str, up: str) -> str:
    """Draw lines; `across` and `up` say what the axes are.

    Examples
    --------
    >>> text = draw([Line("a", [(1.0, 2.0), (10.0, 20.0)], lambda n: 2 * n)], "items", "seconds")
    >>> text.count("<circle"), text.count("<polyline"), text.startswith("<svg")
    (2, 1, True)
    """
    every = [point for line in lines for point in line.points]
    x = _axis([point[0] for point in every], _LEFT, _WIDTH - _RIGHT)
    y = _axis([point[1] for point in every], _HEIGHT - _BOTTOM, _TOP)
    marks = [el("title", f"{up} by {across}"), el("style", _STYLE), *_frame(x, y, across, up)]
    for number, line in enumerate(lines):
        marks += _marks(line, number, x, y)
    size = f"0 0 {_WIDTH:g} {_HEIGHT:g}"
    return el("svg", *marks, xmlns="http://www.w3.org/2000/svg", viewBox=size, role="img") + "\n"


def _axis(values: Sequence[float], first: float, last: float) -> _Axis:
    low, high = min(values, default=1.0), max(values, default=10.0)
    return _Axis(low / 1.25, high * 1.25, first, last)


def _frame(x: _Axis, y: _Axis, across: str, up: str) -> list[str]:
    marks = []
    for tick in x.ticks():
        place = round(x.place(tick), 1)
        marks.append(el("line", class_="grid", x1=place, x2=place, y1=y.first, y2=y.last))
        marks.append(_text(f"{tick:g}", place, y.first + 18, "middle"))
    for tick in y.ticks():
        place = round(y.place(tick), 1)
        marks.append(el("line", class_="grid", x1=x.first, x2=x.last, y1=place, y2=place))
        marks.append(_text(f"{tick:g}", x.first - 8, place + 4, "end"))
    marks.append(el("line", class_="axis", x1=x.first, x2=x.last, y1=y.first, y2=y.first))
    marks.append(el("line", class_="axis", x1=x.first, x2=x.first, y1=y.first, y2=y.last))
    marks.append(_text(across, (x.first + x.last) / 2, _HEIGHT - 10, "middle"))
    turned = f"translate(16 {(y.first + y.last) / 2:g}) rotate(-90)"
    marks.append(el("text", up, transform=turned, text_anchor="middle"))
    return marks


def _marks(line: Line, number: int, x: _Axis, y: _Axis) -> list[str]:
    kind = f"k{number % _KINDS}"
    marks = [
        el("circle", class_=kind, cx=round(x.place(a), 1), cy=round(y.place(b), 1), r=4)
        for a, b in line.points
    ]
    dash = _DASHES[number % _KINDS]
    if line.fit is not None:
        ends = (min(a for a, _ in line.points), max(a for a, _ in line.points))
        places = " ".join(f"{x.place(a):.1f},{y.place(line.fit(a)):.1f}" for a in ends)
        marks.append(el("polyline", class_=f"fit {kind}", points=places, stroke_dasharray=dash))
    height = _TOP + 12 + 34 * number
    marks.append(
        el(
            "line",
            class_=f"fit {kind}",
            stroke_dasharray=dash,
            x1=_LEFT + 10,
            x2=_LEFT + 40,
            y1=height - 4,
            y2=height - 4,
        )
    )
    named = line.name.split(": ", 1)  # what it is, and how it grows: one under the other
    rows = [_text(said, _LEFT + 48, height + 16 * row, "start") for row, said in enumerate(named)]
    return [*marks, *rows]


def _text(said: str, x: float, y: float, anchor: str) -> str:
    return el("text", said, x=round(x, 1), y=round(y, 1), text_anchor=anchor)
