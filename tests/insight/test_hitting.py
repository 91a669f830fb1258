"""The least choice that meets every clause, held against all choices there are."""

from __future__ import annotations

from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from ringtausch.insight.hitting import Clause, Hitting

THINGS = range(5)
SETS = st.frozensets(st.sampled_from(THINGS), min_size=1)
CHOICES = [
    frozenset(chosen)
    for chosen in chain.from_iterable(combinations(THINGS, size) for size in range(6))
]


@given(st.lists(SETS, max_size=4), st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_no_choice_is_less_than_the_one_found(sets: list[frozenset[int]], weigh: list[int]) -> None:
    hitting = Hitting([float(n) for n in weigh], clauses=[Clause(one) for one in sets])
    meeting = [chosen for chosen in CHOICES if all(chosen & one for one in sets)]

    lightest, cheapest = hitting.lightest(), hitting.cheapest()
    assert lightest in meeting
    assert cheapest in meeting
    assert sum(weigh[n] for n in lightest) == min(sum(weigh[n] for n in c) for c in meeting)
    assert (len(cheapest), sum(weigh[n] for n in cheapest)) == min(
        (len(c), sum(weigh[n] for n in c)) for c in meeting
    )


def test_what_no_clause_wants_is_left_out_though_it_weighs_nothing() -> None:
    hitting = Hitting([0.0, 1.0, 0.0], clauses=[Clause(frozenset({1}))])
    assert hitting.lightest() == frozenset({1})
