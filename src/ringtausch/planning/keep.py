"""An earlier plan in a scenario's model: what of it is imposed, and how much a plan changes of it.

In: a scenario's model and an earlier plan of it. Out: `Kept`: its decisions in the model, what is agreed
before a date as bounds, and the model with two objectives more, after the scenario's own: the change of
dispatches and orders, then the change of what they are used for and who pays. It solves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ringtausch.planning.change import Change, change_objectives
from ringtausch.planning.frozen import Frozen, freeze
from ringtausch.planning.model import Model, extended
from ringtausch.planning.old_plan import Placed, place
from ringtausch.records.plan import Plan
from ringtausch.records.scenario import Scenario

__all__ = ["Kept", "prepare"]


@dataclass(frozen=True)
class Kept:
    """An earlier plan in a scenario's model."""

    scenario: Scenario
    plain: Model  # the scenario's own
    plan: Plan
    day: date | None  # what is agreed in periods before that of this day is imposed
    placed: tuple[Placed, ...]
    first: int  # the period from which on plans may differ; 0 = nothing is imposed
    frozen: Frozen

    @cached_property
    def change(self) -> Change:
        """The changes as objectives."""
        return change_objectives(self.scenario, self.plain, self.placed, self.first)

    @cached_property
    def model(self) -> Model:
        """The model with the changes as its last objectives, nothing imposed yet."""
        return extended(self.plain, self.change.more, self.change.rows, self.change.objectives)


def prepare(scenario: Scenario, model: Model, plan: Plan, frozen: date | None) -> Kept:
    """Put an earlier plan into the model of a scenario.

    Parameters
    ----------
    scenario, model
        The scenario as it is now, and its model.
    plan
        A plan of this scenario, perhaps in an earlier state.
    frozen
        What is agreed in periods before that of this day stays; None = nothing must.

    Raises
    ------
    InvalidPlan
        The plan is of a scenario of another name, or its dates do not fit its periods.
    """
    placed = tuple(place(scenario, model.layout, plan, model.money_unit))
    first = 0 if frozen is None else min(scenario.calendar.index(frozen), scenario.calendar.count)
    funds = [row.fund for row in scenario.funds]
    return Kept(scenario, model, plan, frozen, placed, first, freeze(model, placed, first, funds))
