"""Assemble: the parts of a generated scenario, drawn one after the other."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, localcontext

from ringtausch.records.generate.dice import Dice
from ringtausch.records.generate.draft import FX, REPORTING, START, Draft, Size
from ringtausch.records.generate.goods import add_goods
from ringtausch.records.generate.holdings import (
    add_arrivals,
    add_floors,
    add_parties,
    add_stocks,
)
from ringtausch.records.generate.lanes import add_lanes
from ringtausch.records.generate.making import add_making
from ringtausch.records.generate.money import add_money
from ringtausch.records.generate.promises import (
    add_assurances,
    add_conditions,
    add_debts,
    add_exchange,
    add_needs,
    add_offers,
)
from ringtausch.records.scenario import Scenario

__all__ = ["generate_scenario"]


def generate_scenario(
    *, parties: int = 8, items: int = 6, periods: int = 24, whole: float = 0.3, seed: int = 1
) -> Scenario:
    """Make a random scenario that has rows in every table and can always be planned.

    Some parties ask for more than is offered in time; those who give are owed replacements within
    deadlines, keep floors, and wait for what few makers make a month; there is less money than all
    of it costs. The same arguments give the same scenario on every machine.

    Parameters
    ----------
    parties
        How many parties, 3 or more: about a sixth ask, a seventh only pays, the others hold and offer.
    items
        How many items, 1 or more, in families of two or three.
    periods
        How many months in all, 6 or more: three tenths of them, at least 3, are the settlement.
    whole
        The share of the items that are indivisible, 0 to 1.
    seed
        Which of the random scenarios of this size.

    Raises
    ------
    ValueError
        A size is too small, or the share is none.

    Examples
    --------
    >>> scenario = generate_scenario(parties=4, items=2, periods=8)
    >>> scenario.name, scenario.horizon, scenario.settlement
    ('generated-4x2x8-seed-1', 5, 3)
    """
    size = Size(parties, items, periods, whole, seed)
    draft = Draft(size, Dice(seed))
    with localcontext(
        Context(prec=28, rounding=ROUND_HALF_EVEN)
    ):  # not the caller's, whatever it is
        for step in (add_parties, add_goods, add_stocks, add_arrivals, add_floors, add_offers):
            step(draft)
        for step in (add_needs, add_conditions, add_assurances, add_debts, add_exchange, add_lanes):
            step(draft)
        add_money(draft, add_making(draft))
    scenario = Scenario(
        name=f"generated-{parties}x{items}x{periods}-seed-{seed}",
        start=START,
        period="month",
        horizon=size.horizon,
        settlement=size.settlement,
        currency=REPORTING,
        fx=dict(FX),
    )
    return scenario.with_rows(**{table: tuple(rows) for table, rows in draft.rows.items()})
