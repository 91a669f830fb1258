"""Rule 11, funds: no fund pays before it has the money, or after it has lapsed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ringtausch.insight.verify import rule_messages as say
from ringtausch.insight.verify.case import Case
from ringtausch.insight.verify.decisions import Paid
from ringtausch.insight.verify.tolerances import money_slack
from ringtausch.insight.verify.violation import Violation, broken
from ringtausch.insight.verify.wording import money
from ringtausch.records import Fund

__all__ = ["funds"]


def funds(case: Case) -> list[Violation]:
    """Check the end of every fund, and payments so far ≤ releases so far in every period."""
    paid: dict[str, list[Paid]] = defaultdict(list)
    for payment in case.decisions.payments:
        if payment.fund is not None:  # an unknown fund is said where the plan is read
            paid[payment.fund.fund].append(payment)
    found: list[Violation] = []
    for name, payments in paid.items():
        found += _lapsed(case, case.facts.funds[name], payments)
        found += _released(case, name, payments)
    return found


def _lapsed(case: Case, fund: Fund, payments: list[Paid]) -> Iterator[Violation]:
    window = case.facts.window(None, fund.until)
    last = case.label(window.stop - 1) if window else ""
    for payment in payments:
        if payment.period not in window:
            label = case.label(payment.period)
            amount = money(payment.amount, case.facts.scenario.currency)
            text = say.fund_has_lapsed(payment.place, amount, fund.fund, label, last)
            key = (fund.fund, label)
            yield broken(11, payment.place, key, payment.amount, text)


def _released(case: Case, fund: str, payments: list[Paid]) -> Iterator[Violation]:
    by_period: dict[int, list[Paid]] = defaultdict(list)
    for payment in payments:
        by_period[payment.period].append(payment)
    released = case.facts.released(fund)
    spent = 0.0  # of what was there: an overdraft is said once, where it happens
    currency = case.facts.scenario.currency
    for t, rows in sorted(by_period.items()):
        amount = sum(row.amount for row in rows)
        left = max(0.0, released[t] - spent)
        if amount - left > money_slack(max(released[t], amount)):
            places = [row.place for row in rows]
            text = say.fund_overdrawn(
                places, money(amount, currency), fund, case.label(t),
                money(left, currency), money(amount - left, currency),
            )  # fmt: skip
            yield broken(11, places[-1], (fund, case.label(t)), amount - left, text)
        spent += min(amount, left)
