"""Every sentence that warns of what is legal but surely not meant, one function each."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ringtausch.language import _
from ringtausch.records.columns import decimal_text as plain
from ringtausch.records.problems import nearest


def _in_role(role: str) -> str:
    return _(' in the role "{role}"').format(role=role) if role else ""


def floor_above_held(
    party: str, capability: str, role: str, quantity: Decimal, held: Decimal
) -> str:
    """Warn of a floor that is never reached."""
    return _(
        "the floor of {quantity} is above all that {party} holds or will be brought of"
        " {capability}{role}, {held}; the gap between counts in every plan"
    ).format(
        quantity=plain(quantity),
        party=party,
        capability=capability,
        role=_in_role(role),
        held=plain(held),
    )


def need_nobody_can_meet(need: str, party: str, role: str, items: Iterable[str]) -> str:
    """Warn of a need for which nothing can come."""
    return _(
        "nobody can meet {need}{role}: no open offer, supply or designable arrival brings {party}"
        " {items}"
    ).format(need=need, role=_in_role(role), party=party, items=_(" or ").join(items) or "it")


def due_after_end(last: str) -> str:
    """Warn of a need that never counts."""
    return _("is after the last period, {last}; the need never counts").format(last=last)


def fund_without_charges(fund: str) -> str:
    """Warn of money that nothing can use."""
    return _("no charge can reach {fund}: nothing that its earmarks allow costs anything").format(
        fund=fund
    )


def offer_without_lane(offer: str, party: str, item: str, to: str) -> str:
    """Warn of an offer that can go nowhere."""
    whom = _("anyone") if to == "*" else to
    return _(
        "{offer} can go nowhere: no lane for {item} from {party} to {whom} is open within its"
        " window and arrives within the plan"
    ).format(offer=offer, item=item, party=party, whom=whom)


def offer_larger_than_stock(quantity: Decimal, party: str, item: str, most: Decimal) -> str:
    """Warn of an offer that cannot be kept in full."""
    return _("{party} offers {quantity} {item} but can never have more than {most}").format(
        party=party, quantity=plain(quantity), item=item, most=plain(most)
    )


def fraction_of_whole_item(quantity: Decimal, item: str) -> str:
    """Warn of a fraction of an item that comes whole."""
    return _("{item} comes in whole units; of {quantity} the fraction cannot be given").format(
        item=item, quantity=plain(quantity)
    )


def lot_of_zero() -> str:
    """Warn of a lot that means nothing."""
    return _("a lot of 0 is read as no lot; leave the cell empty")


def lot_does_not_divide(lot: Decimal, quantity: Decimal) -> str:
    """Warn of a rest of an offer that no lot fills."""
    return _("the lot {lot} does not divide {quantity}: {rest} can never be given").format(
        lot=plain(lot), quantity=plain(quantity), rest=plain(quantity % lot)
    )


def lot_exceeds_lane(lot: Decimal, capacity: Decimal) -> str:
    """Warn of a lot that no lane carries."""
    return _("the lot {lot} is above what a lane carries in a period, {capacity}").format(
        lot=plain(lot), capacity=plain(capacity)
    )


def lot_exceeds_production(lot: Decimal, capacity: Decimal) -> str:
    """Warn of a lot that no period delivers."""
    return _("the lot {lot} is above what a period's production delivers, {capacity}").format(
        lot=plain(lot), capacity=plain(capacity)
    )


def supply_without_production(supplier: str, producers: Iterable[str]) -> str:
    """Warn of a supplier that makes nothing."""
    close = nearest(supplier, producers)
    hint = _('; did you mean "{name}"?').format(name=close) if close not in {None, supplier} else ""
    return _("{supplier} has no row for this in production.csv and delivers nothing{hint}").format(
        supplier=supplier, hint=hint
    )


def production_without_supply(supplier: str, item: str) -> str:
    """Warn of production that no order reaches."""
    return _("nobody can buy {item} from {supplier}: no row of supply.csv is open for it").format(
        item=item, supplier=supplier
    )


def fraction_stays_owed(owed: Decimal, item: str, accepted: Iterable[tuple[str, Decimal]]) -> str:
    """Warn of a debt that whole units cannot settle exactly."""
    ways = ", ".join(f"{name} ({_('counts')} {plain(rate)})" for name, rate in accepted)
    return _(
        "{owed} {item} owed cannot be settled exactly by whole units of {ways}: a fraction stays"
        " owed"
    ).format(owed=plain(owed), item=item, ways=ways)


def assurance_without_replacement(party: str, items: Iterable[str]) -> str:
    """Warn of a promise that nothing can keep."""
    return _(
        "nothing that {party} accepts ({items}) can ever arrive: no supply, offer or designable"
        " arrival; the debt would stay late"
    ).format(party=party, items=", ".join(items))


def exchange_circle(circle: Iterable[str]) -> str:
    """Warn of rates that make something from nothing."""
    return _("the rates around {circle} multiply to more than 1").format(circle=" → ".join(circle))


def unfairness_first() -> str:
    """Warn of an order that moves things without a reason."""
    return _(
        "unfairness stands before moved_value: things would be moved only to even out the burden"
    )


def limit_without_objective(name: str) -> str:
    """Warn of a tolerance or allowance that has no effect."""
    return _("{name} is not among the objectives; this has no effect").format(name=name)
