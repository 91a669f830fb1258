"""Tables and amounts of the register on a terminal: 80 columns, whatever stands in them.

In: rows of texts. Out: lines. Amounts are exact numbers in thousandths of an item or ten-thousandths of a
currency; they are rounded once, half to even, where they are shown (rule 21 of the register).
"""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

from ringtausch.language import _

__all__ = ["WIDTH", "bounds", "decimals", "exactly", "money", "paragraph", "table"]

WIDTH = 80
_GAP = "  "
_LEAST = 8


def table(
    header: Sequence[str], rows: Iterable[Sequence[str]], *, right: Collection[int] = ()
) -> list[str]:
    """Lay out rows below a header; what is too wide goes on below itself.

    Parameters
    ----------
    header, rows
        Texts.
    right
        The columns that hold numbers: they stand right, and are never broken.

    Examples
    --------
    >>> table(["party", "amount"], [["DEU", "5"], ["POL", "12.5"]], right=[1])
    ['party  amount', 'DEU         5', 'POL      12.5']
    """
    cells = [list(header), *(list(row) for row in rows)]
    filled = [at for at in range(len(header)) if any(row[at] for row in cells)]
    if len(filled) < len(header):  # nobody looks at an empty column
        kept = [[row[at] for at in filled] for row in cells]
        return table(kept[0], kept[1:], right=[filled.index(at) for at in right if at in filled])
    widths = [max(len(row[at]) for row in cells) for at in range(len(header))]
    room = WIDTH - len(_GAP) * (len(header) - 1)
    loose = [at for at in range(len(header)) if at not in right]
    words = [
        max(len(word) for row in cells for word in (row[at].split() or [""]))
        for at in range(len(header))
    ]
    for least in (words, [_LEAST] * len(header)):  # names are broken last of all
        while sum(widths) > room:
            wide = [at for at in loose if widths[at] > least[at]]
            if not wide:
                break
            widths[max(wide, key=lambda at: widths[at])] -= 1
    lines = []
    for row in cells:
        parts = [
            textwrap.wrap(text, widths[at], break_on_hyphens=False) or [""]
            for at, text in enumerate(row)
        ]
        for depth in range(max(map(len, parts))):
            texts = (part[depth] if depth < len(part) else "" for part in parts)
            line = _GAP.join(
                text.rjust(width) if at in right else text.ljust(width)
                for at, (text, width) in enumerate(zip(texts, widths, strict=True))
            )
            lines.append(line.rstrip())
    return lines


def paragraph(text: str, indent: str = "") -> list[str]:
    """Break a sentence into lines."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,  # an address that is broken cannot be copied
    )


def decimals(amount: int | Fraction, scale: int, unit: int = 1) -> str:
    """Write an amount rounded to a unit, half to even, with as many decimals as the unit has.

    Examples
    --------
    >>> decimals(123_456_789, 10_000, 100), decimals(2_500, 1_000), decimals(-50, 10_000, 100)
    ('12345.68', '2.5', '0.00')
    """
    rounded = round(Fraction(amount) / unit) * unit
    sign = "-" if rounded < 0 else ""
    whole, rest = divmod(abs(rounded), scale)
    places = len(str(scale)) - 1
    digits = str(rest).rjust(places, "0")
    keep = places - (len(str(unit)) - 1) if unit > 1 else len(digits.rstrip("0"))
    return f"{sign}{whole}{'.' if keep else ''}{digits[:keep]}"


def exactly(amount: int | Fraction | None, scale: int) -> str | None:
    """Write an amount without rounding: a decimal where it has an end, else a fraction.

    Examples
    --------
    >>> exactly(Fraction(12_345, 2), 10_000), exactly(Fraction(1, 3), 1), exactly(None, 1)
    ('0.61725', '1/3', None)
    """
    if amount is None:
        return None
    number = Fraction(amount) / scale
    rest = number.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    if rest != 1:
        return f"{number.numerator}/{number.denominator}"
    with localcontext() as context:
        context.prec = 80
        text = f"{Decimal(number.numerator) / number.denominator:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(amount: int | Fraction, scale: int, unit: int = 1) -> str:
    """Write an amount for people: with commas between thousands.

    Examples
    --------
    >>> money(43_594_000_000_000, 10_000, 100), money(2_500, 1_000)
    ('4,359,400,000.00', '2.5')
    """
    text = decimals(amount, scale, unit)
    whole, point, rest = text.lstrip("-").partition(".")
    return f"{'-' if text.startswith('-') else ''}{int(whole):,}{point}{rest}"


def bounds(lo: int | Fraction, hi: int | Fraction | None, scale: int, unit: int = 1) -> str:
    """Write from the least to the most.

    Examples
    --------
    >>> bounds(2000, 2000, 1000), bounds(2000, None, 1000), bounds(0, None, 1000), bounds(0, 500, 1000)
    ('2', 'at least 2', 'unknown', 'up to 0.5')
    """
    if hi is None:
        return _("at least {least}").format(least=money(lo, scale, unit)) if lo else _("unknown")
    if lo == hi:
        return money(lo, scale, unit)
    if lo == 0:
        return _("up to {most}").format(most=money(hi, scale, unit))
    return f"{money(lo, scale, unit)}..{money(hi, scale, unit)}"
