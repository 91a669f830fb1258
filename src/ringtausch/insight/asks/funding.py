"""Concessions about money: an earmark widened, more of it, sooner.

In: a scenario and sizes. Out: concessions in the order of the tables. What is listed here stands,
family by family, in docs/reference/changes.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal

from ringtausch.insight.asks.concession import Concession, Setting
from ringtausch.insight.asks.sizes import Sizes, in_lots, moved
from ringtausch.insight.asks.words import Words
from ringtausch.language import _
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import Earmark

__all__ = ["earmark", "money", "money_sooner"]


def earmark(scenario: Scenario) -> Iterator[Concession]:
    """Each earmark, and each of its columns that names something: any purpose, item or party."""
    words = Words(scenario)
    owners = {row.fund: row.party for row in scenario.funds}
    for place, row in enumerate(scenario.earmarks):
        wishes = {
            "purpose": _("{party} let {fund} pay for any purpose, not only for {now}"),
            "item": _("{party} let {fund} pay for any item, not only for {now}"),
            "party": _("{party} let {fund} pay to the benefit of anyone, not only of {now}"),
        }
        shown = {
            "purpose": row.purpose,
            "item": words.item(row.item),
            "party": words.party(row.party),
        }
        for column, wish in wishes.items():
            if getattr(row, column) != "*":
                said = wish.format(
                    party=words.party(owners[row.fund]), fund=row.fund, now=shown[column]
                )
                change = Setting("earmarks", place, column, "*")
                yield Concession("earmark", owners[row.fund], (change,), said)


def money(scenario: Scenario, sizes: Sizes) -> Iterator[Concession]:
    """Each release within the plan: so much more of it."""
    words, funds = Words(scenario), {row.fund: row for row in scenario.funds}
    extra = {fund: _extra(scenario, fund, sizes) for fund in funds}
    for place, row in enumerate(scenario.releases):
        amount = extra[row.fund]
        if amount == 0 or scenario.calendar.index(row.date) >= scenario.calendar.count:
            continue
        fund = funds[row.fund]
        wish = _("{party} put {amount} more into {fund} in {period}").format(
            party=words.party(fund.party),
            amount=words.money(amount, fund.currency),
            fund=row.fund,
            period=words.day(row.date, ""),
        )
        change = Setting("releases", place, "amount", row.amount + amount)
        yield Concession("money", fund.party, (change,), wish)


def money_sooner(scenario: Scenario, sizes: Sizes) -> Iterator[Concession]:
    """Each release after the first period: so many months sooner."""
    words, funds = Words(scenario), {row.fund: row for row in scenario.funds}
    for place, row in enumerate(scenario.releases):
        if scenario.calendar.index(row.date) == 0 or row.amount == 0:
            continue
        fund = funds[row.fund]
        wish = _("{party} released the {amount} of {fund} {months} before {period}").format(
            party=words.party(fund.party),
            amount=words.money(row.amount, fund.currency),
            fund=row.fund,
            period=words.day(row.date, ""),
            months=words.months(sizes.months),
        )
        change = Setting("releases", place, "date", moved(row.date, -sizes.months))
        yield Concession("money-sooner", fund.party, (change,), wish)


def _extra(scenario: Scenario, name: str, sizes: Sizes) -> Decimal:
    """Return how much more money is asked of a fund, in its own currency and whole units of it.

    Without an amount it is what the units cost of the dearest thing that the fund may pay for.
    """
    amount = sizes.amount
    if amount is None:
        amount = max(_costs(scenario, name, sizes.units), default=Decimal(0))
    fund = next(row for row in scenario.funds if row.fund == name)
    return (amount / scenario.rate(fund.currency)).to_integral_value(ROUND_CEILING)


def _costs(scenario: Scenario, fund: str, units: Decimal) -> Iterator[Decimal]:
    """List what units of each thing cost, in the reporting currency, that a fund may pay for."""
    earmarks = [row for row in scenario.earmarks if row.fund == fund]

    def may(purpose: str, item: str, party: str) -> bool:
        return not earmarks or any(_meets(row, purpose, item, party) for row in earmarks)

    for row in scenario.supply:
        if may("order", row.item, row.customer):
            yield in_lots(units, row.lot) * row.price * scenario.rate(row.currency)
    for lane in scenario.lanes:
        if may("handover", lane.item, lane.to):
            yield units * lane.unit_cost * scenario.rate(lane.currency)
    for offer in scenario.offers:
        if may("compensation", offer.item, offer.party):
            each = offer.compensation * scenario.rate(offer.currency)
            yield in_lots(units, offer.lot) * each


def _meets(row: Earmark, purpose: str, item: str, party: str) -> bool:
    """Tell whether an earmark and the row of a table have a charge in common; `*` meets everything."""
    pairs = ((row.purpose, purpose), (row.item, item), (row.party, party))
    return all(one == other or "*" in {one, other} for one, other in pairs)
