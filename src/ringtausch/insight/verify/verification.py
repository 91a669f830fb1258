"""Put verification together: read the decisions, work out what follows, ask every rule.

In: a scenario and a plan. Out: a `Proof`. It reads no files and knows nothing of planning.
"""

from __future__ import annotations

from ringtausch.insight.verify import messages as say
from ringtausch.insight.verify.assurance import assurance
from ringtausch.insight.verify.case import Rule, case_of
from ringtausch.insight.verify.charges import charges
from ringtausch.insight.verify.consent_and_capacity import consent_and_capacity
from ringtausch.insight.verify.debt import debt
from ringtausch.insight.verify.decisions import read_decisions
from ringtausch.insight.verify.designation import designation
from ringtausch.insight.verify.facts import Facts
from ringtausch.insight.verify.floor import floor
from ringtausch.insight.verify.funds import funds
from ringtausch.insight.verify.need import need
from ringtausch.insight.verify.no_circles import no_circles
from ringtausch.insight.verify.objectives import objectives
from ringtausch.insight.verify.production import production
from ringtausch.insight.verify.proof import Proof
from ringtausch.insight.verify.security import security
from ringtausch.insight.verify.stated import stated_figures, stated_objectives
from ringtausch.insight.verify.stock import stock
from ringtausch.insight.verify.willingness import willingness
from ringtausch.records import Plan, Scenario

__all__ = ["RULES", "verify"]

#: Rules 1 to 13 in the page's order.
RULES: tuple[Rule, ...] = (
    stock,
    willingness,
    consent_and_capacity,
    production,
    designation,
    debt,
    assurance,
    floor,
    need,
    charges,
    funds,
    security,
    no_circles,
)


def verify(scenario: Scenario, plan: Plan) -> Proof:
    """Prove that a plan obeys every rule and is worth what it says, whoever made it.

    Everything is recomputed from the decisions (dispatches, orders, settlements, fulfilments,
    payments). Whether a better plan exists is not asked.

    Returns
    -------
    Proof
        `ok`, or the violations: which row breaks which rule by how much.

    Examples
    --------
    >>> from datetime import date
    >>> scenario = Scenario(name="none", start=date(2025, 7, 1), period="month", horizon=12,
    ...                     settlement=0, currency="EUR")
    >>> plan = Plan(scenario_name="none", scenario_hash="", status="optimal", objectives={},
    ...             solver={}, seconds=0, settings={}, tables={})
    >>> print(verify(scenario, plan))
    the plan obeys every rule
    """
    facts = Facts(scenario)
    decisions, of_form = read_decisions(facts, plan)
    case = case_of(facts, decisions)
    broken = [violation for rule in RULES for violation in rule(case)]
    values = objectives(case)
    stated = [*stated_objectives(case, plan, values), *stated_figures(case, plan)]
    known = plan.scenario_hash and plan.scenario_hash != scenario.content_hash
    notes = (say.other_scenario(),) if known else ()
    return Proof((*of_form, *broken, *stated), values, case.found, notes)
