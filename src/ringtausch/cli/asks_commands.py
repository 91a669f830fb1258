"""The command that says whom to ask for what: asks."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from ringtausch.cli.exit_codes import ExitCode
from ringtausch.cli.output import complain, print_json, refuse, refusing, say
from ringtausch.cli.scenario_commands import Edits, Json, ScenarioPath, problem_entries
from ringtausch.language import _

if TYPE_CHECKING:
    from ringtausch.insight.asks import Asks, Reach
    from ringtausch.insight.reluctance import Reluctance
    from ringtausch.records import InvalidInput, Scenario

__all__ = ["COMMANDS", "asks"]


def asks(
    folder: ScenarioPath,
    *,
    top: Annotated[int | None, typer.Option(metavar="N", help="Only the N that do most.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also those that change nothing or make things worse.")
    ] = False,
    units: Annotated[
        float, typer.Option(metavar="N", help="Units of a concession, in whole lots.")
    ] = 1,
    months: Annotated[
        int, typer.Option(metavar="N", help="Months that a thing comes sooner or may take longer.")
    ] = 1,
    amount: Annotated[
        float | None,
        typer.Option(metavar="N", help="Money, in the reporting currency; else what units cost."),
    ] = None,
    reach: Annotated[
        str | None,
        typer.Option(metavar="GOAL", help="Smallest set for such as 'need=N2 by=2026-03-01'."),
    ] = None,
    reluctance: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Weights; else DIR/reluctance.csv.")
    ] = None,
    edits: Edits = None,
    time_limit: Annotated[
        float | None, typer.Option(metavar="SECONDS", help="Stop then, with what is answered.")
    ] = None,
    json: Json = False,
) -> None:
    """Say whom to ask for what: each single concession, exactly, best first."""
    from ringtausch.planning import Infeasible
    from ringtausch.records import InvalidInput

    wrong = _wrong_options(top, units, months, amount, time_limit)
    if reach is not None:
        lone = {"--top": top is not None, "--all": everything}
        wrong += [
            _("{option}: cannot be used with --reach").format(option=o) for o in lone if lone[o]
        ]
    elif reluctance is not None:
        wrong.append(_("--reluctance: counts with --reach only; leave it out, or say --reach GOAL"))
    if wrong:
        refuse(*wrong)
    sizes = {"units": units, "months": months, "amount": amount}
    try:
        scenario = _read(folder, edits or [])
        weights = _weights(reluctance or folder, scenario) if reach is not None else None
        if reach is not None:
            _tell_reach(_reach(scenario, reach, weights, sizes, time_limit), json=json)
        else:
            _tell_asks(_ask(scenario, sizes, time_limit), top, everything=everything, json=json)
    except InvalidInput as invalid:
        _refuse(invalid, folder, json=json)
    except Infeasible as infeasible:
        if json:
            from ringtausch.cli.asks_messages import AsksMessage

            print_json(AsksMessage(status="infeasible"))
        complain(
            str(infeasible), _("To mend it: ringtausch diagnose {folder}").format(folder=folder)
        )
        raise typer.Exit(ExitCode.INFEASIBLE) from None


def _wrong_options(
    top: int | None, units: float, months: int, amount: float | None, time_limit: float | None
) -> list[str]:
    """Say which options mean nothing."""
    wrong = []
    if top is not None and top < 1:
        wrong.append(_("--top: {n} is below 1").format(n=top))
    sizes = (("--units", units), ("--months", months), ("--amount", amount))
    for name, size in sizes:
        most = 10**15 if name == "--amount" else 10**9
        if size is not None and not 0 < size < most:
            message = _("{option}: {size} is not above 0 and below {most:.0e}")
            wrong.append(message.format(option=name, size=size, most=most))
    if time_limit is not None and not (0 <= time_limit < math.inf):
        wrong.append(_("--time-limit: {limit} is no number of seconds").format(limit=time_limit))
    return wrong


def _read(folder: Path, edits: list[str]) -> Scenario:
    from ringtausch.records import read_scenario
    from ringtausch.records.edits import edit_scenario

    scenario = read_scenario(folder)
    return edit_scenario(scenario, edits) if edits else scenario


def _weights(path: Path, scenario: Scenario) -> Reluctance:
    from ringtausch.insight.reluctance import read_reluctance

    return read_reluctance(path, scenario)


def _refuse(invalid: InvalidInput, folder: Path, *, json: bool) -> NoReturn:
    if json:
        from ringtausch.cli.asks_messages import AsksMessage

        print_json(AsksMessage(status="invalid", problems=problem_entries(invalid.problems)))
        raise typer.Exit(ExitCode.INVALID)
    with refusing(folder):
        raise invalid
    raise AssertionError


def _ask(scenario: Scenario, sizes: dict[str, float | None], time_limit: float | None) -> Asks:
    """List all asks at once and fill in the answers as they come."""
    from decimal import Decimal

    from ringtausch.cli.asks_table import Answers
    from ringtausch.insight.asks import Sizes, list_concessions
    from ringtausch.insight.asks import asks as find
    from ringtausch.planning.executors import usable_cores

    wanted = {
        name: size if name == "months" or size is None else Decimal(str(size))
        for name, size in sizes.items()
    }
    concessions = list_concessions(scenario, Sizes(**wanted))  # type: ignore[arg-type]
    with Answers(concessions) as answers:
        return find(
            scenario,
            **wanted,  # type: ignore[arg-type]
            processes=usable_cores(),
            time_limit=time_limit,
            on_answer=answers.take,
        )


def _reach(
    scenario: Scenario,
    goal: str,
    weights: Reluctance | None,
    sizes: dict[str, float | None],
    time_limit: float | None,
) -> Reach:
    from ringtausch.insight.asks import reach as find

    return find(
        scenario,
        goal,
        **sizes,  # type: ignore[arg-type]
        reluctance=weights,
        time_limit=time_limit,
    )


def _tell_asks(found: Asks, top: int | None, *, everything: bool, json: bool) -> None:
    if json:
        from ringtausch.cli.asks_messages import AsksMessage

        print_json(AsksMessage.of_asks(found, top))
        return
    from ringtausch.cli.asks_table import ask_lines

    say(*ask_lines(found, top, everything=everything))


def _tell_reach(found: Reach, *, json: bool) -> None:
    if json:
        from ringtausch.cli.asks_messages import AsksMessage

        print_json(AsksMessage.of_reach(found))
    else:
        from ringtausch.cli.asks_table import reach_lines

        say(*reach_lines(found))
    if found.status == "open":
        raise typer.Exit(ExitCode.NO_PLAN_YET)


COMMANDS = (asks,)
asks.example = "Example: ringtausch asks examples/patriot-2025 --top 10"  # type: ignore[attr-defined]
