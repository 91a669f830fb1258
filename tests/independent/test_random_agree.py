"""The two programs of this package agree on scenarios that dice have drawn."""

from pathlib import Path

import pytest

from .agreement import agreed
from .brute_goods import NotForBruteForceError, TooManyError
from .random_folder import write_random


@pytest.mark.parametrize("seed", range(30))
def test_random_tiny_scenarios_have_one_answer(tmp_path: Path, seed: int) -> None:
    """Trying all plans and the plain model give the same values, whatever the dice say."""
    folder = write_random(tmp_path / "random", seed, "micro")
    try:
        agreed(folder, most_steps=5_000)
    except (NotForBruteForceError, TooManyError) as reason:
        pytest.skip(repr(reason))


@pytest.mark.parametrize("size", ["micro", "tiny", "small"])
def test_a_seed_gives_the_same_files(tmp_path: Path, size: str) -> None:
    """Two folders written from one seed are equal, file by file."""
    first = write_random(tmp_path / "first", 1, size, whole=False)
    second = write_random(tmp_path / "second", 1, size, whole=False)
    assert {path.name: path.read_text() for path in first.iterdir()} == {
        path.name: path.read_text() for path in second.iterdir()
    }
