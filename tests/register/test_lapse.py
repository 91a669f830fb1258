"""What stands only for a time (rule 13)."""

from __future__ import annotations

from ringtausch.register.position import Position
from ringtausch.register.ranges import NOTHING, Range
from ringtausch.register.statement import Statement
from tests.register.builders import positions_of, said

FIVE = Range(5000, 5000)


def tell(milestone: str, quantity: str, **fields: object) -> Statement:
    return said(
        "m", "transfer", milestone, quantity=quantity, giver="DEU", receiver="UKR", item="launcher", **fields,
    )  # fmt: skip


def at(as_of: str, *statements: Statement) -> Position:
    return positions_of(*statements, as_of=as_of).of("m")


def test_a_promise_stands_on_its_last_day_and_no_longer() -> None:
    pledge = tell("pledged", "5", until="2025-06-30")
    last_day, next_day = at("2025-06-30", pledge), at("2025-07-01", pledge)
    assert (last_day.reached("pledged"), last_day.lapsed) == (FIVE, False)
    assert (next_day.reached("pledged"), next_day.lapsed) == (NOTHING, True)
    assert (next_day.state, next_day.until) == ("pledged", "2025-06-30")


def test_a_month_lapses_after_its_last_day_though_it_was_recorded_before() -> None:
    pledge = tell("pledged", "5", until="2025-06", recorded="2025-06-10")
    assert at("2025-06-30", pledge).reached("pledged") == FIVE
    assert at("2025-07-01", pledge).reached("pledged") == NOTHING


def test_what_a_further_rung_has_reached_stays() -> None:
    found = at("2025-07-01", tell("pledged", "5", until="2025-06-30"), tell("handed_over", "2"))
    assert (found.reached("pledged"), found.lapsed) == (Range(2000, 2000), True)
    whole = at("2025-07-01", tell("pledged", "5", until="2025-06-30"), tell("handed_over", "5"))
    assert (whole.reached("pledged"), whole.lapsed) == (FIVE, False)


def test_of_events_only_those_lapse_whose_time_is_over() -> None:
    found = at(
        "2025-07-01",
        tell("reserved", "5", event="1", until="2025-06-30"),
        tell("reserved", "2", event="2", until="2025-12-31"),
    )
    assert found.reached("reserved") == Range(2000, 2000)


def test_what_took_place_never_lapses() -> None:
    assert (
        at("2025-07-01", tell("handed_over", "5", until="2025-06-30")).reached("handed_over")
        == FIVE
    )


def test_consents_and_funds_lapse() -> None:
    for kind, milestone in [
        ("consent", "granted"),
        ("replacement", "funded"),
        ("contribution", "committed"),
    ]:
        found = at(
            "2025-07-01",
            said(
                "m", kind, milestone, giver="DEU", receiver="UKR", quantity="5", until="2025-06-30"
            ),
        )
        assert (found.reached(milestone), found.lapsed) == (NOTHING, True), kind
