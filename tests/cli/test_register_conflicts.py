"""Conflicts on a terminal: what reads alike stands once, with how often it was said."""

from __future__ import annotations

from ringtausch.cli.register_position_table import conflict_rows
from tests.register.builders import positions_of, said


def test_two_papers_that_say_the_same_against_the_winner_are_one_row() -> None:
    """Germany pledged two; the same agency told three twice, and another one four."""
    pledged = {"giver": "DEU", "receiver": "UKR", "item": "launcher"}
    told = {**pledged, "by": "AFP", "rank": 5}
    positions = positions_of(
        said("m", "transfer", "pledged", **pledged, quantity="2"),
        said("m", "transfer", "pledged", **told, quantity="3", id="1" * 32),
        said("m", "transfer", "pledged", **told, quantity="3", id="2" * 32),
        said("m", "transfer", "pledged", **told, quantity="4", id="3" * 32),
    )
    rows = conflict_rows(positions.of("m").conflicts)
    assert sorted(row[3] for row in rows) == [
        "3 launcher (AFP, 2025-01-01), 2 times",
        "4 launcher (AFP, 2025-01-01)",
    ]
    assert {row[:3] for row in rows} == {("pledged", "what", "2 launcher (DEU, 2025-01-01)")}
