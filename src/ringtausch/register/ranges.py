"""Rule 4 of the register: exact quantities that may be a range, or unknown.

In: texts such as `5`, `2..4`, `up to 5`, `at least 3`, `about 5`, `unknown`. Out: ranges of integers, in
thousandths of an item or ten-thousandths of a currency. No float stores or computes an amount.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ringtausch.language import _
from ringtausch.records.frozen import made_fast

__all__ = [
    "ITEM_SCALE",
    "MONEY_SCALE",
    "NOTHING",
    "UNKNOWN",
    "Range",
    "parse_amount",
    "parse_range",
    "say_amount",
    "say_range",
]

ITEM_SCALE = 1_000
MONEY_SCALE = 10_000

_BETWEEN = re.compile(r"(.+?)\s*(?:\.\.|–|\bto\b)\s*(.+)")
_WORDS = {"up to": "most", "at most": "most", "at least": "least", "over": "least"}


@made_fast
@dataclass(frozen=True, slots=True)
class Range:
    """From the least to the most that a quantity may be; no most where it may be any number.

    Examples
    --------
    >>> Range(2000, 4000) + Range(1000, None)
    Range(lo=3000, hi=None)
    >>> Range(0, None).is_unknown, Range(0, 0).is_unknown
    (True, False)
    """

    lo: int
    hi: int | None

    def __post_init__(self) -> None:
        assert self.lo >= 0, "a quantity is 0 or more"
        assert self.hi is None or self.hi >= self.lo, "the most is at least the least"

    def __add__(self, other: Range) -> Range:
        """Add least to least and most to most."""
        hi = None if self.hi is None or other.hi is None else self.hi + other.hi
        return Range(self.lo + other.lo, hi)

    @property
    def is_unknown(self) -> bool:
        """Whether it says nothing: from zero to anything."""
        return self.lo == 0 and self.hi is None

    @property
    def is_exact(self) -> bool:
        """Whether it is one number."""
        return self.lo == self.hi

    def larger(self, other: Range) -> Range:
        """Return the maximum, bound by bound."""
        hi = None if self.hi is None or other.hi is None else max(self.hi, other.hi)
        return Range(max(self.lo, other.lo), hi)

    def less(self, taken: int) -> Range:
        """Take off a number from both bounds, down to zero."""
        return Range(max(0, self.lo - taken), None if self.hi is None else max(0, self.hi - taken))


NOTHING = Range(0, 0)
UNKNOWN = Range(0, None)


def parse_amount(text: str, scale: int) -> int:
    """Read one exact decimal number, 0 or more, as a multiple of 1/scale.

    Raises
    ------
    ValueError
        With a sentence that says what is wrong.

    Examples
    --------
    >>> parse_amount("1.5", ITEM_SCALE), parse_amount("0.0001", MONEY_SCALE)
    (1500, 1)
    """
    try:
        number = Decimal(text.strip().replace("_", ""))
    except InvalidOperation:
        raise ValueError(
            _('"{text}" is no number; write for example 5 or 2.5').format(text=text)
        ) from None
    if not number.is_finite() or number < 0 or abs(number.adjusted()) > 24:
        raise ValueError(_('"{text}" is no number of 0 or more').format(text=text))
    scaled = number * scale
    if scaled != scaled.to_integral_value():
        raise ValueError(
            _('"{text}" has too many decimals; the smallest step here is {step}').format(
                text=text, step=say_amount(1, scale)
            )
        )
    return int(scaled)


def parse_range(text: str, scale: int) -> Range:
    """Read a quantity as people write it; an empty text is unknown.

    Raises
    ------
    ValueError
        With a sentence that says what is wrong.

    Examples
    --------
    >>> parse_range("up to 5", ITEM_SCALE), parse_range("2..4", ITEM_SCALE)
    (Range(lo=0, hi=5000), Range(lo=2000, hi=4000))
    >>> parse_range("over 3", ITEM_SCALE), parse_range("about 2", ITEM_SCALE)
    (Range(lo=3000, hi=None), Range(lo=2000, hi=2000))
    """
    said = " ".join(text.lower().split())
    if said in {"", "unknown", "?"}:
        return UNKNOWN
    for words, side in _WORDS.items():
        if said.startswith(words + " "):
            amount = parse_amount(said.removeprefix(words), scale)
            return Range(0, amount) if side == "most" else Range(amount, None)
    if said.startswith(("about ", "some ")):
        said = said.split(" ", 1)[1]
    between = _BETWEEN.fullmatch(said)
    if between is None:
        amount = parse_amount(said, scale)
        return Range(amount, amount)
    least, most = (parse_amount(part, scale) for part in between.groups())
    if least > most:
        raise ValueError(
            _('"{text}" begins with more than it ends with; write the smaller one first').format(
                text=text
            )
        )
    return Range(least, most)


def say_amount(amount: int, scale: int) -> str:
    """Write an amount with no more decimals than it has.

    Examples
    --------
    >>> say_amount(1500, ITEM_SCALE), say_amount(2_000_000, ITEM_SCALE), say_amount(-1, MONEY_SCALE)
    ('1.5', '2,000', '-0.0001')
    """
    sign = "-" if amount < 0 else ""
    whole, rest = divmod(abs(amount), scale)
    decimals = str(rest).rjust(len(str(scale)) - 1, "0").rstrip("0")
    return f"{sign}{whole:,}{'.' if decimals else ''}{decimals}"


def say_range(quantity: Range, scale: int) -> str:
    """Write a quantity the way `parse_range` reads it, but for commas.

    Examples
    --------
    >>> [say_range(parse_range(text, 1000), 1000) for text in ("2..4", "up to 5", "over 3", "")]
    ['2..4', 'up to 5', 'at least 3', 'unknown']
    """
    if quantity.is_unknown:
        return _("unknown")
    least = say_amount(quantity.lo, scale)
    if quantity.hi is None:
        return _("at least {least}").format(least=least)
    most = say_amount(quantity.hi, scale)
    if quantity.lo == quantity.hi:
        return least
    if quantity.lo == 0:
        return _("up to {most}").format(most=most)
    return f"{least}..{most}"
