"""The registry: every case that is measured, from the smallest to the largest.

A case is either a command, run as a process of its own, or a generated scenario, taken through the
phases of the library. To measure something else add a line here; its name is its key in the results.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["COMMANDS", "GENERATED", "WHAT_IFS", "Command", "Generated", "WhatIf"]


@dataclass(frozen=True)
class Command:
    """A command of the program; `{plan}` and `{page}` are where it may write.

    `before` is run first, untimed; `small` says whether `--quick` runs it.
    """

    name: str
    arguments: tuple[str, ...]
    before: tuple[str, ...] = ()
    small: bool = False


@dataclass(frozen=True)
class Generated:
    """A scenario of `ringtausch generate`; `whole` is the share of indivisible items."""

    parties: int
    items: int
    periods: int
    whole: float
    seed: int = 1
    small: bool = False

    @property
    def name(self) -> str:
        """Name the case by what it is generated from.

        Examples
        --------
        >>> Generated(5, 3, 12, 0.3).name
        'generated-5x3x12-whole-0.3-seed-1'
        """
        size = f"{self.parties}x{self.items}x{self.periods}"
        return f"generated-{size}-whole-{self.whole:g}-seed-{self.seed}"


@dataclass(frozen=True)
class WhatIf:
    """The single concessions of an example, asked one after the other at a workbench.

    `most` are tried, spread over the whole list.
    """

    name: str
    folder: str
    most: int = 1000
    small: bool = False


_PATRIOT, _RING = "examples/patriot-2025", "examples/ringtausch-2022"
_PLAN_PATRIOT = ("plan", _PATRIOT, "--out", "{plan}", "--force")

COMMANDS = (
    Command("help", ("--help",), small=True),
    Command("plan-ringtausch-2022", ("plan", _RING, "--out", "{plan}", "--force"), small=True),
    Command("plan-patriot-2025", _PLAN_PATRIOT),
    Command("plan-patriot-2025-with-report", (*_PLAN_PATRIOT, "--report", "{page}")),
    Command(
        "report-patriot-2025",
        ("report", _PATRIOT, "{plan}", "--out", "{page}", "--force"),
        before=_PLAN_PATRIOT,
    ),
    Command("asks-patriot-2025", ("asks", _PATRIOT)),
    Command("explain-patriot-2025", ("explain", _PATRIOT, "{plan}"), before=_PLAN_PATRIOT),
    Command("compare-patriot-2025", ("compare", _PATRIOT, "--out", "{page}", "--force")),
)

WHAT_IFS = (
    WhatIf("what-if-ringtausch-2022", _RING, most=3, small=True),
    WhatIf("what-if-patriot-2025", _PATRIOT),
)

GENERATED = (
    Generated(5, 3, 12, 0.0, small=True),
    Generated(5, 3, 12, 0.3),
    Generated(8, 6, 24, 0.0),
    Generated(8, 6, 24, 0.3),
    Generated(15, 20, 36, 0.0),
    Generated(15, 20, 36, 0.3),
    Generated(30, 50, 60, 0.0),
    Generated(30, 50, 60, 0.3),
)
