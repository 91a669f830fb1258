"""Many questions to one thing at once, in processes of their own.

In: what every question needs, a function, and the questions. Out: the answers, each as soon as it is
there. Processes are started afresh rather than forked, because the solver keeps threads that a fork
would break. They need nothing of the program that asks, and do not run it anew: a script without a
guard of its main part may ask as well.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import get_context
from types import ModuleType
from typing import Any, TypeVar

__all__ = ["in_processes", "main_hidden"]

#: Below so many questions other processes take longer to start than they save.
_FEW = 4

Shared = TypeVar("Shared")
Question = TypeVar("Question")
Answer = TypeVar("Answer")

_kept: list[Any] = []


def in_processes(
    ask: Callable[[Shared, Question], Answer],
    shared: Shared,
    questions: Sequence[Question],
    processes: int,
) -> Iterator[tuple[int, Answer]]:
    """Answer questions; each answer comes with the number of its question as soon as it is there.

    Whoever stops listening stops the work.

    Parameters
    ----------
    ask
        Answers one question; of a module, so that other processes find it.
    shared
        What all questions need; it is sent to each process once.
    processes
        How many share the work; 1 = this one alone.
    """
    if processes <= 1 or len(questions) < _FEW:
        for number, question in enumerate(questions):
            yield number, ask(shared, question)
        return
    pool = ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_keep, initargs=(ask, shared)
    )
    try:
        with main_hidden():  # submitting is what starts the processes
            tasks = {pool.submit(_answer, question): at for at, question in enumerate(questions)}
        for task in as_completed(tasks):
            yield tasks[task], task.result()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()  # in order, so that nothing is left behind when the program ends at once


@contextmanager
def main_hidden() -> Iterator[None]:
    """Let processes that are started meanwhile not import the program that started them."""
    program = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = program


def _keep(ask: Any, shared: Any) -> None:
    """Keep what all questions need in this process; Ctrl-C is the business of the one that asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _kept[:] = [ask, shared]


def _answer(question: Any) -> Any:
    ask, shared = _kept
    return ask(shared, question)
