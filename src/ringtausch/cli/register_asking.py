"""Question and answer on a terminal: one statement, field by field, shown whole before it is recorded.

In: an open register and a person. Out: a draft that can be recorded, or nothing. What is asked follows from
the kind of matter and its milestone; everything else can be said by options.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from ringtausch.cli.output import say
from ringtausch.cli.register_fields import FIELDS
from ringtausch.language import _

if TYPE_CHECKING:
    from ringtausch.hub.asking import Asked
    from ringtausch.hub.importing import Import

__all__ = ["ask_for_statement"]

_EVIDENCE = (
    "source_rank",
    "source_title",
    "source_date",
    "source_address",
    "true_on",
    "visibility",
)


def ask_for_statement(asked: Asked, reader: str, recorder: str) -> Import:
    """Ask for a statement until it can be recorded, show it, and ask once whether it shall be."""
    from ringtausch.hub.drafting import draft_of, usual
    from ringtausch.records.problems import InvalidInput
    from ringtausch.register.shapes import HOLDS, MATTER_TERMS
    from ringtausch.register.vocabulary import KINDS, milestones

    say(_("One statement, field by field; an empty answer leaves a field empty, Ctrl-C ends."), "")
    texts: dict[str, str] = {}
    _ask("matter", texts)
    _choose("kind", texts, KINDS)
    _choose("milestone", texts, milestones(texts["kind"]))
    holds = HOLDS[texts["kind"]]
    names = ["giver", "receiver"]
    names += {"item": ["item"], "money": ["currency"], "either": ["item", "currency"]}[holds]
    terms = MATTER_TERMS.get((texts["kind"], texts["milestone"]), ())
    names += ["quantity", *(f"terms_{name}" for name in terms), "said_by", *_EVIDENCE]
    if reader:
        names.remove("said_by")
    texts |= {"visibility": "public", "said_by": reader}
    for name in names:
        _ask(name, texts)
    while True:
        try:
            found = draft_of(usual(texts, reader), asked.directory)
            break
        except InvalidInput as invalid:
            say("", *map(str, invalid.problems))
            for column in dict.fromkeys(problem.column for problem in invalid.problems):
                _ask(column if column in FIELDS else "matter", texts)
    _show(texts, recorder)
    if not typer.confirm(_("Record this?")):
        say(_("Nothing was recorded."))
        raise typer.Exit
    return found


def _ask(name: str, texts: dict[str, str]) -> None:
    """Ask for one field; what stands there already is what an empty answer means."""
    metavar, text = FIELDS[name]
    answer = typer.prompt(
        f"{name} ({metavar}: {text})",
        default=texts.get(name, ""),
        show_default=bool(texts.get(name)),
    )
    texts[name] = answer.strip()


def _choose(name: str, texts: dict[str, str], known: Sequence[str]) -> None:
    """Ask for one of several words until it is one of them."""
    from ringtausch.records.messages import or_suggest

    say(_("{name} is one of {known}").format(name=name, known=", ".join(known)))
    _ask(name, texts)
    while texts[name] not in known:
        say(
            _('there is no "{text}"; {hint}').format(
                text=texts[name], hint=or_suggest(texts[name], known)
            )
        )
        texts[name] = ""
        _ask(name, texts)


def _show(texts: dict[str, str], recorder: str) -> None:
    filled = {**{name: text for name, text in texts.items() if text}, "recorded_by": recorder}
    width = max(map(len, filled))
    say("", *(f"{name:{width}}  {text}" for name, text in filled.items()), "")
