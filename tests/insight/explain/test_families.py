"""One small scenario for each thing that can bind, with all its causes found by hand."""

from __future__ import annotations

from typing import Any

import pytest

import ringtausch as rt
from tests.builders import scenario

#: C needs 1 gun from January on, for three months; A has one and gives it at once.
BASE: dict[str, Any] = {
    "horizon": 3,
    "objectives": ("unmet_need", "spend"),
    "items": "gun,,,true",
    "needs": "n,C,gun,1,2025-01-01",
    "stocks": "A,gun,1",
    "offers": "o,A,gun,1",
    "lanes": "A,C,gun",
}
#: The same, but C may only buy a gun from S at 10, paid by its fund.
BOUGHT: dict[str, Any] = {
    "horizon": 3,
    "objectives": ("unmet_need", "spend"),
    "items": "gun,,,true",
    "needs": "n,C,gun,1,2025-01-01",
    "supply": "S,gun,C,10",
    "production": "S,gun,2025-01-01,1",
    "funds": "f,C",
    "releases": "f,2025-01-01,10",
}


def causes(**content: Any) -> list[tuple[str, str, float, float]]:
    """Name each cause: family, its edits, unmet need after, unit-months freed of the need."""
    sc = scenario(**content)
    found = rt.explain(sc, rt.plan(sc))
    return [
        (
            cause.family,
            " ".join(cause.release),
            cause.objectives["unmet_need"],
            sum(freed.amount for freed in cause.freed),
        )
        for cause in found.causes
    ]


CASES = {
    "an offer of too little": (
        BASE | {"needs": "n,C,gun,2,2025-01-01", "stocks": "A,gun,2"},
        [("willingness", "offers[offer=o].quantity=10", 0, 3)],
    ),
    "an offer that begins in March": (
        BASE | {"offers": "o,A,gun,1,2025-03-01"},
        [("willingness", "offers[offer=o].quantity=10 offers[offer=o].from=", 0, 2)],
    ),
    "an offer to somebody else": (
        BASE | {"parties": "A; B; C", "offers": "o,A,gun,1,,,B"},
        [("willingness", "offers[offer=o].quantity=10 offers[offer=o].to=*", 0, 3)],
    ),
    "stock that is not offered": (
        BASE | {"offers": ""},
        [("willingness", "+offers[offer=A-gun,party=A,item=gun,quantity=1]", 0, 3)],
    ),
    "a lane that opens in March": (
        BASE | {"lanes": "A,C,gun,,,,,2025-03-01"},
        [("consent", "lanes[from=A,to=C,item=gun].opens=", 0, 2)],
    ),
    "a lane that is refused": (
        BASE | {"lanes": "A,C,gun,,,,,never"},
        [("consent", "lanes[from=A,to=C,item=gun].opens=", 0, 3)],
    ),
    "no lane": (
        BASE | {"lanes": ""},
        [("consent", "+lanes[from=A,to=C,item=gun]", 0, 3)],
    ),
    "a lane that takes a month": (
        BASE | {"lanes": "A,C,gun,1"},
        [("time", "lanes[from=A,to=C,item=gun].lead=0", 0, 1)],
    ),
    "a replacement that must be under way and cannot be": (
        BASE | {"assurances": "A,gun,0,,,,true"},
        [("time", "assurances[party=A,item=gun].secured=", 0, 3)],
    ),
    "a floor of who gives": (
        BASE | {"floors": "A,gun,2025-01-01,1"},
        [("floors", "floors[party=A,capability=gun,from=2025-01-01].quantity=0", 0, 3)],
    ),
    "a production that begins in March": (
        BOUGHT | {"production": "S,gun,2025-03-01,1"},
        [
            (
                "production",
                ("production[supplier=S,item=gun,from=2025-03-01].capacity=11"
                " +production[supplier=S,item=gun,from=2025-01-01,capacity=10]"),
                0,
                2,
            )
        ],
    ),
    "no production": (
        BOUGHT | {"production": ""},
        [("production", "+production[supplier=S,item=gun,from=2025-01-01,capacity=10]", 0, 3)],
    ),
    "a supply that opens in February": (
        BOUGHT | {"supply": "S,gun,C,10,,,,2025-02-01"},
        [("production", "supply[supplier=S,item=gun,customer=C].opens=", 0, 1)],
    ),
    "a supply for somebody else": (
        BOUGHT | {"supply": "S,gun,A,10", "parties": "A; C"},
        [("production", "+supply[supplier=S,item=gun,customer=C,price=10]", 0, 3)],
    ),
    "an order that takes two months": (
        BOUGHT | {"supply": "S,gun,C,10,,2"},
        [("time", "supply[supplier=S,item=gun,customer=C].lead=0", 0, 2)],
    ),
    "a fund with too little": (
        BOUGHT | {"releases": "f,2025-01-01,9"},
        [("money", "+releases[fund=f,date=2025-01-01,amount=100]", 0, 3)],
    ),
    "a fund that gets it in February": (
        BOUGHT | {"releases": "f,2025-02-01,10"},
        [
            ("money", "+releases[fund=f,date=2025-01-01,amount=100]", 0, 1),
            ("money", "releases[fund=f].date=2025-01-01", 0, 1),
        ],
    ),
    "a fund that pays for something else": (
        BOUGHT | {"earmarks": "f,handover,gun,C"},
        [
            ("money", "+earmarks[fund=f,purpose=*,item=*,party=*]", 0, 3),
            (
                "money",
                ("+funds[fund=C-order-gun,party=C]"
                " +earmarks[fund=C-order-gun,purpose=order,item=gun,party=C]"
                " +releases[fund=C-order-gun,date=2025-01-01,amount=100]"),
                0,
                3,
            ),
        ],
    ),
    "money that lapses": (
        BOUGHT | {"production": "S,gun,2025-03-01,1", "funds": "f,C,,2025-02-28"},
        [
            ("money", "funds[fund=f].until=", 2, 1),
            (
                "production",
                ("production[supplier=S,item=gun,from=2025-03-01].capacity=11"
                " +production[supplier=S,item=gun,from=2025-01-01,capacity=10]"),
                0,
                3,
            ),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_thing_that_binds_is_named_and_nothing_else(name: str) -> None:
    content, expected = CASES[name]
    assert causes(**content) == expected
