"""The summary in a terminal: under 40 lines, never over 80 columns, whatever the names are."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ringtausch.pictures import summary
from tests.pictures.big_case import big
from tests.pictures.cases import make_plan, make_scenario, ring


def columns(line: str) -> int:
    """Count the columns a line takes: wide characters two, combining ones none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in line
    )


def test_the_ring_is_summed_up_on_one_screen() -> None:
    assert summary(*ring()) == [
        "Ring of four",
        "Germany and Norway hand over 2 x Battery and 20 x Missile to Ukraine from August",
        "2025 to September 2025; of 2 needs: 1 met by its date, 1 not met in full by the",
        "end.",
        "Of 2 replacements owed: 1 late by up to 2 months (Germany), 1 overdue at the end",
        "by up to 16 months (Norway); 1 party is below a floor at some time: Germany by 1",
        "of 5 x Battery.",
        "EUR 848 m is spent, from 1 fund; it is proved that no plan is better in the",
        "order of the aims.",
        "Who gives, and gets back",
        "  Germany  gives    2 x Battery",
        "           gets     2 x Battery by 2026-04 (1 late)",
        "  Norway   gives    20 x Missile",
        "           gets     12 x Missile by 2026-01",
        "           is owed  8 x Missile",
        "Needs",
        "  Ukraine  2 x Battery   met by 2025-09, in time",
        "  Ukraine  30 x Missile  10 still missing at the end",
        "Below a floor",
        "  Germany  Battery  by 1 at worst  2025-08 - 2025-11",
        "Money",
        "  purse  Germany  EUR 848 m of EUR 1 bn",
        "Aims, in order",
        "  late replacements      22 unit-months   proved best",
        "  unmet needs            210 unit-months  proved best",
        "  gaps below the floors  4 unit-months    proved best",
        "  money spent            EUR 848 m        proved best",
        "  value moved            EUR 0            proved best",
        "  unfairness             EUR 0            proved best",
    ]


def test_many_rows_are_folded_and_counted() -> None:
    lines = summary(*big())
    assert len(lines) < 40
    assert max(map(columns, lines)) <= 80
    assert [line for line in lines if line.startswith("  and ")] == [
        "  and 166 more",
        "  and 117 more",
        "  and 197 more",
        "  and 57 more",
    ]


def test_a_plan_that_does_nothing_is_summed_up_too() -> None:
    scenario = make_scenario(objectives=("spend",))
    assert summary(scenario, make_plan(scenario)) == [
        "Ring of four",
        "Nothing is handed over in this plan; nobody has stated a need.",
        "No replacement is owed to anyone; no floors were set.",
        "Nothing is spent; it is proved that no plan is better in the order of the aims.",
        "Aims, in order",
        "  money spent  EUR 0  proved best",
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=120), min_size=6, max_size=6))
def test_no_name_makes_a_line_too_long_or_a_screen_too_full(names: list[str]) -> None:
    """Whatever stands in the names: wide letters, line ends, escapes, nothing at all."""
    scenario, plan = ring()
    named = replace(scenario, name=names[0]).with_rows(
        parties=tuple(
            replace(row, name=name) for row, name in zip(scenario.parties, names[1:4], strict=True)
        ),
        items=tuple(
            replace(row, name=name) for row, name in zip(scenario.items, names[4:], strict=True)
        ),
    )
    lines = summary(named, plan)
    assert len(lines) < 40
    assert max(map(columns, lines)) <= 80
    assert not [line for line in lines if any(unicodedata.category(c) == "Cc" for c in line)]
