"""How verification writes numbers, money, rows and lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ringtausch.insight.verify.violation import Place
from ringtausch.language import _, ngettext

__all__ = ["among", "listed", "money", "number", "places", "units"]

_PLACES_SHOWN = 4


def number(value: float) -> str:
    """Write a number plainly, with as many decimals as it needs, at most six.

    Examples
    --------
    >>> number(2.0), number(0.25), number(1e-9), number(1234567.0)
    ('2', '0.25', '1e-09', '1234567')
    """
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return f"{value:g}" if text in {"0", "-0"} and value else text


def units(quantity: float, thing: str) -> str:
    """Write a quantity of an item or a capability."""
    return f"{number(quantity)} {thing}"


def money(amount: float, currency: str) -> str:
    """Write an amount in cents where it needs them.

    Examples
    --------
    >>> money(1000000, "EUR"), money(0.5, "EUR"), money(0.001, "EUR")
    ('1,000,000 EUR', '0.50 EUR', '0.001 EUR')
    """
    text = f"{amount:,.2f}".removesuffix(".00")
    return f"{amount:g} {currency}" if text in {"0", "-0"} and amount else f"{text} {currency}"


def places(rows: Iterable[Place]) -> str:
    """Write rows, those of one file together.

    Examples
    --------
    >>> places([Place("a.csv", 3), Place("a.csv", 5), Place("b.csv", 2)])
    'a.csv:3 and 5, b.csv:2'
    """
    lines: dict[str, list[str]] = {}
    for row in dict.fromkeys(rows):
        lines.setdefault(row.file, []).append(str(row.line))
    return ", ".join(f"{file}:{listed(found)}" for file, found in lines.items())


def listed(names: Sequence[str], shown: int = _PLACES_SHOWN) -> str:
    """Write a list, the last one after `and`; a long one ends with how many are left out."""
    left_out = len(names) - shown
    if left_out > 0:
        more = _("{count} more").format(count=left_out)
        names = [*names[:shown], more]
    if len(names) < 2:
        return "".join(names)
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def among(periods: Sequence[str], worst: str) -> str:
    """Name the worst of the periods in which something holds, and how many others there are."""
    others = len(periods) - 1
    if not others:
        return worst
    return ngettext(
        "{worst} (and in {count} other period)", "{worst} (and in {count} other periods)", others
    ).format(worst=worst, count=others)
