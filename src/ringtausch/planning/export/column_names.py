"""What each column of a model is called: the symbol of the page and its axes, `x(DEU_1,UKR,2025.07)`.

In: a layout and the labels of its axes. Out: for each column its symbol and its axes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ringtausch.planning.arrays import IntArray
from ringtausch.planning.export.labels import Labels
from ringtausch.planning.layout import Layout

__all__ = ["SYMBOLS", "Axes", "accounts", "column_axes", "pairs", "spread"]

#: The labels that tell a column or row from the others of its kind.
Axes = tuple[str, ...]

#: What stands for what, in the order of the columns.
SYMBOLS = {
    "x": "units of an offer dispatched to a party",
    "o": "units ordered from a supplier for a customer",
    "y": "units of an item that settle a party's debt",
    "z": "units of an item that serve a need",
    "S": "stock",
    "handed": "units that a party has handed over so far",
    "D": "debt",
    "late": "overdue debt",
    "opening_debt": "E: what is still owed of the opening debts",
    "opening_not_due": "e: the part of it that is not yet due",
    "u": "unmet need",
    "v": "steps of a need that are met",
    "served": "what serves a need, or a role of it, so far",
    "w": "units under way that secure a debt",
    "pipeline": "units under way",
    "m": "money from a fund for charges (purpose.item.beneficiary), in money units",
    "balance": "money left in a fund, in money units",
    "V": "what a party bears, in money units",
    "above": "what V is above the party's share",
    "below": "what V is below the party's share",
    "g": "capability gap",
    "stands": "whether a conditional offer stands",
    "arrow": "whether an item may go from a party to another (rule 13)",
    "place": "a party's place in the order of those who pass an item on (rule 13)",
    "constant": "fixed at 1: carries the constant of the objective",
}


def column_axes(layout: Layout, labels: Labels) -> list[tuple[str, Axes]]:
    """Name every column of a layout by its symbol and its axes."""
    found: list[tuple[str, Axes] | None] = [None] * layout.count
    for symbol, columns, axes in (*_decisions(layout, labels), *_states(layout, labels)):
        for column, where in zip(columns.ravel().tolist(), axes, strict=True):
            if column >= 0:
                assert found[column] is None, f"two names for column {column}"
                found[column] = symbol, where
    named = [one for one in found if one is not None]
    assert len(named) == layout.count, "a column has no name"
    return named


def spread(rows: Iterable[Axes], labels: Labels) -> list[Axes]:
    """Give each of some rows all periods."""
    return [(*row, period) for row in rows for period in labels.periods]


def pairs(number: IntArray, labels: Labels) -> list[Axes]:
    """Name the numbered pairs of party and item, in the order of their numbers."""
    party, item = (number >= 0).nonzero()
    return _zipped((party, labels.parties), (item, labels.items))


def accounts(layout: Layout, labels: Labels) -> list[Axes]:
    """Name the accounts of what is owed: party and item."""
    debts = layout.facts.debts
    return _zipped((debts.party, labels.parties), (debts.item, labels.items))


def _decisions(layout: Layout, labels: Labels) -> Iterable[tuple[str, IntArray, Sequence[Axes]]]:
    debts, needs = layout.facts.debts, layout.facts.needs
    x, o, y, z = layout.dispatches, layout.orders, layout.settlements, layout.fulfilments
    periods = labels.periods
    yield (
        "x",
        x.column,
        _zipped((x.offer, labels.offers), (x.receiver, labels.parties), (x.period, periods)),
    )
    yield (
        "o",
        o.column,
        _zipped(
            (o.line, labels.suppliers),
            (o.item, labels.items),
            (o.customer, labels.parties),
            (o.period, periods),
        ),
    )
    owed = debts.item[debts.accepting[y.subject]]
    yield (
        "y",
        y.column,
        _zipped(
            (y.party, labels.parties),
            (owed, labels.items),
            (y.item, labels.items),
            (y.period, periods),
        ),
    )
    need = needs.role_of[needs.part_role[z.subject]]
    yield "z", z.column, _zipped((need, labels.needs), (z.item, labels.items), (z.period, periods))
    yield (
        "m",
        layout.pay,
        _zipped(
            (layout.pay_fund, labels.funds),
            (layout.pay_class, labels.classes),
            (layout.pay_period, periods),
        ),
    )


def _states(layout: Layout, labels: Labels) -> Iterable[tuple[str, IntArray, Sequence[Axes]]]:
    facts = layout.facts
    debts, needs, floors = facts.debts, facts.needs, facts.floors
    by_account = spread(accounts(layout, labels), labels)
    needed = [(need,) for need in labels.needs]
    roles = zip(needs.role_of.tolist(), labels.need_roles, strict=True)
    secured = _zipped(
        (debts.party[debts.accepting], labels.parties),
        (debts.item[debts.accepting], labels.items),
        (debts.accepted, labels.items),
    )
    kept = zip(floors.party.tolist(), labels.capabilities, strict=True)
    whose = [(party,) for party in labels.parties]
    yield "S", layout.stock, spread(pairs(layout.stock_pair, labels), labels)
    yield "handed", layout.handed, by_account
    yield "D", layout.debt, by_account
    yield "late", layout.late, by_account
    yield "opening_debt", layout.opening_debt, by_account
    yield "opening_not_due", layout.opening_not_due, by_account
    yield "u", layout.unmet, spread(needed, labels)
    yield "v", layout.steps, spread(needed, labels)
    yield "served", layout.served, spread(((labels.needs[n], role) for n, role in roles), labels)
    yield "w", layout.security, spread(secured, labels)
    yield "pipeline", layout.pipeline, spread(pairs(layout.pipeline_pair, labels), labels)
    yield "balance", layout.balance, spread(((fund,) for fund in labels.funds), labels)
    yield "V", layout.burden, whose
    yield "above", layout.above, whose
    yield "below", layout.below, whose
    yield "g", layout.gap, spread(((labels.parties[p], name) for p, name in kept), labels)
    yield "stands", layout.stands, [(offer,) for offer in labels.offers]


def _zipped(*axes: tuple[IntArray, tuple[str, ...]]) -> list[Axes]:
    """Write numbers as labels, axis by axis."""
    return list(
        zip(*([labels[at] for at in numbers.tolist()] for numbers, labels in axes), strict=True)
    )
