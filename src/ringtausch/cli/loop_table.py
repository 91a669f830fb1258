"""What `register scenario` and `register adopt` say on a terminal.

In: a scenario that is made, or proposals. Out: lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ringtausch.cli.register_table import paragraph, table
from ringtausch.language import _, ngettext
from ringtausch.register.directory import scale_of
from ringtausch.register.ranges import say_range

if TYPE_CHECKING:
    from ringtausch.exchange.loop.adopting import Proposal
    from ringtausch.exchange.loop.scenario import Made
    from ringtausch.register.statement import Statement

__all__ = ["amount_of", "made_lines", "proposal_lines"]

_SHORT = 8


def made_lines(made: Made) -> list[str]:
    """Say of each row where it comes from, then what to know, then what is left out and why."""
    from ringtausch.exchange.loop.writing import LEFT_OUT, NOTE, sources

    rows = list(sources(made))
    told = [row for row in rows if row["from"] not in {NOTE, LEFT_OUT}]
    header = (_("table"), _("row"), _("from"))
    lines = table(header, [(row["table"], row["row"], _origin(row)) for row in told])
    for word, title in ((NOTE, _("To know:")), (LEFT_OUT, _("Not in the scenario:"))):
        some = [row for row in rows if row["from"] == word]
        if some:
            lines += ["", title]
            for row in some:
                lines += paragraph(f"{row['table']}: {row['row']}: {row['reason']}", "  ")
    return lines


def proposal_lines(found: Sequence[Proposal], plan: str) -> list[str]:
    """List what a plan proposes."""
    if not found:
        return [_("Plan {plan} decides nothing in these months.").format(plan=plan[:12])]
    header = (_("matter"), _("what"), _("from"), _("to"), _("amount"), _("by"))
    prefix = f"plan:{plan[:12]}:"
    rows = [
        (
            one.draft.matter.removeprefix(prefix),
            f"{one.draft.kind} {one.draft.milestone}",
            one.draft.giver,
            one.draft.receiver,
            amount_of(one.draft),
            one.planned.isoformat(),
        )
        for one in found
    ]
    notes = list(dict.fromkeys(one.note for one in found if one.note))
    count = len(found)
    sentence = ngettext(
        "{n} proposal of plan {plan}; it counts once it is agreed",
        "{n} proposals of plan {plan}; they count once they are agreed",
        count,
    )
    return [
        *table(header, rows),
        "",
        *paragraph(sentence.format(n=count, plan=plan)),
        _("The names of the matters begin with {prefix}").format(prefix=prefix),
        *(line for note in notes for line in paragraph(note)),
    ]


def amount_of(draft: Statement) -> str:
    """Write how much of what a draft is about; nothing where it is about all.

    Examples
    --------
    >>> from ringtausch.register.ranges import Range
    >>> from ringtausch.register.statement import Source, Statement
    >>> said = Statement("m", "payment", "due", Source(6), "A", "A", currency="EUR", quantity=Range(50_000, 50_000))
    >>> amount_of(said)
    '5 EUR'
    """
    if draft.quantity is None:
        return ""
    amount = say_range(draft.quantity, scale_of(draft.currency))
    return f"{amount} {draft.item or draft.currency}"


def _origin(row: dict[str, str]) -> str:
    """Name statements by the beginning of their ids, and the line of the terms."""
    ids = [one[:_SHORT] for one in row["statements"].split(";") if one]
    parts: Iterable[str] = (", ".join(ids), row["terms"])
    return _(" and ").join(part for part in parts if part) or row["from"]
