"""The command about what a plan comes to for each party: measures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ringtausch.cli.output import print_json, refusing, say
from ringtausch.cli.plan_commands import PlanPath
from ringtausch.cli.scenario_commands import Json, ScenarioPath

__all__ = ["COMMANDS", "measures"]

_BASES = "book, acquisition, replacement, market, declared"


def measures(
    folder: ScenarioPath,
    plan_folder: PlanPath,
    *,
    basis: Annotated[
        str | None, typer.Option(metavar="NAME", help=f"Value things by this alone: {_BASES}.")
    ] = None,
    values: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="Table of values; else values.csv in the scenario."),
    ] = None,
    json: Json = False,
) -> None:
    """Measure what a plan asks of each party, and what each gets for it."""
    from ringtausch.insight.measures import measures as measure
    from ringtausch.records import read_plan, read_scenario
    from ringtausch.records.values import read_values

    with refusing():
        scenario, found = read_scenario(folder), read_plan(plan_folder)
        rows = read_values(folder if values is None else values, scenario)
        measured = measure(scenario, found, rows, basis=basis)
    if json:
        from ringtausch.cli.measures_messages import MeasuresMessage

        print_json(MeasuresMessage.of(measured))
    else:
        from ringtausch.pictures.measures_text import measures_lines

        say(*measures_lines(scenario, measured, one_basis=basis is not None))


COMMANDS = (measures,)
measures.example = (  # type: ignore[attr-defined]
    "Example: ringtausch measures examples/patriot-2025 patriot-2025-plan --basis replacement"
)
