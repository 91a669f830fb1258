"""Positions, accounts and debts on a terminal.

In: what `register.positions`, `register.postings` and `register.replacement` found. Out: lines of 80 columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from ringtausch.cli.register_table import money, paragraph, table
from ringtausch.cli.register_totals_table import asked_line
from ringtausch.language import _
from ringtausch.register.directory import minor_unit, scale_of
from ringtausch.register.ranges import Range, say_range

if TYPE_CHECKING:
    from ringtausch.hub.asking import Asked
    from ringtausch.register.accounts import Account
    from ringtausch.register.position import Conflict, Position
    from ringtausch.register.positions import Positions
    from ringtausch.register.postings import Postings
    from ringtausch.register.replacement import Debt
    from ringtausch.register.statement import Statement

__all__ = ["balance_lines", "conflict_rows", "position_lines", "said_words", "sides"]


def position_lines(
    asked: Asked, found: Positions, shown: Sequence[Position], *, whole: bool
) -> list[str]:
    """Write positions: one line each, or each with its rungs and conflicts."""
    lines = [asked_line(asked), ""]
    if not shown:
        return [*lines, _("There is no matter in view.")]
    if not whole:
        rows = [
            (
                one.matter,
                _state(one),
                sides(one.giver, one.receiver),
                f"{_reached(one)} {one.item or one.currency}".strip(),
                _marks(one),
            )
            for one in shown
        ]
        header = [_("matter"), _("state"), _("from and to"), _("how much"), _("mark")]
        return [*lines, *table(header, rows)]
    for one in shown:
        lines += [*_whole(found, one), ""]
    return lines[:-1]


def sides(giver: str, receiver: str) -> str:
    """Write from whom to whom."""
    return f"{giver or '?'} → {receiver or '?'}" if giver or receiver else ""


def _state(position: Position) -> str:
    return position.state or _("nothing counts")


def _reached(position: Position) -> str:
    return _amount(position, position.reached(position.state))


def _amount(position: Position, quantity: Range) -> str:
    return say_range(quantity, scale_of("" if position.item else position.currency))


def _marks(position: Position) -> str:
    marks = [
        (_("conditional"), position.conditional),
        (_("lapsed"), position.lapsed),
        (_("conflicts {n}").format(n=len(position.conflicts)), bool(position.conflicts)),
    ]
    return ", ".join(text for text, holds in marks if holds)


def _whole(found: Positions, one: Position) -> list[str]:
    """Write a position with everything that stands in it."""
    what = one.item or one.currency
    lines = [f"{one.matter}: {one.kind}, {_state(one)}"]
    facts = {
        _("from and to"): sides(one.giver, one.receiver),
        _("of"): what,
        _("until"): one.until + (_(" (lapsed)") if one.lapsed else ""),
        _("condition"): _condition(one),
        _("the same as"): ", ".join(name for name in one.members if name != one.matter),
        _("lies in"): ", ".join(link.parent for link in found.links if link.child == one.matter),
        _("holds"): ", ".join(link.child for link in found.links if link.parent == one.matter),
    }
    for name, text in facts.items():
        if text.strip():
            lines += paragraph(f"  {name}: {text}")
    rows = []
    for milestone, event in one.in_order():
        fact = one.facts[milestone, event]
        rung = one.rungs.get(milestone)
        gone = _("undone") if rung is not None and rung.undone else ""
        who = fact.winners.get("what") or fact.winners["when"]
        rows.append(
            (
                f"{milestone} {event}".strip(),
                _amount(one, fact.quantity),
                fact.true_on.isoformat(),
                f"{who.said_by} ({_('class {rank}').format(rank=fact.rank)})",
                gone,
            )
        )
    if rows:
        header = [_("milestone"), _("how much"), _("true on"), _("who says so"), ""]
        lines += ["", *table(header, rows)]
    reached = {name: quantity for name, quantity in one.reached_at.items() if quantity.hi != 0}
    if reached:
        said = ", ".join(f"{name} {_amount(one, amount)}" for name, amount in reached.items())
        lines += ["", *paragraph(_("Has got at least so far: {said}").format(said=said))]
    if one.conflicts:
        lines += ["", _("Who says otherwise:")]
        lines += table(
            [_("milestone"), _("about"), _("counts"), _("does not")], conflict_rows(one.conflicts)
        )
    return lines


def _condition(one: Position) -> str:
    asked = one.condition
    if asked is None:
        return ""
    words = asked.words
    if asked.matters:
        said = _("{milestone} of {matters}").format(
            milestone=asked.milestone, matters=", ".join(asked.matters)
        )
        words = f"{words} ({said})" if words else said
    met = _("not met: it does not count yet") if one.conditional else _("see the milestones")
    return f"{words}; {met}"


def conflict_rows(conflicts: Iterable[Conflict]) -> list[tuple[str, ...]]:
    """Write each conflict as milestone, group, winner and loser; what reads alike stands once."""
    alike = Counter(
        (
            f"{one.milestone} {one.event}".strip(),
            one.group,
            said_words(one.winner, one.group),
            said_words(one.loser, one.group),
        )
        for one in conflicts
    )
    return [
        row
        if count == 1
        else (*row[:3], _("{said}, {count} times").format(said=row[3], count=count))
        for row, count in alike.items()
    ]


def said_words(said: Statement, group: str) -> str:
    """Say what a statement says of a group of fields, by whom and when."""
    scale = scale_of(said.currency)
    words = {
        "what": f"{say_range(said.known_quantity, scale)} {said.item or said.currency}",
        "who": sides(said.giver, said.receiver),
        "when": said.true_on + (f" .. {said.until}" if said.until else ""),
        "worth": ""
        if said.value is None
        else f"{money(said.value, 10_000, 1)} {said.value_currency} {said.basis}",
        "terms": _terms(said),
        "kind": said.kind,
    }[group]
    condition = said.condition
    if group == "what" and condition is not None:
        words += _(", if {words}").format(words=condition.words or ", ".join(condition.matters))
    day = said.said_on or said.source.date
    return f"{words.strip()} ({said.said_by}, {day})"


def _terms(said: Statement) -> str:
    from dataclasses import asdict

    filled = {name: value for name, value in asdict(said.terms).items() if value}
    return ", ".join(f"{name} {value}" for name, value in filled.items())


def balance_lines(
    asked: Asked, posted: Postings, accounts: Mapping[Account, int], owed: Sequence[Debt]
) -> list[str]:
    """Write accounts, debts, what was not posted and what is short."""
    lines = [asked_line(asked), ""]
    if accounts:
        rows = [
            (
                account.party,
                account.state,
                account.commodity,
                _posted(account.commodity, amount, asked),
            )
            for account, amount in accounts.items()
        ]
        header = [_("party"), _("account"), _("of"), _("amount")]
        lines += table(header, rows, right=(3,))
    else:
        lines.append(_("Nothing was moved, so that no account holds anything."))
    if owed:
        owing = [
            (
                one.matter,
                one.debtor,
                one.creditor,
                money(one.owed or -one.ahead, 1000),
                one.item,
                "" if one.due is None else one.due.isoformat(),
            )
            for one in owed
        ]
        header = [_("debt"), _("who owes"), _("whom"), _("owed"), _("of"), _("due")]
        lines += ["", *table(header, owing, right=(3,))]
    lines += _not_posted(asked, posted, {account.commodity for account in accounts})
    for short in posted.short:
        lines += paragraph(
            _(
                "Conflict: {party} was short of {amount} {item} on {day}: more was taken out than it"
                " counts."
            ).format(
                party=short.party,
                amount=money(short.amount, 1000),
                item=short.item,
                day=short.day.isoformat(),
            )
        )
    return lines


def _posted(commodity: str, amount: int, asked: Asked) -> str:
    if commodity in asked.directory.items:
        return money(amount, 1000)
    return money(amount, 10_000, minor_unit(commodity))


def _not_posted(asked: Asked, posted: Postings, commodities: set[str]) -> list[str]:
    rows = [
        (
            one.matter,
            one.milestone,
            _("unknown")
            if one.amount is None
            else f"{_posted(one.commodity, one.amount, asked)} {one.commodity}",
            one.why,
        )
        for one in posted.not_posted
        if not commodities or one.commodity in commodities
    ]
    if not rows:
        return []
    header = [_("matter"), _("milestone"), _("how much"), _("why")]
    return ["", _("Said, and not posted:"), *table(header, rows)]
