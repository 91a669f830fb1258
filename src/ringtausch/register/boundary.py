"""Rule 23 of the register: what flows over a boundary, a set of parties and pools, and the proof of it.

In: positions and a boundary. Out: every flow as incoming, internal, outgoing or elsewhere, what of them is new
money, and sums that tie. Within a pool, contributions and spending are tied by its own reconciliation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ringtausch.register.look_through import LookThrough, look_through_all
from ringtausch.register.question import Question
from ringtausch.register.totals import count
from ringtausch.register.value import Amount

if TYPE_CHECKING:
    from ringtausch.register.positions import Positions
    from ringtausch.register.totals import Line, Total

__all__ = [
    "ELSEWHERE",
    "INCOMING",
    "INTERNAL",
    "OUTGOING",
    "PAID",
    "SIDES",
    "Flow",
    "Flows",
    "flows",
]

INCOMING = "incoming"
INTERNAL = "internal"
OUTGOING = "outgoing"
ELSEWHERE = "elsewhere"
SIDES = (INCOMING, INTERNAL, OUTGOING, ELSEWHERE)

#: What moves money: paid into pools, and paid by anybody.
PAID = Question(("contribution", "payment"), ("paid_in", "paid"), per_currency=True)


@dataclass(frozen=True, slots=True)
class Flow:
    """One matter that flows, as much of it as lies in no other one."""

    matter: str
    kind: str
    givers: tuple[str, ...]
    receiver: str
    currency: str
    side: str
    amount: Amount
    more: Amount | None  # how much more it may be; None without an end
    is_new: bool  # its giver is no pool


@dataclass(frozen=True)
class Flows:
    """All flows beside a boundary, and the pools within it."""

    boundary: frozenset[str]
    flows: tuple[Flow, ...]
    totals: tuple[Total, ...]  # of all flows, by currency: what the sides sum to
    pools: tuple[LookThrough, ...]  # of the pools in the boundary, with their reconciliations

    def amount(self, currency: str, *sides: str, new: bool | None = None) -> Amount:
        """Add up flows of some sides, all of them if none is named; of new money, or of none."""
        return sum(
            flow.amount
            for flow in self.flows
            if flow.currency == currency
            and (not sides or flow.side in sides)
            and (new is None or flow.is_new == new)
        )

    def new_money(self, currency: str) -> Amount:
        """Return what came in from outside and was no pool's: new money for those within."""
        return self.amount(currency, INCOMING, new=True)

    @property
    def holds(self) -> bool:
        """Whether the four sides sum to all flows in every currency, and every pool within ties."""
        sides = all(
            sum(self.amount(total.currency, side) for side in SIDES) == total.lo
            for total in self.totals
        )
        return sides and all(pool.holds for pool in self.pools)


def flows(positions: Positions, boundary: Iterable[str], question: Question = PAID) -> Flows:
    """Say of each flow on which side of a boundary it lies (rule 23).

    What several give together comes in where one of them is outside.

    Parameters
    ----------
    positions
        Which matters there are.
    boundary
        Names of parties and pools.
    question
        What flows: what is paid, where nothing else is asked for.
    """
    inside = frozenset(boundary)
    every = replace(question, boundary=frozenset(), by="")
    found = count(positions, every, pools=True)
    totals = tuple(one for one in (found, *found.others) if one.currency or question.item)
    return Flows(
        inside,
        tuple(_flow(line, one.currency, inside) for one in totals for line in one.lines),
        totals,
        tuple(through for pool, through in look_through_all(positions).items() if pool in inside),
    )


def _flow(line: Line, currency: str, inside: frozenset[str]) -> Flow:
    from_within = bool(line.givers) and inside.issuperset(line.givers)
    to_within = line.receiver in inside
    if from_within:
        side = INTERNAL if to_within else OUTGOING
    else:
        side = INCOMING if to_within else ELSEWHERE
    return Flow(
        line.matter,
        line.kind,
        line.givers,
        line.receiver,
        currency,
        side,
        line.new,
        line.open,
        line.is_new,
    )
