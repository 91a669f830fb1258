"""Writing scenarios: what is written reads back equal, and nothing of anybody's is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ringtausch.records import TABLES, OutputExists, Scenario, read_scenario, write_scenario
from ringtausch.records.folders import write_file_whole, write_folder_whole
from ringtausch.records.tables import key_of
from tests.builders import scenario
from tests.cli.running import everything_in
from tests.records.rich_case import rich_case


def test_the_scenario_of_these_tests_fills_every_table() -> None:
    assert [name for name in TABLES if not rich_case().rows(name)] == []


@pytest.mark.parametrize("case", [rich_case(), scenario()], ids=["full", "empty"])
def test_what_is_written_reads_back_equal(case: Scenario, tmp_path: Path) -> None:
    write_scenario(case, tmp_path / "copy")
    again = read_scenario(tmp_path / "copy")
    assert (again, again.content_hash) == (case, case.content_hash)
    write_scenario(again, tmp_path / "twice")
    assert everything_in(tmp_path / "twice") == everything_in(tmp_path / "copy")


@pytest.mark.parametrize(
    "text", ['"', "\\", "\n", "\x7f", "\t", "'", "#", "Ω", "=1+1", "007", "1e5"]
)
def test_a_name_and_a_note_may_hold_any_character(text: str, tmp_path: Path) -> None:
    from dataclasses import replace

    case = scenario(parties="A; B")
    noted = replace(case.parties[0], note=f"a{text}b")
    case = replace(case, name=f"a{text}b", parties=(noted, *case.parties[1:]))
    for place in ("folder", "book.xlsx"):
        write_scenario(case, tmp_path / place)
        assert read_scenario(tmp_path / place) == case


def test_the_data_package_describes_each_file(tmp_path: Path) -> None:
    """The members that Data Package v2 asks for, in the shape that it asks for."""
    write_scenario(rich_case(), tmp_path / "copy")
    package: dict[str, Any] = json.loads((tmp_path / "copy/datapackage.json").read_bytes())
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    resources = package["resources"]
    assert [r["name"] for r in resources] == list(TABLES)
    for r in resources:
        assert (r["path"], r["type"], r["format"], r["encoding"]) == (
            f"{r['name']}.csv",
            "table",
            "csv",
            "utf-8",
        )
        header = (tmp_path / "copy" / r["path"]).read_text(encoding="utf-8").splitlines()[0]
        assert ",".join(field["name"] for field in r["schema"]["fields"]) == header
        assert tuple(r["schema"].get("primaryKey", ())) == key_of(r["name"])
        kinds = {field["type"] for field in r["schema"]["fields"]}
        assert kinds <= {"string", "number", "integer", "date", "boolean"}


@pytest.mark.parametrize("place", ["copy", "copy.xlsx"])
def test_nothing_is_overwritten_unasked(place: str, tmp_path: Path) -> None:
    write_scenario(rich_case(), tmp_path / place)
    before = everything_in(tmp_path)
    with pytest.raises(OutputExists) as raised:
        write_scenario(scenario(name="other"), tmp_path / place)
    assert str(raised.value) == (
        f"{tmp_path / place} exists; choose another place or replace it with --force"
    )
    assert everything_in(tmp_path) == before


def test_force_replaces_what_is_ours_and_keeps_what_is_not(tmp_path: Path) -> None:
    write_scenario(rich_case(), tmp_path / "copy")
    (tmp_path / "copy/README.md").write_text("a story", encoding="utf-8")
    (tmp_path / "copy/old").mkdir()
    (tmp_path / "copy/old/offers.csv").write_text("kept", encoding="utf-8")
    write_scenario(scenario(parties="A"), tmp_path / "copy", force=True)
    assert sorted(everything_in(tmp_path)) == [
        "copy/README.md",
        "copy/datapackage.json",
        "copy/old/offers.csv",
        "copy/parties.csv",
        "copy/scenario.toml",
    ]
    assert read_scenario(tmp_path / "copy") == scenario(parties="A")


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_that_cannot_be_filled_is_not_begun(force: bool, tmp_path: Path) -> None:
    """The third file fails; what was there stays, and no half is left beside it."""
    if force:
        write_scenario(rich_case(), tmp_path / "copy")
    before = everything_in(tmp_path)

    def fill(fresh: Path) -> None:
        (fresh / "a.csv").write_text("a", encoding="utf-8")
        (fresh / "b.csv").write_text("b", encoding="utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        write_folder_whole(tmp_path / "copy", fill, force=force, ours={"a.csv"})
    assert everything_in(tmp_path) == before
    assert {path.name for path in tmp_path.iterdir()} == ({"copy"} if force else set())


def test_a_file_that_cannot_be_filled_is_not_begun(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("old", encoding="utf-8")

    def fill(fresh: Path) -> None:
        fresh.write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        write_file_whole(tmp_path / "report.html", fill, force=True)
    assert everything_in(tmp_path) == {"report.html": b"old"}


def test_a_file_is_never_replaced_by_a_folder_nor_a_folder_by_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputExists):
        write_folder_whole(tmp_path / "file", lambda _: None, force=True, ours=())
    with pytest.raises(OutputExists):
        write_file_whole(tmp_path / "folder", lambda _: None, force=True)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "folder").is_dir()
