"""What is agreed, as requirements of their own: the decisions of an earlier plan before a date.

In: the earlier plan and the date. Out: its decisions as requirements, each in words, and whether any
plan of a scenario keeps some of them. What things are used for is kept only where all dispatches and
orders are, and who pays only where all of that is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from ringtausch.language import _
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.frozen import freeze
from ringtausch.planning.infeasible import ConflictRow
from ringtausch.planning.lexicographic import has_plan
from ringtausch.planning.model import Model, build_model
from ringtausch.planning.no_longer import agreed
from ringtausch.planning.old_plan import Placed, place, refuse_other_scenario
from ringtausch.planning.solver import SolverFault, SolverOptions
from ringtausch.planning.watch import Watch
from ringtausch.records.plan import DECISIONS, Plan
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import field_name

__all__ = ["NOTHING_NEW", "PAYMENTS", "USES", "Case", "Commitment"]

#: What decisions that are imposed may be off, so that the rounding of a written plan does not bite.
_ROOM = 4e-7


@dataclass(frozen=True)
class Commitment:
    """Something agreed: a row of the earlier plan by table and place, or one of those below."""

    table: str
    place: int = -1


#: Nothing that is not agreed is decided before the date; what arrives is used for the same; and the
#: same funds pay the same shares.
NOTHING_NEW = Commitment("frozen")
USES = Commitment("uses")
PAYMENTS = Commitment("payments")


@dataclass(frozen=True)
class Case:
    """A scenario with what is agreed, and how long may be asked about it."""

    scenario: Scenario
    watch: Watch
    keep: Plan | None = None
    frozen: date | None = None

    def __post_init__(self) -> None:
        """Refuse a plan of another scenario."""
        if self.keep is not None:
            refuse_other_scenario(self.scenario, self.keep)

    def with_part_of_the_time(self, share: float) -> Case:
        """Return the same case with a share of the time that is left; stopping one stops both."""
        left = self.watch.left()
        limit = None if left == float("inf") else share * left
        return replace(self, watch=Watch(limit, stop=self.watch.stop))

    @property
    def first(self) -> int:
        """The period from which on plans may differ; 0 = nothing is agreed."""
        if self.keep is None or self.frozen is None:
            return 0
        calendar = self.scenario.calendar
        return min(calendar.index(self.frozen), calendar.count)

    def commitments(self) -> list[Commitment]:
        """List what is agreed: who pays first, what is handed over last."""
        if not self.first or self.keep is None:
            return []
        early = {id(p.row) for p in self._placed(self._model(self.scenario)) if self._is_early(p)}
        found = [PAYMENTS, USES, NOTHING_NEW]
        for table in ("orders", "dispatches"):
            rows = self.keep.rows(table)
            found += [Commitment(table, at) for at, row in enumerate(rows) if id(row) in early]
        return found

    def has_plan(
        self, scenario: Scenario, held: Collection[Commitment] | None = None
    ) -> bool | None:
        """Tell whether any plan of a scenario keeps some of what is agreed; all of it without `held`.

        None where time ran out before, or where the solver contradicts itself.
        """
        if not self.watch.left():
            return None
        model = self.imposed(scenario, self._model(scenario), held)
        if model is None:
            return False
        try:
            return has_plan(model, SolverOptions(), self.watch)
        except SolverFault:  # rows that are given free have numbers far from the others
            return None

    def imposed(
        self, scenario: Scenario, model: Model, held: Collection[Commitment] | None = None
    ) -> Model | None:
        """Impose what is agreed on the model of a scenario; None where something cannot be."""
        if not self.first or self.keep is None or (held is not None and not held):
            return model
        everything = self.commitments()
        held = everything if held is None else held
        rows = {id(self.keep.rows(c.table)[c.place]) for c in held if c.place >= 0}
        decided = all(c in held for c in everything if c.place >= 0)
        kept = {"settlements", "fulfilments"} if decided and USES in held else set()
        complete = len(held) == len(everything)
        kept |= {"payments"} if complete else set()
        placed = [p for p in self._placed(model, scenario) if id(p.row) in rows or p.table in kept]
        funds = [row.fund for row in scenario.funds]
        frozen = freeze(model, placed, self.first, funds)
        if frozen.impossible:
            return None
        released = [] if NOTHING_NEW in held else [()]
        imposed = frozen.imposed(model, room=_ROOM, released=released, payments=complete)
        return imposed if kept else _with_free_uses(model, imposed)

    def row_of(self, commitment: Commitment) -> ConflictRow:
        """Say what is agreed, with the row of the earlier plan where it is one."""
        assert self.keep is not None
        day = self.scenario.calendar.first_day(self.first).isoformat()
        if commitment.place < 0:
            sentence = {
                NOTHING_NEW: _(
                    "nothing that is not agreed is handed over, ordered or counted before {day}"
                ),
                USES: _("what arrives before {day} is used for what is agreed"),
                PAYMENTS: _("the same funds pay the same shares of what is charged before {day}"),
            }[commitment]
            return ConflictRow(commitment.table, 0, {"date": day}, sentence.format(day=day))
        row = self.keep.rows(commitment.table)[commitment.place]
        mine = next(p for p in self._placed(self._model(self.scenario)) if p.row is row)
        columns = [c for c in DECISIONS[commitment.table][1] if c not in {"quantity", "date"}]
        key = {column: str(getattr(row, field_name(column))) for column in columns}
        sentence = _("the agreed plan has {agreed}").format(agreed=agreed(self.scenario, mine))
        place_ = f"{commitment.table}.csv:{row.line}: " if row.line else ""
        return ConflictRow(commitment.table, row.line, key, place_ + sentence)

    def _is_early(self, placed: Placed) -> bool:
        return 0 <= placed.period < self.first

    def _model(self, scenario: Scenario) -> Model:
        return build_model(gather_facts(scenario), ())

    def _placed(self, model: Model, scenario: Scenario | None = None) -> list[Any]:
        assert self.keep is not None
        of = self.scenario if scenario is None else scenario
        return list(place(of, model.layout, self.keep, model.money_unit))


def _with_free_uses(model: Model, imposed: Model) -> Model:
    """Leave open what things are used for."""
    uses = (model.layout.settlements, model.layout.fulfilments)
    columns = np.concatenate([use.column for use in uses])
    lower, upper = imposed.lower.copy(), imposed.upper.copy()
    lower[columns], upper[columns] = model.lower[columns], model.upper[columns]
    return replace(imposed, lower=lower, upper=upper)
