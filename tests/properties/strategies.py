"""Random scenarios for properties: seeds of the independent dice, and edits of what they draw.

A new column of the page is done when `tests.independent.random_folder` draws it: then these do too.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings

import ringtausch as rt
from tests.independent.random_folder import write_random

__all__ = [
    "edits",
    "holds_for",
    "longer_assurance",
    "more_money",
    "more_offers",
    "relabelled",
    "scaled_money",
    "scenarios",
    "with_objectives",
]

_PARTY_FIELDS = ("party", "from_", "to", "customer")
_ITEM_FIELDS = ("item", "given", "accepted", "capability")
_MONEY_FIELDS = {
    "offers": "compensation",
    "lanes": "unit_cost",
    "supply": "price",
    "releases": "amount",
    "dues": "amount",
}


def holds_for(count: int, strategy: st.SearchStrategy[Any], check: Callable[[Any], None]) -> None:
    """See that a property holds for so many examples, always the same ones."""
    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    setting = settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=quiet,
    )
    setting(given(strategy)(check))()


@st.composite
def scenarios(draw: st.DrawFn, sizes: tuple[str, ...] = ("micro", "micro", "tiny")) -> rt.Scenario:
    """Draw a scenario of any size, with whole items or not."""
    seed, size = draw(st.integers(0, 10**6)), draw(st.sampled_from(sizes))
    whole = draw(st.booleans())
    with tempfile.TemporaryDirectory() as place:
        return rt.read(write_random(Path(place) / "drawn", seed, size, whole=whole))


@st.composite
def edits(
    draw: st.DrawFn, edit: Callable[[rt.Scenario, int], rt.Scenario]
) -> tuple[rt.Scenario, rt.Scenario]:
    """Draw a scenario and what an edit, which takes a number to choose by, makes of it."""
    scenario = draw(scenarios())
    return scenario, edit(scenario, draw(st.integers(0, 99)))


# ---- edits


def with_objectives(scenario: rt.Scenario, *without: str) -> rt.Scenario:
    """Leave some objectives out, but never all."""
    kept = tuple(name for name in scenario.objectives if name not in without)
    return replace(scenario, objectives=kept or ("unmet_need",))


def relabelled(scenario: rt.Scenario, number: int) -> rt.Scenario:
    """Give parties and items other names, and their tables the opposite order.

    The order of lanes and supply stays: at a tie the later row counts.
    """
    parties = {row.party: f"state {number}{9 - at}" for at, row in enumerate(scenario.parties)}
    items = {row.item: f"thing {number}{9 - at}" for at, row in enumerate(scenario.items)}
    fields = [*((name, parties) for name in _PARTY_FIELDS), *((n, items) for n in _ITEM_FIELDS)]
    tables: dict[str, tuple[Any, ...]] = {}
    for table in _tables(scenario):
        rows = [
            replace(
                row,
                **{
                    name: names[getattr(row, name)]
                    for name, names in fields
                    if isinstance(getattr(row, name, None), str) and getattr(row, name) in names
                },
            )
            for row in scenario.rows(table)
        ]
        tables[table] = tuple(rows[::-1] if table in {"parties", "items", "offers"} else rows)
    return scenario.with_rows(**tables)


def more_money(scenario: rt.Scenario, number: int) -> rt.Scenario:
    """Give a fund more, or, where it has nothing, as much as it has: nothing."""
    if not scenario.releases:
        return scenario
    rows = list(scenario.releases)
    at = number % len(rows)
    rows[at] = replace(rows[at], amount=rows[at].amount * (1 + number % 5) + number)
    return scenario.with_rows(releases=tuple(rows))


def more_offers(scenario: rt.Scenario, number: int) -> rt.Scenario:
    """Add an offer like one there is, without end, lot and condition, to anybody."""
    if not scenario.offers:
        return scenario
    like = scenario.offers[number % len(scenario.offers)]
    extra = replace(
        like,
        offer="another",
        quantity=Decimal(1 + number % 4),
        until=None,
        to="*",
        lot=None,
        if_others=None,
    )
    return scenario.with_rows(offers=(*scenario.offers, extra))


def longer_assurance(scenario: rt.Scenario, number: int) -> rt.Scenario:
    """Let one replacement, or all, take longer, as far as the settlement allows."""
    rows = [
        replace(row, within=min(row.within + 1 + number % 3, scenario.settlement))
        if number % 2 or at == number % len(scenario.assurances)
        else row
        for at, row in enumerate(scenario.assurances)
    ]
    return scenario.with_rows(assurances=tuple(rows))


def scaled_money(scenario: rt.Scenario, factor: Decimal, *, values: bool) -> rt.Scenario:
    """Multiply all money by a factor, the values of items too where wanted."""
    fields = _MONEY_FIELDS | ({"items": "value"} if values else {})
    tables = {
        table: tuple(
            replace(row, **{name: getattr(row, name) * factor}) for row in scenario.rows(table)
        )
        for table, name in fields.items()
    }
    in_money = {"spend", "unfairness"} if values else {"spend"}
    allowance = {
        name: amount * (factor if name in in_money else 1)
        for name, amount in scenario.allowance.items()
    }
    return replace(scenario.with_rows(**tables), allowance=allowance)


def _tables(scenario: rt.Scenario) -> list[str]:
    from ringtausch.records.tables import TABLES

    return [table for table in TABLES if scenario.rows(table)]
