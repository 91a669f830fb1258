"""Rule 24 of the register: whole units shared by weight, so that the shares sum to what is shared.

In: a whole number and whole weights by key. Out: a whole number for each key. Nothing here knows money.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

__all__ = ["largest_remainder"]

Key = TypeVar("Key")


def largest_remainder(units: int, weights: Mapping[Key, int]) -> dict[Key, int]:
    """Share units by weight: the floor for each, what is left to the largest remainders (rule 24).

    Ties go to the larger weight, then to the smaller key. Where the weights sum to at least what is
    shared, no key gets more than its weight; a key without weight gets nothing.

    Parameters
    ----------
    units
        What is shared, 0 or more.
    weights
        By key, 0 or more; keys have an order. Some weight is needed where there is something to share.

    Examples
    --------
    >>> largest_remainder(100, {"A": 1, "B": 1, "C": 1})
    {'A': 34, 'B': 33, 'C': 33}
    >>> largest_remainder(1, {"A": 1, "B": 2})
    {'A': 0, 'B': 1}
    """
    whole = sum(weights.values())
    assert units == 0 or (units > 0 and whole > 0), "there are weights for what is shared"
    if units == 0:
        return dict.fromkeys(weights, 0)
    if units == whole:
        return dict(weights)
    shares, rests = {}, []
    for key, weight in weights.items():
        shares[key], rest = divmod(units * weight, whole)
        if rest:
            rests.append((-rest, -weight, key))
    left = units - sum(shares.values())
    if left:
        for _rest, _weight, key in sorted(rests)[:left]:
            shares[key] += 1
    return shares
