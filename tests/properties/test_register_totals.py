"""Totals, shares and whose money was spent, against a plain reading of rules 18 to 27."""

from __future__ import annotations

from fractions import Fraction

import hypothesis.strategies as st

from ringtausch.register.look_through import LookThrough, look_through_all
from ringtausch.register.question import Question
from ringtausch.register.remainder import largest_remainder
from ringtausch.register.statement import Statement
from ringtausch.register.totals import total
from tests.properties.strategies import holds_for
from tests.properties.strategies_register import (
    DIRECTORY,
    POOLS,
    UNITS,
    histories,
    nested_matters,
    weights,
)
from tests.register.builders import positions_of
from tests.register.plain_totals import (
    PlainMatter,
    PlainMove,
    PlainPool,
    plain_history,
    plain_shares,
    plain_total,
)


def test_shares_sum_to_all_and_stay_within_one_of_the_exact_share() -> None:
    def check(drawn: tuple[dict[str, int], int]) -> None:
        by_key, percent = drawn
        whole = sum(by_key.values())
        units = whole * percent // 100
        shares = largest_remainder(units, by_key)
        assert sum(shares.values()) == units
        for key, weight in by_key.items():
            assert abs(shares[key] - Fraction(units * weight, whole or 1)) < 1
            assert shares[key] <= weight
        assert shares == {
            name: share
            for (name,), share in plain_shares(
                units, {(key,): weight for key, weight in by_key.items()}
            ).items()
        }

    holds_for(300, st.tuples(weights(), st.integers(0, 100)), check)


def test_a_total_is_the_one_that_a_plain_reading_of_the_rules_gives() -> None:
    asked = Question(("contribution",), "committed", currency="EUR", by="giver")

    def check(drawn: tuple[list[Statement], list[PlainMatter]]) -> None:
        statements, matters = drawn
        found = total(positions_of(*statements, directory=DIRECTORY), asked)
        assert {
            "lo": found.lo,
            "hi": found.hi,
            "new": {line.matter: line.new for line in found.lines},
            "rows": {row.names[0]: row.lo for row in found.rows if row.lo},
            "excess": {line.matter: line.nested.excess for line in found.excess},
        } == {
            **(plain := plain_total(matters)),
            "rows": {name: amount for name, amount in plain["rows"].items() if amount},  # type: ignore[attr-defined]
        }
        assert sum(row.lo for row in found.rows) == found.lo

    holds_for(250, nested_matters(), check)


def _as_plain(found: LookThrough | None) -> PlainPool:
    """Write a look-through the way the plain one is, in minor units."""
    plain = PlainPool()
    if found is None:
        return plain
    for lot in found.lots:
        unit = UNITS[lot.key.currency]
        plain.balance[tuple(lot.key)] = lot.undisbursed // unit
    for spent in found.spendings:
        unit = UNITS[spent.currency]
        for part in spent.attributions:
            plain.covered[spent.payment, tuple(part.lot)] = part.amount // unit
        if spent.waiting:
            plain.waiting.append([spent.payment, spent.waiting // unit])
    for short in found.shortfalls:
        plain.fall_short(short.matter, short.amount // UNITS[short.currency])
    return plain


def _summed(pool: PlainPool) -> tuple[object, ...]:
    waiting: dict[str, int] = {}
    for move, units in pool.waiting:
        name = move.matter if isinstance(move, PlainMove) else str(move)
        assert isinstance(units, int)
        waiting[name] = waiting.get(name, 0) + units
    return (
        {lot: units for lot, units in pool.balance.items() if units},
        {key: units for key, units in pool.covered.items() if units},
        waiting,
        pool.short,
    )


def test_whose_money_was_spent_is_what_a_plain_reading_of_the_rules_gives() -> None:
    """Several pools that pay each other, two currencies, earmarks, refunds of both kinds, exchange."""

    def check(drawn: tuple[list[Statement], list[PlainMove]]) -> None:
        statements, moves = drawn
        found = look_through_all(positions_of(*statements, directory=DIRECTORY))
        plain = plain_history(moves, list(POOLS))
        for pool in POOLS:
            assert _summed(_as_plain(found.get(pool))) == _summed(plain[pool]), pool

    holds_for(200, histories(), check)


def test_money_is_conserved_in_every_pool_and_currency() -> None:
    """Rule 27, and what nobody covers is exactly what no lot may pay any more."""

    def check(drawn: tuple[list[Statement], list[PlainMove]]) -> None:
        statements, _moves = drawn
        for through in look_through_all(positions_of(*statements, directory=DIRECTORY)).values():
            assert through.holds, through.balances
            assert through.balances is not None
            for currency, balance in through.balances.items():
                lots = [lot for lot in through.lots if lot.key.currency == currency]
                assert balance.undisbursed == sum(lot.undisbursed for lot in lots)
                assert sum(through.by_contributor(currency).values()) == balance.attributed
                if balance.waiting:
                    assert not any(lot.undisbursed for lot in lots if not lot.key.earmark)
            for lot in through.lots:
                gone = lot.sold + lot.refunded + lot.attributed + lot.undisbursed
                assert lot.paid_in + lot.bought == gone

    holds_for(200, histories(), check)


def test_the_order_in_which_statements_are_given_changes_nothing() -> None:
    def check(drawn: tuple[list[Statement], list[PlainMove]]) -> None:
        statements, _moves = drawn
        one = look_through_all(positions_of(*statements, directory=DIRECTORY))
        other = look_through_all(positions_of(*reversed(statements), directory=DIRECTORY))
        assert one == other

    holds_for(50, histories(), check)
