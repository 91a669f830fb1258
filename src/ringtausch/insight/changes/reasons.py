"""Why something of an earlier plan did not stay: the row that forbids it, or what keeping it costs.

In: what differs between two plans, and the scenario's model. Out: for each a reason that is proved: one
row of the scenario that alone stands in the way, or the first objective that would be worse, found by
planning again with it imposed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ringtausch.insight.changes.moves import TABLES, Move
from ringtausch.planning.imposing import Cost, first_cost
from ringtausch.planning.keep import Kept
from ringtausch.planning.no_longer import obstacle
from ringtausch.planning.old_plan import Placed, place
from ringtausch.planning.placing import decision_columns
from ringtausch.planning.watch import Watch
from ringtausch.records import Plan

__all__ = ["Reason", "Reasons"]

_INFINITE = float("inf")


@dataclass(frozen=True)
class Reason:
    """Why something changed.

    `forbidden`: a row of the scenario alone does not allow it any more (`row` says which).
    `impossible`: no plan that obeys all rules has it as it was. `costly`: every plan that has it as it
    was is worse in `objective`, by `amount`. `free`: it could be as it was, at no cost to any
    objective. `unknown`: not found within the time.
    """

    kind: Literal["forbidden", "impossible", "costly", "free", "unknown"]
    row: str = ""
    objective: str = ""
    amount: float = 0.0
    at_all: bool = False  # another period would do as well; it is costly to have it in none


_KINDS: dict[str, Literal["impossible", "costly", "free", "unknown"]] = {
    "impossible": "impossible",
    "worse": "costly",
    "free": "free",
    "unknown": "unknown",
}


class Reasons:
    """Finds reasons for what differs between a kept plan and the new one."""

    def __init__(self, kept: Kept, new: Plan, watch: Watch) -> None:
        self.kept, self.watch = kept, watch
        self.model = kept.plain if kept.frozen.impossible else kept.frozen.imposed(kept.plain)
        scenario, model = kept.scenario, kept.plain
        self.best = {name: new.objectives[name].value for name in model.objectives}
        self.caps = {name: self._cap(name) for name in model.objectives}
        self.columns = decision_columns(scenario, model.layout, model.money_unit)
        self.old = _by_move(kept.placed)
        self.new = _by_move(place(scenario, model.layout, new, model.money_unit))

    def of(self, move: Move) -> Reason:
        """Say why something is not as it was."""
        if move.before is not None:
            rows = self.old[move.table, move.names, move.before]
            facts = self.kept.plain.layout.facts
            against = [obstacle(self.kept.scenario, facts, placed) for placed in rows]
            if any(against):
                return Reason("forbidden", row=next(text for text in against if text))
            bounds = _at_least(rows)
            return _told(self._cost(bounds))
        assert move.after is not None
        most = self._before(move)
        found = _told(self._cost({c: b for c, b in most.items() if c in self._columns_now(move)}))
        if found.kind != "free" or len(most) == 1:
            return found
        at_all = _told(self._cost(most))
        return found if at_all.kind in {"free", "unknown"} else replace(at_all, at_all=True)

    def _cost(self, bounds: Mapping[int, tuple[float, float]]) -> Cost:
        return first_cost(self.model, self.best, self.caps, bounds, self.watch)

    def _columns_now(self, move: Move) -> set[int]:
        """Return the columns of what is new in its period."""
        assert move.after is not None
        return {placed.column for placed in self.new[move.table, move.names, move.after]}

    def _before(self, move: Move) -> dict[int, tuple[float, float]]:
        """Bound all columns that are about the same, in every period, by what they were."""
        names = move.names[::2][:2] if move.table == "dispatches" else move.names
        columns, _units = self.columns[move.table]
        then: dict[int, float] = defaultdict(float)
        for placed in self.kept.placed:
            then[placed.column] += placed.amount
        return {
            column: (0.0, then.get(column, 0.0))
            for key, column in columns.items()
            if key[:-1] == names
        }

    def _cap(self, name: str) -> float:
        """Return what the scenario lets an objective be while later ones are improved."""
        scenario, value = self.kept.scenario, self.best[name]
        tolerance = float(scenario.tolerance.get(name, 0))
        return max(value, value * (1 + tolerance) + float(scenario.allowance.get(name, 0)))


_ByMove = Mapping[tuple[str, tuple[str, ...], int], list[Placed]]


def _by_move(placed: list[Placed] | tuple[Placed, ...]) -> _ByMove:
    found: dict[tuple[str, tuple[str, ...], int], list[Placed]] = defaultdict(list)
    for p in placed:
        if p.table in TABLES:
            names = tuple(getattr(p.row, field) for field in TABLES[p.table])
            found[p.table, names, p.period].append(p)
    return found


def _at_least(rows: list[Placed]) -> dict[int, tuple[float, float]]:
    bounds: dict[int, tuple[float, float]] = {}
    for p in rows:
        low, _high = bounds.get(p.column, (0.0, 0.0))
        bounds[p.column] = (low + p.amount, _INFINITE)
    return bounds


def _told(cost: Cost) -> Reason:
    return Reason(_KINDS[cost.status], objective=cost.objective, amount=cost.amount)
