"""The command `register export`: what an auditor, a spreadsheet, a bookkeeper or another program reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ringtausch.cli.output import print_json, refuse, refusing, say
from ringtausch.cli.register_options import (
    As,
    AsOf,
    Json,
    KeyFile,
    KnownAt,
    RegisterAt,
    RuleName,
    address_of,
    asked_of,
    key_file,
)
from ringtausch.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ringtausch.exchange.iati import Reporter
    from ringtausch.hub.exporting import Written

__all__ = ["COMMANDS", "export"]

#: The formats by name, as `hub.exporting` has them: naming them must not load it.
FORMATS = ("own", "csv", "xlsx", "jsonl", "positions", "data-package", "beancount", "iati")

Target = Annotated[
    Path, typer.Argument(metavar="TARGET", help="Folder to write, or file for a table.")
]
Form = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help=f"Of {', '.join(FORMATS)}; else by the name of the target.",
    ),
]
ReporterName = Annotated[
    str | None,
    typer.Option("--reporter", metavar="PARTY", help="Of iati: the party that reports."),
]
ReporterReference = Annotated[
    str | None,
    typer.Option(
        "--reporter-reference", metavar="REF", help="Of iati: its identifier as an organisation."
    ),
]
ReporterType = Annotated[
    str | None,
    typer.Option(
        "--reporter-type", metavar="CODE", help="Of iati: its type; else as the directory says."
    ),
]
Secondary = Annotated[
    bool,
    typer.Option("--secondary-reporter", help="Of iati: it reports what others do."),
]
References = Annotated[
    list[str] | None,
    typer.Option(
        "--reference", metavar="PARTY=REF", help="Of iati: another's identifier; may be repeated."
    ),
]


def export(
    target: Target,
    *,
    form: Form = None,
    reporter: ReporterName = None,
    reporter_reference: ReporterReference = None,
    reporter_type: ReporterType = None,
    secondary: Secondary = False,
    references: References = None,
    key: KeyFile = None,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there already.")] = False,
    register: RegisterAt = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    reader: As = None,
    rule: RuleName = "tracker",
    json: Json = False,
) -> None:
    """Write the record: for audit, as tables, as a ledger, or as aid data."""
    with asked_of(register, as_of, known_at, reader, rule) as asked, refusing(target):
        from ringtausch.hub import exporting

        chosen = form or exporting.format_of(target)
        who = _reporter(
            chosen, reporter, reporter_reference, reporter_type, references, secondary=secondary
        )
        wanted = exporting.Wanted(target, key_file(key, address_of(register)), who, force)
        written = exporting.FORMATS[chosen](asked, wanted)
    if json:
        from ringtausch.cli.register_messages import WrittenMessage

        print_json(WrittenMessage.of(str(target), chosen, written))
        return
    _tell(target, chosen, written)


def _reporter(
    form: str,
    party: str | None,
    reference: str | None,
    kind: str | None,
    others: Sequence[str] | None,
    *,
    secondary: bool,
) -> Reporter | None:
    """Say who reports, or refuse a format that is none, and words that are missing or too many."""
    wrong = []
    if form not in FORMATS:
        wrong.append(
            _('--format: "{form}" is none of {known}').format(form=form, known=", ".join(FORMATS))
        )
    given = {
        "--reporter": party,
        "--reporter-reference": reference,
        "--reporter-type": kind,
        "--secondary-reporter": secondary,
        "--reference": others,
    }
    if form != "iati":
        wrong += [
            _("{option}: only --format iati says who reports").format(option=option)
            for option, value in given.items()
            if value
        ]
    else:
        wrong += [
            _("{option}: is missing; a file of IATI says who reports").format(option=option)
            for option in ("--reporter", "--reporter-reference")
            if not given[option]
        ]
    known = {}
    for other in others or ():
        name, _equals, found = other.partition("=")
        if not (name and found):
            wrong.append(_('--reference: "{text}" is not PARTY=REF').format(text=other))
        known[name] = found
    if wrong:
        refuse(*wrong)
    if form != "iati":
        return None
    from ringtausch.exchange.iati import Reporter

    assert party, "asked for above"
    assert reference, "asked for above"
    return Reporter(party, reference, kind or "", secondary, known)


def _tell(target: Path, form: str, written: Written) -> None:
    """Say what was written, and name what the form cannot say."""
    from ringtausch.cli.register_table import table

    count = written.statements
    say(
        _("Written: {places}").format(places=target),
        _("{n} statements; check them with: ringtausch audit {place}").format(n=count, place=target)
        if form == "own"
        else _("{n} statements").format(n=count),
    )
    if written.left_out:
        header = [_("matter"), _("milestone"), _("of what"), _("why")]
        say("", _("What it does not say:"), *table(header, written.left_out))


COMMANDS = (export,)
export.example = "Example: ringtausch register export export-2025-09"  # type: ignore[attr-defined]
