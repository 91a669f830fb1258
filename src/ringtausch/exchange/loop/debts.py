"""The tables `debts`, `assurances` and `exchange`: what is owed, by when, and in what (rules 28 to 31).

In: what is known. Out: a row for each due date of what is owed, counted in the item that is to come back;
assurances for what is still to be handed over under an agreement; rates at which the owed party takes
something else. Hand-overs that nobody has agreed to replace are listed.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from ringtausch.exchange.loop import reasons
from ringtausch.exchange.loop.known import Known, LeftOut, Table, statements_of, units
from ringtausch.exchange.loop.offers import still_promised
from ringtausch.records.periods import Calendar
from ringtausch.records.tables import Assurance, Exchange
from ringtausch.records.tables import Debt as DebtRow
from ringtausch.register.dates import last_day
from ringtausch.register.owing import Owing
from ringtausch.register.ranges import ITEM_SCALE, say_amount
from ringtausch.register.replacement import Debt, bare, debts, owings

__all__ = ["assurances", "debt_rows", "exchange"]

_RATIO_STEP = Decimal("0.000001")
_MONTHS_OF_A_QUARTER = 3
_WEEKS_OF_A_YEAR, _MONTHS_OF_A_YEAR = 52, 12


def debt_rows(known: Known) -> Table:
    """Return what is owed, one row for each due date (rule 30)."""
    table = Table()
    within = {(row.party, row.item): row.within for row in known.terms.assurances}
    for debt in debts(known.positions):
        if not debt.owed:
            continue
        position = known.positions.of(debt.matter)
        if not debt.creditor or not (debt.agreed_item or debt.item):
            table.leave_out("debts", position, reasons.of_nothing())
            continue
        told = sorted(
            {
                *statements_of(position),
                *(statements_of(known.positions.of(debt.transfer)) if debt.transfer else ()),
            }
        )
        if debt.disputed:
            table.note("debts", position, reasons.disputed())
        for due, amount, dated in _dues(known, debt, within.get((debt.creditor, debt.item))):
            row = DebtRow(
                party=debt.creditor,
                item=debt.agreed_item or debt.item,
                quantity=units(amount),
                due=due,
                source=f"register: {debt.matter}",
            )
            table.add(row, told)
            if not dated:
                table.note("debts", position, reasons.no_due_date())
    table.left_out += _bare(known)
    return table


def assurances(known: Known) -> Table:
    """Return the assurances that agreements give to what is still to be handed over."""
    table = Table()
    found: dict[tuple[str, str], list[tuple[int, Decimal, Owing]]] = {}
    for one in owings(known.positions):
        agreed = _agreed(known, one)
        if agreed is not None:
            found.setdefault((one.creditor, one.item), []).append((*agreed, one))
    for (party, item), rows in sorted(found.items()):
        table.add(
            Assurance(
                party=party,
                item=item,
                within=min(within for within, _, _ in rows),
                ratio=max(ratio for _, ratio, _ in rows),
                source=f"register: {', '.join(one.position.matter for _, _, one in rows)}",
            ),
            sorted({said for *_, one in rows for said in statements_of(one.position)}),
        )
        positions = [one.position for *_, one in rows]
        if len({row[:2] for row in rows}) > 1:
            reason = reasons.several_agreements(party, item)
            table.note("assurances", positions[0], reason)
        table.note("assurances", positions[0], reasons.agreed_for_some(party, item))
        for *_, one in rows:
            if Fraction(_decimal(one.ratio)) != one.ratio:
                reason = reasons.rounded_ratio(str(one.ratio))
                table.note("assurances", one.position, reason)
    return table


def exchange(known: Known) -> Table:
    """Return what owed parties take instead, at the rates that they have agreed (rule 29)."""
    table = Table()
    rates: dict[tuple[str, str, str], list[tuple[Decimal, Owing]]] = {}
    for one in owings(known.positions):
        if not one.creditor:
            continue
        for given in sorted({one.item, one.agreed_item} - {""}):
            taken = {one.agreed_item: Fraction(1), **one.rates}
            for accepted, rate in taken.items():
                if accepted and accepted != given and rate:
                    key = one.creditor, given, accepted
                    rates.setdefault(key, []).append((_decimal(rate, down=True), one))
    for (party, given, accepted), rows in sorted(rates.items()):
        lowest = min(rate for rate, _ in rows)
        told = sorted({said for _, one in rows for said in statements_of(one.position)})
        source = f"register: {rows[0][1].position.matter}"
        table.add(
            Exchange(party=party, given=given, accepted=accepted, rate=lowest, source=source), told
        )
        if len({rate for rate, _ in rows}) > 1:
            reason = reasons.several_rates(party, accepted)
            table.note("exchange", rows[0][1].position, reason)
    return table


def _dues(known: Known, debt: Debt, within: int | None) -> list[tuple[date, int, bool]]:
    """List what is left by due date, and whether anybody has said the date; terms may say it instead."""
    rows = []
    for row in debt.dues:
        if not row.left:
            continue
        if row.due is not None:
            rows.append((row.due, row.left, True))
        elif within is not None:
            own = Calendar(row.handed_over_on, known.terms.period, 0)
            rows.append((own.first_day(within), row.left, True))
        else:
            rows.append((known.never, row.left, False))
    left = sum(amount for _, amount, _ in rows)
    assert left == debt.owed, f"{debt.matter}: {left} is due and {debt.owed} is owed"
    return rows


def _agreed(known: Known, one: Owing) -> tuple[int, Decimal] | None:
    """Say within how many periods, and at which ratio, what is still to be handed over is replaced."""
    transfer, terms = one.transfer, one.terms
    agreed = one.position.rungs.get("agreed")
    if agreed is None or agreed.undone or one.position.conditional or one.position.lapsed:
        return None
    if transfer is None:
        return None
    to_come = 0 if transfer.conditional else still_promised(known, transfer)
    if to_come <= 0 or not one.creditor or not one.item:
        return None
    if terms.within is not None:
        within = _periods(terms.within, known.terms.period)
    elif terms.due and last_day(terms.due) >= known.as_of:
        within = known.calendar.index(last_day(terms.due))
    else:
        return None
    return within, _decimal(one.ratio)


def _periods(months: int, kind: str) -> int:
    """Turn months into whole periods, the shorter time where they do not fit.

    Examples
    --------
    >>> _periods(8, "month"), _periods(8, "quarter"), _periods(3, "week")
    (8, 2, 13)
    """
    if kind == "quarter":
        return months // _MONTHS_OF_A_QUARTER
    return months * _WEEKS_OF_A_YEAR // _MONTHS_OF_A_YEAR if kind == "week" else months


def _decimal(ratio: Fraction, *, down: bool = False) -> Decimal:
    """Write a fraction as a decimal: up, so that nobody is owed less; a rate down."""
    exact = Decimal(ratio.numerator) / Decimal(ratio.denominator)
    rounding = ROUND_FLOOR if down else ROUND_CEILING
    return exact if Fraction(exact) == ratio else exact.quantize(_RATIO_STEP, rounding)


def _bare(known: Known) -> list[LeftOut]:
    return [
        LeftOut(
            "debts",
            row.matter,
            reasons.bare(say_amount(row.amount, ITEM_SCALE), row.item, row.giver, row.receiver),
            statements_of(known.positions.of(row.matter)),
        )
        for row in bare(known.positions)
    ]
