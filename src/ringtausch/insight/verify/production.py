"""Rule 4, production: orders on the supplier's terms, deliveries within what it can deliver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ringtausch.insight.verify import rule_messages as say
from ringtausch.insight.verify.case import Case
from ringtausch.insight.verify.consent_and_capacity import why_closed
from ringtausch.insight.verify.decisions import Ordered
from ringtausch.insight.verify.lots import lots_missed, near_lots
from ringtausch.insight.verify.tolerances import quantity_slack
from ringtausch.insight.verify.violation import Violation, broken
from ringtausch.insight.verify.wording import units
from ringtausch.records import NEVER

__all__ = ["production"]


def production(case: Case) -> list[Violation]:
    """Check window and lots of every purchase, and the capacity of every period of delivery."""
    found = [violation for order in case.decisions.orders for violation in _purchase(case, order)]
    return [*found, *_lots(case), *_capacities(case)]


def _purchase(case: Case, order: Ordered) -> Iterator[Violation]:
    supply = order.supply
    if supply is None:
        yield _broken(case, order, say.no_supply(_orders(case, order)))
        return
    window = case.facts.window(supply.opens, supply.until)
    if order.period not in window:
        why = say.refused() if supply.opens == NEVER else why_closed(case, window, order.period)
        yield _broken(case, order, say.supply_not_open(_orders(case, order), why))
    if order.delivered >= case.facts.count:
        last = case.label(case.facts.count - 1)
        yield _broken(case, order, say.delivered_too_late(_orders(case, order), supply.lead, last))


def _orders(case: Case, order: Ordered) -> str:
    terms = say.for_customer(order.supplier, order.customer, case.label(order.period))
    return say.orders(order.place, units(order.quantity, order.item), terms)


def _broken(case: Case, order: Ordered, text: str) -> Violation:
    key = (order.supplier, order.item, order.customer, case.label(order.period))
    return broken(4, order.place, key, order.quantity, text)


def _lots(case: Case) -> Iterator[Violation]:
    together: dict[tuple[str, str, str, int], list[Ordered]] = defaultdict(list)
    for order in case.decisions.orders:
        if order.supply is not None and order.supply.lot:
            together[order.supplier, order.item, order.customer, order.period].append(order)
    for (supplier, item, customer, period), rows in together.items():
        quantity = sum(row.quantity for row in rows)
        supply = rows[0].supply
        assert supply is not None
        lot = float(supply.lot or 0)
        missed = lots_missed(quantity, lot)
        if missed > quantity_slack(quantity):
            places = [row.place for row in rows]
            terms = say.for_customer(supplier, customer, case.label(period))
            said = units(quantity, item)
            text = say.not_in_lots(places, said, terms, lot, near_lots(quantity, lot))
            key = (supplier, item, customer, case.label(period))
            yield broken(4, places[-1], key, missed, text)


def _capacities(case: Case) -> Iterator[Violation]:
    together: dict[tuple[str, str, int], list[Ordered]] = defaultdict(list)
    for order in case.decisions.orders:
        if order.delivered < case.facts.count:
            together[order.supplier, order.item, order.delivered].append(order)
    for (supplier, item, period), rows in together.items():
        quantity = sum(row.quantity for row in rows)
        limit = float(case.facts.capacity(supplier, item)[period])
        if quantity - limit > quantity_slack(quantity, limit):
            places = [row.place for row in rows]
            label = case.label(period)
            text = say.production_too_small(places, quantity, item, supplier, label, limit)
            yield broken(4, places[-1], (supplier, item, label), quantity - limit, text)
