"""Rule 22 of the register: what is new in a window is the difference of two totals, at one known-at time.

In: positions as of its last day, and a question. Out: both totals and what came between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ringtausch.register.totals import Total, total
from ringtausch.register.value import Amount

if TYPE_CHECKING:
    from ringtausch.register.positions import Positions
    from ringtausch.register.question import Question

__all__ = ["Window", "new_in_window"]


@dataclass(frozen=True, slots=True)
class Window:
    """What a question came to before a window and at its end."""

    before: Total
    after: Total

    @property
    def new(self) -> Amount:
        """What is new in it, by the least that is said."""
        return self.after.lo - self.before.lo

    def new_by(self) -> dict[tuple[str, ...], Amount]:
        """Return what is new for each row of the totals; they sum to what is new."""
        found: dict[tuple[str, ...], Amount] = {row.names: row.lo for row in self.after.rows}
        for row in self.before.rows:
            found[row.names] = found.get(row.names, 0) - row.lo
        return {names: amount for names, amount in sorted(found.items()) if amount}


def new_in_window(positions: Positions, question: Question, after: date) -> Window:
    """Return what is new after a day, through the as-of date of the positions (rule 22).

    Both totals are of the same statements: what was learned later counts in both.

    Raises
    ------
    InvalidQuestion
        As for `totals.total`.
    """
    from ringtausch.register.positions import Positions as AsOf

    before = AsOf(positions.view, positions.rule, after, positions.directory)
    return Window(total(before, question), total(positions, question))
