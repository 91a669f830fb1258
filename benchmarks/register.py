"""`python -m benchmarks.register`: the register against beancount and against bare SQLite, as ratios of one run.

Four measures, each in a folder of its own that is gone afterwards: import and balance beside `bean-check` on
the ledger of the same postings; the positions of one party in a large register; the audit of an export;
appending one statement at a time beside bare commits of as many bytes. A line of JSON for each goes to
`register.jsonl`. On a machine that does other things too, believe the seconds of the processor.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.register_process import AS_OF, RECORDER, as_they_come, position
from benchmarks.register_statements import directory_of, drafts
from benchmarks.results import describe_machine
from ringtausch.exchange.beancount import beancount_text
from ringtausch.exchange.statement_tables import write_statements
from ringtausch.hub import init_register, open_register
from ringtausch.hub.sql import ask
from ringtausch.hub.store import Store
from ringtausch.register.audit import audit
from ringtausch.register.positions import Positions
from ringtausch.register.rule import STRICT
from ringtausch.register.statement import to_dict
from ringtausch.register.trust.canonical import canonical
from ringtausch.register.trust.exporting import AudienceTree, Export, write_export
from ringtausch.register.trust.notes import SigningKey

__all__ = [
    "MEASURES",
    "Measured",
    "main",
    "measure_append",
    "measure_audit",
    "measure_import",
    "measure_position",
]

_ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).with_name("register.jsonl")
_PUBLIC = ("public",)
_TURN = 50
_PART = 100_000  # statements in one append, where the append itself is not measured


@dataclass(frozen=True)
class Measured:
    """One measure: ours, the other's where there is one, and the ratio, of which more is better."""

    case: str
    statements: int
    seconds: float
    cpu_seconds: float | None = None
    other: str = ""
    other_seconds: float | None = None
    other_cpu_seconds: float | None = None
    ratio: float | None = None  # the other's seconds by ours; of the processor where both are known
    parts: dict[str, float] = field(default_factory=dict)

    def __str__(self) -> str:
        """Say it on one line."""
        said = f"{self.case}, {self.statements:,} statements: {self.seconds:.3f} s"
        if self.cpu_seconds is not None:
            said += f" (processor {self.cpu_seconds:.3f} s)"
        if self.other_seconds is not None:
            said += f"; {self.other} {self.other_seconds:.3f} s"
        if self.other_cpu_seconds is not None:
            said += f" (processor {self.other_cpu_seconds:.3f} s)"
        if self.ratio is not None:
            said += f"; ratio {self.ratio:.2f}"
        parts = ", ".join(f"{name} {value:.6g}" for name, value in self.parts.items())
        return f"{said}\n    {parts}" if parts else said


def measure_import(folder: Path, statements: int) -> Measured:
    """Read, check, record and balance a table, beside what beancount takes for the equal ledger."""
    table, database, ledger = folder / "said.csv", folder / "register.db", folder / "said.beancount"
    write_statements(list(drafts(statements)), table)
    ours, text = _run(
        "-m", "benchmarks.register_process", "import", str(table), str(database), str(statements)
    )
    with open_register(str(database)) as store:
        positions = Positions(store.statements(), STRICT, AS_OF, store.directory())
        ledger.write_text(beancount_text(positions), encoding="utf-8")
    program = Path(sys.executable).with_name("bean-check")
    if not program.exists():
        return Measured("import and balance", statements, *ours, parts=json.loads(text))
    theirs, _text = _run("--no-cache", str(ledger), program=str(program))
    return Measured(
        "import and balance",
        statements,
        *ours,
        "bean-check",
        *theirs,
        ratio=(theirs[1] or theirs[0]) / (ours[1] or ours[0]),
        parts=json.loads(text),
    )


def measure_position(folder: Path, statements: int, runs: int = 5) -> Measured:
    """Work out the positions of one small party, in a process that runs on and as one of its own.

    The parties that are asked for have some 100 to 200 statements each; a larger one costs as many times more.
    """
    database = str(folder / "register.db")
    with _filled(database, statements) as store:
        parties = [name for name in sorted(store.directory().parties) if name.startswith("S")]
    position(database, parties[-1])  # what a process does once is none of the question's
    measured = [position(database, party) for party in parties[-runs:]]
    alone, _text = _run("-m", "benchmarks.register_process", "position", database, parties[-1])
    parts = {name: median(one[name] for one in measured) for name in measured[0]}
    seconds = parts["open"] + parts["read"] + parts["positions"]
    return Measured(
        "positions of one party",
        statements,
        seconds,
        parts={**parts, "as_a_process": alone[0]},
    )


def measure_audit(folder: Path, statements: int) -> Measured:
    """Audit an export: the hashing of leaves and trees, timed apart from positions."""
    key = SigningKey.from_seed("example.org/register", bytes(32))
    with _filled(str(folder / "register.db"), statements) as store:
        store.checkpoint(_PUBLIC, key)
        tree = AudienceTree(_PUBLIC, list(store.leaves(_PUBLIC)), store.checkpoints(_PUBLIC))
        keys = store.keys()
        assert keys is not None, "a checkpoint is signed with a key"
        export = Export(store.identity, store.directory(), (tree,), keys, AS_OF)
        write_export(folder / "export", export)
    begun = perf_counter()
    report = audit(folder / "export")
    seconds = perf_counter() - begun
    assert report.finding is None, report.finding
    per_second = statements / report.seconds["trees"]
    return Measured(
        "audit", statements, seconds, parts={**report.seconds, "leaves_per_second": per_second}
    )


def measure_append(folder: Path, statements: int) -> Measured:
    """Append one statement at a time, each on the disk, beside bare commits of as many bytes.

    The two take turns, some at a time, so that what else the disk does slows both.
    """
    said = iter(drafts(statements))
    ours = theirs = 0.0
    bare = _bare(folder / "bare.db")
    begun = perf_counter()
    with init_register(str(folder / "register.db"), directory_of(statements)) as store:
        opened = perf_counter()
        while part := list(islice(said, _TURN)):
            start = perf_counter()
            made = [row for one in part for row in store.append([one], RECORDER)]
            ours += perf_counter() - start
            bodies = [canonical(to_dict(one)) for one in made]
            start = perf_counter()
            for body in bodies:
                bare.execute("BEGIN IMMEDIATE")
                bare.execute("INSERT INTO said (body) VALUES (?)", (body,))
                bare.execute("COMMIT")
            theirs += perf_counter() - start
    bare.close()
    return Measured(
        "append one by one",
        statements,
        ours,
        other="bare SQLite commits",
        other_seconds=theirs,
        ratio=theirs / ours,
        parts={
            "init": opened - begun,
            "appends_per_second": statements / ours,
            "bare_commits_per_second": statements / theirs,
        },
    )


MEASURES: dict[str, Callable[[Path, int], Measured]] = {
    "import": measure_import,
    "position": measure_position,
    "audit": measure_audit,
    "append": measure_append,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.register", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=list(MEASURES), default=list(MEASURES))
    for name, statements in (("import", 100_000), ("position", 1_000_000), ("audit", 100_000)):
        parser.add_argument(f"--{name}", type=int, default=statements, metavar="STATEMENTS")
    parser.add_argument("--append", type=int, default=2_000, metavar="STATEMENTS")
    parser.add_argument("--out", type=Path, default=RESULTS, metavar="FILE")
    given = parser.parse_args(arguments)
    gc.disable()  # as in the commands: the rings of a large register are none of the collector's affair
    try:
        for name in given.only:
            with tempfile.TemporaryDirectory() as folder:
                measured = MEASURES[name](Path(folder), getattr(given, name))
            print(measured, flush=True)
            _keep(measured, given.out)
    finally:
        gc.enable()
    return 0


def _keep(measured: Measured, file: Path) -> None:
    known = {key: v for key, v in asdict(measured).items() if v not in (None, "", {})}
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(known | describe_machine(), ensure_ascii=False) + "\n")


def _filled(database: str, statements: int) -> Store:
    """Make a register of so many statements; what they are checked for is not measured here."""
    store = init_register(database, directory_of(statements))
    ask(store.alias, "PRAGMA cache_size=-2000000")  # 2 GB: a million in minutes
    said = drafts(statements)
    while part := list(islice(said, _PART)):
        store.append(part, RECORDER, prepare=as_they_come)
    return store


def _bare(path: Path) -> sqlite3.Connection:
    """Open a database of one table, as safe as a register: each commit is on the disk."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE said (id INTEGER PRIMARY KEY, body BLOB)")
    return connection


def _run(*arguments: str, program: str = sys.executable) -> tuple[tuple[float, float | None], str]:
    """Run a process that must end well; return its seconds, those of the processor, and what it says."""
    with tempfile.TemporaryFile() as output:
        begun = perf_counter()
        process = subprocess.Popen([program, *arguments], cwd=_ROOT, stdout=output)
        if not hasattr(os, "wait4"):  # Windows tells only the time on the clock
            code, cpu = process.wait(), None
            seconds = perf_counter() - begun
        else:
            _pid, status, used = os.wait4(process.pid, 0)
            seconds = perf_counter() - begun
            code = process.returncode = os.waitstatus_to_exitcode(status)
            cpu = used.ru_utime + used.ru_stime
        output.seek(0)
        text = output.read().decode()
    assert code == 0, f"{program} {' '.join(arguments)} ended with {code}"
    return (seconds, cpu), text


if __name__ == "__main__":
    sys.exit(main())
