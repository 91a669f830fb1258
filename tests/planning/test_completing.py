"""A solution at hand as the start for a changed scenario: what no longer fits is none."""

from __future__ import annotations

import ringtausch as rt
from ringtausch.planning.bench import Bench
from ringtausch.planning.completing import completed
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.model import build_model
from ringtausch.planning.watch import Watch
from tests.builders import scenario


def test_what_could_be_divided_is_no_start_where_it_no_longer_can() -> None:
    """A has 2.5 and keeps 1, so that C gets 1.5 of 3; and 1 as soon as a gun cannot be divided."""
    case = scenario(
        horizon=1,
        settlement=0,
        objectives=["unmet_need", "moved_value"],
        stocks="A,gun,2.5",
        floors="A,gun,2025-01-01,1",
        offers="a,A,gun,3",
        lanes="A,C,gun",
        needs="n,C,gun,3,2025-01-01",
    )
    bench = Bench(case)
    assert bench.objectives["unmet_need"] == 1.5
    whole = rt.edit(case, "items[item=gun].indivisible=true")
    model = build_model(gather_facts(whole), whole.objectives)
    assert completed(whole, model, bench.plan, Watch()) is None
    trial = bench.try_(whole)
    assert (trial.status, trial.objectives["unmet_need"]) == ("optimal", 2)
