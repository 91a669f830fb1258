"""What is warned of: by name, a change that is warned of, one beside it that is not, the warning.

`BASE` has no warning: A gives two of its four guns to C and gets them back from S, paid by fund F.
"""

from __future__ import annotations

from typing import Any

__all__ = ["BASE", "CASES"]

BASE: dict[str, Any] = {
    "horizon": 6,
    "settlement": 6,
    "items": "gun,,,true\nshell",
    "stocks": "A,gun,4",
    "floors": "A,gun,2025-01-01,3,2",
    "offers": "o1,A,gun,2,2025-01-01,2025-03-31,C",
    "lanes": "A,C,gun,0",
    "supply": "S,gun,A,100",
    "production": "S,gun,2025-01-01,2",
    "needs": "n1,C,gun,2,2025-02-01",
    "assurances": "A,gun,6",
    "funds": "F,A",
    "releases": "F,2025-01-01,1000",
}

_NO_SUPPLY = {"supply": "", "production": "", "funds": "", "releases": "", "assurances": ""}

CASES: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "a floor above all that is held": (
        {**_NO_SUPPLY, "floors": "A,gun,2025-01-01,5,2"},
        {**_NO_SUPPLY, "floors": "A,gun,2025-01-01,4,2"},
        "floors.csv:2: quantity: the floor of 5 is above all that A holds or will be brought of gun, 4; the gap between counts in every plan",
    ),
    "a floor above all in one role": (
        {
            **_NO_SUPPLY,
            "capabilities": "fire,gun,1,guns\nfire,shell,0.1,shells",
            "stocks": "A,gun,4\nA,shell,9",
            "floors": "A,fire,2025-01-01,1",
        },
        {
            **_NO_SUPPLY,
            "capabilities": "fire,gun,1,guns\nfire,shell,0.1,shells",
            "stocks": "A,gun,4\nA,shell,10",
            "floors": "A,fire,2025-01-01,1",
        },
        'floors.csv:2: quantity: the floor of 1 is above all that A holds or will be brought of fire in the role "shells", 0.9; the gap between counts in every plan',
    ),
    "a need nobody can meet": (
        {"needs": "n1,C,gun,2,2025-02-01\nn2,C,shell,5,2025-02-01"},
        {
            "needs": "n1,C,gun,2,2025-02-01\nn2,C,shell,5,2025-02-01",
            "arrivals": "C,shell,2025-03-01,1,true",
        },
        "needs.csv:3: need: nobody can meet n2: no open offer, supply or designable arrival brings C shell",
    ),
    "a need due after the end": (
        {"needs": "n1,C,gun,2,2026-01-01"},
        {"needs": "n1,C,gun,2,2025-12-31"},
        "needs.csv:2: due: is after the last period, 2025-12; the need never counts",
    ),
    "a fund no charge can reach": (
        {"earmarks": "F,handover,*,*"},
        {"earmarks": "F,handover,*,*\nF,order,gun,*"},
        "funds.csv:2: fund: no charge can reach F: nothing that its earmarks allow costs anything",
    ),
    "an offer without a lane": (
        {"offers": "o1,A,gun,2,2025-01-01,2025-03-31,C\no2,A,gun,1,,,B"},
        {"offers": "o1,A,gun,2,2025-01-01,2025-03-31,C\no2,A,gun,1,,,*"},
        "offers.csv:3: offer: o2 can go nowhere: no lane for gun from A to B is open within its window and arrives within the plan",
    ),
    "an offer whose lane opens too late": (
        {"lanes": "A,C,gun,0,,,,2025-04-01", "arrivals": "C,gun,2025-02-01,2,true"},
        {"lanes": "A,C,gun,0,,,,2025-03-31", "arrivals": "C,gun,2025-02-01,2,true"},
        "offers.csv:2: offer: o1 can go nowhere: no lane for gun from A to C is open within its window and arrives within the plan",
    ),
    "an offer that would arrive after the plan": (
        {"lanes": "A,C,gun,12", "arrivals": "C,gun,2025-02-01,2,true"},
        {"lanes": "A,C,gun,11", "arrivals": "C,gun,2025-02-01,2,true"},
        "offers.csv:2: offer: o1 can go nowhere: no lane for gun from A to C is open within its window and arrives within the plan",
    ),
    "an offer larger than the stock will ever be": (
        {**_NO_SUPPLY, "offers": "o1,A,gun,5", "floors": ""},
        {**_NO_SUPPLY, "offers": "o1,A,gun,5", "floors": "", "arrivals": "A,gun,2025-05-01,1"},
        "offers.csv:2: quantity: A offers 5 gun but can never have more than 4",
    ),
    "a fraction of a whole item": (
        {"offers": "o1,A,gun,2.5"},
        {"offers": "o1,A,gun,2"},
        "offers.csv:2: quantity: gun comes in whole units; of 2.5 the fraction cannot be given",
    ),
    "a lot of nothing": (
        {"offers": "o1,A,gun,2,,,,0"},
        {"offers": "o1,A,gun,2,,,,1"},
        "offers.csv:2: lot: a lot of 0 is read as no lot; leave the cell empty",
    ),
    "a lot that does not divide its offer": (
        {"offers": "o1,A,gun,3,,,,2"},
        {"offers": "o1,A,gun,4,,,,2"},
        "offers.csv:2: lot: the lot 2 does not divide 3: 1 can never be given",
    ),
    "a lot that no lane carries": (
        {"offers": "o1,A,gun,2,,,,2", "lanes": "A,C,gun,0,1"},
        {"offers": "o1,A,gun,2,,,,2", "lanes": "A,C,gun,0,2"},
        "offers.csv:2: lot: the lot 2 is above what a lane carries in a period, 1",
    ),
    "a lot that no period produces": (
        {"supply": "S,gun,A,100,,,,,,3"},
        {"supply": "S,gun,A,100,,,,,,2"},
        "supply.csv:2: lot: the lot 3 is above what a period's production delivers, 2",
    ),
    "a lot of nothing to order": (
        {"supply": "S,gun,A,100,,,,,,0"},
        {"supply": "S,gun,A,100,,,,,,1"},
        "supply.csv:2: lot: a lot of 0 is read as no lot; leave the cell empty",
    ),
    "a supplier that makes nothing": (
        {"supply": "S,gun,A,100\nS1,gun,A,100"},
        {
            "supply": "S,gun,A,100\nS1,gun,A,100",
            "production": "S,gun,2025-01-01,2\nS1,gun,2025-01-01,2",
        },
        'supply.csv:3: supplier: S1 has no row for this in production.csv and delivers nothing; did you mean "S"?',
    ),
    "production that nobody may buy": (
        {"production": "S,gun,2025-01-01,2\nS,shell,2025-01-01,9"},
        {"production": "S,gun,2025-01-01,2\nS,shell,2025-01-01,0"},
        "production.csv:3: supplier: nobody can buy shell from S: no row of supply.csv is open for it",
    ),
    "a debt of which a fraction stays owed": (
        {"debts": "A,gun,1.5,2025-06-01"},
        {"debts": "A,gun,2,2025-06-01"},
        "debts.csv:2: quantity: 1.5 gun owed cannot be settled exactly by whole units of gun (counts 1): a fraction stays owed",
    ),
    "an assurance of which a fraction stays owed": (
        {"assurances": "A,gun,6,1.5"},
        {"assurances": "A,gun,6,1.5", "offers": "o1,A,gun,2,,,,2"},
        "assurances.csv:2: ratio: 1.5 gun owed cannot be settled exactly by whole units of gun (counts 1): a fraction stays owed",
    ),
    "an assurance that nothing can honour": (
        {**_NO_SUPPLY, "assurances": "A,gun,6"},
        {**_NO_SUPPLY, "assurances": "A,gun,6", "arrivals": "A,gun,2025-06-01,1,true"},
        "assurances.csv:2: item: nothing that A accepts (gun) can ever arrive: no supply, offer or designable arrival; the debt would stay late",
    ),
    "rates above one around a circle": (
        {"exchange": "A,gun,shell,0.5\nA,shell,gun,2.5"},
        {"exchange": "A,gun,shell,0.5\nA,shell,gun,2"},
        "exchange.csv:2: rate: the rates around gun → shell → gun multiply to more than 1",
    ),
    "unfairness before moved value": (
        {"objectives": ["unfairness", "moved_value"]},
        {"objectives": ["moved_value", "unfairness"]},
        "scenario.toml: scenario.objectives: unfairness stands before moved_value: things would be moved only to even out the burden",
    ),
    "a tolerance without its objective": (
        {"objectives": ["spend"], "tolerance": {"unmet_need": 0.1}},
        {"objectives": ["spend"], "tolerance": {"spend": 0.1}},
        "scenario.toml: tolerance.unmet_need: unmet_need is not among the objectives; this has no effect",
    ),
    "an allowance without its objective": (
        {"objectives": ["spend"], "allowance": {"unmet_need": 1}},
        {"objectives": ["spend"], "allowance": {"spend": 1}},
        "scenario.toml: allowance.unmet_need: unmet_need is not among the objectives; this has no effect",
    ),
}
