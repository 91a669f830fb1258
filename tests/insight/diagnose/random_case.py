"""Small random scenarios that often have no plan: every table that a repair may change has a row or two.

Quantities are whole numbers and prices are 1, so that least amounts are whole numbers too wherever
items are whole: they can be found by trying.
"""

from __future__ import annotations

import random

from ringtausch.records import Scenario
from tests.builders import scenario

__all__ = ["random_case"]

_DAYS = ("2025-01-01", "2025-02-01", "2025-03-01", "2025-04-01")


def random_case(seed: int) -> Scenario:
    """Make the scenario of a seed: four months, one item, three parties and a maker."""
    dice = random.Random(seed)

    def day(*, after: int = 0) -> str:
        return dice.choice(_DAYS[after:])

    def maybe(text: str, share: float = 0.5) -> str:
        return text if dice.random() < share else ""

    lot = maybe("2", 0.2)
    tables = {
        "capabilities": "arms,gun,1",
        "items": f"gun,,,{maybe('true', 0.8)}",
        "stocks": f"A,gun,{dice.randint(0, 3)}; B,gun,{dice.randint(0, 3)}",
        "floors": maybe(f"A,gun,{_DAYS[0]},{dice.randint(1, 3)},{dice.randint(0, 1)}"),
        "offers": f"a,A,gun,{dice.randint(0, 3)},{maybe(day())},{maybe(day())},{maybe('C')},{lot}"
        + maybe(f"; b,B,gun,{dice.randint(1, 2)},,,,,{maybe('1', 0.3)}"),
        "lanes": f"A,C,gun,{dice.randint(0, 1)},{maybe('1')},,,{maybe(day())},{maybe(day(after=1))}"
        "; B,C,gun,0",
        "supply": f"S,gun,*,1,,{dice.randint(0, 1)},,{maybe(day())}",
        "production": f"S,gun,{day(after=1)},{dice.choice(['0.5', '1', '2'])}"
        + maybe(f"; S,gun,2025-05-01,{dice.randint(1, 2)}", 0.3),
        "needs": f"n,C,arms,{dice.randint(1, 4)},{day()},,,true"
        + maybe(f"; m,D,gun,{dice.randint(1, 2)},{day()},,,true", 0.3),
        "assurances": maybe(
            f"A,gun,{dice.randint(0, 2)},,,{maybe('true', 0.7)},{maybe('true')}", 0.7
        ),
        "funds": f"f,B,,{maybe(day(after=1), 0.3)}",
        "releases": f"f,{day()},{dice.randint(1, 3)}",
        "earmarks": maybe(f"f,order,gun,{dice.choice('ACD')}", 0.3),
        "dues": maybe(f"order,gun,B,{day()},{dice.randint(1, 2)},EUR", 0.4),
    }
    return scenario(
        horizon=2,
        settlement=2,
        parties="A; B; C; D",
        **{name: text for name, text in tables.items() if text},
    )
