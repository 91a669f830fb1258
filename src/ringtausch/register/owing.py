"""Rules 28 and 29 of the register: what one replacement matter owes for its transfer, and how that came.

In: the position of a replacement and of the transfer that it names. Out: its terms resolved (who owes whom
what, at which ratio and rates) and the changes of what is owed, day by day. Due dates are not asked here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from ringtausch.register.occurrences import LAPSED, Occurrence, firm, lapses, occurrences, said
from ringtausch.register.position import Position
from ringtausch.register.statement import Terms

__all__ = ["Owing", "Tally", "exact", "hand_overs", "owing", "transfer_of"]


class Tally(NamedTuple):
    """What stands on one day: rule 29 reads it from left to right. Amounts in thousandths."""

    handed_over: int
    returned: int
    base: int
    owed_for_base: int  # ⌈ratio·base⌉
    settled: int  # ⌊Σ rate·accepted⌋
    waived: int

    @property
    def net(self) -> int:
        """What is owed; less than nothing where the debtor is ahead."""
        return self.owed_for_base - self.settled - self.waived

    @property
    def owed(self) -> int:
        """What is owed, 0 or more."""
        return max(0, self.net)


@dataclass(frozen=True, slots=True)
class Owing:
    """The terms of one replacement matter, resolved, and its steps in order of day."""

    position: Position
    transfer: Position | None
    debtor: str
    creditor: str
    item: str  # what was given, in which the debt is counted
    agreed_item: str  # what is to come back
    terms: Terms
    ratio: Fraction
    rates: Mapping[str, Fraction]  # of items that the owed party takes instead
    steps: tuple[tuple[str, Occurrence], ...]  # what a step adds to, and how much

    def rate(self, item: str) -> Fraction:
        """Return what one of an item settles (rule 29): 0 where nobody has agreed to it."""
        return _ONE if item == self.agreed_item else self.rates.get(item, _NONE)

    def tallies(self) -> list[tuple[Occurrence, Tally]]:
        """Return what stands after each step."""
        sums = _Sums(self.ratio)
        found = []
        for what, step in self.steps:
            if what == "accepted":
                sums.accepted += self.rate(item_of(step, self.agreed_item)) * step.amount
            else:
                sums.add(what, step)
            found.append((step, sums.tally()))
        return found

    def tally(self) -> Tally:
        """Return what stands at the end."""
        tallies = self.tallies()
        return tallies[-1][1] if tallies else Tally(0, 0, 0, 0, 0, 0)


def transfer_of(position: Position) -> str:
    """Name the transfer that a replacement is for, as it was said; empty where nobody says."""
    if position.terms.of:
        return position.terms.of
    for fact in position.facts.values():
        terms = fact.winners.get("terms")
        if terms is not None and terms.terms.of:
            return terms.terms.of
    return ""


def hand_overs(transfer: Position) -> list[Occurrence]:
    """List the hand-overs that make a debt (H of rule 28): the giver's; where it is silent, received.

    An amount that is said to be unknown is silence where the receiver knows one.
    """
    if not _says_how_many(transfer, "handed_over"):
        rung = transfer.rungs.get("handed_over")
        if rung is None or rung.undone or _says_how_many(transfer, "received"):
            return occurrences(transfer, "received")
    return occurrences(transfer, "handed_over")


def owing(position: Position, transfer: Position | None, as_of: date) -> Owing:
    """Resolve the terms of a replacement matter (rules 28, 29 and 31)."""
    terms = _agreed_terms(position)
    given = "" if transfer is None else transfer.item
    agreed = _agreed_item(position)
    creditor = position.receiver or ("" if transfer is None else transfer.giver)
    return Owing(
        position=position,
        transfer=transfer,
        debtor=terms.replacer or position.giver,
        creditor=creditor,
        item=given or agreed or terms.item,
        agreed_item=terms.item or agreed or given,
        terms=terms,
        ratio=exact(terms.ratio),
        rates=_rates(position, creditor),
        steps=_steps(position, transfer, creditor, as_of),
    )


def item_of(step: Occurrence, agreed_item: str) -> str:
    """Name the item that was delivered or accepted: the agreed one where nobody says another."""
    return step.statement.item or agreed_item


@lru_cache(maxsize=1024)
def exact(text: str) -> Fraction:
    """Read a ratio or a rate: a whole number, a decimal or a fraction; empty is 1.

    Examples
    --------
    >>> exact("3/2"), exact("0.75"), exact("")
    (Fraction(3, 2), Fraction(3, 4), Fraction(1, 1))
    """
    return Fraction(text.replace(" ", "")) if text else _ONE


def _says_how_many(transfer: Position, milestone: str) -> bool:
    rung = transfer.rungs.get(milestone)
    return (
        rung is not None
        and not rung.undone
        and any(not fact.quantity.is_unknown for fact in rung.facts)
    )


_ONE, _NONE = Fraction(1), Fraction(0)


class _Sums:
    """What has been said up to a day."""

    def __init__(self, ratio: Fraction) -> None:
        self.ratio = ratio
        self.accepted: Fraction | int = 0
        self.is_agreed = False
        self.amounts = {"handed_over": 0, "returned": 0, "agreed": 0, "waived": 0}
        self.everything = {"agreed": False, "waived": False}  # said without a quantity

    def add(self, what: str, step: Occurrence) -> None:
        self.amounts[what] += step.amount
        self.is_agreed = self.is_agreed or what == "agreed"
        of_all = step.milestone != LAPSED and step.statement.known_quantity.is_unknown
        if what in self.everything and of_all:
            self.everything[what] = True

    def tally(self) -> Tally:
        handed_over, returned, agreed, waived = self.amounts.values()
        base = max(0, handed_over - returned)
        if not self.everything["agreed"]:
            # A waiver without an agreement speaks of what it waives, and of nothing beyond.
            only_waived = base if self.everything["waived"] else waived
            base = min(base, agreed if self.is_agreed else only_waived)
        owed_for_base = -(-self.ratio.numerator * base // self.ratio.denominator)
        settled = int(self.accepted // 1)
        if self.everything["waived"]:
            waived = max(0, owed_for_base - settled)
        return Tally(handed_over, returned, base, owed_for_base, settled, waived)


def _steps(
    position: Position, transfer: Position | None, creditor: str, as_of: date
) -> tuple[tuple[str, Occurrence], ...]:
    steps: list[tuple[str, Occurrence]] = []
    if transfer is not None:
        steps += (("handed_over", step) for step in hand_overs(transfer))
        steps += (("returned", step) for step in occurrences(transfer, "returned"))
    steps += (("agreed", step) for step in _agreements(position, as_of))
    steps += (("accepted", step) for step in occurrences(position, "accepted"))
    steps += (
        ("waived", step)
        for step in occurrences(position, "waived")
        if step.statement.said_by == creditor  # only the owed party waives
    )
    steps.sort(key=_by_day)
    return tuple(steps)


def _by_day(row: tuple[str, Occurrence]) -> tuple[date, str, str]:
    what, step = row
    return step.day, what, step.event


def _agreements(position: Position, as_of: date) -> list[Occurrence]:
    """List what was agreed and stands: neither lapsed (rule 13) nor waiting for a condition (rule 12)."""
    steps = occurrences(position, "agreed")
    over = {step.event for step in lapses(position, "agreed", as_of)} if steps else set()
    if not over and not position.waits:
        return steps
    stands = [step for step in firm(position, steps) if step.event not in over]
    # What a further rung has reached stands, though the promise of it is over or waits.
    reached = position.reached("agreed").lo - sum(step.amount for step in stands)
    if reached > 0 and len(stands) < len(steps) and not position.conditional:
        stands.append(steps[-1]._replace(amount=reached, milestone=LAPSED))
    return stands


def _agreed_terms(position: Position) -> Terms:
    rung = position.rungs.get("agreed")
    for fact in () if rung is None else rung.facts:
        statement = fact.winners.get("terms")
        if statement is not None:
            return statement.terms
    return position.terms


def _agreed_item(position: Position) -> str:
    rung = position.rungs.get("agreed")
    for fact in () if rung is None else rung.facts:
        statement = fact.winners.get("what")
        if statement is not None and statement.item:
            return statement.item
    return ""


def _rates(position: Position, creditor: str) -> dict[str, Fraction]:
    """Return at which rates the owed party takes other items (rule 29): its own word alone counts."""
    rates: dict[str, Fraction] = {}
    rung = position.rungs.get("substituted")
    for fact in () if rung is None else rung.facts:
        statement = said(fact)
        terms = fact.winners.get("terms")
        if statement is None or statement.said_by != creditor or not statement.item:
            continue
        rates[statement.item] = exact("" if terms is None else terms.terms.rate)
    return rates
