"""The examples are public facts, each with its source, and nothing else."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDERS = sorted(path.parent for path in EXAMPLES.glob("**/scenario.toml"))

ADDRESS = re.compile(r"https?://\S+")
DATED = re.compile(r"\b20\d\d(-\d\d(-\d\d)?)?\b|no date")

#: Newspapers and agencies that are named after a town.
PUBLISHERS = re.compile(r"Kyiv Independent|Berliner Zeitung|Washington Post")

#: Words by which a place, a military unit or a deployment would come in.
FORBIDDEN = """
    airbase airfield airport barracks base bases battalion battalions brigade brigades bunker bunkers
    camp coordinates corps crossing deploy deployed deployment deployments depot depots division
    divisions garrison grid headquarters hub hubs latitude longitude port ports railhead railway
    regiment regiments route routes runway silo silos squadron squadrons stationed stationing
    warehouse warehouses wing
    Ankara Athens Berlin Bern Bratislava Brussels Bucharest Copenhagen Dnipro Helsinki Husum Jasionka
    Kharkiv Kyiv Kiev Lisbon Ljubljana London Lviv Madrid Odesa Odessa Oslo Ottawa Paris Prague
    Ramstein Rzeszow Rzeszów Stockholm Vilnius Warsaw Washington Wiesbaden
"""
FORBIDDEN_WORD = re.compile(rf"\b({'|'.join(FORBIDDEN.split())})\b", re.IGNORECASE)

#: Collections whose figures are not ours to copy.
NOT_OURS = re.compile(r"\b(IISS|SIPRI|Kiel)\b")


def rows(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Give the rows of every table of an example, each with its file and line."""
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for line, row in enumerate(csv.DictReader(file), start=2):
                yield f"{path.name}:{line}", row


def sourced(row: dict[str, str]) -> bool:
    """Tell whether a row names a dated public page, or says that it is assumed and why."""
    source = row["source"]
    if source.startswith("assumption: "):
        return bool(source.removeprefix("assumption: ").strip())
    return bool(ADDRESS.search(source) and DATED.search(ADDRESS.sub("", source)))


def words(path: Path) -> str:
    """Read what a file says, without addresses and the names of publishers."""
    return PUBLISHERS.sub("", ADDRESS.sub("", path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_row_names_its_source_or_says_that_it_is_an_assumption(folder: Path) -> None:
    assert [where for where, row in rows(folder) if not sourced(row)] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_exchange_rate_between_currencies_names_its_source(folder: Path) -> None:
    rates = (folder / "scenario.toml").read_text(encoding="utf-8").partition("[fx]")[2]
    lines = [line for line in rates.splitlines() if "=" in line]
    assert [line for line in lines if not DATED.search(line.partition("#")[2])] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_no_place_unit_or_deployment_is_named(folder: Path) -> None:
    found = {
        path.name: FORBIDDEN_WORD.findall(words(path))
        for path in folder.iterdir()
        if FORBIDDEN_WORD.search(words(path))
    }
    assert found == {}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_no_figure_is_taken_from_a_collection_that_is_not_ours_to_copy(folder: Path) -> None:
    taken = [where for where, row in rows(folder) if NOT_OURS.search(" ".join(row.values()))]
    assert taken == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_example_says_under_which_terms_its_data_may_be_used(folder: Path) -> None:
    licence = (folder / "DATA-LICENCE.md").read_text(encoding="utf-8")
    assert "CC-BY-4.0" in licence
    assert "World Bank" in licence


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_floor_is_marked_as_illustrative(folder: Path) -> None:
    floors = [row for where, row in rows(folder) if where.startswith("floors.csv")]
    assert floors
    assert {row["source"] for row in floors} == {"assumption: illustrative"}
