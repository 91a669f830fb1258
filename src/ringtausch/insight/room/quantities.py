"""What a party gives, waits and pays in a plan, as costs of a model's columns.

In: a model. Out: for each party the quantities that room is measured in, each with its unit:
units of an item handed over, the value of all of it, unit-periods of debt, money from its funds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ringtausch.planning.arrays import FloatArray, IntArray
from ringtausch.planning.model import Model
from ringtausch.planning.objectives import Costs

__all__ = ["KINDS", "Given", "Kind", "Quantity", "given_items", "quantities"]

Kind = Literal["give", "wait", "pay"]
KINDS: tuple[Kind, ...] = ("give", "wait", "pay")


@dataclass(frozen=True)
class Quantity:
    """Something that a party gives, waits or pays; `item` is empty where all items are meant."""

    party: str
    kind: Kind
    item: str
    costs: Costs


@dataclass(frozen=True)
class Given:
    """The units of an item that a party hands over, and what one unit counts as moved."""

    party: str
    item: str
    costs: Costs
    value: float  # reporting currency per unit; 1 where the item has no value


def quantities(model: Model) -> Iterator[Quantity]:
    """List what each party gives of each item that it can give, and in value, waits and pays.

    The three totals are there for every party, also where they can only be 0.
    """
    layout, facts = model.layout, model.layout.facts
    x, value = layout.dispatches, facts.value
    given: dict[str, list[Quantity]] = {}
    for one in given_items(model):
        given.setdefault(one.party, []).append(
            Quantity(one.party, "give", one.item, one.costs),
        )
    owner = facts.funds.owner[layout.pay_fund]
    for number, party in enumerate(facts.names.parties):
        mine = x.giver == number
        yield from given.get(party, [])
        worth = value[x.item[mine]] * x.units[mine]
        yield Quantity(party, "give", "", _costs(model, x.column[mine], worth))
        owed = layout.debt[facts.debts.party == number].ravel()
        yield Quantity(party, "wait", "", _costs(model, owed, 1.0))
        paid = layout.pay[owner == number]
        yield Quantity(party, "pay", "", _costs(model, paid, model.money_unit))


def given_items(model: Model) -> list[Given]:
    """List what each party can hand over, party by party and item by item."""
    x, facts = model.layout.dispatches, model.layout.facts
    found = []
    for giver, item in sorted(set(zip(x.giver.tolist(), x.item.tolist(), strict=True))):
        mine = (x.giver == giver) & (x.item == item)
        costs = _costs(model, x.column[mine], x.units[mine])
        party, name = facts.names.parties[giver], facts.names.items[item]
        found.append(Given(party, name, costs, float(facts.moved_value[item])))
    return found


def _costs(model: Model, columns: IntArray, weights: FloatArray | float) -> Costs:
    cost = np.zeros(model.columns)
    np.add.at(cost, columns, weights)
    return Costs(cost)
