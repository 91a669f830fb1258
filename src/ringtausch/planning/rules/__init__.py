"""The rules of the planning problem, one function each: layout in, rows out.

Rule 13, no circles, is added while solving (`circles`): most plans have none.
"""

from __future__ import annotations

from ringtausch.planning.layout import Layout
from ringtausch.planning.rows import Rows
from ringtausch.planning.rules import capabilities, debts, money, transfers

__all__ = ["all_rules"]


def all_rules(layout: Layout, money_unit: float) -> list[Rows]:
    """Write down rules 1 to 12 in the page's order."""
    return [
        transfers.stock_balance(layout),
        transfers.handed_on_next_period(layout),
        transfers.willingness(layout),
        transfers.conditional_offers(layout),
        transfers.lane_capacity(layout),
        transfers.production_capacity(layout),
        transfers.designation(layout),
        debts.handed_so_far(layout),
        debts.debt_balance(layout),
        debts.assurance(layout),
        debts.opening_debts(layout),
        debts.hard_assurance(layout),
        capabilities.floor(layout),
        capabilities.served_so_far(layout),
        capabilities.steps_served(layout),
        capabilities.unmet_need(layout),
        money.charges_paid(layout, money_unit),
        money.fund_balance(layout, money_unit),
        debts.security(layout),
        debts.pipelines(layout),
        debts.security_within_pipeline(layout),
    ]
