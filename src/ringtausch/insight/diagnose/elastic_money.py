"""What a cell that gives way means to the rules about money: dues, releases, funds.

In: the elastic rows under construction. Out: columns for money that is moved or added, in the rows
that pay charges and carry funds. Money stands in the model's own unit.
"""

from __future__ import annotations

import numpy as np

from ringtausch.insight.diagnose.eases import money_rate
from ringtausch.insight.diagnose.elastic_rows import ElasticRows, Extent, Term
from ringtausch.records.tables import CHARGE_PURPOSES

__all__ = ["hold_dues", "hold_funds", "hold_releases"]


def hold_dues(elastic: ElasticRows) -> None:
    """A due is paid in full in its period, but for what it is lowered and put off by."""
    layout, names = elastic.model.layout, elastic.facts.names
    unit, calendar = elastic.model.money_unit, elastic.scenario.calendar
    for place in elastic.places("dues"):
        due = elastic.scenario.dues[place]
        less = elastic.get("dues", place, "amount")
        put_off = elastic.get("dues", place, "date")
        purpose = CHARGE_PURPOSES.index(due.purpose)
        kind = layout.facts.funds.class_of[purpose, names.item[due.item], names.party[due.party]]
        when = calendar.index(due.date)
        factor = float(elastic.scenario.rate(due.currency)) / unit
        owed = float(due.amount) * factor
        lowered = less.times(factor) if less else []
        row = int(layout.charged[kind, when])
        if put_off is None:
            elastic.add_to("charges", row, lowered)
            continue
        elastic.add_to("charges", row, [], -owed)
        placed = [elastic.column(upper=owed) for _ in range(len(put_off.chain) + 1)]
        for later, column in enumerate(placed):
            row = int(layout.charged[kind, when + later])
            elastic.add_to("charges", row, [(column, -1.0)])
            _only_there(elastic, column, put_off, later, owed)
        elastic.equal([(column, 1.0) for column in placed] + lowered, owed)


def hold_releases(elastic: ElasticRows) -> None:
    """A release comes in its period, but for what is added to it and how much sooner it comes."""
    unit, calendar = elastic.model.money_unit, elastic.scenario.calendar
    number = {row.fund: position for position, row in enumerate(elastic.scenario.funds)}
    shape = elastic.model.layout.balance.shape
    for place in elastic.places("releases"):
        release = elastic.scenario.releases[place]
        fund = number[release.fund]
        more = elastic.get("releases", place, "amount")
        sooner = elastic.get("releases", place, "date")
        rate = float(elastic.scenario.rate(elastic.scenario.funds[fund].currency))
        factor, begin = rate / unit, min(calendar.index(release.date), calendar.count)
        amount = float(release.amount) * factor
        steps = len(sooner.chain) if sooner else 0
        moved: list[int] = []
        for earlier in range(steps + 1):
            period = begin - earlier
            terms: list[Term] = []
            if sooner is not None:
                terms += _there(sooner, earlier, -amount)
            if more is not None:
                column = elastic.column(upper=float(more.ease.most) * factor)
                moved.append(column)
                terms.append((column, -1.0))
                if sooner is not None:
                    _only_there(elastic, column, sooner, earlier, float(more.ease.most) * factor)
            if period < calendar.count:
                row = int(np.ravel_multi_index((fund, period), shape))
                # with a date that moves, the share that stays where it was is 1 less the first step
                elastic.add_to("funds", row, terms)
        if more is not None:
            elastic.equal([(column, 1.0) for column in moved] + more.times(-factor), 0.0)


def hold_funds(elastic: ElasticRows) -> None:
    """A fund pays nothing after its last period, but for how much longer it may."""
    layout = elastic.model.layout
    released = sum(
        float(ease.most) * float(money_rate(elastic.scenario, ease))
        for ease in elastic.eases
        if ease.table == "releases" and ease.kind == "money"
    )
    for place in elastic.places("funds"):
        longer = elastic.get("funds", place, "until")
        if longer is None:
            continue
        stop = int(elastic.facts.funds.stop[place])
        own = float(elastic.facts.funds.released[place].sum())
        most = (own + released + _released_late(elastic, place)) / elastic.model.money_unit
        mine = (layout.pay_fund == place) & (layout.pay_period >= stop)
        for column, period in zip(layout.pay[mine], layout.pay_period[mine], strict=True):
            step = longer.chain[int(period) - stop]
            elastic.at_most([(int(column), 1.0), (step, -most)], 0.0)


def _released_late(elastic: ElasticRows, fund: int) -> float:
    """Return what a fund would get after the last period, and may get sooner."""
    row = elastic.scenario.funds[fund]
    calendar, rate = elastic.scenario.calendar, float(elastic.scenario.rate(row.currency))
    return sum(
        float(release.amount) * rate
        for release in elastic.scenario.releases
        if release.fund == row.fund and calendar.index(release.date) >= calendar.count
    )


def _there(extent: Extent, periods: int, factor: float) -> list[Term]:
    """Return the terms of 'moved by exactly so many periods' times a factor.

    With nothing moved that is 1 less the first step; the 1 stands in the rule's own row already.
    """
    terms = [] if periods == 0 else [(extent.chain[periods - 1], factor)]
    if periods < len(extent.chain):
        terms.append((extent.chain[periods], -factor))
    return terms


def _only_there(
    elastic: ElasticRows, column: int, extent: Extent, periods: int, most: float
) -> None:
    """Let a column be above 0 only where a date is moved by exactly so many periods."""
    terms = [(column, 1.0), *_there(extent, periods, -most)]
    elastic.at_most(terms, most if periods == 0 else 0.0)
