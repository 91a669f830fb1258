"""The command that plans variants of a scenario side by side: compare."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ringtausch.cli.exit_codes import ExitCode
from ringtausch.cli.output import print_json, refuse, refusing, say
from ringtausch.cli.scenario_commands import Edits, Force, Json, ScenarioPath, problem_entries
from ringtausch.language import _

if TYPE_CHECKING:
    from ringtausch.insight.compare import Comparison
    from ringtausch.records import InvalidInput

__all__ = ["COMMANDS", "compare"]


def compare(
    folder: ScenarioPath,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAMES...", help="Variants to compare; else all there are."),
    ] = None,
    *,
    plan: Annotated[
        Path | None, typer.Option(metavar="OLD", help="An older plan of DIR, to stand beside.")
    ] = None,
    edits: Edits = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE.html", help="Draw the comparison as a page too.")
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", help="For each variant: its best plan by then."),
    ] = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Plan the variants of a scenario side by side and say what each changes."""
    from ringtausch.records import InvalidInput

    if time_limit is not None and not (0 <= time_limit < math.inf):
        refuse(_("--time-limit: {limit} is no number of seconds").format(limit=time_limit))
    _refuse_existing(out, force=force)
    try:
        found = _compare(folder, names or [], plan, edits or [], time_limit)
    except InvalidInput as invalid:
        if json:
            _print_refused(invalid)
            raise typer.Exit(ExitCode.INVALID) from None
        with refusing(folder):
            raise
    if out is not None:
        from ringtausch.pictures import write_comparison

        with refusing(out):
            write_comparison(found, out, force=force)
    _tell(found, out, json=json)
    if not any(column.objectives for column in found.columns):
        late = any(column.status == "unknown" for column in found.columns)
        raise typer.Exit(ExitCode.NO_PLAN_YET if late else ExitCode.INFEASIBLE)


def _refuse_existing(out: Path | None, *, force: bool) -> None:
    """Refuse to overwrite before the work is done, not after."""
    from ringtausch.records.messages import exists_already

    if out is not None and out.exists() and not (force and out.is_file()):
        refuse(exists_already(str(out)))


def _compare(
    folder: Path, names: list[str], old: Path | None, edits: list[str], time_limit: float | None
) -> Comparison:
    """Read everything, and plan it; every problem with the input is raised."""
    from ringtausch.insight.compare import choose
    from ringtausch.insight.compare import compare as find
    from ringtausch.insight.compare.messages import nothing_to_compare
    from ringtausch.planning.executors import usable_cores
    from ringtausch.records import InvalidInput, Problem, read_plan, read_scenario, read_variants
    from ringtausch.records.edits import edit_scenario

    scenario = read_scenario(folder)
    chosen = choose(read_variants(folder, scenario), names)
    agreed = None if old is None else read_plan(old)
    if not chosen and agreed is None:
        raise InvalidInput([Problem("variants.toml", 0, "", "", nothing_to_compare(str(folder)))])
    return find(
        edit_scenario(scenario, edits) if edits else scenario,
        chosen,
        agreed,
        time_limit=time_limit,
        processes=usable_cores(),
        written_for=scenario,
    )


def _print_refused(invalid: InvalidInput) -> None:
    from ringtausch.cli.compare_messages import CompareMessage

    print_json(CompareMessage(ok=False, problems=problem_entries(invalid.problems)))


def _tell(found: Comparison, out: Path | None, *, json: bool) -> None:
    if json:
        from ringtausch.cli.compare_messages import CompareMessage

        print_json(CompareMessage.of(found, None if out is None else str(out)))
        return
    from ringtausch.pictures import comparison_lines

    say(*comparison_lines(found))
    if out is not None:
        say("", _("Written: {places}").format(places=out))


COMMANDS = (compare,)
compare.example = (  # type: ignore[attr-defined]
    "Example: ringtausch compare examples/patriot-2025 --out comparison.html"
)
