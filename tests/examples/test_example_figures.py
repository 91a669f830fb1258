"""What an example's README says of its plan is what the plan says."""

from __future__ import annotations

from pathlib import Path

import pytest

import ringtausch as rt
from tests.examples.figures import FIGURES, Case, stated

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize("name", FIGURES)
def test_the_readme_states_the_figures_of_the_plan(name: str) -> None:
    scenario = rt.read(EXAMPLES / name)
    case = Case(scenario, rt.plan(scenario))
    assert case.plan.status == "optimal"
    assert stated(EXAMPLES / name / "README.md") == FIGURES[name](case)


@pytest.mark.parametrize("name", FIGURES)
def test_the_plan_of_an_example_is_proved(name: str) -> None:
    scenario = rt.read(EXAMPLES / name)
    assert rt.verify(scenario, rt.plan(scenario)).violations == ()


def test_every_example_has_figures() -> None:
    assert {path.parent.name for path in EXAMPLES.glob("*/scenario.toml")} == set(FIGURES)
