"""Rule 35 of the register: what always holds, for every as-of date and every known-at time.

In: positions and their postings. Out: what does not hold, with its numbers; nothing where all is well. Each
function is one sentence of the rule, worked out from the positions and not from the moves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ringtausch.register.accounts import Account, Balances, balances_of
from ringtausch.register.discrepancies import discrepancies
from ringtausch.register.journal import JournalEntry
from ringtausch.register.look_through import look_through_all
from ringtausch.register.postings import Postings
from ringtausch.register.replacement import debts

if TYPE_CHECKING:
    from ringtausch.register.positions import Positions

__all__ = [
    "Broken",
    "invariants",
    "nothing_kept_is_negative",
    "sums_to_zero",
    "the_debts_are_those_of_rule_29",
    "the_fund_is_undisbursed_less_waiting",
    "the_journal_adds_up",
    "transit_is_the_discrepancy",
]


@dataclass(frozen=True, slots=True)
class Broken:
    """One thing that should hold and does not: what, of whom, and the two numbers that differ."""

    rule: str
    of: str
    found: int
    expected: int


def invariants(positions: Positions, found: Postings) -> list[Broken]:
    """Check everything that has to hold between positions and postings (rule 35)."""
    return [
        *sums_to_zero(found.balances),
        *nothing_kept_is_negative(found),
        *the_debts_are_those_of_rule_29(positions, found.balances),
        *transit_is_the_discrepancy(positions, found),
        *the_fund_is_undisbursed_less_waiting(positions, found.balances),
    ]


def sums_to_zero(balances: Balances) -> list[Broken]:
    """Each commodity sums to zero."""
    sums: dict[str, int] = defaultdict(int)
    for account, amount in balances.items():
        sums[account.commodity] += amount
    return _differences("each commodity sums to zero", sums, {})


def nothing_kept_is_negative(found: Postings) -> list[Broken]:
    """Kept stock, reserved and the giver's transit are 0 or more, at every day's end."""
    broken: list[Broken] = []
    sums: Balances = defaultdict(int)
    by_day: dict[date, list[tuple[Account, int]]] = defaultdict(list)
    for move in found.moves:
        by_day[move.day] += ((move.source, -move.amount), (move.target, move.amount))
    for day in sorted(by_day):
        for account, amount in by_day[day]:
            sums[account] += amount
        for account in {account for account, _amount in by_day[day]}:
            if account.state in {"stock", "reserved", "transit"} and sums[account] < 0:
                of = f"{' '.join(account)} on {day.isoformat()}"
                broken.append(Broken("nothing kept is negative", of, sums[account], 0))
    return broken


def the_debts_are_those_of_rule_29(positions: Positions, balances: Balances) -> list[Broken]:
    """Σ owed = -Σ owes = Σ of rule 29, per item."""
    owed: dict[str, int] = defaultdict(int)
    owes: dict[str, int] = defaultdict(int)
    expected: dict[str, int] = defaultdict(int)
    items = {debt.item for debt in debts(positions)}
    for account, amount in balances.items():
        if account.commodity in items and account.state == "owed":
            owed[account.commodity] += amount
        elif account.commodity in items and account.state == "owes":
            owes[account.commodity] -= amount
    for debt in debts(positions):
        expected[debt.item] += debt.owed
    return [
        *_differences("Σ owed is what rule 29 says", owed, expected),
        *_differences("-Σ owes is what rule 29 says", owes, expected),
    ]


def transit_is_the_discrepancy(positions: Positions, found: Postings) -> list[Broken]:
    """What stands in the receiver's transit per matter is its discrepancy, where that is positive."""
    transfers = {position.matter: position for position in positions.kind("transfer")}
    transit: dict[str, int] = defaultdict(int)
    for move in found.moves:
        transfer = transfers.get(move.matter)
        if transfer is None:
            continue
        if move.taker_state == "transit" and move.taker == transfer.receiver:
            transit[move.matter] += move.amount
        if move.giver_state == "transit" and move.giver == transfer.receiver:
            transit[move.matter] -= move.amount
    missing = {
        row.matter: max(0, row.missing)
        for row in discrepancies(positions)
        if row.matter in transfers
    }
    return _differences("r transit is the discrepancy", transit, missing)


def the_fund_is_undisbursed_less_waiting(positions: Positions, balances: Balances) -> list[Broken]:
    """Fund = undisbursed - waiting, per pool and currency."""
    expected: dict[str, int] = defaultdict(int)
    for name, pool in look_through_all(positions).items():
        for currency, balance in (pool.balances or {}).items():
            expected[f"{name} {currency}"] += balance.undisbursed - balance.waiting
    funds = {
        f"{account.party} {account.commodity}": amount
        for account, amount in balances.items()
        if account.state == "fund" and positions.directory.is_pool(account.party)
    }
    return _differences("fund is undisbursed less waiting", funds, expected)


def the_journal_adds_up(entries: Iterable[JournalEntry], found: Postings) -> list[Broken]:
    """Incremental = recomputed."""
    sums: Balances = defaultdict(int)
    for entry in entries:
        for account, amount in entry.differences:
            sums[account] += amount
    recomputed = balances_of(found.moves)
    return _differences(
        "the journal adds up to the balances",
        {" ".join(account): amount for account, amount in sums.items()},
        {" ".join(account): amount for account, amount in recomputed.items()},
    )


def _differences(rule: str, found: dict[str, int], expected: dict[str, int]) -> list[Broken]:
    return [
        Broken(rule, of, found.get(of, 0), expected.get(of, 0))
        for of in sorted({*found, *expected})
        if found.get(of, 0) != expected.get(of, 0)
    ]
