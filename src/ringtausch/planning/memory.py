"""Memory: a limit that is kept, so that no planning is killed without a word.

In: a limit, or what the machine has. Out: a search that ends in time, with the best plan so far; or a
refusal before the work where the model alone cannot fit. What is counted is what this process and those
that it has started hold in memory; it reads the system's own figures, and knows no solver.
"""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ringtausch.language import _
from ringtausch.planning.watch import Watch

if TYPE_CHECKING:
    from ringtausch.planning.facts import Facts

__all__ = [
    "MEMORY",
    "Size",
    "estimate_size",
    "guarded",
    "memory_in_use",
    "parse_size",
    "room",
    "say_size",
    "too_large",
]

#: What ended a search that memory ended, in `Watch.ended_by` and in the settings of the plan.
MEMORY = "memory"

_UNITS = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4}
_SIZE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([KMGT]?)(I?)B\s*", re.ASCII | re.IGNORECASE)
#: Seconds between two looks.
_PULSE = 0.2
#: The search ends at this part of the limit: what is left is for finishing and writing the plan.
_NEAR = 0.9
#: Without a limit: what the machine must have left, as a part of what it has, and at most.
_RESERVE, _MOST_RESERVE = 0.05, 512e6
#: Bytes of a process before it plans, and for each entry while the model is written down; measured on
#: generated scenarios from 12 x 10 x 30 to 40 x 200 x 60 (parties, items, months).
_AT_FIRST, _PER_ENTRY = 60e6, 110.0
#: Of generated models: rows by columns, and entries by columns.
_ROWS, _ENTRIES = 0.76, 3.4


def parse_size(text: str) -> int | None:
    """Read a size with its unit; None where it is none.

    Examples
    --------
    >>> parse_size("8GB"), parse_size("500 mb"), parse_size("1.5GiB")
    (8000000000, 500000000, 1610612736)
    >>> parse_size("8") is None, parse_size("0GB") is None, parse_size("much") is None
    (True, True, True)
    """
    found = _SIZE.fullmatch(text)
    if found is None:
        return None
    number, unit, binary = found.groups()
    size = float(number) * (1024 if binary else 1000) ** _UNITS[unit.upper()]
    return int(size) if 1 <= size < 1e18 else None


def say_size(size: float) -> str:
    """Write a size with its unit.

    Examples
    --------
    >>> say_size(8e9), say_size(512_345_678), say_size(1_240_000_000)
    ('8 GB', '512 MB', '1.24 GB')
    """
    unit, scale = (_("GB"), 1e9) if size >= 1e9 else (_("MB"), 1e6)
    return f"{size / scale:.3g} {unit}"


@dataclass(frozen=True)
class Size:
    """How large a model is about to be."""

    columns: int
    rows: int
    entries: int

    @property
    def bytes(self) -> float:
        """What writing it down takes; solving it takes more."""
        return _AT_FIRST + _PER_ENTRY * self.entries


def estimate_size(facts: Facts) -> Size:
    """Estimate the size of a scenario's model before it is written down, within about a tenth.

    Ways and purchases are counted by period; every account, floor, fund and part of a need has columns
    of its own in each period, most of which are there.
    """
    transfers, purchases, debts = facts.transfers, facts.purchases, facts.debts
    floors, needs, offers = facts.floors, facts.needs, facts.offers
    ways = int((transfers.stop - transfers.first).sum())
    bought = int((purchases.stop - purchases.first).sum())
    given = np.unique(
        offers.giver[transfers.offer] * facts.opening.shape[1] + offers.item[transfers.offer]
    )
    by_period = (
        max(len(given), len(floors.part_item))
        + 2.9 * len(debts.party)
        + 2.0 * int((debts.opening > 0).sum())
        + 0.8 * len(debts.accepting)
        + len(floors.level)
        + len(needs.role_of)
        + 0.75 * len(needs.party)
        + 0.9 * len(needs.part_item)
        + 2.0 * int(debts.secured.sum())
        + 3.0 * len(facts.funds.owner)
    )
    columns = ways + 0.8 * bought + by_period * facts.periods
    return Size(int(columns), int(_ROWS * columns), int(_ENTRIES * columns))


def room(limit: int | None) -> int | None:
    """Return the memory that planning may take: the limit, or what is left; None where unknown."""
    if limit is not None:
        return limit
    lefts = [left for whole, left in (_machine(), _group()) if whole]
    return min(lefts) if lefts else None


def too_large(size: Size, limit: int | None) -> str | None:
    """Say that a model cannot fit into the memory that it may have; None where it may fit."""
    if limit is not None and size.bytes > limit:
        return _(
            "the model of this scenario has about {columns:,} columns, {rows:,} rows and {entries:,}"
            " entries; to write it down takes about {needed} of memory, and there is {limit}"
        ).format(
            columns=size.columns,
            rows=size.rows,
            entries=size.entries,
            needed=say_size(size.bytes),
            limit=say_size(limit),
        )
    return None


@contextmanager
def guarded(watch: Watch, limit: int | None) -> Iterator[None]:
    """End a search before memory runs out: of the limit, or of the machine."""
    is_over = threading.Event()
    watcher = threading.Thread(
        target=_mind, args=(watch, limit, is_over), name="memory", daemon=True
    )
    watcher.start()
    try:
        yield
    finally:
        is_over.set()


def _mind(watch: Watch, limit: int | None, is_over: threading.Event) -> None:
    while True:
        if _is_machine_full() or (limit is not None and memory_in_use() > _NEAR * limit):
            watch.ended_by = MEMORY
            watch.stop.set()
            return
        if is_over.wait(_PULSE):
            return


def memory_in_use() -> int:
    """Return the bytes that this process and those it has started hold in memory.

    Where the system does not tell the present figures, the most that this process has held.
    """
    if not os.path.isdir("/proc/self/task"):  # noqa: PTH112 - no pathlib in this room
        return _most_in_use()
    return sum(_resident(process) for process in _family_tree(os.getpid()))


def _most_in_use() -> int:
    try:
        import resource
    except ImportError:  # Windows
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _family_tree(process: int) -> Iterator[int]:
    """Name a process and all that it has started, directly or through others."""
    yield process
    with suppress(OSError):  # it ended meanwhile
        for thread in os.listdir(f"/proc/{process}/task"):  # noqa: PTH208
            for child in _text(f"/proc/{process}/task/{thread}/children").split():
                yield from _family_tree(int(child))


def _resident(process: int) -> int:
    """Return what a process holds for itself alone: not what it shares with others or with a file."""
    figures = _text(f"/proc/{process}/statm").split()
    if len(figures) < 3:
        return 0
    return (int(figures[1]) - int(figures[2])) * os.sysconf("SC_PAGE_SIZE")


def _is_machine_full() -> bool:
    """Tell whether the machine, or the part of it that this process may use, has hardly any left."""
    return any(
        left < min(_RESERVE * whole, _MOST_RESERVE)
        for whole, left in (_machine(), _group())
        if whole
    )


def _machine() -> tuple[int, int]:
    """Return the machine's memory and what of it is left; (0, 0) where it does not tell."""
    found = dict(line.split(":", 1) for line in _text("/proc/meminfo").splitlines() if ":" in line)
    if "MemAvailable" not in found:
        return 0, 0
    total, left, swap = (
        int(found[name].split()[0]) * 1024 for name in ("MemTotal", "MemAvailable", "SwapFree")
    )
    return total, left + swap


def _group() -> tuple[int, int]:
    """Return the memory that this control group may use and what is left; (0, 0) without a limit."""
    for line in _text("/proc/self/cgroup").splitlines():
        _number, kinds, path = line.split(":", 2)
        if kinds and MEMORY not in kinds.split(","):
            continue
        folder = f"/sys/fs/cgroup/{MEMORY if kinds else ''}{path}"
        most, used = ("limit_in_bytes", "usage_in_bytes") if kinds else ("max", "current")
        limit = _text(f"{folder}/memory.{most}").strip()
        use = _text(f"{folder}/memory.{used}").strip()
        if limit.isdigit() and use.isdigit() and int(limit) < 1 << 60:
            files = re.search(
                r"^(?:total_)?inactive_file (\d+)", _text(f"{folder}/memory.stat"), re.MULTILINE
            )
            return int(limit), int(limit) - int(use) + (int(files[1]) if files else 0)
    return 0, 0


def _text(path: str) -> str:
    """Read one of the system's own figures; empty where there is none."""
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123 - no pathlib in this room
            return file.read()
    except OSError:
        return ""
