"""The command that draws the report of a plan: report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ringtausch.cli.exit_codes import ExitCode
from ringtausch.cli.output import complain, refuse, refusing, say
from ringtausch.cli.plan_commands import PlanPath
from ringtausch.cli.scenario_commands import Force, ScenarioPath
from ringtausch.language import _

if TYPE_CHECKING:
    from ringtausch.records import Plan, Scenario

__all__ = ["COMMANDS", "report"]


def report(
    folder: ScenarioPath,
    plan_folder: PlanPath,
    *,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE.html", help="File to write; else ./NAME-report.html."),
    ] = None,
    why: Annotated[
        bool, typer.Option("--why", help="Say too why not more, and whom to ask: takes a while.")
    ] = False,
    time_limit: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", min=0, help="With --why: give each question so long."),
    ] = None,
    force: Force = False,
) -> None:
    """Draw the report of a plan: one HTML file that works offline and prints."""
    from ringtausch.pictures import write_report
    from ringtausch.records import read_plan, read_scenario
    from ringtausch.records.values import read_values

    if time_limit is not None and not why:
        refuse(_("--time-limit: counts with --why only; leave it out, or say --why"))
    target = out or Path(f"{_name_of(folder)}-report.html")
    _refuse_existing(target, force=force)
    with refusing():
        scenario, found = read_scenario(folder), read_plan(plan_folder)
        values = read_values(folder, scenario)
        answers = _answers(scenario, found, time_limit) if why else {}
        write_report(scenario, found, target, values=values, force=force, **answers)
    say(_("Written: {places}").format(places=target))


def _name_of(folder: Path) -> str:
    """Name a scenario by its folder, or by its workbook."""
    path = folder.resolve()
    return path.stem if path.suffix.casefold() == ".xlsx" else path.name


def _refuse_existing(target: Path, *, force: bool) -> None:
    """Refuse to overwrite before the work is done, not after."""
    from ringtausch.records.messages import exists_already

    if target.exists() and not (force and target.is_file()):
        refuse(exists_already(str(target)))


def _answers(scenario: Scenario, found: Plan, time_limit: float | None) -> dict[str, Any]:
    """Find out what binds the plan and whom to ask, or say that there is no plan at all and end."""
    from ringtausch.insight.asks import asks
    from ringtausch.insight.explain import explain
    from ringtausch.planning import Infeasible
    from ringtausch.planning.executors import usable_cores

    work = usable_cores()
    if sys.stderr.isatty():
        complain(_("finding out what binds the plan and whom to ask; this takes a while"))
    try:
        return {
            "why": explain(scenario, found, time_limit=time_limit, processes=work),
            "asks": asks(scenario, plan=found, time_limit=time_limit, processes=work),
        }
    except Infeasible as infeasible:
        complain(str(infeasible))
        raise typer.Exit(ExitCode.INFEASIBLE) from None


COMMANDS = (report,)
report.example = (  # type: ignore[attr-defined]
    "Example: ringtausch report examples/patriot-2025 patriot-2025-plan --why"
)
