"""Concessions about things: more, sooner, another item, from stock that is not offered, consent.

In: a scenario, who wants what in it, and sizes. Out: concessions in the order of the tables. What is
listed here stands, family by family, in docs/reference/changes.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_FLOOR, Decimal

from ringtausch.insight.asks.concession import Addition, Change, Concession, Setting
from ringtausch.insight.asks.sizes import Sizes, in_lots, moved
from ringtausch.insight.asks.wanting import Wanting, opened_lane
from ringtausch.insight.asks.words import Words
from ringtausch.language import _
from ringtausch.records.periods import NEVER
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import Lane, Offer

__all__ = ["consent", "instead", "more", "sooner", "stock"]


def more(scenario: Scenario, sizes: Sizes) -> Iterator[Concession]:
    """Each offer: so many units more, in whole lots, and whole units where they cannot be divided."""
    words, whole = Words(scenario), _whole(scenario)
    for place, row in enumerate(scenario.offers):
        extra = in_lots(sizes.units, row.lot or whole.get(row.item))
        wish = _("{party} offered {units} more ({offer})").format(
            party=words.party(row.party), units=words.units(extra, row.item), offer=row.offer
        )
        change = Setting("offers", place, "quantity", row.quantity + extra)
        yield Concession("more", row.party, (change,), wish)


def sooner(scenario: Scenario, sizes: Sizes) -> Iterator[Concession]:
    """Each offer that begins after the first period: so many months sooner."""
    words = Words(scenario)
    for place, row in enumerate(scenario.offers):
        if row.from_ is None or scenario.calendar.index(row.from_) == 0:
            continue
        wish = _("{party} gave {item} {months} sooner ({offer})").format(
            party=words.party(row.party),
            item=words.item(row.item),
            months=words.months(sizes.months),
            offer=row.offer,
        )
        change = Setting("offers", place, "from", moved(row.from_, -sizes.months))
        yield Concession("sooner", row.party, (change,), wish)


def instead(scenario: Scenario, wanting: Wanting) -> Iterator[Concession]:
    """Each offer: as many of another item that its party has and that somebody else wants.

    It offers no more than it has, and not in the lots of the old item. Where the offer names one
    receiver and its lane is shut or missing, it is opened too; where it names none, lanes stay.
    """
    words, whole = Words(scenario), _whole(scenario)
    for place, row in enumerate(scenario.offers):
        for item in scenario.items:
            wanted_by = wanting.receivers(item.item, row.party)
            if item.item == row.item or not wanting.may_give(row.party, item.item):
                continue
            if not wanted_by or (row.to != "*" and row.to not in wanted_by):
                continue
            quantity = min(row.quantity, wanting.held[row.party, item.item])
            if item.item in whole:
                quantity = quantity.to_integral_value(ROUND_FLOOR)
            if quantity == 0:
                continue
            changes: list[Change] = [Setting("offers", place, "item", item.item)]
            if quantity != row.quantity:
                changes.append(Setting("offers", place, "quantity", quantity))
            if row.lot is not None:
                changes.append(Setting("offers", place, "lot", None))
            if row.to != "*":
                changes += opened_lane(wanting, row.party, row.to, item.item)
            wish = _("{party} offered {new} instead of {old} ({offer})").format(
                party=words.party(row.party),
                new=words.units(quantity, item.item),
                old=words.units(row.quantity, row.item),
                offer=row.offer,
            )
            yield Concession("instead", row.party, tuple(changes), wish, monotone=False)


def stock(scenario: Scenario, wanting: Wanting, sizes: Sizes) -> Iterator[Concession]:
    """Each stock of an item of which its party offers none: so many units to each who wants it."""
    words, whole = Words(scenario), _whole(scenario)
    offered = {(row.party, row.item) for row in scenario.offers}
    names = {row.offer for row in scenario.offers}
    for row in scenario.stocks:
        if row.quantity == 0 or (row.party, row.item) in offered:
            continue
        if not wanting.may_give(row.party, row.item):
            continue
        units = in_lots(sizes.units, whole.get(row.item))
        for receiver in wanting.receivers(row.item, row.party):
            name = _free_name(f"ask-{row.party}-{row.item}-{receiver}", names)
            offer = Offer(offer=name, party=row.party, item=row.item, quantity=units, to=receiver)
            lane = opened_lane(wanting, row.party, receiver, row.item)
            wish = _("{party} offered {units} to {receiver}").format(
                party=words.party(row.party),
                units=words.units(units, row.item),
                receiver=words.party(receiver),
            )
            if lane:
                wish = _("{wish}, with the consent to transfer it").format(wish=wish)
            yield Concession("stock", row.party, (Addition("offers", offer), *lane), wish)


def _whole(scenario: Scenario) -> dict[str, Decimal]:
    """Return the smallest quantity of each item that cannot be divided."""
    return {row.item: Decimal(1) for row in scenario.items if row.indivisible}


def _free_name(name: str, taken: Iterable[str]) -> str:
    """Return the name, or the first numbered one that no offer has."""
    taken, number, free = set(taken), 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def consent(scenario: Scenario, wanting: Wanting, sizes: Sizes) -> Iterator[Concession]:
    """Each lane that opens late, never or closes early; each that an offer would need and lacks."""
    for place, row in enumerate(scenario.lanes):
        yield from _opened(scenario, place, row, sizes)
        yield from _lengthened(scenario, place, row, sizes)
    yield from _missing(scenario, wanting)


def _opened(scenario: Scenario, place: int, row: Lane, sizes: Sizes) -> Iterator[Concession]:
    """Open a lane from the start; and, where that is another thing, so many months sooner."""
    if row.opens is None or scenario.calendar.index(row.opens) == 0:
        return
    words = Words(scenario)
    change = Setting("lanes", place, "opens", None)
    wish = _("the transfer of {lane} were consented to from the start")
    yield Concession("consent", row.from_, (change,), wish.format(lane=_lane(words, row)))
    earlier = moved(row.opens, -sizes.months)
    if row.opens != NEVER and scenario.calendar.index(earlier) > 0:
        change = Setting("lanes", place, "opens", earlier)
        wish = _("the transfer of {lane} were consented to {months} sooner").format(
            lane=_lane(words, row), months=words.months(sizes.months)
        )
        yield Concession("consent", row.from_, (change,), wish)


def _lengthened(scenario: Scenario, place: int, row: Lane, sizes: Sizes) -> Iterator[Concession]:
    """Let a consent that ends within the plan last longer; one that has ended, for good."""
    calendar = scenario.calendar
    if row.until is None:
        return
    closed = row.until < scenario.start  # even where the plan has one period, that of the start
    if not closed and calendar.index(row.until) >= calendar.count - 1:
        return
    words = Words(scenario)
    if closed:
        later, how = None, _("did not end")
    else:
        later = moved(row.until, sizes.months)
        how = _("lasted {months} longer").format(months=words.months(sizes.months))
    wish = _("the consent to the transfer of {lane} {how}").format(lane=_lane(words, row), how=how)
    yield Concession("consent", row.from_, (Setting("lanes", place, "until", later),), wish)


def _missing(scenario: Scenario, wanting: Wanting) -> Iterator[Concession]:
    """Give each offer the lane that no row describes, to each whom it allows and who wants it."""
    words, seen = Words(scenario), set()
    for offer in scenario.offers:
        for receiver in wanting.receivers(offer.item, offer.party):
            way = (offer.party, receiver, offer.item)
            if offer.to not in {"*", receiver} or way in seen or wanting.lanes.find(*way):
                continue
            seen.add(way)
            wish = _("the transfer of {item} from {giver} to {receiver} were consented to").format(
                item=words.item(offer.item),
                giver=words.party(offer.party),
                receiver=words.party(receiver),
            )
            yield Concession("consent", offer.party, opened_lane(wanting, *way), wish)


def _lane(words: Words, row: Lane) -> str:
    to = _("every receiver") if row.to == "*" else words.party(row.to)
    return _("{item} from {giver} to {receiver}").format(
        item=words.item(row.item), giver=words.party(row.from_), receiver=to
    )
