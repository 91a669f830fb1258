"""Commands that close the loop between register and plan: scenario, adopt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ringtausch.cli.output import complain, print_json, refusing, say
from ringtausch.cli.register_options import (
    As,
    AsOf,
    Json,
    KnownAt,
    RecordedBy,
    RegisterAt,
    RuleName,
    asked_of,
    positions_of,
    recorder_of,
)
from ringtausch.language import _

if TYPE_CHECKING:
    from ringtausch.exchange.loop.adopting import Adopted, Proposal, Recorder
    from ringtausch.hub.asking import Asked

__all__ = ["COMMANDS", "adopt", "scenario"]

_PLAN = "-plan"  # what `ringtausch plan` adds to the name of a scenario


def scenario(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="Scenario folder to write.")],
    *,
    register: RegisterAt = None,
    as_of: AsOf = None,
    terms: Annotated[
        Path | None,
        typer.Option("--terms", metavar="DIR", help="A scenario folder of what no statement says."),
    ] = None,
    known_at: KnownAt = None,
    reader: As = None,
    rule: RuleName = "tracker",
    force: Annotated[bool, typer.Option("--force", help="Replace what is there already.")] = False,
    json: Json = False,
) -> None:
    """Turn what a register knows into a scenario folder that can be planned, with where each row is from."""
    with asked_of(register, as_of, known_at, reader, rule) as asked, refusing(terms):
        from ringtausch.exchange.loop.scenario import scenario_from
        from ringtausch.exchange.loop.writing import write_made
        from ringtausch.records import read_scenario

        of_terms = None if terms is None else read_scenario(terms)
        with refusing():
            made = scenario_from(positions_of(asked), of_terms)
            write_made(made, folder, force=force)
    if json:
        from ringtausch.cli.loop_messages import ScenarioMadeMessage

        print_json(ScenarioMadeMessage.of(str(folder), made))
        return
    from ringtausch.cli.loop_table import made_lines
    from ringtausch.cli.register_table import paragraph

    say(
        *made_lines(made),
        "",
        *paragraph(
            _("{folder} is written: {scenario!r}").format(folder=folder, scenario=made.scenario)
        ),
        _("Now plan it:  ringtausch plan {folder}").format(folder=folder),
    )


def adopt(
    folder: Annotated[
        Path, typer.Argument(metavar="PLAN", help="Plan folder, as ringtausch plan wrote it.")
    ],
    *,
    register: RegisterAt = None,
    months: Annotated[
        int, typer.Option(metavar="N", help="How many months of the plan, from its first one.")
    ] = 1,
    of: Annotated[
        Path | None,
        typer.Option(
            "--scenario",
            metavar="DIR",
            help="The scenario that was planned; else PLAN without -plan.",
        ),
    ] = None,
    recorded_by: RecordedBy = None,
    reader: As = None,
    visibility: Annotated[
        str,
        typer.Option(
            "--visibility",
            metavar="WHO",
            help="Who may read it: public, coalition, or parties, separated by semicolons.",
        ),
    ] = "public",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be recorded, and record nothing.")
    ] = False,
    json: Json = False,
) -> None:
    """Propose what a plan decides in its next months: matters of which nothing counts until it is agreed."""
    with refusing(folder):
        adopted = _adopted(folder, of)
    start = adopted.scenario.start.isoformat()
    with asked_of(register, start, None, reader) as asked:
        from ringtausch.exchange.loop.adopting import proposals

        who = _recorder(recorder_of(recorded_by, reader), visibility)
        found = proposals(adopted, positions_of(asked), months, who)
        if not json:
            from ringtausch.cli.loop_table import proposal_lines

            say(*proposal_lines(found, adopted.sha256))
        _record(asked, found, who.name, dry_run=dry_run)
        place = asked.store.place
    if json:
        from ringtausch.cli.loop_messages import AdoptedMessage

        print_json(AdoptedMessage.of(place, adopted.sha256, found, dry_run=dry_run))
    elif dry_run:
        complain(_("Nothing is recorded."))
    elif found:
        say(_("Recorded in {place}.").format(place=place))


def _recorder(name: str, visibility: str) -> Recorder:
    """Say who proposes, today, and who may read it."""
    from datetime import UTC, datetime

    from ringtausch.exchange.loop.adopting import Recorder

    today = datetime.now(UTC).date()
    return Recorder(name, today, tuple(sorted(part.strip() for part in visibility.split(";"))))


def _record(asked: Asked, found: list[Proposal], recorder: str, *, dry_run: bool) -> None:
    """Record all proposals, or none; suppliers that are new become companies of the directory."""
    from ringtausch.exchange.loop.adopting import new_suppliers
    from ringtausch.hub.recording import record
    from ringtausch.register.checking import Place

    if found:
        record(
            asked.store,
            [(one.draft, Place(one.draft.matter)) for one in found],
            recorder,
            directory=new_suppliers(found, asked.directory),
            reader=asked.reader,
            dry_run=dry_run,
        )


def _adopted(folder: Path, of: Path | None) -> Adopted:
    """Read a plan with the scenario that it is of."""
    from ringtausch.exchange.loop import refusals
    from ringtausch.exchange.loop.adopting import Adopted
    from ringtausch.exchange.loop.plan_hash import plan_hash
    from ringtausch.records import InvalidPlan, Problem, read_plan, read_scenario

    plan = read_plan(folder)
    place = folder.resolve()
    beside = place.with_name(place.name.removesuffix(_PLAN))
    where = of or beside
    if of is None and (beside == place or not beside.exists()):
        message = refusals.no_scenario(str(where))
        raise InvalidPlan([Problem(str(folder), 0, "", "", message)])
    return Adopted(plan, folder.name, plan_hash(folder), read_scenario(where))


COMMANDS = (scenario, adopt)
_EXAMPLES = {
    scenario: (
        "Example: ringtausch register scenario now --as-of 2025-08-15"
        " --terms examples/register-2025/terms"
    ),
    adopt: "Example: ringtausch register adopt now-plan --months 2 --dry-run",
}
for _command, _example in _EXAMPLES.items():
    _command.example = _example  # type: ignore[attr-defined]
