"""The command about what may fail: fallback."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ringtausch.cli.exit_codes import ExitCode
from ringtausch.cli.output import complain, print_json, refuse, refusing, say
from ringtausch.cli.scenario_commands import Edits, Json, ScenarioPath, problem_entries
from ringtausch.language import _

if TYPE_CHECKING:
    from ringtausch.insight.fallback import Fallbacks

__all__ = ["COMMANDS", "fallback"]

PlanPath = Annotated[Path, typer.Argument(metavar="PLAN", help="Folder of the plan.")]


def fallback(
    folder: ScenarioPath,
    plan_folder: PlanPath,
    *,
    edits: Edits = None,
    time_limit: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", help="For each leg: the best plan without it by then."),
    ] = None,
    json: Json = False,
) -> None:
    """Say what is left where a donor, order, payment or consent fails, and what to prepare now."""
    from ringtausch.records import InvalidInput

    if time_limit is not None and not (0 <= time_limit < math.inf):
        refuse(_("--time-limit: {limit} is no number of seconds").format(limit=time_limit))
    try:
        found = _find(folder, plan_folder, edits or [], time_limit)
    except InvalidInput as invalid:
        if json:
            from ringtausch.cli.fallback_messages import FallbackMessage

            print_json(FallbackMessage(ok=False, problems=problem_entries(invalid.problems)))
            raise typer.Exit(ExitCode.INVALID) from None
        with refusing():
            raise
    if json:
        from ringtausch.cli.fallback_messages import FallbackMessage

        print_json(FallbackMessage.of(found))
    else:
        say(*str(found).splitlines())


def _find(folder: Path, plan_folder: Path, edits: list[str], time_limit: float | None) -> Fallbacks:
    """Read everything and find the fallbacks; every problem with the input is raised."""
    import sys

    from ringtausch.insight.fallback import fallback as find
    from ringtausch.planning.executors import usable_cores
    from ringtausch.records import read_plan, read_scenario
    from ringtausch.records.edits import edit_scenario

    scenario = read_scenario(folder)
    if edits:
        scenario = edit_scenario(scenario, edits)
    plan = read_plan(plan_folder)

    def tell(done: int, count: int) -> None:
        """Say how far it is, on a terminal."""
        if sys.stderr.isatty():
            complain(_("{done} of {count} legs").format(done=done, count=count))

    return find(scenario, plan, time_limit=time_limit, processes=usable_cores(), on_leg=tell)


COMMANDS = (fallback,)
fallback.example = (  # type: ignore[attr-defined]
    "Example: ringtausch fallback examples/patriot-2025 patriot-2025-plan"
)
