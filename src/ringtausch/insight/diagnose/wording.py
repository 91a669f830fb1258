"""What a diagnosis says: conflicts and repairs in a few sentences.

In: rows that are named, cells that change. Out: sentences in the user's own row names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ringtausch.insight.diagnose.eases import Ease
from ringtausch.language import _, ngettext
from ringtausch.planning.infeasible import ConflictRow
from ringtausch.records.columns import decimal_text
from ringtausch.records.periods import NEVER
from ringtausch.records.tables import field_name

__all__ = ["joined", "say_change", "say_conflict"]


def say_conflict(rows: Sequence[ConflictRow], facts: Sequence[ConflictRow]) -> str:
    """Say what is asked, what stands against it, and what that means."""
    asked = _("{what}.").format(what=_capital(joined([_said(row) for row in rows])))
    if not facts:
        against = _("Nothing in the tables could bring that about.")
    elif len(facts) == 1:
        against = _("Against it stands that {fact}.").format(fact=_said(facts[0]))
    else:
        against = _("Against it stand these together: {facts}.").format(
            facts=joined([_said(fact) for fact in facts])
        )
    if len(rows) == 1:
        return f"{asked} {against}"
    meaning = ngettext(
        "Without it there would be a plan for the rest.",
        "Without any one of these {n} requirements the others can be met.",
        len(rows),
    ).format(n=len(rows))
    return f"{asked} {against} {meaning}"


def say_change(ease: Ease, row: Any, column: str, value: Any) -> str:
    """Say what becomes of a cell, and what stood there."""
    old = getattr(row, field_name(column))
    sentence = _SENTENCES[ease.table, column]()
    return " ".join(sentence.format(r=row, old=_shown(old), new=_shown(value)).split())


def joined(parts: Sequence[str]) -> str:
    """Join parts of a sentence: a; b; and c."""
    if len(parts) < 2:
        return "".join(parts)
    return _("{first}; and {last}").format(first="; ".join(parts[:-1]), last=parts[-1])


def _said(row: ConflictRow) -> str:
    """Return what a row says, and where it stands; rows made in memory stand in no line."""
    place = f"{row.table}.csv:{row.line}"
    text = row.sentence.removeprefix(f"{place}: ")
    return f"{text} ({place})" if row.line else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _shown(value: Any) -> str:
    if value is None:
        return _("nothing")
    if isinstance(value, date):
        return _("never") if value == NEVER else value.isoformat()
    return decimal_text(value) if isinstance(value, Decimal) else str(value)


_SENTENCES: dict[tuple[str, str], Callable[[], str]] = {
    ("needs", "quantity"): lambda: _(
        "the need {r.need} of {r.party} is {new} instead of {old} {r.capability}"
    ),
    ("needs", "due"): lambda: _("the need {r.need} of {r.party} is due on {new} instead of {old}"),
    ("needs", "hard"): lambda: _(
        "the need {r.need} of {r.party} no longer has to be met from {r.due} on (not hard)"
    ),
    ("dues", "amount"): lambda: _(
        "the due of {r.date} for {r.purpose} of {r.item} to {r.party} is {new} instead of {old}"
        " {r.currency}"
    ),
    ("dues", "date"): lambda: _(
        "the due of {r.amount} {r.currency} for {r.purpose} of {r.item} to {r.party} is paid on"
        " {new} instead of {old}"
    ),
    ("assurances", "within"): lambda: _(
        "{r.party} waits up to {new} instead of {old} periods for {r.item}"
    ),
    ("assurances", "hard"): lambda: _(
        "{r.party} accepts that {r.item} may be replaced late (not hard)"
    ),
    ("assurances", "secured"): lambda: _("{r.party} hands over {r.item} on trust (not secured)"),
    ("floors", "max_gap"): lambda: _(
        "{r.party} may be {new} instead of {old} below its floor of {r.quantity} {r.capability}"
        " from {r.from_} on"
    ),
    ("offers", "quantity"): lambda: _(
        "{r.party} offers {new} instead of {old} {r.item} ({r.offer})"
    ),
    ("offers", "from"): lambda: _(
        "{r.party} offers {r.item} ({r.offer}) from {new} on instead of {old}"
    ),
    ("offers", "until"): lambda: _(
        "{r.party} offers {r.item} ({r.offer}) until {new} instead of {old}"
    ),
    ("offers", "to"): lambda: _(
        "{r.party} offers {r.item} ({r.offer}) to anyone instead of {old} alone"
    ),
    ("offers", "lot"): lambda: _(
        "{r.party} offers {r.item} ({r.offer}) in any amount instead of lots of {old}"
    ),
    ("offers", "if_others"): lambda: _(
        "{r.party} offers {r.item} ({r.offer}) whatever others give, instead of only if they give"
        " {old}"
    ),
    ("lanes", "opens"): lambda: _(
        "consent for {r.item} from {r.from_} to {r.to} comes on {new} instead of {old}"
    ),
    ("lanes", "until"): lambda: _(
        "consent for {r.item} from {r.from_} to {r.to} lasts until {new} instead of {old}"
    ),
    ("lanes", "capacity"): lambda: _(
        "{new} instead of {old} {r.item} a period may go from {r.from_} to {r.to}"
    ),
    ("supply", "opens"): lambda: _(
        "{r.customer} may order {r.item} from {r.supplier} from {new} on instead of {old}"
    ),
    ("supply", "until"): lambda: _(
        "{r.customer} may order {r.item} from {r.supplier} until {new} instead of {old}"
    ),
    ("supply", "lot"): lambda: _(
        "{r.customer} may order {r.item} from {r.supplier} in any amount instead of lots of {old}"
    ),
    ("production", "capacity"): lambda: _(
        "{r.supplier} delivers {new} instead of {old} {r.item} a period from {r.from_} on"
    ),
    ("production", "from"): lambda: _(
        "{r.supplier} delivers {r.capacity} {r.item} a period from {new} on instead of {old}"
    ),
    ("releases", "amount"): lambda: _("{r.fund} gets {new} instead of {old} on {r.date}"),
    ("releases", "date"): lambda: _("{r.fund} gets its {r.amount} on {new} instead of {old}"),
    ("funds", "until"): lambda: _("{r.fund} pays until {new} instead of {old}"),
    ("earmarks", "purpose"): lambda: _("{r.fund} may pay for any purpose instead of {old} alone"),
    ("earmarks", "item"): lambda: _("{r.fund} may pay for any item instead of {old} alone"),
    ("earmarks", "party"): lambda: _("{r.fund} may pay for any party instead of {old} alone"),
}
