"""The room, put together: what each party could give, wait and pay in plans that are nearly best.

In: a scenario, perhaps a plan of it, and a share. Out: a `Room`: ranges, limits and plans that differ.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ringtausch.insight.room.differing import Differing, find_differing
from ringtausch.insight.room.near import Limit, NearBest, find_near_best
from ringtausch.insight.room.quantities import Quantity, quantities
from ringtausch.insight.room.ranges import Range, find_ranges, tidy
from ringtausch.language import _
from ringtausch.planning.completing import completed
from ringtausch.planning.model import Model
from ringtausch.planning.watch import Progress, Watch
from ringtausch.records.messages import or_suggest
from ringtausch.records.plan import Plan
from ringtausch.records.problems import InvalidInput, InvalidPlan, Problem
from ringtausch.records.scenario import Scenario

if TYPE_CHECKING:
    import polars

__all__ = ["InvalidRoom", "Room", "room"]


class InvalidRoom(InvalidInput):
    """A question about room that means nothing: a party that there is not, a share below 0."""


@dataclass(frozen=True)
class Room:
    """How much could be otherwise in plans that are nearly best.

    `near` is the share, `limits` say for each objective in the order its best value and what the
    plans may have at most. `ranges` hold for each party the least and the most that it gives, waits
    and pays. `best` is the best plan, `plans` are others, chosen to differ most in who gives.
    """

    scenario: Scenario
    near: float
    limits: dict[str, Limit]
    best: Plan
    ranges: tuple[Range, ...]
    plans: tuple[Differing, ...]
    #: What the plan that was given has of each range; that of the best plan where none was given.
    in_plan: tuple[float, ...]

    @property
    def proved(self) -> bool:
        """Whether every end of every range is proved, and no plan chosen could be further away."""
        return all(one.proved for one in self.ranges) and all(one.proved for one in self.plans)

    @property
    def frame(self) -> polars.DataFrame:
        """The ranges as a data frame, one row each."""
        import polars

        names = ("party", "kind", "item", "unit", "least", "best", "most", "proved")
        rows = [tuple(getattr(one, name) for name in names) for one in self.ranges]
        return polars.DataFrame(
            {name: [row[at] for row in rows] for at, name in enumerate(names)}
        ).with_columns(polars.Series("in_plan", self.in_plan))

    def __repr__(self) -> str:
        """Say how near, and how much there is."""
        wide = sum(one.most > one.least for one in self.ranges)
        return (
            f"<Room within {self.near:g} of the best of {self.scenario.name!r}:"
            f" {wide} of {len(self.ranges)} ranges are wide, {len(self.plans)} other plans>"
        )

    def _repr_html_(self) -> str:
        return str(self.frame._repr_html_())


def room(
    scenario: Scenario,
    plan: Plan | None = None,
    near: float = 0.02,
    *,
    parties: Sequence[str] = (),
    plans: int = 3,
    time_limit: float | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Room:
    """Find the least and the most that each party could give, wait and pay in nearly best plans.

    A plan is nearly best where each objective in the scenario's order is at most its best value plus
    `near` times the larger of 1 and that value; what the scenario's tolerances and allowances let go
    comes on top. With 0 these are the best plans.

    Parameters
    ----------
    scenario
        What is known and on which terms.
    plan
        A plan of it, to be seen beside the ranges; it need not be nearly best.
    near
        The share, 0 or more.
    parties
        Whose ranges are wanted; all parties' where none are named.
    plans
        How many other plans, chosen to differ most in who gives, are wanted.
    time_limit
        Seconds after which the search ends; what is not proved by then is marked.
    on_progress
        Is told how far the search is.

    Raises
    ------
    Infeasible
        No plan obeys all rules.
    LimitReached
        Time ran out before the best plan was proved.
    InvalidRoom
        A party that there is not, or a share below 0.
    InvalidPlan
        The plan is one of another scenario.

    Examples
    --------
    >>> import ringtausch as rt
    >>> found = rt.room(rt.generate(parties=3, items=2, periods=9, seed=1), near=0, plans=0)
    >>> all(one.least <= one.best <= one.most for one in found.ranges)
    True
    """
    _refuse_nonsense(scenario, near, parties)
    if plan is not None and plan.scenario_hash != scenario.content_hash:
        raise InvalidPlan([_other_scenario(scenario, plan)])
    watch = Watch(time_limit, on_progress)
    found = find_near_best(scenario, near, watch)
    wanted = [one for one in quantities(found.model) if not parties or one.party in parties]
    differing, known = find_differing(found, plans)
    ranges = find_ranges(found, wanted, known, lambda quantity: _unit(scenario, quantity))
    return Room(
        scenario=scenario,
        near=near,
        limits=found.limits,
        best=found.plan(found.best),
        ranges=tuple(ranges),
        plans=tuple(differing),
        in_plan=tuple(_in_plan(found, plan, wanted)),
    )


def _refuse_nonsense(scenario: Scenario, near: float, parties: Sequence[str]) -> None:
    problems = []
    known = [row.party for row in scenario.parties]
    for party in parties:
        if party not in known:
            message = _('unknown party "{party}"; {remedy}').format(
                party=party, remedy=or_suggest(party, known)
            )
            problems.append(Problem("--party", 0, "", party, message))
    if not (math.isfinite(near) and near >= 0):
        message = _('"{near}" is no share; write 0 or more, such as 2% or 0.02').format(near=near)
        problems.append(Problem("--near", 0, "", str(near), message))
    if problems:
        raise InvalidRoom(problems)


def _other_scenario(scenario: Scenario, plan: Plan) -> Problem:
    message = _(
        "this plan was made for another state of the scenario ({there}…, not {here}…); plan it again"
    ).format(there=plan.scenario_hash[:8], here=scenario.content_hash[:8])
    return Problem("plan.json", 0, "scenario.hash", plan.scenario_hash, message)


def _unit(scenario: Scenario, quantity: Quantity) -> str:
    """Name the unit that a quantity is counted in."""
    if quantity.item:
        units = {row.item: row.unit for row in scenario.items}
        return units[quantity.item] or _("units")
    if quantity.kind == "wait":
        return {"month": _("unit-months"), "week": _("unit-weeks"), "quarter": _("unit-quarters")}[
            scenario.period
        ]
    return scenario.currency


def _in_plan(near: NearBest, plan: Plan | None, wanted: Sequence[Quantity]) -> list[float]:
    """Say what the plan that was given, or the best one, has of each quantity."""
    model: Model = near.model
    columns = None
    if plan is not None:
        columns = completed(near.scenario, near.rules, plan, Watch())
    shown = near.best if columns is None else columns
    return [tidy(one.costs.value(shown[: model.columns])) for one in wanted]
