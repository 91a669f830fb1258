"""Tables of parties and items: read back as they are written, and refused with every problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from ringtausch.exchange.directory_tables import (
    InvalidDirectory,
    read_directory,
    write_directory,
)
from ringtausch.register.directory import Directory, Item, Party
from tests.register.builders import DIRECTORY


def refused(path: Path) -> list[str]:
    with pytest.raises(InvalidDirectory) as wrong:
        read_directory(path)
    return [str(problem) for problem in wrong.value.problems]


def test_a_folder_of_two_tables_is_a_directory(tmp_path: Path) -> None:
    (tmp_path / "parties.csv").write_text(
        "name,title,kind,keeper,coalition\nDEU,Germany,,,yes\nPURL,,pool,DEU,\n"
    )
    (tmp_path / "items.csv").write_text("name,unit,divisible\ngun,,\nfuel,tonne,yes\n")
    assert read_directory(tmp_path) == Directory.of(
        [Party("DEU", "Germany"), Party("PURL", "", "pool", "DEU")],
        [Item("gun"), Item("fuel", "", "tonne", divisible=True)],
        frozenset({"DEU"}),
    )


@pytest.mark.parametrize("name", ["directory", "directory.xlsx"])
def test_a_directory_reads_back_as_it_was(tmp_path: Path, name: str) -> None:
    write_directory(DIRECTORY, tmp_path / name)
    assert read_directory(tmp_path / name) == DIRECTORY


def test_every_wrong_cell_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "parties.csv").write_text(
        "name,kind,keeper,coalition\nDEU,land,,maybe\n,state,,\nDEU,state,,\npublic,state,,\n"
        "A;B,state,,\nPURL,pool,DUE,\nNOR,state,DEU,\n"
    )
    (tmp_path / "items.csv").write_text("nme,unit\ngun,piece\n")
    assert refused(tmp_path) == [
        "parties.csv:3: name: is empty; every row needs a name",
        'parties.csv:4: name: "DEU" stands in line 2 already; a name has one row',
        (
            'parties.csv:5: name: "public" says who may read a statement and can be no name; choose another'
            " one"
        ),
        'parties.csv:6: name: "A;B" has a semicolon, which separates names; write it without one',
        (
            'parties.csv:2: kind: "land" is no kind of party; write one of state, organisation, pool,'
            " company"
        ),
        'parties.csv:2: coalition: "maybe" is neither yes nor no; write yes, no or leave it empty',
        'parties.csv:7: keeper: "DUE" is no party of this table; did you mean "DEU"?',
        "parties.csv:8: keeper: stands here, and a state has no keeper; only a pool has one",
        'items.csv:1: nme: no column "nme" in this table; did you mean "name"?',
    ]


def test_what_is_no_directory_is_refused_with_a_sentence(tmp_path: Path) -> None:
    assert refused(tmp_path) == [
        (
            f"{tmp_path.name}: {tmp_path} holds no directory; write parties.csv and items.csv in a folder, or"
            " a workbook with the sheets parties and items"
        )
    ]
