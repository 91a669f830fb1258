"""Draft: a scenario while it is being generated, and the facts that its parts share.

In: the size that was asked for. Out: who plays which part, how long the plan is, and the rows so far.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ringtausch.language import _
from ringtausch.records.generate.dice import Dice
from ringtausch.records.periods import Calendar
from ringtausch.records.tables import TABLES, Row

__all__ = ["FX", "LEAST", "REPORTING", "START", "Draft", "Family", "Good", "Size", "numbered"]

#: The smallest sizes: one giver, one receiver, one who pays; a hand-over and time to replace it.
LEAST = {"parties": 3, "items": 1, "periods": 6}
START = date(2026, 1, 1)
#: Money is counted in millions, as in the reports that such scenarios are made from.
REPORTING = "MEUR"
FX = {"MUSD": Decimal("0.88"), "MGBP": Decimal("1.16")}


@dataclass(frozen=True, slots=True)
class Size:
    """What was asked for; `periods` counts all of them, horizon and settlement together.

    Raises
    ------
    ValueError
        A size is below the least one, or the share of whole items is not between 0 and 1.
    """

    parties: int
    items: int
    periods: int
    whole: float
    seed: int

    def __post_init__(self) -> None:
        for name, least in LEAST.items():
            if getattr(self, name) < least:
                raise ValueError(_too_small(name, getattr(self, name)))
        if not 0 <= self.whole <= 1:
            raise ValueError(
                _("whole is {share}, but a share lies between 0 and 1").format(share=self.whole)
            )

    @property
    def settlement(self) -> int:
        """Three tenths of the periods, at least 3: as long as the shortest assurance."""
        return max(3, (3 * self.periods + 5) // 10)

    @property
    def horizon(self) -> int:
        """The periods in which parties hand over."""
        return self.periods - self.settlement


def _too_small(name: str, given: int) -> str:
    return _(
        "{name} is {given}; a generated scenario has at least {parties} parties, {items} item and"
        " {periods} periods (horizon and settlement together)"
    ).format(name=name, given=given, **LEAST)


@dataclass(frozen=True, slots=True)
class Good:
    """An item: its place in its family, and what is usual of it.

    `weight` is what one unit gives of the family's capability, `usual` the units that a party of
    middle size holds, `value` millions of `currency` per unit.
    """

    item: str
    role: str
    weight: Decimal
    whole: bool
    usual: int
    value: Decimal
    currency: str

    def units(self, amount: Decimal) -> Decimal:
        """Round to what can be counted, at least the smallest number: one, or a tenth."""
        unit = Decimal(1) if self.whole else Decimal("0.1")
        return max(unit, amount.quantize(unit))


@dataclass(frozen=True, slots=True)
class Family:
    """Goods that make one capability together, by role."""

    capability: str
    goods: tuple[Good, ...]

    @property
    def roles(self) -> dict[str, list[Good]]:
        """The goods that stand in for each other, by role."""
        roles: dict[str, list[Good]] = {}
        for good in self.goods:
            roles.setdefault(good.role, []).append(good)
        return roles

    def strength(self, units: dict[str, Decimal]) -> Decimal:
        """Say how much of the capability some units of its items give: as the weakest role."""
        return min(
            sum((good.weight * units.get(good.item, Decimal(0)) for good in goods), Decimal(0))
            for goods in self.roles.values()
        )


def numbered(letter: str, count: int) -> list[str]:
    """Make names of equal length, so that they sort as they are counted.

    Examples
    --------
    >>> numbered("P", 3)
    ['P01', 'P02', 'P03']
    """
    width = max(3 if letter == "I" else 2, len(str(count)))
    return [f"{letter}{number:0{width}}" for number in range(1, count + 1)]


@dataclass
class Draft:
    """The rows of every table so far, and who plays which part.

    `receivers` ask, `donors` hold and offer, `contributors` only pay; `families` are the goods.
    """

    size: Size
    dice: Dice
    receivers: list[str] = field(default_factory=list)
    donors: list[str] = field(default_factory=list)
    contributors: list[str] = field(default_factory=list)
    families: list[Family] = field(default_factory=list)
    rows: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in TABLES})

    def add(self, table: str, **cells: Any) -> None:
        """Add a row with the scenario's source."""
        source = f"generated: seed {self.size.seed}"
        self.rows[table].append(TABLES[table](source=source, **cells))

    def replace(self, table: str, rows: Iterable[Row]) -> None:
        """Put other rows in the place of a table's."""
        self.rows[table] = list(rows)

    @property
    def goods(self) -> list[Good]:
        """All goods, family by family."""
        return [good for family in self.families for good in family.goods]

    def units(self, table: str) -> dict[tuple[str, str], Decimal]:
        """Add up the quantities of a table by party and item."""
        units: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for row in self.rows[table]:
            units[row.party, row.item] += row.quantity
        return units

    def day(self, period: int) -> date:
        """Draw a day of a period."""
        first = Calendar(START, "month", self.size.periods).first_day(period)
        return first + timedelta(days=self.dice.choice((0, 0, 0, 9, 14, 19)))

    def period(self, earliest: str, latest: str) -> int:
        """Draw a period between two shares of the horizon."""
        horizon = self.size.horizon
        return self.dice.whole(int(Decimal(earliest) * horizon), int(Decimal(latest) * horizon))
