"""What a cell that gives way means to the rules about needs, floors, assurances and things.

In: the elastic rows under construction. Out: rows that hold each cell where it was, but for its
extent. One function for each table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np

from ringtausch.insight.diagnose.eases import line_rows
from ringtausch.insight.diagnose.elastic_rows import ElasticRows, Extent, Term
from ringtausch.records.matching import LaneFinder, SupplyFinder

__all__ = [
    "hold_assurances",
    "hold_floors",
    "hold_lanes",
    "hold_needs",
    "hold_offers",
    "hold_production",
    "hold_supply",
]


def hold_needs(elastic: ElasticRows) -> None:
    """Nothing of a hard need is unmet from its due date on: u ≤ reduction, once it is due."""
    needs, unmet = elastic.facts.needs, elastic.model.layout.unmet
    for place in elastic.places("needs"):
        if not needs.hard[place]:
            continue
        less = elastic.get("needs", place, "quantity")
        put_off = elastic.get("needs", place, "due")
        due = int(needs.due[place])
        for period in range(due, elastic.facts.periods):
            terms = [(int(unmet[place, period]), 1.0)]
            terms += less.times(-1.0) if less else []
            terms += _step(put_off, period - due + 1, -float(needs.quantity[place]))
            elastic.at_most(terms, 0.0)


def hold_assurances(elastic: ElasticRows) -> None:
    """Of what was handed over `within` periods ago nothing is owed, but for what is put off.

    The rule is written for the longest `within`; for each shorter one there is a row that holds
    where the assurance is not longer.
    """
    layout, facts = elastic.model.layout, elastic.facts
    for place in elastic.places("assurances"):
        longer = elastic.get("assurances", place, "within")
        if longer is None:
            continue
        account = place  # accounts begin with the assurances, in their order
        ratio = float(facts.debts.ratio[account])
        x = layout.dispatches
        mine = (x.giver == facts.debts.party[account]) & (x.item == facts.debts.item[account])
        offered = sum(
            float(layout.facts.offers.quantity[offer]) for offer in np.unique(x.offer[mine])
        )
        most = ratio * offered + float(facts.debts.opening[account])
        for more in range(len(longer.chain)):
            within = int(facts.debts.within[account]) + more
            for period in range(facts.periods):
                terms = [
                    (int(layout.debt[account, period]), 1.0),
                    (int(layout.late[account, period]), -1.0),
                    (int(layout.opening_not_due[account, period]), -1.0),
                    (int(layout.handed[account, period]), -ratio),
                ]
                if period >= within:
                    terms.append((int(layout.handed[account, period - within]), ratio))
                elastic.at_most([*_real(terms), (longer.chain[more], -most)], 0.0)


def hold_floors(elastic: ElasticRows) -> None:
    """A gap is no larger than what was agreed in its period, and what the row gives way."""
    layout, index = elastic.model.layout, elastic.scenario.calendar.index
    before = elastic.facts.floors
    number = {key: at for at, key in enumerate(_floor_keys(elastic))}
    for place in elastic.places("floors"):
        row = elastic.scenario.floors[place]
        deeper = elastic.get("floors", place, "max_gap")
        assert deeper is not None
        floor = number[row.party, row.capability]
        others = [
            (index(other.from_), other.from_)
            for other in elastic.scenario.floors
            if (other.party, other.capability) == (row.party, row.capability)
            and other.from_ > row.from_
        ]
        end = min((begin for begin, _day in others), default=elastic.facts.periods)
        for period in range(index(row.from_), min(end, elastic.facts.periods)):
            gap = int(layout.gap[floor, period])
            agreed = float(before.gap_max[floor, period])
            elastic.at_most([(gap, 1.0), *deeper.times(-1.0)], agreed)


def hold_offers(elastic: ElasticRows) -> None:
    """No more of an offer than its quantity, and nothing outside its window."""
    x = elastic.model.layout.dispatches
    for place in elastic.places("offers"):
        row = elastic.scenario.offers[place]
        mine = np.flatnonzero(x.offer == place)
        more = elastic.get("offers", place, "quantity")
        if more is not None and len(mine):
            terms = [(int(x.column[at]), float(x.units[at])) for at in mine]
            elastic.at_most(terms + more.times(-1.0), float(row.quantity))
        _hold_window(elastic, "offers", place, "from", (x.column[mine], x.period[mine]))


def hold_lanes(elastic: ElasticRows) -> None:
    """Nothing goes while a lane is closed, and no more a period than its capacity."""
    x, names = elastic.model.layout.dispatches, elastic.facts.names
    finder = LaneFinder(elastic.scenario.lanes)
    place_of = {id(row): place for place, row in enumerate(elastic.scenario.lanes)}
    ways = list(zip(x.giver.tolist(), x.receiver.tolist(), x.item.tolist(), strict=True))
    lane = {
        way: place_of[id(finder.find(names.parties[way[0]], names.parties[way[1]], names.items[way[2]]))]
        for way in set(ways)
    }  # fmt: skip
    lane_of = np.array([lane[way] for way in ways], dtype=np.int64)
    for place in elastic.places("lanes"):
        mine = np.flatnonzero(lane_of == place)
        _hold_window(elastic, "lanes", place, "opens", (x.column[mine], x.period[mine]))
        more = elastic.get("lanes", place, "capacity")
        capacity = elastic.scenario.lanes[place].capacity
        if more is None or capacity is None:
            continue
        together: dict[Any, list[Term]] = defaultdict(list)
        for at in mine:
            key = (*ways[at], int(x.period[at]))
            together[key].append((int(x.column[at]), float(x.units[at])))
        for terms in together.values():
            elastic.at_most(terms + more.times(-1.0), float(capacity))


def hold_supply(elastic: ElasticRows) -> None:
    """Nothing is ordered outside the window of the supply."""
    layout, names = elastic.model.layout, elastic.facts.names
    o, lines = layout.orders, layout.facts.lines
    finder = SupplyFinder(elastic.scenario.supply)
    place_of = {id(row): place for place, row in enumerate(elastic.scenario.supply)}
    supply_of = np.array(
        [
            place_of[id(finder.find(lines.supplier[line], names.items[item], names.parties[party]))]
            for line, item, party in zip(o.line, o.item, o.customer, strict=True)
        ],
        dtype=np.int64,
    )
    for place in elastic.places("supply"):
        mine = np.flatnonzero(supply_of == place)
        _hold_window(elastic, "supply", place, "opens", (o.column[mine], o.period[mine]))


def hold_production(elastic: ElasticRows) -> None:
    """No more is delivered in a period than its capacity, and what the line's rows give way."""
    o, facts = elastic.model.layout.orders, elastic.facts
    eased = set(elastic.places("production"))
    for line, rows in enumerate(line_rows_in_order(elastic)):
        if not eased & {place for _begin, place, _row in rows}:
            continue
        together: dict[int, list[Term]] = defaultdict(list)
        for at in np.flatnonzero(o.line == line):
            together[int(o.delivered[at])].append((int(o.column[at]), float(o.units[at])))
        for period, terms in sorted(together.items()):
            capacity = float(facts.lines.capacity[line, period])
            elastic.at_most(terms + _more_made(elastic, rows, period, capacity), capacity)


def line_rows_in_order(elastic: ElasticRows) -> list[list[tuple[int, int, Any]]]:
    """Return the rows of each production line, the lines in the order of the facts."""
    rows = line_rows(elastic.scenario)
    keys = dict.fromkeys((row.supplier, row.item) for row in elastic.scenario.production)
    return [rows[key] for key in keys]


def _more_made(
    elastic: ElasticRows, rows: list[tuple[int, int, Any]], period: int, capacity: float
) -> list[Term]:
    """Return what the rows of a line give way in a period, as terms of its capacity row."""
    begun = [entry for entry in rows if entry[0] <= period]
    if begun:
        _begin, place, row = begun[-1]
        more = elastic.get("production", place, "capacity")
        if more is None:
            return []
        if more.raised < 0:
            return more.times(-1.0)
        (raised, first), (steps, step) = more.terms
        up = float(row.capacity) + first - capacity  # whole, whatever this period had before
        return [(raised, -up), (steps, -step)]
    begin, place, row = rows[0]
    sooner = elastic.get("production", place, "from")
    if sooner is None:
        return []
    switch = sooner.chain[min(begin, elastic.facts.periods) - period - 1]
    terms = [(switch, -float(row.capacity))]
    more = elastic.get("production", place, "capacity")
    if more is not None:  # what is made more, where it is made that soon at all
        most = float(more.ease.most)
        both = elastic.column(upper=most)
        elastic.at_most([(both, 1.0), *more.times(-1.0)], 0.0)
        elastic.at_most([(both, 1.0), (switch, -most)], 0.0)
        terms.append((both, -1.0))
    return terms


def _hold_window(
    elastic: ElasticRows,
    table: str,
    place: int,
    column: str,
    decisions: tuple[Any, Any],
) -> None:
    """Decide nothing before a window begins or after it ends, but for what it is moved by."""
    row = elastic.scenario.rows(table)[place]
    calendar = elastic.scenario.calendar
    sooner, later = elastic.get(table, place, column), elastic.get(table, place, "until")
    first = row.from_ if column == "from" else row.opens
    begin = 0 if first is None else min(calendar.index(first), calendar.count)
    stop = calendar.window(None, row.until).stop
    for decision, when in zip(*decisions, strict=True):
        most = float(elastic.model.upper[decision])
        if sooner is not None and when < begin:
            terms = [(int(decision), 1.0), *_step(sooner, begin - int(when), -most)]
            elastic.at_most(terms, 0.0)
        if later is not None and when >= stop:
            terms = [(int(decision), 1.0), *_step(later, int(when) - stop + 1, -most)]
            elastic.at_most(terms, 0.0)


def _step(extent: Extent | None, periods: int, factor: float) -> list[Term]:
    """Return the column that is 1 where a date is moved by so many periods at least."""
    if extent is None or periods > len(extent.chain):
        return []
    return [(extent.chain[periods - 1], factor)]


def _real(terms: Iterable[Term]) -> list[Term]:
    """Leave out columns that were not made because they can only be 0."""
    return [term for term in terms if term[0] >= 0]


def _floor_keys(elastic: ElasticRows) -> list[tuple[str, str]]:
    """Name the floors in the order of the facts."""
    return list(dict.fromkeys((row.party, row.capability) for row in elastic.scenario.floors))
