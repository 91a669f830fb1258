"""Commands about plans: plan, verify."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ringtausch.cli.exit_codes import ExitCode
from ringtausch.cli.keeping import Frozen, Keep, find_changes, wrong_day
from ringtausch.cli.output import complain, print_json, refuse, refusing, say
from ringtausch.cli.scenario_commands import Edits, Force, Json, ScenarioPath, problem_entries
from ringtausch.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ringtausch.insight.changes import Changes
    from ringtausch.records import InvalidInput, Plan, Scenario
    from ringtausch.records.values import Value

__all__ = ["COMMANDS", "plan", "verify"]

PlanPath = Annotated[Path, typer.Argument(metavar="PLAN", help="Folder of the plan.")]
_METHODS = ("auto", "families", "simplex", "ipx", "hipo", "pdlp")


def plan(
    folder: ScenarioPath,
    *,
    out: Annotated[
        Path | None, typer.Option(metavar="PLAN", help="Folder to write; else ./NAME-plan.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE.html", help="Draw the report too.")
    ] = None,
    objectives: Annotated[
        str | None,
        typer.Option(metavar="a,b", help="Optimise these, in this order, instead of its own."),
    ] = None,
    optimality_gap: Annotated[
        float, typer.Option(metavar="SHARE", help="Be content this near to the best, as 0.01.")
    ] = 0.0,
    time_limit: Annotated[
        float | None, typer.Option(metavar="SECONDS", help="Stop then, with the best plan so far.")
    ] = None,
    threads: Annotated[int | None, typer.Option(metavar="N", help="Threads of the solver.")] = None,
    method: Annotated[
        str, typer.Option(metavar="NAME", help=f"How to solve: {', '.join(_METHODS)}.")
    ] = "auto",
    executor: Annotated[
        str,
        typer.Option(metavar="NAME", help="Of large problems' parts: local, or dask:ADDRESS."),
    ] = "local",
    memory: Annotated[
        str | None,
        typer.Option(metavar="SIZE", help="Stop before taking more, as 8GB or 500MB."),
    ] = None,
    edits: Edits = None,
    keep: Keep = None,
    frozen: Frozen = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Find the best plan for a scenario, prove it, write it and say what it comes to."""
    order, wrong = _objectives(objectives)
    wrong += _wrong_options(optimality_gap, time_limit, threads, method)
    wrong += _wrong_place(executor, memory) + wrong_day(frozen, keep)
    if wrong:
        refuse(*wrong)
    target = out or Path(f"{_name_of(folder)}-plan")
    _refuse_existing(folder, target, report, force=force)
    scenario = _edited(_read(folder, json=json), edits, folder, json=json)
    old = None if keep is None else _read_old(keep, json=json)
    day = None if frozen is None else date.fromisoformat(frozen)
    values = () if report is None else _values(folder, scenario)
    found = _find_plan(
        scenario,
        json=json,
        objectives=order,
        optimality_gap=optimality_gap,
        time_limit=time_limit,
        threads=threads,
        method=method,
        executor=executor,
        memory=memory,
        keep=old,
        frozen=day,
    )
    if edits:
        found = replace(found, settings={**found.settings, "edits": edits})
    with refusing(target):
        found.write(target, force=force)
    if report is not None:
        _draw(scenario, found, target, report, values, force=force)
    changes = find_changes(scenario, old, found, day, time_limit)
    _tell(scenario, found, target, report, changes, json=json)


def _draw(
    scenario: Scenario,
    found: Plan,
    target: Path,
    report: Path,
    values: Sequence[Value],
    *,
    force: bool,
) -> None:
    """Draw the report; where it cannot be written, the plan, which may have taken long, stays."""
    from ringtausch.pictures import write_report

    try:
        write_report(scenario, found, report, values=values, force=force)
    except OSError as error:
        refuse(
            f"{report}: {error.strerror or error}",
            _("The report is not written; the plan is: {place}").format(place=target),
        )


def _objectives(text: str | None) -> tuple[tuple[str, ...] | None, list[str]]:
    """Read the list of objectives, and say what is wrong with it."""
    if text is None:
        return None, []
    from ringtausch.records import OBJECTIVES
    from ringtausch.records.messages import repeated_objective, unknown_objective

    names = tuple(name.strip() for name in text.split(",") if name.strip())
    wrong = [unknown_objective(name, OBJECTIVES) for name in names if name not in OBJECTIVES]
    wrong += [repeated_objective(name) for name in OBJECTIVES if names.count(name) > 1]
    if not names:
        wrong.append(_("name at least one objective"))
    return names, [f"--objectives: {line}" for line in wrong]


def _wrong_options(
    gap: float, time_limit: float | None, threads: int | None, method: str
) -> list[str]:
    """Say which options mean nothing."""
    wrong = []
    if not 0 <= gap < 1:
        wrong.append(_("--optimality-gap: {gap} is not between 0 and 1").format(gap=gap))
    if time_limit is not None and not (0 <= time_limit < math.inf):
        wrong.append(_("--time-limit: {limit} is no number of seconds").format(limit=time_limit))
    if threads is not None and threads < 1:
        wrong.append(_("--threads: {threads} is below 1").format(threads=threads))
    if method not in _METHODS:
        wrong.append(
            _('--method: "{method}" is not one of {methods}').format(
                method=method, methods=", ".join(_METHODS)
            )
        )
    return wrong


def _wrong_place(executor: str, memory: str | None) -> list[str]:
    """Say what names no executor, and what is no size."""
    wrong = []
    if executor != "local":
        from ringtausch.planning.executors import wrong_name

        message = wrong_name(executor)
        wrong += [f"--executor: {message}"] if message else []
    if memory is not None:
        from ringtausch.planning.memory import parse_size

        if parse_size(memory) is None:
            message = _('"{size}" is no size; write for example 8GB or 500MB').format(size=memory)
            wrong.append(f"--memory: {message}")
    return wrong


def _name_of(folder: Path) -> str:
    """Name a scenario by its folder, or by its workbook."""
    path = folder.resolve()
    return path.stem if path.suffix.casefold() == ".xlsx" else path.name


def _refuse_existing(folder: Path, target: Path, report: Path | None, *, force: bool) -> None:
    """Refuse to overwrite before the work is done, not after."""
    from ringtausch.records.messages import exists_already

    wrong = []
    if target.resolve() == folder.resolve():
        wrong.append(
            _("{path} is the scenario itself; choose another folder for the plan").format(
                path=target
            )
        )
    if report is not None and report.resolve() == target.resolve():
        wrong.append(
            _("{path} is the plan's own folder; choose another file for the report").format(
                path=report
            )
        )
    for path in (target, report):
        usable = path is not None and force and path.is_dir() == (path is target)
        if path is not None and path.exists() and not usable:
            wrong.append(exists_already(str(path)))
    if wrong:
        refuse(*wrong)


def _read(folder: Path, *, json: bool) -> Scenario:
    """Read the scenario, counting its warnings, or end with all that is wrong with it."""
    from ringtausch.records import InvalidScenario, inspect_scenario

    reading = inspect_scenario(folder)
    if reading.scenario is None:
        if json:
            _print_invalid(InvalidScenario(reading.errors))
            raise typer.Exit(ExitCode.INVALID)
        with refusing(folder):
            raise InvalidScenario(reading.errors)
    warnings = len(reading.problems)
    if warnings:
        complain(
            ngettext(
                "{n} warning; to see it: ringtausch check {folder}",
                "{n} warnings; to see them: ringtausch check {folder}",
                warnings,
            ).format(n=warnings, folder=folder)
        )
    return reading.scenario


def _values(folder: Path, scenario: Scenario) -> tuple[Value, ...]:
    """Read the values that a report shows, before the work is done."""
    from ringtausch.records.values import read_values

    with refusing(folder):
        return read_values(folder, scenario)


def _edited(
    scenario: Scenario, edits: Sequence[str] | None, folder: Path, *, json: bool
) -> Scenario:
    """Change the scenario as asked, or end with all that is wrong with the edits."""
    if not edits:
        return scenario
    from ringtausch.records import InvalidEdit
    from ringtausch.records.edits import edit_scenario

    try:
        return edit_scenario(scenario, edits)
    except InvalidEdit as invalid:
        if json:
            _print_invalid(invalid)
            raise typer.Exit(ExitCode.INVALID) from None
        with refusing(folder):
            raise


def _read_old(folder: Path, *, json: bool) -> Plan:
    """Read the plan to keep, or end with all that is wrong with it."""
    from ringtausch.records import InvalidPlan, read_plan

    try:
        return read_plan(folder)
    except InvalidPlan as invalid:
        if json:
            _print_invalid(invalid)
            raise typer.Exit(ExitCode.INVALID) from None
        with refusing(folder):
            raise


def _print_invalid(invalid: InvalidInput) -> None:
    from ringtausch.cli.messages import OutcomeMessage

    print_json(OutcomeMessage(status="invalid", problems=problem_entries(invalid.problems)))


def _find_plan(scenario: Scenario, *, json: bool, **options: object) -> Plan:
    """Plan with progress on the terminal; where there is no plan say why and end."""
    from ringtausch import planning
    from ringtausch.cli.progress import TerminalProgress
    from ringtausch.records import InvalidInput

    try:
        with TerminalProgress() as progress:
            return planning.plan(scenario, on_progress=progress, **options)  # type: ignore[arg-type]
    except InvalidInput as invalid:  # the plan to keep, or the executor
        if json:
            _print_invalid(invalid)
            raise typer.Exit(ExitCode.INVALID) from None
        if all(problem.file == "--executor" for problem in invalid.problems):
            refuse(*map(str, invalid.problems))
        with refusing():
            raise
    except planning.Infeasible as infeasible:  # imported here, where there is no plan
        if json:
            _print_infeasible(infeasible)
        complain(str(infeasible))
        if not infeasible.irreducible and not isinstance(infeasible, planning.CannotKeep):
            complain(_("(time ran out before every row was shown to be needed)"))
        raise typer.Exit(ExitCode.INFEASIBLE) from None
    except planning.LimitReached as limit:
        if json:
            from ringtausch.cli.messages import OutcomeMessage

            print_json(OutcomeMessage(status="unknown", seconds=limit.seconds))
        complain(_("{limit}; nothing was written").format(limit=limit))
        raise typer.Exit(ExitCode.NO_PLAN_YET) from None


def _print_infeasible(infeasible: object) -> None:
    from ringtausch.cli.messages import ConflictEntry, OutcomeMessage
    from ringtausch.planning import Infeasible

    assert isinstance(infeasible, Infeasible)
    rows = [
        ConflictEntry(table=row.table, line=row.line, key=row.key, sentence=row.sentence)
        for row in infeasible.rows
    ]
    print_json(
        OutcomeMessage(status="infeasible", conflict=rows, irreducible=infeasible.irreducible)
    )


def _tell(
    scenario: Scenario,
    found: Plan,
    target: Path,
    report: Path | None,
    changes: Changes | None,
    *,
    json: bool,
) -> None:
    """Prove the plan, and say what it comes to."""
    from ringtausch.insight import verify as prove

    if found.settings.get("ended_by") == "memory":
        complain(_("memory came near its limit; this is the best plan found until then"))
    proof = prove(scenario, found)
    if json:
        from ringtausch.cli.keeping import ask_again_entries, change_entries
        from ringtausch.cli.messages import ObjectiveEntry, OutcomeMessage

        print_json(
            OutcomeMessage(
                status=found.status,
                plan=str(target),
                report=None if report is None else str(report),
                objectives={
                    name: ObjectiveEntry(value=o.value, bound=o.bound)
                    for name, o in found.objectives.items()
                },
                seconds=round(found.seconds, 3),
                verified=proof.ok,
                changes=change_entries(changes),
                ask_again=ask_again_entries(changes),
            )
        )
    else:
        from ringtausch.pictures import summary

        say(*summary(scenario, found))
        if changes is not None:
            say(*str(changes).splitlines())
        places = (
            str(target)
            if report is None
            else _("{plan}, {report}").format(plan=target, report=report)
        )
        say(_("Written: {places}").format(places=places))
    if not proof.ok:
        complain(
            _("This plan does not pass its own proof, which is a defect of ringtausch:"),
            *(violation.message for violation in proof.violations),
        )
        raise typer.Exit(ExitCode.BROKEN_RULE)


def verify(folder: ScenarioPath, plan_folder: PlanPath, *, json: Json = False) -> None:
    """Prove a plan, whoever made it: recompute everything and name each broken rule."""
    from ringtausch.insight import verify as prove
    from ringtausch.records import InvalidInput, read_plan, read_scenario

    try:
        scenario, found = read_scenario(folder), read_plan(plan_folder)
    except InvalidInput as invalid:
        if json:
            from ringtausch.cli.messages import ProofMessage

            print_json(ProofMessage(ok=False, problems=problem_entries(invalid.problems)))
            raise typer.Exit(ExitCode.INVALID) from None
        with refusing():
            raise
    proof = prove(scenario, found)
    if json:
        from ringtausch.cli.messages import ProofMessage, ViolationEntry

        print_json(
            ProofMessage(
                ok=proof.ok,
                violations=[
                    ViolationEntry(
                        rule=v.rule,
                        name=v.name,
                        row=v.row,
                        key=str(v.key),
                        amount=v.amount,
                        message=v.message,
                    )
                    for v in proof.violations
                ],
                objectives=proof.objectives,
                notes=list(proof.notes),
            )
        )
    else:
        say(*str(proof).splitlines())
        if proof.ok:
            say(*(f"  {name:18} {value:,.6g}" for name, value in proof.objectives.items()))
    if not proof.ok:
        raise typer.Exit(ExitCode.BROKEN_RULE)


COMMANDS = (plan, verify)
_EXAMPLES = {
    plan: "Example: ringtausch plan examples/patriot-2025 --report report.html",
    verify: "Example: ringtausch verify examples/patriot-2025 patriot-2025-plan",
}
for _command, _example in _EXAMPLES.items():
    _command.example = _example  # type: ignore[attr-defined]
