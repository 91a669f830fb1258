"""The page on how it solves names what there is: every reduction, every method, and no other."""

from __future__ import annotations

import re

from ringtausch.planning.reductions import REDUCTIONS
from ringtausch.planning.solver import METHODS
from tests.project_files import text_of

PAGE = "docs/explanation/how-it-solves.md"


def first_cells(section: str) -> list[str]:
    """List what stands in code in the first cells of the first table of a section."""
    text = text_of(PAGE).partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    table = text[text.index("\n| ") :].partition("\n\n")[0]
    return re.findall(r"^\| `([a-z_]+)` \|", table, flags=re.MULTILINE)


def test_every_reduction_is_explained_in_the_order_in_which_they_are_made() -> None:
    assert first_cells("Reductions") == [reduction.__name__ for reduction in REDUCTIONS]


def test_every_method_is_explained_and_no_other() -> None:
    assert first_cells("Which method when") == list(METHODS)
