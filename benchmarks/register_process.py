"""What the benchmark of the register runs as processes of their own: `python -m benchmarks.register_process`.

Each prints one line of JSON: the seconds of its parts, and an answer, so that a faster wrong one shows.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.register_statements import directory_of
from ringtausch.exchange.statement_tables import inspect_statements
from ringtausch.hub import init_register, open_register
from ringtausch.register.directory import Directory
from ringtausch.register.positions import Positions
from ringtausch.register.postings import postings
from ringtausch.register.rule import STRICT
from ringtausch.register.statement import Statement

__all__ = ["AS_OF", "RECORDER", "as_they_come", "balance", "bring_in", "position"]

AS_OF = date(2026, 12, 31)
RECORDER = "desk"


def bring_in(table: Path, database: str, statements: int) -> dict[str, float]:
    """Read a table of statements, check it, and record it in a new register: all or nothing."""
    begun = process_time()
    directory = directory_of(statements)
    found = inspect_statements(table, recorded_by=RECORDER)  # `append` checks what it says
    assert not found.problems, found.problems[:3]
    read = process_time()
    with init_register(database, directory) as store:
        rows = [statement for statement, _place in found.rows]
        made = store.append(rows, RECORDER, places=[place for _statement, place in found.rows])
    assert len(made) == statements, "everything is recorded"
    return {"read": read - begun, "check_and_record": process_time() - read}


def balance(database: str) -> dict[str, float]:
    """Work out the balances of all accounts from the register."""
    begun = process_time()
    with open_register(database) as store:
        said = list(store.statements())
        read = process_time()
        found = postings(Positions(said, STRICT, AS_OF, store.directory()))
    seconds = {"read_back": read - begun, "balance": process_time() - read}
    return {**seconds, "accounts": len(found.balances), "moves": len(found.moves)}


def position(database: str, party: str) -> dict[str, float]:
    """Work out the positions of one party, of whose matters alone the statements are read."""
    begun = perf_counter()
    with open_register(database) as store:
        opened = perf_counter()
        said = list(store.statements(parties=[party]))
        read = perf_counter()
        found = Positions(said, STRICT, AS_OF, store.directory()).party(party)
    seconds = {"open": opened - begun, "read": read - opened, "positions": perf_counter() - read}
    return {**seconds, "statements": len(said), "matters": len(found)}


def as_they_come(
    made: Sequence[Statement],
    _view: Sequence[Statement],
    _directory: Directory,
    moment: str,
    new_id: Callable[[], str],
    **_more: object,
) -> list[Statement]:
    """Record without a check: a store's `prepare`, where the checks are not what is measured."""
    return [draft.recorded(new_id(), moment) for draft in made]


def _main(what: str, *arguments: str) -> None:
    gc.freeze()
    gc.disable()  # as the commands do: nothing here makes rings, and a process ends soon
    if what == "import":
        table, database, statements = arguments
        found = bring_in(Path(table), database, int(statements))
        found |= balance(database)
    elif what == "balance":
        found = balance(*arguments)
    else:
        found = position(*arguments)
    print(json.dumps(found))


if __name__ == "__main__":
    _main(*sys.argv[1:])
