"""The largest remainder: shares that sum to all, and who gets the last one."""

from __future__ import annotations

from ringtausch.register.remainder import largest_remainder


def test_ties_go_to_the_larger_weight_and_then_to_the_smaller_key() -> None:
    assert largest_remainder(2, {"B": 1, "A": 1, "C": 2}) == {"A": 1, "B": 0, "C": 1}
    assert largest_remainder(1, {"A": 1, "B": 3}) == {"A": 0, "B": 1}
    # 2 over 1, 1, 4: a third each for A and B, and 4/3 for C, all with the same remainder
    assert largest_remainder(2, {"A": 1, "B": 1, "C": 4}) == {"A": 0, "B": 0, "C": 2}


def test_all_is_shared_out_and_nothing_where_there_is_nothing() -> None:
    assert largest_remainder(7, {"A": 3, "B": 4}) == {"A": 3, "B": 4}
    assert largest_remainder(0, {}) == {}
