"""The decisions of a plan, row by row, and what is wrong with a row by itself.

In: the rows of the five decisions files. Out: the rows that can be reckoned with, and violations of
form (rule 0): names that the scenario does not have, periods outside the plan, numbers that are no
quantity, dates and arrivals that contradict the period. A row is kept as far as it can be read, so
that one slip of the pen does not look like ten.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, isfinite
from typing import Any

from ringtausch.insight.verify import messages as say
from ringtausch.insight.verify.facts import Facts
from ringtausch.insight.verify.tolerances import DUST
from ringtausch.insight.verify.violation import Place, Violation, broken
from ringtausch.records import Fund, Lane, Need, Offer, Plan, Supply

__all__ = ["Decisions", "Dispatched", "Ordered", "Paid", "Served", "Settled", "read_decisions"]

_PURPOSES = ("order", "handover", "compensation")


@dataclass(frozen=True, slots=True)
class Dispatched:
    """Units sent from one party to another; `offer` and `lane` are None where there is none."""

    place: Place
    offer: Offer | None
    lane: Lane | None
    from_: str
    to: str
    item: str
    period: int
    arrives: int
    quantity: float


@dataclass(frozen=True, slots=True)
class Ordered:
    """Units bought for a customer; `supply` is None where no row allows the purchase."""

    place: Place
    supply: Supply | None
    supplier: str
    item: str
    customer: str
    period: int
    delivered: int
    quantity: float


@dataclass(frozen=True, slots=True)
class Settled:
    """Arrived units of `accepted` that settle a debt of `item`."""

    place: Place
    party: str
    item: str
    accepted: str
    period: int
    quantity: float


@dataclass(frozen=True, slots=True)
class Served:
    """Arrived units that serve a need."""

    place: Place
    need: Need
    item: str
    period: int
    quantity: float


@dataclass(frozen=True, slots=True)
class Paid:
    """Money in the reporting currency from a fund for a charge; `fund` is None where unknown."""

    place: Place
    fund: Fund | None
    purpose: str
    item: str
    party: str
    period: int
    amount: float


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of a plan that can be reckoned with."""

    dispatches: tuple[Dispatched, ...]
    orders: tuple[Ordered, ...]
    settlements: tuple[Settled, ...]
    fulfilments: tuple[Served, ...]
    payments: tuple[Paid, ...]


def read_decisions(facts: Facts, plan: Plan) -> tuple[Decisions, list[Violation]]:
    """Read the five decisions files and list what is wrong with their form."""
    reader = _Reader(facts)
    decisions = Decisions(
        dispatches=tuple(reader.dispatches(plan)),
        orders=tuple(reader.orders(plan)),
        settlements=tuple(reader.settlements(plan)),
        fulfilments=tuple(reader.fulfilments(plan)),
        payments=tuple(reader.payments(plan)),
    )
    return decisions, reader.found


class _Reader:
    """Reads the files in turn and collects what is wrong with them."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.found: list[Violation] = []
        self.known: dict[str, Collection[str]] = {
            "party": facts.parties,
            "item": facts.items,
            "offer": facts.offers,
            "need": facts.needs,
            "fund": facts.funds,
            "supplier": facts.suppliers,
            "purpose": _PURPOSES,
        }

    # ---- the files

    def dispatches(self, plan: Plan) -> Iterator[Dispatched]:
        for place, row in self._rows(plan, "dispatches"):
            facts = self.facts
            offer = facts.offers.get(row.offer)
            names = [("party", row.from_), ("party", row.to), ("item", row.item)]
            self._known(place, ("offer", row.offer))
            if not self._usable(place, row, names) or not self._counted(place, row, row.item):
                continue
            lane = facts.lane(row.from_, row.to, row.item)
            arrives = row.arrives if lane is None else row.period + lane.lead
            if row.arrives != arrives:
                text = say.wrong_arrival(place, row.arrives, row.period, arrives)
                self._report(place, (row.offer, row.to), text)
            yield Dispatched(
                place, offer, lane, row.from_, row.to, row.item, row.period, arrives, row.quantity
            )

    def orders(self, plan: Plan) -> Iterator[Ordered]:
        for place, row in self._rows(plan, "orders"):
            names = [("supplier", row.supplier), ("item", row.item), ("party", row.customer)]
            if not self._usable(place, row, names) or not self._counted(place, row, row.item):
                continue
            supply = self.facts.supply(row.supplier, row.item, row.customer)
            delivered = row.delivered if supply is None else row.period + supply.lead
            if row.delivered != delivered:
                text = say.wrong_delivery(place, row.delivered, row.period, delivered)
                self._report(place, (row.supplier, row.item, row.customer), text)
            yield Ordered(
                place, supply, row.supplier, row.item, row.customer, row.period, delivered,
                row.quantity,
            )  # fmt: skip

    def settlements(self, plan: Plan) -> Iterator[Settled]:
        for place, row in self._rows(plan, "settlements"):
            names = [("party", row.party), ("item", row.item), ("item", row.accepted)]
            if self._usable(place, row, names) and self._counted(place, row, row.accepted):
                yield Settled(place, row.party, row.item, row.accepted, row.period, row.quantity)

    def fulfilments(self, plan: Plan) -> Iterator[Served]:
        for place, row in self._rows(plan, "fulfilments"):
            names = [("need", row.need), ("item", row.item)]
            if self._usable(place, row, names) and self._counted(place, row, row.item):
                need = self.facts.needs[row.need]
                yield Served(place, need, row.item, row.period, row.quantity)

    def payments(self, plan: Plan) -> Iterator[Paid]:
        for place, row in self._rows(plan, "payments"):
            fund = self.facts.funds.get(row.fund)
            self._known(place, ("fund", row.fund))
            names = [("purpose", row.purpose), ("item", row.item), ("party", row.party)]
            if not self._usable(place, row, names):
                continue
            if not isfinite(row.amount) or row.amount < 0:
                self._report(place, (row.fund,), say.not_an_amount(place, row.amount))
            elif row.amount > 0:
                yield Paid(
                    place, fund, row.purpose, row.item, row.party, row.period, row.amount
                )  # fmt: skip

    # ---- what is wrong with a row by itself

    def _rows(self, plan: Plan, table: str) -> Iterator[tuple[Place, Any]]:
        for line, row in enumerate(plan.rows(table), start=2):
            yield Place(f"{table}.csv", row.line or line), row  # a plan just made has no lines yet

    def _report(self, place: Place, key: tuple[object, ...], text: str, amount: float = 0) -> None:
        self.found.append(broken(0, place, key, amount, text))

    def _usable(self, place: Place, row: Any, names: Iterable[tuple[str, str]]) -> bool:
        """Check names and time; a wrong date alone does not make a row useless."""
        known = [self._known(place, name) for name in names]
        return self._in_time(place, row.period, row.date) and all(known)

    def _known(self, place: Place, kind_and_name: tuple[str, str]) -> bool:
        kind, name = kind_and_name
        known = self.known[kind]
        if name in known:
            return True
        self._report(place, (name,), say.unknown_name(place, kind, name, known))
        return False

    def _in_time(self, place: Place, period: int, day: date) -> bool:
        if not 0 <= period < self.facts.count:
            self._report(place, (period,), say.no_such_period(place, period, self.facts.count))
            return False
        first_day = self.facts.calendar.first_day(period)
        if day not in {first_day, date.min}:  # a file without dates reads as the earliest date
            self._report(place, (period,), say.wrong_date(place, day, period, first_day))
        return True

    def _counted(self, place: Place, row: Any, item: str) -> bool:
        """Check that the quantity is one; a row of 0 is none at all."""
        quantity: float = row.quantity
        if not isfinite(quantity) or quantity < 0 or 0 < quantity < DUST:
            self._report(place, (item,), say.not_a_quantity(place, quantity))
            return False
        fraction = abs(quantity - round(quantity))
        if self.facts.items[item].indivisible and fraction > DUST:
            text = say.not_whole(place, quantity, item, floor(quantity), ceil(quantity))
            self._report(place, (item,), text, fraction)
        return quantity > 0
