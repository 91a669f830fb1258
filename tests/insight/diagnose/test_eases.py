"""Each cell that may give way: the least by which it mends a scenario, computed by hand.

The weights make the cell in question the cheapest, so that the repair of least reluctance uses it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import ringtausch as rt
from ringtausch.insight.reluctance import Reluctance, ReluctanceRow
from tests.builders import scenario

#: C must have 2 guns in February; A has 2, offers them, and may send them at once.
ASKED: dict[str, Any] = {
    "horizon": 3,
    "settlement": 1,
    "stocks": "A,gun,2",
    "offers": "a,A,gun,2",
    "lanes": "A,C,gun",
    "needs": "n,C,gun,2,2025-02-01,,,true",
}
#: C must have 2 guns in February; they can only be bought, at 1 each.
BOUGHT: dict[str, Any] = {
    "horizon": 3,
    "settlement": 1,
    "parties": "C; D",
    "supply": "S,gun,C,1",
    "production": "S,gun,2025-01-01,1",
    "needs": "n,C,gun,2,2025-02-01,,,true",
    "funds": "f,C",
    "releases": "f,2025-01-01,2",
}
#: A hands 2 guns to C and must have them back; the maker delivers to A.
RETURNED: dict[str, Any] = ASKED | {
    "settlement": 3,
    "assurances": "A,gun,1,,,true",
    "supply": "S,gun,A",
    "production": "S,gun,2025-01-01,1",
}

CASES: list[tuple[str, dict[str, Any], list[str]]] = [
    # requirements
    ("needs.quantity", ASKED | {"stocks": "A,gun,1"}, ["needs[need=n].quantity=1"]),
    (
        "needs.quantity",
        ASKED | {"stocks": "A,gun,3", "needs": "n,C,gun,4,2025-02-01,,2,true"},
        ["needs[need=n].quantity=2"],
    ),
    ("needs.quantity", ASKED | {"stocks": "B,gun,1"}, ["needs[need=n].hard="]),
    ("needs.due", ASKED | {"lanes": "A,C,gun,3"}, ["needs[need=n].due=2025-04-01"]),
    ("needs.hard", ASKED | {"stocks": "B,gun,1"}, ["needs[need=n].hard="]),
    (
        "dues.amount",
        BOUGHT | {"dues": "order,gun,D,2025-01-01,0.5"},
        ["dues[purpose=order].amount=0"],
    ),
    (
        "dues.date",
        BOUGHT | {"dues": "order,gun,D,2025-01-01,3", "releases": "f,2025-01-01,2; f,2025-03-01,3"},
        ["dues[purpose=order].date=2025-03-01"],
    ),
    (
        "assurances.within",
        RETURNED | {"production": "S,gun,2025-04-01,2"},
        ["assurances[party=A,item=gun].within=2"],
    ),
    (
        "assurances.hard",
        RETURNED | {"production": "S,gun,2026-04-01,2"},
        ["assurances[party=A,item=gun].hard="],
    ),
    (
        "assurances.secured",
        ASKED | {"assurances": "A,gun,1,,,,true"},
        ["assurances[party=A,item=gun].secured="],
    ),
    (
        "floors.max_gap",
        ASKED | {"floors": "A,gun,2025-01-01,1,0.25"},
        ["floors[party=A,capability=gun,from=2025-01-01].max_gap=1"],
    ),
    (
        "floors.max_gap",
        ASKED | {"floors": "A,gun,2025-01-01,2,2; A,gun,2025-02-01,1; A,gun,2025-03-01,0"},
        ["floors[party=A,capability=gun,from=2025-02-01].max_gap=1"],
    ),
    # what the parties allow
    ("offers.quantity", ASKED | {"offers": "a,A,gun,0.5"}, ["offers[offer=a].quantity=2"]),
    (
        "offers.from",
        ASKED | {"offers": "a,A,gun,2,2025-04-15"},
        ["offers[offer=a].from=2025-02-01"],
    ),
    (
        "offers.until",
        ASKED | {"offers": "a,A,gun,2,,2024-12-15"},
        ["offers[offer=a].until=2025-01-01"],
    ),
    ("offers.to", ASKED | {"offers": "a,A,gun,2,,,B"}, ["offers[offer=a].to=*"]),
    ("offers.lot", ASKED | {"offers": "a,A,gun,2,,,,5"}, ["offers[offer=a].lot="]),
    ("offers.if_others", ASKED | {"offers": "a,A,gun,2,,,,,1"}, ["offers[offer=a].if_others="]),
    (
        "lanes.opens",
        ASKED | {"lanes": "A,C,gun,1,,,,never"},
        ["lanes[from=A,to=C,item=gun].opens=2025-01-01"],
    ),
    (
        "lanes.until",
        ASKED | {"lanes": "A,C,gun,,1,,,,2025-01-31"},
        ["lanes[from=A,to=C,item=gun].until=2025-02-01"],
    ),
    (
        "lanes.capacity",
        ASKED | {"lanes": "A,C,gun,1,1.5"},
        ["lanes[from=A,to=C,item=gun].capacity=2"],
    ),
    (
        "supply.opens",
        BOUGHT | {"supply": "S,gun,C,1,,,,2025-02-01"},
        ["supply[supplier=S,item=gun,customer=C].opens=2025-01-01"],
    ),
    (
        "supply.until",
        BOUGHT | {"supply": "S,gun,C,1,,,,,2025-01-20"},
        ["supply[supplier=S,item=gun,customer=C].until=2025-02-01"],
    ),
    (
        "supply.lot",
        BOUGHT | {"supply": "S,gun,C,1,,,,,,2"},
        ["supply[supplier=S,item=gun,customer=C].lot="],
    ),
    (
        "production.capacity",
        BOUGHT | {"production": "S,gun,2025-01-01,0.7"},
        ["production[supplier=S,item=gun,from=2025-01-01].capacity=1"],
    ),
    (
        "production.capacity",
        BOUGHT | {"production": "S,gun,2025-01-01,0.7", "items": "gun,,,true"},
        ["production[supplier=S,item=gun,from=2025-01-01].capacity=1"],
    ),
    (
        "production.from",
        BOUGHT | {"production": "S,gun,2025-04-01,1"},
        ["production[supplier=S,item=gun,from=2025-04-01].from=2025-01-01"],
    ),
    ("releases.amount", BOUGHT | {"releases": "f,2025-01-01,0.5"}, ["releases[fund=f].amount=2"]),
    (
        "releases.date",
        BOUGHT | {"releases": "f,2025-04-01,2"},
        ["releases[fund=f].date=2025-01-01"],
    ),
    ("funds.until", BOUGHT | {"funds": "f,C,,2025-01-20"}, ["funds[fund=f].until=2025-02-01"]),
    (
        "earmarks.purpose",
        BOUGHT | {"earmarks": "f,handover,gun,C"},
        ["earmarks[fund=f].purpose=*"],
    ),
    ("earmarks.item", BOUGHT | {"earmarks": "f,order,tank,C"}, ["earmarks[fund=f].item=*"]),
    ("earmarks.party", BOUGHT | {"earmarks": "f,order,gun,D"}, ["earmarks[fund=f].party=*"]),
]


@pytest.mark.parametrize(("cell", "tables", "edits"), CASES)
def test_a_cell_gives_way_by_the_least_that_mends_it(
    cell: str, tables: dict[str, Any], edits: list[str]
) -> None:
    case = scenario(**tables)
    table, _dot, column = cell.partition(".")
    row = ReluctanceRow(word=table, column=column, weight=Decimal("0.1"))
    found = rt.diagnose(case, reluctance=Reluctance((row,)))
    repair = next(r for r in found.repairs if r.kind == "least_reluctance")
    assert list(repair.edits) == edits
    assert (repair.reluctance, repair.proved, found.open_points) == (0.1, True, ())
    best = rt.plan(rt.edit(case, *repair.edits))
    assert repair.objectives == {name: o.value for name, o in best.objectives.items()}
