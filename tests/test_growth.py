"""The benchmarks behind the pictures and tables of the documentation run, at their smallest."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from benchmarks.growth import Point, keep
from benchmarks.growth import main as growth
from benchmarks.growth import table as growth_table
from benchmarks.methods import BEGIN, END, PAGE
from benchmarks.methods import main as methods


def test_growth_is_measured_kept_and_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    points, picture = tmp_path / "growth.jsonl", tmp_path / "growth.svg"
    arguments = ["--parties", "3", "--periods", "6", "--items", "1,2", "--seeds", "1"]
    arguments += ["--objectives", "unmet_need", "--points", str(points), "--picture", str(picture)]
    assert growth(arguments) == 0
    lines = [json.loads(line) for line in points.read_text("utf-8").splitlines()]
    assert [line["items"] for line in lines] == [1, 2]
    assert all(line["status"] == "optimal" and line["seconds"] > 0 for line in lines)
    assert all({"commit", "machine", "versions"} <= line.keys() for line in lines)
    drawn = ET.fromstring(picture.read_text("utf-8"))  # noqa: S314 - our own file
    marks = [mark.tag.rpartition("}")[2] for mark in drawn.iter()]
    assert (marks.count("circle"), marks.count("polyline")) == (2, 1)
    assert "seconds = " in capsys.readouterr().out


def test_points_take_the_place_of_those_of_their_line_alone(tmp_path: Path) -> None:
    file = tmp_path / "growth.jsonl"
    first, again, other = (
        Point(3, 1, 6, whole, 1, ("spend",), seconds, "optimal")
        for whole, seconds in ((0.0, 2.0), (0.0, 3.0), (0.3, 4.0))
    )
    for points in ([first], [other], [again]):
        kept = keep(points, file, {})
    assert kept == [other, again]


def test_a_plan_that_was_not_proved_is_counted() -> None:
    points = [Point(3, 1, 4, 0.0, seed, (), 2.0, "feasible", 0.1) for seed in (1, 2)]
    assert growth_table(points).splitlines()[-1].split() == ["1", "2.00", "2.00", "2.00", "2"]


def test_the_table_of_methods_is_written_between_the_markers(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nformer\n{END}\nafter\n", encoding="utf-8")
    asked = ["3x1x6", "--whole", "0", "--methods", "auto", "--objectives", "unmet_need"]
    assert methods([*asked, "--write", "--page", str(page)]) == 0
    text = page.read_text("utf-8")
    assert (text.startswith("before\n"), text.endswith("after\n"), "former" in text) == (
        True, True, False
    )  # fmt: skip
    (row,) = [line for line in text.splitlines() if line.startswith("| 3x1x6")]
    assert row.count("|") == 6
    assert "**" in row


def test_the_page_has_the_markers_once() -> None:
    text = PAGE.read_text("utf-8")
    assert (text.count(BEGIN), text.count(END)) == (1, 1)
