"""Writers that are killed at any moment: what was acknowledged is there, and nothing half-written."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from ringtausch.hub import init_register, open_register
from ringtausch.register.trust.canonical import leaf_hash
from tests.hub.making import DIRECTORY, address_of
from tests.hub.processes import context, write_threes


def _kill(address: str, name: str, seconds: float) -> set[str]:
    """Kill a writer at some moment; return the ids that it had told of."""
    started = context()
    taking, giving = started.Pipe(duplex=False)
    process: Any = started.Process(target=write_threes, args=(address, name, giving))
    process.start()
    giving.close()
    told: set[str] = set(taking.recv()) if taking.poll(60) else set()
    assert told, "the writer has begun"
    process.join(seconds)
    process.kill()
    process.join()
    while True:
        try:
            told.update(taking.recv())
        except (EOFError, OSError):
            break
    taking.close()
    process.close()
    return told


def _check(address: str, kills: int) -> None:
    """After every kill all that was told is there, threes are whole, and hashes fit."""
    chance = random.Random(2025)
    told: set[str] = set()
    for number in range(kills):
        told |= _kill(address, f"k{number}", chance.uniform(0, 0.08))
        with open_register(address) as store:
            found = list(store.statements())
            assert told <= {one.id for one in found}
            assert len(found) % 3 == 0
            leaves = list(store.leaves(("public",)))
            assert len(leaves) == len(found)
        for leaf in leaves:
            assert leaf.salt is not None
            assert leaf.payload is not None
            assert leaf_hash(leaf.version, leaf.salt, leaf.payload) == leaf.hash


def _file(tmp_path: Path) -> str:
    address = str(tmp_path / "register.db")
    init_register(address, DIRECTORY).close()
    return address


def test_a_killed_writer_loses_nothing_that_a_file_has_acknowledged(tmp_path: Path) -> None:
    _check(_file(tmp_path), kills=4)


@pytest.mark.long
def test_two_hundred_killed_writers_lose_nothing_of_a_file(tmp_path: Path) -> None:
    _check(_file(tmp_path), kills=200)


@pytest.mark.xdist_group("postgres")
def test_a_killed_writer_loses_nothing_that_postgresql_has_acknowledged(keeper: str) -> None:
    _check(address_of(keeper, "deu"), kills=3)


@pytest.mark.long
@pytest.mark.xdist_group("postgres")
def test_fifty_killed_writers_lose_nothing_in_postgresql(keeper: str) -> None:
    _check(address_of(keeper, "deu"), kills=50)
