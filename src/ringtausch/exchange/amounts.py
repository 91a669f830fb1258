"""Amounts of the register as other programs read them: plain decimal numbers, exact, without grouping."""

from __future__ import annotations

__all__ = ["plain_amount"]


def plain_amount(amount: int, scale: int) -> str:
    """Write an amount with no more decimals than it has, in no language.

    Examples
    --------
    >>> plain_amount(12_345_500, 1000), plain_amount(-5, 10_000), plain_amount(2_000, 1000)
    ('12345.5', '-0.0005', '2')
    """
    whole, rest = divmod(abs(amount), scale)
    sign = "-" if amount < 0 else ""
    if not rest:
        return f"{sign}{whole}"
    decimals = str(rest).rjust(len(str(scale)) - 1, "0").rstrip("0")
    return f"{sign}{whole}.{decimals}"
