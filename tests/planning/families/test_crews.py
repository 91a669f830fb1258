"""Crews: the same answers from this process, from others and from a real cluster of two workers."""

from __future__ import annotations

import os
import signal
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import Future
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ringtausch.planning.arrays import FloatArray
from ringtausch.planning.executors import InvalidExecutor
from ringtausch.planning.families.clusters import joined
from ringtausch.planning.families.crews import Crew, check_executor, crew_of
from ringtausch.planning.families.pricing import (
    Limits,
    NotKept,
    Reply,
    forget,
    keep_family,
    price_relaxed,
    price_whole,
)
from ringtausch.planning.model import Matrix
from ringtausch.planning.solver import LinearProblem
from ringtausch.planning.watch import Watch

#: Of one group, so that there is one cluster however many processes share the tests.
pytestmark = [
    pytest.mark.xdist_group("cluster"),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals"),
]

#: What a failed look for Dask is: on CI the lock has it, so that it cannot be absent unseen.
_WITHOUT_DASK = pytest.mark.skipif(
    find_spec("distributed") is None and not os.environ.get("CI"),
    reason="distributed is not installed",
)
_FAMILIES = 6


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two workers on this machine, each a process of one thread."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as running:
        yield running


def knapsack(number: int) -> LinearProblem:
    """Minimise -(3 a + 2 b + c) where 2 a + 2 b + 3 c is at most 3 + number, each at most 2."""
    return LinearProblem(
        cost=np.array([-3.0, -2.0, -1.0]),
        lower=np.zeros(3),
        upper=np.full(3, 2.0),
        whole=np.ones(3, dtype=np.bool_),
        matrix=Matrix(
            start=np.array([0, 3]),
            column=np.array([0, 1, 2]),
            value=np.array([2.0, 2.0, 3.0]),
            lower=np.array([-np.inf]),
            upper=np.array([3.0 + number]),
        ),
    )


#: By hand: a first, then b, then c; and the same in whole numbers.
RELAXED = [-4.5, -6.0, -7.0, -8.0, -9.0, -10.0]
WHOLE = [-3.0, -6.0, -6.0, -8.0, -8.0, -10.0]


def keep_all(crew: Crew) -> str:
    run = uuid.uuid4().hex
    for number in range(_FAMILIES):
        crew.submit(number, keep_family, run, number, knapsack(number)).result()
    return run


def ask_all(crew: Crew, run: str) -> list[tuple[float, float]]:
    """Ask every family for both kinds of answers, all at once."""
    cost = knapsack(0).cost
    relaxed = [crew.submit(n, price_relaxed, run, n, cost, Limits()) for n in range(_FAMILIES)]
    whole = [crew.submit(n, price_whole, run, n, cost, Limits()) for n in range(_FAMILIES)]
    return [(r.result().value, w.result().value) for r, w in zip(relaxed, whole, strict=True)]


def rounded(answers: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(round(relaxed, 6), round(whole, 6)) for relaxed, whole in answers]


def forgotten(crew: Crew, run: str) -> None:
    for done in crew.everywhere(forget, run):
        done.result()


BY_HAND = list(zip(RELAXED, WHOLE, strict=True))


# ---- this machine


@pytest.mark.parametrize("processes", [1, 2])
def test_this_process_and_two_others_answer_alike(processes: int) -> None:
    with crew_of("local", processes) as crew:
        run = keep_all(crew)
        assert rounded(ask_all(crew, run)) == BY_HAND
        forgotten(crew, run)


def test_a_family_that_a_process_has_forgotten_is_sent_again() -> None:
    """The lanes forget behind the crew's back, as a worker does that was started anew."""
    with crew_of("local", 2) as crew:
        run = keep_all(crew)
        for lane in crew.lanes:
            lane.submit(forget, run).result()
        assert rounded(ask_all(crew, run)) == BY_HAND


def test_a_family_that_was_never_kept_is_an_error_not_an_endless_question() -> None:
    with crew_of("local", 2) as crew:
        asked = crew.submit(0, price_relaxed, "no run", 0, knapsack(0).cost, Limits())
        assert isinstance(asked.exception(), NotKept)


def test_a_process_that_dies_costs_no_answer() -> None:
    with crew_of("local", 2) as crew:
        run = keep_all(crew)
        os.kill(crew.submit(0, os.getpid).result(), signal.SIGKILL)
        assert rounded(ask_all(crew, run)) == BY_HAND
        assert crew.lost == 1
        forgotten(crew, run)


def test_when_all_processes_die_this_one_goes_on() -> None:
    with crew_of("local", 2) as crew:
        run = keep_all(crew)
        for number in (0, 1):
            os.kill(crew.submit(number, os.getpid).result(), signal.SIGKILL)
        assert rounded(ask_all(crew, run)) == BY_HAND
        assert crew.lost == 2
        assert crew.submit(0, os.getpid).result() == os.getpid()
        forgotten(crew, run)


def test_what_nobody_waits_for_any_longer_is_not_waited_for() -> None:
    """The processes would sleep for an hour; the watch was asked to stop."""
    watch = Watch()
    watch.stop.set()
    with crew_of("local", 2) as crew:
        asked = [crew.submit(number, time.sleep, 3600) for number in range(4)]
        assert crew.results(asked, watch) is None


def test_what_is_cancelled_is_not_begun() -> None:
    """Of five tasks the first two are with the process already; the others it never gets to see."""
    with crew_of("local", 2) as crew:
        asked = [crew.submit(0, time.sleep, 0.2) for _ in range(5)]
        last = crew.submit(0, os.getpid)
        for task in asked[2:]:
            assert task.cancel()
        assert last.result() != os.getpid()
        assert [task.cancelled() for task in asked] == [False, False, True, True, True]


def test_answers_come_in_the_order_of_the_questions() -> None:
    with crew_of("local", 2) as crew:
        asked: list[Future[float]] = [crew.submit(n, pow, 2.0, n) for n in range(5)]
        assert crew.results(asked, Watch()) == [1.0, 2.0, 4.0, 8.0, 16.0]


def test_several_runs_may_share_a_process() -> None:
    """A second run once made the process forget the families of the first."""
    crew = Crew.here()
    first, second = keep_all(crew), keep_all(crew)
    for run in (first, second, first):
        assert rounded(ask_all(crew, run)) == BY_HAND
        if run == second:
            forgotten(crew, second)


# ---- a cluster


@_WITHOUT_DASK
def test_a_cluster_answers_as_this_process_does(cluster: Any) -> None:
    with crew_of(f"dask:{cluster.scheduler_address}") as crew:
        run = keep_all(crew)
        assert len(crew.lanes) == 2
        pids = {crew.submit(number, os.getpid).result() for number in range(_FAMILIES)}
        assert len(pids - {os.getpid()}) == 2
        assert rounded(ask_all(crew, run)) == BY_HAND
        forgotten(crew, run)


@_WITHOUT_DASK
def test_two_programs_may_use_a_cluster_at_once(cluster: Any) -> None:
    """Both call their run by the same name, and keep other families under the same numbers."""
    name = f"dask:{cluster.scheduler_address}"
    cost = knapsack(0).cost
    with crew_of(name) as one, crew_of(name) as other:
        one.submit(0, keep_family, "run", 0, knapsack(0))
        other.submit(0, keep_family, "run", 0, knapsack(5))
        values = [
            crew.submit(0, price_relaxed, "run", 0, cost, Limits()).result().value
            for crew in (one, other, one)
        ]
        assert [round(value, 6) for value in values] == [RELAXED[0], RELAXED[5], RELAXED[0]]
        forgotten(one, "run")
        assert other.submit(0, price_relaxed, "run", 0, cost, Limits()).result().value == values[1]
        forgotten(other, "run")


@_WITHOUT_DASK
def test_arrays_come_back_from_a_cluster_as_they_are_here(cluster: Any) -> None:
    cost: FloatArray = np.array([-3.0, -2.0, -1.0])
    replies: list[Reply] = []
    with crew_of(f"dask:{cluster.scheduler_address}") as crew:
        for each in (crew, Crew.here()):
            run = keep_all(each)
            replies.append(each.submit(4, price_relaxed, run, 4, cost, Limits()).result())
    there, here = replies
    assert there.columns is not None
    assert here.columns is not None
    assert (there.columns.tolist(), there.bound) == (here.columns.tolist(), here.bound)


@_WITHOUT_DASK
def test_a_worker_of_another_version_is_refused(cluster: Any, tmp_path: Path) -> None:
    """The worker finds the papers of another version of the solver first."""
    papers = tmp_path / "highspy-9.9.9.dist-info"
    papers.mkdir()
    (papers / "METADATA").write_text("Name: highspy\nVersion: 9.9.9\n", encoding="utf-8")
    from distributed import Client

    address = cluster.scheduler_address
    with Client(address, set_as_default=False) as client:
        worker = min(client.nthreads())
        found_first = f"import sys; sys.path.insert(0, {str(tmp_path)!r})"
        client.run(exec, found_first, workers=[worker])
        try:
            with pytest.raises(InvalidExecutor) as refused:
                check_executor(f"dask:{address}")
        finally:
            client.run(exec, f"import sys; sys.path.remove({str(tmp_path)!r})", workers=[worker])
    assert str(refused.value) == (
        f"--executor: {worker} has highspy 9.9.9, and here it is 1.15.0; install the same there"
    )


@_WITHOUT_DASK
def test_a_worker_that_dies_costs_no_answer(cluster: Any) -> None:
    """Dask starts another one in its place, at another address; the crew goes on with what it has."""
    with crew_of(f"dask:{cluster.scheduler_address}") as crew:
        run = keep_all(crew)
        os.kill(crew.submit(0, os.getpid).result(), signal.SIGKILL)
        assert rounded(ask_all(crew, run)) == BY_HAND
        assert crew.lost == 1
        forgotten(crew, run)


@_WITHOUT_DASK
def test_a_cluster_without_workers_is_refused() -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=0, processes=False, dashboard_address=":0") as empty:
        address = empty.scheduler_address
        with pytest.raises(InvalidExecutor) as refused, joined(address, patience=0.2):
            pass
    assert str(refused.value) == (
        f"--executor: the cluster at {address} has no workers;"
        f" to start one there: dask worker {address}"
    )


@_WITHOUT_DASK
def test_a_cluster_that_cannot_be_reached_is_refused() -> None:
    with pytest.raises(InvalidExecutor) as refused, joined("tcp://127.0.0.1:9", patience=0.2):
        pass
    assert str(refused.value).startswith(
        "--executor: the cluster at tcp://127.0.0.1:9 cannot be reached: "
    )
    assert "\n" not in str(refused.value)


@_WITHOUT_DASK
def test_a_cluster_that_goes_away_leaves_the_work_to_this_process() -> None:
    from distributed import LocalCluster

    passing = LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=":0"
    )
    with passing, crew_of(f"dask:{passing.scheduler_address}") as crew:
        run = keep_all(crew)
        assert len(crew.lanes) == 2
        assert rounded(ask_all(crew, run)) == BY_HAND
        passing.close()
        assert rounded(ask_all(crew, run)) == BY_HAND
        forgotten(crew, run)
