"""Circles of exchange: rates that multiply to more than 1 from an item back to itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

__all__ = ["rate_above_one_around"]


def rate_above_one_around(rates: Mapping[tuple[str, str], Decimal]) -> Iterator[tuple[str, ...]]:
    """Yield, for each item that starts one, a circle whose rates multiply to more than 1.

    The best product from the start to each item is extended edge by edge (Bellman and Ford): a
    circle without repetition has at most as many edges as there are items.

    Examples
    --------
    >>> list(rate_above_one_around({("gun", "tank"): Decimal(2), ("tank", "gun"): Decimal(1)}))
    [('gun', 'tank', 'gun')]
    >>> list(rate_above_one_around({("gun", "tank"): Decimal(2), ("tank", "gun"): Decimal("0.5")}))
    []
    """
    items = sorted({item for pair in rates for item in pair})
    reported: set[frozenset[str]] = set()
    for start in items:
        best: dict[str, tuple[Decimal, tuple[str, ...]]] = {start: (Decimal(1), (start,))}
        for _ in items:
            found = dict(best)
            for (given, accepted), rate in rates.items():
                if given not in best or (accepted in best[given][1] and accepted != start):
                    continue
                product = best[given][0] * rate
                path = (*best[given][1], accepted)
                if accepted == start:
                    if product > 1 and frozenset(path) not in reported:
                        reported.add(frozenset(path))
                        yield path
                elif accepted not in found or product > found[accepted][0]:
                    found[accepted] = (product, path)
            best = found
