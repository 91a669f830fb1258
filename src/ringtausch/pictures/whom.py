"""Whom to ask: the single concessions that do most, each with the sentence to ask with.

In: facts and asks that were answered elsewhere. Out: a section with a table. Nothing is solved here.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from ringtausch.language import _
from ringtausch.pictures import page, wording
from ringtausch.pictures.story import meanings, objective_value

if TYPE_CHECKING:
    from ringtausch.insight.asks import Ask, Asks
    from ringtausch.pictures.facts import Facts

__all__ = ["whom_section"]

_ASKS_AT_MOST = 10
#: Two values of an objective this close (relative to 1 or the value) are the same to a solver.
_ROUNDING = 1e-5


def whom_section(facts: Facts, asks: Asks) -> page.Section:
    """List the asks that do most, best first."""
    title = _("Whom to ask")
    better = asks.of("better")
    shown = better[:_ASKS_AT_MOST]
    if not shown:
        said = _("None of the {n} single concessions that a party could make would change this plan"
                 " for the better.")  # fmt: skip
        return page.Section("whom", title, said.format(n=wording.number(len(asks.asks))), "")
    lead = _(
        "Of {n} single concessions that a party could make, {better} would make this plan better;"
        " these do most, by the aims in their order. With each one alone the whole plan was made"
        " again."
    ).format(n=wording.number(len(asks.asks)), better=wording.number(len(better)))
    if facts.weighted:
        lead += " " + _("What it does is counted as in the aims, by weight.")
    unanswered = len(asks.of("open"))
    if unanswered:
        lead += " " + _("{n} were not answered in the time given.").format(
            n=wording.number(unanswered)
        )
    if not _is_best(facts, asks):
        lead += " " + _("All is counted from the best plan, which is better than this one.")
    rows: list[list[page.Cell]] = [
        [facts.party(ask.party), _said(ask), _gain(facts, ask)] for ask in shown
    ]
    columns = [_("Whom"), _("what to say, and the edit that grants it"), _("what it does")]
    body = page.table(
        "whom-table", _("Whom to ask for what"), columns, rows,
        shut=False, look="text stack", total=len(better),
    )  # fmt: skip
    return page.Section("whom", title, lead, body)


def _is_best(facts: Facts, asks: Asks) -> bool:
    """Tell whether this plan is as good as the best one, from which the asks are counted."""
    stated = facts.plan.objectives
    return all(
        name not in stated
        or abs(stated[name].value - asks.base[name]) <= _ROUNDING * max(1.0, abs(asks.base[name]))
        for name in asks.order
    )


def _gain(facts: Facts, ask: Ask) -> str:
    title, _meaning = meanings()[ask.first]
    amount = objective_value(facts, ask.first, abs(ask.change))
    if ask.change < 0:
        return _("{aim}: {amount} less").format(aim=title, amount=amount)
    return _("{aim}: {amount} more").format(aim=title, amount=amount)


def _said(ask: Ask) -> page.Markup:
    """Write the sentence, and below it the edits, each as one would type it."""
    edits = "".join(f"<br><code>{html.escape(wording.clean(edit))}</code>" for edit in ask.edits)
    return page.Markup(html.escape(wording.clean(ask.sentence)) + edits)
