"""Plans by the program itself: whole processes of `ringtausch plan`, with what they wrote.

In: a size or an example, and options. Out: seconds on the clock, memory, and the answer of `plan.json`.
A process that is far beyond its time limit is killed, and counts with the whole of its time.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.peers.running import run_ringtausch

__all__ = ["Planned", "Size", "plan_apart"]

#: Seconds that reading, verifying and writing may take beyond the limit of the solve.
_BEYOND = 600.0


@dataclass(frozen=True)
class Size:
    """A scenario to generate, or a folder with one where there is a folder."""

    parties: int = 0
    items: int = 0
    periods: int = 0
    whole: float = 0.0
    seed: int = 1
    folder: str = ""

    @classmethod
    def read(cls, text: str, whole: float, seed: int = 1) -> Size:
        """Read PARTIESxITEMSxPERIODS, or take the text as a folder.

        Examples
        --------
        >>> Size.read("8x6x24", 0.3)
        Size(parties=8, items=6, periods=24, whole=0.3, seed=1, folder='')
        >>> Size.read("examples/patriot-2025", 0.0).name
        'patriot-2025'
        """
        size = re.fullmatch(r"(\d+)x(\d+)x(\d+)", text)
        if size is None:
            return cls(folder=text)
        parties, items, periods = map(int, size.groups())
        return cls(parties, items, periods, whole, seed)

    @property
    def name(self) -> str:
        """Name it by what it is made from.

        Examples
        --------
        >>> Size(8, 6, 24, 0.3).name
        '8x6x24, 30 % whole'
        """
        if self.folder:
            return Path(self.folder).name
        return f"{self.parties}x{self.items}x{self.periods}, {self.whole:.0%} whole".replace(
            "%", " %"
        )

    def write(self, target: Path, objectives: Sequence[str] = ()) -> Path:
        """Write the scenario, with other objectives where some are given."""
        import ringtausch as rt

        if self.folder:
            scenario = rt.read(self.folder)
        else:
            scenario = rt.generate(
                parties=self.parties,
                items=self.items,
                periods=self.periods,
                whole=self.whole,
                seed=self.seed,
            )
        if objectives:
            scenario = scenario.changed(objectives=tuple(objectives))
        rt.write(scenario, target)
        return target


@dataclass(frozen=True)
class Planned:
    """What a process did: status and figures are those of its plan, where it wrote one."""

    status: str
    seconds: float
    peak_mib: float | None = None
    values: dict[str, float] = field(default_factory=dict)
    bounds: dict[str, float | None] = field(default_factory=dict)
    methods: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def gap(self) -> float | None:
        """The largest distance of value and bound of an objective that was reached, 0 where none is."""
        gaps = [
            (self.values[name] - bound) / max(1.0, abs(self.values[name]))
            for name, bound in self.bounds.items()
            if bound is not None
        ]
        return max([0.0, *gaps]) if self.values else None


def plan_apart(
    size: Size,
    *,
    objectives: Sequence[str] = (),
    method: str = "auto",
    time_limit: float | None = None,
) -> Planned:
    """Plan a scenario in a process of its own, from the start of Python to its end."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        options = ["--method", method]
        if time_limit is not None:
            options += ["--time-limit", str(time_limit)]
        most = 86_400.0 if time_limit is None else time_limit + _BEYOND
        scenario = size.write(place / "scenario", objectives)
        run = run_ringtausch(scenario, place, most, options)
        written = place / "plan" / "plan.json"
        if not written.exists():
            return Planned(run.status, run.seconds, run.peak_mib)
        plan = json.loads(written.read_text("utf-8"))
    return Planned(
        plan["status"],
        run.seconds,
        run.peak_mib,
        {name: o["value"] for name, o in plan["objectives"].items()},
        {name: o["bound"] for name, o in plan["objectives"].items()},
        tuple(plan["solver"]["methods"]),
        {name: n for name, n in plan["solver"].items() if isinstance(n, int)},
    )
