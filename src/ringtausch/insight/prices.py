"""Prices: what giving up a little of one objective buys in each later one.

In: a scenario and a share. Out: for each objective in the order the best plan in which the later ones
may take that share of it, against the best plan without. Every figure is that of a plan, solved again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.planning.bench import Bench, same_value
from ringtausch.planning.infeasible import LimitReached
from ringtausch.records.columns import decimal_text
from ringtausch.records.plan import Plan
from ringtausch.records.problems import InvalidInput, Problem
from ringtausch.records.scenario import Scenario

if TYPE_CHECKING:
    import polars

__all__ = ["InvalidPrices", "Price", "Prices", "prices"]

#: What is given up of an objective whose value is 0, of which a share would be nothing: one
#: unit-period, or one unit of the currency.
OF_NOTHING = Decimal(1)
_NOTHING = 1e-6


class InvalidPrices(InvalidInput):
    """A question about prices that means nothing: a share that is not above 0."""


@dataclass(frozen=True)
class Price:
    """What giving up some of an objective buys.

    `value` is the objective's value in the best plan, `allowed` what may be given up of it, `edit`
    the edit that allows it, and `used` what the plan with it gives up. `later` holds for each later
    objective in the order its value in that plan, `change` that value less the value before: what
    is below 0 is bought.
    """

    objective: str
    value: float
    allowed: float
    used: float
    edit: str
    later: dict[str, float]
    change: dict[str, float]
    proved: bool


@dataclass(frozen=True)
class Prices:
    """What giving up a share of each objective buys in the later ones; `base` are the values before."""

    scenario: Scenario
    give_up: float
    base: dict[str, float]
    rows: tuple[Price, ...]

    @property
    def frame(self) -> polars.DataFrame:
        """The prices as a data frame: a row for each objective and each later one."""
        import polars

        found = [
            (row.objective, row.allowed, row.used, name, self.base[name], value, row.change[name])
            for row in self.rows
            for name, value in row.later.items()
        ]
        names = ("given_up_of", "allowed", "used", "objective", "before", "after", "change")
        return polars.DataFrame({name: [row[at] for row in found] for at, name in enumerate(names)})

    def __repr__(self) -> str:
        """Say how many objectives would buy anything."""
        buys = sum(any(change < 0 for change in row.change.values()) for row in self.rows)
        return (
            f"<Prices of {self.scenario.name!r}: giving up {self.give_up:g} of an objective buys"
            f" something {buys} times out of {len(self.rows)}>"
        )

    def _repr_html_(self) -> str:
        return str(self.frame._repr_html_())


def prices(
    scenario: Scenario,
    plan: Plan | None = None,
    give_up: float = 0.01,
    *,
    time_limit: float | None = None,
    processes: int = 1,
) -> Prices:
    """Find what giving up a share of each objective buys in the later ones.

    For each objective but the last, the scenario is planned again with the share added to the
    objective's tolerance; of an objective whose value is 0 one unit-period or one unit of the
    currency may be given up instead. Only later objectives can gain.

    Parameters
    ----------
    scenario
        What is known and on which terms.
    plan
        A plan of it that is there already, so that it need not be found again.
    give_up
        The share of its best value that each objective gives up, above 0.
    time_limit
        Seconds for each plan.
    processes
        How many processes share the work.

    Raises
    ------
    Infeasible
        No plan obeys all rules.
    LimitReached
        Time ran out before a plan was found.
    InvalidPrices
        A share that is not above 0.

    Examples
    --------
    >>> import ringtausch as rt
    >>> found = rt.prices(rt.generate(parties=3, items=2, periods=9, seed=1))
    >>> [row.objective for row in found.rows][:2]
    ['late_replacement', 'unmet_need']
    """
    if not (math.isfinite(give_up) and give_up > 0):
        message = _('"{share}" is no share; write more than 0, such as 1% or 0.01').format(
            share=give_up
        )
        raise InvalidPrices([Problem("--give-up", 0, "", str(give_up), message)])
    bench = Bench(scenario, plan)
    base = {name: bench.plan.objectives[name].value for name in scenario.objectives}
    wanted = scenario.objectives[:-1]
    loosened = [_loosened(scenario, name, give_up, bench.plan) for name in wanted]
    rows: dict[str, Price] = {}
    changed = [one.scenario for one in loosened]
    for number, trial in bench.try_many(changed, processes=processes, time_limit=time_limit):
        if trial.plan is None:  # the plan at hand is one: only time can have run out
            raise LimitReached(time_limit or 0.0, interrupted=False)
        name = wanted[number]
        rows[name] = _price(scenario, name, loosened[number], base, trial.plan)
    return Prices(scenario, give_up, base, tuple(rows[name] for name in wanted))


@dataclass(frozen=True)
class _Loosened:
    """A scenario in which an objective may give something up."""

    scenario: Scenario
    allowed: float
    edit: str


def _loosened(scenario: Scenario, name: str, give_up: float, plan: Plan) -> _Loosened:
    """Let later objectives take a share of one; of nothing, one unit."""
    stated = plan.objectives[name]
    given_up = name in scenario.tolerance or name in scenario.allowance
    best = stated.bound if given_up and stated.bound is not None else stated.value
    if abs(best) <= _NOTHING:
        amount = scenario.allowance.get(name, Decimal(0)) + OF_NOTHING
        edit = f"allowance.{name}={decimal_text(amount)}"
        loosened = replace(scenario, allowance={**scenario.allowance, name: amount})
        return _Loosened(loosened, float(OF_NOTHING), edit)
    share = scenario.tolerance.get(name, Decimal(0)) + Decimal(repr(give_up))
    edit = f"tolerance.{name}={decimal_text(share)}"
    loosened = replace(scenario, tolerance={**scenario.tolerance, name: share})
    return _Loosened(loosened, give_up * abs(best), edit)


def _price(
    scenario: Scenario, name: str, loosened: _Loosened, base: dict[str, float], plan: Plan
) -> Price:
    order = scenario.objectives
    after = {other: plan.objectives[other].value for other in order}
    change = {
        other: 0.0 if same_value(base[other], after[other]) else after[other] - base[other]
        for other in order
    }
    later = order[order.index(name) + 1 :]
    bought = any(change[other] for other in later)
    return Price(
        objective=name,
        value=base[name],
        allowed=loosened.allowed,
        used=max(0.0, change[name]) if bought else 0.0,
        edit=loosened.edit,
        later={other: after[other] for other in later},
        change={other: change[other] for other in later},
        proved=plan.status == "optimal",
    )
