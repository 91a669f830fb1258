"""How commands speak: problems on the error stream, answers and JSON on the standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from ringtausch.cli.exit_codes import ExitCode
from ringtausch.language import _, ngettext

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ringtausch.records import Problem

__all__ = ["complain", "counted", "print_json", "refuse", "refusing", "say"]


def say(*lines: str) -> None:
    """Print lines on the standard output."""
    for line in lines:
        typer.echo(line)


def complain(*lines: str) -> None:
    """Print lines on the error stream."""
    for line in lines:
        typer.echo(line, err=True)


def print_json(message: BaseModel) -> None:
    """Print a message of the program for other programs."""
    sys.stdout.write(message.model_dump_json(indent=2, by_alias=True) + "\n")


def refuse(*lines: str) -> NoReturn:
    """Say what is wrong and end with the exit code for invalid input."""
    complain(*lines)
    raise typer.Exit(ExitCode.INVALID)


def counted(problems: Sequence[Problem]) -> str:
    """Count errors and warnings in words."""
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    parts = []
    if errors:
        parts.append(ngettext("{n} error", "{n} errors", errors).format(n=errors))
    if warnings:
        parts.append(ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings))
    return _(" and ").join(parts) or _("nothing wrong")


@contextmanager
def refusing(source: Path | None = None) -> Iterator[None]:
    """Turn invalid input, output that exists and files that cannot be used into exit code 2."""
    from ringtausch.records import InvalidInput, OutputExists

    try:
        yield
    except InvalidInput as invalid:
        where = _(" in {path}").format(path=source) if source else ""
        refuse(*map(str, invalid.problems), counted(invalid.problems) + where)
    except OutputExists as exists:
        refuse(str(exists))
    except OSError as error:
        place = error.filename or source
        refuse(f"{place}: {error.strerror or error}")
