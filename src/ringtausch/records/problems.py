"""What is wrong with a user's input, as values: a problem names its file, line, column and remedy.

Checks return problems and never raise; one runner joins and sorts them, one place prints them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

__all__ = [
    "InvalidEdit",
    "InvalidInput",
    "InvalidPlan",
    "InvalidScenario",
    "InvalidVariants",
    "Problem",
    "nearest",
]

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong (error) or surely not meant (warning) in a file of the user's.

    `line` counts from 1 with the header row as line 1; 0 means the file as a whole. `column` is
    the column or setting, empty where the row or file as a whole is meant. `value` is the text
    that stands there. `message` says what is wrong and what would be right.

    Examples
    --------
    >>> print(Problem("offers.csv", 4, "to", "FRX", 'unknown party "FRX"; did you mean "FRA"?'))
    offers.csv:4: to: unknown party "FRX"; did you mean "FRA"?
    """

    file: str
    line: int
    column: str
    value: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        """Write it the way compilers do, so that editors can jump to the line."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.column, self.message) if part)


class InvalidInput(ValueError):  # noqa: N818 - named for what the input is, not for the mechanism
    """Input that cannot be used; carries every problem found, not only the first one."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[InvalidInput], tuple[tuple[Problem, ...]]]:
        """Pickle with the problems, because plans are made in other processes too."""
        return type(self), (self.problems,)


class InvalidScenario(InvalidInput):
    """A scenario folder or workbook that breaks the format."""


class InvalidEdit(InvalidInput):
    """Edits that cannot be made, or that would make the scenario invalid."""


class InvalidPlan(InvalidInput):
    """A plan folder that breaks the format."""


class InvalidVariants(InvalidInput):
    """A file of variants that breaks the format, or whose edits cannot be made."""


def nearest(text: str, known: Iterable[str]) -> str | None:
    """Find the known name most like the text, or None where nothing is close.

    Examples
    --------
    >>> nearest("ofers", ["offers", "orders", "needs"])
    'offers'
    >>> nearest("xyz", ["offers"]) is None
    True
    """
    from difflib import get_close_matches  # only needed once something is wrong

    by_folded = {name.casefold(): name for name in sorted(known, reverse=True)}
    close = get_close_matches(text.casefold(), list(by_folded), n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None
