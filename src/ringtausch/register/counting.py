"""Rules 12, 18, 20 and 23 of the register: which matters a question counts, and why it does not count others.

In: positions and a question. Out: what counts, with what it comes to; what would count if its condition were
met; and all other matters, each with the reason. What lies inside what is asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from ringtausch.language import _, ngettext
from ringtausch.records.problems import Problem
from ringtausch.register.position import Position
from ringtausch.register.question import InvalidQuestion, Question, are_pools, givers_of
from ringtausch.register.ranges import Range
from ringtausch.register.rule import ALL_ADMITTED
from ringtausch.register.value import NoRate, Rates, Worth, worth
from ringtausch.register.vocabulary import BASES, NEGATIVES

if TYPE_CHECKING:
    from ringtausch.register.positions import Positions

__all__ = [
    "CONDITIONAL",
    "FROM_A_POOL",
    "NOT_ADMITTED",
    "NOT_ASKED",
    "NOT_REACHED",
    "NOT_VALUED",
    "NO_RATE",
    "PARTS_COUNT",
    "SAME",
    "STATED",
    "UNDONE",
    "Counted",
    "Counting",
    "Uncounted",
    "counting",
]

CONDITIONAL = "conditional"  # counted apart
FROM_A_POOL = "from a pool"  # no new money
NOT_ADMITTED = "not admitted"  # the rule admits nothing that is said of it
NOT_ASKED = "not of this question"
NOT_REACHED = "not reached"
NOT_VALUED = "not valued on this basis"  # it counts as unknown
NO_RATE = "no rate"  # answered in its own currency
PARTS_COUNT = "its parts count"  # nested: what lies in it is counted there
SAME = "same as"
STATED = "a stated total"  # compared, never added
UNDONE = "undone"


class Uncounted(NamedTuple):
    """A matter that is not counted, or counted less: why, and because of which others."""

    matter: str
    why: str
    others: tuple[str, ...] = ()
    detail: str = ""


@dataclass(slots=True)
class Counted:
    """A matter of a question: whose, how much of it, and what that comes to."""

    position: Position
    givers: tuple[str, ...]
    worth: Worth
    currency: str  # in which it is answered
    reached: Range
    is_new: bool = True  # its giver is no pool (rule 23)


@dataclass
class Counting:
    """The matters of a question, and all others with the reason why not."""

    firm: dict[str, Counted] = field(default_factory=dict)
    conditional: dict[str, Counted] = field(default_factory=dict)
    uncounted: list[Uncounted] = field(default_factory=list)


def counting(positions: Positions, question: Question, *, pools: bool = False) -> Counting:
    """Choose what a question counts (rules 12, 20, 21 and 23).

    Parameters
    ----------
    positions, question
        Which matters there are, and which are asked for.
    pools
        Whether what pools give counts, too: for flows over a boundary, of which it is one.

    Raises
    ------
    InvalidQuestion
        An amount has no rate to the currency asked for, or items are valued and no basis is asked for.
    """
    chosen = Counting()
    choose = _Choosing(positions, question, pools=pools)
    for position in positions.all():
        if len(position.members) > 1:
            chosen.uncounted += (
                Uncounted(member, SAME, (position.matter,))
                for member in position.members
                if member != position.matter
            )
        choose.put(position, chosen)
    choose.refuse()
    chosen.uncounted += _not_admitted(positions, choose)
    return chosen


def _not_admitted(positions: Positions, choose: _Choosing) -> Iterator[Uncounted]:
    """Name the matters of the question of which the rule admits nothing, and what is said of them.

    Whether they are of the question is asked of the positions that they would have if all were admitted.
    """
    names = positions.not_admitted
    if not names:
        return
    would_be = positions.under(ALL_ADMITTED)
    for name in names:
        position = would_be.of(name)
        if position.kind in choose.rungs and not choose.why_not_asked(position):
            classes = {fact.rank for fact in position.facts.values()}
            detail = ", ".join(
                [
                    *(_("class {rank}").format(rank=rank) for rank in sorted(classes)),
                    *positions.reasons(name),
                ]
            )
            yield Uncounted(name, NOT_ADMITTED, detail=detail)


class _Choosing:
    """Puts positions where they belong; keeps what is wrong with the question until the end."""

    def __init__(self, positions: Positions, question: Question, *, pools: bool) -> None:
        self.question = question
        self.directory = positions.directory
        self.rule = positions.rule
        self.rates = Rates(positions.rule)
        self.known_givers: dict[str, tuple[tuple[str, ...], bool]] = {}
        self.rungs = {kind: question.rung_of(kind) for kind in question.kinds}
        # Whoever asks for what pools alone have given is told that.
        self.pools = pools or are_pools(question.givers, self.directory)
        if question.pool and "contribution" not in question.kinds:
            self.pools = True
        self.no_rate: dict[str, list[tuple[str, NoRate]]] = {}
        self.bases: dict[str, str] = {}  # of which a matter is an example

    def put(self, position: Position, chosen: Counting) -> None:
        if position.kind == "total":
            chosen.uncounted.append(Uncounted(position.matter, STATED))
            return
        rung = self.rungs.get(position.kind)
        if rung is None:
            chosen.uncounted.append(Uncounted(position.matter, NOT_ASKED, detail="kind"))
            return
        givers, from_a_pool = self._givers(position.giver)
        why = self._why_not_asked(position, givers)
        if why:
            chosen.uncounted.append(Uncounted(position.matter, NOT_ASKED, detail=why))
            return
        if from_a_pool and not self.pools and not self.question.item:
            chosen.uncounted.append(Uncounted(position.matter, FROM_A_POOL, givers))
            return
        reached = position.reached(rung)
        if reached.hi == 0:
            undone = position.state in NEGATIVES or position.lapsed
            why = UNDONE if undone else NOT_REACHED
            chosen.uncounted.append(Uncounted(position.matter, why, detail=position.state))
        self._count(position, givers, reached, chosen)

    def refuse(self) -> None:
        """Refuse the question where something has no answer, with all that has none."""
        problems = [
            self._no_rate(currency, cases) for currency, cases in sorted(self.no_rate.items())
        ]
        problems += [_no_basis(basis, matter) for basis, matter in sorted(self.bases.items())]
        if problems:
            raise InvalidQuestion(problems)

    def _givers(self, name: str) -> tuple[tuple[str, ...], bool]:
        """Name the givers of a matter, and tell whether they are pools."""
        known = self.known_givers.get(name)
        if known is None:
            givers = givers_of(name, self.directory)
            known = self.known_givers[name] = givers, are_pools(givers, self.directory)
        return known

    def _count(
        self, position: Position, givers: tuple[str, ...], reached: Range, chosen: Counting
    ) -> None:
        found = self._worth(position, reached, chosen)
        if found is None:
            return
        value, currency = found
        is_new = not self._givers(position.giver)[1]
        counted = Counted(position, givers, value, currency, reached, is_new)
        if position.conditional:
            chosen.uncounted.append(Uncounted(position.matter, CONDITIONAL))
            chosen.conditional[position.matter] = counted
            return
        chosen.firm[position.matter] = counted
        met = position.if_met.get(self.rungs[position.kind], reached)
        if met != reached:
            self._count_apart(counted, met, chosen)

    def _count_apart(self, firm: Counted, met: Range, chosen: Counting) -> None:
        """Count what would come on top of what is firm, if the conditions were met (rule 12)."""
        found = self._worth(firm.position, met, chosen)
        if found is None or found[1] != firm.currency:
            return
        value, currency = found
        hi = None
        if value.hi is not None and firm.worth.hi is not None:
            hi = max(0, value.hi - firm.worth.hi)
        more = Worth(
            max(0, value.lo - firm.worth.lo), hi, value.factor, value.by_value, value.supported
        )
        position = firm.position
        chosen.uncounted.append(Uncounted(position.matter, CONDITIONAL, detail="in part"))
        chosen.conditional[position.matter] = Counted(
            position, firm.givers, more, currency, met, firm.is_new
        )

    def _worth(
        self, position: Position, reached: Range, chosen: Counting
    ) -> tuple[Worth, str] | None:
        """Return what a matter comes to and in which currency, or None where it has no answer."""
        question = self.question
        if not question.currency and not question.item:
            if position.currency:
                return Worth(reached.lo, reached.hi), position.currency
            question = replace(question, currency=_currency_of_values(position, question.basis))
        found = worth(position, reached, question, self.rates)
        if isinstance(found, Worth):
            return found, question.currency
        if isinstance(found, NoRate):
            if not question.per_currency:
                self.no_rate.setdefault(found.currency, []).append((position.matter, found))
                return None
            chosen.uncounted.append(Uncounted(position.matter, NO_RATE, (found.currency,)))
            if position.currency:
                return Worth(reached.lo, reached.hi), position.currency
            own = replace(question, currency=found.currency)
            valued = worth(position, reached, own, self.rates)
            return (valued, found.currency) if isinstance(valued, Worth) else None
        if found.bases and not question.basis:
            self.bases.setdefault(found.bases[0], position.matter)
        chosen.uncounted.append(
            Uncounted(position.matter, NOT_VALUED, detail=", ".join(found.bases))
        )
        return Worth(0, None, None), question.currency

    def why_not_asked(self, position: Position) -> str:
        """Say what of a question a matter is not; empty where it is of the question."""
        return self._why_not_asked(position, self._givers(position.giver)[0])

    def _why_not_asked(self, position: Position, givers: tuple[str, ...]) -> str:
        question = self.question
        if not question.names(position.members):
            return "matter"
        return self._other_unit_or_side(position, givers)

    def _other_unit_or_side(self, position: Position, givers: tuple[str, ...]) -> str:
        question = self.question
        if question.item and position.item != question.item:
            return "item"
        if question.givers and not (givers and question.givers.issuperset(givers)):
            return "giver"
        if question.receivers and position.receiver not in question.receivers:
            return "receiver"
        if question.pool:
            pool = position.receiver if position.kind == "contribution" else position.giver
            if pool != question.pool:
                return "pool"
        if question.boundary:
            outside = not (givers and question.boundary.issuperset(givers))
            if not outside or position.receiver not in question.boundary:
                return "boundary"
        return ""

    def _no_rate(self, currency: str, cases: list[tuple[str, NoRate]]) -> Problem:
        matter, first = min(cases, key=lambda case: (case[1].on, case[0]))
        others = len(cases) - 1
        sentence = _(
            "the rule {rule} has no rate from {currency} to {to} on {day} or before, which {matter}"
            " needs{others}; add one to a rule of your own, or ask per currency"
        )
        more = ngettext(", and {count} other", ", and {count} others", others) if others else ""
        return Problem(
            "",
            0,
            "currency",
            currency,
            sentence.format(
                rule=self.rule.name,
                currency=currency,
                to=first.to,
                day=first.on.isoformat(),
                matter=matter,
                others=more.format(count=others),
            ),
        )


def _currency_of_values(position: Position, basis: str) -> str:
    """Name the currency in which an item is valued on a basis, empty where it is not."""
    for rung in position.rungs.values():
        for fact in rung.facts:
            said = fact.winners.get("worth")
            if said is not None and said.basis == basis:
                return said.value_currency
    return ""


def _no_basis(basis: str, matter: str) -> Problem:
    sentence = _(
        "{matter} is valued on the basis {basis}; a total never mixes bases, so ask for one of {bases}"
    )
    return Problem(
        "",
        0,
        "basis",
        basis,
        sentence.format(matter=matter, basis=basis, bases=", ".join(BASES)),
    )
