"""The table `dues`: payments that are due and not paid (rule 34), and who pays what is no pool's.

In: what is known. Out: a row for each instalment that is left, the oldest paid first. A payment names in
`terms_of` what it pays for. A payer that is no pool, and has no fund, has one of what it owes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from ringtausch.exchange.loop import reasons
from ringtausch.exchange.loop.funds import fund_name
from ringtausch.exchange.loop.known import Known, Table, money, statements_of
from ringtausch.records.tables import Due, Earmark, Fund, Release
from ringtausch.register.dates import last_day
from ringtausch.register.occurrences import occurrences
from ringtausch.register.position import Position

__all__ = ["Dues", "Purpose", "dues", "purpose_of"]


class Purpose(NamedTuple):
    """What a charge is for: its purpose, the item, and the party that has the benefit (rule 10)."""

    purpose: str
    item: str
    party: str


@dataclass
class Dues:
    """The dues, and the funds of payers that have no other money in the scenario."""

    dues: Table = field(default_factory=Table)
    funds: Table = field(default_factory=Table)
    releases: Table = field(default_factory=Table)
    earmarks: Table = field(default_factory=Table)


def dues(known: Known, with_money: Collection[str]) -> Dues:
    """Return what is due and not paid.

    Parameters
    ----------
    with_money
        The parties and pools that have a fund.
    """
    found = Dues()
    own: dict[tuple[str, str], list[tuple[date, int, Purpose, tuple[str, ...]]]] = defaultdict(list)
    for position in known.positions.kind("payment"):
        rows = _left(known, position)
        if not rows:
            continue
        if position.conditional:
            found.dues.leave_out("dues", position, reasons.not_due_yet())
            continue
        purpose = purpose_of(known, position)
        if purpose is None:
            found.dues.leave_out("dues", position, reasons.pays_for_nothing())
            continue
        told = statements_of(position)
        for day, amount in rows:
            row = Due(
                **purpose._asdict(),
                date=day,
                amount=money(amount),
                currency=position.currency,
                source=f"register: {position.matter}",
            )
            found.dues.add(row, told)
            if position.giver not in with_money:
                own[position.giver, position.currency].append((day, amount, purpose, told))
    for (payer, currency), owed in sorted(own.items()):
        _own_money(payer, currency, owed, found)
    return found


def purpose_of(known: Known, position: Position) -> Purpose | None:
    """Say what a payment is for, None where nobody names a matter of an item."""
    try:
        paid_for = known.positions.of(position.terms.of)
    except KeyError:
        return None
    item, party = paid_for.terms.item or paid_for.item, paid_for.receiver
    purpose = "handover"
    if paid_for.kind == "replacement" or known.is_company(paid_for.giver):
        purpose = "order"
    elif position.receiver == paid_for.giver:
        purpose, party = "compensation", paid_for.giver
    is_of_goods = paid_for.kind in {"transfer", "replacement"}
    return Purpose(purpose, item, party) if is_of_goods and item and party else None


def _left(known: Known, position: Position) -> list[tuple[date, int]]:
    """List the instalments that are left, by the day on which they are due; without one, at once."""
    if "due" not in position.rungs:
        return []
    paid = sum(step.amount for step in occurrences(position, "paid"))
    rows = []
    for step in occurrences(position, "due"):
        fact = position.facts.get((step.milestone, step.event))
        said = None if fact is None else fact.winners.get("terms")
        text = "" if said is None else said.terms.due
        rows.append((last_day(text) if text else known.as_of, step.amount))
    found = []
    for day, amount in sorted(rows):
        less = min(amount, paid)
        paid -= less
        if amount > less:
            found.append((day, amount - less))
    return found


def _own_money(
    payer: str,
    currency: str,
    owed: list[tuple[date, int, Purpose, tuple[str, ...]]],
    found: Dues,
) -> None:
    for purpose in sorted({row[2] for row in owed}):
        rows = [row for row in owed if row[2] == purpose]
        name = fund_name(
            payer, payer, currency, f"{purpose.purpose} {purpose.item} {purpose.party}"
        )
        told = sorted({one for *_, statements in rows for one in statements})
        source = "register: what it owes"
        fund = Fund(fund=name, party=payer, currency=currency, source=source)
        found.funds.add(fund, told)
        for day, amount, _, statements in rows:
            release = Release(fund=name, date=day, amount=money(amount), source=source)
            found.releases.add(release, statements)
        found.earmarks.add(Earmark(fund=name, **purpose._asdict(), source=source), told)
