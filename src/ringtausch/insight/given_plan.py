"""A plan that a user brings: whether what follows may rest on it.

In: a scenario and a plan. Out: nothing, or an `InvalidPlan` that says in a line why not.
"""

from __future__ import annotations

from ringtausch.insight.verify import verify
from ringtausch.language import _, ngettext
from ringtausch.records.plan import Plan
from ringtausch.records.problems import InvalidPlan, Problem
from ringtausch.records.scenario import Scenario

__all__ = ["refuse_unproved"]

_HASH_SHOWN = 12


def refuse_unproved(scenario: Scenario, plan: Plan) -> None:
    """Refuse a plan of another scenario, and one that breaks a rule; one without a hash is proved too.

    Raises
    ------
    InvalidPlan
        With the reason.
    """
    if plan.scenario_hash and plan.scenario_hash != scenario.content_hash:
        text = _another_scenario(plan.scenario_name, plan.scenario_hash, scenario.content_hash)
        raise InvalidPlan([Problem("plan.json", 0, "", plan.scenario_hash, text)])
    proof = verify(scenario, plan)
    if not proof.ok:
        text = _breaks_rules(proof.violations[0].message, len(proof.violations))
        raise InvalidPlan([Problem("plan", 0, "", "", text)])


def _another_scenario(name: str, made_for: str, here: str) -> str:
    """Say that a plan belongs to another scenario, or to another state of this one."""
    return _(
        'it was made for another scenario: "{name}" with the content hash {made_for}…, and not the'
        " one here with {here}…; make a plan of this one first: ringtausch plan"
    ).format(name=name, made_for=made_for[:_HASH_SHOWN], here=here[:_HASH_SHOWN])


def _breaks_rules(first: str, count: int) -> str:
    """Say that a plan cannot be used because it breaks rules."""
    if count == 1:
        return _("it breaks a rule: {first}").format(first=first)
    more = ngettext("{n} more", "{n} more", count - 1).format(n=count - 1)
    return _("it breaks rules: {first} (and {more})").format(first=first, more=more)
