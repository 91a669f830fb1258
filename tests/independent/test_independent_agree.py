"""The two programs of this package agree with each other and with answers worked out by hand.

The scenarios are small enough for a sheet of paper. Months count from January 2025 = 0.
"""

from pathlib import Path

import pytest

from .agreement import agreed
from .result import Result
from .writing import FROM_A_TO_C, GUN, head, parties, write_folder


def values(folder: Path) -> list[float]:
    """Give the agreed values in the scenario's order."""
    result = agreed(folder)
    assert result.status == "optimal"
    return list(result.values.values())


def test_what_a_lane_brings_is_handed_on_from_the_next_period_on(tmp_path: Path) -> None:
    """A gives to B so that B can give to C.

    C needs 2 from month 0. B holds 1 and sends it at once; the second comes from A in month 0 and goes on
    in month 1: unmet 1 in month 0. B is owed each within a month: A replaces both, so 4 units move.
    """
    folder = write_folder(
        tmp_path / "ring",
        head("late_replacement unmet_need moved_value", horizon=2, settlement=1),
        parties=parties("ABC"),
        items=GUN,
        stocks="party,item,quantity\nA,gun,2\nB,gun,1",
        offers="offer,party,item,quantity\nfa,A,gun,2\nfb,B,gun,2",
        lanes="from,to,item\nA,B,gun\nB,C,gun",
        needs="need,party,capability,quantity,due\nn,C,gun,2,2025-01-01",
        assurances="party,item,within\nB,gun,1",
    )
    assert values(folder) == [0, 1, 4]


def test_lots_that_do_not_divide_leave_a_rest(tmp_path: Path) -> None:
    """C needs 5; the offer of 5 goes in lots of 2, so 4 come. The fifth is bought in a lot of 2.

    The maker delivers from month 1 on: unmet 1 in month 0; 2 bought at 3 each; 4 + 2 units move.
    """
    folder = write_folder(
        tmp_path / "lots",
        head("unmet_need spend moved_value", horizon=2, settlement=0),
        parties=parties("AC"),
        items=GUN,
        stocks="party,item,quantity\nA,gun,5",
        offers="offer,party,item,quantity,lot\nf,A,gun,5,2",
        lanes=FROM_A_TO_C,
        needs="need,party,capability,quantity,due\nn,C,gun,5,2025-01-01",
        supply="supplier,item,customer,price,lot\nmaker,*,C,3,2",
        production="supplier,item,from,capacity\nmaker,gun,2025-02-01,2",
        funds="fund,party,currency,until\npurse,C,,",
        releases="fund,date,amount\npurse,2025-01-01,10",
    )
    assert values(folder) == [1, 6, 6]


@pytest.mark.parametrize(("receiver", "unmet"), [("C", 0), ("D", 4)])
def test_offers_wait_for_what_others_send_to_whom_it_counts(
    tmp_path: Path, receiver: str, unmet: int
) -> None:
    """C needs 4. A gives 2 if others send 2, B gives 1 if others send 2, E gives 1 in any case.

    If E sends to C, then A sees 1 + 1 and B sees 2 + 1: all 4 come. If E may send to D only, of whom no
    need counts a gun, then A sees 1 at most, so it stays away, and B sees nothing.
    """
    folder = write_folder(
        tmp_path / "others",
        head("unmet_need", horizon=1, settlement=0),
        parties=parties("ABCDE"),
        items=GUN,
        stocks="party,item,quantity\nA,gun,2\nB,gun,1\nE,gun,1",
        offers=f"""offer,party,item,quantity,to,if_others
                   fa,A,gun,2,C,2
                   fb,B,gun,1,C,2
                   fe,E,gun,1,{receiver},""",
        lanes="from,to,item\n*,*,gun",
        needs="need,party,capability,quantity,due\nn,C,gun,4,2025-01-01",
    )
    assert values(folder) == [unmet]


@pytest.mark.parametrize(("secured", "unmet"), [("true", 1), ("", 0)])
def test_secured_means_nothing_leaves_before_its_replacement_is_under_way(
    tmp_path: Path, secured: str, unmet: int
) -> None:
    """A can give 1 to C in month 0. The maker takes a month and delivers from month 2 on.

    The order can be placed in month 1 at the earliest: secured, A waits until then. It costs 5.
    """
    folder = write_folder(
        tmp_path / "secured",
        head("late_replacement unmet_need spend", horizon=2, settlement=2),
        parties=parties("AC"),
        items=GUN,
        stocks="party,item,quantity\nA,gun,1",
        offers="offer,party,item,quantity\nf,A,gun,1",
        lanes=FROM_A_TO_C,
        needs="need,party,capability,quantity,due\nn,C,gun,1,2025-01-01",
        assurances=f"party,item,within,secured\nA,gun,2,{secured}",
        supply="supplier,item,customer,price,lead,opens\nmaker,gun,A,5,1,2025-02-01",
        production="supplier,item,from,capacity\nmaker,gun,2025-03-01,1",
        funds="fund,party,currency,until\npurse,C,,",
        releases="fund,date,amount\npurse,2024-01-01,5",
    )
    assert values(folder) == [0, unmet, 5]


@pytest.mark.parametrize(("hard", "expected"), [("true", [2, 0]), ("", [0, 2])])
def test_a_hard_assurance_forbids_what_cannot_be_replaced(
    tmp_path: Path, hard: str, expected: list[int]
) -> None:
    """A gives 1 to C in month 0, owed back within a month, and nobody has another.

    Hard: it may not, and the need is unmet for 2 months. Otherwise it is late in the last month, month 1,
    which counts 1 + settlement = 2 times.
    """
    folder = write_folder(
        tmp_path / "hard",
        head("unmet_need late_replacement", horizon=1, settlement=1),
        parties=parties("AC"),
        items=GUN,
        stocks="party,item,quantity\nA,gun,1",
        offers="offer,party,item,quantity\nf,A,gun,1",
        lanes=FROM_A_TO_C,
        needs="need,party,capability,quantity,due\nn,C,gun,1,2025-01-01",
        assurances=f"party,item,within,hard\nA,gun,1,{hard}",
    )
    assert values(folder) == expected


def test_a_whole_item_comes_off_the_line_when_it_is_completed(tmp_path: Path) -> None:
    """0.4 a month adds up to 0.4, 0.8, 1.2, 1.6, 2.0, 2.4: one in month 2, one in month 4.

    C needs 2 from month 0: unmet 2, 2, 1, 1, 0, 0.
    """
    folder = write_folder(
        tmp_path / "line",
        head("unmet_need moved_value", horizon=6, settlement=0),
        parties=parties("C"),
        items=GUN,
        needs="need,party,capability,quantity,due\nn,C,gun,2,2025-01-01",
        supply="supplier,item,customer\nmaker,gun,*",
        production="supplier,item,from,capacity\nmaker,gun,2025-01-01,0.4",
    )
    assert values(folder) == [6, 2]


@pytest.mark.parametrize(("rate", "expected"), [("2", [0, 10, 1]), ("1.5", [0, 12, 2])])
def test_one_accepted_item_settles_as_many_as_its_rate(
    tmp_path: Path, rate: str, expected: list[int]
) -> None:
    """A is owed 2 guns from month 1 on. A new gun costs 10, an old one 6.

    At rate 2, one new gun settles both. At rate 1.5, one new gun leaves half a gun, which no whole one can
    settle, and two are more than is owed: two old ones it is.
    """
    folder = write_folder(
        tmp_path / "exchange",
        head("late_replacement spend moved_value", horizon=1, settlement=2),
        parties=parties("A"),
        items="item,unit,indivisible\ngun,piece,true\nnew,piece,true",
        debts="party,item,quantity,due\nA,gun,2,2025-02-01",
        exchange=f"party,given,accepted,rate\nA,gun,new,{rate}",
        supply="supplier,item,customer,price\nmaker,gun,*,6\nmaker,new,*,10",
        production="""supplier,item,from,capacity
                      maker,gun,2025-01-01,2
                      maker,new,2025-01-01,2""",
        funds="fund,party,currency,until\npurse,A,,",
        releases="fund,date,amount\npurse,2025-01-01,20",
    )
    assert values(folder) == expected


@pytest.mark.parametrize(
    ("held", "coming", "expected"), [(3, 0, [4, 2]), (2, 0, [4, 4]), (2, 1, [4, 3])]
)
def test_a_floor_falls_as_far_as_agreed_below_what_it_would_be_anyway(
    tmp_path: Path, held: int, coming: int, expected: list[int]
) -> None:
    """A must keep 3 and may fall 1 below; C needs 3 over 2 months. Whatever A holds, 1 can go.

    Holding 3: gaps 1, 1. Holding 2, which is a gap of 1 already: gaps 2, 2. Holding 2 with 1 to come in
    month 1: gaps 2, 1.
    """
    folder = write_folder(
        tmp_path / "floor",
        head("unmet_need capability_gap", horizon=2, settlement=0),
        parties=parties("AC"),
        items=GUN,
        stocks=f"party,item,quantity\nA,gun,{held}",
        arrivals=f"party,item,date,quantity\nA,gun,2025-02-11,{coming}",
        floors="party,capability,from,quantity,max_gap\nA,gun,2025-01-01,3,1",
        offers="offer,party,item,quantity\nf,A,gun,3",
        lanes=FROM_A_TO_C,
        needs="need,party,capability,quantity,due\nn,C,gun,3,2025-01-01",
    )
    assert values(folder) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2025-02-05", [4, 10, 2]), ("2025-03-05", None), ("2025-04-05", [4, 9, 2])],
)
def test_funds_pay_what_their_earmarks_allow_while_they_last(
    tmp_path: Path, day: str, expected: list[int] | None
) -> None:
    """C needs 3. A gun of the maker costs 6, bringing A's one costs 3. There are three months.

    `orders` has 10 from month 0 on, for orders for C; `any` has 4 in month 1 and lapses after it. Month 0:
    one bought. Month 1: 4 + 4 do not pay for a second one (6) and A's (3), so it is A's, the cheaper.
    Unmet 2, 1, 1. A due of 2 USD (= 1) fits into month 1; in month 2 nobody can pay it, so there is no
    plan; after the end it is no matter.
    """
    folder = write_folder(
        tmp_path / "funds",
        head("unmet_need spend moved_value", horizon=3, settlement=0, more="[fx]\nUSD = 0.5"),
        parties=parties("AC"),
        items=GUN,
        stocks="party,item,quantity\nA,gun,1",
        offers="offer,party,item,quantity\nf,A,gun,1",
        lanes="from,to,item,unit_cost\nA,C,gun,3",
        needs="need,party,capability,quantity,due\nn,C,gun,3,2025-01-01",
        supply="supplier,item,customer,price\nmaker,gun,C,6",
        production="supplier,item,from,capacity\nmaker,gun,2025-01-01,2",
        funds="fund,party,currency,until\norders,C,EUR,\nany,A,,2025-02-28",
        releases="fund,date,amount\norders,2025-01-01,10\nany,2025-02-01,4",
        earmarks="fund,purpose,item,party\norders,order,*,C",
        dues=f"purpose,item,party,date,amount,currency\ncompensation,gun,A,{day},2,USD",
    )
    if expected is None:
        assert agreed(folder) == Result("infeasible")
    else:
        assert values(folder) == expected


def test_guns_sent_around_in_a_circle_pay_no_debts(tmp_path: Path) -> None:
    """A, B and C are owed 1 each and hold 1 each; lanes lead around. Two arrows make no circle."""
    folder = write_folder(
        tmp_path / "circle",
        head("late_replacement moved_value", horizon=1, settlement=0),
        parties=parties("ABC"),
        items=GUN,
        stocks="party,item,quantity\nA,gun,1\nB,gun,1\nC,gun,1",
        offers="offer,party,item,quantity\nfa,A,gun,1\nfb,B,gun,1\nfc,C,gun,1",
        lanes="from,to,item\nA,B,*\nB,C,*\nC,A,*",
        debts="""party,item,quantity,due
                 A,gun,1,2025-01-01
                 B,gun,1,2025-01-01
                 C,gun,1,2025-01-01""",
    )
    assert values(folder) == [1, 2]


def test_windows_and_the_most_specific_lane_are_read_as_the_page_says(tmp_path: Path) -> None:
    """The start is 15 January. An offer until the 10th is closed, though the 10th is in month 0.

    The other offer is open. Both lane rows name two columns: the later counts, with its lead of 1. So 1
    of the 3 that C needs comes, in month 1: unmet 3, 2.
    """
    folder = write_folder(
        tmp_path / "windows",
        head("unmet_need", horizon=2, settlement=0, start="2025-01-15"),
        parties=parties("AC"),
        items=GUN,
        stocks="party,item,quantity\nA,gun,9",
        offers="""offer,party,item,quantity,from,until
                  f1,A,gun,2,,2025-01-10
                  f2,A,gun,1,2025-01-10,2025-01-31""",
        lanes="from,to,item,lead\nA,*,gun,0\n*,C,gun,1\n*,*,gun,0",
        needs="need,party,capability,quantity,due\nn,C,gun,3,2025-01-10",
    )
    assert values(folder) == [5]


def test_tolerance_and_allowance_give_way_to_later_objectives(tmp_path: Path) -> None:
    """C needs 4 and each costs 5. The best is unmet 0; an allowance of 1 saves the fourth."""
    folder = write_folder(
        tmp_path / "allowance",
        head("unmet_need spend", horizon=1, settlement=0, more="[allowance]\nunmet_need = 1"),
        parties=parties("C"),
        items=GUN,
        needs="need,party,capability,quantity,due\nn,C,gun,4,2025-01-01",
        supply="supplier,item,customer,price\nmaker,gun,C,5",
        production="supplier,item,from,capacity\nmaker,gun,2025-01-01,4",
        funds="fund,party,currency,until\npurse,C,,",
        releases="fund,date,amount\npurse,2025-01-01,50",
    )
    assert values(folder) == [0, 15]
