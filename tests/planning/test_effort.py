"""What the solver has done is counted in every run, whoever asked."""

from __future__ import annotations

from dataclasses import replace

import ringtausch as rt
from ringtausch.planning.effort import Effort
from ringtausch.planning.watch import Watch
from tests.builders import scenario


def test_a_plan_says_how_many_iterations_it_took() -> None:
    """Something must move, so that no basis of nothing is the best: the count cannot be 0."""
    terms = scenario(
        start="2025-01-01", horizon=1, settlement=1, stocks="A,gun,1", lanes="A,C,gun,0",
        offers="o1,A,gun,1,2025-01-01", needs="n1,C,gun,1,2025-01-01",
    )  # fmt: skip
    plan, again = rt.plan(terms), rt.plan(terms)
    assert plan.solver["simplex_iterations"] > 0
    assert plan.solver["interior_point_iterations"] == plan.solver["nodes"] == 0
    assert plan.solver == again.solver


def test_interior_point_is_counted_apart() -> None:
    terms = rt.generate(parties=5, items=3, periods=12, whole=0, seed=1)
    solver = rt.plan(terms, method="ipx", objectives=("unmet_need",)).solver
    assert solver["interior_point_iterations"] > 0


def test_a_watch_with_another_limit_counts_into_the_same_effort() -> None:
    watch = Watch()
    replace(watch, time_limit=1.0).effort.note(simplex=3, nodes=-1)
    assert watch.effort == Effort(simplex_iterations=3)
