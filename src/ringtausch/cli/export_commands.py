"""The command that hands the model to other solvers: export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ringtausch.cli.exit_codes import ExitCode
from ringtausch.cli.output import print_json, refuse, refusing, say
from ringtausch.cli.scenario_commands import Force, Json, ScenarioPath, problem_entries
from ringtausch.language import _

if TYPE_CHECKING:
    from ringtausch.insight.export import Exported
    from ringtausch.records import Scenario

__all__ = ["COMMANDS", "export"]


def export(
    folder: ScenarioPath,
    *,
    mps: Annotated[bool, typer.Option("--mps", help="Write the MPS format (free form).")] = False,
    lp: Annotated[bool, typer.Option("--lp", help="Write the LP format.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="File to write; else ./NAME.mps or ./NAME.lp."),
    ] = None,
    objective: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Of this objective alone, instead of the first."),
    ] = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Write the first objective's model, with names from the rules, for any other solver."""
    kind = _kind(mps=mps, lp=lp)
    target = out or Path(f"{_name_of(folder)}.{kind}")
    _refuse_scenario(folder, target)
    _refuse_existing(target, force=force)
    scenario = _read(folder, json=json)
    _refuse_unknown(objective, scenario)
    from ringtausch.insight.export import export as write_model

    with refusing(target):
        made = write_model(scenario, target, kind=kind, objective=objective, force=force)
    if json:
        from ringtausch.cli.export_messages import ExportMessage

        print_json(ExportMessage.of(made))
    else:
        say(*_lines(made))


def _kind(*, mps: bool, lp: bool) -> str:
    """Choose the format: exactly one is asked for."""
    if mps == lp:
        refuse(
            _("--mps and --lp: choose one of them; for both, run it twice")
            if mps
            else _("say which format to write: --mps or --lp")
        )
    return "mps" if mps else "lp"


def _name_of(folder: Path) -> str:
    """Name a scenario by its folder, or by its workbook."""
    path = folder.resolve()
    return path.stem if path.suffix.casefold() == ".xlsx" else path.name


def _refuse_scenario(folder: Path, target: Path) -> None:
    """Refuse to write over a table of the scenario, or its workbook, even with --force."""
    place, source = target.resolve(), folder.resolve()
    table = place.parent == source and place.suffix.casefold() in {".csv", ".toml"}
    if table or place == source:
        refuse(_("{path} belongs to the scenario; choose another place").format(path=target))


def _refuse_existing(target: Path, *, force: bool) -> None:
    """Refuse to overwrite before the work is done, not after."""
    from ringtausch.records.messages import exists_already

    if target.exists() and not (force and target.is_file()):
        refuse(exists_already(str(target)))


def _read(folder: Path, *, json: bool) -> Scenario:
    from ringtausch.records import InvalidInput, read_scenario

    try:
        return read_scenario(folder)
    except InvalidInput as invalid:
        if json:
            from ringtausch.cli.export_messages import ExportMessage

            print_json(ExportMessage(ok=False, problems=problem_entries(invalid.problems)))
            raise typer.Exit(ExitCode.INVALID) from None
        with refusing(folder):
            raise


def _refuse_unknown(objective: str | None, scenario: Scenario) -> None:
    """Refuse an objective that the scenario does not have."""
    from ringtausch.records.messages import unknown_objective

    if objective is not None and objective not in scenario.objectives:
        refuse(f"--objective: {unknown_objective(objective, scenario.objectives)}")


def _lines(made: Exported) -> list[str]:
    lines = [
        _("Written: {places}").format(places=made.path),
        _(
            "{objective}, to be minimised: {rows} rows, {columns} columns ({whole} of them whole),"
            " {entries} entries"
        ).format(
            objective=made.objective,
            rows=made.rows,
            columns=made.columns,
            whole=made.whole_columns,
            entries=made.entries,
        ),
    ]
    if made.arrows:
        lines.append(
            _("Circles are possible; {arrows} columns and their rows forbid them (rule 13)").format(
                arrows=made.arrows
            )
        )
    return lines


COMMANDS = (export,)
export.example = "Example: ringtausch export examples/patriot-2025 --lp"  # type: ignore[attr-defined]
