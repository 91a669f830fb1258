"""Rule 10, charges: every charge is paid in full, on time, by funds that may pay it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ringtausch.insight.verify import rule_messages as say
from ringtausch.insight.verify.bills import Bill, ChargeKey
from ringtausch.insight.verify.case import Case
from ringtausch.insight.verify.decisions import Paid
from ringtausch.insight.verify.tolerances import money_slack
from ringtausch.insight.verify.violation import Violation, broken
from ringtausch.insight.verify.wording import money

__all__ = ["charges"]


def charges(case: Case) -> list[Violation]:
    """Check Σ m = charge for every charge, and the earmarks of every payment."""
    paid: dict[ChargeKey, list[Paid]] = defaultdict(list)
    found: list[Violation] = []
    for payment in case.decisions.payments:
        key = ChargeKey(payment.purpose, payment.item, payment.party, payment.period)
        paid[key].append(payment)
        found += _earmarks(case, payment)
    for key in dict.fromkeys([*case.bills, *paid]):
        found += _in_full(case, key, case.bills.get(key), paid.get(key, []))
    return found


def _earmarks(case: Case, payment: Paid) -> Iterator[Violation]:
    fund = payment.fund
    if fund is None or case.facts.may_pay(fund.fund, payment.purpose, payment.item, payment.party):
        return
    currency = case.facts.scenario.currency
    charge = say.charge(payment.purpose, payment.item, payment.party)
    allowed = [
        say.charge(row.purpose, row.item, row.party)
        for row in case.facts.scenario.earmarks
        if row.fund == fund.fund
    ]
    text = say.not_earmarked(
        payment.place, money(payment.amount, currency), fund.fund, charge, allowed
    )
    key = (fund.fund, payment.purpose, payment.item, payment.party, case.label(payment.period))
    yield broken(10, payment.place, key, payment.amount, text)


def _in_full(
    case: Case, key: ChargeKey, bill: Bill | None, payments: list[Paid]
) -> Iterator[Violation]:
    amount = sum(payment.amount for payment in payments)
    due = 0.0 if bill is None else bill.amount
    difference = abs(amount - due)
    if difference <= money_slack(max(amount, due)):
        return
    currency = case.facts.scenario.currency
    label = case.label(key.period)
    charge = say.charge(key.purpose, key.item, key.party)
    places = [payment.place for payment in payments]
    names = (key.purpose, key.item, key.party, label)
    said_paid, said_due = money(amount, currency), money(due, currency)
    then = say.charge_then(charge, label)
    said_difference = money(difference, currency)
    if bill is None:
        text = say.no_such_charge(places, said_paid, charge, label)
    elif not payments:
        text = say.not_paid(bill.made_by, said_due, charge, label)
        yield broken(10, bill.made_by[-1], names, difference, text)
        return
    elif amount < due:
        text = say.paid_too_little(places, said_paid, then, said_due, said_difference)
    else:
        text = say.paid_too_much(places, said_paid, then, said_due, said_difference)
    yield broken(10, places[-1], names, difference, text)
