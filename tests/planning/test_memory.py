"""Memory: a limit that is kept, and a size that is known before the work."""

from __future__ import annotations

import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest

import ringtausch as rt
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.infeasible import LimitReached, MemoryReached
from ringtausch.planning.memory import Size, estimate_size, guarded, memory_in_use, room, too_large
from ringtausch.planning.model import build_model
from ringtausch.planning.watch import Progress, Watch
from ringtausch.records.generate import generate_scenario
from tests.builders import scenario

_ON_LINUX = pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="this system does not tell the present figures"
)
_MB = 1_000_000


def small() -> rt.Scenario:
    return scenario(
        start="2025-01-01", horizon=1, settlement=3,
        stocks="A,gun,2", offers="o1,A,gun,2,2025-01-01", lanes="A,C,gun,0",
        needs="n1,C,gun,2,2025-01-01", assurances="A,gun,3",
        supply="S,gun,A,,,2", production="S,gun,2025-03-01,1",
    )  # fmt: skip


@pytest.mark.parametrize("shape", [(6, 4, 24), (12, 10, 30), (20, 5, 60), (30, 20, 36)])
def test_the_size_of_a_model_is_known_before_it_is_written_down(
    shape: tuple[int, int, int],
) -> None:
    parties, items, periods = shape
    facts = gather_facts(generate_scenario(parties=parties, items=items, periods=periods, seed=2))
    said, model = estimate_size(facts), build_model(facts, tuple(rt.records.OBJECTIVES))
    true = Size(model.columns, len(model.matrix.lower), len(model.matrix.value))
    for about, exactly in (
        (said.columns, true.columns),
        (said.rows, true.rows),
        (said.entries, true.entries),
    ):
        assert 0.75 < about / exactly < 1.25


def test_a_model_that_cannot_fit_is_refused_before_it_is_written_down() -> None:
    assert too_large(Size(10, 20, 30), None) is None
    assert too_large(Size(1_000_000, 760_000, 3_400_000), 434 * _MB) is None
    assert too_large(Size(1_000_000, 760_000, 3_400_000), 433 * _MB) == (
        "the model of this scenario has about 1,000,000 columns, 760,000 rows and 3,400,000 entries;"
        " to write it down takes about 434 MB of memory, and there is 433 MB"
    )
    with pytest.raises(MemoryReached, match="and there is 1 MB"):
        rt.plan(small(), memory="1MB")


@_ON_LINUX
def test_what_helpers_hold_counts_too() -> None:
    hoard = "import sys; kept = b'x' * 100_000_000; print(len(kept), flush=True); sys.stdin.read()"
    before = memory_in_use()
    with subprocess.Popen(
        [sys.executable, "-c", hoard], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as helper:
        assert helper.stdout is not None
        assert helper.stdout.readline() == "100000000\n"
        assert memory_in_use() - before > 95 * _MB
        helper.communicate()


@_ON_LINUX
def test_a_search_ends_when_memory_comes_near_the_limit() -> None:
    watch = Watch()
    with guarded(watch, memory_in_use() + 100 * _MB):
        assert not watch.stop.wait(0.5)
        hoard = b"x" * (100 * _MB)
        assert watch.stop.wait(5)
    assert (watch.ended_by, watch.left(), len(hoard)) == ("memory", 0.0, 100 * _MB)


@_ON_LINUX
def test_the_best_plan_until_then_is_given_when_memory_ends_the_search() -> None:
    """What shows the progress takes memory when the second objective begins: there is a plan."""
    case = generate_scenario(parties=12, items=10, periods=30, whole=1.0)
    hoard: list[bytes] = []

    def take(progress: Progress) -> None:
        if progress.step == 2 and not hoard:
            hoard.append(b"x" * (500 * _MB))
            time.sleep(1)  # it goes on when memory has been looked at

    limit = memory_in_use() + 400 * _MB
    plan = rt.plan(case, memory=limit, on_progress=take)
    assert (plan.status, plan.settings["memory"], plan.settings["ended_by"]) == (
        "feasible",
        limit,
        "memory",
    )
    assert rt.verify(case, plan).ok


@_ON_LINUX
def test_without_any_plan_memory_is_named_as_what_ended_the_search() -> None:
    case = generate_scenario(parties=12, items=10, periods=30, whole=1.0)
    hoard = b"x" * (200 * _MB)
    with pytest.raises(MemoryReached) as reached:
        rt.plan(
            case,
            memory=memory_in_use() - 10 * _MB,
            on_progress=lambda progress: None if progress.objective else time.sleep(0.5),
        )
    assert len(hoard) == 200 * _MB
    assert "before any plan was found; allow more with --memory" in str(reached.value)


def test_memory_that_runs_out_is_a_sentence() -> None:
    def take(progress: Progress) -> None:
        if progress.objective:
            raise MemoryError

    with pytest.raises(LimitReached, match="was used up after"):
        rt.plan(small(), on_progress=take)


def test_what_memory_ended_crosses_processes() -> None:
    for reached in (
        MemoryReached(1.5, None),
        MemoryReached(1.5, 8_000_000_000),
        MemoryReached(0.5, 1_000_000, "too large"),
    ):
        copy = pickle.loads(pickle.dumps(reached))  # noqa: S301 - made in the same line
        assert (str(copy), copy.seconds, copy.limit) == (
            str(reached),
            reached.seconds,
            reached.limit,
        )
    assert str(MemoryReached(1.5, 8_000_000_000)) == (
        "memory came near its limit of 8 GB after 1.5 s, before any plan was found;"
        " allow more with --memory"
    )


@pytest.mark.parametrize("memory", ["8", "much", 0, -1, "0GB"])
def test_what_is_no_size_is_refused(memory: str | int) -> None:
    with pytest.raises(ValueError, match="is no size"):
        rt.plan(small(), memory=memory)


def test_the_room_is_the_limit_or_what_the_machine_has_left() -> None:
    assert room(5) == 5
    left = room(None)
    assert left is None or left > 0
