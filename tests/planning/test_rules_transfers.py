"""Rules 1, 2 and 3: stock, willingness, consent and capacity, each by scenarios solved by hand."""

from __future__ import annotations

import pytest

from tests.builders import scenario
from tests.planning.answers import answer

NEED_FIRST = ("unmet_need", "moved_value")
WHOLE_GUN = "gun,,,true"


# ---- rule 1, stock


@pytest.mark.parametrize(
    ("lead", "unmet", "handed_on"), [(0, 2, "fb,B,C,gun,1,2,1"), (1, 4, "fb,B,C,gun,2,2,2")]
)
def test_what_a_lane_brings_is_handed_on_from_the_next_month_on(
    lead: int, unmet: int, handed_on: str
) -> None:
    """C needs 3 from January on. B has 1 and sends it at once; the other 2 come from A through B.

    They reach B after `lead` months and go on one month later: unmet 2 in each month until then.
    """
    case = scenario(
        horizon=3,
        objectives=NEED_FIRST,
        stocks="A,gun,2; B,gun,1",
        offers="fa,A,gun,2; fb,B,gun,3",
        lanes=f"A,B,gun,{lead}; B,C,gun",
        needs="n,C,gun,3,2025-01-01",
    )
    assert answer(case) == {
        "values": [unmet, 5],
        "dispatches": [f"fa,A,B,gun,0,2,{lead}", "fb,B,C,gun,0,1,0", handed_on],
        "fulfilments": ["n,gun,0,1", f"n,gun,{lead + 1},2"],
    }


def test_what_arrives_and_what_is_delivered_goes_out_in_the_same_month() -> None:
    """A offers 9 but has 1; one more is under way for February; the maker delivers one in March.

    C, who may not buy, needs 4: unmet 3, 2, 1. Three units are dispatched and one is ordered.
    """
    case = scenario(
        horizon=3,
        objectives=NEED_FIRST,
        stocks="A,gun,1",
        arrivals="A,gun,2025-02-20,1",
        offers="fa,A,gun,9",
        lanes="A,C,gun",
        needs="n,C,gun,4,2025-01-01",
        supply="S,gun,A",
        production="S,gun,2025-03-01,1",
    )
    assert answer(case) == {
        "values": [6, 4],
        "dispatches": ["fa,A,C,gun,0,1,0", "fa,A,C,gun,1,1,1", "fa,A,C,gun,2,1,2"],
        "orders": ["S,gun,A,2,1,2"],
        "fulfilments": ["n,gun,0,1", "n,gun,1,1", "n,gun,2,1"],
    }


# ---- rule 2, willingness


def test_each_dispatch_is_a_multiple_of_the_lot() -> None:
    """A gives 4 in lots of 2; C needs 1 (weight 2), D needs 3: 2 for each leaves D short of 1.

    If only the sum had to be a multiple, 1 and 3 would leave nobody short.
    """
    case = scenario(
        horizon=1,
        objectives=NEED_FIRST,
        stocks="A,gun,9",
        offers="fa,A,gun,4,,,,2",
        lanes="A,*,gun",
        needs="c,C,gun,1,2025-01-01,2; d,D,gun,3,2025-01-01",
    )
    assert answer(case, "dispatches") == {
        "values": [1, 4],
        "dispatches": ["fa,A,C,gun,0,2,0", "fa,A,D,gun,0,2,0"],
    }


@pytest.mark.parametrize(("items", "sent"), [("", 7.5), (WHOLE_GUN, 5)])
def test_whole_items_in_lots_with_a_fraction_go_in_lots_that_are_whole(
    items: str, sent: float
) -> None:
    """A gives up to 9 in lots of 2.5: three lots, or, as guns are whole, two lots at a time."""
    case = scenario(
        horizon=1,
        objectives=NEED_FIRST,
        items=items,
        stocks="A,gun,9",
        offers="fa,A,gun,9,,,,2.5",
        lanes="A,C,gun",
        needs="n,C,gun,9,2025-01-01",
    )
    assert answer(case) == {
        "values": [9 - sent, sent],
        "dispatches": [f"fa,A,C,gun,0,{sent:g},0"],
        "fulfilments": [f"n,gun,0,{sent:g}"],
    }


def test_an_offer_goes_to_whom_it_names_and_within_its_window() -> None:
    """D's need weighs twice C's, so that all would go to D, and in January, if it might.

    Of A's 9 guns `one` goes to C alone; `two` from 10 February on. B's gun comes in March, too late
    for its offer until 28 February; E's offer ends on 10 January, before the start on the 15th.
    C lacks 8 of 9 for 4 months. D lacks 9, then 8 for 3 months.
    """
    case = scenario(
        start="2025-01-15",
        horizon=4,
        objectives=NEED_FIRST,
        stocks="A,gun,9; E,gun,9",
        arrivals="B,gun,2025-03-01,1",
        offers="""one,A,gun,1,,,C
                  two,A,gun,1,2025-02-10,2025-03-05
                  three,B,gun,1,,2025-02-28
                  four,E,gun,1,,2025-01-10""",
        lanes="*,*,gun",
        needs="c,C,gun,9,2025-01-01,1; d,D,gun,9,2025-01-01,2",
    )
    assert answer(case) == {
        "values": [4 * 8 + 2 * (9 + 3 * 8), 2],
        "dispatches": ["one,A,C,gun,0,1,0", "two,A,D,gun,1,1,1"],
        "fulfilments": ["c,gun,0,1", "d,gun,1,1"],
    }


@pytest.mark.parametrize(
    ("other", "unmet", "sent"),
    [
        ("e,E,gun,1,2025-04-01,,C", 3, ["b", "cond", "e"]),
        ("e,E,gun,1,2025-04-01,,D", 12, ["b"]),
        ("e,A,gun,1,2025-04-01,,C", 11, ["b", "e"]),
    ],
    ids=["another party", "to someone who asks for none", "the same party"],
)
def test_an_offer_waits_for_what_the_others_send_to_those_in_need(
    other: str, unmet: int, sent: list[str]
) -> None:
    """C needs 4. B gives 1 in January. A gives 2 if others send 2 in all, be it later.

    Another one comes in April. From E to C it counts: unmet 1, 1, 1, 0. From E to D, who needs none,
    it does not, and is not sent: 3 for 4 months. From A itself it does not either: 3, 3, 3, 2.
    """
    case = scenario(
        horizon=4,
        objectives=NEED_FIRST,
        stocks="A,gun,9; B,gun,9; E,gun,9",
        offers=f"cond,A,gun,2,,,,,2; b,B,gun,1; {other}",
        lanes="*,C,gun; *,D,gun",
        needs="n,C,gun,4,2025-01-01",
    )
    found = answer(case, "dispatches")
    assert found["values"][0] == unmet
    assert [row.split(",")[0] for row in found["dispatches"]] == sent


# ---- rule 3, consent and capacity


def test_nothing_moves_without_consent() -> None:
    """C needs 5; five parties have 1 each; the start is 15 January.

    A's lane is refused, B's consent ended on the 10th, before the start in the same month, D's comes
    in March, E's holds until 1 February and takes a month, F's ended before its gun arrives in March.
    So E's arrives in February and D's in March: unmet 5, 4, 3.
    """
    case = scenario(
        start="2025-01-15",
        horizon=3,
        objectives=NEED_FIRST,
        stocks="A,gun,1; B,gun,1; D,gun,1; E,gun,1",
        arrivals="F,gun,2025-03-01,1",
        offers="a,A,gun,1; b,B,gun,1; d,D,gun,1; e,E,gun,1; f,F,gun,1",
        lanes="""*,C,*,0
                 A,C,gun,0,,,,never
                 B,C,gun,0,,,,,2025-01-10
                 D,C,gun,0,,,,2025-03-02
                 E,C,gun,1,,,,,2025-02-01
                 F,C,gun,0,,,,,2025-02-28""",
        needs="n,C,gun,5,2025-01-01",
    )
    assert answer(case) == {
        "values": [12, 2],
        "dispatches": ["d,D,C,gun,2,1,2", "e,E,C,gun,0,1,1"],
        "fulfilments": ["n,gun,1,1", "n,gun,2,1"],
    }


def test_all_offers_on_a_lane_share_its_capacity_and_each_lane_has_its_own() -> None:
    """A has two offers of 3 each, B one of 1. One wildcard row: 3 a month for each lane.

    C needs 7. January brings 3 from A and 1 from B, February 3 from A: unmet 3, 0.
    """
    case = scenario(
        horizon=2,
        objectives=NEED_FIRST,
        stocks="A,gun,9; B,gun,9",
        offers="a1,A,gun,3; a2,A,gun,3; b,B,gun,1",
        lanes="*,C,*,0,3",
        needs="n,C,gun,7,2025-01-01",
    )
    found = answer(case, "fulfilments")
    assert found == {"values": [3, 7], "fulfilments": ["n,gun,0,4", "n,gun,1,3"]}


def test_the_most_specific_lane_counts_and_at_a_tie_the_later_row() -> None:
    """Three rows match the one lane that there is; two of them name two columns.

    The later of those has a lead of 2: what A sends in January arrives in March. Unmet 1, 1, 0.
    """
    case = scenario(
        horizon=3,
        objectives=NEED_FIRST,
        stocks="A,gun,1",
        offers="a,A,gun,1",
        lanes="A,*,gun,1; *,C,gun,2; *,*,gun,0",
        needs="n,C,gun,1,2025-01-01",
    )
    assert answer(case) == {
        "values": [2, 1],
        "dispatches": ["a,A,C,gun,0,1,2"],
        "fulfilments": ["n,gun,2,1"],
    }
