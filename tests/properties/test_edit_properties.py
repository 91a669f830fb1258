"""Properties of edits over random scenarios: they undo exactly, and give what reading would give."""

from __future__ import annotations

import tempfile
from pathlib import Path

import hypothesis.strategies as st
import pytest

import ringtausch as rt
from ringtausch.records.edits import changes_of, undo_edits
from ringtausch.records.edits.draft import Draft
from ringtausch.records.edits.validity import settle
from tests.properties.drawn_edits import drawn_edit
from tests.properties.strategies import holds_for, scenarios

#: A scenario, edits of it, and edits that were refused, each with what it was an edit of.
Edited = tuple[rt.Scenario, list[str], list[tuple[rt.Scenario, str]]]


@st.composite
def edited(draw: st.DrawFn) -> Edited:
    """Draw a scenario, edits of it that can be made, and some that cannot."""
    base = draw(scenarios())
    made: list[str] = []
    refused: list[tuple[rt.Scenario, str]] = []
    now = base
    for _ in range(draw(st.integers(1, 8))):
        text = draw(drawn_edit(now))
        try:
            now = rt.edit(now, text)
            made.append(text)
        except rt.InvalidEdit:
            refused.append((now, text))
    return base, made, refused


def test_edits_undo_exactly() -> None:
    """Same rows in the same order, same settings, same hash; all at once or one after the other."""
    counts = {"made": 0, "refused": 0}

    def check(case: Edited) -> None:
        base, edits, refused = case
        after = rt.edit(base, *edits)
        one_by_one = base
        for text in edits:
            one_by_one = rt.edit(one_by_one, text)
        assert one_by_one.content_hash == after.content_hash
        back = undo_edits(base, edits)
        assert len(back) == len(edits)
        again = rt.edit(after, *back)
        assert again == base
        assert again.content_hash == base.content_hash
        assert rt.edit(again, *edits).content_hash == after.content_hash
        assert rt.edit(base, *undo_edits(after, back)).content_hash == after.content_hash
        assert bool(changes_of(base, edits)) == (after != base)
        counts["made"] += len(edits)
        counts["refused"] += len(refused)

    holds_for(45, edited(), check)
    assert counts["made"] > 60, counts
    assert counts["refused"] > 20, counts


def read_again(scenario: rt.Scenario) -> rt.Scenario:
    """Write a scenario and read it with the reader that looks at everything."""
    with tempfile.TemporaryDirectory() as place:
        rt.write(scenario, Path(place) / "case")
        return rt.read(Path(place) / "case")


def test_what_edits_make_the_reader_takes() -> None:
    """Only what edits touched is checked: the reader, which looks at everything, finds no more."""

    def check(case: Edited) -> None:
        base, edits, _ = case
        after = rt.edit(base, *edits)
        assert read_again(after).content_hash == after.content_hash

    holds_for(30, edited(), check)


def test_what_edits_would_break_the_reader_refuses() -> None:
    """What is refused at the end, and not because an edit cannot be made, no reader would take."""
    counts = {"broken": 0}

    def check(case: Edited) -> None:
        _, _, refused = case
        for scenario, text in refused:
            draft = Draft(scenario)
            draft.apply(text)
            broken, problems = settle(draft)
            if draft.problems or draft.set_by:
                continue
            assert problems != []
            with pytest.raises(rt.InvalidScenario) as invalid:
                read_again(broken)
            ours = {(problem.column, problem.value) for problem in problems}
            said = {(p.column, p.value) for p in invalid.value.problems if p.column}
            assert said <= ours
            # of names in a table that is gone the reader speaks once, of the table
            assert said == ours or any(not problem.column for problem in invalid.value.problems)
            counts["broken"] += 1

    holds_for(30, edited(), check)
    assert counts["broken"] > 5, counts
