"""Changes in words: what is otherwise, why, and whom to ask again, in lines of at most 80 characters.

In: moves, reasons and names. Out: sentences in the user's own names.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from ringtausch.insight.changes.moves import Move
from ringtausch.insight.changes.reasons import Reason
from ringtausch.insight.explain.wording import (
    amount_text,
    number_text,
    when_text,
)
from ringtausch.language import _, ngettext
from ringtausch.records import Scenario

if TYPE_CHECKING:
    from ringtausch.insight.changes.changing import Changes

__all__ = [
    "change_sentence",
    "lines_of",
    "objective_text",
    "reason_sentence",
    "unit_periods_text",
    "wrapped",
]

_WIDTH = 80


def change_sentence(scenario: Scenario, move: Move) -> str:
    """Say what is otherwise."""
    fields = {
        "amount": _amount(scenario, move),
        "what": _what(scenario, move),
        "before": "" if move.before is None else when_text(scenario, move.before),
        "after": "" if move.after is None else when_text(scenario, move.after),
    }
    sentences = {
        "moved": _("{what}: {amount} in {after} instead of {before}"),
        "more": _("{what}: {amount} more in {after}"),
        "less": _("{what}: {amount} less in {before}"),
        "new": _("{what}: {amount} in {after}, which is new"),
        "gone": _("{what}: {amount} in {before}, no longer"),
    }
    return sentences[move.kind].format(**fields)


def _what(scenario: Scenario, move: Move) -> str:
    party = {row.party: row.name or row.party for row in scenario.parties}
    if move.table == "dispatches":
        offer, giver, receiver, _item = move.names
        return _("{giver} hands over to {receiver} ({offer})").format(
            giver=party.get(giver, giver), receiver=party.get(receiver, receiver), offer=offer
        )
    if move.table == "orders":
        supplier, _item, customer = move.names
        return _("{customer} orders from {supplier}").format(
            customer=party.get(customer, customer), supplier=supplier
        )
    owner = {row.fund: row.party for row in scenario.funds}.get(move.names[0], "")
    return _("{party} pays from {fund}").format(
        party=party.get(owner, owner) or "?", fund=move.names[0]
    )


def _amount(scenario: Scenario, move: Move) -> str:
    if move.table == "payments":
        return amount_text(move.quantity, "", scenario)
    item = move.names[3] if move.table == "dispatches" else move.names[1]
    return f"{number_text(move.quantity)} x {item}"


def reason_sentence(scenario: Scenario, reason: Reason, *, is_new: bool) -> str:
    """Say why something is not as it was; `is_new` where it was not there before."""
    if reason.kind == "forbidden":
        return reason.row
    if reason.kind == "costly":
        cost = objective_text(scenario, reason.objective, reason.amount)
        text = _("without it: {cost} more") if is_new else _("keeping it costs {cost}")
        if reason.at_all:
            text = _("another time would do as well; without it at all: {cost} more")
        return text.format(cost=cost)
    sentences = {
        "impossible": _("no plan does without it") if is_new else _("no plan can keep it"),
        "free": _("no aim needs it: it could be as it was, and something else would change"),
        "unknown": _("why was not found in time"),
    }
    return sentences[reason.kind]


def objective_text(scenario: Scenario, name: str, amount: float) -> str:
    """Say an amount of an objective: 3 unit-months of unmet needs.

    Examples
    --------
    >>> from datetime import date
    >>> sc = Scenario(name="none", start=date(2025, 7, 1), period="month", horizon=1,
    ...               settlement=0, currency="EUR")
    >>> objective_text(sc, "unmet_need", 3.0), objective_text(sc, "spend", 2_000_000.0)
    ('3 unit-months of unmet needs', 'EUR 2 m of money spent')
    """
    words = {
        "late_replacement": _("late replacements"),
        "unmet_need": _("unmet needs"),
        "capability_gap": _("gaps below the floors"),
        "spend": _("money spent"),
        "moved_value": _("value moved"),
        "unfairness": _("unfairness"),
    }
    if name in {"late_replacement", "unmet_need", "capability_gap"}:
        much = unit_periods_text(scenario, number_text(amount))
    else:
        much = amount_text(amount, "", scenario)
    return _("{much} of {what}").format(much=much, what=words[name])


def unit_periods_text(scenario: Scenario, much: str) -> str:
    """Count unit-months, unit-weeks or unit-quarters in words."""
    count = 1 if much == "1" else 2
    words = {
        "month": ngettext("{n} unit-month", "{n} unit-months", count),
        "week": ngettext("{n} unit-week", "{n} unit-weeks", count),
        "quarter": ngettext("{n} unit-quarter", "{n} unit-quarters", count),
    }
    return words[scenario.period].format(n=much)


def wrapped(text: str, indent: int) -> list[str]:
    """Break a text into lines, the first as it is indented, the next ones two further."""
    return wrap(
        text,
        _WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        break_on_hyphens=False,
    )


def lines_of(changes: Changes) -> list[str]:
    """Tell all changes with their reasons, and whom to ask again."""
    if not changes.rows:
        return [_("Nothing changes.")]
    count = len(changes.rows)
    lines = [
        ngettext(
            "{n} change; weighed by how firm it is: {total}",
            "{n} changes; weighed by how firm each is: {total} in all",
            count,
        ).format(n=count, total=number_text(changes.total))
    ]
    for row in changes.rows:
        lines += wrapped(row.sentence, 2)
        if row.why:
            lines += wrapped(row.why, 6)
    lines.append(_("Ask again"))
    role_names = {
        "giver": _("hands over"),
        "receiver": _("receives"),
        "customer": _("orders"),
        "payer": _("pays"),
    }
    for asked in changes.ask_again:
        roles = ", ".join(role_names[role] for role in asked.roles)
        lines += wrapped(f"{asked.party}: {roles}", 2)
    return lines
