"""What verification says about broken rules, one function each, in the order of the page.

A sentence says which row does what, what the rule allows, and by how much it is missed. The number
and name of the rule are put in front of it (`violation.broken`).
"""

from __future__ import annotations

from collections.abc import Sequence

from ringtausch.insight.verify.violation import Place
from ringtausch.insight.verify.wording import listed, number, places, units
from ringtausch.language import _, ngettext

# ---- rule 1: stock


def stock_too_small(
    rows: Sequence[Place], sent: float, ready: float, item: str, party: str, period: str
) -> str:
    """Say that a party sends what it does not have."""
    return ngettext(
        "{rows} sends {sent} from {party} in {period}, but {party} has only {ready} that it can"
        " send then; {excess} too many",
        "{rows} send {sent} from {party} in {period}, but {party} has only {ready} that it can"
        " send then; {excess} too many",
        len(rows),
    ).format(
        rows=places(rows), sent=units(sent, item), party=party, period=period,
        ready=number(ready), excess=number(sent - ready),
    )  # fmt: skip


# ---- rule 2: willingness


def other_offer(row: Place, quantity: str, party: str, offer: str, right: tuple[str, str]) -> str:
    """Say that an offer is of another party or item; `right` is the offer's party and item."""
    return _(
        "{row} sends {quantity} from {party} under the offer {offer}, which is for {item} of"
        " {right}"
    ).format(row=row, quantity=quantity, party=party, offer=offer, item=right[1], right=right[0])


def offer_not_open(row: Place, offer: str, period: str, stands: str) -> str:
    """Say that an offer does not stand in a period."""
    return _("{row} uses the offer {offer} in {period}, but it stands {stands}").format(
        row=row, offer=offer, period=period, stands=stands
    )


def not_to_that_party(row: Place, to: str, offer: str, right: str) -> str:
    """Say that an offer is to another party."""
    return _("{row} sends to {to} under the offer {offer}, which is to {right} only").format(
        row=row, to=to, offer=offer, right=right
    )


def not_in_lots(
    rows: Sequence[Place], quantity: str, terms: str, lot: float, near: tuple[float, float]
) -> str:
    """Say that a quantity is no multiple of the lot."""
    below, above = (number(count) for count in near)
    right = above if near[0] <= 0 else _("{below} or {above}").format(below=below, above=above)
    return ngettext(
        "{rows} has {quantity} {terms}, which is no multiple of the lot of {lot}; {right} would be",
        "{rows} have {quantity} {terms}, which is no multiple of the lot of {lot}; {right} would be",
        len(rows),
    ).format(rows=places(rows), quantity=quantity, terms=terms, lot=number(lot), right=right)


def under_offer(offer: str, to: str, period: str) -> str:
    """Name the dispatches of an offer that are one decision."""
    return _("under the offer {offer} to {to} in {period}").format(
        offer=offer, to=to, period=period
    )


def for_customer(supplier: str, customer: str, period: str) -> str:
    """Name the orders that are one decision."""
    return _("ordered from {supplier} for {customer} in {period}").format(
        supplier=supplier, customer=customer, period=period
    )


def offer_used_up(rows: Sequence[Place], sent: float, item: str, offer: str, limit: float) -> str:
    """Say that more is sent than was offered."""
    return ngettext(
        "{rows} sends {sent} under the offer {offer}, which is for {limit}; {excess} too many",
        "{rows} send {sent} under the offer {offer}, which is for {limit}; {excess} too many",
        len(rows),
    ).format(
        rows=places(rows), sent=units(sent, item), offer=offer, limit=number(limit),
        excess=number(sent - limit),
    )  # fmt: skip


def others_do_not(
    rows: Sequence[Place], offer: str, item: str, condition: float, others: float
) -> str:
    """Say that the condition of an offer is not met."""
    return ngettext(
        "{rows} uses the offer {offer}, which stands only if others send at least {condition} to"
        " parties that need it; they send {others}, {missing} too few",
        "{rows} use the offer {offer}, which stands only if others send at least {condition} to"
        " parties that need it; they send {others}, {missing} too few",
        len(rows),
    ).format(
        rows=places(rows), offer=offer, condition=units(condition, item), others=number(others),
        missing=number(condition - others),
    )  # fmt: skip


# ---- rule 3: consent and capacity


def no_lane(sends: str) -> str:
    """Say that no row allows a transfer."""
    return _("{sends}, but no row of lanes.csv allows that").format(sends=sends)


def lane_not_open(sends: str, opens: str) -> str:
    """Say that a lane is not open in a period."""
    return _("{sends}, but that lane {opens}").format(sends=sends, opens=opens)


def arrives_too_late(sends: str, lead: int, last: str) -> str:
    """Say that a dispatch would arrive after the plan."""
    return _(
        "{sends}, but with a lead of {lead} that arrives after the last period, {last}"
    ).format(sends=sends, lead=lead, last=last)


def lane_too_narrow(rows: Sequence[Place], sent: float, item: str, way: str, limit: float) -> str:
    """Say that a lane carries less in a period."""
    return ngettext(
        "{rows} sends {sent} {way}, but that lane carries {limit} in a period; {excess} too many",
        "{rows} send {sent} {way}, but that lane carries {limit} in a period; {excess} too many",
        len(rows),
    ).format(
        rows=places(rows), sent=units(sent, item), way=way, limit=number(limit),
        excess=number(sent - limit),
    )  # fmt: skip


def sends(row: Place, quantity: str, way: str) -> str:
    """Say what a dispatch does."""
    return _("{row} sends {quantity} {way}").format(row=row, quantity=quantity, way=way)


def way(from_: str, to: str, period: str) -> str:
    """Name a lane and a period."""
    return _("from {from_} to {to} in {period}").format(from_=from_, to=to, period=period)


# ---- rule 4: production


def orders(row: Place, quantity: str, terms: str) -> str:
    """Say what an order does."""
    return _("{row} has {quantity} {terms}").format(row=row, quantity=quantity, terms=terms)


def no_supply(orders: str) -> str:
    """Say that no row allows a purchase."""
    return _("{orders}, but no row of supply.csv allows that").format(orders=orders)


def supply_not_open(orders: str, opens: str) -> str:
    """Say that no orders are taken in a period."""
    return _("{orders}, but that supply {opens}").format(orders=orders, opens=opens)


def delivered_too_late(orders: str, lead: int, last: str) -> str:
    """Say that an order would be delivered after the plan."""
    return _(
        "{orders}, but with a lead of {lead} that is delivered after the last period, {last}"
    ).format(orders=orders, lead=lead, last=last)


def production_too_small(
    rows: Sequence[Place], made: float, item: str, supplier: str, period: str, limit: float
) -> str:
    """Say that a supplier delivers less in a period."""
    return ngettext(
        "{rows} has {made} delivered by {supplier} in {period}, but it can deliver {limit} then;"
        " {excess} too many",
        "{rows} have {made} delivered by {supplier} in {period}, but it can deliver {limit} then;"
        " {excess} too many",
        len(rows),
    ).format(
        rows=places(rows), made=units(made, item), supplier=supplier, period=period,
        limit=number(limit), excess=number(made - limit),
    )  # fmt: skip


# ---- windows, as a person would say them


def opens(first: str) -> str:
    """Say when something begins."""
    return _("opens in {period}").format(period=first)


def closed_after(last: str) -> str:
    """Say when something has ended."""
    return _("closed after {period}").format(period=last)


def never_open() -> str:
    """Say that something is never open."""
    return _("is closed in every period of the plan")


def refused() -> str:
    """Say that a consent was refused."""
    return _("was refused consent")


def stands(first: str, last: str) -> str:
    """Say from when to when something stands; an empty label is no limit."""
    if first and last:
        return _("from {first} to {last}").format(first=first, last=last)
    if first:
        return _("from {first} on").format(first=first)
    return _("until {last}").format(last=last) if last else _("in no period of the plan")


# ---- rule 5: designation


def no_such_debt(row: Place, party: str, item: str) -> str:
    """Say that nothing of the kind can be owed."""
    return _(
        "{row} settles a debt of {item} to {party}, but {party} has no assurance for {item} and"
        " is owed none at the start"
    ).format(row=row, item=item, party=party)


def not_accepted(row: Place, party: str, item: str, accepted: str, right: Sequence[str]) -> str:
    """Say that a party does not accept an item for another."""
    return _(
        "{row} settles {item} owed to {party} with {accepted}, but {party} accepts only {right}"
    ).format(row=row, item=item, party=party, accepted=accepted, right=listed(right))


def not_counted(row: Place, need: str, item: str, capability: str, right: Sequence[str]) -> str:
    """Say that an item does not serve a need."""
    return _(
        "{row} serves the need {need} with {item}, but it asks for {capability}, which counts only"
        " {right}"
    ).format(row=row, need=need, item=item, capability=capability, right=listed(right))


def used_more_than_arrived(
    rows: Sequence[Place], used: float, item: str, party: str, period: str, arrived: float
) -> str:
    """Say that more is put to use than has come."""
    return ngettext(
        "{rows} uses {used} of what arrives at {party} in {period}, but only {arrived} arrive then"
        " that may be used; {excess} too many",
        "{rows} use {used} of what arrives at {party} in {period}, but only {arrived} arrive then"
        " that may be used; {excess} too many",
        len(rows),
    ).format(
        rows=places(rows), used=units(used, item), party=party, period=period,
        arrived=number(arrived), excess=number(used - arrived),
    )  # fmt: skip


# ---- rule 6: debt


def settled_too_much(
    rows: Sequence[Place], repaid: float, item: str, party: str, period: str, owed: float
) -> str:
    """Say that more is settled than is owed."""
    return ngettext(
        "{rows} settles {repaid} owed to {party} in {period}, but only {owed} are owed then;"
        " {excess} too many",
        "{rows} settle {repaid} owed to {party} in {period}, but only {owed} are owed then;"
        " {excess} too many",
        len(rows),
    ).format(
        rows=places(rows), repaid=units(repaid, item), party=party, period=period,
        owed=number(owed), excess=number(repaid - owed),
    )  # fmt: skip


# ---- rule 7: assurance


def sent_in_settlement(
    row: Place, quantity: float, item: str, party: str, period: str, horizon: str
) -> str:
    """Say that new debts are made when old ones are to be settled."""
    return _(
        "{row} sends {quantity} from {party} in {period}, but from {horizon} on, in the settlement,"
        " no one sends an item for which it holds an assurance"
    ).format(row=row, quantity=units(quantity, item), party=party, period=period, horizon=horizon)


def replaced_too_late(
    row: Place, late: float, item: str, party: str, within: int, periods: str
) -> str:
    """Say that a hard deadline is missed."""
    return ngettext(
        "{row}: {late} handed over by {party} are not replaced in {periods}, more than"
        " {within} period after the hand-over, which its assurance does not allow",
        "{row}: {late} handed over by {party} are not replaced in {periods}, more than"
        " {within} periods after the hand-over, which its assurance does not allow",
        within,
    ).format(row=row, late=units(late, item), party=party, periods=periods, within=within)


# ---- rule 8: floor


def below_floor(
    row: Place, who: tuple[str, str], left: str, asked: Place, floor: float, allowed: float
) -> str:
    """Say that a party falls further below its floor than agreed; `who` is the party and when."""
    return _(
        "{row} leaves {party} with {left} in {periods}; its floor is {floor} ({asked}), and it may"
        " fall at most {allowed} below it"
    ).format(
        row=row, party=who[0], left=left, periods=who[1], floor=number(floor), asked=asked,
        allowed=number(allowed),
    )  # fmt: skip


# ---- rule 9: need


def hard_need_unmet(row: Place, need: str, party: str, missing: str, periods: str, due: str) -> str:
    """Say that a hard need is not met when it is due."""
    return _(
        "{row}: the hard need {need} of {party} lacks {missing} in {periods}; it is to be met from"
        " {due} on"
    ).format(row=row, need=need, party=party, missing=missing, periods=periods, due=due)


def does_not_stay(
    row: Place, served: Sequence[Place], who: tuple[str, str], quantity: str, left: float
) -> str:
    """Say that what serves a need has gone; `who` is the party and when."""
    return _(
        "{row} leaves {party} with {left} in {periods}, but {quantity} serve its needs ({served})"
        " and stay"
    ).format(
        row=row, party=who[0], periods=who[1], left=number(left), quantity=quantity,
        served=places(served),
    )  # fmt: skip


# ---- rule 10: charges


def charge(purpose: str, item: str, party: str) -> str:
    """Name a charge or an earmark; `*` is every one."""
    return _("{purpose} of {item} for {party}").format(purpose=purpose, item=item, party=party)


def not_earmarked(row: Place, amount: str, fund: str, charge: str, allowed: Sequence[str]) -> str:
    """Say that a fund may not pay for something."""
    return _(
        "{row} pays {amount} from {fund} for {charge}, but its earmarks allow only {allowed}"
    ).format(row=row, amount=amount, fund=fund, charge=charge, allowed=listed(allowed))


def no_such_charge(rows: Sequence[Place], paid: str, charge: str, period: str) -> str:
    """Say that something is paid that nobody asks for."""
    return ngettext(
        "{rows} pays {paid} for {charge} in {period}, but there is no such charge then",
        "{rows} pay {paid} for {charge} in {period}, but there is no such charge then",
        len(rows),
    ).format(rows=places(rows), paid=paid, charge=charge, period=period)


def not_paid(rows: Sequence[Place], due: str, charge: str, period: str) -> str:
    """Say that nobody pays a charge."""
    return ngettext(
        "{rows} makes a charge of {due} in {period} ({charge}), which no row of payments.csv pays",
        "{rows} make a charge of {due} in {period} ({charge}), which no row of payments.csv pays",
        len(rows),
    ).format(rows=places(rows), due=due, charge=charge, period=period)


def paid_too_little(rows: Sequence[Place], paid: str, charge: str, due: str, missing: str) -> str:
    """Say that a charge is not paid in full; `charge` names it and when."""
    return ngettext(
        "{rows} pays {paid} for {charge}, but the charge is {due}; {missing} too little",
        "{rows} pay {paid} for {charge}, but the charge is {due}; {missing} too little",
        len(rows),
    ).format(rows=places(rows), paid=paid, charge=charge, due=due, missing=missing)


def paid_too_much(rows: Sequence[Place], paid: str, charge: str, due: str, excess: str) -> str:
    """Say that more than a charge is paid; `charge` names it and when."""
    return ngettext(
        "{rows} pays {paid} for {charge}, but the charge is {due}; {excess} too much",
        "{rows} pay {paid} for {charge}, but the charge is {due}; {excess} too much",
        len(rows),
    ).format(rows=places(rows), paid=paid, charge=charge, due=due, excess=excess)


def charge_then(charge: str, period: str) -> str:
    """Name a charge and when it is to be paid."""
    return _("{charge} in {period}").format(charge=charge, period=period)


# ---- rule 11: funds


def fund_has_lapsed(row: Place, amount: str, fund: str, period: str, last: str) -> str:
    """Say that a fund has ended; `last` is empty where it ended before the plan begins."""
    if not last:
        return _(
            "{row} pays {amount} from {fund} in {period}, but {fund} lapsed before the plan begins"
        ).format(row=row, amount=amount, fund=fund, period=period)
    return _(
        "{row} pays {amount} from {fund} in {period}, but what {fund} has left lapses after {last}"
    ).format(row=row, amount=amount, fund=fund, period=period, last=last)


def fund_overdrawn(
    rows: Sequence[Place], amount: str, fund: str, period: str, left: str, excess: str
) -> str:
    """Say that a fund does not have the money yet."""
    return ngettext(
        "{rows} pays {amount} from {fund} in {period}, but {fund} has only {left} by then; {excess}"
        " too much",
        "{rows} pay {amount} from {fund} in {period}, but {fund} has only {left} by then; {excess}"
        " too much",
        len(rows),
    ).format(rows=places(rows), amount=amount, fund=fund, period=period, left=left, excess=excess)


# ---- rule 12: security


def not_under_way(
    row: Place, owed: float, item: str, party: str, periods: str, covered: float
) -> str:
    """Say that something is handed over before its replacement is under way."""
    return _(
        "{row} leaves {party} with {owed} owed in {periods}, which its assurance wants secured, but"
        " what is under way to it counts for {covered}; {missing} too few"
    ).format(
        row=row, party=party, owed=units(owed, item), periods=periods, covered=number(covered),
        missing=number(owed - covered),
    )  # fmt: skip


# ---- rule 13: no circles


def goes_round(
    item: str, circle: Sequence[str], rows: Sequence[Place], smallest: str, way: tuple[str, str]
) -> str:
    """Say that an item goes in a circle; `way` is its smallest arrow."""
    return _(
        "{item} goes in a circle, {circle} ({rows}); without the {smallest} from {from_} to {to} it"
        " would not"
    ).format(
        item=item, circle=" > ".join(circle), rows=places(rows), smallest=smallest, from_=way[0],
        to=way[1],
    )  # fmt: skip
