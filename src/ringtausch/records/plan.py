"""A plan: decisions (who dispatches, orders, settles, serves and pays what, when) and consequences.

In: rows, made by planning or read from a plan folder, perhaps edited by hand. It knows no solver.
Quantities are in units of the item, amounts in the reporting currency, both as floats.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import polars

__all__ = [
    "CONSEQUENCES",
    "DECISIONS",
    "PLAN_TABLES",
    "DebtLevel",
    "Dispatch",
    "Fulfilment",
    "GapLevel",
    "Objective",
    "Order",
    "Payment",
    "Plan",
    "PlanStatus",
    "Settlement",
    "StockLevel",
    "UnmetLevel",
]

PlanStatus = Literal["optimal", "feasible"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """What every row of a plan carries: a period's index, its first day, its line in the file."""

    period: int
    date: dt.date
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch(PlanRow):
    """Units of an offer that leave for a party; `arrives` is a period's index."""

    offer: str
    from_: str
    to: str
    item: str
    quantity: float
    arrives: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(PlanRow):
    """Units ordered from a supplier for a customer; `delivered` is a period's index."""

    supplier: str
    item: str
    customer: str
    quantity: float
    delivered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement(PlanRow):
    """Units of `accepted` that settle the party's debt of `item`."""

    party: str
    item: str
    accepted: str
    quantity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfilment(PlanRow):
    """Units of an item that serve a need from this period on."""

    need: str
    item: str
    quantity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(PlanRow):
    """Money that a fund pays for a charge; `party` is the beneficiary."""

    fund: str
    purpose: str
    item: str
    party: str
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StockLevel(PlanRow):
    """What a party holds at the end of a period."""

    party: str
    item: str
    quantity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtLevel(PlanRow):
    """What a party is owed at the end of a period, and how much of it is late."""

    party: str
    item: str
    quantity: float
    late: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLevel(PlanRow):
    """How far a party is below its floor."""

    party: str
    capability: str
    quantity: float
    floor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmetLevel(PlanRow):
    """How much of a need is not met, from its due date on."""

    need: str
    quantity: float


#: File name -> (row class, columns in the order of the page).
DECISIONS: dict[str, tuple[type[PlanRow], tuple[str, ...]]] = {
    "dispatches": (
        Dispatch,
        ("offer", "from", "to", "item", "period", "date", "quantity", "arrives"),
    ),
    "orders": (
        Order,
        ("supplier", "item", "customer", "period", "date", "quantity", "delivered"),
    ),
    "settlements": (Settlement, ("party", "item", "accepted", "period", "date", "quantity")),
    "fulfilments": (Fulfilment, ("need", "item", "period", "date", "quantity")),
    "payments": (Payment, ("fund", "purpose", "item", "party", "period", "date", "amount")),
}
CONSEQUENCES: dict[str, tuple[type[PlanRow], tuple[str, ...]]] = {
    "stocks": (StockLevel, ("party", "item", "period", "date", "quantity")),
    "debts": (DebtLevel, ("party", "item", "period", "date", "quantity", "late")),
    "gaps": (GapLevel, ("party", "capability", "period", "date", "quantity", "floor")),
    "unmet": (UnmetLevel, ("need", "period", "date", "quantity")),
}
PLAN_TABLES = DECISIONS | CONSEQUENCES


@dataclass(frozen=True, slots=True)
class Objective:
    """The value of an objective in the written plan, and the best value proved to be possible.

    `bound` is None where the objective was not optimised.
    """

    value: float
    bound: float | None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to do: decisions with their consequences, and how good that is.

    Each table is a data frame (`plan.dispatches`), and a tuple of typed rows with
    `plan.rows("dispatches")`. `settings` are those that reproduce the plan.
    """

    scenario_name: str
    scenario_hash: str
    status: PlanStatus
    objectives: dict[str, Objective]
    solver: dict[str, Any]
    seconds: float
    settings: dict[str, Any]
    tables: dict[str, tuple[Any, ...]]

    def rows(self, table: str) -> tuple[Any, ...]:
        """Return the rows of a table by the name of its file."""
        if table not in PLAN_TABLES:
            raise KeyError(f"no table {table!r} in a plan; there are {', '.join(PLAN_TABLES)}")
        return self.tables.get(table, ())

    def frame(self, table: str) -> polars.DataFrame:
        """Return a table as a data frame with the page's columns."""
        from ringtausch.records.frames import frame_of_plan_rows

        return frame_of_plan_rows(self.rows(table), *PLAN_TABLES[table])

    @property
    def dispatches(self) -> polars.DataFrame:
        """Who hands over what to whom, when."""
        return self.frame("dispatches")

    @property
    def orders(self) -> polars.DataFrame:
        """What is ordered from whom for whom, when."""
        return self.frame("orders")

    @property
    def settlements(self) -> polars.DataFrame:
        """What settles whose debt, when."""
        return self.frame("settlements")

    @property
    def fulfilments(self) -> polars.DataFrame:
        """What serves which need, when."""
        return self.frame("fulfilments")

    @property
    def payments(self) -> polars.DataFrame:
        """Which fund pays what for which charge, when."""
        return self.frame("payments")

    @property
    def stocks(self) -> polars.DataFrame:
        """What each party holds at the end of each period."""
        return self.frame("stocks")

    @property
    def debts(self) -> polars.DataFrame:
        """What each party is owed at the end of each period, and how much of it is late."""
        return self.frame("debts")

    @property
    def gaps(self) -> polars.DataFrame:
        """How far each party is below its floors."""
        return self.frame("gaps")

    @property
    def unmet(self) -> polars.DataFrame:
        """How much of each need is not met after its due date."""
        return self.frame("unmet")

    def write(self, folder: str | Path, *, force: bool = False) -> None:
        """Write the plan as a folder of CSV files with plan.json, whole or not at all.

        Raises
        ------
        OutputExists
            Something is there already and `force` is not given.
        """
        from ringtausch.records.plan_files import write_plan

        write_plan(self, folder, force=force)

    def __repr__(self) -> str:
        """Say what the plan is for and how it ended."""
        values = ", ".join(f"{name} {o.value:g}" for name, o in self.objectives.items())
        return f"<Plan for {self.scenario_name!r}: {self.status}; {values}>"

    def _repr_html_(self) -> str:
        from ringtausch.records.notebook import plan_html

        return plan_html(self)
