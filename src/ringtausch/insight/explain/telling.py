"""An explanation in words: a paragraph for each target, a row for each cause, 80 columns wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ringtausch.insight.explain.targets import Target, target_sentence
from ringtausch.insight.explain.wording import number_text, when_text
from ringtausch.language import _, ngettext
from ringtausch.records import Scenario

if TYPE_CHECKING:
    from ringtausch.insight.explain.explanation import Cause, Explanation

__all__ = ["target_name", "target_text", "tell_explanation", "wrapped"]

_WIDTH = 80
_WHAT = 43  # columns for what binds
_SHOWN = 12  # causes of one target in words; all of them are in the JSON


def wrapped(text: str, indent: str = "") -> list[str]:
    """Break a text into lines of 80 columns."""
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent)


def tell_explanation(explanation: Explanation) -> Iterator[str]:
    """Tell the whole explanation, line by line."""
    for note in explanation.notes:
        yield from wrapped(note)
    if not explanation.targets:
        yield _("Nothing is missing: there is nothing to explain.")
    for target in explanation.targets:
        yield from _paragraph(explanation, target)
    yield from _others(explanation)


def _paragraph(explanation: Explanation, target: Target) -> Iterator[str]:
    scenario = explanation.scenario
    yield from wrapped(target_text(scenario, target))
    causes = explanation.causes_of(target)
    if not causes:
        yield from wrapped(_no_cause(explanation), "  ")
        return
    heads = (_("family"), _("what binds"), _("frees"), _("when"))
    yield _row(*heads)
    for cause in causes[:_SHOWN]:
        yield from _cause_rows(scenario, cause, target)
    more = len(causes) - _SHOWN
    if more > 0:
        text = ngettext("and {n} more row", "and {n} more rows", more).format(n=more)
        yield _("  {text}; --json lists all").format(text=text)


def _no_cause(explanation: Explanation) -> str:
    if not explanation.complete:
        return _("No cause was found in the time given.")
    if explanation.fund:
        text = _("No limit of the fund {fund} binds here, alone or in the sets tried.")
        return text.format(fund=explanation.fund)
    return _(
        "No row of money, consent, willingness, production, time or floors would help,"
        " alone or in the sets tried."
    )


def _others(explanation: Explanation) -> Iterator[str]:
    """Name causes that improve an objective, though the plan then found spreads it otherwise."""
    shown = {id(c) for target in explanation.targets for c in explanation.causes_of(target)}
    others = [cause for cause in explanation.causes if id(cause) not in shown]
    if others:
        yield _("Better too, but spread otherwise in the plan then found")
    for cause in others[:_SHOWN]:
        yield from wrapped(f"{cause.family}: {cause.sentence}", "  ")


def target_text(scenario: Scenario, target: Target) -> str:
    """Say what is missing, as a sentence."""
    return _("{text}.").format(text=target_sentence(scenario, target))


def _cause_rows(scenario: Scenario, cause: Cause, target: Target) -> Iterator[str]:
    freed = next(f for f in cause.freed if f.target.key == target.key)
    first, last = freed.periods[0], freed.periods[-1]
    when = when_text(scenario, first)
    if last != first:
        when = f"{when} - {when_text(scenario, last)}"
    frees = number_text(freed.amount, 1)
    families = cause.family.split("+")
    for number, sentence in enumerate(cause.sentences):
        text = sentence if not number else _("and {sentence}").format(sentence=sentence)
        lines = textwrap.wrap(text, _WHAT)
        family = cause.family if len(families) == 1 else _("together")
        for place, line in enumerate(lines):
            first_line = not number and not place
            yield _row(
                family if first_line else "",
                line,
                frees if first_line else "",
                when if first_line else "",
            )


def _row(family: str, what: str, frees: str, when: str) -> str:
    return f"  {family:12}{what:{_WHAT}} {frees:>5} {when}".rstrip()


def target_name(target: Target) -> str:
    """Name a target in a list."""
    if target.objective == "unmet_need":
        return _("need {name} of {party}").format(name=target.names[0], party=target.party)
    if target.objective == "capability_gap":
        return _("gap of {party} in {subject}").format(party=target.party, subject=target.subject)
    return _("{subject} late for {party}").format(subject=target.subject, party=target.party)
