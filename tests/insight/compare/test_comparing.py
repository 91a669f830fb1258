"""Variants are planned exactly, each beside the scenario, and what cannot be compared is refused."""

from __future__ import annotations

import dataclasses

import pytest

import ringtausch as rt
from ringtausch.insight.compare import choose
from tests.builders import edited
from tests.insight.compare_case import case, variant, variants


def values(column: object) -> dict[str, float]:
    return {name: o.value for name, o in column.objectives.items()}  # type: ignore[attr-defined]


def test_every_variant_has_the_objectives_of_its_own_plan() -> None:
    """The reference is to plan the edited scenario from the start."""
    sc = case()
    found = rt.compare(sc, variants())
    assert values(found.base) == pytest.approx(values(rt.plan(sc)))
    for name in ("patient", "same"):
        alone = rt.plan(rt.edit(sc, *variants()[name].all_edits))
        assert values(found.column(name)) == pytest.approx(values(alone))
        proof = rt.verify(found.column(name).scenario, found.column(name).plan)  # type: ignore[arg-type]
        assert proof.violations == ()


def test_a_variant_is_told_by_the_first_aim_that_differs() -> None:
    """With four months nothing is late either, and all of the need is met: 2 gun-months, not 8."""
    found = rt.compare(case(), variants())
    assert values(found.base)["unmet_need"] == pytest.approx(8)
    assert values(found.column("patient"))["unmet_need"] == pytest.approx(2)
    change = found.change(found.column("patient"))
    assert change is not None
    assert (change.objective, change.better) == ("unmet_need", True)
    assert change.amount == pytest.approx(-6)
    assert found.change(found.column("same")) is None


def test_a_variant_without_a_plan_says_why_and_the_others_stay() -> None:
    """What leaves in January arrives in February: nobody can meet the need at once."""
    found = rt.compare(case(), variants())
    column = found.column("at-once")
    assert (column.status, column.plan, column.figures, column.objectives) == (
        "infeasible", None, None, {},
    )  # fmt: skip
    assert any("the need n1 of C" in row for row in column.why_none)
    assert found.change(column) is None
    assert found.column("patient").status == "optimal"


def test_variants_of_a_scenario_without_a_plan_are_planned_all_the_same() -> None:
    sc = rt.edit(case(), "needs[need=n1].hard=true")
    found = rt.compare(sc, [variant("later", "needs[need=n1].hard=false")])
    assert (found.base.status, found.column("later").status) == ("infeasible", "optimal")
    assert found.change(found.column("later")) is None


def test_a_variant_with_an_order_of_its_own_is_planned_in_that_order() -> None:
    """With the need first both guns go at once; the comparison keeps the order of the scenario."""
    sc = case()
    order = "unmet_need,late_replacement,capability_gap,spend,moved_value,unfairness"
    found = rt.compare(sc, [variant("need-first", f'scenario.objectives="{order}"')])
    assert values(found.column("need-first"))["unmet_need"] == pytest.approx(2)
    change = found.change(found.column("need-first"))
    assert change is not None
    assert (change.objective, change.better) == ("late_replacement", False)
    assert change.amount == pytest.approx(3)


def test_an_older_plan_stands_beside_the_best_one() -> None:
    """The older one was made for money first and does nothing."""
    sc = case()
    old = rt.plan(sc, objectives=["spend", "moved_value"])
    found = rt.compare(sc, [], old)
    column = found.columns[1]
    assert (column.kind, column.label, values(column)["unmet_need"]) == ("plan", "old plan", 12)


def test_a_plan_of_another_scenario_is_refused_in_one_line() -> None:
    other = case(name="another")
    with pytest.raises(rt.InvalidPlan) as refused:
        rt.compare(case(), [], rt.plan(other))
    assert str(refused.value) == (
        'plan.json: it was made for another scenario: "another" with the content hash'
        f" {other.content_hash[:12]}…, and not the one here with {case().content_hash[:12]}…; make a"
        " plan of this one first: ringtausch plan"
    )


def test_a_plan_that_breaks_a_rule_is_refused() -> None:
    """A hand made the plan dispatch three of two guns."""
    sc = case()
    made = rt.plan(sc)
    rows = tuple(dataclasses.replace(r, line=n) for n, r in enumerate(made.rows("dispatches"), 2))
    made = dataclasses.replace(made, tables={**made.tables, "dispatches": rows})
    with pytest.raises(rt.InvalidPlan, match="plan: it breaks rules: "):
        rt.compare(sc, [], edited(made, "dispatches", 2, quantity=3.0))


def test_edits_that_do_not_apply_are_all_told_with_their_variants() -> None:
    wrong = [
        variant("a", "offers[offer=oX].quantity=3"),
        variant("b", "offer[offer=o1].quantity=3"),
    ]
    with pytest.raises(rt.InvalidEdit) as refused:
        rt.compare(case(), wrong)
    said = str(refused.value)
    assert "variant a: " in said
    assert "variant b: " in said


def test_a_variant_that_was_written_for_another_state_is_marked() -> None:
    sc = case()
    fits = variant("fits", "offers[offer=o1].quantity=1", made_from=sc.content_hash[:12])
    stale = variant("stale", "offers[offer=o1].quantity=1", made_from="0123456789ab")
    found = rt.compare(sc, [fits, stale])
    assert [column.stale for column in found.variants] == [False, True]
    edited_one = rt.edit(sc, "offers[offer=o1].quantity=1")
    again = rt.compare(edited_one, [fits], written_for=sc)
    assert [column.stale for column in again.variants] == [False]


@pytest.mark.long
def test_several_processes_find_what_one_finds() -> None:
    found = [
        variant(f"v{n}", f"production[supplier=S,item=gun,from=2025-04-01].capacity={n}")
        for n in range(5)
    ]
    one, two = rt.compare(case(), found), rt.compare(case(), found, processes=2)
    assert [values(c) for c in one.columns] == [values(c) for c in two.columns]


def test_variants_are_chosen_by_name() -> None:
    found = choose(variants(), ["same", "patient"])
    assert list(found) == ["same", "patient"]
    assert list(choose(variants())) == list(variants())


def test_an_unknown_variant_is_answered_with_the_nearest_and_a_repeated_one_told() -> None:
    with pytest.raises(rt.InvalidVariants) as refused:
        choose(variants(), ["patent", "same", "same"])
    assert str(refused.value).splitlines() == [
        'variants.toml: no variant "patent"; did you mean "patient"?',
        'variants.toml: same: "same" is asked for more than once; name it once',
    ]


def test_a_comparison_is_a_data_frame_too() -> None:
    frame = rt.compare(case(), variants()).frame()
    assert frame["name"].to_list() == ["as it is", "patient", "at-once", "same"]
    assert frame["n1 share at end"].to_list() == [0.5, 1.0, None, 0.5]
    assert frame["longest wait of"].to_list() == ["A", "A", None, "A"]
