"""Why a decision of an earlier plan can no longer be taken, in words: which row does not allow it.

In: a scenario and a decision with its period. Out: what was agreed, and the first row of the scenario
that alone stands in its way; "" where none does alone. It solves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from ringtausch.language import _
from ringtausch.planning.arrays import grain_of
from ringtausch.planning.facts import Facts
from ringtausch.planning.old_plan import Placed
from ringtausch.records.matching import LaneFinder, SupplyFinder, pays_for
from ringtausch.records.periods import NEVER
from ringtausch.records.scenario import Scenario

__all__ = ["agreed", "obstacle"]

_DUST = 1e-6


def agreed(scenario: Scenario, placed: Placed) -> str:
    """Say what a decision of an earlier plan is."""
    row, day = placed.row, _day(scenario, placed.period)
    amount = f"{placed.quantity:,.6g}"
    sentences = {
        "dispatches": _("{r.from_} hand over {amount} {r.item} ({r.offer}) to {r.to} on {day}"),
        "orders": _("{r.customer} order {amount} {r.item} from {r.supplier} on {day}"),
        "settlements": _(
            "{amount} {r.accepted} settle what {r.party} is owed in {r.item} on {day}"
        ),
        "fulfilments": _("{amount} {r.item} serve the need {r.need} on {day}"),
        "payments": _("{r.fund} pay {amount} for {r.purpose} of {r.item} to {r.party} on {day}"),
    }
    return sentences[placed.table].format(r=row, amount=amount, day=day)


def obstacle(scenario: Scenario, facts: Facts, placed: Placed) -> str:
    """Say which row of the scenario alone no longer allows a decision, "" where none does."""
    if placed.period < 0:
        return _("this is before the scenario starts")
    if placed.period >= facts.periods:
        return _("this is after the scenario's last period")
    finders: dict[str, Callable[[Scenario, Facts, Placed], Iterator[str]]] = {
        "dispatches": _against_dispatch,
        "orders": _against_order,
        "settlements": _against_settlement,
        "fulfilments": _against_fulfilment,
        "payments": _against_payment,
    }
    reasons = finders[placed.table](scenario, facts, placed)
    if placed.column >= 0:
        return next(reasons, "")
    return next(reasons, _("the scenario has no such decision any more"))


def _day(scenario: Scenario, period: int) -> str:
    return scenario.calendar.first_day(period).isoformat()


def _outside(scenario: Scenario, period: int, first: date | None, last: date | None) -> str:
    """Say how a window does not contain a period, "" where it does."""
    if first == NEVER:
        return _("is refused")
    if period in scenario.calendar.window(first, last):
        return ""
    if first is not None and scenario.calendar.index(first) > period:
        return _("opens on {day} only").format(day=first)
    return _("is closed since {day}").format(day=last)


def _against_dispatch(scenario: Scenario, facts: Facts, placed: Placed) -> Iterator[str]:
    row = placed.row
    offer = next((o for o in scenario.offers if o.offer == row.offer), None)
    if offer is None:
        yield _("there is no offer {offer} any more").format(offer=row.offer)
        return
    if (offer.party, offer.item) != (row.from_, row.item):
        yield _("the offer {o.offer} is now of {o.party} and of {o.item}").format(o=offer)
    if offer.to not in {"*", row.to}:
        yield _("the offer {o.offer} is now for {o.to} alone").format(o=offer)
    if row.to not in facts.names.party:
        yield _("there is no party {party} any more").format(party=row.to)
    outside = _outside(scenario, placed.period, offer.from_, offer.until)
    if outside:
        yield _("the offer {offer} {outside}").format(offer=offer.offer, outside=outside)
    if placed.quantity > float(offer.quantity) + _DUST:
        yield _("the offer {o.offer} is of {o.quantity} only").format(o=offer)
    grain = grain_of(offer.lot, indivisible=_is_whole(scenario, offer.item))
    if _is_no_multiple(placed.quantity, grain):
        yield _("the offer {offer} goes in lots of {lot:g}").format(offer=offer.offer, lot=grain)
    yield from _against_lane(scenario, facts, placed)
    assured = any((a.party, a.item) == (row.from_, row.item) for a in scenario.assurances)
    if assured and placed.period >= scenario.horizon:
        yield _("from {day} on debts are only settled, no new ones are made").format(
            day=_day(scenario, scenario.horizon)
        )


def _against_lane(scenario: Scenario, facts: Facts, placed: Placed) -> Iterator[str]:
    row = placed.row
    lane = LaneFinder(scenario.lanes).find(row.from_, row.to, row.item)
    way = _("the lane from {r.from_} to {r.to} for {r.item}").format(r=row)
    if lane is None:
        yield _("there is no lane from {r.from_} to {r.to} for {r.item} any more").format(r=row)
        return
    outside = _outside(scenario, placed.period, lane.opens, lane.until)
    if outside:
        yield _("{way} {outside}").format(way=way, outside=outside)
    if lane.capacity is not None and placed.quantity > float(lane.capacity) + _DUST:
        yield _("{way} carries {most} per period only").format(way=way, most=lane.capacity)
    if placed.period + lane.lead >= facts.periods:
        yield _("by {way} it would arrive after the last period").format(way=way)


def _against_order(scenario: Scenario, facts: Facts, placed: Placed) -> Iterator[str]:
    row = placed.row
    supply = SupplyFinder(scenario.supply).find(row.supplier, row.item, row.customer)
    if supply is None:
        yield _("{r.customer} may not order {r.item} from {r.supplier} any more").format(r=row)
        return
    outside = _outside(scenario, placed.period, supply.opens, supply.until)
    if outside:
        yield _("the supply of {r.item} from {r.supplier} to {r.customer} {outside}").format(
            r=row, outside=outside
        )
    grain = grain_of(supply.lot, indivisible=_is_whole(scenario, row.item))
    if _is_no_multiple(placed.quantity, grain):
        yield _("{r.supplier} sells {r.item} in lots of {lot:g}").format(r=row, lot=grain)
    delivered = placed.period + supply.lead
    if delivered >= facts.periods:
        yield _("with a lead of {s.lead} it would be delivered after the last period").format(
            s=supply
        )
    elif placed.quantity > (most := _capacity(facts, row, delivered)) + _DUST:
        yield _("{r.supplier} can deliver {most:g} {r.item} on {day} only").format(
            r=row, most=most, day=_day(scenario, delivered)
        )


def _capacity(facts: Facts, row: Any, period: int) -> float:
    """Return what a supplier can deliver of an item in a period."""
    item = facts.names.item.get(row.item, -1)
    lines = facts.lines
    return max(
        (
            float(lines.capacity[line, period])
            for line, supplier in enumerate(lines.supplier)
            if supplier == row.supplier and lines.item[line] == item
        ),
        default=0.0,
    )


def _against_settlement(scenario: Scenario, _facts: Facts, placed: Placed) -> Iterator[str]:
    row = placed.row
    accounts = [(a.party, a.item) for a in scenario.assurances]
    accounts += [(d.party, d.item) for d in scenario.debts]
    owed = (row.party, row.item) in accounts
    if not owed:
        yield _("{r.party} is owed no {r.item} any more").format(r=row)
    elif row.accepted != row.item and not any(
        (e.party, e.given, e.accepted) == (row.party, row.item, row.accepted) and e.rate
        for e in scenario.exchange
    ):
        yield _("{r.party} accepts no {r.accepted} for {r.item} any more").format(r=row)
    elif placed.column < 0:
        yield _("no {r.accepted} can arrive at {r.party} then any more").format(r=row)


def _against_fulfilment(scenario: Scenario, _facts: Facts, placed: Placed) -> Iterator[str]:
    row = placed.row
    need = next((n for n in scenario.needs if n.need == row.need), None)
    if need is None:
        yield _("there is no need {need} any more").format(need=row.need)
    elif need.capability != row.item and not any(
        (c.capability, c.item) == (need.capability, row.item) and c.weight
        for c in scenario.capabilities
    ):
        yield _("the need {need} counts no {item} any more").format(need=row.need, item=row.item)
    elif placed.column < 0:
        yield _("no {item} can arrive at {party} then any more").format(
            item=row.item, party=need.party
        )


def _against_payment(scenario: Scenario, _facts: Facts, placed: Placed) -> Iterator[str]:
    row = placed.row
    fund = next((f for f in scenario.funds if f.fund == row.fund), None)
    if fund is None:
        yield _("there is no fund {fund} any more").format(fund=row.fund)
        return
    if placed.period not in scenario.calendar.window(None, fund.until):
        yield _("the fund {f.fund} pays nothing after {f.until}").format(f=fund)
    earmarks = [e for e in scenario.earmarks if e.fund == row.fund]
    if not pays_for(earmarks, row.purpose, row.item, row.party):
        yield _("the fund {r.fund} may not pay for {r.purpose} of {r.item} to {r.party}").format(
            r=row
        )


def _is_whole(scenario: Scenario, item: str) -> bool:
    return any(row.item == item and row.indivisible for row in scenario.items)


def _is_no_multiple(quantity: float, grain: float) -> bool:
    return grain > 0 and abs(quantity / grain - round(quantity / grain)) > _DUST
