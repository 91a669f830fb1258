"""A register in which several parties take random steps, and another process that replays its export.

Each party records in its own view, many steps in one transaction. Run as a program with the folder of an export,
this file prints what `Replayed` says of it, as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from ringtausch.hub import init_register
from ringtausch.hub.proving import export_register
from ringtausch.hub.store import ALL, Store
from ringtausch.records.problems import InvalidInput
from ringtausch.register.checking import Place
from ringtausch.register.invariants import Broken, invariants
from ringtausch.register.look_through import look_through_all
from ringtausch.register.position import Position
from ringtausch.register.positions import Positions
from ringtausch.register.postings import postings
from ringtausch.register.rule import STRICT, TRACKER, Rule
from ringtausch.register.statement import Statement
from ringtausch.register.trust.audiences import audience_of
from ringtausch.register.trust.merkle import Edge
from ringtausch.register.trust.reading import read_export, statements_of
from tests.register.builders import DIRECTORY
from tests.register.simulated_steps import PARTIES, START, Step, World

__all__ = ["Replayed", "Simulation", "Tally", "one_register", "replay_elsewhere", "run"]

STEPS_A_DAY = 5


@dataclass(frozen=True)
class Replayed:
    """What has to be the same wherever statements are replayed: roots, sizes and positions."""

    roots: dict[str, str]
    sizes: dict[str, int]
    statements: int
    positions: dict[str, str]  # by matter, as hashes; those under `strict` the audit computes again

    def differences(self, other: Replayed) -> list[str]:
        """Name what is not the same."""
        found = [name for name in ("roots", "sizes") if getattr(self, name) != getattr(other, name)]
        told = other.positions
        names = sorted({*self.positions, *told})
        found += [name for name in names if self.positions.get(name) != told.get(name)]
        return found


class Tally(NamedTuple):
    """How many steps were recorded, refused, and were redactions."""

    recorded: int = 0
    refused: int = 0
    redacted: int = 0

    def __add__(self, other: tuple[object, ...]) -> Tally:
        """Add up one by one."""
        assert isinstance(other, Tally)
        return Tally(*map(sum, zip(self, other, strict=True)))


class Simulation:
    """Random steps of several parties, until so many are recorded."""

    def __init__(self, place: Path, seed: str, *, together: int = 60) -> None:
        self.store: Store = init_register(str(place), DIRECTORY)
        self.world = World(seed)
        self.together = together
        self.recorded = self.refused = self.redacted = 0
        self.milestones: Counter[str] = Counter()
        self.touched: set[str] = set()

    def run(self, steps: int) -> None:
        """Take steps, a day after every few of them."""
        world, wanted = self.world, self.recorded + steps
        while self.recorded < wanted:
            party = world.chance.choice(PARTIES)
            world.day = START + timedelta(self.recorded // STEPS_A_DAY)
            for _ in range(min(world.chance.randint(0, 3), wanted - self.recorded)):
                self._redact(party)
            count = world.chance.randint(1, 2 * self.together)
            count = max(0, min(count, wanted - self.recorded))
            self._record([world.step(party) for _ in range(count)], party)

    def check(self) -> None:
        """Check all matters that changed since the last time, with all that hang together with them."""
        for reader in (ALL, self.world.chance.choice(PARTIES), None):
            view = list(self.store.statements(reader, None, self.touched))
            _holds(broken(view, TRACKER, self.world.day))
        self.touched.clear()

    def check_all(self) -> None:
        """Check everything: in several views, under both rules, as of the last day and one before."""
        view = list(self.store.statements())
        early = START + (self.world.day - START) // 2
        _holds(broken(view, TRACKER, self.world.day))
        _holds(broken(view, STRICT, early))
        halfway = view[len(view) // 2].recorded_at
        _holds(broken(self.store.statements("DEU", halfway), TRACKER, self.world.day))

    def _record(self, steps: list[Step], party: str) -> None:
        """Record steps together, without those that the register refuses.

        Of a stock that is too small it says no place: then each half is tried by itself.
        """
        if not steps:
            return
        numbered = [(draft, at) for at, step in enumerate(steps, start=1) for draft in step]
        drafts, places = [draft for draft, _at in numbered], [Place("", at) for _, at in numbered]
        try:
            made = self.store.append(drafts, party, reader=party, places=places)
        except InvalidInput as invalid:
            wrong = {problem.line for problem in invalid.problems if problem.column}
            if wrong or len(steps) == 1:
                wrong = wrong or {1}
                self.refused += len(wrong)
                left = [step for at, step in enumerate(steps, start=1) if at not in wrong]
                self._record(left, party)
            else:
                half = len(steps) // 2
                self._record(steps[:half], party)
                self._record(steps[half:], party)
            return
        self.recorded += len(steps)
        self._remember(made, party)

    def _remember(self, made: Iterable[Statement], party: str) -> None:
        chain: list[Statement] = []
        for said in made:
            corrects = said.corrects and said.milestone != "void"
            self.milestones["corrected" if corrects else said.milestone] += 1
            self.touched.add(said.matter)
            if said.chain and not said.corrects:
                if chain and chain[-1].chain != said.chain:
                    self.world.chains[party].append(chain)
                    chain = []
                chain.append(said)
            elif not said.chain and said.milestone != "void":
                self.world.recorded[party].append(said)
        if chain:
            self.world.chains[party].append(chain)

    def _redact(self, party: str) -> None:
        if not self.world.recorded[party]:
            return  # nothing to redact
        said = self.world.chance.choice(self.world.recorded[party])
        self.touched.add(said.matter)
        try:
            self.store.redact(said.id, "board", "names a person", party)
        except InvalidInput:
            self.refused += 1
            return
        self.redacted += 1
        self.recorded += 1
        self.world.recorded[party].remove(said)


def broken(view: Iterable[Statement], rule: Rule, as_of: date) -> list[Broken | str]:
    """List what does not hold of rules 27 and 35."""
    positions = Positions(view, rule, as_of, DIRECTORY)
    found: list[Broken | str] = list(invariants(positions, postings(positions)))
    found += [name for name, pool in look_through_all(positions).items() if not pool.holds]
    return found


def _holds(found: list[Broken | str]) -> None:
    assert not found, f"{len(found)} broken, first {found[0]}"


def one_register(seed_and_steps: tuple[str, int]) -> Tally:
    """Run a simulation of its own, check it whole and replay it elsewhere."""
    seed, steps = seed_and_steps
    with TemporaryDirectory() as folder:
        simulation = Simulation(Path(folder) / "register.db", seed, together=300)
        with simulation.store:
            for _ in range(2):
                simulation.run(steps // 2)
                simulation.check()
            simulation.check_all()
            here, there = replay_elsewhere(simulation, Path(folder) / "export")
    differences = here.differences(there)
    assert not differences, f"{seed}: {differences}"
    return Tally(simulation.recorded, simulation.refused, simulation.redacted)


def replayed(statements: Iterable[Statement], trees: dict[str, list[bytes]], on: date) -> Replayed:
    """Say what statements and the hashes of leaves come to."""
    said = tuple(statements)
    positions = Positions(said, TRACKER, on, DIRECTORY).all()
    return Replayed(
        {name: Edge().extend(hashes).root().hex() for name, hashes in sorted(trees.items())},
        {name: len(hashes) for name, hashes in sorted(trees.items())},
        len(said),
        {position.matter: _hash(position) for position in positions},
    )


def _hash(position: Position) -> str:
    """Hash all fields; a set is written in another order in each process, and goes in sorted."""
    told = repr((replace(position, waits=frozenset()), sorted(position.waits)))
    return sha256(told.encode()).hexdigest()[:16]


def of_store(store: Store, on: date) -> Replayed:
    """Replay what lies in a register."""
    trees = {
        audience_of(names): [leaf.hash for leaf in store.leaves(names)]
        for names in store.audiences()
    }
    return replayed(store.statements(), trees, on)


def of_export(folder: Path, on: date) -> Replayed:
    """Replay what lies in an export, each leaf hashed anew."""
    export = read_export(folder)
    trees = {tree.name: [leaf.hash for leaf in tree.leaves] for tree in export.trees}
    return replayed(statements_of(export.trees), trees, on)


def replay_elsewhere(simulation: Simulation, folder: Path) -> tuple[Replayed, Replayed]:
    """Export a register, and replay the export in another process, which audits it before it reads it.

    Returns
    -------
    tuple of Replayed
        Of the register here, and of its export there.
    """
    store, day = simulation.store, simulation.world.day
    export_register(store, folder, ALL, key=folder.with_suffix(".key"), as_of=day)
    words = ("-m", "tests.register.simulation", str(folder), day.isoformat())
    there = json.loads(run(*words))
    return of_store(store, day), Replayed(**there)


def run(*words: str) -> str:
    found = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
    return found.stdout


if __name__ == "__main__":
    sys.stdout.write(
        json.dumps(asdict(of_export(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))))
    )
