"""What each row of a model is called: the function that wrote it and its axes, `floor(A,air,2025.07)`.

In: the layout, the blocks of rows in the order of `all_rules`, and the labels. Out: the name of each
row. What a row is about is read off its columns where the rule makes only some of the possible rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ringtausch.planning.arrays import IntArray
from ringtausch.planning.export.column_names import Axes, accounts, pairs, spread
from ringtausch.planning.export.labels import Labels, named
from ringtausch.planning.layout import Layout
from ringtausch.planning.objectives import burden_rows
from ringtausch.planning.rows import Rows
from ringtausch.planning.rules import capabilities, debts, money, transfers

__all__ = ["BURDEN", "RULES", "Naming", "row_names"]


@dataclass(frozen=True)
class Naming:
    """What names are made from."""

    layout: Layout
    labels: Labels
    columns: Sequence[tuple[str, Axes]]  # (column,) symbol and axes

    def by(self, block: Rows, *groups: IntArray) -> list[Axes]:
        """Name each row by the axes of its first column of some groups."""
        return [self.columns[column][1] for column in _first(block, *groups)]


def row_names(naming: Naming, blocks: Sequence[Rows], *, burden: bool) -> list[str]:
    """Name all rows of a model; `blocks` are those of `all_rules`, and of `burden_rows` if there are."""
    rules = RULES + BURDEN if burden else RULES
    names: list[str] = []
    for (function, axes_of), block in zip(rules, blocks, strict=True):
        axes = axes_of(naming, block)
        assert len(axes) == block.count, f"{function.__name__} has other rows than names"
        names += [named(function.__name__, where) for where in axes]
    return names


def _first(block: Rows, *groups: IntArray) -> list[int]:
    """(row,) Find the first column of some groups in each row."""
    row, column, _ = block.entries()
    mine = np.isin(column, np.concatenate([group.ravel() for group in groups]))
    rows, where = np.unique(row[mine], return_index=True)
    assert len(rows) == block.count, "a row has no column that it is about"
    return [int(number) for number in column[mine][where]]


def _stocks(naming: Naming, _: Rows) -> list[Axes]:
    return spread(pairs(naming.layout.stock_pair, naming.labels), naming.labels)


def _stock_at_the_time(naming: Naming, block: Rows) -> list[Axes]:
    return naming.by(block, naming.layout.stock)


def _offers(naming: Naming, _: Rows) -> list[Axes]:
    return [(offer,) for offer in naming.labels.offers]


def _conditional_offers(naming: Naming, block: Rows) -> list[Axes]:
    return naming.by(block, naming.layout.stands)


def _lanes(naming: Naming, block: Rows) -> list[Axes]:
    x, labels = naming.layout.dispatches, naming.labels
    at = np.searchsorted(x.column, _first(block, x.column))
    return [
        (labels.parties[a], labels.parties[b], labels.items[i], labels.periods[t])
        for a, b, i, t in zip(x.giver[at], x.receiver[at], x.item[at], x.period[at], strict=True)
    ]


def _lines(naming: Naming, block: Rows) -> list[Axes]:
    o, labels = naming.layout.orders, naming.labels
    at = np.searchsorted(o.column, _first(block, o.column))
    return [
        (labels.suppliers[line], labels.items[item], labels.periods[period])
        for line, item, period in zip(o.line[at], o.item[at], o.delivered[at], strict=True)
    ]


def _arriving(naming: Naming, block: Rows) -> list[Axes]:
    y, z, labels = naming.layout.settlements, naming.layout.fulfilments, naming.labels
    party, item, period, column = (
        np.concatenate([getattr(y, axis), getattr(z, axis)])
        for axis in ("party", "item", "period", "column")
    )
    order = np.argsort(column)
    at = order[np.searchsorted(column[order], _first(block, y.column, z.column))]
    return [
        (labels.parties[p], labels.items[i], labels.periods[t])
        for p, i, t in zip(party[at], item[at], period[at], strict=True)
    ]


def _accounts(naming: Naming, _: Rows) -> list[Axes]:
    return spread(accounts(naming.layout, naming.labels), naming.labels)


def _some_accounts(naming: Naming, wanted: np.ndarray) -> list[Axes]:
    known = accounts(naming.layout, naming.labels)
    return spread((known[at] for at in np.flatnonzero(wanted)), naming.labels)


def _giving_accounts(naming: Naming, _: Rows) -> list[Axes]:
    return _some_accounts(naming, naming.layout.handed[:, :1].ravel() >= 0)


def _opening_debts(naming: Naming, _: Rows) -> list[Axes]:
    owed = _some_accounts(naming, naming.layout.opening_debt[:, :1].ravel() >= 0)
    parts = ("only_falls", "part_of_debt", "not_yet_due")
    return [(party, item, part, period) for part in parts for party, item, period in owed]


def _hard_accounts(naming: Naming, _: Rows) -> list[Axes]:
    known = naming.layout.facts.debts
    return _some_accounts(naming, known.hard & (known.opening > 0))


def _floors(naming: Naming, _: Rows) -> list[Axes]:
    floors, labels = naming.layout.facts.floors, naming.labels
    roles = zip(floors.role_of.tolist(), labels.floor_roles, strict=True)
    return spread(
        ((labels.parties[floors.party[f]], labels.capabilities[f], role) for f, role in roles),
        labels,
    )


def _served(naming: Naming, block: Rows) -> list[Axes]:
    return naming.by(block, naming.layout.served)


def _every_role(naming: Naming, _: Rows) -> list[Axes]:
    labels = naming.labels
    roles = zip(naming.layout.facts.needs.role_of.tolist(), labels.need_roles, strict=True)
    return spread(((labels.needs[need], role) for need, role in roles), labels)


def _served_or_stepped(naming: Naming, block: Rows) -> list[Axes]:
    return naming.by(block, naming.layout.served, naming.layout.steps[naming.layout.steps >= 0])


def _charges(naming: Naming, _: Rows) -> list[Axes]:
    labels = naming.labels
    class_, period = np.nonzero(naming.layout.charged >= 0)
    return [
        (labels.classes[c], labels.periods[t])
        for c, t in zip(class_.tolist(), period.tolist(), strict=True)
    ]


def _funds(naming: Naming, _: Rows) -> list[Axes]:
    return spread(((fund,) for fund in naming.labels.funds), naming.labels)


def _secured(naming: Naming, _: Rows) -> list[Axes]:
    return _some_accounts(naming, naming.layout.facts.debts.secured)


def _pipelines(naming: Naming, _: Rows) -> list[Axes]:
    return spread(pairs(naming.layout.pipeline_pair, naming.labels), naming.labels)


def _burden(part: str) -> Callable[[Naming, Rows], list[Axes]]:
    def axes(naming: Naming, _: Rows) -> list[Axes]:
        counted = np.flatnonzero(naming.layout.burden >= 0)
        return [(naming.labels.parties[party], part) for party in counted]

    return axes


#: The rules in the order of `all_rules`, each with what its rows are about.
RULES: tuple[tuple[Callable[..., Rows], Callable[[Naming, Rows], list[Axes]]], ...] = (
    (transfers.stock_balance, _stocks),
    (transfers.handed_on_next_period, _stock_at_the_time),
    (transfers.willingness, _offers),
    (transfers.conditional_offers, _conditional_offers),
    (transfers.lane_capacity, _lanes),
    (transfers.production_capacity, _lines),
    (transfers.designation, _arriving),
    (debts.handed_so_far, _giving_accounts),
    (debts.debt_balance, _accounts),
    (debts.assurance, _accounts),
    (debts.opening_debts, _opening_debts),
    (debts.hard_assurance, _hard_accounts),
    (capabilities.floor, _floors),
    (capabilities.served_so_far, _every_role),
    (capabilities.steps_served, _served),
    (capabilities.unmet_need, _served_or_stepped),
    (money.charges_paid, _charges),
    (money.fund_balance, _funds),
    (debts.security, _secured),
    (debts.pipelines, _pipelines),
    (debts.security_within_pipeline, _pipelines),
)
#: The rows of `burden_rows`, which makes two blocks.
BURDEN = ((burden_rows, _burden("bears")), (burden_rows, _burden("share")))
