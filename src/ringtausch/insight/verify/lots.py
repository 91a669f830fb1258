"""Multiples of a lot (rules 2 and 4)."""

from __future__ import annotations

from math import floor

__all__ = ["lots_missed", "near_lots"]


def lots_missed(quantity: float, lot: float) -> float:
    """Return how far a quantity is from the nearest multiple of the lot.

    Examples
    --------
    >>> lots_missed(5, 2), lots_missed(6, 2)
    (1, 0)
    """
    return abs(quantity - lot * round(quantity / lot))


def near_lots(quantity: float, lot: float) -> tuple[float, float]:
    """Return the multiples of the lot below and above a quantity."""
    below = lot * floor(quantity / lot)
    return below, below + lot
