"""Of a stock that twenty processes want at once, no more is reserved than there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from ringtausch.hub import init_register, open_register
from ringtausch.register.ranges import Range
from tests.hub.making import DIRECTORY, address_of, pledge
from tests.hub.processes import context, reserve_one

_WANTING = 20


def _outcomes(address: str) -> list[str]:
    """Seven launchers are counted, and twenty processes want one each."""
    with open_register(address) as store:
        held = {"kind": "holding", "milestone": "counted", "receiver": "", "true_on": "2025-07-01"}
        store.append([pledge("stock", quantity=Range(7000, 7000), **held)], "DEU")
    started = context()
    barrier = started.Barrier(_WANTING)
    pipes = [started.Pipe(duplex=False) for _ in range(_WANTING)]
    processes = [
        started.Process(target=reserve_one, args=(address, f"m{number}", barrier, giving))
        for number, (_, giving) in enumerate(pipes)
    ]
    for process in processes:
        process.start()
    answers = [taking.recv() if taking.poll(100) else "no answer" for taking, _ in pipes]
    for process in processes:
        process.join(60)
    return sorted(answers)


def _check(address: str) -> None:
    answers = _outcomes(address)
    assert answers.count("reserved") == 7
    assert {
        answer.split(": ", 1)[1].split(":")[0] for answer in answers if answer != "reserved"
    } == {"DEU would be short of 1 of launcher at the end of 2025-08-01"}
    with open_register(address) as store:
        assert sum(one.milestone == "reserved" for one in store.statements()) == 7


def test_of_seven_in_a_file_twenty_processes_reserve_seven(tmp_path: Path) -> None:
    address = str(tmp_path / "register.db")
    init_register(address, DIRECTORY).close()
    _check(address)


@pytest.mark.xdist_group("postgres")
def test_of_seven_in_postgresql_twenty_processes_reserve_seven(keeper: str) -> None:
    _check(address_of(keeper, "deu"))
