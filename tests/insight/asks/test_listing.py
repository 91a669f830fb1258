"""The finite list of concessions: whoever makes it by hand from the page finds what is found here."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import ringtausch as rt
from ringtausch.insight.asks import Sizes, list_concessions
from ringtausch.insight.asks.concession import edits_of, granted
from tests.builders import scenario
from tests.independent.random_folder import write_random

GIVING: dict[str, Any] = {
    "start": "2025-01-01",
    "horizon": 6,
    "settlement": 6,
    "items": "gun,,,true; tank,,,true",
    "stocks": "A,gun,4; B,gun,2; C,tank,1",
    "needs": "n1,U,gun,3,2025-02-01",
}


def listed(of: rt.Scenario, sizes: Sizes | None = None) -> dict[str, list[tuple[str, ...]]]:
    """List the edits by family."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for concession in list_concessions(of, sizes):
        found.setdefault(concession.family, []).append(edits_of(of, [concession]))
    return found


def test_offers_are_asked_for_more_and_sooner_and_stock_for_an_offer() -> None:
    """A offers in fours, late; B has what U needs and offers none, and no row opens its lane."""
    sc = scenario(**GIVING, offers="a,A,gun,4,2025-03-31,,,4", lanes="A,U,gun,2")
    assert listed(sc) == {
        "more": [("offers[offer=a].quantity=8",)],
        "sooner": [("offers[offer=a].from=2025-02-28",)],
        "stock": [
            (
                "+offers[offer=ask-B-gun-U,party=B,item=gun,quantity=1,to=U]",
                "+lanes[from=B,to=U,item=gun,lead=2]",
            )
        ],
    }


def test_sizes_are_rounded_up_to_whole_lots_and_units() -> None:
    """A floor of guns counts in whole guns, one of fire does not."""
    sc = scenario(
        **GIVING,
        offers="a,A,gun,4,2025-03-31,,,4",
        lanes="*,U,gun,2",
        capabilities="fire,gun,2",
        floors="A,gun,2025-01-01,9,1; A,fire,2025-01-01,9,1",
    )
    found = listed(sc, Sizes(units=Decimal("4.5"), months=2))
    assert found["gap"] == [
        ("floors[party=A,capability=gun,from=2025-01-01].max_gap=6",),
        ("floors[party=A,capability=fire,from=2025-01-01].max_gap=5.5",),
    ]
    assert found["more"] == [("offers[offer=a].quantity=12",)]
    assert found["sooner"] == [("offers[offer=a].from=2025-01-31",)]
    assert found["stock"] == [("+offers[offer=ask-B-gun-U,party=B,item=gun,quantity=5,to=U]",)]


def test_another_item_is_asked_for_where_its_party_has_it_and_somebody_wants_it() -> None:
    """U accepts nothing but guns; D is owed tanks. A has both, one gun within the plan; B only tanks."""
    sc = scenario(
        **(GIVING | {"stocks": "A,gun,1; A,tank,2; B,tank,3"}),
        offers="a,A,gun,4,,,,2; b,A,tank,2,,,U; c,B,tank,1",
        lanes="*,*,*",
        debts="D,tank,1,2025-06-01",
        arrivals="A,gun,2025-12-31,1; A,gun,2026-01-01,9",
    )
    assert listed(sc)["instead"] == [
        ("offers[offer=a].item=tank", "offers[offer=a].quantity=2", "offers[offer=a].lot="),
        ("offers[offer=b].item=gun",),
    ]


def test_consents_open_from_the_start_sooner_or_longer_and_where_there_is_none() -> None:
    sc = scenario(
        **GIVING,
        offers="a,A,gun,1; b,B,gun,1",
        lanes="A,U,gun,,,,,2025-04-15,2025-05-15; C,U,*,,,,,never; A,C,gun,,,,,,2024-12-01",
    )
    assert listed(sc)["consent"] == [
        ("lanes[from=A,to=U,item=gun].opens=",),
        ("lanes[from=A,to=U,item=gun].opens=2025-03-15",),
        ("lanes[from=A,to=U,item=gun].until=2025-06-15",),
        ("lanes[from=C,to=U,item=*].opens=",),
        ("lanes[from=A,to=C,item=gun].until=",),
        ("+lanes[from=B,to=U,item=gun]",),
    ]


def test_a_refused_lane_is_opened_together_with_the_offer_that_needs_it() -> None:
    """The lane of B is refused by a row of its own, that of C by a row for every giver."""
    sc = scenario(
        **(GIVING | {"stocks": "B,gun,1; C,gun,1"}),
        lanes="B,U,gun,1,,,,never,2025-01-02; *,U,gun,3,,5,,never",
    )
    assert listed(sc)["stock"] == [
        (
            "+offers[offer=ask-B-gun-U,party=B,item=gun,quantity=1,to=U]",
            "lanes[from=B,to=U,item=gun].opens=",
            "lanes[from=B,to=U,item=gun].until=",
        ),
        (
            "+offers[offer=ask-C-gun-U,party=C,item=gun,quantity=1,to=U]",
            "+lanes[from=C,to=U,item=gun,lead=3,unit_cost=5]",
        ),
    ]


def test_money_is_asked_for_as_much_as_units_cost_that_the_fund_may_pay_for() -> None:
    """F pays orders of guns, which come in pairs of 3 each; G pays handovers at 2 USD = 1 EUR."""
    sc = scenario(
        **GIVING,
        fx={"USD": 0.5},
        parties="A; B; U",
        supply="S,gun,B,3,,,,,,2; S,tank,B,90",
        lanes="A,U,gun,,,2,USD",
        funds="F,A; G,B,USD",
        releases="F,2025-03-01,10; G,2025-01-01,5; G,2026-02-01,7",
        earmarks="F,order,gun,*; G,handover,*,U",
    )
    found = listed(sc)
    assert found["money"] == [
        ("releases[fund=F].amount=16",),
        ("releases[date=2025-01-01].amount=7",),
    ]
    assert found["money-sooner"] == [
        ("releases[fund=F].date=2025-02-01",),
        ("releases[date=2026-02-01].date=2026-01-01",),
    ]
    assert found["earmark"] == [
        ("earmarks[fund=F].purpose=*",),
        ("earmarks[fund=F].item=*",),
        ("earmarks[fund=G].purpose=*",),
        ("earmarks[fund=G].party=*",),
    ]
    larger = listed(sc, Sizes(amount=Decimal(8)))["money"]
    assert larger[1] == ("releases[date=2025-01-01].amount=21",)


def test_terms_are_asked_to_be_longer_softer_deeper_and_wider() -> None:
    """The settlement is 6 months: an assurance of 6 cannot be longer. B's floor is gap all through."""
    sc = scenario(
        **GIVING,
        capabilities="fire,gun,2; fire,tank,3",
        assurances="A,gun,5,,,true,true; B,gun,6",
        floors="A,gun,2025-01-01,2,0.5; B,gun,2025-01-01,1,1",
    )
    found = listed(sc)
    assert found["assurance"] == [("assurances[party=A,item=gun].within=6",)]
    assert found["trust"] == [("assurances[party=A,item=gun].secured=",)]
    assert found["soft"] == [("assurances[party=A,item=gun].hard=",)]
    assert found["gap"] == [("floors[party=A,capability=gun,from=2025-01-01].max_gap=1.5",)]
    assert found["exchange"] == [
        ("+exchange[party=A,given=gun,accepted=tank,rate=1.5]",),
        ("+exchange[party=B,given=gun,accepted=tank,rate=1.5]",),
    ]


def test_a_consent_that_ended_before_the_start_is_asked_for_in_a_plan_of_one_period_too() -> None:
    sc = scenario(
        **(GIVING | {"start": "2025-01-15", "horizon": 1, "settlement": 0}),
        lanes="A,U,gun,,,,,,2025-01-14; B,U,gun,,,,,,2025-01-15",
    )
    assert listed(sc)["consent"] == [("lanes[from=A,to=U,item=gun].until=",)]


def test_a_slot_is_ceded_by_who_is_owed_what_others_order_too_and_made_once_more() -> None:
    """A and B order guns from S; C is owed a tank that nobody makes; B's second debt is far away."""
    sc = scenario(
        **GIVING,
        supply="S,gun,A; S,gun,B",
        production="S,gun,2025-02-01,0.5; S,gun,2025-03-01,1",
        debts="B,gun,1,2025-05-31; B,gun,1,2029-01-01; C,tank,1,2025-05-01",
    )
    found = listed(sc)
    assert found["slot"] == [("debts[due=2025-05-31].due=2025-06-30",)]
    assert found["capacity"] == [
        ("production[supplier=S,item=gun,from=2025-02-01].capacity=1.5",),
        (
            "production[supplier=S,item=gun,from=2025-03-01].capacity=2",
            "+production[supplier=S,item=gun,from=2025-04-01,capacity=1]",
        ),
    ]


@pytest.mark.parametrize(
    ("period", "within"), [("month", 4), ("week", 10), ("quarter", 3)], ids=str
)
def test_months_become_periods(period: str, within: int) -> None:
    sc = scenario(period=period, horizon=1, settlement=20, stocks="A,gun,1", assurances="A,gun,2")
    found = listed(sc, Sizes(months=2))
    assert found == {"assurance": [(f"assurances[party=A,item=gun].within={within}",)]}


@pytest.mark.parametrize("size", [{"units": Decimal(0)}, {"months": 0}, {"amount": Decimal(-1)}])
def test_a_size_is_above_zero(size: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"^\w+ -?\d is not above 0$"):
        Sizes(**size)


@pytest.mark.parametrize("seed", range(8))
def test_every_concession_is_valid_and_its_edits_grant_just_it(seed: int, tmp_path: Path) -> None:
    """Edits go through every check of a scenario; together they are made in the order printed."""
    sc = rt.read(write_random(tmp_path, 4000 + seed, "tiny", whole=False))
    concessions = list_concessions(sc)
    for concession in concessions:
        changed = rt.edit(sc, *edits_of(sc, [concession]))
        assert changed.content_hash == granted(sc, [concession]).content_hash
        assert changed.content_hash != sc.content_hash
    together = [concession for concession in concessions[seed % 3 :: 3] if concession.monotone]
    changed = rt.edit(sc, *edits_of(sc, together))
    assert changed.content_hash == granted(sc, together).content_hash
