"""Consequences: what follows from clean decisions: stocks, debts, lateness, gaps, unmet needs.

In: the layout and the decisions. Out: arrays by party, item and period, and the six objectives'
values, computed from the decisions alone and not from the solver's columns.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.charges import COMPENSATION
from ringtausch.planning.decisions import Decisions
from ringtausch.planning.facts import Facts
from ringtausch.planning.layout import Layout
from ringtausch.planning.objectives import burden_constants, period_weights

__all__ = ["Consequences", "follow"]

#: What a step may lack because the solver rounds: as much as a written plan leaves out.
_NOISE = 1e-6


@dataclass(frozen=True)
class Consequences:
    """What follows from the decisions; quantities in units, money in the reporting currency."""

    stock: FloatArray  # (party, item, period)
    debt: FloatArray  # (account, period)
    late: FloatArray  # (account, period)
    gap: FloatArray  # (floor, period)
    unmet: FloatArray  # (need, period), 0 before it is due
    objectives: dict[str, float]


def follow(layout: Layout, decisions: Decisions) -> Consequences:
    """Compute what follows from the decisions."""
    facts = layout.facts
    x, o = layout.dispatches, layout.orders
    shape = facts.arrivals.shape
    out, comes = np.zeros(shape), facts.arrivals.copy()
    np.add.at(out, (x.giver, x.item, x.period), decisions.dispatched)
    np.add.at(comes, (x.receiver, x.item, x.arrives), decisions.dispatched)
    np.add.at(comes, (o.customer, o.item, o.delivered), decisions.ordered)
    stock = _tidy(facts.opening[:, :, None] + np.cumsum(comes - out, axis=2))
    debt, late = _debts(layout, decisions, out)
    gap = _gaps(facts, stock)
    unmet = _unmet(layout, decisions)
    return Consequences(
        stock, debt, late, gap, unmet, _objectives(layout, decisions, late, gap, unmet)
    )


def _tidy(values: FloatArray) -> FloatArray:
    """Round away what adding floats leaves; nothing here is below zero but for that."""
    return np.maximum(np.round(values, 9), 0.0)


def _debts(layout: Layout, decisions: Decisions, out: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Compute debts and how much of them is late (rules 6 and 7).

    What is still owed of the opening debts is as large as it may be: the least that was owed so
    far. Then as little is late as can be.
    """
    facts, y = layout.facts, layout.settlements
    debts = facts.debts
    owes = debts.ratio[:, None] * out[debts.party, debts.item]
    settled = np.zeros_like(owes)
    np.add.at(
        settled, (debts.accepting[y.subject], y.period), debts.rate[y.subject] * decisions.settled
    )
    debt = _tidy(debts.opening[:, None] + np.cumsum(owes - settled, axis=1))
    opening = np.minimum(debts.opening[:, None], np.minimum.accumulate(debt, axis=1))
    not_due = np.minimum(opening, debts.not_due)
    so_far = np.cumsum(owes, axis=1)
    ago = np.arange(facts.periods)[None, :] - debts.within[:, None]
    before = np.where(ago >= 0, np.take_along_axis(so_far, np.maximum(ago, 0), axis=1), 0.0)
    return debt, _tidy(debt - (so_far - before) - not_due)


def _gaps(facts: Facts, stock: FloatArray) -> FloatArray:
    """Compute how far each floor is not kept by its weakest role (rule 8)."""
    floors = facts.floors
    strength = np.zeros((len(floors.role_of), facts.periods))
    held = stock[floors.party[floors.role_of[floors.part_role]], floors.part_item]
    np.add.at(strength, floors.part_role, held * floors.part_weight[:, None])
    gap = np.zeros_like(floors.level)
    np.maximum.at(gap, floors.role_of, floors.level[floors.role_of] - strength)
    return _tidy(gap)


def _unmet(layout: Layout, decisions: Decisions) -> FloatArray:
    """Compute what is not served of each need from its due date on (rule 9)."""
    facts, z = layout.facts, layout.fulfilments
    needs = facts.needs
    served = np.zeros((len(needs.role_of), facts.periods))
    np.add.at(
        served,
        (needs.part_role[z.subject], z.period),
        needs.part_weight[z.subject] * decisions.served,
    )
    weakest = np.full((len(needs.party), facts.periods), np.inf)
    np.minimum.at(weakest, needs.role_of, np.cumsum(served, axis=1))
    step = np.where(needs.step > 0, needs.step, 1.0)[:, None]
    whole_steps = np.floor(weakest / step + _NOISE) * step
    counts = np.where((needs.step > 0)[:, None], whole_steps, weakest)
    due = np.arange(facts.periods)[None, :] >= needs.due[:, None]
    return _tidy(np.where(due, needs.quantity[:, None] - counts, 0.0))


def _objectives(
    layout: Layout,
    decisions: Decisions,
    late: FloatArray,
    gap: FloatArray,
    unmet: FloatArray,
) -> dict[str, float]:
    """Compute the six objectives from the decisions and what follows from them."""
    facts, x, o = layout.facts, layout.dispatches, layout.orders
    weights = facts.debts.weight[:, None] * period_weights(facts.periods, facts.settlement)
    quantities = np.zeros(layout.count)
    quantities[x.column] = decisions.dispatched / x.units
    quantities[o.column] = decisions.ordered / o.units
    charged = quantities[layout.charges.column] * layout.charges.amount
    moved = facts.moved_value
    return {
        "late_replacement": float((weights * late).sum()),
        "unmet_need": float((facts.needs.weight[:, None] * unmet).sum()),
        "capability_gap": float((facts.floors.weight * gap).sum()),
        "spend": float(charged.sum() + facts.dues.amount.sum()),
        "moved_value": float(
            moved[x.item] @ decisions.dispatched + moved[o.item] @ decisions.ordered
        ),
        "unfairness": _unfairness(layout, decisions, charged),
    }


def _unfairness(layout: Layout, decisions: Decisions, charged: FloatArray) -> float:
    """Return half of the distance between what each party bears and its share."""
    facts, x, o, charges = layout.facts, layout.dispatches, layout.orders, layout.charges
    bears = burden_constants(layout)
    for payment in decisions.payments:
        bears[facts.funds.owner[payment.fund]] += payment.amount
    np.add.at(bears, x.giver, facts.value[x.item] * decisions.dispatched)
    np.add.at(bears, x.receiver, -facts.value[x.item] * decisions.dispatched)
    np.add.at(bears, o.customer, -facts.value[o.item] * decisions.ordered)
    thanks = charges.purpose == COMPENSATION
    np.add.at(bears, charges.party[thanks], -charged[thanks])
    bears = np.where(facts.burdened, bears, 0.0)
    return 0.5 * float(np.abs(bears - facts.burden_share * bears.sum())[facts.burdened].sum())
