"""Commands about how much could be otherwise: room, prices."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ringtausch.cli.exit_codes import ExitCode
from ringtausch.cli.output import complain, print_json, refuse, refusing, say
from ringtausch.cli.scenario_commands import Edits, Force, Json, ScenarioPath, problem_entries
from ringtausch.language import _

if TYPE_CHECKING:
    from ringtausch.cli.room_messages import PricesMessage, RoomMessage
    from ringtausch.insight.room import Room
    from ringtausch.records import Scenario

__all__ = ["COMMANDS", "prices", "room"]


def room(
    folder: ScenarioPath,
    plan: Annotated[
        Path | None, typer.Argument(metavar="[PLAN]", help="A plan to see beside the ranges.")
    ] = None,
    *,
    near: Annotated[
        str, typer.Option(metavar="SHARE", help="How near to the best, as 2% or 0.02.")
    ] = "2%",
    party: Annotated[
        list[str] | None, typer.Option(metavar="P", help="Only these parties; may be repeated.")
    ] = None,
    plans: Annotated[
        int, typer.Option(metavar="N", help="Other plans, chosen to differ most in who gives.")
    ] = 3,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write those plans, one folder each.")
    ] = None,
    edits: Edits = None,
    time_limit: Annotated[
        float,
        typer.Option(metavar="SECONDS", help="Stop then, else after 120; what is open is marked."),
    ] = 120.0,
    force: Force = False,
    json: Json = False,
) -> None:
    """Say what each party could give, wait and pay at least and at most in plans nearly as good."""
    from ringtausch.cli.progress import TerminalProgress
    from ringtausch.cli.room_messages import RoomMessage

    share, wrong = _share("--near", near, zero=True)
    wrong += _wrong_limit(time_limit)
    if plans < 0:
        wrong.append(_("--plans: {n} is below 0").format(n=plans))
    if wrong:
        refuse(*wrong)
    if out is not None:
        _refuse_existing(out, force=force)
    with _ending(folder, RoomMessage if json else None):
        from ringtausch.insight.room import room as find
        from ringtausch.records import read_plan

        scenario = _read(folder, edits or [])
        given = None if plan is None else read_plan(plan)
        with TerminalProgress() as progress:
            found = find(
                scenario,
                given,
                share,
                parties=party or (),
                plans=plans,
                time_limit=time_limit,
                on_progress=progress,
            )
    written = [] if out is None else _write_plans(found, out, force=force)
    if json:
        print_json(RoomMessage.of(found, written))
        return
    from ringtausch.cli.room_table import room_lines

    say(*room_lines(found, given=given is not None))
    if written:
        say("", _("Written: {places}").format(places=", ".join(written)))


def prices(
    folder: ScenarioPath,
    *,
    give_up: Annotated[
        str, typer.Option(metavar="SHARE", help="What each objective gives up, as 1% or 0.01.")
    ] = "1%",
    edits: Edits = None,
    time_limit: Annotated[
        float | None, typer.Option(metavar="SECONDS", help="For each plan: its best by then.")
    ] = None,
    json: Json = False,
) -> None:
    """Say what giving up a little of one objective buys in each later one."""
    from ringtausch.cli.room_messages import PricesMessage

    share, wrong = _share("--give-up", give_up, zero=False)
    wrong += _wrong_limit(time_limit)
    if wrong:
        refuse(*wrong)
    with _ending(folder, PricesMessage if json else None):
        from ringtausch.insight.prices import prices as find
        from ringtausch.planning.executors import usable_cores

        found = find(
            _read(folder, edits or []),
            give_up=share,
            time_limit=time_limit,
            processes=usable_cores(),
        )
    if json:
        print_json(PricesMessage.of(found))
        return
    from ringtausch.cli.room_table import price_lines

    say(*price_lines(found))


def _share(option: str, text: str, *, zero: bool) -> tuple[float, list[str]]:
    """Read a share, as 2% or 0.02; say what is wrong with it."""
    plain = text.strip()
    per_cent = plain.endswith("%")
    try:
        value = float(plain.removesuffix("%")) / (100 if per_cent else 1)
    except ValueError:
        value = math.nan
    least = _("0 or more") if zero else _("more than 0")
    if math.isfinite(value) and (value > 0 or (zero and value == 0)):
        return value, []
    return 0.0, [
        _('{option}: "{text}" is no share; write {least}, such as 2% or 0.02').format(
            option=option, text=text, least=least
        )
    ]


def _wrong_limit(time_limit: float | None) -> list[str]:
    if time_limit is None or 0 <= time_limit < math.inf:
        return []
    return [_("--time-limit: {limit} is no number of seconds").format(limit=time_limit)]


def _refuse_existing(out: Path, *, force: bool) -> None:
    """Refuse to overwrite before the work is done, not after."""
    from ringtausch.records.messages import exists_already

    if out.exists() and not (force and out.is_dir()):
        refuse(exists_already(str(out)))


def _read(folder: Path, edits: list[str]) -> Scenario:
    from ringtausch.records import read_scenario
    from ringtausch.records.edits import edit_scenario

    scenario = read_scenario(folder)
    return edit_scenario(scenario, edits) if edits else scenario


@contextmanager
def _ending(folder: Path, message: type[RoomMessage | PricesMessage] | None) -> Iterator[None]:
    """Turn what cannot be read or planned into an exit code, and a JSON document where one is due."""
    from ringtausch.planning import Infeasible, LimitReached
    from ringtausch.records import InvalidInput

    try:
        yield
    except InvalidInput as invalid:
        if message is not None:
            print_json(message(status="invalid", problems=problem_entries(invalid.problems)))
            raise typer.Exit(ExitCode.INVALID) from None
        with refusing(folder):
            raise
    except Infeasible as infeasible:
        if message is not None:
            print_json(message(status="infeasible"))
        mend = _("To mend it: ringtausch diagnose {folder}").format(folder=folder)
        complain(str(infeasible), mend)
        raise typer.Exit(ExitCode.INFEASIBLE) from None
    except LimitReached as limit:
        if message is not None:
            print_json(message(status="unknown"))
        complain(_("{limit}; the best plan is not known").format(limit=limit))
        raise typer.Exit(ExitCode.NO_PLAN_YET) from None


def _write_plans(found: Room, out: Path, *, force: bool) -> list[str]:
    """Write the best plan and those that differ into one folder, whole or not at all."""
    from ringtausch.records.folders import write_folder_whole

    plans = [
        ("best", found.best),
        *((f"other-{n}", one.plan) for n, one in enumerate(found.plans, 1)),
    ]

    def fill(fresh: Path) -> None:
        for name, plan in plans:
            plan.write(fresh / name)

    ours = [name for name, _plan in plans]
    with refusing(out):
        write_folder_whole(out, fill, force=force, ours=ours)
    return [str(out / name) for name in ours]


COMMANDS = (room, prices)
_EXAMPLES = {
    room: "Example: ringtausch room examples/ringtausch-2022 --near 2% --time-limit 60",
    prices: "Example: ringtausch prices examples/ringtausch-2022 --give-up 1%",
}
for _command, _example in _EXAMPLES.items():
    _command.example = _example  # type: ignore[attr-defined]
