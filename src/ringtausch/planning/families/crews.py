"""Crews: who answers questions about families: this process, others, or a cluster.

In: the lanes, each an executor that answers one question after the other and remembers its families.
Out: futures. Any `concurrent.futures.Executor` can be a lane, so that a cluster can carry the work.
A lane that does not know a family is sent it again; the work of a lane that is lost goes to another,
and where none is left to this process. The answers are the same wherever they are found.
"""

from __future__ import annotations

import os
import signal
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import connection, get_context
from typing import Any, ParamSpec, TypeVar

from ringtausch.planning.executors import (
    CLUSTER,
    is_executor_name,
    unusable,
    usable_cores,
    wrong_name,
)
from ringtausch.planning.families.pricing import NotKept, forget, keep_family
from ringtausch.planning.many import main_hidden
from ringtausch.planning.watch import Watch

__all__ = [
    "Crew",
    "LaneLost",
    "check_executor",
    "crew_of",
    "is_executor_name",
    "lanes_here",
    "lanes_of_cluster",
]

P = ParamSpec("P")
T = TypeVar("T")

#: A lane that still does not know a family after it was sent so often has another trouble.
_MOST_TRIES = 5
_SLICE = 0.1  # seconds between looks at the watch


class LaneLost(BrokenExecutor):
    """A lane's process is gone, and what it kept with it."""


class Here(Executor):
    """An executor that answers at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Answer, and return the answer as a future that is done."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - handed to the one who asks for the result
            future.set_exception(error)
        return future


@dataclass(frozen=True)
class _Errand:
    """A task on its way: for which family (None: for a lane), and who waits for it."""

    number: int | None
    task: Callable[..., Any]
    arguments: tuple[Any, ...]
    answer: Future[Any]
    tries: int = 1


class Crew:
    """Several lanes; a family always takes the same one, which remembers it.

    Tasks about families have the name of a run as their first argument. It is this crew's own: other
    programs may have runs of the same name on the same cluster.

    Parameters
    ----------
    lanes
        Executors that each run one task at a time, in one process.
    """

    def __init__(self, lanes: Sequence[Executor]) -> None:
        self.lanes = tuple(lanes)
        self._name = uuid.uuid4().hex
        self._families: dict[tuple[str, int], tuple[Any, ...]] = {}
        self._lost: set[int] = set()  # places of lanes
        self._lock = threading.Lock()
        self._is_closed = False
        self._mender: ThreadPoolExecutor | None = None
        self._last: ThreadPoolExecutor | None = None

    @classmethod
    def here(cls) -> Crew:
        """Make a crew of this process alone."""
        return cls([Here()])

    @property
    def lost(self) -> int:
        """How many lanes are lost."""
        return len(self._lost)

    def submit(self, number: int, task: Callable[..., T], *arguments: Any) -> Future[T]:
        """Put a task into the lane of a family.

        What `keep_family` was given is remembered, so that it can be sent again where a lane does
        not know it. The future is done in any case, whatever happens to a lane; where it is
        cancelled, the task is not begun any more.
        """
        arguments = self._owned(arguments)
        if task is keep_family:
            self._families[arguments[0], number] = arguments
        answer: Future[T] = Future()
        self._send(_Errand(number, task, arguments, answer))
        return answer

    def everywhere(self, task: Callable[..., T], *arguments: Any) -> list[Future[T | None]]:
        """Put a task into every lane; the answer of a lane that is lost is None."""
        arguments = self._owned(arguments)
        if task is forget:
            for key in [key for key in self._families if key[0] == arguments[0]]:
                del self._families[key]
        answers: list[Future[T | None]] = []
        for place in range(len(self.lanes)):
            answers.append(Future())
            self._put(_Errand(None, task, arguments, answers[-1]), place)
        if self._last is not None:
            answers.append(self._last.submit(task, *arguments))
        return answers

    def results(self, answers: Iterable[Future[T]], watch: Watch) -> list[T] | None:
        """Wait for answers; None as soon as the watch is asked to stop, by Ctrl-C too."""
        waiting = list(answers)
        pending = set(waiting)
        while pending and not watch.stop.is_set():
            try:
                pending = wait(pending, timeout=_SLICE).not_done
            except KeyboardInterrupt:
                watch.stop.set()
        if pending:
            for answer in pending:
                answer.cancel()
            return None
        return [answer.result() for answer in waiting]

    def close(self) -> None:
        """Let go of what this crew has started of its own; its lanes are others' affair."""
        with self._lock:
            self._is_closed = True
        for own in (self._mender, self._last):
            if own is not None:
                own.shutdown(wait=False, cancel_futures=True)

    def _owned(self, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        """Make the name of a run this crew's own."""
        if arguments and isinstance(arguments[0], str):
            return (f"{self._name} {arguments[0]}", *arguments[1:])
        return arguments

    def _send(self, errand: _Errand) -> None:
        """Put an errand into the lane of its family, or into another where that is lost."""
        assert errand.number is not None
        count = len(self.lanes)
        places = [(errand.number + step) % count for step in range(count)]
        place = next((place for place in places if place not in self._lost), None)
        self._put(errand, place)

    def _put(self, errand: _Errand, place: int | None) -> None:
        """Put an errand into a lane; without one it is done in this process."""
        try:
            if place in self._lost:
                raise LaneLost
            lane = self._this_process() if place is None else self.lanes[place]
            sent = lane.submit(errand.task, *errand.arguments)
        except BrokenExecutor:
            self._lose(errand, place)
        except RuntimeError as error:  # it was let go meanwhile
            _settle(errand.answer, error=error)
        else:
            sent.add_done_callback(lambda done: self._came_back(errand, place, done))
            errand.answer.add_done_callback(lambda answer: answer.cancelled() and sent.cancel())

    def _came_back(self, errand: _Errand, place: int | None, done: Future[Any]) -> None:
        """Hand an answer on, or see to it that the task is done again."""
        if done.cancelled():
            errand.answer.cancel()
            errand.answer.set_running_or_notify_cancel()
            return
        error = done.exception()
        if error is None:
            _settle(errand.answer, done.result())
        elif isinstance(error, BrokenExecutor):
            self._lose(errand, place)
        elif isinstance(error, NotKept):
            self._teach(errand, error)
        else:
            _settle(errand.answer, error=error)

    def _teach(self, errand: _Errand, error: NotKept) -> None:
        """Send a family again together with the task that had not found it."""
        kept = self._families.get((error.args[0], error.args[1]))
        if errand.number is None or kept is None or errand.tries >= _MOST_TRIES:
            _settle(errand.answer, error=error)
            return
        arguments = (kept, errand.task, errand.arguments)
        again = replace(errand, task=keep_and_ask, arguments=arguments, tries=errand.tries + 1)
        self._mend(again)

    def _lose(self, errand: _Errand, place: int | None) -> None:
        """Note that a lane is lost, and do elsewhere what it was to do."""
        if place is not None:
            self._lost.add(place)
        if errand.number is None:
            _settle(errand.answer, None)
        else:
            self._mend(errand)

    def _mend(self, errand: _Errand) -> None:
        """Send an errand again, from a thread that holds no lock of any lane."""
        with self._lock:
            if self._mender is None and not self._is_closed:
                self._mender = ThreadPoolExecutor(1, thread_name_prefix="mender")
        if self._is_closed or self._mender is None:
            _settle(errand.answer, error=LaneLost())
            return
        try:
            self._mender.submit(self._send, errand)
        except RuntimeError:  # let go in this moment
            _settle(errand.answer, error=LaneLost())

    def _this_process(self) -> Executor:
        with self._lock:
            if self._is_closed:
                raise RuntimeError("the crew has been let go")
            if self._last is None:
                self._last = ThreadPoolExecutor(1, thread_name_prefix="families")
        return self._last


def keep_and_ask(kept: tuple[Any, ...], task: Callable[..., T], arguments: tuple[Any, ...]) -> T:
    """Keep a family, then do what had not found it."""
    keep_family(*kept)
    return task(*arguments)


def _settle(answer: Future[Any], result: Any = None, error: BaseException | None = None) -> None:
    """Finish a future, unless whoever waited for it has given it up."""
    if not answer.set_running_or_notify_cancel():
        return
    if error is None:
        answer.set_result(result)
    else:
        answer.set_exception(error)


def check_executor(name: str) -> None:
    """Refuse an executor that cannot be used, before any work is done.

    Raises
    ------
    InvalidExecutor
        The name names nothing; the cluster cannot be reached, has no workers, or other versions.
    """
    wrong = wrong_name(name)
    if wrong is not None:
        raise unusable(name, wrong)
    if name.startswith(CLUSTER):
        with lanes_of_cluster(name.removeprefix(CLUSTER)):
            pass


@contextmanager
def crew_of(name: str, processes: int | None = None) -> Iterator[Crew]:
    """Gather the crew that a name stands for, and let it go in the end.

    Work that nobody waits for any longer is not waited for.

    Parameters
    ----------
    name
        `local`, or `dask:ADDRESS` of a running scheduler.
    processes
        How many processes here; as many as there are processors where none are given.

    Raises
    ------
    InvalidExecutor
        As for `check_executor`.
    """
    wrong = wrong_name(name)
    if wrong is not None:
        raise unusable(name, wrong)
    if name.startswith(CLUSTER):
        with lanes_of_cluster(name.removeprefix(CLUSTER)) as lanes, _gathered(lanes) as crew:
            yield crew
        return
    count = processes or usable_cores()
    if count == 1:
        yield Crew.here()
        return
    workers = lanes_here(count)
    try:
        with _gathered(workers) as crew:
            yield crew
    finally:
        for worker in workers:
            worker.end()


@contextmanager
def _gathered(lanes: Sequence[Executor]) -> Iterator[Crew]:
    crew = Crew(lanes)
    try:
        yield crew
    finally:
        crew.close()


#: What the standard library takes to drop what was cancelled: a process that ends before breaks on it.
_MOMENT = 0.05


class OneProcess(ProcessPoolExecutor):
    """A process of its own, which ends when this one does, however that comes about."""

    def __init__(self) -> None:
        context = get_context("spawn")
        reader, self._lifeline = context.Pipe(duplex=False)
        self._asked: set[Future[Any]] = set()
        super().__init__(1, mp_context=context, initializer=_settle_in, initargs=(reader,))
        self.submit(os.getpid)  # so that it starts now, while this one goes on
        reader.close()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Put a task behind the others."""
        future = super().submit(fn, *args, **kwargs)
        self._asked.add(future)
        future.add_done_callback(self._asked.discard)
        return future

    def end(self) -> None:
        """End the process; what it is at is not waited for."""
        self.shutdown(wait=False, cancel_futures=True)
        if any(not future.done() for future in list(self._asked)):
            time.sleep(_MOMENT)
            self._lifeline.close()
        self.shutdown(wait=True)
        self._lifeline.close()


def lanes_here(count: int) -> list[OneProcess]:
    """Start processes, each a lane of its own; Ctrl-C is the business of this one."""
    with main_hidden():
        return [OneProcess() for _ in range(count)]


def _settle_in(lifeline: connection.Connection) -> None:
    """Leave Ctrl-C to the process that asks, and do not outlive its interest."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(lifeline,), name="lifeline", daemon=True).start()


def _end_with(lifeline: connection.Connection) -> None:
    connection.wait([lifeline])  # nothing is ever sent: it is closed, or whoever held it is gone
    os._exit(1)


@contextmanager
def lanes_of_cluster(address: str) -> Iterator[list[Executor]]:
    """Join a Dask cluster; each thread of its workers is a lane."""
    from ringtausch.planning.families.clusters import joined

    with joined(address) as lanes:
        yield list(lanes)
