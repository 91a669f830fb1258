"""Who pays what, and how the burden lies against the key: plain sums in the reporting currency.

In: facts. Out: money by fund, period, purpose and item (rules 10 and 11), and V_p of each party as
the objective `unfairness` defines it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ringtausch.pictures.returns import EPS

if TYPE_CHECKING:
    from ringtausch.pictures.facts import Facts

__all__ = ["Burden", "FundLine", "Money", "burdens", "funds", "spending"]


@dataclass(frozen=True)
class FundLine:
    """One fund, in reporting currency: what it gets within the plan and what it pays."""

    fund: str
    party: str
    released: float
    paid: float
    until: str

    @property
    def left(self) -> float:
        """What is not paid out by the end of the plan."""
        return max(0.0, self.released - self.paid)


@dataclass(frozen=True)
class Money:
    """What is spent, by purpose in each period and by purpose and item; reporting currency."""

    by_period: dict[str, list[float]]
    by_item: dict[tuple[str, str], float]

    @property
    def total(self) -> float:
        """All that is spent."""
        return sum(self.by_item.values())


@dataclass(frozen=True)
class Burden:
    """What one party carries (V_p), from which parts, and what the key asks of it."""

    party: str
    key: float
    money: float
    handed: float
    received: float
    compensation: float
    owed_before: float
    asked: float

    @property
    def carried(self) -> float:
        """What it pays and hands over less what it gets, and what it had given before."""
        given = self.money + self.handed + self.owed_before
        return given - self.received - self.compensation

    @property
    def above(self) -> float:
        """How far it carries more than the key asks; negative = less."""
        return self.carried - self.asked


def funds(facts: Facts) -> list[FundLine]:
    """Sum each fund's releases and payments, in the order of the table."""
    scenario = facts.scenario
    paid: dict[str, float] = defaultdict(float)
    for row in facts.rows("payments"):
        paid[row.fund] += row.amount
    released: dict[str, float] = defaultdict(float)
    currencies = {fund.fund: fund.currency for fund in scenario.funds}
    for release in scenario.releases:
        if scenario.calendar.index(release.date) < facts.count:
            amount = release.amount * scenario.rate(currencies[release.fund])
            released[release.fund] += float(amount)
    return [
        FundLine(
            fund.fund,
            fund.party,
            released[fund.fund],
            paid[fund.fund],
            fund.until.isoformat() if fund.until else "",
        )
        for fund in scenario.funds
    ]


def spending(facts: Facts) -> Money:
    """Sum the payments by purpose and period, and by purpose and item, the largest first."""
    by_period: dict[str, list[float]] = {}
    by_item: dict[tuple[str, str], float] = defaultdict(float)
    for row in facts.rows("payments"):
        by_period.setdefault(row.purpose, [0.0] * facts.count)[row.period] += row.amount
        by_item[row.purpose, row.item] += row.amount
    known = [purpose for purpose in ("order", "handover", "compensation") if purpose in by_period]
    ranked = sorted(by_item.items(), key=lambda entry: (-entry[1], entry[0]))
    return Money({purpose: by_period[purpose] for purpose in known}, dict(ranked))


def burdens(facts: Facts) -> list[Burden]:
    """Weigh what each party with a burden key carries against its key; nothing without keys."""
    keys = {
        r.party: float(r.burden_key) for r in facts.scenario.parties if r.burden_key is not None
    }
    total_key = sum(keys.values())
    if total_key < EPS:
        return []
    parts = _burden_parts(facts)
    carried = {party: _carried(parts[party]) for party in keys}
    total = sum(carried.values())
    return [
        Burden(
            party,
            key / total_key,
            parts[party]["money"],
            parts[party]["handed"],
            parts[party]["received"],
            parts[party]["compensation"],
            parts[party]["owed_before"],
            key / total_key * total,
        )
        for party, key in keys.items()
    ]


def _carried(part: dict[str, float]) -> float:
    given = part["money"] + part["handed"] + part["owed_before"]
    return given - part["received"] - part["compensation"]


def _burden_parts(facts: Facts) -> dict[str, dict[str, float]]:
    """Sum the terms of V_p by party; an empty item value counts 0 here."""
    scenario = facts.scenario
    value = {r.item: float(r.value * scenario.rate(r.currency)) for r in scenario.items}
    owner = {fund.fund: fund.party for fund in scenario.funds}
    parts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for paid in facts.rows("payments"):
        parts[owner[paid.fund]]["money"] += paid.amount
        if paid.purpose == "compensation":
            parts[paid.party]["compensation"] += paid.amount
    for sent in facts.dispatches:
        parts[sent.from_]["handed"] += value[sent.item] * sent.quantity
        parts[sent.to]["received"] += value[sent.item] * sent.quantity
    for order in facts.orders:
        parts[order.customer]["received"] += value[order.item] * order.quantity
    for debt in scenario.debts:
        parts[debt.party]["owed_before"] += value[debt.item] * float(debt.quantity)
    return parts
