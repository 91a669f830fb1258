"""The plan in a terminal: the same story in under 40 lines of 80 columns.

In: a scenario and a plan. Out: plain lines. Columns are aligned by the width that characters take in
a terminal; long names end in …, and where there are too many rows the rest is counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.pictures import wording
from ringtausch.pictures.facts import Facts
from ringtausch.pictures.flow_facts import Box, Link, boxes
from ringtausch.pictures.ledger import funds
from ringtausch.pictures.outcomes import need_outcome, proof_words
from ringtausch.pictures.plain import COLUMNS, aligned, cut, plain, wrapped
from ringtausch.pictures.story import answer, meanings, objective_value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ringtausch.records import Plan, Scenario

__all__ = ["COLUMNS", "LINES_AT_MOST", "summary"]

LINES_AT_MOST = 39

_ROOM_FOR_THINGS = 54


def summary(scenario: Scenario, plan: Plan) -> list[str]:
    """Tell a plan in under 40 lines of at most 80 columns.

    Parameters
    ----------
    scenario, plan
        what was known, and what to do.
    """
    facts = Facts(scenario, plan)
    head = [cut(wording.clean(scenario.name), COLUMNS)]
    for sentence in answer(facts):
        head += wrapped(sentence)
    aims = _block(_("Aims, in order"), _aims(facts), len(facts.aims) + 1)
    blocks = [
        (_("Who gives, and gets back"), _exchanges(facts)),
        (_("Needs"), _needs(facts)),
        (_("Below a floor"), _gaps(facts)),
        (_("Money"), _money(facts)),
    ]
    filled = [(title, rows) for title, rows in blocks if rows]
    room = LINES_AT_MOST - len(head) - len(aims)
    sizes = _shares([len(rows) + 1 for _title, rows in filled], room)
    lines = list(head)
    for (title, rows), size in zip(filled, sizes, strict=True):
        lines += _block(title, rows, size)
    return [*lines, *aims]


def _shares(wanted: list[int], room: int) -> list[int]:
    """Share the lines out: everyone gets what it wants, or an even part of what there is."""
    given = [0] * len(wanted)
    while room > 0 and any(got < want for got, want in zip(given, wanted, strict=True)):
        for n, want in enumerate(wanted):
            if given[n] < want and room > 0:
                given[n] += 1
                room -= 1
    return given


def _block(title: str, rows: Sequence[Sequence[str]], lines: int) -> list[str]:
    """Align rows under a title within so many lines; the last one may count the rest."""
    if lines < 2:  # a title alone says nothing
        return []
    shown = list(rows)
    rest = 0
    if len(rows) > lines - 1:
        shown = list(rows[: lines - 2])
        rest = len(rows) - len(shown)
    found = [cut(plain(title), COLUMNS)]
    found += aligned(shown)
    if rest:
        found.append("  " + _("and {n} more").format(n=rest))
    return found


def _exchanges(facts: Facts) -> list[list[str]]:
    """Tell in a row of its own what a party gives, and below it what it gets."""
    rows = []
    for box in boxes(facts):
        said = [
            (_("gives"), _gives(facts, box)),
            (_("gets"), _gets(facts, box)),
            (_("is owed"), _still_owed(facts, box)),
        ]
        name = facts.party(box.party)
        for verb, things in said:
            if things:
                rows.append([name, verb, things])
                name = ""
    return rows


def _gives(facts: Facts, box: Box) -> str:
    units: dict[str, float] = {}
    for link in box.right:
        if link.purpose == "give":
            units[link.item] = units.get(link.item, 0.0) + link.units
    return _fitting(
        lambda name: [f"{wording.number(n)} × {name(item)}" for item, n in units.items()], facts
    )


def _gets(facts: Facts, box: Box) -> str:
    def said(name: Callable[[str], str]) -> list[str]:
        return [_came(facts, link, name(link.item)) for link in box.left]

    return _fitting(said, facts)


def _still_owed(facts: Facts, box: Box) -> str:
    open_units = {
        item: box.overdue.get(item, 0.0) + box.later.get(item, 0.0)
        for item in (*box.overdue, *box.later)
    }
    return _fitting(
        lambda name: [f"{wording.number(n)} × {name(item)}" for item, n in open_units.items()],
        facts,
    )


def _fitting(said: Callable[[Callable[[str], str]], list[str]], facts: Facts) -> str:
    """Say it with the items' names or, where that is long, with their keys in the tables."""
    names = ", ".join(said(facts.item))
    return names if len(names) <= _ROOM_FOR_THINGS else ", ".join(said(wording.clean))


def _came(facts: Facts, link: Link, item: str) -> str:
    """Say how much came by when, and how much of it late."""
    units, last = wording.number(link.units), facts.label(max(link.periods))
    if link.late:
        late = wording.number(link.late)
        text = _("{n} × {item} by {last} ({late} late)")
        return text.format(n=units, item=item, last=last, late=late)
    return _("{n} × {item} by {last}").format(n=units, item=item, last=last)


def _needs(facts: Facts) -> list[list[str]]:
    return [
        [
            facts.party(series.need.party),
            f"{wording.number(series.quantity)} x {facts.item(series.need.capability)}",
            need_outcome(facts, series),
        ]
        for series in facts.needs
    ]


def _gaps(facts: Facts) -> list[list[str]]:
    return [
        [
            facts.party(series.party),
            facts.item(series.capability),
            _("by {n} at worst").format(n=wording.number(series.worst)),
            wording.dates(facts.scenario, series.below),
        ]
        for series in sorted(facts.floors, key=lambda s: -sum(s.gap))
        if series.below
    ]


def _money(facts: Facts) -> list[list[str]]:
    currency = facts.scenario.currency
    return [
        [
            wording.clean(line.fund),
            facts.party(line.party),
            _("{paid} of {released}").format(
                paid=wording.money(line.paid, currency),
                released=wording.money(line.released, currency),
            ),
        ]
        for line in sorted(funds(facts), key=lambda f: -f.paid)
    ]


def _aims(facts: Facts) -> list[list[str]]:
    return [
        [
            meanings()[name][0],
            objective_value(facts, name, facts.plan.objectives[name].value),
            proof_words(facts, name),
        ]
        for name in facts.aims
    ]
