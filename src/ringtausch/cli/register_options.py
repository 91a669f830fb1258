"""Options that the commands of the register share, and how they become a question to it.

In: words of the command line. Out: an open register with a question; every mistake is a sentence and exit
code 2. Django is loaded when a register is opened, and not before.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ringtausch.cli.output import refusing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ringtausch.hub.asking import Asked
    from ringtausch.register.positions import Positions

__all__ = [
    "IMPORTS",
    "As",
    "AsOf",
    "Json",
    "KeyFile",
    "KnownAt",
    "RecordedBy",
    "RegisterAt",
    "RuleName",
    "address_of",
    "asked_of",
    "key_file",
    "positions_of",
    "recorder_of",
]

#: Other people's tables that `import --format` reads.
IMPORTS = ("kiel", "patriot")

ADDRESS, ELSE = "RINGTAUSCH_REGISTER", "ringtausch.sqlite"
_RECORDER = "desk"
_MANY = 10_000

RegisterAt = Annotated[
    str | None,
    typer.Option(
        "--register",
        metavar="ADDRESS",
        help="A file, or postgresql://…; else $RINGTAUSCH_REGISTER, else ringtausch.sqlite here.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="What was true by then; else today."),
]
KnownAt = Annotated[
    str | None,
    typer.Option("--known-at", metavar="TIME", help="What was recorded by then; else all."),
]
As = Annotated[
    str | None,
    typer.Option("--as", metavar="PARTY", help="Only what this party, or the public, may read."),
]
RuleName = Annotated[
    str,
    typer.Option(
        "--rule", metavar="RULE", help="Which statements count: tracker, strict, or a .toml file."
    ),
]
RecordedBy = Annotated[
    str | None,
    typer.Option("--recorded-by", metavar="NAME", help="Who records; else --as, else desk."),
]
KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--key", metavar="FILE", help="The private key that signs; made where there is none."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]


def address_of(register: str | None) -> str:
    """Return where the register lies: as it is given, as the environment says, or in this folder."""
    return register or os.environ.get(ADDRESS) or ELSE


def recorder_of(recorded_by: str | None, reader: str | None) -> str:
    """Name who records."""
    return recorded_by or reader or _RECORDER


def key_file(key: Path | None, address: str) -> Path:
    """Return where the private key lies: as it is given, else beside the register's file."""
    if key is not None:
        return key
    name = "ringtausch" if "://" in address and not address.startswith("sqlite:") else address
    return Path(f"{name.removeprefix('sqlite:///')}.key")


@contextmanager
def asked_of(
    register: str | None,
    as_of: str | None = None,
    known_at: str | None = None,
    reader: str | None = None,
    rule: str = "tracker",
) -> Iterator[Asked]:
    """Open a register with a question, and turn everything that is wrong into exit code 2."""
    with refusing():
        from ringtausch.hub.asking import Words, asking

        words = Words(address_of(register), as_of or "", known_at or "", reader or "", rule)
        with asking(words) as asked:
            yield asked


def positions_of(
    asked: Asked,
    matters: Iterable[str] | None = None,
    parties: Iterable[str] | None = None,
) -> Positions:
    """Work out where matters stand; what was read stays, so that nobody looks through it again."""
    found = asked.positions(matters, parties)
    if len(found.view) > _MANY:
        gc.freeze()
    return found
