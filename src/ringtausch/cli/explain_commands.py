"""The command that says why a plan is as it is: explain."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from ringtausch.cli.exit_codes import ExitCode
from ringtausch.cli.output import complain, print_json, refuse, refusing, say
from ringtausch.cli.plan_commands import PlanPath
from ringtausch.cli.scenario_commands import Edits, Json, ScenarioPath, problem_entries
from ringtausch.language import _

if TYPE_CHECKING:
    from ringtausch.cli.explain_messages import ExplainMessage
    from ringtausch.records import InvalidInput, Plan, Scenario

__all__ = ["COMMANDS", "explain"]


def explain(
    folder: ScenarioPath,
    plan_folder: PlanPath,
    *,
    need: Annotated[
        str | None, typer.Option(metavar="NEED", help="Only why this need is not met.")
    ] = None,
    party: Annotated[
        str | None, typer.Option(metavar="PARTY", help="Only what this party lacks or waits for.")
    ] = None,
    item: Annotated[
        str | None, typer.Option(metavar="ITEM", help="Only what this item would serve.")
    ] = None,
    fund: Annotated[
        str | None, typer.Option(metavar="FUND", help="Only what the limits of this fund cause.")
    ] = None,
    gap: Annotated[
        str | None,
        typer.Option(metavar="PARTY:CAPABILITY:DATE", help="Only this gap in this period."),
    ] = None,
    instead: Annotated[
        list[str] | None,
        typer.Option(
            metavar="EDIT", help="What this change of the plan would cost; may be repeated."
        ),
    ] = None,
    of: Annotated[
        str | None,
        typer.Option(metavar="PATH", help="Who waits for a row, such as 'offers[offer=DEU-1]'."),
    ] = None,
    edits: Edits = None,
    time_limit: Annotated[
        float | None, typer.Option(metavar="SECONDS", help="Stop then, with what is found.")
    ] = None,
    json: Json = False,
) -> None:
    """Say why: what binds each unmet need, gap and late replacement of a plan, all proved."""
    from ringtausch.planning import Infeasible
    from ringtausch.records import InvalidInput, read_plan, read_scenario
    from ringtausch.records.edits import edit_scenario

    names = {"need": need, "party": party, "item": item, "fund": fund, "gap": gap}
    filters = {name: value for name, value in names.items() if value is not None}
    _refuse_options(filters, instead, of, time_limit)
    try:
        scenario = read_scenario(folder)
        scenario = edit_scenario(scenario, edits) if edits else scenario
        plan = read_plan(plan_folder)
        if instead:
            message, text = _instead(scenario, plan, instead, time_limit)
        elif of is not None:
            message, text = _of(scenario, plan, of, time_limit)
        else:
            message, text = _explain(scenario, plan, filters, time_limit)
    except InvalidInput as invalid:
        _refuse(invalid, json=json)
    except Infeasible as infeasible:
        _tell_infeasible(infeasible, folder, json=json)
    if json:
        print_json(message)
    else:
        say(*text.splitlines())


def _refuse_options(
    filters: dict[str, str], instead: list[str] | None, of: str | None, time_limit: float | None
) -> None:
    """Refuse options that mean nothing, or nothing together."""
    wrong = []
    if instead and of is not None:
        wrong.append(_("--instead and --of: ask one thing at a time"))
    if filters and (instead or of is not None):
        wrong.append(
            _("--{name}: cannot be used with --instead or --of").format(name=next(iter(filters)))
        )
    if "need" in filters and "gap" in filters:
        wrong.append(_("--need and --gap: ask one thing at a time"))
    if time_limit is not None and not (0 <= time_limit < math.inf):
        wrong.append(_("--time-limit: {limit} is no number of seconds").format(limit=time_limit))
    if wrong:
        refuse(*wrong)


def _explain(
    scenario: Scenario, plan: Plan, filters: dict[str, str], time_limit: float | None
) -> tuple[ExplainMessage, str]:
    from ringtausch.cli.explain_messages import ExplainMessage
    from ringtausch.insight.explain import explain as find
    from ringtausch.planning.executors import usable_cores

    processes = min(usable_cores(), 8)
    found = find(scenario, plan, time_limit=time_limit, processes=processes, **filters)
    return ExplainMessage.of_explanation(found), str(found)


def _instead(
    scenario: Scenario, plan: Plan, edits: list[str], time_limit: float | None
) -> tuple[ExplainMessage, str]:
    from ringtausch.cli.explain_messages import ExplainMessage
    from ringtausch.insight.explain import instead

    found = instead(scenario, plan, *edits, time_limit=time_limit)
    return ExplainMessage.of_instead(found), str(found)


def _of(
    scenario: Scenario, plan: Plan, row: str, time_limit: float | None
) -> tuple[ExplainMessage, str]:
    from ringtausch.cli.explain_messages import ExplainMessage
    from ringtausch.insight.explain import waiting_for

    found = waiting_for(scenario, plan, row, time_limit=time_limit)
    return ExplainMessage.of_waiting(found), str(found)


def _refuse(invalid: InvalidInput, *, json: bool) -> NoReturn:
    if json:
        from ringtausch.cli.explain_messages import ExplainMessage

        print_json(ExplainMessage(status="invalid", problems=problem_entries(invalid.problems)))
        raise typer.Exit(ExitCode.INVALID)
    if len(invalid.problems) == 1:
        refuse(str(invalid.problems[0]))
    with refusing():
        raise invalid
    raise AssertionError


def _tell_infeasible(infeasible: Exception, folder: Path, *, json: bool) -> NoReturn:
    if json:
        from ringtausch.cli.explain_messages import ExplainMessage

        print_json(ExplainMessage(status="infeasible"))
    complain(str(infeasible), _("To mend it: ringtausch diagnose {folder}").format(folder=folder))
    raise typer.Exit(ExitCode.INFEASIBLE) from None


COMMANDS = (explain,)
explain.example = (  # type: ignore[attr-defined]
    "Example: ringtausch explain examples/patriot-2025 patriot-2025-plan --need ten-systems"
)
