"""Executors by name: where the families of a large problem are solved, and what is wrong with a name.

In: what a user wrote. Out: a sentence where it names nothing, and how many cores there are. It imports
no solver and no cluster, so that a wrong option costs nothing to refuse.
"""

from __future__ import annotations

import os

from ringtausch.language import _
from ringtausch.records.problems import InvalidInput, Problem

__all__ = [
    "CLUSTER",
    "LOCAL",
    "InvalidExecutor",
    "is_executor_name",
    "unusable",
    "usable_cores",
    "wrong_name",
]

LOCAL = "local"
CLUSTER = "dask:"
_EXAMPLE = "dask:tcp://10.0.0.1:8786"


class InvalidExecutor(InvalidInput):
    """An executor that is not there, or that cannot do the work."""


def is_executor_name(name: str) -> bool:
    """Tell whether a name says where families are solved.

    Examples
    --------
    >>> is_executor_name("local"), is_executor_name("dask:tcp://10.0.0.1:8786")
    (True, True)
    >>> is_executor_name("dask:"), is_executor_name("cloud")
    (False, False)
    """
    return name == LOCAL or (name.startswith(CLUSTER) and bool(name[len(CLUSTER) :].strip()))


def wrong_name(name: str) -> str | None:
    """Say what is wrong with the name of an executor, None where it is one.

    Examples
    --------
    >>> wrong_name("cloud")
    '"cloud" is not one of local, dask:ADDRESS; for example dask:tcp://10.0.0.1:8786'
    """
    if is_executor_name(name):
        return None
    if name.strip() in {"dask", CLUSTER}:
        return _('"{name}" has no address of a cluster; for example {example}').format(
            name=name, example=_EXAMPLE
        )
    return _('"{name}" is not one of local, dask:ADDRESS; for example {example}').format(
        name=name, example=_EXAMPLE
    )


def usable_cores() -> int:
    """Count the cores that this process may run on, which can be fewer than the machine has.

    Examples
    --------
    >>> 1 <= usable_cores() <= (os.cpu_count() or 1)
    True
    """
    if hasattr(os, "sched_getaffinity"):  # not on macOS and Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def unusable(name: str, message: str) -> InvalidExecutor:
    """Make the error of an executor that cannot be used."""
    return InvalidExecutor([Problem("--executor", 0, "", name, message)])
