"""Read a scenario folder: sections "Time" and "Tables" of the planning problem.

In: the path of a folder that is assumed to be valid. Out: plain dicts with every default filled in, all
numbers exact fractions, and questions about them (which lane, which floor, how much capacity).
It knows nothing of the package under test and nothing of solvers.
"""

import csv
import datetime
import math
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

Row = dict[str, Any]

OBJECTIVES = (
    "late_replacement",
    "unmet_need",
    "capability_gap",
    "spend",
    "moved_value",
    "unfairness",
)
TABLES = (
    *("parties", "items", "capabilities", "stocks", "arrivals", "floors", "offers", "lanes"),
    *("supply", "production", "needs", "assurances", "debts", "exchange"),
    *("funds", "releases", "earmarks", "dues"),
)
# "Empty cells: a weight, ratio or rate = 1; lead, price, cost, value, compensation, max_gap = 0"
ONE = ("weight", "ratio", "rate")
ZERO = ("price", "unit_cost", "value", "compensation", "max_gap")
# "lot, step, if_others = none"; a lane's capacity: "empty = no limit"; burden_key: "not counted"
NONE = ("lot", "step", "if_others", "capacity", "burden_key")
FILLED = ("quantity", "amount")
DATES = ("date", "until", "due", "opens")
FLAGS = ("indivisible", "designable", "hard", "secured")


class Folder:
    """One scenario: its settings, its tables, and what the page says they mean."""

    def __init__(self, path: Path) -> None:
        with (path / "scenario.toml").open("rb") as file:
            document = tomllib.load(file, parse_float=Decimal)
        head: Row = document["scenario"]
        self.start: datetime.date = head["start"]
        self.kind: str = head["period"]
        self.horizon: int = head["horizon"]
        self.settlement: int = head["settlement"]
        self.periods = self.horizon + self.settlement  # T = horizon + settlement
        self.currency: str = head["currency"]
        self.objectives = [str(name) for name in head.get("objectives", OBJECTIVES)]
        self.tolerance = _exact(document.get("tolerance", {}))
        self.allowance = _exact(document.get("allowance", {}))
        self.fx = _exact(document.get("fx", {}))
        self.tables = {name: _table(path / f"{name}.csv", name) for name in TABLES}
        self.items = [str(row["item"]) for row in self.tables["items"]]
        self.parties = [str(row["party"]) for row in self.tables["parties"]]

    # Time

    def index(self, day: datetime.date) -> int:
        """Give the period of a date: before start = 0; after the last period = T or more."""
        if day < self.start:
            return 0
        if self.kind == "week":
            return (_monday(day) - _monday(self.start)).days // 7
        months = 12 * (day.year - self.start.year) + day.month - self.start.month
        if self.kind == "month":
            return months
        return (months + (self.start.month - 1) % 3) // 3

    def window(self, first: datetime.date | str | None, last: datetime.date | None) -> range:
        """Give the open periods: first through last, empty = no limit, last < start = closed."""
        if first == "never" or (last is not None and last < self.start):
            return range(0)
        begin = self.index(first) if isinstance(first, datetime.date) else 0
        end = self.periods - 1 if last is None else min(self.index(last), self.periods - 1)
        return range(begin, end + 1)

    def begun(self, rows: Iterable[Row], t: int) -> Row | None:
        """Of the rows that have begun by t, the latest date counts (floors, production)."""
        ready = [row for row in rows if self.index(row["from"]) <= t]
        return max(ready, key=lambda row: row["from"], default=None)

    # Money

    def rate(self, currency: str) -> Fraction:
        """Give the reporting currency per unit of a currency; empty = the reporting currency."""
        return Fraction(1) if currency in ("", self.currency) else self.fx[currency]

    def money(self, row: Row, column: str) -> Fraction:
        """Give a row's money in the reporting currency."""
        return Fraction(row[column]) * self.rate(row["currency"])

    # Items and capabilities

    @cached_property
    def whole(self) -> dict[str, bool]:
        """Say which items are indivisible."""
        return {row["item"]: row["indivisible"] for row in self.tables["items"]}

    @cached_property
    def value(self) -> dict[str, Fraction]:
        """Give the value of one unit of each item, in the reporting currency; empty = 0."""
        return {row["item"]: self.money(row, "value") for row in self.tables["items"]}

    def roles(self, capability: str) -> dict[str, dict[str, Fraction]]:
        """Give role -> item -> weight; an item is a capability of its own name, of which it gives 1."""
        if capability in self.items:
            return {"": {capability: Fraction(1)}}
        found: dict[str, dict[str, Fraction]] = {}
        for row in self.tables["capabilities"]:
            if row["capability"] == capability:
                found.setdefault(row["role"], {})[row["item"]] = row["weight"]
        return found

    def counted(self, capability: str) -> list[str]:
        """List the items that a capability counts: weight above 0 (rule 5)."""
        weights = self.roles(capability).values()
        return [item for role in weights for item, weight in role.items() if weight > 0]

    # Stocks and what comes in any case

    def opening(self, party: str, item: str) -> Fraction:
        """Give what is in hand at start."""
        return _added(self.rows("stocks", party=party, item=item), "quantity")

    def arrivals(self, party: str, item: str, t: int, *, designable: bool = False) -> Fraction:
        """Give the arrivals of one period; with `designable`, only those rows."""
        rows = self.rows("arrivals", party=party, item=item)
        here = [row for row in rows if self.index(row["date"]) == t]
        return _added([row for row in here if row["designable"] or not designable], "quantity")

    def floor(self, party: str, capability: str, t: int) -> Row | None:
        """Give the floor row that counts in t, if one has begun."""
        return self.begun(self.rows("floors", party=party, capability=capability), t)

    # Lanes, supply, production

    def lane(self, origin: str, target: str, item: str) -> Row | None:
        """Give the row that counts for one lane; from and to are never the same party."""
        if origin == target:
            return None
        wanted = {"from": origin, "to": target, "item": item}
        return _most_specific(self.tables["lanes"], wanted)

    def supply(self, supplier: str, item: str, customer: str) -> Row | None:
        """Give the row that counts for one supplier, item and customer."""
        wanted = {"supplier": supplier, "item": item, "customer": customer}
        return _most_specific(self.tables["supply"], wanted)

    @cached_property
    def suppliers(self) -> list[str]:
        """List everybody who sells something."""
        return sorted({row["supplier"] for row in self.tables["supply"]})

    def production(self, supplier: str, item: str, t: int) -> Fraction:
        """Give the units deliverable in t (rule 4); a whole item counts when it is completed."""
        if not self.whole[item]:
            return self._flow(supplier, item, t)
        through = sum((self._flow(supplier, item, s) for s in range(t + 1)), Fraction(0))
        before = through - self._flow(supplier, item, t)
        return Fraction(math.floor(through) - math.floor(before))

    def _flow(self, supplier: str, item: str, t: int) -> Fraction:
        row = self.begun(self.rows("production", supplier=supplier, item=item), t)
        return Fraction(0) if row is None else Fraction(row["capacity"])

    # Promises

    def assurance(self, party: str, item: str) -> Row | None:
        """Give the assurance that a party holds for an item, if any."""
        return next(iter(self.rows("assurances", party=party, item=item)), None)

    @cached_property
    def owed_pairs(self) -> list[tuple[str, str]]:
        """List the (party, item) pairs with an assurance or a debt row (rule 6)."""
        rows = self.tables["assurances"] + self.tables["debts"]
        return sorted({(row["party"], row["item"]) for row in rows})

    def owed_at_start(self, party: str, item: str, due_after: int = -1) -> Fraction:
        """Add up the debts rows whose due period is after a period; by default all rows."""
        rows = self.rows("debts", party=party, item=item)
        return _added([row for row in rows if self.index(row["due"]) > due_after], "quantity")

    def accepted(self, party: str, given: str) -> dict[str, Fraction]:
        """Give accepted item -> rate; the item itself is always accepted at rate 1."""
        rows = self.rows("exchange", party=party, given=given)
        return {row["accepted"]: row["rate"] for row in rows} | {given: Fraction(1)}

    # Funds

    def releases(self, fund: Row, t: int) -> Fraction:
        """Add up a fund's releases up to t, in the reporting currency (rule 11)."""
        rows = self.rows("releases", fund=fund["fund"])
        ready = [row for row in rows if self.index(row["date"]) <= t]
        return _added(ready, "amount") * self.rate(fund["currency"])

    def eligible(self, fund: Row, charge: tuple[str, str, str]) -> bool:
        """Say whether a fund may pay a charge; rows are alternatives, no row = anything."""
        rows = self.rows("earmarks", fund=fund["fund"])
        columns = ("purpose", "item", "party")
        fits = [
            all(row[column] in ("*", asked) for column, asked in zip(columns, charge, strict=True))
            for row in rows
        ]
        return not rows or any(fits)

    def rows(self, table: str, **wanted: str) -> list[Row]:
        """List the rows of a table whose columns have the wanted values."""
        return [row for row in self.tables[table] if all(row[key] == wanted[key] for key in wanted)]


def _exact(numbers: Row) -> dict[str, Fraction]:
    return {name: Fraction(number) for name, number in numbers.items()}


def _monday(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())


def _added(rows: Iterable[Row], column: str) -> Fraction:
    return sum((Fraction(row[column]) for row in rows), Fraction(0))


def _most_specific(rows: list[Row], wanted: dict[str, str]) -> Row | None:
    """Of the rows that match, take the one with most columns named; at a tie the later row."""
    best: Row | None = None
    most = -1
    for row in rows:
        if all(row[column] in ("*", name) for column, name in wanted.items()):
            named = sum(row[column] != "*" for column in wanted)
            if named >= most:
                best, most = row, named
    return best


def _table(path: Path, table: str) -> list[Row]:
    """Read one CSV table; a table that is left out has no rows."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [_row(cells, table) for cells in csv.DictReader(file)]


def _row(cells: dict[str, str], table: str) -> Row:
    """Convert one row; an optional column that is left out reads as empty."""
    every = (*ONE, *ZERO, *NONE, *FILLED, *DATES, *FLAGS)
    row: Row = dict.fromkeys((*every, "from", "to", "currency", "role", "payments"), "")
    row.update({name: (cell or "").strip() for name, cell in cells.items()})
    for column in (*ONE, *ZERO, *NONE, *FILLED):
        row[column] = _number(row[column], column)
    for column in FLAGS:
        row[column] = row[column].lower() in ("true", "yes", "1")
    dates = DATES if table == "lanes" else (*DATES, "from")
    for column in dates:
        row[column] = _date(row[column])
    for column in ("lead", "within"):
        row[column] = int(row.get(column) or 0)
    if table == "offers":
        row["to"] = row["to"] or "*"
    row["payments"] = _payments(row["payments"])
    return row


def _number(cell: str, column: str) -> Fraction | None:
    if cell:
        return Fraction(cell)
    if column in ONE:
        return Fraction(1)
    return None if column in NONE else Fraction(0)


def _date(cell: str) -> datetime.date | str | None:
    if cell == "never":
        return cell
    return datetime.date.fromisoformat(cell) if cell else None


def _payments(cell: str) -> list[tuple[int, Fraction]]:
    """Read `0:0.3 12:0.7`; empty = all at order."""
    if not cell:
        return [(0, Fraction(1))]
    pairs = (part.split(":") for part in cell.split())
    return [(int(offset), Fraction(share)) for offset, share in pairs]
