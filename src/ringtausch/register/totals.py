"""Rules 17 to 22 of the register: what a question comes to, with everything counted once.

In: positions and a question. Out: from the least to the most, as exact numbers, with each matter's part in
it, the rows, what is counted apart or not at all and why, and what the total is compared with. Rounding is
for showing, and done once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ringtausch.register.counting import (
    PARTS_COUNT,
    Counted,
    Uncounted,
    counting,
)
from ringtausch.register.directory import minor_unit
from ringtausch.register.links import DroppedLink
from ringtausch.register.look_through import look_through
from ringtausch.register.nesting import Nested, between, nest
from ringtausch.register.position import Link
from ringtausch.register.question import Question
from ringtausch.register.ranges import Range
from ringtausch.register.stated import StatedTotal, stated_totals
from ringtausch.register.value import Amount, Worth, rounded

if TYPE_CHECKING:
    from ringtausch.register.positions import Positions

__all__ = ["Line", "Row", "Total", "count", "total"]

_INFERENCE = 6


@dataclass(slots=True)
class Line:
    """One matter in a total: its amount, what lies in it, and what is new in it (rule 18)."""

    matter: str
    kind: str
    givers: tuple[str, ...]
    receiver: str
    reached: Range  # in its own unit
    worth: Worth  # in the unit of the total
    nested: Nested
    is_new: bool  # its giver is no pool
    new: Amount  # what the total counts of it
    open: Amount | None  # how much more it may be than what is new in it; None without an end

    @property
    def is_unknown(self) -> bool:
        """Whether nobody says how much it is."""
        return self.worth.lo == 0 and self.worth.hi is None


@dataclass(frozen=True, slots=True)
class Row:
    """What belongs to one name, or to several together, which is never split (rule 19)."""

    names: tuple[str, ...]
    lo: Amount
    hi: Amount | None
    matters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Total:
    """What a question comes to, under one rule, as of one day, as known at one time.

    Amounts are in thousandths of the item or ten-thousandths of the currency, exact.
    """

    question: Question
    rule: str
    currency: str
    lo: Amount = 0
    hi: Amount | None = 0
    unknowns: int = 0
    blind: Amount = 0  # the sum of all rows as they stand, which counts twice
    unsupported: Amount = 0  # of `lo`, what is valued without a document
    lines: tuple[Line, ...] = ()
    rows: tuple[Row, ...] = ()
    uncounted: tuple[Uncounted, ...] = ()
    dropped: tuple[DroppedLink, ...] = ()
    set_aside: Mapping[str, str] | None = None
    conditional: Total | None = None  # counted apart, by itself
    stated: tuple[StatedTotal, ...] = ()  # compared, never added
    without_inferences: Total | None = (
        None  # with links of class 6 left out; None if there are none
    )
    others: tuple[Total, ...] = ()  # in other currencies, where no rate leads here

    @property
    def excess(self) -> tuple[Line, ...]:
        """The matters whose parts exceed them: conflicts (rule 19)."""
        return tuple(line for line in self.lines if line.nested.excess)

    @property
    def unit(self) -> int:
        """The smallest step in which the total is shown: a coin, or a thousandth of an item."""
        return minor_unit(self.currency) if self.currency else 1

    def shown(self, unit: int = 0) -> tuple[int, int | None]:
        """Round the total once, half to even, to minor units or to larger ones (rule 21)."""
        unit = unit or self.unit
        return rounded(self.lo, unit), None if self.hi is None else rounded(self.hi, unit)

    def rounding_difference(self, unit: int = 0) -> int:
        """Return by how much the rounded total differs from the sum of its rounded rows."""
        unit = unit or self.unit
        return rounded(self.lo, unit) - sum(rounded(row.lo, unit) for row in self.rows)


def total(positions: Positions, question: Question) -> Total:
    """Answer a question about positions, everything counted once (rules 18 to 21).

    Per currency, what no rate leads to the question's currency stands in `others`; where the question names
    no currency, all answers do.

    Raises
    ------
    InvalidQuestion
        An amount has no rate to the currency asked for, or items are valued and no basis is asked for.

    Examples
    --------
    >>> from datetime import date
    >>> from ringtausch.register.directory import Directory
    >>> from ringtausch.register.positions import Positions
    >>> from ringtausch.register.rule import STRICT
    >>> from ringtausch.register.statement import Source, Statement
    >>> def committed(name, euros, part_of=""):
    ...     return Statement(
    ...         name, "contribution", "committed", Source(2, date="2025-11-18"), "ESP", "desk", name,
    ...         giver="ESP", currency="EUR", quantity=Range(euros * 10_000, euros * 10_000),
    ...         part_of=part_of)
    >>> said = [committed("old", 1000), committed("loan", 615, "old"), committed("fund", 100, "loan")]
    >>> positions = Positions(said, STRICT, date(2025, 12, 1), Directory())
    >>> found = total(positions, Question(("contribution",), "committed", currency="EUR", by="giver"))
    >>> found.lo // 10_000, [(line.matter, line.new // 10_000) for line in found.lines]
    (1000, [('fund', 100), ('loan', 515), ('old', 385)])
    """
    found = count(positions, question)
    if any(
        said.source.rank == _INFERENCE and (said.part_of or said.same_as)
        for said in positions.standing
    ):
        found = replace(
            found, without_inferences=count(positions.without_inferred_links(), question)
        )
    return replace(found, stated=stated_totals(positions, question, count))


def count(positions: Positions, question: Question, *, pools: bool = False) -> Total:
    """Count as `total` does, and compare with nothing.

    With `pools`, what pools give counts, too (rule 23 asks for all flows).
    """
    chosen = counting(positions, question, pools=pools)
    uncounted = chosen.uncounted
    currencies = {
        counted.currency for counted in (*chosen.firm.values(), *chosen.conditional.values())
    }
    answers = {}
    for currency in {question.currency, *currencies}:
        firm = _answer(positions, question, currency, chosen.firm, uncounted)
        if chosen.conditional:
            apart = _answer(positions, question, currency, chosen.conditional, [])
            firm = replace(firm, conditional=apart if apart.lines else None)
        answers[currency] = firm
    first = answers.pop(question.currency, None) or Total(
        question, positions.rule.name, question.currency
    )
    return replace(
        first,
        uncounted=tuple(uncounted),
        dropped=positions.dropped,
        set_aside=positions.rule.set_aside,
        others=tuple(answers[currency] for currency in sorted(answers) if currency),
    )


def _answer(
    positions: Positions,
    question: Question,
    currency: str,
    chosen: Mapping[str, Counted],
    uncounted: list[Uncounted],
) -> Total:
    """Add up what is answered in one currency, or in items (rule 18)."""
    here = {name: counted for name, counted in chosen.items() if counted.currency == currency}
    amounts: dict[str, tuple[Amount, Amount | None]] = {
        name: (counted.worth.lo, counted.worth.hi) for name, counted in here.items()
    }
    amounts |= dict.fromkeys(between(positions.links, here, chosen), (0, 0))
    nested = nest(amounts, positions.links, _share_in(currency, here))
    elsewhere = {
        link.parent
        for link in positions.links
        if link.parent in here and link.child in chosen and link.child not in here
    }
    lines = []
    for name in sorted(here):
        counted = here[name]
        nested[name].foreign = name in elsewhere
        lines.append(_line(counted, nested[name]))
        if nested[name].parts and amounts[name][0]:
            uncounted.append(Uncounted(name, PARTS_COUNT, nested[name].children))
    lo: Amount = sum(line.new for line in lines)
    hi = _most(lines)
    rows = _rows(lines, question.by)
    if question.by == "contributor":
        rows = _contributors(positions, question.pool, currency)
        lo = hi = sum(row.lo for row in rows)  # refunds have come off
    return Total(
        question,
        positions.rule.name,
        currency,
        lo,
        hi,
        sum(line.is_unknown for line in lines),
        sum(line.worth.lo for line in lines),
        sum(line.new for line in lines if not line.worth.supported),
        tuple(lines),
        rows,
    )


def _line(counted: Counted, nested: Nested) -> Line:
    position = counted.position
    new, more = nested.new, nested.open
    if nested.foreign:  # the remainder is [0, a]: parts in another currency may fill it
        new, more = 0, None if more is None else more + new
    return Line(
        position.matter,
        position.kind,
        counted.givers,
        position.receiver,
        counted.reached,
        counted.worth,
        nested,
        counted.is_new,
        new,
        more,
    )


def _most(lines: Iterable[Line]) -> Amount | None:
    most: Amount = 0
    for line in lines:
        if line.open is None:
            return None
        most += line.new + line.open
    return most


def _share_in(currency: str, here: Mapping[str, Counted]) -> Callable[[Link], Amount | None]:
    def share_of(link: Link) -> Amount | None:
        """Return what the share of a link comes to: in the child's own unit, unless it says another."""
        assert link.share is not None
        if currency and link.statement.currency == currency:
            return link.share.lo
        counted = here.get(link.child)
        factor = 1 if counted is None else counted.worth.factor
        return None if factor is None else link.share.lo * factor

    return share_of


def _rows(lines: Iterable[Line], by: str) -> tuple[Row, ...]:
    """Give what is new to its giver, or to its givers together (rule 19), or to its receiver."""
    if by not in {"giver", "receiver"}:
        return ()
    found: dict[tuple[str, ...], list[Line]] = defaultdict(list)
    for line in lines:
        found[line.givers if by == "giver" else (line.receiver,)].append(line)
    return tuple(
        Row(
            names,
            sum(line.new for line in theirs),
            _most(theirs),
            tuple(line.matter for line in theirs),
        )
        for names, theirs in sorted(found.items())
        if any(line.new or line.open != 0 for line in theirs)
    )


def _contributors(positions: Positions, pool: str, currency: str) -> tuple[Row, ...]:
    """Attribute what a pool has spent to whose money it was (rule 25); what waits is the pool's."""
    through = look_through(positions, pool)
    rows = [
        Row((name,), amount, amount) for name, amount in through.by_contributor(currency).items()
    ]
    waiting = sum(spent.waiting for spent in through.spendings if spent.currency == currency)
    if waiting:
        rows.append(Row((pool,), waiting, waiting))
    return tuple(rows)
