"""Random steps of ten parties through checks, storage, export and replay: every invariant holds, and nothing is lost.

The long run takes a million steps: 125 registers of 8,000 each, as many at a time as there are processors. One register
of a million would be read whole for every total, which says no more about the rules and takes far longer; what size
alone does to a register, `benchmarks` measure.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from ringtausch.register import audit
from ringtausch.register.invariants import the_journal_adds_up
from ringtausch.register.journal import journal
from ringtausch.register.positions import Positions
from ringtausch.register.postings import postings
from ringtausch.register.rule import TRACKER
from tests.hub.processes import context
from tests.register.builders import DIRECTORY
from tests.register.simulation import Simulation, Tally, one_register, replay_elsewhere, run

#: What the steps of a simulation are.
STEPS = {
    *("pledged", "reserved", "left", "handed_over", "received", "lost", "returned", "released"),
    *("cancelled", "declined", "agreed", "delivered", "accepted", "substituted", "waived"),
    *("paid_in", "due", "paid", "refunded", "exchanged", "counted", "asked", "granted", "linked"),
    *("corrected", "void"),
}


@pytest.fixture(scope="module")
def simulation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulation]:
    """Two thousand steps, the invariants of all that changed checked after every four hundred."""
    made = Simulation(tmp_path_factory.mktemp("simulation") / "register.db", "2,000")
    for _ in range(5):
        made.run(400)
        made.check()
    yield made
    made.store.close()


def test_two_thousand_random_steps_keep_every_invariant(simulation: Simulation) -> None:
    simulation.check_all()
    assert simulation.recorded == 2_000
    assert set(simulation.milestones) >= STEPS
    assert simulation.redacted > 10
    assert simulation.refused > 10


def test_an_export_of_two_thousand_steps_is_the_same_in_another_process(
    simulation: Simulation, tmp_path: Path
) -> None:
    here, there = replay_elsewhere(simulation, tmp_path / "export")
    assert here == there
    assert sum(there.sizes.values()) > 2_000
    assert len(there.roots) > 10
    assert "The export fits" in run(str(audit.__file__), str(tmp_path / "export"))


def test_the_journal_of_random_steps_adds_up_in_any_order_of_the_log(
    simulation: Simulation,
) -> None:
    view = list(simulation.store.statements("POL"))
    found = postings(Positions(view, TRACKER, simulation.world.day, DIRECTORY))
    entries = journal(view, TRACKER, DIRECTORY, simulation.world.day)
    assert the_journal_adds_up(entries, found) == []
    Random(1).shuffle(view)
    again = postings(Positions(view, TRACKER, simulation.world.day, DIRECTORY))
    assert again.balances == found.balances
    assert sorted(again.moves) == sorted(found.moves)


@pytest.mark.long
def test_a_million_random_steps_keep_every_invariant_and_replay_elsewhere() -> None:
    registers, steps = 125, 8_000
    total = Tally()
    with context().Pool(os.cpu_count()) as pool:
        seeds = [(f"register {number}", steps) for number in range(registers)]
        for tally in pool.imap_unordered(one_register, seeds):
            total += tally
    assert total.recorded == registers * steps
    assert total.refused > 1_000
    assert total.redacted > 1_000
