"""The random scenario while it is being drawn: its dice, its names and its rows.

It knows the columns that are empty by chance, not what a plan is.
"""

import csv
import datetime
import io
import random
from dataclasses import dataclass, field

CURRENCIES = ("", "", "EUR", "USD", "NOK")
DAYS = {"week": 7, "month": 30, "quarter": 91}


@dataclass
class Draft:
    """Rows as dicts of text, per table, and the names that tables share."""

    dice: random.Random
    size: str
    start: datetime.date
    period: str
    horizon: int
    settlement: int
    money: int = 1  # all prices and amounts are multiples of it
    whole: dict[str, bool] = field(default_factory=dict)
    parties: list[str] = field(default_factory=list)
    counted: dict[str, list[str]] = field(default_factory=dict)  # capability: items that count
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    @property
    def periods(self) -> int:
        """T = horizon + settlement."""
        return self.horizon + self.settlement

    @property
    def items(self) -> list[str]:
        """List the names of all items."""
        return list(self.whole)

    def add(self, table: str, **cells: object) -> None:
        """Add a row; None and False are empty cells; `from_` is the column `from`."""
        row = {name.rstrip("_"): _cell(value) for name, value in cells.items()}
        self.tables.setdefault(table, []).append(row)

    def chance(self, probability: float) -> bool:
        """Throw a biased coin."""
        return self.dice.random() < probability

    def maybe(self, probability: float, value: object) -> object:
        """Give the value with a probability, else an empty cell."""
        return value if self.chance(probability) else None

    def some(self, *values: object) -> object:
        """Draw one of the values."""
        return self.dice.choice(values)

    def day(self, first: int, last: int) -> datetime.date:
        """Draw a date in the periods first to last, counted from start; -1 = before start."""
        t = self.dice.randint(first, last)
        if t < 0:
            # Often in the same period as start, and yet before it.
            return self.start - datetime.timedelta(days=self.dice.choice((1, 2, 3, 5, 200)))
        days = t * DAYS[self.period] + self.dice.randrange(DAYS[self.period])
        return self.start + datetime.timedelta(days=days)

    def days(self) -> tuple[object, object]:
        """Draw a window: each end is mostly empty; now and then it is over before the start."""
        first, last = sorted((self.day(-1, self.periods), self.day(0, self.periods + 1)))
        if self.chance(0.1):
            last = self.day(-1, -1)
            first = min(first, last)
        return self.maybe(0.35, first), self.maybe(0.25, last)

    def units(self, item: str, low: int, high: int) -> str:
        """Draw a quantity of an item, whole where the item is."""
        number = self.dice.randint(low, high)
        if self.whole[item] or self.chance(0.5):
            return str(number)
        return str(number + self.dice.choice((0.25, 0.5, 0.1)))

    def price(self, low: int, high: int) -> str:
        """Draw money."""
        return str(self.dice.randint(low, high) * self.money)

    def currency(self) -> str:
        """Draw a currency; empty = the reporting currency."""
        return self.dice.choice(CURRENCIES)

    def new(self, table: str, **key: str) -> bool:
        """Say whether no row of a table has this key yet."""
        wanted = {name.rstrip("_"): value for name, value in key.items()}
        rows = self.tables.get(table, [])
        return not any(wanted.items() <= row.items() for row in rows)

    def csv(self, table: str) -> str:
        """Give a table as text; columns that are empty throughout are now and then left out."""
        rows = self.tables[table]
        full = [name for name in rows[0] if any(row[name] for row in rows)]
        names = full if self.chance(0.5) else list(rows[0])
        text = io.StringIO()
        writer = csv.DictWriter(text, names, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return text.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else ""
    return "" if value is None else str(value)
