"""What is agreed before a date, as bounds of columns: every decision as it was, and no new one.

In: a model and an earlier plan's decisions in it. Out: bounds. Dispatches, orders, settlements and
fulfilments keep their quantities. Payments keep their funds: each fund pays the same share of a charge
as it did, so that a price that has changed since does not forbid what was agreed. It solves nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ringtausch.planning.layout import Layout
from ringtausch.planning.model import Model
from ringtausch.planning.old_plan import Placed
from ringtausch.records.tables import CHARGE_PURPOSES

__all__ = ["Frozen", "freeze"]

_DUST = 1e-6
Group = tuple[Placed, ...]
#: Purpose, item and beneficiary by number, and the period.
Charge = tuple[int, int, int, int]


@dataclass(frozen=True)
class Frozen:
    """What is imposed before a period.

    `rows` are the earlier plan's by column; a column without rows, among those of the period
    before, is 0: nothing new. The empty group stands for that.
    """

    layout: Layout
    first: int
    rows: dict[int, Group] = field(default_factory=dict)
    paid: dict[int, float] = field(default_factory=dict)  # payment column -> what it pays at least
    open_: frozenset[tuple[int, int]] = frozenset()  # (class, period) with charges that are new
    payment_rows: dict[tuple[int, int], Group] = field(default_factory=dict)
    impossible: tuple[Placed, ...] = ()

    @property
    def amounts(self) -> dict[int, float]:
        """What each column is held at, in its own unit."""
        return {column: sum(p.amount for p in rows) for column, rows in self.rows.items()}

    @property
    def groups_of_decisions(self) -> list[Group]:
        """What could be released, what is less firm first: then dispatches are named rather."""
        order = ["settlements", "fulfilments", "orders", "dispatches"]
        return [(), *sorted(self.rows.values(), key=lambda rows: order.index(rows[0].table))]

    @property
    def groups_of_payments(self) -> list[Group]:
        """The payments that could be released: those of one class of charges and one period."""
        return list(self.payment_rows.values())

    def imposed(
        self,
        model: Model,
        *,
        room: float = 0.0,
        released: Iterable[Group] = (),
        payments: bool = True,
    ) -> Model:
        """Impose all but the released groups on a model, with room for what need not be whole."""
        if not self.first:
            return model
        lower, upper = model.lower.copy(), model.upper.copy()
        free = {id(group) for group in released}
        amounts = self.amounts
        if not any(group == () for group in released):
            for columns, period in _decisions(self.layout):
                upper[columns[period < self.first]] = 0.0
        for column, rows in self.rows.items():
            slack = 0.0 if model.whole[column] else room
            if id(rows) in free:
                lower[column], upper[column] = model.lower[column], model.upper[column]
            else:
                lower[column] = max(0.0, amounts[column] - slack)
                upper[column] = amounts[column] + slack
        if payments:
            self._impose_payments(lower, upper, room, free)
        return replace(model, lower=lower, upper=upper)

    def _impose_payments(
        self, lower: np.ndarray, upper: np.ndarray, room: float, free: set[int]
    ) -> None:
        layout = self.layout
        for at in np.flatnonzero(layout.pay_period < self.first).tolist():
            key = (int(layout.pay_class[at]), int(layout.pay_period[at]))
            if id(self.payment_rows.get(key)) in free:
                continue
            column = int(layout.pay[at])
            paid = self.paid.get(column, 0.0)
            slack = room * max(1.0, paid)
            lower[column] = max(0.0, paid - slack)
            if key not in self.open_:
                upper[column] = paid + slack


def _decisions(layout: Layout) -> list[tuple[np.ndarray, np.ndarray]]:
    groups = (layout.dispatches, layout.orders, layout.settlements, layout.fulfilments)
    return [(group.column, group.period) for group in groups]


def freeze(model: Model, placed: Sequence[Placed], first: int, funds: Sequence[str]) -> Frozen:
    """Collect what is imposed before a period, and what of it no plan can do.

    `funds` are the names of the scenario's funds, in their order.
    """
    layout = model.layout
    early = [p for p in placed if 0 <= p.period < first]
    by_column: dict[int, list[Placed]] = defaultdict(list)
    impossible = []
    for p in early:
        if p.table == "payments":
            continue
        if p.column < 0:
            impossible.append(p)
        else:
            by_column[p.column].append(p)
    rows: dict[int, Group] = {}
    for column, there in by_column.items():
        amount = sum(p.amount for p in there)
        fraction = model.whole[column] and abs(amount - round(amount)) > _DUST
        if fraction or amount > model.upper[column] + _DUST:
            impossible += there
        else:
            rows[column] = tuple(there)
    frozen = Frozen(layout, first, rows, impossible=tuple(impossible))
    return frozen if impossible or not first else _with_payments(model, frozen, early, funds)


def _with_payments(
    model: Model, frozen: Frozen, early: Sequence[Placed], names: Sequence[str]
) -> Frozen:
    """Have each fund pay the share of each charge that it paid in the earlier plan."""
    layout = model.layout
    shares = _shares(layout, early, names)
    columns = {
        (int(f), int(k), int(t)): int(c)
        for f, k, t, c in zip(
            layout.pay_fund, layout.pay_class, layout.pay_period, layout.pay, strict=True
        )
    }
    paid: dict[int, float] = defaultdict(float)
    groups: dict[tuple[int, int], list[Placed]] = defaultdict(list)
    open_: set[tuple[int, int]] = set()
    impossible: list[Placed] = []
    for charge, amount in _charges(layout, frozen).items():
        class_, period = int(layout.facts.funds.class_of[charge[:3]]), charge[3]
        funds = shares.get(charge, [])
        total = sum(p.quantity for _fund, p in funds)
        if total <= _DUST:
            open_.add((class_, period))
            continue
        for fund, p in funds:
            column = columns.get((fund, class_, period))
            if column is None:
                impossible.append(p)
                continue
            paid[column] += p.quantity / total * amount / model.money_unit
            groups[class_, period].append(p)
    return replace(
        frozen,
        paid=dict(paid),
        open_=frozenset(open_),
        payment_rows={key: tuple(rows) for key, rows in groups.items()},
        impossible=tuple(impossible),
    )


def _shares(
    layout: Layout, early: Sequence[Placed], funds: Sequence[str]
) -> dict[Charge, list[tuple[int, Placed]]]:
    """Say which fund paid how much of each charge; a fund that is gone has the number -1."""
    names = layout.facts.names
    numbers = {name: number for number, name in enumerate(funds)}
    found: dict[Charge, list[tuple[int, Placed]]] = defaultdict(list)
    for p in early:
        if p.table != "payments" or p.row.purpose not in CHARGE_PURPOSES:
            continue
        item, party = names.item.get(p.row.item, -1), names.party.get(p.row.party, -1)
        charge = (CHARGE_PURPOSES.index(p.row.purpose), item, party, p.period)
        found[charge].append((numbers.get(p.row.fund, -1), p))
    return found


def _charges(layout: Layout, frozen: Frozen) -> dict[Charge, float]:
    """Sum up what is charged before the period: by what is agreed, and by dues."""
    charges, dues = layout.charges, layout.facts.dues
    values = np.zeros(layout.count)
    for column, amount in frozen.amounts.items():
        values[column] = amount
    found: dict[Charge, float] = defaultdict(float)
    amounts = charges.amount * values[charges.column]
    for subject, charged in ((charges, amounts), (dues, dues.amount)):
        for at in np.flatnonzero((subject.period < frozen.first) & (charged > _DUST)).tolist():
            key = (subject.purpose[at], subject.item[at], subject.party[at], subject.period[at])
            found[int(key[0]), int(key[1]), int(key[2]), int(key[3])] += float(charged[at])
    return found
