"""Named events add up against the whole (rule 8)."""

from __future__ import annotations

from datetime import date

from ringtausch.register.position import Position
from ringtausch.register.ranges import UNKNOWN, Range
from ringtausch.register.statement import Statement
from tests.register.builders import positions_of, said


def handed(event: str, quantity: str, **fields: object) -> Statement:
    told = {"giver": "DEU", "receiver": "UKR", "item": "launcher"} | fields
    return said("m", "transfer", "handed_over", event=event, quantity=quantity, **told)


def of(*statements: Statement) -> Position:
    return positions_of(*statements).of("m")


def counted(*statements: Statement) -> tuple[Range, int, str]:
    rung = of(*statements).rungs["handed_over"]
    return rung.quantity, rung.rank, str(rung.said_on)


def test_named_events_add_up_with_the_worst_class_and_the_latest_day() -> None:
    first = handed("1", "2", rank=1, on="2025-03-01")
    second = handed("2", "3..4", rank=5, on="2025-02-01", by="press")
    assert counted(first, second) == (Range(5000, 6000), 5, "2025-03-01")
    assert of(first, second).rungs["handed_over"].true_on == date(2025, 3, 1)


def test_events_of_a_better_class_win_over_the_whole() -> None:
    events = handed("1", "2", rank=1), handed("2", "3", rank=2)
    assert counted(*events, handed("", "9", rank=5))[:2] == (Range(5000, 5000), 2)


def test_one_event_of_a_worse_class_lets_the_whole_win() -> None:
    """The sum is no better than its worst part."""
    events = handed("1", "2", rank=1), handed("2", "3", rank=5)
    found = of(*events, handed("", "9", rank=2))
    assert found.rungs["handed_over"].quantity == Range(9000, 9000)
    assert [(one.group, one.event, one.loser.event) for one in found.conflicts] == [
        ("what", "1", "1"),
        ("what", "2", "2"),
    ]


def test_of_one_class_what_was_said_later_wins_and_on_one_day_the_events() -> None:
    events = handed("1", "2", on="2025-02-01"), handed("2", "3", on="2025-03-01")
    for whole_on, quantity in [("2025-02-15", 5000), ("2025-03-01", 5000), ("2025-03-02", 9000)]:
        whole = handed("", "9", on=whole_on)
        assert counted(*events, whole)[0] == Range(quantity, quantity), whole_on


def test_a_side_with_an_unknown_loses_to_one_without() -> None:
    better = handed("1", "2", rank=1), handed("2", "unknown", rank=1)
    assert counted(*better, handed("", "9", rank=5))[0] == Range(9000, 9000)
    assert counted(handed("", "unknown", rank=1), handed("1", "2", rank=5))[0] == Range(2000, 2000)


def test_where_both_sides_have_an_unknown_rank_decides() -> None:
    found = counted(handed("", "unknown", rank=5), handed("1", "2"), handed("2", "unknown"))
    assert found[0] == Range(2000, None)


def test_a_whole_that_says_the_same_as_its_events_is_no_conflict() -> None:
    found = of(handed("1", "2"), handed("2", "3"), handed("", "5", rank=5))
    assert found.conflicts == ()


def test_events_that_speak_of_different_things_have_no_sum() -> None:
    assert counted(handed("1", "2"), handed("2", "3", item="missile"))[0] == UNKNOWN


def test_all_facts_stay_visible_beside_those_that_count() -> None:
    found = of(handed("1", "2"), handed("", "9", rank=5))
    assert list(found.facts) == [("handed_over", ""), ("handed_over", "1")]
    assert [fact.event for fact in found.rungs["handed_over"].facts] == ["1"]
