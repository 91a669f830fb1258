"""Rule 35: what always holds, on random histories that contradict themselves."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from random import Random

import pytest

from ringtausch.register.invariants import invariants, the_journal_adds_up
from ringtausch.register.journal import journal
from ringtausch.register.positions import Positions
from ringtausch.register.postings import postings
from ringtausch.register.replacement import bare, debts
from ringtausch.register.rule import STRICT, TRACKER
from ringtausch.register.statement import Statement
from tests.properties.strategies import holds_for
from tests.properties.strategies_postings import histories, history
from tests.register.builders import DIRECTORY
from tests.register.plain_debts import plain_net

FEW, MANY = 200, 1_000
DAYS = (date(2025, 2, 10), date(2030, 1, 1))


def worlds(said: list[Statement]) -> list[Positions]:
    """Return the positions of a history under both rules, on an early and a late day."""
    return [
        Positions(said, rule, day, DIRECTORY)
        for rule, day in zip((STRICT, TRACKER), DAYS, strict=True)
    ]


def check_what_always_holds(said: list[Statement]) -> None:
    """Nothing of rule 35 is broken."""
    for positions in worlds(said):
        assert invariants(positions, postings(positions)) == []


def check_debts(said: list[Statement]) -> None:
    """What is owed is what rule 29 says, worked out once more in the plainest way."""
    for positions in worlds(said):
        found = {debt.matter: debt.owed - debt.ahead for debt in debts(positions)}
        for position in positions.kind("replacement"):
            expected = plain_net(position, positions)
            assert expected is None or found[position.matter] == expected
        for debt in debts(positions):
            assert sum(row.left for row in debt.dues) == debt.owed
            assert debt.overdue <= debt.owed
        assert all(0 < row.amount <= row.handed_over for row in bare(positions))


def check_the_journal(said: list[Statement]) -> None:
    """The differences of all statements are the balances of all."""
    for positions in worlds(said):
        found = postings(positions)
        entries = journal(said, positions.rule, DIRECTORY, positions.as_of)
        assert the_journal_adds_up(entries, found) == []
        for entry in entries:
            sums: dict[str, int] = defaultdict(int)
            for account, amount in entry.differences:
                sums[account.commodity] += amount
            assert not any(sums.values())


def check_a_permuted_log(said: list[Statement]) -> None:
    """The order in which statements lie makes no difference."""
    mixed = list(said)
    Random(len(said)).shuffle(mixed)
    for first, second in zip(worlds(said), worlds(mixed), strict=True):
        one, other = postings(first), postings(second)
        assert one.balances == other.balances
        assert sorted(one.moves) == sorted(other.moves)
        assert one.short == other.short


@pytest.mark.parametrize(
    "check", [check_what_always_holds, check_debts, check_the_journal, check_a_permuted_log]
)
def test_postings_keep_what_always_holds(check: object) -> None:
    """Every check on the same few histories."""
    assert callable(check)
    holds_for(FEW, histories(25), check)


@pytest.mark.long
@pytest.mark.parametrize(
    "check", [check_what_always_holds, check_debts, check_the_journal, check_a_permuted_log]
)
def test_postings_keep_what_always_holds_on_many_histories(check: object) -> None:
    """Every check on many and longer histories."""
    assert callable(check)
    holds_for(MANY, histories(150), check)


def test_histories_say_enough_for_the_checks_to_mean_something() -> None:
    """Of a hundred histories some have debts, overdue ones, short stocks, funds and transit."""
    seen: set[str] = set()
    for seed in range(100):
        positions = Positions(history(seed, 40), TRACKER, DAYS[1], DIRECTORY)
        found = postings(positions)
        seen |= {account.state for account in found.balances}
        seen |= {"short"} if found.short else set()
        seen |= {"overdue" for debt in debts(positions) if debt.overdue}
        seen |= {"ahead" for debt in debts(positions) if debt.ahead}
    assert seen >= {"stock", "reserved", "transit", "owed", "owes", "cash", "fund", "exchange"}
    assert seen >= {"short", "overdue", "ahead"}
