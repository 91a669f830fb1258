"""Names and texts: what can be seen, how long it may be, and what separates names."""

from __future__ import annotations

import pytest

from tests.register.checked import pledge, problems_of


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"event": "1\u200b"},
            (
                r'event: "1\u200b" has a character that cannot be seen, or blanks at an end; write it'
                " without them"
            ),
        ),
        (
            {"event": "1;2"},
            'event: "1;2" has a semicolon, which separates names; write it without one',
        ),
        ({"event": "1" * 201}, "event: has 201 characters; write at most 200"),
        (
            {"note": "a\x00"},
            (
                r'note: "a\x00" has a character that cannot be seen, or blanks at an end; write it without'
                " them"
            ),
        ),
        ({"note": "a" * 10_001}, "note: has 10,001 characters; write at most 10,000"),
    ],
)
def test_texts_hold_what_can_be_seen(fields: dict[str, str], expected: str) -> None:
    assert problems_of(pledge(**fields)) == [expected]


def test_a_note_may_have_lines_and_narrow_blanks() -> None:
    assert problems_of(pledge(note="5\u202f000 pieces\nof them 2 ready")) == []
