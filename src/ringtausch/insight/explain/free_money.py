"""The family money: what each fund gets, when, for what and until when; and charges nobody may pay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ringtausch.insight.explain.changes import Change
from ringtausch.insight.explain.release import Release, RowName, name_row
from ringtausch.insight.explain.uses import Holdings, terms_of
from ringtausch.insight.explain.wording import amount_text, day_text, free_name
from ringtausch.language import _
from ringtausch.records import Scenario
from ringtausch.records.matching import LaneFinder, SupplyFinder, pays_for
from ringtausch.records.tables import Earmark, Fund
from ringtausch.records.tables import Release as MoneyRelease

__all__ = ["free_money"]

Charge = tuple[str, str, str]  # purpose, item, beneficiary


def free_money(scenario: Scenario, holdings: Holdings, money: Decimal) -> Iterator[Release]:
    """Make the releases of the family money."""
    yield from _more_money(scenario, money)
    yield from _sooner_money(scenario)
    yield from _any_purpose(scenario)
    yield from _no_end(scenario)
    yield from _no_payer(scenario, holdings, money)


def _more_money(scenario: Scenario, money: Decimal) -> Iterator[Release]:
    """As much as anything could cost, from the start: one release row more for each fund."""
    for place, fund in enumerate(scenario.funds):
        row = MoneyRelease(fund=fund.fund, date=scenario.start, amount=money)
        total = sum(r.amount for r in scenario.releases if r.fund == fund.fund)
        yield Release(
            "money",
            (name_row(scenario, "funds", place),),
            (Change("releases", None, row),),
            _("{fund} of {party} gets {amount} in all").format(
                fund=fund.fund, party=fund.party, amount=amount_text(total, fund.currency, scenario)
            ),
            fund=fund.fund,
        )


def _sooner_money(scenario: Scenario) -> Iterator[Release]:
    """Each release that comes after the first period comes at the start."""
    currencies = {row.fund: row.currency for row in scenario.funds}
    for place, row in enumerate(scenario.releases):
        if row.amount > 0 and scenario.calendar.index(row.date) > 0:
            yield Release(
                "money",
                (name_row(scenario, "releases", place),),
                (Change("releases", place, replace(row, date=scenario.start)),),
                _("{fund} gets {amount} only in {when}").format(
                    fund=row.fund,
                    amount=amount_text(row.amount, currencies[row.fund], scenario),
                    when=day_text(scenario, row.date),
                ),
                fund=row.fund,
            )


def _any_purpose(scenario: Scenario) -> Iterator[Release]:
    """A fund with earmarks may pay for anything: one earmark more, without limits."""
    for fund in scenario.funds:
        places = [n for n, row in enumerate(scenario.earmarks) if row.fund == fund.fund]
        rows = [scenario.earmarks[place] for place in places]
        if rows and not any((r.purpose, r.item, r.party) == ("*", "*", "*") for r in rows):
            wide = Earmark(fund=fund.fund, purpose="*", item="*", party="*")
            first = rows[0]
            more = len(rows) - 1
            text = _("{fund} may pay only for {purpose} of {item} for {party}").format(
                fund=fund.fund, purpose=first.purpose, item=first.item, party=first.party
            )
            if more:
                text = _("{text} and {n} more").format(text=text, n=more)
            yield Release(
                "money",
                tuple(name_row(scenario, "earmarks", place) for place in places),
                (Change("earmarks", None, wide),),
                text,
                fund=fund.fund,
            )


def _no_end(scenario: Scenario) -> Iterator[Release]:
    """What a fund has does not lapse."""
    for place, row in enumerate(scenario.funds):
        if row.until is not None:
            yield Release(
                "money",
                (name_row(scenario, "funds", place),),
                (Change("funds", place, replace(row, until=None)),),
                _("{fund} pays nothing after {day}").format(fund=row.fund, day=row.until),
                fund=row.fund,
            )


def _no_payer(scenario: Scenario, holdings: Holdings, money: Decimal) -> Iterator[Release]:
    """A charge that no fund may pay: a fund of the beneficiary for it, with plenty of money."""
    taken = {row.fund for row in scenario.funds}
    for purpose, item, party in _charges(scenario, holdings):
        if _has_payer(scenario, (purpose, item, party)):
            continue
        name = free_name(f"{party}-{purpose}-{item}", taken)
        taken.add(name)
        yield Release(
            "money",
            (RowName("earmarks", 0, {"purpose": purpose, "item": item, "party": party}),),
            (
                Change("funds", None, Fund(fund=name, party=party)),
                Change(
                    "earmarks", None, Earmark(fund=name, purpose=purpose, item=item, party=party)
                ),
                Change(
                    "releases", None, MoneyRelease(fund=name, date=scenario.start, amount=money)
                ),
            ),
            _("no fund may pay for {purpose} of {item} for {party}").format(
                purpose=purpose, item=item, party=party
            ),
        )


def _has_payer(scenario: Scenario, charge: Charge) -> bool:
    earmarks: dict[str, list[Earmark]] = {row.fund: [] for row in scenario.funds}
    for row in scenario.earmarks:
        earmarks[row.fund].append(row)
    return any(pays_for(rows, *charge) for rows in earmarks.values())


def _charges(scenario: Scenario, holdings: Holdings) -> list[Charge]:
    """List the charges that orders, lanes and offers could make, in the scenario's order."""
    found: dict[Charge, None] = {}
    everyone = [row.party for row in scenario.parties]
    supplies = SupplyFinder(scenario.supply)
    for supplier, item in dict.fromkeys((row.supplier, row.item) for row in scenario.production):
        terms = terms_of(scenario, supplier, item)
        for party in everyone:
            row = supplies.find(supplier, item, party)
            if row is None and (party, item) in holdings.users:
                row = terms
            if row is not None and row.price > 0:
                found["order", item, party] = None
    lanes = LaneFinder(scenario.lanes)
    for offer in scenario.offers:
        for party in everyone if offer.to == "*" else (offer.to,):
            lane = lanes.find(offer.party, party, offer.item)
            if lane is not None and lane.unit_cost > 0:
                found["handover", offer.item, party] = None
        if offer.compensation > 0:
            found["compensation", offer.item, offer.party] = None
    return list(found)
