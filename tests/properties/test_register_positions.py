"""What holds of the positions of every register, whatever is said in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from ringtausch.register.directory import Directory, Party
from ringtausch.register.facts import fact
from ringtausch.register.position import Position
from ringtausch.register.positions import Positions
from ringtausch.register.rank import Ranked, rank_key
from ringtausch.register.rule import STRICT, TRACKER, Rule
from ringtausch.register.statement import Source, Statement
from ringtausch.register.view import ALL, may_read, view
from ringtausch.register.vocabulary import RUNGS
from tests.properties.register_strategies import PARTIES, logs, statements
from tests.register.builders import DIRECTORY

rules = st.sampled_from((STRICT, TRACKER))
days = st.sampled_from((date(2025, 2, 28), date(2025, 6, 30), date(2025, 12, 31)))


def found(
    log: tuple[Statement, ...], rule: Rule, as_of: date, directory: Directory = DIRECTORY
) -> Positions:
    return Positions(log, rule, as_of, directory)


def everything(positions: Positions) -> tuple[object, ...]:
    """Collect all that a reader could see: positions in full, links, what is dropped, candidates."""
    return (
        positions.all(),
        positions.links,
        positions.dropped,
        positions.candidates,
        positions.set_aside,
        positions.without_inferred_links().all(),
    )


@given(logs(), rules, days, st.randoms(use_true_random=False))
def test_shuffling_the_statements_changes_no_position(
    log: tuple[Statement, ...], rule: Rule, as_of: date, random: Random
) -> None:
    shuffled = list(log)
    random.shuffle(shuffled)
    assert everything(found(tuple(shuffled), rule, as_of)) == everything(found(log, rule, as_of))


@given(logs(), days, st.sampled_from(("DEU", "FRA", "NOR", "UKR", None)))
def test_what_a_reader_may_not_see_changes_nothing_for_it(
    log: tuple[Statement, ...], as_of: date, reader: str | None
) -> None:
    def seen(some: tuple[Statement, ...]) -> tuple[object, ...]:
        chosen = view(some, reader=reader, known_at=None, directory=DIRECTORY)
        return everything(found(chosen, TRACKER, as_of))

    visible = tuple(one for one in log if may_read(one, reader, DIRECTORY))
    assert seen(log) == seen(visible)


@given(logs(), days, st.integers(1, 28))
def test_knowing_up_to_a_day_is_cutting_the_log_there(
    log: tuple[Statement, ...], as_of: date, day: int
) -> None:
    known_at = f"2025-12-{day:02}"
    cut = tuple(one for one in log if one.recorded_at[:10] <= known_at)
    known = view(log, reader=ALL, known_at=known_at, directory=DIRECTORY)
    assert everything(found(known, TRACKER, as_of)) == everything(found(cut, TRACKER, as_of))


@given(logs(), rules, days)
def test_renaming_parties_changes_only_names(
    log: tuple[Statement, ...], rule: Rule, as_of: date
) -> None:
    """Names are turned round, so that their order changes with them."""
    new = dict(zip(PARTIES, reversed(PARTIES), strict=True))

    def renamed(one: Statement) -> Statement:
        return replace(
            one,
            giver=new.get(one.giver, one.giver),
            receiver=new.get(one.receiver, one.receiver),
            said_by=new[one.said_by],
            terms=replace(one.terms, replacer=new.get(one.terms.replacer, one.terms.replacer)),
        )

    directory = Directory.of([Party(name) for name in PARTIES], [])
    before = found(log, rule, as_of, directory).all()
    after = found(tuple(renamed(one) for one in log), rule, as_of, directory).all()
    assert [numbers(one) for one in before] == [numbers(one) for one in after]
    sides = [(new.get(one.giver, one.giver), new.get(one.receiver, one.receiver)) for one in before]
    assert sides == [(one.giver, one.receiver) for one in after]


def numbers(position: Position) -> tuple[object, ...]:
    return (
        position.matter,
        position.members,
        position.state,
        position.item,
        position.conditional,
        position.lapsed,
        dict(position.reached_at),
        dict(position.if_met),
        {name: (rung.quantity, rung.rank, rung.undone) for name, rung in position.rungs.items()},
        [(one.group, one.winner.id, one.loser.id) for one in position.conflicts],
    )


@given(logs())
def test_parents_never_lie_inside_their_children(log: tuple[Statement, ...]) -> None:
    positions = found(log, TRACKER, date(2026, 1, 1))
    above: dict[str, set[str]] = {}
    for link in positions.links:
        above.setdefault(link.child, set()).add(link.parent)
    while above:
        tops = {name for name in above if not above[name] & set(above)}
        assert tops, "a circle is left"
        above = {name: parents for name, parents in above.items() if name not in tops}


@given(logs())
def test_every_link_either_counts_or_is_reported_or_is_told_already(
    log: tuple[Statement, ...],
) -> None:
    positions = found(log, TRACKER, date(2026, 1, 1))
    counted = {(one.child, one.parent) for one in positions.links}
    dropped = {(one.statement.id, one.child, one.parent) for one in positions.dropped}
    for one in positions.standing:
        child = positions.same(one.matter)
        if one.part_of:
            parent = positions.same(one.part_of)
            assert (child, parent) in counted or (one.id, child, parent) in dropped
        if one.same_as and positions.same(one.same_as) != child:
            assert (one.id, one.matter, one.same_as) in dropped


@given(logs(), rules, days)
def test_no_rung_is_reached_by_more_than_the_one_before_it(
    log: tuple[Statement, ...], rule: Rule, as_of: date
) -> None:
    for position in found(log, rule, as_of).all():
        rungs = [position.reached(name) for name in RUNGS[position.kind]]
        for earlier, later in pairwise(rungs):
            if not later.is_unknown:
                assert earlier.larger(later) == earlier
        for name, waiting in position.if_met.items():
            # What is promised on a condition may be another thing: then nobody knows the sum.
            assert waiting.is_unknown or waiting.lo >= position.reached(name).lo


@given(logs(), rules, days)
def test_each_matter_stands_in_one_position_whatever_is_asked_first(
    log: tuple[Statement, ...], rule: Rule, as_of: date
) -> None:
    positions = found(log, rule, as_of).all()
    members = [name for position in positions for name in position.members]
    assert len(members) == len(set(members))
    for position in positions:
        assert position.matter == min(position.members)
        for name in position.members:
            assert found(log, rule, as_of).of(name) == position


@given(statements())
def test_the_short_path_of_one_candidate_comes_to_the_same_as_the_general_one(
    statement: Statement,
) -> None:
    """Beside a loser that fills nothing the general path is taken, and it can win no group."""
    silent = replace(
        Statement("m", statement.kind, statement.milestone, Source(6), "x", "x"),
        event=statement.event,
    )
    one, other = (Ranked(rank_key(told, told.source.rank), told) for told in (statement, silent))
    assert fact("m", [one]) == fact("m", [one, other])


@given(logs(), days)
def test_a_wider_rule_never_hears_less(log: tuple[Statement, ...], as_of: date) -> None:
    strict, tracker = found(log, STRICT, as_of), found(log, TRACKER, as_of)
    assert set(strict.candidates) <= set(tracker.candidates)
