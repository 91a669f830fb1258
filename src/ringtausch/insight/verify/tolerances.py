"""How much a plan may differ from a rule before the rule counts as broken.

A plan comes from a solver, which rounds; it is also edited by hand, and an edit of one unit or of
one euro must be seen. Numbers in, numbers out.
"""

from __future__ import annotations

__all__ = ["DUST", "money_slack", "objective_slack", "quantity_slack", "stated_slack"]

#: Units. A written plan holds no quantity below it, and whole items are whole within it.
DUST = 1e-6

#: Units. However large the numbers, an edit of one unit is never within the slack.
_LARGEST_QUANTITY_SLACK = 0.4


def quantity_slack(*magnitudes: float) -> float:
    """Return a millionth of the largest quantity, at least that of one unit, never half a unit.

    Examples
    --------
    >>> quantity_slack(0.5), quantity_slack(1e9)
    (1e-06, 0.4)
    """
    largest = max(1.0, *(abs(magnitude) for magnitude in magnitudes))
    return min(_LARGEST_QUANTITY_SLACK, 1e-6 * largest)


def money_slack(amount: float) -> float:
    """Return half a cent or half a millionth of the amount, in its currency.

    An amount rounded to cents stays within it; one euro in a million does not.

    Examples
    --------
    >>> money_slack(100), money_slack(1_000_000)
    (0.005, 0.5)
    """
    return max(0.005, 5e-7 * abs(amount))


def objective_slack(value: float) -> float:
    """Return the slack per objective that the page allows: 1e-6 · max(1, value)."""
    return 1e-6 * max(1.0, abs(value))


def stated_slack(value: float) -> float:
    """Return the slack of a figure in stocks.csv and the like, written with few decimals."""
    return 2.0 * quantity_slack(value)
