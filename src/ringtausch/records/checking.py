"""Checking: a scenario with everything that stands beside its tables.

In: a path. Out: problems of the scenario and of its variants, all at once.
"""

from __future__ import annotations

from pathlib import Path

from ringtausch.records.problems import Problem
from ringtausch.records.reading import Reading, inspect_scenario
from ringtausch.records.variants import inspect_variants

__all__ = ["check_scenario", "inspect_folder"]


def check_scenario(path: str | Path) -> list[Problem]:
    """List everything that is wrong with a scenario and its variants, or surely not meant."""
    return inspect_folder(path).problems


def inspect_folder(path: str | Path) -> Reading:
    """Read a scenario and its variants, and collect all problems of both."""
    reading = inspect_scenario(path)
    beside = inspect_variants(path, reading.scenario)
    return Reading(reading.scenario, [*reading.problems, *beside.problems])
