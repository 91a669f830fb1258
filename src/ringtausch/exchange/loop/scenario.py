"""A scenario of what a register knows, as of a day: positions and terms to tables that can be planned.

In: positions, and a scenario of terms. Out: `Made`: the scenario, where each of its rows comes from, and
what it does not hold, with the reasons. Writing it is in `writing`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ringtausch.exchange.loop import reasons
from ringtausch.exchange.loop.arrivals import arrivals
from ringtausch.exchange.loop.debts import assurances, debt_rows, exchange
from ringtausch.exchange.loop.dues import dues
from ringtausch.exchange.loop.funds import Funds, funds
from ringtausch.exchange.loop.known import Known, LeftOut, Table, Told
from ringtausch.exchange.loop.lanes import lanes
from ringtausch.exchange.loop.needs import needs
from ringtausch.exchange.loop.offers import (
    not_reserved_for_others,
    offers,
    unknown_promises,
)
from ringtausch.exchange.loop.stocks import stocks
from ringtausch.exchange.loop.terms import merged, spent
from ringtausch.language import _
from ringtausch.records.matching import LaneFinder
from ringtausch.records.problems import InvalidScenario, Problem
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import TABLES, Item, Party, columns_of, field_name
from ringtausch.register.positions import Positions

__all__ = ["Made", "no_terms", "scenario_from"]

_HORIZON = 24
_SETTLEMENT = 12
_CURRENCY = "EUR"


@dataclass(frozen=True)
class Made:
    """A scenario made from a register, with where its rows come from.

    `sources` has the rows of each table in the order of the scenario's own.
    """

    scenario: Scenario
    sources: dict[str, tuple[Told, ...]]
    left_out: tuple[LeftOut, ...]


def no_terms(positions: Positions) -> Scenario:
    """Return terms that say nothing but how long a plan is: two years in months, and one to settle."""
    return Scenario(
        name=_("Register"),
        start=positions.as_of,
        period="month",
        horizon=_HORIZON,
        settlement=_SETTLEMENT,
        currency=_CURRENCY,
    )


def scenario_from(positions: Positions, terms: Scenario | None = None) -> Made:
    """Turn positions and terms into a scenario that begins on the as-of date.

    What was handed over is gone, what is owed is a debt with its due date, what was paid is spent, payments
    still due are dues, what is ordered or under way is a designable arrival, reserved stock is not offered
    twice, and a conditional promise is an offer with its condition where an offer can say it.

    Raises
    ------
    InvalidScenario
        A currency has no rate to that of the terms.
    """
    known = Known(positions, terms or no_terms(positions))
    tables = _tables(known)
    _no_offers_of_what_is_asked_for(tables)
    _offers_and_lanes(known, tables)
    _names(known, tables)
    left_out = [one for table in tables.values() for one in table.left_out]
    scenario = Scenario(
        name=_("{name}, as of {date}").format(
            name=known.terms.name, date=positions.as_of.isoformat()
        ),
        start=positions.as_of,
        period=known.terms.period,
        horizon=known.terms.horizon,
        settlement=max(
            known.terms.settlement, *(told.row.within for told in tables["assurances"].rows), 0
        ),
        currency=known.terms.currency,
        objectives=known.terms.objectives,
        tolerance=known.terms.tolerance,
        allowance=known.terms.allowance,
        fx=_rates(known, tables),
        **{name: tuple(told.row for told in tables[name].rows) for name in TABLES},
    )
    sources = {name: tuple(tables[name].rows) for name in TABLES}
    return Made(scenario, sources, tuple(_once(left_out)))


def _tables(known: Known) -> dict[str, Table]:
    pools = funds(known)
    own = dues(known, _with_money(known, pools))
    for name in ("funds", "releases", "earmarks"):
        mine, more = getattr(pools, name), getattr(own, name)
        mine.rows += more.rows
        mine.left_out += more.left_out
    of_register = {
        "stocks": stocks(known),
        "arrivals": arrivals(known),
        "offers": offers(known),
        "lanes": lanes(known),
        "needs": needs(known),
        "assurances": assurances(known),
        "debts": debt_rows(known),
        "exchange": exchange(known),
        "funds": pools.funds,
        "releases": pools.releases,
        "earmarks": pools.earmarks,
        "dues": own.dues,
    }
    of_register["offers"].left_out += unknown_promises(known)
    tables = {
        name: merged(known, name, of_register.get(name, Table()))
        for name in TABLES
        if name not in {"parties", "items"}
    }
    tables["releases"] = spent(known, tables["releases"])
    return tables


def _with_money(known: Known, pools: Funds) -> set[str]:
    """Name the parties and pools that have a fund, of the register or of the terms."""
    funded = {told.row.party for told in pools.funds.rows}
    return {*pools.of_pool, *funded, *(row.party for row in known.terms.funds)} | {
        name
        for name in known.positions.directory.parties
        if known.positions.directory.is_pool(name)
    }


def _no_offers_of_what_is_asked_for(tables: dict[str, Table]) -> None:
    """Who asks for a thing does not give it away: such offers are listed, not made."""
    counted: dict[str, set[str]] = {}
    for told in tables["capabilities"].rows:
        if told.row.weight > 0:
            counted.setdefault(told.row.capability, set()).add(told.row.item)
    asked: dict[tuple[str, str], str] = {}
    for told in tables["needs"].rows:
        need = told.row
        for item in {need.capability, *counted.get(need.capability, ())}:
            asked.setdefault((need.party, item), need.need)
    kept = []
    for told in tables["offers"].rows:
        need = asked.get((told.row.party, told.row.item))
        if need is None:
            kept.append(told)
        else:
            reason = reasons.asks_for_it(told.row.party, told.row.item, need)
            row = LeftOut("offers", told.row.offer, reason, told.statements, told.terms)
            tables["offers"].left_out.append(row)
    tables["offers"].rows = kept


def _offers_and_lanes(known: Known, tables: dict[str, Table]) -> None:
    """Offer nothing twice that is reserved, and say which offers no lane lets through."""
    at_hand: dict[tuple[str, str], Decimal] = {}
    for name in ("stocks", "arrivals"):
        for told in tables[name].rows:
            pair = told.row.party, told.row.item
            at_hand[pair] = at_hand.get(pair, Decimal(0)) + told.row.quantity
    kept, cut = not_reserved_for_others(known, tables["offers"].rows, at_hand)
    tables["offers"].rows = kept
    tables["offers"].left_out += cut
    finder = LaneFinder(told.row for told in tables["lanes"].rows)
    for told in kept:
        offer = told.row
        if offer.to != "*" and finder.find(offer.party, offer.to, offer.item) is None:
            reason = reasons.no_lane(offer.party, offer.to, offer.item)
            row = LeftOut("lanes", offer.offer, reason, told.statements, told.terms, is_note=True)
            tables["lanes"].left_out.append(row)


def _names(known: Known, tables: dict[str, Table]) -> None:
    """Name every party and item of the tables, as the register's directory has them."""
    named: dict[str, set[str]] = {"parties": set(), "items": set()}
    for name, table in tables.items():
        for column in columns_of(name):
            for refers in column.refers:
                if refers in named and "capabilities" not in column.refers:
                    cells = {getattr(told.row, field_name(column.name)) for told in table.rows}
                    named[refers] |= cells - {"*", ""}
    own = {told.row.capability for told in tables["capabilities"].rows}
    for name in ("floors", "needs"):
        named["items"] |= {told.row.capability for told in tables[name].rows} - own
    parties, items = Table(), Table()
    directory = known.positions.directory
    for party in sorted(named["parties"] | {row.party for row in known.terms.parties}):
        if party in directory.parties:
            title = directory.parties[party].title
            row = Party(party=party, name=title, source="register")
            parties.rows.append(Told(row, of_directory=True))
    for item in sorted(named["items"] | {row.item for row in known.terms.items}):
        if item in directory.items:
            of = directory.items[item]
            known_item = Item(
                item=item,
                name=of.title,
                unit=of.unit,
                indivisible=not of.divisible,
                source="register",
            )
            items.rows.append(Told(known_item, of_directory=True))
    tables["parties"] = merged(known, "parties", parties)
    tables["items"] = merged(known, "items", items)


def _rates(known: Known, tables: dict[str, Table]) -> dict[str, Decimal]:
    """Return the terms' rates, and the rule's for currencies that they do not have."""
    to = known.terms.currency
    rates = dict(known.terms.fx)
    missing = set()
    for name in ("offers", "lanes", "supply", "funds", "dues", "items"):
        missing |= {told.row.currency for told in tables[name].rows} - {"", to, *rates}
    problems = []
    for currency in sorted(missing):
        rate = known.positions.rule.rate(currency, to, known.as_of)
        if rate is None:
            message = reasons.no_rate(currency, to)
            problems.append(Problem("scenario.toml", 0, f"fx.{currency}", "", message))
        else:
            rates[currency] = Decimal(rate.rate.numerator) / Decimal(rate.rate.denominator)
    if problems:
        raise InvalidScenario(problems)
    return rates


def _once(rows: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(rows))
