"""Rule 13, no circles: the same things are not sent around to meet needs and restart deadlines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ringtausch.insight.verify import rule_messages as say
from ringtausch.insight.verify.case import Case
from ringtausch.insight.verify.decisions import Dispatched
from ringtausch.insight.verify.violation import Violation, broken
from ringtausch.insight.verify.wording import units

__all__ = ["no_circles"]

Arrows = dict[str, dict[str, list[Dispatched]]]  # from, to: what is sent, in the whole plan


def no_circles(case: Case) -> list[Violation]:
    """Check that per item the dispatches of the whole plan form no circle."""
    items: dict[str, Arrows] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for sent in case.decisions.dispatches:
        if sent.from_ != sent.to:  # there is no lane to oneself: rule 3
            items[sent.item][sent.from_][sent.to].append(sent)
    return [found for item, arrows in items.items() for found in _circles(item, arrows)]


def _circles(item: str, arrows: Arrows) -> Iterator[Violation]:
    """Report a circle, leave out its smallest arrow, look again."""
    while circle := _circle(arrows):
        ways = list(zip(circle, [*circle[1:], circle[0]], strict=True))
        sums = {(a, b): sum(row.quantity for row in arrows[a][b]) for a, b in ways}
        rows = [row.place for a, b in ways for row in arrows[a][b]]
        smallest = min(ways, key=lambda way: sums[way])
        places = [row.place for row in arrows[smallest[0]][smallest[1]]]
        text = say.goes_round(
            item, [*circle, circle[0]], sorted(rows), units(sums[smallest], item), smallest
        )
        yield broken(13, places[-1], (item, *circle), sums[smallest], text)
        del arrows[smallest[0]][smallest[1]]


def _circle(arrows: Arrows) -> list[str] | None:
    """Find the parties on a circle, in order, by walking depth first; None where there is none."""
    done: set[str] = set()
    for start in list(arrows):
        path: list[str] = []
        ahead = [iter([start])]
        while ahead:
            party = next(ahead[-1], None)
            if party is None:
                ahead.pop()
                if path:
                    done.add(path.pop())
            elif party in path:
                return path[path.index(party) :]
            elif party not in done:
                path.append(party)
                ahead.append(iter(list(arrows.get(party, {}))))
    return None
