"""The variants of the examples apply, have plans, name their sources, and are told rightly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import ringtausch as rt
from ringtausch.records.variants import VARIANTS_FILE, inspect_variants
from tests.examples.test_example_sources import ADDRESS, DATED
from tests.examples.variant_figures import patriot_2025, stated_rows

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDERS = sorted(path.parent for path in EXAMPLES.glob(f"*/{VARIANTS_FILE}"))
PATRIOT = EXAMPLES / "patriot-2025"

#: The questions of the summer of 2025, each asked by one variant at least.
QUESTIONS = """
    direct-from-us-stock new-from-the-maker new-and-first-in-line ally-hands-over
    seventeen seventeen-replaced swiss-slots-kept being-late-counts-first
    replaced-within-6 replaced-within-8 replaced-within-12 on-trust general-promise
    replacement-money-late purl-money-late
    without-germany without-united-states without-netherlands without-sweden without-norway
    without-denmark without-finland without-canada without-united-kingdom without-spain without-poland
    consent-missing-in-august consent-missing-in-march consent-ends-in-october
"""


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_variant_applies_and_was_written_for_the_scenario_as_it_stands(folder: Path) -> None:
    scenario = rt.read(folder)
    reading = inspect_variants(folder, scenario)
    assert reading.problems == []
    assert {variant.made_from for variant in reading.variants.values()} == {
        scenario.content_hash[:12]
    }


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_variant_names_a_source_or_says_that_it_is_an_assumption(folder: Path) -> None:
    def sourced(reason: str) -> bool:
        named = ADDRESS.search(reason) and DATED.search(ADDRESS.sub("", reason))
        return bool(named) or bool(re.search(r"assumption: \w", reason))

    found = rt.variants(folder)
    assert [name for name, variant in found.items() if not sourced(variant.reason)] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_row_that_a_variant_adds_says_where_it_comes_from(folder: Path) -> None:
    added = [e for v in rt.variants(folder).values() for e in v.edits if e.startswith("+")]
    assert [edit for edit in added if ',source="assumption: ' not in edit] == []


def test_the_questions_of_the_summer_are_asked() -> None:
    assert list(rt.variants(PATRIOT)) == QUESTIONS.split()


@pytest.mark.parametrize("name", stated_rows(PATRIOT / "README.md"))
def test_the_readme_states_the_figures_of_a_variant(name: str) -> None:
    """Each is planned from the start, not near the scenario as comparing does."""
    scenario, variants = rt.read(PATRIOT), rt.variants(PATRIOT)
    edited = rt.edit(scenario, *variants[name].all_edits)
    plan = rt.plan(edited)
    assert plan.status == "optimal"
    assert patriot_2025(edited, plan) == stated_rows(PATRIOT / "README.md")[name]


@pytest.mark.long
def test_every_variant_of_the_example_has_a_proved_plan() -> None:
    found = rt.compare(rt.read(PATRIOT), rt.variants(PATRIOT))
    assert {column.status for column in found.columns} == {"optimal"}
    for column in found.columns:
        assert column.plan is not None
        assert rt.verify(column.scenario, column.plan).violations == ()
