"""Conflicts: of each kind of requirement, several that share none, proved both ways by planning."""

from __future__ import annotations

import pickle
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

import ringtausch as rt
from ringtausch.planning.infeasible import has_plan_at_all
from ringtausch.planning.watch import Watch
from ringtausch.records.tables import TABLES
from tests.builders import scenario
from tests.insight.diagnose.random_case import random_case

#: C must have 2 guns from January on. A has 1; the maker delivers another in March.
HOPELESS: dict[str, Any] = {
    "horizon": 3,
    "stocks": "A,gun,1; B,tank,5",
    "offers": "a,A,gun,5; b,B,tank,5",
    "lanes": "A,C,gun; B,C,tank",
    "needs": "n,C,gun,2,2025-01-01,,,true; m,C,tank,2,2025-01-01",
    "supply": "S,gun,C",
    "production": "S,gun,2025-03-01,1",
}
#: C must have A's only gun, and A must have one back within a month, but nobody makes any.
RETURNED: dict[str, Any] = {
    "horizon": 3,
    "settlement": 1,
    "stocks": "A,gun,1",
    "offers": "a,A,gun,1",
    "lanes": "A,C,gun",
    "needs": "n,C,gun,1,2025-02-01,,,true",
}


def has_plan(case: rt.Scenario) -> bool:
    answer = has_plan_at_all(case, Watch())
    assert answer is not None
    return answer


def with_only(case: rt.Scenario, kept: set[tuple[str, int]]) -> rt.Scenario:
    """Give up all requirements but some, by table and line."""
    return case.with_rows(
        needs=tuple(replace(r, hard=r.hard and ("needs", r.line) in kept) for r in case.needs),
        dues=tuple(r for r in case.dues if ("dues", r.line) in kept),
        assurances=tuple(
            r if ("assurances", r.line) in kept else replace(r, hard=False, secured=False)
            for r in case.assurances
        ),
        floors=tuple(
            r if ("floors", r.line) in kept else replace(r, quantity=Decimal(0))
            for r in case.floors
        ),
    )


def assert_proved_both_ways(case: rt.Scenario, conflict: rt.Conflict) -> None:
    rows = {(row.table, row.line) for row in conflict.rows}
    assert not has_plan(with_only(case, rows))
    for row in rows:
        assert has_plan(with_only(case, rows - {row}))


def lines(found: rt.Diagnosis) -> list[list[tuple[str, int]]]:
    return [[(row.table, row.line) for row in conflict.rows] for conflict in found.conflicts]


def test_a_scenario_with_a_plan_has_nothing_to_mend() -> None:
    found = rt.diagnose(scenario(**HOPELESS | {"stocks": "A,gun,2; B,tank,5"}))
    assert (found.status, found.conflicts, found.repairs, found.open_points) == (
        "feasible",
        (),
        (),
        (),
    )


def test_a_conflict_is_told_with_the_facts_that_stand_against_it() -> None:
    """The tanks have nothing to do with it."""
    case = scenario(**HOPELESS)
    found = rt.diagnose(case)
    assert (found.status, found.open_points) == ("infeasible", ())
    (conflict,) = found.conflicts
    assert conflict.sentence == (
        "The need n of C for 2 gun must be met from 2025-01-01 on (needs.csv:2). Against it stand"
        " these together: S delivers 1 gun a period from 2025-03-01 on (production.csv:2); and A"
        " has 1 gun at the start (stocks.csv:2)."
    )
    assert [(row.table, row.line, row.key) for row in conflict.rows] == [
        ("needs", 2, {"need": "n"})
    ]
    assert [(row.table, row.line) for row in conflict.facts] == [("production", 2), ("stocks", 2)]
    assert (conflict.irreducible, conflict.facts_irreducible) == (True, True)


REQUIREMENTS: list[tuple[str, dict[str, Any], list[list[tuple[str, int]]]]] = [
    ("a hard need", HOPELESS, [[("needs", 2)]]),
    (
        "a due",
        {"parties": "C", "items": "gun", "dues": "order,gun,C,2025-01-01,3"},
        [[("dues", 2)]],
    ),
    (
        "two dues that one release would pay alone",
        {
            "parties": "C",
            "items": "gun",
            "funds": "f,C",
            "releases": "f,2025-01-01,4",
            "dues": "order,gun,C,2025-01-01,3; order,gun,C,2025-02-01,2",
        },
        [[("dues", 2), ("dues", 3)]],
    ),
    (
        "a hard assurance against a hard need",
        RETURNED | {"assurances": "A,gun,1,,,true"},
        [[("needs", 2), ("assurances", 2)]],
    ),
    (
        "a secured assurance against a hard need",
        RETURNED | {"assurances": "A,gun,1,,,,true"},
        [[("needs", 2), ("assurances", 2)]],
    ),
    (
        "a floor with too small a gap against a hard need",
        RETURNED | {"floors": "A,gun,2025-01-01,1,0.5; A,gun,2025-03-01,0"},
        [[("needs", 2), ("floors", 2)]],
    ),
    (
        "a later floor that the earlier one does not replace",
        RETURNED | {"floors": "A,gun,2025-01-01,1,1; A,gun,2025-03-01,1"},
        [[("needs", 2), ("floors", 3)]],
    ),
    (
        "two that share nothing",
        HOPELESS
        | {"parties": "C", "funds": "f,C", "releases": "f,2025-02-01,9", "dues": "order,gun,C,2025-01-01,3"},
        [[("dues", 2)], [("needs", 2)]],
    ),
    (
        "of three needs for two guns any three are one conflict, so that none is left",
        {
            "stocks": "A,gun,2",
            "offers": "a,A,gun,2",
            "lanes": "A,*,gun",
            "needs": "; ".join(f"n{p},{p},gun,1,2025-01-01,,,true" for p in "BCD"),
        },
        [[("needs", 2), ("needs", 3), ("needs", 4)]],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("tables", "expected"), [case[1:] for case in REQUIREMENTS], ids=[c[0] for c in REQUIREMENTS]
)
def test_a_conflict_of_requirements_is_found_and_proved_both_ways(
    tables: dict[str, Any], expected: list[list[tuple[str, int]]]
) -> None:
    case = scenario(**tables)
    found = rt.diagnose(case)
    assert sorted(lines(found)) == sorted(expected)
    for conflict in found.conflicts:
        assert_proved_both_ways(case, conflict)


@pytest.mark.parametrize("seed", [11, 45])
def test_random_conflicts_share_nothing_and_are_proved_both_ways(seed: int) -> None:
    case = random_case(seed)
    found = rt.diagnose(case)
    named = [row for conflict in lines(found) for row in conflict]
    assert found.conflicts
    assert len(set(named)) == len(named)
    for conflict in found.conflicts:
        assert_proved_both_ways(case, conflict)
    everything = {
        (table, row.line)
        for table in ("needs", "dues", "assurances", "floors")
        for row in case.rows(table)
    }
    assert has_plan(with_only(case, everything - set(named)))


def test_where_nothing_could_bring_it_about_no_fact_is_named() -> None:
    """There is no lane at all, so that no row stands against the need: one is missing."""
    case = scenario(**RETURNED | {"lanes": "A,B,gun"})
    (conflict,) = rt.diagnose(case).conflicts
    assert conflict.facts == ()
    assert conflict.sentence == (
        "The need n of C for 1 gun must be met from 2025-02-01 on (needs.csv:2)."
        " Nothing in the tables could bring that about."
    )


def test_without_time_it_says_what_is_not_known() -> None:
    found = rt.diagnose(scenario(**HOPELESS), time_limit=0)
    assert (found.status, found.conflicts, found.repairs) == ("unknown", (), ())
    assert found.open_points == ("whether there is a plan was not found out in the time allowed",)


def test_a_diagnosis_travels_between_processes() -> None:
    found = rt.diagnose(scenario(**HOPELESS))
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes


def test_rows_that_stand_in_no_file_are_named_without_a_place() -> None:
    made = scenario(**HOPELESS)
    bare = {name: tuple(replace(r, line=0) for r in made.rows(name)) for name in TABLES}
    (conflict,) = rt.diagnose(made.with_rows(**bare)).conflicts
    assert conflict.sentence == (
        "The need n of C for 2 gun must be met from 2025-01-01 on. Against it stand these together:"
        " S delivers 1 gun a period from 2025-03-01 on; and A has 1 gun at the start."
    )
