"""Dice: every chance of a generated scenario, the same for a seed on every machine and Python.

Only `random.Random(int).random()` is used, which Python promises to keep: its other methods may
choose differently in another version. Amounts are whole numbers of their last digit, so that no
rounding of a machine or of a decimal context shows in them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

__all__ = ["Dice"]

T = TypeVar("T")


class Dice:
    """Draws numbers and choices.

    Examples
    --------
    >>> dice = Dice(1)
    >>> dice.whole(1, 6), dice.choice(["gun", "tank"]), dice.amount("0.5", "2.0")
    (1, 'tank', Decimal('1.7'))
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random

    def chance(self, percent: int) -> bool:
        """Tell whether something happens that does so in so many of a hundred cases."""
        return self._random() * 100 < percent

    def whole(self, least: int, most: int) -> int:
        """Draw a whole number, both ends included; `least` where there is no room."""
        return least + int(self._random() * max(1, most - least + 1))

    def amount(self, least: str, most: str) -> Decimal:
        """Draw a decimal between two that are written with the same number of digits."""
        low, high = Decimal(least), Decimal(most)
        places = int(low.as_tuple().exponent)
        unit = Decimal(1).scaleb(places)
        return unit * self.whole(int(low / unit), int(high / unit))

    def choice(self, among: Sequence[T]) -> T:
        """Choose one; one that stands there twice comes twice as often."""
        return among[self.whole(0, len(among) - 1)]

    def shuffled(self, among: Sequence[T]) -> list[T]:
        """Put all in a random order."""
        rest = list(among)
        return [rest.pop(self.whole(0, len(rest) - 1)) for _ in among]

    def some(self, among: Sequence[T], percent: int, *, least: int = 1) -> list[T]:
        """Choose so many of a hundred of them, at least so many if there are, in their order."""
        taken = [self.chance(percent) for _ in among]
        for place in self.shuffled(range(len(among))):
            if sum(taken) >= least:
                break
            taken[place] = True
        return [one for one, wanted in zip(among, taken, strict=True) if wanted]
