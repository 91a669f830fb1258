"""Solve one folder by both programs of this package and hold the answers against each other."""

from pathlib import Path

import pytest

from .brute_force import brute_force
from .plain_model import solve
from .result import Result


def agreed(folder: Path, most_steps: int = 200_000) -> Result:
    """Give the exact answer of the brute force, after seeing that the plain model has the same."""
    exact = brute_force(folder, most_steps)
    solved = solve(folder)
    assert solved.status == exact.status
    assert solved.values == pytest.approx(exact.values, rel=1e-5, abs=1e-5)
    return exact
