"""The elastic model: all rules of a scenario, and columns for how far each of its cells gives way.

In: a scenario and the cells that may give way. Out: the least total amount by which they must, with
the extents that reach it. The model is written for the scenario with these cells wide open; rows
then hold each cell where it was, but for its extent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from ringtausch.insight.diagnose.commitments import Case
from ringtausch.insight.diagnose.eases import Ease, apply_eases, money_rate, price_of_one
from ringtausch.insight.diagnose.elastic_money import hold_dues, hold_funds, hold_releases
from ringtausch.insight.diagnose.elastic_rows import ElasticRows
from ringtausch.insight.diagnose.elastic_terms import (
    hold_assurances,
    hold_floors,
    hold_lanes,
    hold_needs,
    hold_offers,
    hold_production,
    hold_supply,
)
from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.model import Model, build_model
from ringtausch.planning.objectives import Costs
from ringtausch.planning.search import Found, minimise
from ringtausch.planning.solver import SolverFault
from ringtausch.planning.watch import Watch
from ringtausch.records.scenario import Scenario

__all__ = ["Budget", "Least", "least_amount"]


@dataclass(frozen=True)
class Budget:
    """Groups of cells, what using any cell of a group weighs, and what all of it may weigh."""

    groups: Sequence[tuple[float, Sequence[Ease]]]
    most: float


@dataclass(frozen=True)
class Least:
    """The least amount, where it was found, and how far each cell gives way for it.

    `extents` is None where nothing was found; `proved` tells whether there is provably nothing less
    (with no extents: nothing at all).
    """

    extents: dict[Ease, float] | None
    amount: float
    proved: bool


def least_amount(
    scenario: Scenario, eases: Sequence[Ease], case: Case, budget: Budget | None = None
) -> Least:
    """Find by how much some cells must give way at least, so that there is a plan.

    What is agreed in the case is kept. Of what is as little, that which changes the fewest rows.
    Switches are not used here. First no cell gives way by more than a little: where that finds a
    total no larger than this little, a cell that gives way by more cannot be part of anything less.
    """
    measured = [ease for ease in eases if ease.kind != "switch"]
    least = Least(None, np.inf, proved=False)
    for bound in (*_BOUNDS, None):
        found = _least_within(scenario, measured, case, budget, bound)
        if found.extents is not None and found.amount <= float(bound or np.inf):
            return found
        if found.extents is not None:
            least = replace(found, proved=False)
        elif bound is None and least.extents is None:
            return found
    return least


#: How far any one cell may give way at first, in what one unit or one period adds to the total.
_BOUNDS = (Decimal(6), Decimal(60))


def _least_within(
    scenario: Scenario,
    eases: Sequence[Ease],
    case: Case,
    budget: Budget | None,
    bound: Decimal | None,
) -> Least:
    """Find the least amount with which no cell gives way by more than a bound."""
    narrow = {ease: _narrowed(scenario, ease, bound) for ease in eases}
    own = {small: ease for ease, small in narrow.items()}
    opened = _opened(scenario, list(own))
    model = case.imposed(opened, build_model(gather_facts(opened), ()))
    if model is None:
        return Least(None, np.inf, proved=True)
    elastic = _Elastic(scenario, model, list(own), case.watch)
    if budget is not None:
        elastic.keep_to(
            [(w, [narrow[e] for e in group if e in narrow]) for w, group in budget.groups],
            budget.most,
        )
    found = elastic.minimise(elastic.amounts())
    if found.columns is None:
        return Least(None, np.inf, proved=found.status == "infeasible")
    proved, best = found.status == "optimal", found.value
    columns = elastic.settled(found.columns)
    if proved:
        columns = elastic.of_fewest_rows(columns, best)
    amount = elastic.amount(columns)
    proved = proved and amount <= best + 1e-5 * max(1.0, best)
    extents = {own[ease]: extent for ease, extent in elastic.extents(columns).items()}
    return Least(extents, amount, proved)


def _narrowed(scenario: Scenario, ease: Ease, bound: Decimal | None) -> Ease:
    """Return the cell with an extent that adds no more to the total than a bound."""
    if bound is None:
        return ease
    most = bound
    if ease.kind == "money":
        most = bound * price_of_one(scenario) / money_rate(scenario, ease)
    if ease.step:
        steps = max(Decimal(0), (most - ease.first) // ease.step)
        most = ease.first + steps * ease.step
    return replace(ease, most=min(ease.most, most))


class _Elastic:
    """The model with its extents, put together once and asked several times."""

    def __init__(
        self, scenario: Scenario, model: Model, eases: Sequence[Ease], watch: Watch
    ) -> None:
        self.model, self.eases, self.watch = model, eases, watch
        self.elastic = ElasticRows(scenario, model, eases, float(price_of_one(scenario)))
        for hold in (
            hold_needs,
            hold_assurances,
            hold_floors,
            hold_offers,
            hold_lanes,
            hold_supply,
            hold_production,
            hold_dues,
            hold_releases,
            hold_funds,
        ):
            hold(self.elastic)

    def amounts(self) -> FloatArray:
        """(column,) Return what each column adds to the total amount."""
        return self.elastic.costs()

    def amount(self, columns: FloatArray) -> float:
        """Return the total amount of a solution."""
        costs = self.amounts()
        return float(costs[: len(columns)] @ columns[: len(costs)])

    def extents(self, columns: FloatArray) -> dict[Ease, float]:
        """Read how far each cell gives way; those that do not are left out."""
        found = {ease: of.value(columns) for ease, of in self.elastic.extents.items()}
        return {ease: extent for ease, extent in found.items() if extent > 1e-7}

    def keep_to(self, groups: Sequence[tuple[float, Sequence[Ease]]], most: float) -> None:
        """Keep the weight of the groups of which any cell is used within a budget."""
        self._at_most(self._uses(groups), most + 1e-6)

    def of_fewest_rows(self, columns: FloatArray, amount: float) -> FloatArray:
        """Return a solution of the same amount that changes the fewest rows, the given one at worst."""
        rows = sorted({ease.row for ease in self.extents(columns)})
        if len(rows) == 1:
            return columns
        everything = sorted({ease.row for ease in self.eases})
        groups = [(1.0, [e for e in self.eases if e.row == row]) for row in everything]
        self._at_most(self.amounts(), amount + 1e-7 * max(1.0, amount))
        found = self.minimise(self._uses(groups))
        if found.columns is None:
            return columns
        settled = self.settled(found.columns)
        less = self.amount(settled) <= amount + 1e-6 * max(1.0, amount)
        return settled if less else columns

    def minimise(self, costs: FloatArray, fixed: FloatArray | None = None) -> Found:
        """Minimise costs; with a solution given, what must be whole among the extents stays so."""
        matrix, blocks = self.elastic.finished()
        more = self.elastic.more()
        lower = np.concatenate([self.model.lower, more.lower])
        upper = np.concatenate([self.model.upper, more.upper])
        if fixed is not None:
            whole = np.concatenate([np.zeros(self.model.columns, dtype=np.bool_), more.whole])
            lower[whole] = upper[whole] = np.round(fixed[whole])
        try:
            return minimise(
                replace(self.model, matrix=matrix),
                Costs(np.pad(costs, (0, self.elastic.count - len(costs)))),
                blocks,
                more=more,
                lower=lower,
                upper=upper,
                watch=self.watch,
            )
        except SolverFault:  # amounts too far apart: nothing is claimed
            return Found("limit", None, np.inf, -np.inf)

    def settled(self, columns: FloatArray) -> FloatArray:
        """Minimise the amounts again with all that is whole fixed, so that none rests on rounding."""
        found = self.minimise(self.amounts(), columns)
        return columns if found.columns is None else found.columns

    def _uses(self, groups: Sequence[tuple[float, Sequence[Ease]]]) -> FloatArray:
        """(column,) Make a column for each group, 1 where any cell of it is used, and weigh them."""
        weights = {}
        for weight, eases in groups:
            column = self.elastic.column(upper=1.0, whole=True)
            weights[column] = weight
            for ease in eases:
                self.elastic.used_only_with(self.elastic.extents[ease], column)
        costs = np.zeros(self.elastic.count)
        for column, weight in weights.items():
            costs[column] = weight
        return costs

    def _at_most(self, costs: FloatArray, limit: float) -> None:
        terms = [(int(column), float(costs[column])) for column in np.flatnonzero(costs)]
        self.elastic.at_most(terms, limit)


def _opened(scenario: Scenario, eases: Sequence[Ease]) -> Scenario:
    """Open wide what may give way; money and dues are moved by columns of their own.

    Dues of 0 in later periods make the payments that a due put off may need.
    """
    held = {"dues", "releases"}
    wide = {ease: ease.most for ease in eases if ease.table not in held}
    opened = apply_eases(scenario, wide)
    needs = list(opened.needs)
    for ease in eases:
        if ease.table == "needs":
            original = scenario.needs[ease.place]
            needs[ease.place] = replace(original, hard=False)
    later = []
    calendar = scenario.calendar
    for ease in eases:
        if ease.table == "dues" and ease.kind == "periods":
            due = scenario.dues[ease.place]
            begin = calendar.index(due.date)
            later += [
                replace(due, amount=Decimal(0), date=calendar.first_day(period))
                for period in range(begin + 1, calendar.count)
            ]
    return opened.with_rows(needs=tuple(needs), dues=(*opened.dues, *later))
