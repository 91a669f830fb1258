"""What people ask about of a plan: when, how much, who waits, what it costs and who pays.

In: a scenario and a plan for it. Out: `Figures`, plain data that tables, pages and JSON share.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ringtausch.insight.compare.gaps import Spell, gap_by_period, longest_gaps
from ringtausch.insight.compare.money import Handed, Payer, handed_over, paid_by_period, payers
from ringtausch.insight.compare.needs import Arrival, NeedOutcome, first_arrivals, need_outcomes
from ringtausch.insight.compare.waits import Late, Wait, late_units, longest_late, longest_waits

if TYPE_CHECKING:
    from ringtausch.records import Plan, Scenario

__all__ = ["Figures", "figures_of"]


@dataclass(frozen=True)
class Figures:
    """What a plan comes to; lists of parties begin with the one that it concerns most.

    `gap` and `paid` have a value for each period: unit-periods by weight, and reporting currency.
    """

    arrivals: tuple[Arrival, ...]
    needs: tuple[NeedOutcome, ...]
    gap: tuple[float, ...]
    gaps: tuple[Spell, ...]
    waits: tuple[Wait, ...]
    overdue: tuple[Wait, ...]
    late: tuple[Late, ...]
    paid: tuple[float, ...]
    payers: tuple[Payer, ...]
    handed: tuple[Handed, ...]


def figures_of(scenario: Scenario, plan: Plan) -> Figures:
    """Work out what people ask about.

    Examples
    --------
    >>> import ringtausch as rt
    >>> scenario = rt.read("examples/patriot-2025")
    >>> figures_of(scenario, rt.plan(scenario, objectives=["unmet_need"])).needs[0].share_at_end
    0.3
    """
    return Figures(
        arrivals=first_arrivals(scenario, plan),
        needs=need_outcomes(scenario, plan),
        gap=gap_by_period(scenario, plan),
        gaps=longest_gaps(plan),
        waits=longest_waits(scenario, plan),
        overdue=longest_late(scenario, plan),
        late=late_units(scenario, plan),
        paid=paid_by_period(scenario, plan),
        payers=payers(scenario, plan),
        handed=handed_over(scenario, plan),
    )
