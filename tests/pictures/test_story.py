"""The three sentences, whole, for every way a plan can end."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from ringtausch.pictures.facts import Facts
from ringtausch.pictures.story import answer, meanings
from ringtausch.records import OBJECTIVES, Objective, Plan, Scenario
from ringtausch.records import plan as p
from ringtausch.records import tables as t
from tests.pictures.cases import at, day, make_plan, make_scenario, ring


def told(scenario: Scenario, plan: Plan) -> list[str]:
    """Return the sentences with common spaces."""
    return [sentence.replace("\u202f", " ") for sentence in answer(Facts(scenario, plan))]


def one_giver(settled: int | None = None, **more: Any) -> tuple[Scenario, Plan]:
    """A gives B 2 guns in month 1, due back by month 4; B needs them by month 1."""
    scenario = make_scenario(
        parties=(t.Party(party="A", name="Alba"), t.Party(party="B", name="Borea")),
        items=(t.Item(item="gun", name="Gun"),),
        needs=(t.Need(need="n", party="B", capability="gun", quantity=Decimal(2), due=day("2025-08-01")),),
        assurances=(t.Assurance(party="A", item="gun", within=3),),
        **more,
    )  # fmt: skip
    back = [] if settled is None else [settled]
    plan = make_plan(
        scenario,
        dispatches=[p.Dispatch(offer="o", from_="A", to="B", item="gun", quantity=2.0, arrives=1,
                               **at(scenario, 1))],
        fulfilments=[p.Fulfilment(need="n", item="gun", quantity=2.0, **at(scenario, 1))],
        settlements=[
            p.Settlement(party="A", item="gun", accepted="gun", quantity=2.0, **at(scenario, n))
            for n in back
        ],
    )  # fmt: skip
    return scenario, plan


def test_the_ring_is_told_with_what_is_missing_late_and_below() -> None:
    assert told(*ring()) == [
        (
            "Germany and Norway hand over 2 × Battery and 20 × Missile to Ukraine from August 2025 to"
            " September 2025; of 2 needs: 1 met by its date, 1 not met in full by the end."
        ),
        (
            "Of 2 replacements owed: 1 late by up to 2 months (Germany), 1 overdue at the end by up"
            " to 16 months (Norway); 1 party is below a floor at some time: Germany by 1 of"
            " 5 × Battery."
        ),
        (
            "EUR 848 m is spent, from 1 fund; it is proved that no plan is better in the order of the"
            " aims."
        ),
    ]


def test_an_empty_scenario_is_told_without_a_word_too_much() -> None:
    scenario = make_scenario()
    assert told(scenario, make_plan(scenario)) == [
        "Nothing is handed over in this plan; nobody has stated a need.",
        "No replacement is owed to anyone; no floors were set.",
        "Nothing is spent; it is proved that no plan is better in the order of the aims.",
    ]


def test_when_all_goes_well_it_is_said() -> None:
    scenario, plan = one_giver(settled=3)
    assert told(scenario, plan)[:2] == [
        "Alba hands over 2 × Gun to Borea in August 2025; the one need is met by its date.",
        "Everything owed is replaced in time, the last of it in October 2025; no floors were set.",
    ]


@pytest.mark.parametrize(
    ("settled", "sentence"),
    [
        (4, "Everything owed is replaced in time, the last of it in November 2025"),
        (5, "Of the one replacement owed: 1 late by up to 1 month (Alba)"),
        (None, "Of the one replacement owed: 1 overdue at the end by up to 20 months (Alba)"),
    ],
)
def test_the_deadline_itself_is_still_in_time(settled: int | None, sentence: str) -> None:
    scenario, plan = one_giver(settled=settled)
    assert told(scenario, plan)[1] == f"{sentence}; no floors were set."


def test_what_falls_due_after_the_plan_is_not_called_late() -> None:
    debt = t.Debt(party="A", item="gun", quantity=Decimal(1), due=day("2030-01-01"))
    scenario, plan = one_giver(settled=3, debts=(debt,))
    assert told(scenario, plan)[1].startswith(
        "Of 2 replacements owed: 1 in time, 1 due only after the plan;"
    )
    scenario, plan = one_giver(settled=5, debts=(debt,))
    assert told(scenario, plan)[1].startswith(
        "Of 2 replacements owed: 1 late by up to 1 month (Alba), 1 due only after the plan;"
    )
    alone = make_scenario(parties=(t.Party(party="A"),), items=(t.Item(item="gun"),), debts=(debt,))
    assert told(alone, make_plan(alone))[1] == (
        "Of the one replacement owed: 1 due only after the plan; no floors were set."
    )


def test_needs_are_counted_by_how_they_end() -> None:
    """One late, one never, one due after the plan."""
    scenario, plan = one_giver(settled=3)
    need = t.Need(need="m", party="B", capability="gun", quantity=Decimal(1), due=day("2025-08-01"))
    later = replace(need, need="l", due=day("2030-01-01"))
    early = replace(scenario.needs[0], due=day("2025-07-01"))
    scenario = scenario.with_rows(needs=(early, need, later))
    assert told(scenario, plan)[0].split("; ")[1] == (
        "of 3 needs: 1 met late, 1 not met in full by the end, 1 not met in full but due only after"
        " the plan."
    )


def test_a_floor_that_is_kept_is_said_to_be_kept() -> None:
    floor = t.Floor(party="A", capability="gun", from_=day("2025-07-01"), quantity=Decimal(1))
    scenario, plan = one_giver(settled=3, floors=(floor,))
    assert told(scenario, plan)[1].endswith("; every floor is kept.")


@pytest.mark.parametrize(
    ("objectives", "proof"),
    [
        (
            {"unmet_need": Objective(12.0, 10.0)},
            (
                "the search was stopped: this is the best plan found so far, and “unmet needs” is"
                " 12 unit-months where no plan can be below 10 unit-months."
            ),
        ),
        (
            {"unmet_need": Objective(12.0, None)},
            (
                "the search was stopped: this is the best plan found so far, and for “unmet needs”"
                " nothing is proved yet."
            ),
        ),
        ({}, "the search was stopped: this is the best plan found so far."),
    ],
)
def test_an_unproved_plan_says_how_far_it_may_be_from_the_best(
    objectives: dict[str, Objective], proof: str
) -> None:
    scenario = make_scenario()
    plan = make_plan(scenario, status="feasible", objectives=objectives)
    assert told(scenario, plan)[2] == f"Nothing is spent; {proof}"


def test_a_proof_within_tolerances_says_so() -> None:
    scenario = make_scenario(tolerance={"unmet_need": Decimal("0.05")})
    assert told(scenario, make_plan(scenario))[2] == (
        "Nothing is spent; it is proved that no plan is better, up to the tolerances set for the"
        " aims."
    )


def test_many_and_long_names_are_counted_and_cut() -> None:
    """Nine givers with names of 60 letters: four are named, each with 32 letters at most."""
    parties = tuple(t.Party(party=f"P{n}", name=f"Land {n} " + "x" * 60) for n in range(9))
    scenario = make_scenario(parties=parties, items=(t.Item(item="gun"),))
    plan = make_plan(
        scenario,
        dispatches=[
            p.Dispatch(offer="o", from_=f"P{n}", to="P0", item="gun", quantity=1.0, arrives=0,
                       **at(scenario, 0))
            for n in range(1, 9)
        ],
    )  # fmt: skip
    names = [f"Land {n} " + "x" * 24 + "…" for n in range(5)]
    assert told(scenario, plan)[0] == (
        f"{names[1]}, {names[2]}, {names[3]}, {names[4]} and 4 more hand over 8 × gun to {names[0]}"
        " in July 2025; nobody has stated a need."
    )


def test_every_objective_has_a_name_and_a_meaning() -> None:
    assert tuple(meanings()) == OBJECTIVES
