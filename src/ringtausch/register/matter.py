"""One matter of the register on its own: from its statements to its position (rules 5 to 10 and 13).

In: the standing statements of a class of matters, a rule and the as-of date. Out: its evidence, a draft of
what it has reached, and, once it is known what waits for a condition, its position. Links and the
conditions of other matters are none of this file's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple

from ringtausch.register.conditions import Draft, FactKey, Waiting, all_wait, conditions
from ringtausch.register.directory import Directory
from ringtausch.register.events import rung, told_otherwise
from ringtausch.register.facts import commodity, fact, until
from ringtausch.register.ladder import MARK_ORDER, furthest_first, reached, state, undo
from ringtausch.register.lapse import LAPSING, lapsed
from ringtausch.register.position import Conflict, Fact, Position, Rung
from ringtausch.register.ranges import Range
from ringtausch.register.rank import Ranked, by_rank, effective_rank, rank_key
from ringtausch.register.rule import Rule
from ringtausch.register.statement import NO_TERMS, Condition, Statement, Terms
from ringtausch.register.vocabulary import RUNGS, actor

__all__ = ["Evidence", "Sides", "draft", "gather", "position", "rank_all", "sides"]

_NOTHING_HELD: frozenset[FactKey] = frozenset()


class Sides(NamedTuple):
    """Who stands on which side of a matter, as far as anybody says."""

    giver: str = ""
    receiver: str = ""
    replacer: str = ""


class Evidence(NamedTuple):
    """What is said of a class of matters: all that stands, and what makes its position, best first."""

    kind: str
    ranked: list[Ranked]
    candidates: list[Ranked]
    strangers: list[Ranked]  # admitted and true, but of another kind of matter


def sides(statements: Iterable[Statement], directory: Directory) -> Sides:
    """Find the sides of a matter for statements that leave them out (rule 6).

    Each side is what the best-ranked standing statement says that names it, whatever the rule and the day:
    who the parties are is knowledge, not an event. The class of these is by the sides that they name.
    """
    ranked = sorted((_by_its_own_sides(one, directory) for one in statements), key=by_rank)
    known = [one.statement for one in ranked]
    return Sides(
        next((one.giver for one in known if one.giver), ""),
        next((one.receiver for one in known if one.receiver), ""),
        next((one.terms.replacer for one in known if one.terms.replacer), ""),
    )


def rank_all(statements: Sequence[Statement], directory: Directory) -> list[Ranked]:
    """Rank the statements of a class of matters, the best first (rules 5 and 6).

    A statement's own giver and receiver decide whose act it tells; what it leaves out is as the matter has
    it.
    """
    if all(_names_its_side(one) for one in statements):
        ranked = [_by_its_own_sides(one, directory) for one in statements]
    else:
        of_matter = sides(statements, directory)
        ranked = [_by_sides(one, of_matter, directory) for one in statements]
    ranked.sort(key=by_rank)
    return ranked


def gather(ranked: list[Ranked], kind: str, rule: Rule, as_of: date) -> Evidence:
    """Choose the candidates: admitted, not set aside, true by the as-of date (rule 6)."""
    earliest = -as_of.toordinal()
    admitted = [
        one
        for one in ranked
        if one.key[0] in rule.ranks
        and one.key[2] >= earliest
        and one.statement.milestone != "linked"
        and one.statement.id not in rule.set_aside
    ]
    candidates = [one for one in admitted if one.statement.kind == kind]
    if len(candidates) == len(admitted):
        return Evidence(kind, ranked, candidates, [])
    return Evidence(
        kind, ranked, candidates, [one for one in admitted if one.statement.kind != kind]
    )


def draft(matter: str, evidence: Evidence, as_of: date) -> Draft:
    """Work out the facts and rungs of a matter, and what of them has lapsed (rules 7 to 9 and 13)."""
    kind = evidence.kind
    if not evidence.candidates:
        return Draft(matter, kind, {}, ("", ""))
    by_fact: dict[FactKey, list[Ranked]] = {}
    for one in evidence.candidates:
        by_fact.setdefault((one.statement.milestone, one.statement.event), []).append(one)
    facts = {key: fact(matter, by_fact[key]) for key in sorted(by_fact)}
    by_milestone: dict[str, list[Fact]] = {}
    for (milestone, _event), known in facts.items():
        by_milestone.setdefault(milestone, []).append(known)
    counted = {name: rung(known) for name, known in by_milestone.items()}
    rungs, contradictions = undo(kind, matter, counted)
    conflicts = [conflict for known in facts.values() for conflict in known.conflicts]
    for name, all_events in by_milestone.items():
        if len(all_events) > 1:
            conflicts += told_otherwise(matter, counted[name], all_events)
    conflicts += contradictions
    # Most matters have neither an end nor a condition: they are asked for where anybody speaks of one.
    ends = any(one.statement.until for one in evidence.candidates)
    asks = any(one.statement.condition is not None for one in evidence.candidates)
    conflicts += (_of_another_kind(matter, evidence, one) for one in evidence.strangers)
    order = _facts_in_order(kind, rungs)
    return Draft(
        matter,
        kind,
        rungs,
        next((said for one in order if any(said := commodity(one))), ("", "")),
        order,
        frozenset(lapsed(rungs, as_of)) if ends else _NOTHING_HELD,
        facts,
        tuple(conflicts),
        conditions(kind, rungs) if asks else {},
        _until(kind, rungs) if ends else "",
    )


def position(known: Draft, members: tuple[str, ...], waiting: Waiting) -> Position:
    """Write down where a matter stands (rules 10, 12 and 13).

    The furthest rung that is not undone speaks for the matter, and what it leaves out is as the rung before
    it has it; the terms of a replacement are those of its agreement.
    """
    if not known.facts:
        return Position(known.matter, known.kind, members)
    waits = waiting.facts.get(known.matter, _NOTHING_HELD)
    conditional = known.matter in waiting.matters
    if_met = _reached(known, known.lapsed)
    at = if_met
    if waits and not all_wait(known, waits):
        at = _reached(known, known.lapsed | waits)
    giver, receiver = _who(known.order)
    return Position(
        matter=known.matter,
        kind=known.kind,
        members=members,
        state=state(known.kind, known.rungs),
        giver=giver,
        receiver=receiver,
        item=known.commodity[0],
        currency=known.commodity[1],
        until=known.until,
        condition=_condition(known, waits),
        conditional=conditional,
        waits=_waits(known, waits, conditional=conditional),
        lapsed=bool(known.lapsed) and if_met != _reached(known, _NOTHING_HELD),
        terms=_terms(known),
        facts=known.facts,
        rungs=known.rungs,
        reached_at=at,
        if_met={} if at is if_met or at == if_met else if_met,
        conflicts=known.conflicts,
    )


def _names_its_side(said: Statement) -> bool:
    side = actor(said.kind, said.milestone)
    if side == "sayer":
        return True
    # Both sides: else a counterparty would pass for a third party. And in a replacement the debtor may be
    # one whom only the agreement names.
    return bool(said.giver and said.receiver) and (
        said.kind != "replacement" or bool(said.terms.replacer)
    )


def _by_its_own_sides(said: Statement, directory: Directory) -> Ranked:
    return _by_sides(said, Sides(), directory)


def _by_sides(said: Statement, of_matter: Sides, directory: Directory) -> Ranked:
    rank = effective_rank(
        said,
        said.giver or of_matter.giver,
        said.receiver or of_matter.receiver,
        directory,
        replacer=said.terms.replacer or of_matter.replacer,
    )
    return Ranked(rank_key(said, rank), said)


def _facts_in_order(kind: str, rungs: Mapping[str, Rung]) -> list[Fact]:
    """List the facts that count: the furthest rung first, then marks, then what is undone."""
    if len(rungs) == 1:
        (only,) = rungs.values()
        return list(only.facts)
    names = furthest_first(kind, rungs)
    names += [name for name in MARK_ORDER[kind] if name in rungs]
    names += [name for name in reversed(RUNGS[kind]) if name in rungs and rungs[name].undone]
    return [known for name in names for known in rungs[name].facts]


def _who(order: list[Fact]) -> tuple[str, str]:
    """Name giver and receiver, both from one statement where one names both."""
    named = [(who.giver, who.receiver) for known in order if (who := known.winners.get("who"))]
    for giver, receiver in named:
        if giver and receiver:
            return giver, receiver
    return (
        next((giver for giver, _receiver in named if giver), ""),
        next((receiver for _giver, receiver in named if receiver), ""),
    )


def _terms(known: Draft) -> Terms:
    order = known.order
    agreed = known.rungs.get("agreed")
    if agreed is not None and not agreed.undone:
        order = [*agreed.facts, *order]
    return next((said.terms for one in order if (said := one.winners.get("terms"))), NO_TERMS)


def _until(kind: str, rungs: Mapping[str, Rung]) -> str:
    for name in furthest_first(kind, rungs):
        if name in LAPSING:
            for one in rungs[name].facts:
                if until(one):
                    return until(one)
    return ""


def _waits(known: Draft, own: AbstractSet[FactKey], *, conditional: bool) -> frozenset[FactKey]:
    """Return the facts that wait (rule 12): all of them where the matter lies inside one that waits."""
    if conditional and not (own and all_wait(known, own)):
        return frozenset(known.facts)
    return frozenset(own)


def _condition(known: Draft, waits: AbstractSet[FactKey]) -> Condition | None:
    """Return the condition that is not met, of the furthest rung that has one; else one that is met."""
    asked = known.asked
    waiting = [condition for key, condition in asked.items() if key in waits]
    return next(iter(waiting or asked.values()), None)


def _reached(known: Draft, held: Iterable[FactKey]) -> dict[str, Range]:
    return reached(known.kind, known.rungs, known.commodity, frozenset(held))


def _of_another_kind(matter: str, evidence: Evidence, one: Ranked) -> Conflict:
    winner = evidence.candidates[0].statement
    said = one.statement
    return Conflict(matter, said.milestone, said.event, "kind", winner, said)
