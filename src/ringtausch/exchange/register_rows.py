"""The rows of the tables that a register is exported as.

In: positions. Out: rows of texts by column; what is empty is left out. The columns are those of
`register_columns`; amounts are plain decimal numbers, exact. Nothing here knows files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from ringtausch.exchange.amounts import plain_amount
from ringtausch.exchange.statement_columns import texts_of
from ringtausch.register.dates import NEVER
from ringtausch.register.directory import scale_of
from ringtausch.register.occurrences import said
from ringtausch.register.position import Conflict, Position, Rung
from ringtausch.register.postings import postings
from ringtausch.register.question import Question
from ringtausch.register.ranges import ITEM_SCALE, MONEY_SCALE, Range
from ringtausch.register.replacement import Debt, debts
from ringtausch.register.statement import Statement
from ringtausch.register.totals import Total, total
from ringtausch.register.value import rounded
from ringtausch.register.vocabulary import RUNGS

if TYPE_CHECKING:
    from ringtausch.register.positions import Positions

__all__ = ["ROWS", "Row"]

Row = dict[str, str]

#: What is added up: by currency, and of every item that is given.
_MONEY_TOTALS = (
    ("contribution", ("announced", "committed", "paid_in")),
    ("payment", ("due", "paid")),
)
_ITEM_TOTALS = ("pledged", "handed_over", "received")


def statement_rows(positions: Positions) -> Iterator[Row]:
    """Write all statements in view, in the order of recording; also those that were corrected."""
    for statement in sorted(positions.view, key=lambda one: (one.recorded_at, one.id)):
        yield texts_of(statement)


def position_rows(positions: Positions) -> Iterator[Row]:
    """Write where each matter stands."""
    for position in positions.all():
        yield _filled(_position(position, positions))


def milestone_rows(positions: Positions) -> Iterator[Row]:
    """Write the rungs and marks of each matter, in their order."""
    for position in positions.all():
        for name, rung in position.rungs.items():
            yield _filled(_milestone(position, name, rung))


def conflict_rows(positions: Positions) -> Iterator[Row]:
    """Write every statement that differs from the one that makes the position."""
    for position in positions.all():
        for conflict in position.conflicts:
            yield _filled(_conflict(conflict, position))


def debt_rows(positions: Positions) -> Iterator[Row]:
    """Write what is owed, one row for each replacement."""
    for debt in debts(positions):
        yield _filled(_debt(debt))


def balance_rows(positions: Positions) -> Iterator[Row]:
    """Write what stands in every account, in order."""
    items = _things(positions)
    for account, amount in sorted(postings(positions).balances.items()):
        scale = ITEM_SCALE if account.commodity in items else MONEY_SCALE
        amounts = {"amount": plain_amount(amount, scale)}
        yield _filled({**account._asdict(), **amounts})


def total_rows(positions: Positions) -> Iterator[Row]:
    """Add up money by currency and items by item, everything counted once, in all and by giver."""
    for kind, rungs in _MONEY_TOTALS:
        if not positions.kind(kind):
            continue
        for rung in rungs:
            found = total(positions, Question((kind,), rung, per_currency=True, by="giver"))
            for one in (found, *found.others):
                yield from _total(one, kind, rung)
    items = {position.item for position in positions.kind("transfer")} - {""}
    for item in sorted(items):
        for rung in _ITEM_TOTALS:
            question = Question(("transfer",), rung, item=item, by="giver")
            yield from _total(total(positions, question), "transfer", rung)


#: The rows of every table.
ROWS: dict[str, Callable[[Positions], Iterator[Row]]] = {
    "statements": statement_rows,
    "positions": position_rows,
    "milestones": milestone_rows,
    "conflicts": conflict_rows,
    "debts": debt_rows,
    "balances": balance_rows,
    "totals": total_rows,
}


def _things(positions: Positions) -> set[str]:
    """Name what is counted as items, also where no directory knows it."""
    return {*positions.directory.items, *(position.item for position in positions.all())}


def _filled(row: Row) -> Row:
    return {name: text for name, text in row.items() if text}


def _position(position: Position, positions: Positions) -> Row:
    scale = scale_of(position.currency)
    quantity = _at_state(position)
    row = {
        "matter": position.matter,
        "kind": position.kind,
        "state": position.state,
        "giver": position.giver,
        "receiver": position.receiver,
        "item": position.item,
        "currency": position.currency,
        "unit": _unit(position, positions),
        "conditional": _yes(position.conditional),
        "condition": "" if position.condition is None else position.condition.words,
        "lapsed": _yes(position.lapsed),
        "until": position.until,
        "conflicts": str(len(position.conflicts)),
        "members": ";".join(position.members),
    }
    if quantity is not None:
        row |= {"quantity": _quantity(quantity, scale), **_bounds(quantity, scale)}
    rung = position.rungs.get(position.state)
    if rung is not None:
        row |= _evidence(rung)
    return row


def _at_state(position: Position) -> Range | None:
    """Return how much has got as far as the state."""
    if not position.state:
        return None
    if position.state in RUNGS[position.kind]:
        return position.reached(position.state)
    return position.counted(position.state)


def _unit(position: Position, positions: Positions) -> str:
    known = positions.directory.items.get(position.item)
    return position.currency or ("" if known is None else known.unit)


def _evidence(rung: Rung) -> Row:
    """Say on whose word a rung stands, and what that is worth."""
    row = {"true_on": _day(rung.true_on), "class": str(rung.rank)}
    fact = rung.facts[0]
    statement = said(fact)
    if statement is not None:
        row |= {"said_by": statement.said_by, "statement": statement.id}
    worth = fact.winners.get("worth")
    if len(rung.facts) == 1 and worth is not None and worth.value is not None:
        row["value"] = plain_amount(worth.value, MONEY_SCALE)
        row |= {"value_currency": worth.value_currency, "basis": worth.basis}
    return row


def _milestone(position: Position, name: str, rung: Rung) -> Row:
    scale = scale_of(position.currency)
    row = {
        "matter": position.matter,
        "milestone": name,
        **_bounds(rung.quantity, scale),
        "true_on": _day(rung.true_on),
        "said_on": _day(rung.said_on),
        "class": str(rung.rank),
        "undone": _yes(rung.undone),
        "events": str(len(rung.facts)),
        "statements": ";".join(sorted({one.id for fact in rung.facts if (one := said(fact))})),
    }
    if name in RUNGS[position.kind]:
        reached = _bounds(position.reached(name), scale)
        row |= {f"reached_{bound}": text for bound, text in reached.items()}
    return row


def _conflict(conflict: Conflict, position: Position) -> Row:
    return {
        "matter": position.matter,
        "milestone": conflict.milestone,
        "event": conflict.event,
        "group": conflict.group,
        "winner": conflict.winner.id,
        "winner_by": conflict.winner.said_by,
        "winner_says": _says(conflict.winner, conflict.group),
        "loser": conflict.loser.id,
        "loser_by": conflict.loser.said_by,
        "loser_says": _says(conflict.loser, conflict.group),
    }


#: The columns of a statement that a group of fields is (rule 7).
_GROUPS = {
    "what": ("quantity", "item", "currency", "condition_words"),
    "who": ("giver", "receiver"),
    "when": ("true_on", "said_on", "until"),
    "worth": ("value", "value_currency", "basis", "method"),
}


def _says(statement: Statement, group: str) -> str:
    texts = texts_of(statement)
    names = _GROUPS.get(group) or tuple(name for name in texts if name.startswith("terms_"))
    return ", ".join(f"{name} {texts[name]}" for name in names if name in texts)


def _debt(debt: Debt) -> Row:
    row = {
        name: plain_amount(getattr(debt, name), ITEM_SCALE)
        for name in (
            "handed_over",
            "returned",
            "base",
            "settled",
            "waived",
            "owed",
            "ahead",
            "overdue",
        )
    }
    row |= {
        name: str(getattr(debt, name))
        for name in ("matter", "transfer", "debtor", "creditor", "item", "agreed_item", "ratio")
    }
    return row | {
        "waiting": plain_amount(sum(one.amount for one in debt.waiting), ITEM_SCALE),
        "due": "" if debt.due is None else _day(debt.due),
        "overdue_days": str(debt.overdue_days),
        "age_days": str(debt.age_days),
        "guarantor": debt.guarantor,
        "disputed": _yes(debt.disputed),
    }


def _total(found: Total, kind: str, rung: str) -> Iterator[Row]:
    """Write what a question comes to in one unit: in all, and by giver."""
    if not found.lines or found.hi == 0:  # nothing, and nothing that could be something
        return
    item = found.question.item
    head = {"kind": kind, "milestone": rung, "item": item, "currency": found.currency}
    scale, unit = (ITEM_SCALE if item else MONEY_SCALE), found.unit
    yield _filled({
        **head,
        "by": "all",
        **_shown(found.lo, found.hi, unit, scale),
        "matters": str(len(found.lines)),
        "unknowns": str(found.unknowns),
        "blind": plain_amount(rounded(found.blind, unit), scale),
    })  # fmt: skip
    for row in found.rows:
        yield _filled({
            **head,
            "by": "giver",
            "giver": "+".join(row.names),
            **_shown(row.lo, row.hi, unit, scale),
            "matters": str(len(row.matters)),
        })  # fmt: skip


def _shown(least: int | Fraction, most: int | Fraction | None, unit: int, scale: int) -> Row:
    return {
        "least": plain_amount(rounded(least, unit), scale),
        "most": "" if most is None else plain_amount(rounded(most, unit), scale),
    }


def _bounds(quantity: Range, scale: int) -> Row:
    most = "" if quantity.hi is None else plain_amount(quantity.hi, scale)
    return {"least": plain_amount(quantity.lo, scale), "most": most}


def _quantity(quantity: Range, scale: int) -> str:
    """Write a quantity the way a table of statements does, in no language."""
    if quantity.is_unknown:
        return "unknown"
    least = plain_amount(quantity.lo, scale)
    if quantity.hi is None:
        return f"at least {least}"
    most = plain_amount(quantity.hi, scale)
    if quantity.is_exact:
        return least
    return f"up to {most}" if quantity.lo == 0 else f"{least}..{most}"


def _day(day: date) -> str:
    return "" if day == NEVER else day.isoformat()


def _yes(is_so: bool) -> str:
    return "true" if is_so else "false"
