"""Clusters: the workers of a Dask cluster as lanes of a crew.

In: the address of a scheduler. Out: lanes, one for each thread of the workers. A cluster that cannot
be reached, or that is not of these versions, is refused in a sentence. A worker that goes away loses
its lanes, which is noticed within seconds: Dask itself would wait for it to come back.
"""

from __future__ import annotations

import itertools
import logging
import pickle
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager, nullcontext, suppress
from importlib.metadata import PackageNotFoundError, version
from typing import Any, ParamSpec, TypeVar

from ringtausch.language import _
from ringtausch.planning.executors import CLUSTER, InvalidExecutor, unusable
from ringtausch.planning.families.crews import LaneLost

__all__ = ["PATIENCE", "joined"]

P = ParamSpec("P")
T = TypeVar("T")

#: Seconds to reach a cluster and its first worker in.
PATIENCE = 10.0
#: Seconds between two looks at which workers are there, and until such a look is given up.
_PULSE, _SILENCE = 0.5, 5.0
#: What has to be of the same version on both sides, so that answers are those of this machine.
_SAME = ("ringtausch", "highspy", "numpy")


class Lane(Executor):
    """A thread of a worker."""

    def __init__(self, client: Any, worker: str) -> None:
        self.worker = worker
        self._inner = client.get_executor(workers=[worker], pure=False)
        self._pending: set[Future[Any]] = set()
        self._sent = itertools.count()
        self._lock = threading.Lock()
        self._is_lost = False

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Send a task; its future fails where the worker goes away before the answer is there."""
        answer: Future[T] = Future()
        with self._lock:
            if self._is_lost:
                raise LaneLost(self.worker)
            self._pending.add(answer)
        # as bytes: Dask would search what is sent for tasks of its own; and one after the other,
        # since what is sent at nearly the same time has no order there
        packed, urgency = pickle.dumps((fn, args, kwargs)), -next(self._sent)
        inner = self._inner.submit(answer_in_turn, packed, priority=urgency)
        inner.add_done_callback(lambda done: self._came_back(answer, done))
        answer.add_done_callback(lambda done: done.cancelled() and inner.cancel())
        return answer

    def lose(self) -> None:
        """Give up the worker, and all that it has not answered yet."""
        with self._lock:
            self._is_lost = True
            given_up, self._pending = self._pending, set()
        for answer in given_up:
            _finish(answer, LaneLost(self.worker))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT002
        """Let go of what the worker has not answered yet."""
        self.lose()
        self._inner.shutdown(wait=wait and not cancel_futures)

    def _came_back(self, answer: Future[Any], done: Future[Any]) -> None:
        with self._lock:
            if answer not in self._pending:  # the lane was lost meanwhile
                return
            self._pending.remove(answer)
        error = LaneLost(self.worker) if done.cancelled() else done.exception()
        if type(error).__module__.partition(".")[0] == "distributed":  # killed, or out of reach
            error = LaneLost(self.worker)
        result = None
        if error is None:
            result, error = done.result()
        if error is not None:
            _finish(answer, error)
        elif answer.set_running_or_notify_cancel():
            answer.set_result(result)


def _finish(answer: Future[Any], error: BaseException) -> None:
    if answer.set_running_or_notify_cancel():
        answer.set_exception(error)


_one_at_a_time: dict[int, threading.Lock] = {}


def answer_in_turn(packed: bytes) -> tuple[Any, Exception | None]:
    """Do a task in a worker; tasks of one family never at the same time, though threads are several.

    What is kept of a family is for one task at a time. Tasks that are about nothing kept run freely.
    An error is an answer too: the worker would write what it raises into its log.
    """
    try:
        task, arguments, named = pickle.loads(packed)  # noqa: S301 - the cluster is the user's own
        family = _family_of(arguments)
        with _one_at_a_time.setdefault(family[1], threading.Lock()) if family else nullcontext():
            return task(*arguments, **named), None
    except Exception as error:  # noqa: BLE001 - handed to the one who asks for the result
        return None, error


def _family_of(arguments: tuple[Any, ...]) -> tuple[str, int] | None:
    """Return the run and the family that a task is about, where it is about one."""
    first, second = (*arguments, None, None)[:2]
    if isinstance(first, tuple):  # sent again together with what it is about
        return _family_of(first)
    return (first, second) if isinstance(first, str) and isinstance(second, int) else None


@contextmanager
def joined(address: str, patience: float = PATIENCE) -> Iterator[Sequence[Executor]]:
    """Join a cluster, and leave it in the end.

    Parameters
    ----------
    address
        Of the scheduler, as `tcp://10.0.0.1:8786`.
    patience
        Seconds to wait for it and for its first worker.

    Raises
    ------
    InvalidExecutor
        `distributed` is not installed, the cluster cannot be reached or has no workers, or something
        there is of another version than here.
    """
    name = f"{CLUSTER}{address}"
    try:
        import dask
        import distributed
    except ImportError:
        raise unusable(
            name, _("Dask is not installed; to install it: pip install 'ringtausch[dask]'")
        ) from None
    with _quiet(), dask.config.set({"distributed.admin.large-graph-warning-threshold": "1TB"}):
        client, threads = _reach(distributed.Client, address, patience)
        lanes: list[Lane] = []
        is_over = threading.Event()
        try:
            _compare_versions(client, name)
            lanes = [
                Lane(client, worker) for worker, n in sorted(threads.items()) for _n in range(n)
            ]
            watcher = threading.Thread(target=_mind, args=(client, lanes, is_over), daemon=True)
            watcher.start()
            yield lanes
        finally:
            is_over.set()
            for lane in lanes:
                lane.lose()
            with suppress(Exception):  # it may be gone
                client.close(timeout=2)


def _reach(
    connect: Callable[..., Any], address: str, patience: float
) -> tuple[Any, dict[str, int]]:
    """Connect to a scheduler that has workers; return the client and the threads of each worker."""
    name = f"{CLUSTER}{address}"
    began = time.monotonic()
    try:
        client = connect(address, timeout=patience, set_as_default=False)
    except (OSError, ValueError, TypeError, ImportError) as error:
        reason = (str(error) or type(error).__name__).splitlines()[0]
        raise unusable(
            name,
            _("the cluster at {address} cannot be reached: {reason}").format(
                address=address, reason=reason
            ),
        ) from None
    try:
        while True:
            threads: dict[str, int] = dict(client.nthreads())
            if threads:
                return client, threads
            if time.monotonic() - began > patience:
                break
            time.sleep(0.2)
    except BaseException:
        client.close(timeout=2)
        raise
    client.close(timeout=2)
    raise unusable(
        name,
        _(
            "the cluster at {address} has no workers; to start one there: dask worker {address}"
        ).format(address=address),
    )


def _compare_versions(client: Any, name: str) -> None:
    """Refuse a cluster that has something of another version than this machine."""
    for package in _SAME:
        here = version(package)
        there = client.run(version, package, on_error="return")
        there[_("the scheduler")] = _on_scheduler(client, package)
        for place, found in sorted(there.items()):
            if found != here:
                raise _other_version(name, place, package, found, here)


def _on_scheduler(client: Any, package: str) -> Any:
    try:
        return client.run_on_scheduler(version, package)
    except PackageNotFoundError as missing:
        return missing


def _other_version(
    name: str, place: str, package: str, found: object, here: str
) -> InvalidExecutor:
    if isinstance(found, str):
        message = _("{place} has {package} {found}, and here it is {here}; install the same there")
    else:
        message = _("{place} has no {package}; install {package} {here} there")
    return unusable(name, message.format(place=place, package=package, found=found, here=here))


def _mind(client: Any, lanes: Sequence[Lane], is_over: threading.Event) -> None:
    """Look again and again which workers are there; the lanes of others are lost."""
    while not is_over.wait(_PULSE):
        try:
            alive = client.sync(client.scheduler.ncores, callback_timeout=_SILENCE)
        except Exception:  # noqa: BLE001 - whatever it is, nobody there answers
            alive = {}
        for lane in lanes:
            if lane.worker not in alive and not is_over.is_set():
                lane.lose()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask from telling on the error stream what is told in sentences here."""
    loggers = [logging.getLogger(name) for name in ("distributed", "tornado")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
