"""Goals: what is to be reached, as the user writes it, and as rows of a model.

In: a text such as `need=N2 by=2026-03-01` and a scenario. Out: a `Goal`, or every problem with the
text at once; and the rows that hold a plan to it. Other rules stay as they are.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from ringtausch.insight.asks.words import Words, joined
from ringtausch.language import _
from ringtausch.planning.arrays import IntArray
from ringtausch.planning.layout import Layout
from ringtausch.planning.rows import Rows
from ringtausch.records.columns import BadCell, read_day
from ringtausch.records.messages import or_suggest
from ringtausch.records.problems import InvalidInput, Problem
from ringtausch.records.scenario import Scenario

__all__ = ["Goal", "InvalidGoal", "goal_rows", "read_goal"]

_KINDS = ("need", "gap", "late")
#: Notes a problem: which part of the goal, what stands there, what is wrong.
Refuse = Callable[[str, str, str], None]


class InvalidGoal(InvalidInput):
    """A goal that cannot be understood."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What holds from a day on: needs that are met, gaps and lateness that have ended.

    Parameters
    ----------
    by
        From the period of this day on.
    needs
        Needs that are met in full.
    gaps
        Party and capability: it is not below its floor.
    late
        Party and item: nothing that it is owed is overdue.
    """

    by: date
    needs: tuple[str, ...] = ()
    gaps: tuple[tuple[str, str], ...] = ()
    late: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Write the goal as one may write it again."""
        parts = [f"need={need}" for need in self.needs]
        parts += [f"gap={party}:{capability}" for party, capability in self.gaps]
        parts += [f"late={party}:{item}" for party, item in self.late]
        return shlex.join([*parts, f"by={self.by}"])

    def said(self, scenario: Scenario, *, already: bool = False) -> str:
        """Say what would be reached, or is `already`, as the second half of a sentence."""
        words = Words(scenario)
        parties = {row.need: row.party for row in scenario.needs}
        met = (
            _("{party}'s need {need} is met")
            if already
            else _("{party}'s need {need} would be met")
        )
        high = (
            _("{party} is not below its floor of {capability}")
            if already
            else _("{party} would not be below its floor of {capability}")
        )
        timely = (
            _("no {item} that {party} is owed is late")
            if already
            else _("no {item} that {party} is owed would be late")
        )
        parts = [met.format(party=words.party(parties[need]), need=need) for need in self.needs]
        parts += [
            high.format(party=words.party(party), capability=words.item(capability))
            for party, capability in self.gaps
        ]
        parts += [
            timely.format(party=words.party(party), item=words.item(item))
            for party, item in self.late
        ]
        period = words.period(scenario.calendar.index(self.by))
        return _("{what} from {period} on").format(what=joined(parts), period=period)


def read_goal(text: str, scenario: Scenario) -> Goal:
    """Read a goal: `need=NEED`, `gap=PARTY:CAPABILITY` or `late=PARTY:ITEM`, with `by=DATE`.

    Several may stand together; all of them hold from the one date on.

    Raises
    ------
    InvalidGoal
        With everything that is wrong with it.
    """
    problems: list[Problem] = []

    def refuse(column: str, value: str, message: str) -> None:
        problems.append(Problem("goal", 0, column, value, message))

    parts: dict[str, list[str]] = {}
    for word in _split(text, refuse):
        kind, equals, value = word.partition("=")
        if not equals or kind not in {*_KINDS, "by"}:
            message = _('"{word}" is not need=, gap=, late= or by=').format(word=word)
            refuse("", word, message)
        else:
            parts.setdefault(kind, []).append(value)
    day = _day(parts.get("by", []), scenario, refuse)
    needs = [value for value in parts.get("need", []) if _known_need(value, scenario, refuse)]
    gaps = [_pair("gap", value, scenario, refuse) for value in parts.get("gap", [])]
    late = [_pair("late", value, scenario, refuse) for value in parts.get("late", [])]
    if not (needs or gaps or late or problems):
        message = _("says nothing to reach; write such as need=N2 by=2026-03-01")
        refuse("", text, message)
    if problems or day is None:
        raise InvalidGoal(problems)
    return Goal(
        day,
        tuple(dict.fromkeys(needs)),
        tuple(dict.fromkeys(pair for pair in gaps if pair)),
        tuple(dict.fromkeys(pair for pair in late if pair)),
    )


def _split(text: str, refuse: Refuse) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        refuse("", text, _("a quotation mark is not closed"))
        return []


def _day(days: list[str], scenario: Scenario, refuse: Refuse) -> date | None:
    """Read the date, which must be given once and lie within the plan."""
    if len(days) != 1:
        message = (
            _("is given {n} times; write by=DATE once, such as by=2026-03-01")
            if days
            else _("is missing; write by=DATE, such as by=2026-03-01")
        )
        refuse("by", " ".join(days), message.format(n=len(days)))
        return None
    try:
        day = read_day(days[0])
    except BadCell as bad:
        refuse("by", days[0], str(bad))
        return None
    calendar = scenario.calendar
    if calendar.index(day) >= calendar.count:
        last = calendar.label(calendar.count - 1)
        message = _("{day} is after the plan, which ends with {last}").format(day=day, last=last)
        refuse("by", days[0], message)
    return day


def _known_need(name: str, scenario: Scenario, refuse: Refuse) -> bool:
    known = [row.need for row in scenario.needs]
    if name not in known:
        message = _('there is no need "{name}"; {hint}').format(
            name=name, hint=or_suggest(name, known)
        )
        refuse("need", name, message)
    return name in known


def _pair(kind: str, text: str, scenario: Scenario, refuse: Refuse) -> tuple[str, str] | None:
    """Read a party and a capability or item, of which there is a floor or something owed."""
    if kind == "gap":
        pairs = {(row.party, row.capability) for row in scenario.floors}
        example, lacks = "PARTY:CAPABILITY", _("{party} has no floor of {thing}; {hint}")
    else:
        pairs = {(row.party, row.item) for row in scenario.assurances}
        pairs |= {(row.party, row.item) for row in scenario.debts}
        example, lacks = "PARTY:ITEM", _("{party} has no assurance or debt of {thing}; {hint}")
    party, colon, thing = text.partition(":")
    parties = [row.party for row in scenario.parties]
    if not colon:
        refuse(kind, text, _('"{text}" is not {example}').format(text=text, example=example))
    elif party not in parties:
        message = _('there is no party "{party}"; {hint}').format(
            party=party, hint=or_suggest(party, parties)
        )
        refuse(kind, text, message)
    elif (party, thing) not in pairs:
        own = [other for name, other in pairs if name == party]
        hint = or_suggest(thing, own) if own else _("it has none at all")
        refuse(kind, text, lacks.format(party=party, thing=thing, hint=hint))
    else:
        return party, thing
    return None


# ---- in a model


def goal_rows(goal: Goal, scenario: Scenario, layout: Layout) -> list[Rows]:
    """Write the rows that hold a plan to a goal.

    What serves a need stays, so that it is enough to ask for all of it by the period of the day.
    """
    first = scenario.calendar.index(goal.by)
    facts, names = layout.facts, layout.facts.names
    numbers = {row.need: number for number, row in enumerate(scenario.needs)}
    found = []
    for need in goal.needs:
        roles = np.flatnonzero(facts.needs.role_of == numbers[need])
        quantity = np.full(len(roles), facts.needs.quantity[numbers[need]])
        rows = Rows.at_least("goal", quantity)
        rows.add(np.arange(len(roles)), layout.served[roles, first], 1.0)
        found.append(rows)
    for party, capability in goal.gaps:
        floors = zip(facts.floors.party.tolist(), facts.floors.capability, strict=True)
        number = list(floors).index((names.party[party], capability))
        found.append(_none_of(layout.gap[number, first:]))
    for party, item in goal.late:
        debts = zip(facts.debts.party.tolist(), facts.debts.item.tolist(), strict=True)
        number = list(debts).index((names.party[party], names.item[item]))
        found.append(_none_of(layout.late[number, first:]))
    return found


def _none_of(columns: IntArray) -> Rows:
    rows = Rows.at_most("goal", np.zeros(len(columns)))
    rows.add(np.arange(len(columns)), columns, 1.0)
    return rows
