"""Concessions about terms: assurances, trust, softness, gaps, exchange, production slots.

In: a scenario and sizes. Out: concessions in the order of the tables. What is listed here stands,
family by family, in docs/reference/changes.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal

from ringtausch.insight.asks.concession import Addition, Change, Concession, Setting
from ringtausch.insight.asks.sizes import Sizes, in_lots, moved, periods_of
from ringtausch.insight.asks.words import Words
from ringtausch.language import _
from ringtausch.records.matching import SupplyFinder
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import Exchange, Production

__all__ = ["assurance", "capacity", "exchange", "gap", "slot", "soft", "trust"]

_RATE_STEP = Decimal("0.0001")


def assurance(scenario: Scenario, sizes: Sizes) -> Iterator[Concession]:
    """Each assurance: so many months longer, at most as long as the settlement."""
    words = Words(scenario)
    for place, row in enumerate(scenario.assurances):
        within = min(row.within + periods_of(sizes.months, scenario), scenario.settlement)
        if within <= row.within:
            continue
        wish = _("{party} accepted {within} instead of {before} until {item} is replaced").format(
            party=words.party(row.party),
            within=words.periods(within),
            before=words.periods(row.within),
            item=words.item(row.item),
        )
        change = Setting("assurances", place, "within", within)
        yield Concession("assurance", row.party, (change,), wish)


def trust(scenario: Scenario) -> Iterator[Concession]:
    """Each secured assurance: trust instead of security."""
    words = Words(scenario)
    for place, row in enumerate(scenario.assurances):
        if row.secured:
            wish = _("{party} gave {item} on trust, before its replacement is under way").format(
                party=words.party(row.party), item=words.item(row.item)
            )
            change = Setting("assurances", place, "secured", value=False)
            yield Concession("trust", row.party, (change,), wish)


def soft(scenario: Scenario) -> Iterator[Concession]:
    """Each hard assurance and each hard need: a wish that counts, no longer a condition."""
    words = Words(scenario)
    for place, row in enumerate(scenario.assurances):
        if row.hard:
            wish = _("{party} let the replacement of {item} be late").format(
                party=words.party(row.party), item=words.item(row.item)
            )
            change = Setting("assurances", place, "hard", value=False)
            yield Concession("soft", row.party, (change,), wish)
    for place, need in enumerate(scenario.needs):
        if need.hard:
            wish = _("{party} let its need {need} be met late").format(
                party=words.party(need.party), need=need.need
            )
            change = Setting("needs", place, "hard", value=False)
            yield Concession("soft", need.party, (change,), wish)


def gap(scenario: Scenario, sizes: Sizes) -> Iterator[Concession]:
    """Each floor: an accepted gap that is so many units deeper, at most the floor itself."""
    words = Words(scenario)
    whole = {row.item: Decimal(1) for row in scenario.items if row.indivisible}
    for place, row in enumerate(scenario.floors):
        deeper = in_lots(sizes.units, whole.get(row.capability))
        deepest = min(row.max_gap + deeper, row.quantity)
        if deepest <= row.max_gap:
            continue
        wish = _("{party} accepted to be {units} below its floor instead of {before}").format(
            party=words.party(row.party),
            units=words.units(deepest, row.capability),
            before=words.units(row.max_gap, row.capability),
        )
        change = Setting("floors", place, "max_gap", deepest)
        yield Concession("gap", row.party, (change,), wish)


def exchange(scenario: Scenario) -> Iterator[Concession]:
    """Each party that is owed an item: another one that plays the same role in a capability.

    The rate is the ratio of their weights in the first capability, in the order of its table, in
    which they share a role; rounded down to four decimals.
    """
    words = Words(scenario)
    accounts = dict.fromkeys(
        [(row.party, row.item) for row in scenario.assurances]
        + [(row.party, row.item) for row in scenario.debts]
    )
    there = {(row.party, row.given, row.accepted) for row in scenario.exchange}
    for party, given in accounts:
        for accepted, rate in _stand_ins(scenario, given).items():
            if (party, given, accepted) in there or rate == 0:
                continue
            row = Exchange(party=party, given=given, accepted=accepted, rate=rate)
            wish = _("{party} accepted {accepted} for {given}, at {rate} to 1").format(
                party=words.party(party),
                accepted=words.item(accepted),
                given=words.item(given),
                rate=rate,
            )
            yield Concession("exchange", party, (Addition("exchange", row),), wish)


def _stand_ins(scenario: Scenario, item: str) -> dict[str, Decimal]:
    """Find what plays the same role as an item, and how much of the item one unit of it replaces."""
    found: dict[str, Decimal] = {}
    for own in scenario.capabilities:
        if own.item != item or own.weight == 0:
            continue
        for other in scenario.capabilities:
            same = (other.capability, other.role) == (own.capability, own.role)
            if same and other.item not in {item, *found} and other.weight > 0:
                rate = (other.weight / own.weight).quantize(_RATE_STEP, ROUND_FLOOR)
                found[other.item] = rate.normalize() if rate % 1 else rate.to_integral_value()
    return found


def slot(scenario: Scenario, sizes: Sizes) -> Iterator[Concession]:
    """Each debt due within the plan whose item another customer may order from the same supplier."""
    words, finder = Words(scenario), SupplyFinder(scenario.supply)
    made = {(row.supplier, row.item) for row in scenario.production}
    for place, row in enumerate(scenario.debts):
        if scenario.calendar.index(row.due) >= scenario.calendar.count or row.quantity == 0:
            continue
        lines = [s for s in finder.suppliers if (s, row.item) in made]
        shared = [
            supplier
            for supplier in lines
            if finder.find(supplier, row.item, row.party)
            and any(
                finder.find(supplier, row.item, other.party)
                for other in scenario.parties
                if other.party != row.party
            )
        ]
        if not shared:
            continue
        due = moved(row.due, sizes.months)
        wish = _(
            "{party} let the {units} that it is owed by {before} come {months} later, ceding its"
            " place at {suppliers}"
        ).format(
            party=words.party(row.party),
            suppliers=_(" and ").join(shared),
            units=words.units(row.quantity, row.item),
            before=words.day(row.due, ""),
            months=words.months(sizes.months),
        )
        yield Concession("slot", row.party, (Setting("debts", place, "due", due),), wish)


def capacity(scenario: Scenario, sizes: Sizes) -> Iterator[Concession]:
    """Each rate of production: so many units more in its first period, then as before."""
    words, calendar = Words(scenario), scenario.calendar
    whole = {row.item for row in scenario.items if row.indivisible}
    for place, row in enumerate(scenario.production):
        period = calendar.index(row.from_)
        line = [r for r in scenario.production if (r.supplier, r.item) == (row.supplier, row.item)]
        superseded = any(r.from_ > row.from_ and calendar.index(r.from_) == period for r in line)
        if superseded or period >= calendar.count:
            continue
        extra = in_lots(sizes.units, Decimal(1) if row.item in whole else None)
        changes: list[Change] = [Setting("production", place, "capacity", row.capacity + extra)]
        if period + 1 < calendar.count and period + 1 not in {
            calendar.index(r.from_) for r in line
        }:
            after = Production(
                supplier=row.supplier,
                item=row.item,
                from_=calendar.first_day(period + 1),
                capacity=row.capacity,
            )
            changes.append(Addition("production", after))
        wish = _("{supplier} made {units} more in {period}").format(
            supplier=words.party(row.supplier),
            units=words.units(extra, row.item),
            period=words.period(period),
        )
        yield Concession("capacity", row.supplier, tuple(changes), wish)
