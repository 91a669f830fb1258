"""Checking: a scenario with everything that stands beside its tables.

In: a path. Out: problems of the scenario, of its values and of its variants, all at once.
"""

from __future__ import annotations

from pathlib import Path

from ringtausch.records.problems import Problem
from ringtausch.records.reading import Reading, inspect_scenario
from ringtausch.records.values import inspect_values
from ringtausch.records.variants import inspect_variants

__all__ = ["check_scenario", "inspect_folder"]


def check_scenario(path: str | Path) -> list[Problem]:
    """List everything that is wrong with a scenario and what stands beside it, or surely not meant."""
    return inspect_folder(path).problems


def inspect_folder(path: str | Path) -> Reading:
    """Read a scenario, its values and its variants, and collect all problems of all three."""
    reading = inspect_scenario(path)
    scenario = reading.scenario
    values = [] if scenario is None else inspect_values(path, scenario)[1]
    beside = inspect_variants(path, scenario)
    return Reading(scenario, [*reading.problems, *values, *beside.problems])
