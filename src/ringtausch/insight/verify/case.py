"""All that a rule needs to judge a plan, in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ringtausch.insight.verify.bills import Bill, ChargeKey, bills_of
from ringtausch.insight.verify.consequences import Consequences, consequences_of
from ringtausch.insight.verify.decisions import Decisions
from ringtausch.insight.verify.facts import Facts
from ringtausch.insight.verify.flows import Flows, add_up
from ringtausch.insight.verify.violation import Violation

__all__ = ["Case", "Rule", "case_of"]


@dataclass(frozen=True, slots=True)
class Case:
    """A plan against its scenario: what is allowed, what is done, what follows."""

    facts: Facts
    decisions: Decisions
    flows: Flows
    bills: dict[ChargeKey, Bill]
    found: Consequences

    def label(self, period: int) -> str:
        """Name a period for people."""
        return self.facts.calendar.label(period)


#: A rule of the page: a case in, the places where it is broken out.
Rule = Callable[[Case], list[Violation]]


def case_of(facts: Facts, decisions: Decisions) -> Case:
    """Work out what follows from the decisions."""
    flows = add_up(facts, decisions)
    bills = bills_of(facts, decisions)
    return Case(facts, decisions, flows, bills, consequences_of(facts, flows, bills))
