"""States as low as a plan's decisions allow: what reductions that lower states may rely on.

In: a model and a solution of it. Out: the same decisions with the states that follow: the opening debts
taken for settled last, and lateness, gaps and distances from the shares no larger than the rows ask.
"""

from __future__ import annotations

import numpy as np

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.layout import Layout
from ringtausch.planning.model import Model

__all__ = ["settled_states"]


def settled_states(model: Model, columns: FloatArray) -> FloatArray:
    """Return the solution with the same decisions, and states that are lowered."""
    found = columns.copy()
    _lateness(model.layout, found)
    _gaps(model.layout, found)
    _distances(model.layout, found)
    return found


def _lateness(layout: Layout, found: FloatArray) -> None:
    debts, periods = layout.facts.debts, layout.facts.periods
    for account in range(len(debts.party)):
        still_owed = debts.opening[account]
        for t in range(periods):
            debt = found[layout.debt[account, t]]
            excused = 0.0
            if layout.opening_debt[account, t] >= 0:
                still_owed = min(still_owed, debt)
                excused = min(still_owed, debts.not_due[account, t])
                found[layout.opening_debt[account, t]] = still_owed
                found[layout.opening_not_due[account, t]] = excused
            handed = layout.handed[account]
            ago = t - debts.within[account]
            recent = 0.0
            if handed[0] >= 0:
                before = found[handed[ago]] if ago >= 0 else 0.0
                recent = debts.ratio[account] * (found[handed[t]] - before)
            found[layout.late[account, t]] = max(0.0, debt - recent - excused)


def _gaps(layout: Layout, found: FloatArray) -> None:
    floors = layout.facts.floors
    for floor, row in enumerate(layout.gap):
        for t, gap in enumerate(row):
            lacking = [0.0]
            for role in np.flatnonzero(floors.role_of == floor):
                strength = 0.0
                for part in np.flatnonzero(floors.part_role == role):
                    pair = layout.stock_pair[floors.party[floor], floors.part_item[part]]
                    strength += floors.part_weight[part] * found[layout.stock[pair, t]]
                lacking.append(floors.level[floor, t] - strength)
            found[gap] = max(lacking)


def _distances(layout: Layout, found: FloatArray) -> None:
    counted = np.flatnonzero(layout.burden >= 0)
    burden = found[layout.burden[counted]]
    away = burden - layout.facts.burden_share[counted] * burden.sum()
    found[layout.above[counted]] = np.maximum(away, 0.0)
    found[layout.below[counted]] = np.maximum(-away, 0.0)
