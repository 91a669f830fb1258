"""Rule 33 of the register: a party's own statement that takes more out of a kept stock than there is.

In: statements that somebody wants to record, and those in view. Out: sentences, one for each day of a stock
that would be short because of them. What others say of that stock is never refused: it is a conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ringtausch.language import _
from ringtausch.register.book import Book, Pair
from ringtausch.register.dates import recorded_day
from ringtausch.register.directory import Directory
from ringtausch.register.moves import post
from ringtausch.register.positions import Positions
from ringtausch.register.ranges import ITEM_SCALE, say_amount
from ringtausch.register.rule import TRACKER, Rule
from ringtausch.register.statement import Statement
from ringtausch.register.stock import Short, counts, kept_since, settle

__all__ = ["refuses_stock"]


def refuses_stock(
    drafts: Sequence[Statement],
    view: Iterable[Statement],
    directory: Directory,
    rule: Rule = TRACKER,
) -> list[str]:
    """Say which kept stocks of the sayers would be below nothing at some day's end (rule 33).

    Parameters
    ----------
    drafts
        What is to be recorded, all together, each with its time of recording.
    view
        What the recorder sees.
    directory
        Parties and items.
    rule
        What counts; a party's own statements count under every rule.

    Returns
    -------
    list of str
        One sentence for a stock and a day; none where all is well. A stock that was short before, or is
        by what others say in the same batch, is refused only where it would be more so.
    """
    sayers = {draft.said_by for draft in drafts}
    known = list(view)
    pairs = _own_pairs(drafts, known, sayers)
    if not pairs:
        return []
    of_interest = _speaking_of(pairs, [*known, *drafts])
    as_of = max(recorded_day(draft.recorded_at) for draft in drafts)
    before = [one for one in known if one.matter in of_interest]
    after = [*before, *(one for one in drafts if one.matter in of_interest)]
    short = [row for row in _short(after, rule, as_of, directory) if row[:2] in pairs]
    found: list[str] = []
    for party in dict.fromkeys(row.party for row in short):
        # The usual case has none: nobody needs to know what was short without what the party says itself.
        own = {id(one) for one in drafts if one.said_by == party}
        others = [one for one in after if id(one) not in own]
        was = {row[:3]: row.amount for row in _short(others, rule, as_of, directory)}
        theirs = (row for row in short if row.party == party)
        found += [_sentence(row) for row in theirs if row.amount > was.get(row[:3], 0)]
    return found


def _own_pairs(
    drafts: Iterable[Statement], known: Iterable[Statement], sayers: set[str]
) -> set[Pair]:
    """Return the sayers' stocks that drafts touch and somebody counts."""
    matters = {draft.matter for draft in drafts}
    touched: set[Pair] = set()
    counted: set[Pair] = set()
    for one in [*known, *drafts]:
        if not one.item:
            continue
        if one.matter in matters:
            touched |= {(one.giver, one.item), (one.receiver, one.item)}
            touched.add((one.terms.replacer, one.item))
        if one.milestone == "counted":
            counted.add((one.giver, one.item))
    return {pair for pair in touched & counted if pair[0] in sayers}


def _speaking_of(pairs: set[Pair], statements: Sequence[Statement]) -> set[str]:
    """Name the matters that may move those stocks, with all that are the same."""
    matters: set[str] = set()
    same: dict[str, set[str]] = {}
    for one in statements:
        sides = (one.giver, one.item), (one.receiver, one.item), (one.terms.replacer, one.item)
        if not pairs.isdisjoint(sides):
            matters.add(one.matter)
        for other in (one.same_as, one.terms.of):
            if other:
                same.setdefault(one.matter, set()).add(other)
                same.setdefault(other, set()).add(one.matter)
    waiting = list(matters)
    while waiting:
        for other in same.get(waiting.pop(), ()):
            if other not in matters:
                matters.add(other)
                waiting.append(other)
    return matters


def _short(
    statements: list[Statement], rule: Rule, as_of: date, directory: Directory
) -> list[Short]:
    positions = Positions(statements, rule, as_of, directory)
    found = counts(positions)
    book = Book(kept_since(found))
    post(positions, book)
    return sorted(settle(book, found))


def _sentence(row: Short) -> str:
    return _(
        "{party} would be short of {amount} of {item} at the end of {day}: its counts say that it has"
        " less; hand over or reserve less, release what is reserved, or record a count first"
    ).format(
        party=row.party,
        amount=say_amount(row.amount, ITEM_SCALE),
        item=row.item,
        day=row.day.isoformat(),
    )
