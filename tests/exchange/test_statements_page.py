"""The page about tables of statements says what the code does, and nothing else."""

from __future__ import annotations

import re

from ringtausch.exchange.directory_tables import DIRECTORY_COLUMNS
from ringtausch.exchange.statement_columns import COLUMNS, REQUIRED
from ringtausch.register.ranges import ITEM_SCALE, Range, parse_range
from ringtausch.register.shapes import HOLDS, MATTER_TERMS, PARTIES, TERMS
from ringtausch.register.vocabulary import ANY_MATTER, BASES, CLASSES, KINDS, MARKS, RUNGS
from tests.project_files import text_of

PAGE = text_of("docs/reference/statements.md")


def rows(heading: str) -> list[list[str]]:
    """List the cells of the first table below a heading."""
    section = PAGE.split(f"# {heading}\n", 1)[1]
    lines = section.split("| --- |\n", 1)[1].split("\n\n", 1)[0].splitlines()
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def words(cell: str) -> tuple[str, ...]:
    return tuple(re.findall(r"`([^`]+)`", cell))


def test_every_column_is_explained_in_order_and_no_other() -> None:
    assert [words(cells[0])[0] for cells in rows("Columns")] == list(COLUMNS)


def test_a_column_that_must_be_filled_is_called_so() -> None:
    filled = [words(a)[0] for a, b in rows("Columns") if b.startswith("**filled.**")]
    assert filled == list(REQUIRED)
    assert all(f"`{name}`" in PAGE.split("Five columns", 1)[1][:120] for name in REQUIRED)


def test_every_kind_has_its_milestones_marks_and_terms() -> None:
    said = {
        words(kind)[0]: (moves, words(milestones), words(terms))
        for kind, _is, moves, milestones, terms in rows("Kinds of matters")
    }
    moves = {"item": "item", "money": "currency", "either": "either"}
    assert said == {
        kind: (moves[HOLDS[kind]], RUNGS[kind] + MARKS[kind], TERMS[kind]) for kind in KINDS
    }
    assert all(f"`{name}`" in PAGE for name in ANY_MATTER)


def test_rungs_and_marks_stand_on_their_side_of_the_bar() -> None:
    for kind, _is, _moves, milestones, _terms in rows("Kinds of matters"):
        rungs, _bar, marks = milestones.partition("\\|")
        assert (words(rungs), words(marks)) == (RUNGS[words(kind)[0]], MARKS[words(kind)[0]])


def test_what_a_milestone_cannot_be_without_is_listed() -> None:
    section = PAGE.split("What a milestone cannot be without", 1)[1].split("### ", 1)[0]
    listed = re.findall(r"^\| `(\w+)` \| `(\w+)` \| (.+) \|$", section, flags=re.MULTILINE)
    said = {(kind, milestone): words(filled) for kind, milestone, filled in listed}
    assert said == {
        key: (*PARTIES.get(key, ()), *(f"terms_{name}" for name in MATTER_TERMS.get(key, ())))
        for key in {**PARTIES, **MATTER_TERMS}
    }


def test_classes_and_bases_are_those_there_are() -> None:
    assert [(int(a), b) for a, b in rows("Sources")] == list(CLASSES.items())
    assert [words(cells[0])[0] for cells in rows("Values")] == list(BASES)


def test_every_way_to_write_a_quantity_is_read() -> None:
    written = [words(cells[0]) for cells in rows("Quantities and money")]
    found = [[parse_range(text, ITEM_SCALE) for text in texts] for texts in written[1:]]
    assert found == [
        [Range(0, None)],
        [Range(5000, 5000), Range(2500, 2500), Range(5000, 5000)],
        [Range(2000, 4000)] * 2,
        [Range(0, 5000)] * 2,
        [Range(3000, None)] * 2,
    ]


def test_the_tables_of_a_directory_are_explained() -> None:
    said = [(words(table)[0], words(column)[0]) for table, column, _ in rows("The directory")]
    assert said == [(table, name) for table, names in DIRECTORY_COLUMNS.items() for name in names]
