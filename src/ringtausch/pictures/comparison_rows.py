"""The lines of a comparison: what each figure is called, and what it is in each column.

In: a comparison. Out: groups of lines with a cell for each column, as text; tables in a terminal and
in the page are made from the same lines, so that they agree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.pictures import wording
from ringtausch.pictures.facts import Facts
from ringtausch.pictures.story import meanings, objective_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ringtausch.insight.compare import Column, Comparison, Figures
    from ringtausch.insight.compare.needs import NeedOutcome
    from ringtausch.insight.compare.waits import Wait

__all__ = ["Line", "Side", "ask_lines", "lines", "objective_lines", "sides"]

_PAYERS = 3


@dataclass(frozen=True)
class Side:
    """A column with the names to call its parties and items by; plain ones are the tables' keys."""

    column: Column
    facts: Facts | None
    plain: bool

    @property
    def figures(self) -> Figures | None:
        """What the column comes to."""
        return self.column.figures

    def party(self, key: str) -> str:
        """Name a party."""
        return key if self.plain or self.facts is None else self.facts.party(key)

    def item(self, key: str) -> str:
        """Name an item or capability."""
        return key if self.plain or self.facts is None else self.facts.item(key)

    def month(self, period: int | None) -> str:
        """Name a period, or say that it never comes."""
        return _("never") if period is None else self.column.scenario.calendar.label(period)

    def money(self, amount: float) -> str:
        """Write an amount; where there is little room, without its currency."""
        currency = "" if self.plain else self.column.scenario.currency
        return wording.money(amount, currency).strip(wording.THIN)

    def span(self, count: int) -> str:
        """Count periods."""
        return str(count) if self.plain else wording.periods(self.column.scenario, count)


@dataclass(frozen=True)
class Line:
    """A figure: its name and its text in each column; empty where a column has no plan."""

    name: str
    cells: tuple[str, ...]


def sides(comparison: Comparison, *, plain: bool) -> list[Side]:
    """Give each column the names to call things by."""
    return [
        Side(column, Facts(column.scenario, column.plan) if column.plan else None, plain)
        for column in comparison.columns
    ]


def lines(comparison: Comparison, *, plain: bool) -> list[tuple[str, list[Line]]]:
    """List all figures in groups: the aims in their order, and what people ask about."""
    return [
        (_("Aims, in order"), objective_lines(comparison, plain=plain)),
        (_("What people ask about"), ask_lines(comparison, plain=plain)),
    ]


def objective_lines(comparison: Comparison, *, plain: bool) -> list[Line]:
    """List the six objectives, those of the order first."""
    found = []
    for name in comparison.listed:
        cells = []
        for side in sides(comparison, plain=plain):
            value = side.column.objectives.get(name)
            if value is None:
                cells.append("")
            elif side.facts is not None and not plain:
                cells.append(objective_value(side.facts, name, value.value))
            else:
                is_money = name in {"spend", "moved_value", "unfairness"}
                cells.append(
                    side.money(value.value) if is_money else wording.number(value.value, 1)
                )
        found.append(Line(meanings()[name][0], tuple(cells)))
    return found


def ask_lines(comparison: Comparison, *, plain: bool) -> list[Line]:
    """List what people ask about: arrivals, needs, gaps, waits, who pays, what is handed over."""
    columns = sides(comparison, plain=plain)
    return [
        *_arrivals(columns),
        *_needs(columns),
        Line(_("longest gap"), _each(columns, _gap)),
        *_waits(columns, _("longest wait: {item}"), lambda found: found.waits),
        *_waits(columns, _("latest: {item}"), lambda found: found.overdue),
        Line(_("late most"), _each(columns, _late)),
        *_payers(columns),
        *_handed(columns),
        Line(_("rows changed"), tuple(str(len(s.column.edits) or "-") for s in columns)),
    ]


def _each(columns: Sequence[Side], say: Callable[[Side, Figures], str]) -> tuple[str, ...]:
    return tuple("" if side.figures is None else say(side, side.figures) for side in columns)


def _union(columns: Sequence[Side], keys: Callable[[Figures], Iterable[str]]) -> list[str]:
    """Collect names over all columns, in the order in which they first come."""
    found = (key for side in columns if side.figures is not None for key in keys(side.figures))
    return list(dict.fromkeys(found))


def _arrivals(columns: Sequence[Side]) -> list[Line]:
    found = []
    for party in _union(columns, lambda f: (a.party for a in f.arrivals)):

        def say(side: Side, figures: Figures, party: str = party) -> str:
            came = {arrival.party: arrival.period for arrival in figures.arrivals}
            return side.month(came[party]) if party in came else ""

        name = columns[0].party(party)
        found.append(Line(_("first arrival in {party}").format(party=name), _each(columns, say)))
    return found


def _needs(columns: Sequence[Side]) -> list[Line]:
    told: list[tuple[str, Callable[[Side, NeedOutcome], str]]] = [
        (_("{need}: first"), lambda side, n: side.month(n.first)),
        (_("{need}: in full"), lambda side, n: side.month(n.full)),
        (_("{need}: last of it"), lambda side, n: side.month(n.last)),
        (_("{need}: when due"), lambda _side, n: _share(n.share_at_due)),
        (_("{need}: at the end"), lambda _side, n: _share(n.share_at_end)),
    ]
    found = []
    for key in _union(columns, lambda f: (n.need for n in f.needs)):
        for title, write in told:

            def say(
                side: Side,
                figures: Figures,
                key: str = key,
                write: Callable[[Side, NeedOutcome], str] = write,
            ) -> str:
                return next((write(side, n) for n in figures.needs if n.need == key), "")

            found.append(Line(title.format(need=wording.clean(key)), _each(columns, say)))
    return found


def _share(share: float) -> str:
    return wording.per_cent(share) if share else wording.per_cent(0.0)


def _gap(side: Side, figures: Figures) -> str:
    if not figures.gaps:
        return _("none")
    spell = figures.gaps[0]
    return f"{side.party(spell.party)} {side.span(spell.periods)}"


def _waits(
    columns: Sequence[Side], title: str, waits: Callable[[Figures], tuple[Wait, ...]]
) -> list[Line]:
    """Name for each item who waits longest for it; a plus where the plan ends before."""
    found = []
    for item in _union(columns, lambda f: (w.item for w in waits(f))):

        def say(side: Side, figures: Figures, item: str = item) -> str:
            for wait in waits(figures):
                if wait.item == item:
                    more = "+" if wait.open else ""
                    return f"{side.party(wait.party)} {side.span(wait.periods)}{more}"
            return _("nobody")

        name = columns[0].item(item)
        found.append(Line(title.format(item=name), _each(columns, say)))
    return found


def _late(side: Side, figures: Figures) -> str:
    if not figures.late:
        return _("nobody")
    worst = figures.late[0]
    return f"{side.party(worst.party)} {wording.number(worst.amount, 1)}"


def _payers(columns: Sequence[Side]) -> list[Line]:
    titles = [_("pays most"), _("pays second"), _("pays third")]
    found = []
    for place, title in enumerate(titles[:_PAYERS]):

        def say(side: Side, figures: Figures, place: int = place) -> str:
            if place >= len(figures.payers):
                return _("nobody")
            payer = figures.payers[place]
            return f"{side.party(payer.party)} {side.money(payer.amount)}"

        found.append(Line(title, _each(columns, say)))
    return found


def _handed(columns: Sequence[Side]) -> list[Line]:
    found = []
    for item in _union(columns, lambda f: (h.item for h in f.handed)):

        def say(_side: Side, figures: Figures, item: str = item) -> str:
            return wording.number(sum(h.units for h in figures.handed if h.item == item))

        name = columns[0].item(item)
        found.append(Line(_("handed over: {item}").format(item=name), _each(columns, say)))
    return found
