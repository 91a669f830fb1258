"""The program `ringtausch`: its commands, and what becomes of errors.

Commands import what they need when they run, so that `--help` costs nothing; and a command that is
named first is read alone, so that it does not wait for the others.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Annotated, Any, NoReturn

import typer

from ringtausch.cli.exit_codes import ExitCode
from ringtausch.cli.output import complain
from ringtausch.cli.plain_values import PlainCommand, PlainGroup
from ringtausch.language import _
from ringtausch.version import __version__

__all__ = ["FAMILIES", "GROUPS", "main", "program"]

_INTERRUPTED = 130  # what typer makes of Ctrl-C

#: Every Ctrl-C so far: one that meets an import comes back as an error of the module, not as itself.
_interrupts: list[int] = []

#: The modules of commands, in the order of the help, with the commands of each.
FAMILIES = {
    "scenario": ("new", "check", "convert", "generate"),
    "plan": ("plan", "verify"),
    "report": ("report",),
    "edit": ("edit", "variants"),
    "measures": ("measures",),
    "compare": ("compare",),
    "diagnose": ("diagnose",),
    "asks": ("asks",),
    "explain": ("explain",),
    "fallback": ("fallback",),
    "room": ("room", "prices"),
    "export": ("export",),
    "audit": ("audit",),
}

#: Commands with commands of their own: their modules, in the order of the help, with those of each.
GROUPS = {
    "register": {
        "register_make": ("init", "backup", "restore"),
        "register_import": ("import_",),
        "register_add": ("add", "correct"),
        "register_list": ("list_", "show"),
        "register_position": ("position", "balance"),
        "register_totals": ("totals", "flows", "look_through"),
        "register_waiting": ("overdue", "waiting", "conflicts"),
        "register_trust": ("checkpoint", "prove", "redact"),
        "register_export": ("export",),
        "loop": ("scenario", "adopt"),
    },
}
_OF_GROUPS = {
    "register": "Keep the record: who promised, gave, received, owes and paid, and who says so.",
}


def program(only: str | None = None, inner: str | None = None) -> typer.Typer:
    """Put the program together.

    Parameters
    ----------
    only
        The one command that is wanted; None loads everything, a name that there is not all but the
        commands of groups, which are in nobody's way then.
    inner
        Of a group, the one of its commands that is wanted.
    """
    built = typer.Typer(
        name="ringtausch",
        cls=PlainGroup,
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        # Plain help: what draws boxes around it takes longer to import than all the rest of --help.
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    built.callback()(ringtausch)
    known = only in GROUPS or any(only in names for names in FAMILIES.values())
    for family, names in FAMILIES.items():
        if not known or only in names:
            module = import_module(f"ringtausch.cli.{family}_commands")
            for command in module.COMMANDS:
                if not known or command.__name__ == only:
                    _add(built, command)
    for group in GROUPS:
        if not known or group == only:
            loaded = only is None or group == only
            built.add_typer(_group(group, inner) if loaded else _empty(group), name=group)
    return built


def command_name(command: Callable[..., Any]) -> str:
    """Return how a command of a group is called: `list_` is `list`, `look_through` is `look-through`."""
    return command.__name__.rstrip("_").replace("_", "-")


def _empty(group: str) -> typer.Typer:
    made = typer.Typer(
        cls=PlainGroup,
        no_args_is_help=True,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog=f"Example: ringtausch {group} --help",
        help=_OF_GROUPS[group],
    )
    made.callback()(_nothing)
    return made


def _nothing() -> None:
    """Do nothing of its own: a group has commands."""


def _group(group: str, inner: str | None) -> typer.Typer:
    made = _empty(group)
    families = {
        family: [name.rstrip("_").replace("_", "-") for name in names]
        for family, names in GROUPS[group].items()
    }
    known = any(inner in names for names in families.values())
    for family, names in families.items():
        if not known or inner in names:
            for command in import_module(f"ringtausch.cli.{family}_commands").COMMANDS:
                if not known or command_name(command) == inner:
                    _add(made, command, command_name(command))
    return made


def _add(built: typer.Typer, command: Callable[..., Any], name: str | None = None) -> None:
    built.command(
        name,
        cls=PlainCommand,
        epilog=getattr(command, "example", None),
        context_settings=getattr(command, "context", None),
        short_help=(command.__doc__ or "").partition("\n")[0],  # whole, where the list would cut it
    )(command)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ringtausch {__version__}")
        raise typer.Exit


def ringtausch(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Say the version."),
    ] = False,
) -> None:
    """Plan, fund and account for give-now, be-replaced-later transfers between allies.

    Start with: ringtausch new my-case, then: ringtausch plan my-case
    """
    assert not version


def main() -> None:
    """Run the program and end the process with its exit code.

    The process ends at once: threads that the solver keeps would otherwise trouble it on the way out,
    and nothing is left to do, since whatever is written is written whole.
    """
    code = _run()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # the reader of a pipe went away
            stream.flush()
    os._exit(code)


def _interrupt(number: int, _frame: object) -> NoReturn:
    _interrupts.append(number)
    raise KeyboardInterrupt


def _run() -> int:
    """Run the program; every way it ends is an exit code, none is a traceback."""
    gc.set_threshold(200_000, 50, 50)  # next to nothing of ours runs in circles; looking costs 3 %
    try:  # Ctrl-C may come from here on
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, _interrupt)
        first, second = [*sys.argv[1:3], "", ""][:2]
        program(first, second)()
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # of which click makes exit 1
            return ExitCode.OK
        if end.code != _INTERRUPTED:
            return end.code if isinstance(end.code, int) else int(end.code is not None)
    except KeyboardInterrupt:
        pass
    except BrokenPipeError:
        return ExitCode.OK
    except Exception as error:
        if os.environ.get("RINGTAUSCH_TRACEBACK"):
            raise
        if not _interrupts:
            complain(
                _(
                    "this is a defect of ringtausch: {kind}: {error}\n"
                    "Nothing of yours was changed. To help mend it, run the command again with"
                    " RINGTAUSCH_TRACEBACK=1 and report what it prints."
                ).format(kind=type(error).__name__, error=error)
            )
            return ExitCode.DEFECT
    complain(_("interrupted; nothing was written"))
    return ExitCode.NO_PLAN_YET
