"""Instead: what another decision would cost whom, or why it cannot be.

In: a scenario, a plan of it, and edits of the plan. Out: the best plan that does what they say, beside
the best one; or the rows that stand against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ringtausch.insight.explain.demanded import best_with
from ringtausch.insight.explain.demands import Demand, read_demands
from ringtausch.insight.explain.effects import (
    PartyEffect,
    TargetEffect,
    party_effects,
    target_effects,
)
from ringtausch.insight.explain.explaining import plan_to_explain
from ringtausch.insight.explain.filters import refuse_other_scenario
from ringtausch.insight.explain.obstacles import Obstacle, find_obstacles
from ringtausch.insight.explain.telling_instead import tell_instead
from ringtausch.language import _
from ringtausch.planning.bench import Bench, Trial
from ringtausch.planning.watch import Watch
from ringtausch.records import Plan, Scenario

__all__ = ["Instead", "instead"]


@dataclass(frozen=True)
class Instead:
    """What another decision comes to.

    `after` and `plan` are of the best plan that does it; where it `cannot` be, `obstacles` say what
    stands against it. `targets` and `parties` list what differs from the plan that was asked about.
    """

    scenario: Scenario
    edits: tuple[str, ...]
    status: Literal["possible", "impossible", "unknown"]
    before: dict[str, float]
    after: dict[str, float]
    plan: Plan | None
    targets: tuple[TargetEffect, ...]
    parties: tuple[PartyEffect, ...]
    obstacles: tuple[Obstacle, ...]
    notes: tuple[str, ...]

    def __str__(self) -> str:
        """Tell it in sentences and a table of 80 columns."""
        return "\n".join(tell_instead(self))


def instead(
    scenario: Scenario, plan: Plan, *edits: str, time_limit: float | None = None
) -> Instead:
    """Say what it would cost to decide otherwise, and whom; or why it cannot be.

    Parameters
    ----------
    scenario, plan
        What was planned, and a plan of it.
    edits
        Edits of the plan's tables `dispatches` and `orders`, all imposed together: so many units in
        all of what is selected (`dispatches[offer=DEU-1].quantity=0`), at least so many
        (`+dispatches[from=GRC,to=UKR,item=gun,date=2025-10-01,quantity=1]`), none
        (`-orders[supplier=S]`), or the row of the plan in another period
        (`dispatches[offer=DEU-1,to=UKR].date=2025-10-01`).
    time_limit
        Seconds after which the answer is given up.

    Raises
    ------
    InvalidInput
        An edit that cannot be read, with everything that is wrong with it, or a plan of another
        scenario.
    """
    refuse_other_scenario(scenario, plan)
    demands = read_demands(scenario, plan, edits)
    watch = Watch(time_limit)
    bench = Bench(scenario, plan)
    told, notes = plan_to_explain(scenario, plan, bench)
    before = {name: told.objectives[name].value for name in told.objectives}
    trial = best_with(scenario, demands, told, watch)
    obstacles: tuple[Obstacle, ...] = ()
    if trial.status == "infeasible":
        obstacles = find_obstacles(scenario, demands, watch)
        if not obstacles:
            notes.append(_beyond_rows(scenario, demands))
    if trial.status == "feasible":
        notes.append(_("The time limit ended the search: it may cost less than this."))
    found = trial.plan
    return Instead(
        scenario=scenario,
        edits=tuple(edits),
        status=_status(trial),
        before=before,
        after=trial.objectives,
        plan=found,
        targets=() if found is None else target_effects(scenario, told, found),
        parties=() if found is None else party_effects(scenario, told, found),
        obstacles=obstacles,
        notes=tuple(notes),
    )


def _status(trial: Trial) -> Literal["possible", "impossible", "unknown"]:
    if trial.status == "infeasible":
        return "impossible"
    return "unknown" if trial.plan is None else "possible"


def _beyond_rows(scenario: Scenario, demands: tuple[Demand, ...]) -> str:
    """Say which rule stands against demands that no change of rows makes possible."""
    assured = {(row.party, row.item) for row in scenario.assurances}
    of_offer = {row.offer: (row.party, row.item) for row in scenario.offers}
    whole = {row.item for row in scenario.items if row.indivisible}
    for demand in demands:
        names = demand.names
        pair = of_offer.get(names.get("offer", ""), (names.get("from"), names.get("item")))
        late = demand.period is not None and demand.period >= scenario.horizon
        if demand.table == "dispatches" and pair in assured and late:
            day = scenario.calendar.first_day(scenario.horizon)
            return _(
                "From {day} on old debts are settled, and {party} hands over no {item}: it holds an"
                " assurance for it."
            ).format(day=day, party=pair[0], item=pair[1])
        item = pair[1] or names.get("item")
        if item in whole and demand.quantity % 1:
            return _("{item} moves in whole units only.").format(item=item)
    return _("No change of a row makes room for it: the rules themselves stand against it.")
