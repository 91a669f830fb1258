"""Watching a solve: the time left, a request to stop, and what to show of the progress.

In: a limit and a function that is told the progress. Knows no terminal: who shows it is the caller.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from ringtausch.planning.effort import Effort

__all__ = ["Progress", "Watch"]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where planning stands.

    `value` is the best value found so far of the objective at work and `bound` the best proved to
    be possible, in the objective's unit; None where there is none yet. `gap` is their relative
    distance, `seconds` the time since planning began.
    """

    objective: str
    step: int
    steps: int
    seconds: float
    value: float | None = None
    bound: float | None = None

    @property
    def gap(self) -> float | None:
        """The relative distance of value and bound."""
        if self.value is None or self.bound is None:
            return None
        return max(0.0, self.value - self.bound) / max(1.0, abs(self.value))


@dataclass
class Watch:
    """Time, stopping, progress and effort of one planning run."""

    time_limit: float | None = None
    on_progress: Callable[[Progress], None] | None = None
    began: float = field(default_factory=time.perf_counter)
    stop: threading.Event = field(default_factory=threading.Event)
    now: Progress = field(default_factory=lambda: Progress("", 0, 0, 0.0))
    #: What asked to stop, where it was not a person.
    ended_by: str = ""
    #: What the solver has done so far; copies of a watch with another limit add to the same.
    effort: Effort = field(default_factory=Effort)

    def seconds(self) -> float:
        """Return the time since planning began."""
        return time.perf_counter() - self.began

    def left(self) -> float:
        """Return the seconds left, infinite without a limit; 0 once a stop was asked for."""
        if self.stop.is_set():
            return 0.0
        if self.time_limit is None:
            return float("inf")
        return max(0.0, self.time_limit - self.seconds())

    def part(self, share: float) -> Watch:
        """Return a watch of a share of the time that is left; it stops and tells with this one."""
        if self.time_limit is None:
            return self
        return replace(self, time_limit=self.seconds() + share * self.left())

    def begin(self, objective: str, step: int, steps: int) -> None:
        """Note which objective is at work."""
        self.now = Progress(objective, step, steps, self.seconds())
        self.tell()

    def tell(self, value: float | None = None, bound: float | None = None) -> None:
        """Pass the progress on."""
        self.now = replace(self.now, seconds=self.seconds(), value=value, bound=bound)
        if self.on_progress is not None:
            self.on_progress(self.now)
