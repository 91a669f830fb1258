"""One tree per audience, under a name that says nothing at first sight."""

from __future__ import annotations

import re

from ringtausch.register.directory import Directory
from ringtausch.register.trust.audiences import (
    audience_of,
    is_reader,
    readable,
    readers,
    visibility_of,
)

DIRECTORY = Directory(coalition=frozenset({"DEU", "POL"}))
ALL = [("public",), ("coalition",), ("DEU", "POL"), ("FRA",), ("FRA", "POL")]


def test_each_visibility_has_a_tree_of_its_own() -> None:
    assert len({audience_of(visibility) for visibility in ALL}) == len(ALL)


def test_the_order_in_which_parties_are_named_does_not_matter() -> None:
    assert audience_of(("POL", "DEU", "POL")) == audience_of(("DEU", "POL"))
    assert visibility_of(("POL", "DEU", "POL")) == ("DEU", "POL")


def test_a_named_tree_s_name_shows_neither_names_nor_how_many_and_fits_a_file() -> None:
    names = [audience_of(("DEU",)), audience_of(("a name/with: everything", *"abcdefgh"))]
    assert all(re.fullmatch("named-[0-9a-f]{32}", name) for name in names)


def test_names_that_run_together_are_two_sets() -> None:
    assert audience_of(("AB", "C")) != audience_of(("A", "BC"))


def test_everybody_reads_public_members_the_coalition_s_and_the_named_their_own() -> None:
    assert readers(("public",), DIRECTORY) is None
    assert readers(("coalition",), DIRECTORY) == frozenset({"DEU", "POL"})
    assert readers(("FRA", "POL"), DIRECTORY) == frozenset({"FRA", "POL"})
    assert [is_reader("POL", visibility, DIRECTORY) for visibility in ALL] == [
        True, True, True, False, True,
    ]  # fmt: skip
    assert [is_reader(None, visibility, DIRECTORY) for visibility in ALL] == [
        True, False, False, False, False,
    ]  # fmt: skip
    assert all(is_reader("*", visibility, DIRECTORY) for visibility in ALL)


def test_readable_trees_come_public_first_and_invisible_ones_leave_no_gap() -> None:
    assert readable(reversed(ALL), "FRA", DIRECTORY) == (("public",), ("FRA",), ("FRA", "POL"))
    assert readable(ALL, None, DIRECTORY) == (("public",),)
