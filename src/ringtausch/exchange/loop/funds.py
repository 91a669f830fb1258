"""The tables `funds`, `releases` and `earmarks`: the money that is there, and what still comes (rules 25-27).

In: what is known. Out: a fund for the money of each contributor in each pool, by currency and earmark; what
is undisbursed is released at once, what is committed and not paid in on its date. What was paid is spent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from ringtausch.exchange.loop import reasons
from ringtausch.exchange.loop.known import Known, LeftOut, Table, money, statements_of
from ringtausch.records.tables import Earmark, Fund, Release
from ringtausch.register.dates import last_day
from ringtausch.register.look_through import LookThrough, look_through_all
from ringtausch.register.occurrences import occurrences
from ringtausch.register.position import Position

__all__ = ["Funds", "fund_name", "funds", "paid_from"]


class _Key(NamedTuple):
    pool: str
    contributor: str
    currency: str
    earmark: str


@dataclass
class Funds:
    """The three tables, and which funds are of which pool."""

    funds: Table = field(default_factory=Table)
    releases: Table = field(default_factory=Table)
    earmarks: Table = field(default_factory=Table)
    of_pool: dict[str, list[str]] = field(default_factory=dict)


def fund_name(pool: str, contributor: str, currency: str, earmark: str = "") -> str:
    """Name the fund of a contributor's money in a pool.

    Examples
    --------
    >>> fund_name("PURL", "NOR", "USD"), fund_name("PURL", "NOR", "USD", "tank")
    ('PURL: NOR, USD', 'PURL: NOR, USD for tank')
    """
    return f"{pool}: {contributor}, {currency}" + (f" for {earmark}" if earmark else "")


def funds(known: Known) -> Funds:
    """Return the money of all pools."""
    found = Funds()
    rows: dict[_Key, list[tuple[date, int, tuple[str, ...]]]] = defaultdict(list)
    waiting: dict[tuple[str, str], int] = defaultdict(int)
    for pool, seen in look_through_all(known.positions).items():
        _undisbursed(known, pool, seen, rows)
        for currency, balance in (seen.balances or {}).items():
            waiting[pool, currency] += balance.waiting
            if balance.waiting:
                reason = reasons.waits_for_money(pool)
                found.releases.left_out.append(
                    LeftOut("releases", f"fund={pool}", reason, is_note=True)
                )
    for position in known.positions.kind("contribution"):
        _to_come(known, position, rows, found)
    for key in sorted(rows):
        _add(known, key, rows[key], waiting, found)
    return found


def paid_from(known: Known, fund: str) -> int:
    """Return what payments that name a fund of the terms have paid since the terms begin, in parts of money.

    A payment names the fund in its earmark, since a register knows pools and no funds.
    """
    paid = 0
    for position in known.positions.kind("payment"):
        if position.terms.earmark == fund and not known.positions.directory.is_pool(position.giver):
            for milestone, sign in (("paid", 1), ("refunded", -1)):
                for step in occurrences(position, milestone):
                    if step.day >= known.terms.start:
                        paid += sign * step.amount
    return paid


def _undisbursed(
    known: Known,
    pool: str,
    seen: LookThrough,
    rows: dict[_Key, list[tuple[date, int, tuple[str, ...]]]],
) -> None:
    for lot in seen.lots:
        key = _Key(pool, lot.key.contributor, lot.key.currency, lot.key.earmark)
        told = statements_of(known.positions.of(lot.key.contribution))
        rows[key].append((known.as_of, lot.undisbursed, told))


def _to_come(
    known: Known,
    position: Position,
    rows: dict[_Key, list[tuple[date, int, tuple[str, ...]]]],
    found: Funds,
) -> None:
    """What is committed and not paid in is released on its date; without one it is listed."""
    announced = position.reached("announced").lo - position.reached("committed").lo
    amount = position.reached("committed").lo - position.reached("paid_in").lo
    if amount <= 0 and announced <= 0:
        return
    if position.conditional:
        found.releases.leave_out("releases", position, reasons.not_due_yet())
    elif not known.positions.directory.is_pool(position.receiver):
        found.releases.leave_out("releases", position, reasons.no_pool(position.receiver))
    elif amount <= 0:
        found.releases.leave_out("releases", position, reasons.not_committed())
    else:
        text = position.terms.due
        if not text:
            found.releases.leave_out("releases", position, reasons.no_release_date())
            return
        earmark = position.terms.earmark
        name = known.positions.same(earmark) if earmark else ""
        key = _Key(position.receiver, position.giver, position.currency, name)
        rows[key].append((last_day(text), amount, statements_of(position)))


def _add(
    known: Known,
    key: _Key,
    rows: list[tuple[date, int, tuple[str, ...]]],
    waiting: dict[tuple[str, str], int],
    found: Funds,
) -> None:
    """Write down one fund: what comes first pays for what the pool has spent beyond its money."""
    name = fund_name(*key)
    told = sorted({one for _, _, statements in rows for one in statements})
    earmarks = _earmarks(known, key, name)
    if earmarks is None:
        reason = reasons.earmark_of_nothing(key.earmark)
        found.funds.left_out.append(LeftOut("funds", name, reason, tuple(told)))
        return
    released = []
    place = key.pool, key.currency
    for day, amount, statements in sorted(rows):
        left = amount
        if not key.earmark:
            taken = min(amount, waiting[place])
            waiting[place] -= taken
            left -= taken
        if left:
            released.append((day, left, statements))
    if not released:
        return
    source = f"register: {key.pool}"
    found.of_pool.setdefault(key.pool, []).append(name)
    fund = Fund(fund=name, party=key.contributor, currency=key.currency, source=source)
    found.funds.add(fund, told)
    for day, amount, statements in released:
        release = Release(fund=name, date=day, amount=money(amount), source=source)
        found.releases.add(release, statements)
    for earmark in earmarks:
        found.earmarks.add(earmark, told)


def _earmarks(known: Known, key: _Key, name: str) -> list[Earmark] | None:
    """Return what an earmark means in a plan, None where nobody can say: no rows mean anything."""
    if not key.earmark:
        return []
    source = f"register: {key.pool}"
    if key.earmark in known.positions.directory.parties:
        return [Earmark(fund=name, purpose="*", item="*", party=key.earmark, source=source)]
    rows = {
        (matter.item, party)
        for matter in _inside(known, key.earmark)
        if matter.item
        for party in {matter.giver, matter.receiver}
        if party and not known.is_company(party)
    }
    return [
        Earmark(fund=name, purpose="*", item=item, party=party, source=source)
        for item, party in sorted(rows)
    ] or None


def _inside(known: Known, matter: str) -> Iterable[Position]:
    """Give a matter and all that lies inside it."""
    seen: set[str] = set()
    waiting = [matter]
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        waiting += (child.matter for child in known.children.get(name, ()))
        try:
            yield known.positions.of(name)
        except KeyError:
            continue
