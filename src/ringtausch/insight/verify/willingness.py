"""Rule 2, willingness: nothing is handed over that was not offered on these terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ringtausch.insight.verify import rule_messages as say
from ringtausch.insight.verify.case import Case
from ringtausch.insight.verify.decisions import Dispatched
from ringtausch.insight.verify.lots import lots_missed, near_lots
from ringtausch.insight.verify.tolerances import quantity_slack
from ringtausch.insight.verify.violation import Violation, broken
from ringtausch.insight.verify.wording import units
from ringtausch.records import Offer

__all__ = ["willingness"]


def willingness(case: Case) -> list[Violation]:
    """Check window, receiver, lots, quantity and condition of every offer that is used."""
    by_offer: dict[str, list[Dispatched]] = defaultdict(list)
    found: list[Violation] = []
    for sent in case.decisions.dispatches:
        if sent.offer is not None:  # an unknown offer is said where the plan is read
            by_offer[sent.offer.offer].append(sent)
            found += _terms(case, sent, sent.offer)
    for name, rows in by_offer.items():
        offer = case.facts.offers[name]
        found += _lots(case, offer, rows)
        found += _quantity(offer, rows)
        found += _condition(case, offer, rows)
    return found


def _terms(case: Case, sent: Dispatched, offer: Offer) -> Iterator[Violation]:
    if (sent.from_, sent.item) != (offer.party, offer.item):
        right = (offer.party, offer.item)
        quantity = units(sent.quantity, sent.item)
        text = say.other_offer(sent.place, quantity, sent.from_, offer.offer, right)
        yield _broken(case, sent, offer, text)
    if offer.to not in {"*", sent.to}:
        text = say.not_to_that_party(sent.place, sent.to, offer.offer, offer.to)
        yield _broken(case, sent, offer, text)
    window = case.facts.window(offer.from_, offer.until)
    if sent.period not in window:
        stands = _stands(case, window)
        text = say.offer_not_open(sent.place, offer.offer, case.label(sent.period), stands)
        yield _broken(case, sent, offer, text)


def _broken(case: Case, sent: Dispatched, offer: Offer, text: str) -> Violation:
    key = (offer.offer, sent.to, case.label(sent.period))
    return broken(2, sent.place, key, sent.quantity, text)


def _stands(case: Case, window: range) -> str:
    if not window:
        return say.stands("", "")
    first = case.label(window.start) if window.start > 0 else ""
    last = case.label(window.stop - 1) if window.stop < case.facts.count else ""
    return say.stands(first, last)


def _lots(case: Case, offer: Offer, rows: list[Dispatched]) -> Iterator[Violation]:
    if not offer.lot:
        return
    decisions: dict[tuple[str, int], list[Dispatched]] = defaultdict(list)
    for sent in rows:
        decisions[sent.to, sent.period].append(sent)
    for (to, period), together in decisions.items():
        quantity = sum(sent.quantity for sent in together)
        lot = float(offer.lot)
        missed = lots_missed(quantity, lot)
        if missed > quantity_slack(quantity):
            places = [sent.place for sent in together]
            terms = say.under_offer(offer.offer, to, case.label(period))
            said = units(quantity, offer.item)
            text = say.not_in_lots(places, said, terms, lot, near_lots(quantity, lot))
            yield broken(2, places[-1], (offer.offer, to, case.label(period)), missed, text)


def _quantity(offer: Offer, rows: list[Dispatched]) -> Iterator[Violation]:
    sent = sum(row.quantity for row in rows)
    limit = float(offer.quantity)
    if sent - limit > quantity_slack(sent, limit):
        places = [row.place for row in rows]
        text = say.offer_used_up(places, sent, offer.item, offer.offer, limit)
        yield broken(2, places[-1], (offer.offer,), sent - limit, text)


def _condition(case: Case, offer: Offer, rows: list[Dispatched]) -> Iterator[Violation]:
    if not offer.if_others:
        return
    others = sum(
        sent.quantity
        for sent in case.decisions.dispatches
        if sent.item == offer.item
        and sent.from_ != offer.party
        and (sent.to, sent.item) in case.facts.wanted
    )
    condition = float(offer.if_others)
    if condition - others > quantity_slack(condition, others):
        places = [row.place for row in rows]
        text = say.others_do_not(places, offer.offer, offer.item, condition, others)
        yield broken(2, places[-1], (offer.offer,), condition - others, text)
