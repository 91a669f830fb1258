"""Rules 8 and 9: floor and need.

In: the layout of columns with the facts behind it. Out: rows. One function per rule.
"""

from __future__ import annotations

import numpy as np

from ringtausch.planning.layout import Layout
from ringtausch.planning.rows import Rows

__all__ = ["floor", "served_so_far", "steps_served", "unmet_need"]


def floor(layout: Layout) -> Rows:
    """Each role keeps the floor but for the gap: Σ weight·S + g ≥ floor (rule 8)."""
    floors = layout.facts.floors
    level = floors.level[floors.role_of]
    rows = Rows.at_least("floor", level)
    number = np.arange(level.size).reshape(level.shape)
    rows.add(number, layout.gap[floors.role_of], 1.0)
    party = floors.party[floors.role_of[floors.part_role]]
    stock = layout.stock[layout.stock_pair[party, floors.part_item]]
    rows.add(number[floors.part_role], stock, floors.part_weight[:, None])
    return rows


def served_so_far(layout: Layout) -> Rows:
    """Count what serves each role of a need so far: Σ_{τ≤t} Σ_j weight·z (rule 9).

    That what serves a need stays in stock needs no row: a party offers nothing that its own needs
    count, so that it has at least what has arrived.
    """
    needs, z, served = layout.facts.needs, layout.fulfilments, layout.served
    rows = Rows.equal("need", np.zeros(served.size))
    number = np.arange(served.size).reshape(served.shape)
    rows.add(number, served, 1.0)
    rows.add(number[:, 1:], served[:, :-1], -1.0)
    row = number[needs.part_role[z.subject], z.period]
    rows.add(row, z.column, -needs.part_weight[z.subject])
    return rows


def steps_served(layout: Layout) -> Rows:
    """Only whole steps count, of the weakest role: step·v ≤ served (rule 9)."""
    needs, periods = layout.facts.needs, layout.facts.periods
    steps = layout.steps[needs.role_of]
    role, period = np.nonzero(steps >= 0)
    rows = Rows.at_most("need", np.zeros(len(role)))
    number = np.arange(len(role))
    rows.add(number, steps[role, period], needs.step[needs.role_of[role]])
    rows.add(number, layout.served[role, period], -1.0)
    assert layout.served.shape[1] == periods
    return rows


def unmet_need(layout: Layout) -> Rows:
    """What is not served from the due date on is unmet: u + v ≥ quantity (rule 9).

    Without steps v is what the weakest role has been served: one row for each role.
    """
    needs = layout.facts.needs
    unmet, steps = layout.unmet[needs.role_of], layout.steps[needs.role_of]
    role, period = np.nonzero((unmet >= 0) & (steps < 0))
    need, when = np.nonzero(layout.steps >= 0)
    rows = Rows.at_least(
        "need", np.concatenate([needs.quantity[needs.role_of[role]], needs.quantity[need]])
    )
    plain, stepped = np.arange(len(role)), len(role) + np.arange(len(need))
    rows.add(plain, unmet[role, period], 1.0)
    rows.add(plain, layout.served[role, period], 1.0)
    rows.add(stepped, layout.unmet[need, when], 1.0)
    rows.add(stepped, layout.steps[need, when], needs.step[need])
    return rows
