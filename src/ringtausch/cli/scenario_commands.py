"""Commands about scenarios: new, check, convert, generate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ringtausch.cli.exit_codes import ExitCode
from ringtausch.cli.output import complain, counted, print_json, refuse, refusing, say
from ringtausch.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ringtausch.cli.messages import ProblemEntry
    from ringtausch.records import Problem

__all__ = ["COMMANDS", "check", "convert", "generate", "new", "problem_entries"]

_STARTER = Path(__file__).with_name("starter")
ScenarioPath = Annotated[
    Path, typer.Argument(metavar="DIR", help="Scenario folder, or a workbook scenario.xlsx.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace what is there already.")]
Edits = Annotated[
    list[str] | None,
    typer.Option("--edit", metavar="EDIT", help="Change the scenario first; may be repeated."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]


def problem_entries(problems: Sequence[Problem]) -> list[ProblemEntry]:
    """Turn problems into entries of a JSON message."""
    from ringtausch.cli.messages import ProblemEntry

    return [
        ProblemEntry(
            file=p.file,
            line=p.line,
            column=p.column,
            value=p.value,
            message=p.message,
            severity=p.severity,
        )
        for p in problems
    ]


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write.")],
) -> None:
    """Write a small scenario with comments, ready to be planned and changed."""
    import shutil

    from ringtausch.records.folders import write_folder_whole

    def fill(fresh: Path) -> None:
        for file in sorted(_STARTER.iterdir()):
            if file.is_file() and file.suffix in {".csv", ".toml", ".md"}:
                shutil.copyfile(file, fresh / file.name)

    with refusing(folder):
        write_folder_whole(folder, fill, force=False, ours=())
    say(
        _("{folder} is a scenario: who holds, offers, needs, owes and pays what.").format(
            folder=folder
        ),
        _("Read {folder}/README.md, then try:  ringtausch plan {folder}").format(folder=folder),
    )


def check(folder: ScenarioPath, *, json: Json = False) -> None:
    """List everything that is wrong with a scenario, and what would be right."""
    from ringtausch.records import inspect_folder

    reading = inspect_folder(folder)
    scenario = reading.scenario
    if json:
        from ringtausch.cli.messages import CheckMessage

        print_json(
            CheckMessage(
                ok=not reading.errors,
                name=scenario.name if scenario else None,
                hash=scenario.content_hash if scenario else None,
                problems=problem_entries(reading.problems),
            )
        )
    else:
        for problem in reading.problems:
            warning = problem.severity == "warning"
            complain((_("warning: ") if warning else "") + str(problem))
        summary = counted(reading.problems)
        if scenario is None or reading.errors:
            complain(_("{summary} in {folder}").format(summary=summary, folder=folder))
        else:
            rows = sum(len(scenario.rows(table)) for table in _tables())
            say(
                _("{folder}: {summary}; {rows} rows read").format(
                    folder=folder, summary=summary, rows=rows
                )
            )
    if scenario is None or reading.errors:
        raise typer.Exit(ExitCode.INVALID)


def _tables() -> Sequence[str]:
    from ringtausch.records import TABLES

    return list(TABLES)


def convert(
    source: Annotated[
        Path, typer.Argument(metavar="FROM", help="Scenario folder, or a workbook (.xlsx).")
    ],
    target: Annotated[
        Path, typer.Argument(metavar="TO", help="A name ending in .xlsx makes a workbook.")
    ],
    *,
    force: Force = False,
) -> None:
    """Turn a scenario folder into a workbook, or a workbook into a folder, without loss."""
    from ringtausch.records import convert_scenario, read_scenario

    with refusing(source):
        scenario = read_scenario(source)
        left = convert_scenario(scenario, source, target, force=force)
    say(_("{target} is written").format(target=target))
    if left:
        complain(
            _("a workbook has no place for {files}; they stay in {source}").format(
                files=", ".join(left), source=source
            )
        )


def generate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write.")],
    *,
    parties: Annotated[int, typer.Option(help="How many parties.")] = 8,
    items: Annotated[int, typer.Option(help="How many items.")] = 6,
    periods: Annotated[int, typer.Option(help="How many months, settlement included.")] = 24,
    whole: Annotated[float, typer.Option(metavar="SHARE", help="Share of whole items.")] = 0.3,
    seed: Annotated[int, typer.Option(help="Equal seeds give equal scenarios.")] = 1,
    force: Force = False,
) -> None:
    """Make a random, realistic scenario of any size for tests and benchmarks."""
    from ringtausch.records import write_scenario
    from ringtausch.records.generate import generate_scenario

    try:
        scenario = generate_scenario(
            parties=parties, items=items, periods=periods, whole=whole, seed=seed
        )
    except ValueError as error:
        refuse(str(error))
    with refusing(folder):
        write_scenario(scenario, folder, force=force)
    say(_("{folder} is written: {scenario!r}").format(folder=folder, scenario=scenario))


COMMANDS = (new, check, convert, generate)
_EXAMPLES = {
    new: "Example: ringtausch new my-case",
    check: "Example: ringtausch check examples/patriot-2025",
    convert: "Example: ringtausch convert my-case my-case.xlsx",
    generate: "Example: ringtausch generate big --parties 30 --items 50 --periods 60 --seed 1",
}
for _command, _example in _EXAMPLES.items():
    _command.example = _example  # type: ignore[attr-defined]
