"""Two lines over time: a capability against its floor, and what counts towards a need.

In: values for each period. Out: what they come to: the worst, since when, how it ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ringtausch.pictures.returns import EPS

if TYPE_CHECKING:
    from ringtausch.records import Need

__all__ = ["FloorSeries", "NeedSeries"]


@dataclass(frozen=True)
class FloorSeries:
    """One party's capability against what it must keep, a value for each period (units).

    `lowest` is the floor less the gap it has agreed to; `gap` is what the plan states.
    """

    party: str
    capability: str
    strength: tuple[float, ...]
    floor: tuple[float, ...]
    lowest: tuple[float, ...]
    gap: tuple[float, ...]

    @property
    def worst(self) -> float:
        """The largest gap of any period."""
        return max(self.gap, default=0.0)

    @property
    def below(self) -> list[int]:
        """The periods below the floor."""
        return [t for t, gap in enumerate(self.gap) if gap > EPS]

    @property
    def eventful(self) -> bool:
        """Whether there is something to show: a gap, or a strength or a floor that changes."""
        return bool(self.below) or len(set(self.strength)) > 1 or len(set(self.floor)) > 1


@dataclass(frozen=True)
class NeedSeries:
    """What counts towards one need by the end of each period (units of its capability)."""

    need: Need
    due: int
    met: tuple[float, ...]

    @property
    def quantity(self) -> float:
        """What is asked for."""
        return float(self.need.quantity)

    @property
    def met_at(self) -> int | None:
        """The first period in which it is met in full."""
        full = self.quantity - EPS * max(1.0, self.quantity)
        return next((t for t, met in enumerate(self.met) if met >= full), None)

    @property
    def missing(self) -> float:
        """What is still missing in the last period."""
        return 0.0 if self.met_at is not None else self.quantity - self.met[-1]

    @property
    def state(self) -> str:
        """One of `met` (by its date), `late`, `open` (overdue at the end), `waiting` (due later)."""
        if self.met_at is not None:
            return "met" if self.met_at <= self.due else "late"
        return "open" if self.due < len(self.met) else "waiting"
