"""The names of a model's decision columns: what each is about, and its period.

In: a layout. Out: for each table of a plan, the column of every decision that there is here. Names are
matched, not numbers, so that a plan of another state of the scenario finds its columns too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ringtausch.planning.arrays import FloatArray, IntArray
from ringtausch.planning.layout import Layout
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import CHARGE_PURPOSES

__all__ = ["decision_columns", "decision_key"]

_Key = tuple[Any, ...]


def decision_key(table: str, row: Any, layout: Layout) -> _Key:
    """Name the column of a row of a plan: what it is about, and its period."""
    if table == "dispatches":
        return row.offer, row.to, row.period
    if table == "orders":
        return row.supplier, row.item, row.customer, row.period
    if table == "settlements":
        return row.party, row.item, row.accepted, row.period
    if table == "fulfilments":
        return row.need, row.item, row.period
    names, funds = layout.facts.names, layout.facts.funds
    if row.item not in names.item or row.party not in names.party:
        return ()
    purpose = CHARGE_PURPOSES.index(row.purpose)
    class_ = funds.class_of[purpose, names.item[row.item], names.party[row.party]]
    return row.fund, int(class_), row.period


def decision_columns(
    scenario: Scenario, layout: Layout, money_unit: float
) -> dict[str, tuple[dict[_Key, int], FloatArray]]:
    """Name every decision column of a layout as `decision_key` does, with the units of each column."""
    facts = layout.facts
    parties, items = facts.names.parties, facts.names.items
    x, o, y, z = layout.dispatches, layout.orders, layout.settlements, layout.fulfilments
    units = np.ones(layout.count)
    units[x.column], units[o.column], units[layout.pay] = x.units, o.units, money_unit
    offers = [row.offer for row in scenario.offers]
    needs = [row.need for row in scenario.needs]
    funds = [row.fund for row in scenario.funds]
    debts, asked = facts.debts, facts.needs
    account = debts.accepting[y.subject]
    need = asked.role_of[asked.part_role[z.subject]]
    line = facts.purchases.line[o.purchase]
    keys: dict[str, tuple[Iterable[_Key], IntArray]] = {
        "dispatches": (
            zip(_names(offers, x.offer), _names(parties, x.receiver), x.period.tolist(),
                strict=True),
            x.column,
        ),
        "orders": (
            zip(_names(facts.lines.supplier, line), _names(items, o.item),
                _names(parties, o.customer), o.period.tolist(), strict=True),
            o.column,
        ),
        "settlements": (
            zip(_names(parties, debts.party[account]), _names(items, debts.item[account]),
                _names(items, y.item), y.period.tolist(), strict=True),
            y.column,
        ),
        "fulfilments": (
            zip(_names(needs, need), _names(items, z.item), z.period.tolist(), strict=True),
            z.column,
        ),
        "payments": (
            zip(_names(funds, layout.pay_fund), layout.pay_class.tolist(),
                layout.pay_period.tolist(), strict=True),
            layout.pay,
        ),
    }  # fmt: skip
    return {
        table: (dict(zip(named, column.tolist(), strict=True)), units)
        for table, (named, column) in keys.items()
    }


def _names(names: Iterable[str], numbers: IntArray) -> list[str]:
    known = list(names)
    return [known[number] for number in numbers.tolist()]
