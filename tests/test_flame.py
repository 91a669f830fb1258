"""The picture of where the time goes is drawn from the stacks that a profiler wrote."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from benchmarks.flame import fold, main

_PRICE = "price_relaxed (ringtausch/planning/families/pricing.py:120)"
_SOLVE = "HEkk::solve (highspy/libhighs.so.1)"
_STACKS = f"""\
process 7:"";_main (multiprocessing/spawn.py:135);{_PRICE};0x7fbd (highspy/_core.so);{_SOLVE} 6
process 7:"";_main (multiprocessing/spawn.py:135);{_PRICE} 2
solve (ringtausch/planning/ways.py:40) 2
"""


def test_passages_are_left_out_and_processes_are_joined() -> None:
    tree = fold(_STACKS.splitlines())
    assert tree.samples == 10
    priced = tree.callees["families.pricing.price_relaxed"]
    assert (priced.samples, priced.callees["HiGHS HEkk::solve"].samples) == (8, 6)
    assert tree.callees["ways.solve"].samples == 2


def test_the_picture_says_each_share(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stacks, out = tmp_path / "stacks", tmp_path / "flame.svg"
    stacks.write_text(_STACKS, "utf-8")
    assert main(["--stacks", str(stacks), "--out", str(out)]) == 0
    drawn = ET.fromstring(out.read_text("utf-8"))  # noqa: S314 - our own file
    titles = [mark.text for mark in drawn.iter() if mark.tag.endswith("title")]
    assert "HiGHS HEkk::solve: 60.0 % of 10 samples" in titles
    assert capsys.readouterr().out == f"{out} is written\n"
