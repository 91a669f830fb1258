"""The command about scenarios without a plan: diagnose."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ringtausch.cli.exit_codes import ExitCode
from ringtausch.cli.keeping import Frozen, wrong_day
from ringtausch.cli.output import print_json, refuse, refusing, say
from ringtausch.cli.scenario_commands import Json, ScenarioPath, problem_entries
from ringtausch.language import _, ngettext

if TYPE_CHECKING:
    from ringtausch.insight.diagnose import Diagnosis, Repair

__all__ = ["COMMANDS", "diagnose"]

_WIDTH = 80
_CODES = {
    "feasible": ExitCode.OK,
    "infeasible": ExitCode.INFEASIBLE,
    "unknown": ExitCode.NO_PLAN_YET,
}


def diagnose(
    folder: ScenarioPath,
    *,
    reluctance: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Weights of rows; else reluctance.csv in the scenario."),
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option(metavar="OLDPLAN", help="A plan of which some is agreed, see --frozen."),
    ] = None,
    frozen: Frozen = None,
    time_limit: Annotated[
        float | None, typer.Option(metavar="SECONDS", help="Stop then, with what is known so far.")
    ] = None,
    json: Json = False,
) -> None:
    """Say which requirements cannot be met together, and the least that mends it."""
    wrong = wrong_day(frozen, keep)
    if keep is not None and frozen is None:
        wrong.append(_("--keep: say from when on it may be changed, with --frozen DATE"))
    if time_limit is not None and not (0 <= time_limit < math.inf):
        wrong.append(_("--time-limit: {limit} is no number of seconds").format(limit=time_limit))
    if wrong:
        refuse(*wrong)
    day = None if frozen is None else date.fromisoformat(frozen)
    found = _find(folder, reluctance, keep, day, time_limit, json=json)
    if json:
        from ringtausch.cli.diagnose_messages import DiagnosisMessage

        print_json(DiagnosisMessage.of(found))
    else:
        say(*_lines(found))
    raise typer.Exit(_CODES[found.status])


def _find(
    folder: Path,
    reluctance: Path | None,
    keep: Path | None,
    frozen: date | None,
    time_limit: float | None,
    *,
    json: bool,
) -> Diagnosis:
    """Diagnose, or end with all that is wrong with what was given."""
    from ringtausch.insight.diagnose import diagnose as find
    from ringtausch.records import InvalidInput, read_plan, read_scenario

    try:
        scenario = read_scenario(folder)
        return find(
            scenario,
            keep=None if keep is None else read_plan(keep),
            frozen=frozen,
            reluctance=folder if reluctance is None else reluctance,
            time_limit=time_limit,
        )
    except InvalidInput as invalid:
        if json:
            from ringtausch.cli.diagnose_messages import DiagnosisMessage

            problems = problem_entries(invalid.problems)
            print_json(DiagnosisMessage(status="invalid", problems=problems))
            raise typer.Exit(ExitCode.INVALID) from None
        with refusing():
            raise
        raise


def _lines(found: Diagnosis) -> Iterator[str]:
    """Say it in paragraphs of 80 columns."""
    if found.status == "feasible":
        yield _("There is a plan that obeys all rules: nothing is to be mended.")
    if found.status == "infeasible":
        count = len(found.conflicts)
        yield ngettext(
            "No plan obeys all rules: {n} conflict among the requirements.",
            "No plan obeys all rules: {n} conflicts among the requirements.",
            count,
        ).format(n=count)
    for number, conflict in enumerate(found.conflicts, start=1):
        yield ""
        yield from _wrapped(f"{number}. ", conflict.sentence)
    said: dict[tuple[str, ...], str] = {}
    for repair in found.repairs:
        yield ""
        yield from _repair_lines(repair, said)
    if found.open_points and found.conflicts:
        yield ""
    for point in found.open_points:
        yield from _wrapped("", _("Not shown: {point}").format(point=point))


def _repair_lines(repair: Repair, said: dict[tuple[str, ...], str]) -> Iterator[str]:
    heads = {
        "fewest_rows": _("Repair with the fewest rows"),
        "least_amount": _("Repair of the least amount"),
        "least_reluctance": _("Repair of the least reluctance"),
    }
    head = heads[repair.kind]
    if repair.edits in said:
        same = _("{head}: as above ({other}).").format(head=head, other=said[repair.edits])
        yield from _wrapped("", same)
        return
    said[repair.edits] = head[:1].lower() + head[1:]
    yield from _wrapped("", f"{head}. {repair.sentence}")
    for edit in repair.edits:
        yield f"    --edit {_quoted(edit)}"
    if repair.objectives:
        values = ", ".join(f"{name} {value:,.6g}" for name, value in repair.objectives.items())
        yield from _wrapped("    ", _("then: {values}").format(values=values))


def _quoted(edit: str) -> str:
    from shlex import quote

    return quote(edit)


def _wrapped(head: str, text: str) -> list[str]:
    from textwrap import wrap

    return wrap(
        text,
        _WIDTH,
        initial_indent=head,
        subsequent_indent=" " * len(head),
        break_long_words=False,
        break_on_hyphens=False,
    )


COMMANDS = (diagnose,)
diagnose.example = "Example: ringtausch diagnose my-case --time-limit 60"  # type: ignore[attr-defined]
