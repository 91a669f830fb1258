"""Scales and axes: where a period and a quantity lie, and which of them are named.

In: the scenario's calendar, the room, the largest value. Out: positions and mark-up.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.pictures import svg

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ringtausch.records import Scenario

__all__ = ["TimeAxis", "ValueAxis", "step_area", "step_line"]

_STEPS = {
    "month": (1, 3, 6, 12, 24, 60, 120),
    "quarter": (1, 2, 4, 8, 20, 40),
    "week": (1, 2, 4, 13, 26, 52, 104, 260),
}
_ROOM_WITH_YEAR = 56.0
_PER_YEAR = {"month": 12, "quarter": 4, "week": 52}


@dataclass(frozen=True)
class TimeAxis:
    """Periods from left to right; a period is a band from `x(t)` to `x(t + 1)`."""

    scenario: Scenario
    left: float
    right: float

    @property
    def band(self) -> float:
        """The width of a period."""
        return (self.right - self.left) / self.scenario.calendar.count

    def x(self, period: float) -> float:
        """Return where a period begins; one after the last is held at the right end."""
        return self.left + min(period, self.scenario.calendar.count) * self.band

    def middle(self, period: int) -> float:
        """Return the middle of a period."""
        return min(self.x(period) + self.band / 2, self.right)

    def ticks(self, room: float = 44) -> list[tuple[int, str, bool]]:
        """Choose the periods to name: (period, text, whether a year begins there)."""
        kind, count = self.scenario.period, self.scenario.calendar.count
        steps = _STEPS[kind]
        step = next((s for s in steps if s * self.band >= room), steps[-1])
        found = []
        for period in range(count):
            place, year = self._place(period)
            every_years = max(1, step // _PER_YEAR[kind])
            begins = place == 0 and year % every_years == 0
            if begins or (step < _PER_YEAR[kind] and place and self._named(place, step)):
                found.append((period, str(year) if begins else self._text(place), begins))
        if not found:
            return [(0, self.scenario.calendar.label(0), True)]
        return self._with_first_year(found)

    def _with_first_year(self, found: list[tuple[int, str, bool]]) -> list[tuple[int, str, bool]]:
        """Name the year at the first tick too, at the cost of the second where it is in the way."""
        first, text, begins = found[0]
        if begins:
            return found
        rest = found[1:]
        if rest and not rest[0][2] and (rest[0][0] - first) * self.band < _ROOM_WITH_YEAR:
            rest = rest[1:]
        after = rest[0][0] if rest else self.scenario.calendar.count
        if (after - first) * self.band < _ROOM_WITH_YEAR:
            return found
        return [(first, f"{text} {self._place(first)[1]}", begins), *rest]

    def _named(self, place: int, step: int) -> bool:
        # In a year of 53 weeks the last ones would crowd the next year's first.
        return place % step == 0 and place + step <= _PER_YEAR[self.scenario.period]

    def _place(self, period: int) -> tuple[int, int]:
        """Where in its year a period lies, from 0, and the year."""
        day = self.scenario.calendar.first_day(period)
        if self.scenario.period == "week":
            year, week, _day = day.isocalendar()
            return week - 1, year
        return (day.month - 1) // (12 // _PER_YEAR[self.scenario.period]), day.year

    def _text(self, place: int) -> str:
        if self.scenario.period == "week":
            return _("W{n}").format(n=place + 1)
        if self.scenario.period == "quarter":
            return _("Q{n}").format(n=place + 1)
        return _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()[place]

    def draw(self, top: float, bottom: float, room: float = 44) -> str:
        """Draw the years as lines from top to bottom, and the names below."""
        marks = []
        for period, text, begins in self.ticks(room):
            at = self.x(period)
            if begins:
                marks.append(svg.line(at, top, at, bottom, "year"))
            else:
                marks.append(svg.line(at, bottom, at, bottom + 4, "axis"))
            marks.append(svg.label(at + 2, bottom + 15, text, "tick strong" if begins else "tick"))
        marks.append(svg.line(self.left, bottom, self.right, bottom, "axis"))
        return svg.group(*marks)


@dataclass(frozen=True)
class ValueAxis:
    """Quantities from the bottom up, from 0 to at least `largest`."""

    largest: float
    bottom: float
    top: float
    most_ticks: int = 4

    @property
    def step(self) -> float:
        """The distance of two named values: 1, 2 or 5 times a power of ten."""
        if self.largest <= 0:
            return 1.0
        rough = self.largest / self.most_ticks
        power = 10.0 ** math.floor(math.log10(rough))
        return next(f * power for f in (1, 2, 5, 10) if f * power >= rough * 0.999999)

    @property
    def end(self) -> float:
        """The value at the top."""
        return max(self.step * math.ceil(self.largest / self.step - 1e-9), self.step)

    def y(self, value: float) -> float:
        """Return where a value lies."""
        return self.bottom - (self.bottom - self.top) * min(value, self.end) / self.end

    def draw(self, left: float, right: float, write: Callable[[float], str]) -> str:
        """Draw a line per named value, its name left of it."""
        marks = []
        for n in range(round(self.end / self.step) + 1):
            at = self.y(n * self.step)
            marks.append(svg.line(left, at, right, at, "grid"))
            name = write(n * self.step)
            marks.append(svg.label(left - 6, at + 4, name, "tick", anchor="end"))
        return svg.group(*marks)


def step_line(values: Sequence[float], time: TimeAxis, axis: ValueAxis) -> str:
    """Return the path of a value that holds through each period."""
    parts: list[str] = []
    last = None
    for t, value in enumerate(values):
        if value != last:
            parts.append(f"{'V' if parts else f'M{time.x(t):.1f} '}{axis.y(value):.1f}")
            last = value
        if t + 1 == len(values) or values[t + 1] != value:
            parts.append(f"H{time.x(t + 1):.1f}")
    return "".join(parts)


def step_area(
    upper: Sequence[float], lower: Sequence[float], time: TimeAxis, axis: ValueAxis
) -> str:
    """Return the outline of where the upper value lies above the lower one, a piece per stretch."""
    parts, t = [], 0
    while t < len(upper):
        end = t
        while end < len(upper) and upper[end] > lower[end]:
            end += 1
        if end > t:
            there = "".join(f"V{axis.y(upper[n]):.1f}H{time.x(n + 1):.1f}" for n in range(t, end))
            back = "".join(
                f"V{axis.y(lower[n]):.1f}H{time.x(n):.1f}" for n in reversed(range(t, end))
            )
            parts.append(f"M{time.x(t):.1f} {axis.y(lower[t]):.1f}{there}{back}z")
        t = max(end, t + 1)
    return "".join(parts)
