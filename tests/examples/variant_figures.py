"""The figures that an example's README states of its variants, computed anew from the plan of each.

In: a scenario as a variant has it, and its plan. Out: the cells of a row of the README's table. Only
figures that every best plan shares are here.
"""

from __future__ import annotations

from pathlib import Path

import ringtausch as rt
from ringtausch.insight.compare import figures_of
from tests.examples.figures import millions, number

__all__ = ["patriot_2025", "stated_rows"]


def patriot_2025(scenario: rt.Scenario, plan: rt.Plan) -> list[str]:
    """Compute a row of the table in examples/patriot-2025."""
    found = figures_of(scenario, plan)
    need = next(need for need in found.needs if need.need == "ten-systems")
    assert need.last is not None
    waits = [w for w in found.waits if (w.party, w.item) == ("DEU", "fire-unit")]
    swiss = sum(row.late for row in plan.rows("debts") if row.party == "CHE")
    return [
        number(need.met[-1]),
        f"{scenario.calendar.first_day(need.last):%B %Y}",
        f"{waits[0].periods} months" if waits else "gives none",
        f"{number(swiss)} system-months",
        number(plan.objectives["unmet_need"].value, 1),
        f"{millions(plan.objectives['spend'].value)} million euros",
    ]


def stated_rows(readme: Path) -> dict[str, list[str]]:
    """Read the table between the marks `variants` of a README: the cells after each name."""
    text = readme.read_text(encoding="utf-8")
    table = text.partition("<!-- variants -->")[2].partition("<!-- /variants -->")[0]
    rows = [line.strip().strip("|").split("|") for line in table.splitlines() if "|" in line]
    return {cells[0].strip(" `"): [cell.strip() for cell in cells[1:]] for cells in rows[2:]}
