"""Edits that cannot be made: what is said, whole, and that everything is said at once."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

import ringtausch as rt
from ringtausch.records.edits import locate, undo_edits
from tests.builders import scenario

CASE = scenario(
    horizon=6,
    settlement=6,
    objectives=["unmet_need", "spend"],
    tolerance={"spend": 0.1},
    fx={"USD": 0.9},
    parties="DEU,,4; POL; UKR; FRA",
    items="gun; hull; shell",
    capabilities="fire,gun,1,guns; fire,hull,1,guns",
    stocks="POL,gun,4; DEU,hull,3",
    arrivals="DEU,gun,2025-03-01,1; DEU,gun,2025-03-01,1; DEU,gun,2025-04-01,1; POL,gun,2025-04-01,2",
    offers="DEU-1,DEU,hull,2; DEU-2,DEU,hull,1; POL-1,POL,gun,2,,,UKR",
    lanes="POL,UKR,gun,1,,10; POL,UKR,*,2; DEU,UKR,hull,0; POL,FRA,gun",
    needs="N1,UKR,fire,4,2025-02-01,,2; N2,FRA,shell,5,2025-02-01",
    assurances="POL,gun,6; DEU,hull,3",
    exchange="POL,gun,hull,0.5",
    funds="F,DEU,USD",
    releases="F,2025-01-01,1000",
    earmarks="F,order,gun,POL; F,handover,*,*",
)


def refused(*edits: str) -> list[str]:
    with pytest.raises(rt.InvalidEdit) as invalid:
        rt.edit(CASE, *edits)
    return [str(problem) for problem in invalid.value.problems]


NOT_MADE = {
    # ---- tables, columns, settings
    "ofers[offer=DEU-1].quantity=3": ['"ofers" is not a table of a scenario; did you mean "offers"?'],
    "+ofers[offer=DEU-1]": ['"ofers" is not a table of a scenario; did you mean "offers"?'],
    "-ofers[offer=DEU-1]": ['"ofers" is not a table of a scenario; did you mean "offers"?'],
    "offers[offer=DEU-1].quantty=3": [
        'quantty: no column "quantty" in this table; did you mean "quantity"?'
    ],
    "offers[ofer=DEU-1,partty=DEU].quantty=3": [
        'quantty: no column "quantty" in this table; did you mean "quantity"?',
        'ofer: no column "ofer" in this table; did you mean "offer"?',
        'partty: no column "partty" in this table; did you mean "party"?',
    ],
    "offers.quantity=3": ["offers: offers is a table; name the row: offers[COLUMN=VALUE].quantity=VALUE"],
    "scenarios.horizon=3": ['scenarios: no section "scenarios" of settings; did you mean "scenario"?'],
    "scenario.horison=3": ['scenario.horison: no setting "horison"; did you mean "horizon"?'],
    "tolerance.cost=3": [
        ('tolerance.cost: no setting "cost"; known are capability_gap, late_replacement, moved_value,'
        " spend, unfairness, unmet_need")
    ],
    "fx.USX=": ['fx.USX: [fx] has no entry "USX" to remove; did you mean "USD"?'],
    "tolerance.unmet_need=": [
        'tolerance.unmet_need: [tolerance] has no entry "unmet_need" to remove; known are spend'
    ],
    # ---- which row
    "offers[offer=DEU-7].quantity=3": [
        'offer: no row of offers has offer=DEU-7; did you mean "DEU-2"?'
    ],
    "-debts[party=DEU]": ["debts has no rows"],
    "arrivals[quantity=7].quantity=1": ["quantity: no row of arrivals has quantity=7; there is 1 or 2"],
    "lanes[from=POL,to=UKR,item=hull].lead=1": ["item: no row of lanes has all of these; with from=POL,to=UKR there is item gun or *"],
    "arrivals[party=POL,date=2025-03-01].quantity=2": [
        "date: no row of arrivals has all of these; with party=POL there is date 2025-04-01"
    ],
    "offers[offer=DEU-1,party=POL,quantity=1].lot=2": [
        "party: offers[offer=DEU-1] has party=DEU,quantity=2"
    ],
    "offers[party=DEU].quantity=3": [
        ("2 rows are meant, and one must be; add offer: offers[party=DEU,offer=DEU-1],"
        " offers[party=DEU,offer=DEU-2]")
    ],
    "lanes[to=UKR].lead=1": [
        ("3 rows are meant, and one must be; add item: lanes[to=UKR,item=gun],"
        " lanes[to=UKR,item=*], lanes[to=UKR,item=hull]")
    ],
    "lanes[capacity=].lead=1": [
        ("4 rows are meant, and one must be; add to and item: lanes[capacity=,to=UKR,item=gun],"
        " lanes[capacity=,to=UKR,item=*], lanes[capacity=,to=UKR,item=hull],"
        " lanes[capacity=,to=FRA,item=gun]")
    ],
    "-arrivals[party=DEU]": [
        ("3 rows are meant, and one must be; add row: arrivals[party=DEU,row=1],"
        " arrivals[party=DEU,row=2], arrivals[party=DEU,row=3]")
    ],
    "-arrivals[date=2025-04-01]": [
        ("2 rows are meant, and one must be; add party: arrivals[date=2025-04-01,party=DEU],"
        " arrivals[date=2025-04-01,party=POL]")
    ],
    "-arrivals[row=5]": ['row: arrivals has no row "5"; it has 4 rows, row=1 to row=4'],
    "-arrivals[row=0]": ['row: arrivals has no row "0"; it has 4 rows, row=1 to row=4'],
    "-exchange[row=last]": ['row: exchange has no row "last"; it has 1 row, row=1'],
    "-arrivals[row=1,party=POL]": [
        "party: arrivals[row=1] has party=DEU"
    ],
    "+stocks[row=9,party=FRA,item=gun,quantity=1]": [
        'row: stocks has no place "9"; write row=1 to row=3, or none for the end'
    ],
    # ---- values
    "offers[offer=DEU-1].quantity=x": [
        'quantity: "x" is not a number; write a decimal such as 12 or 0.5'
    ],
    "offers[offer=DEU-1].quantity=": ["quantity: is empty; every row needs a quantity"],
    "offers[offer=DEU-1].from=2025-13-01": [
        'from: "2025-13-01" has no month 13; write a date such as 2025-12-01'
    ],
    "offers[from=soon].quantity=1": [
        'from: "soon" is not a date; write year-month-day, such as 2025-12-01'
    ],
    "stocks[party=*].quantity=1": ['party: "*" is not allowed here; name one'],
    "+offers[offer=X,party=POL,quantity=two,from=3]": [
        'quantity: "two" is not a number; write a decimal such as 12 or 0.5',
        'from: "3" is not a date; write year-month-day, such as 2025-12-01',
        "item: is empty; every row needs a item",
    ],
    "+offers[offer=X,party=POL,itm=gun,quantity=1]": [
        'itm: no column "itm" in this table; did you mean "item"?'
    ],
    "+offers[offer=X,party=,item=gun,quantity=1]": ["party: is empty; every row needs a party"],
    "scenario.horizon=x": [
        'scenario.horizon: "x" will not do; write a whole number of periods from 1 to 10000'
    ],
    "scenario.horizon=": ["scenario.horizon: is missing; write, for example: horizon = 24"],
    "scenario.period=day": ['scenario.period: "day" is not one of month, week, quarter'],
    "scenario.objectives=spend, cost": [
        ('scenario.objectives: no objective "cost"; known are capability_gap, late_replacement,'
        " moved_value, spend, unfairness, unmet_need")
    ],
    "fx.GBP=0": ["fx.GBP: 0 will not do; write a rate above 0"],
    "tolerance.spend=-1": ['tolerance.spend: "-1" is below zero; write 0 or more'],
    "scenario.format=2": ["scenario.format: format 2 is not known to this version; write 1"],
    # ---- what it would break, at the edit
    "offers[offer=DEU-1].party=FRX": [
        'party: "FRX" is not in parties.csv; did you mean "FRA"?'
    ],
    "+needs[need=N3,party=UKR,capability=fir,quantity=1,due=2025-02-01]": [
        'capability: "fir" is not in capabilities.csv or items.csv; did you mean "fire"?'
    ],
    "offers[offer=DEU-2].offer=DEU-1": [
        "offer: a second row for offer=DEU-1; the first is line 2: keep one"
    ],
    "offers[offer=DEU-1].offer=DEU-2": [
        "offer: a second row for offer=DEU-2; the first is line 3: keep one"
    ],
    "+stocks[party=POL,item=gun,quantity=1]": [
        "party: a second row for party=POL, item=gun; the first is line 2: keep one"
    ],
    "+lanes[from=POL,to=POL,item=hull]": [
        'to: from and to are both "POL"; a lane joins two different parties'
    ],
    "+capabilities[capability=gun,item=hull]": [
        'capability: "gun" is an item, and so already a capability of that name; choose another'
    ],
    "+exchange[party=POL,given=gun,accepted=gun,rate=2]": [
        'rate: "gun" for itself always counts 1; write rate 1 or drop the row'
    ],
    "needs[need=N1].quantity=3": [
        "quantity: 3 is not a multiple of the step 2; write 4, for example"
    ],
    "needs[need=N1].step=3": [
        "quantity: 4 is not a multiple of the step 3; write 6, for example"
    ],
    "+offers[offer=X,party=UKR,item=gun,quantity=1]": [
        "item: UKR offers gun, which its own need N1 counts; drop the offer or the need"
    ],
    "+offers[offer=X,party=POL,item=gun,quantity=1,currency=GBP]": [
        'currency: no exchange rate for "GBP"; add it to [fx] in scenario.toml, or: known are EUR, USD'
    ],
    "scenario.settlement=3": [
        ("scenario.settlement: settlement = 3 is shorter than the longest assurance, 6 periods"
        " (assurances.csv:2); write 6 or more")
    ],
}  # fmt: skip


@pytest.mark.parametrize("edit", NOT_MADE)
def test_an_edit_that_cannot_be_made_says_what_exists_instead(edit: str) -> None:
    assert refused(edit) == [f"{edit}: {message}" for message in NOT_MADE[edit]]


def test_where_no_two_values_stand_in_one_row_the_rows_with_the_first_are_named() -> None:
    """No offer of A is of a hull or of 9, and no other row helps; where there are many: the first."""
    offers = [f"A-{number},A,gun,1" for number in range(1, 9)]
    for count, named in {
        2: "offers[offer=A-1], offers[offer=A-2]",
        8: "offers[offer=A-1], offers[offer=A-2], offers[offer=A-3], offers[offer=A-4],"
        " offers[offer=A-5], … (8 in all)",
    }.items():
        case = scenario(offers="; ".join([*offers[:count], "B-1,B,hull,2", "B-2,B,shell,9"]))
        with pytest.raises(rt.InvalidEdit) as invalid:
            rt.edit(case, "offers[party=A,item=hull,quantity=9].lot=1")
        assert str(invalid.value) == (
            "offers[party=A,item=hull,quantity=9].lot=1: no row of offers has all of these; with"
            f" party=A there are {named}"
        )


#: Rows that no edit touched and that no longer fit.
LEFT_BEHIND = {
    "-parties[party=FRA]": [
        'lanes.csv:5: to: "FRA" is not in parties.csv; known are DEU, POL, UKR',
        'needs.csv:3: party: "FRA" is not in parties.csv; known are DEU, POL, UKR',
    ],
    "funds[fund=F].fund=G": [
        'earmarks.csv:2: fund: "F" is not in funds.csv; known are G',
        'earmarks.csv:3: fund: "F" is not in funds.csv; known are G',
        'releases.csv:2: fund: "F" is not in funds.csv; known are G',
    ],
    "fx.USD=": [
        (
            'funds.csv:2: currency: no exchange rate for "USD"; add it to [fx] in scenario.toml, or:'
            " known are EUR"
        )
    ],
    "needs[need=N1].party=DEU": [
        "offers.csv:2: item: DEU offers hull, which its own need N1 counts; drop the offer or the need",
        "offers.csv:3: item: DEU offers hull, which its own need N1 counts; drop the offer or the need",
    ],
    "assurances[party=POL].within=9": [
        (
            "scenario.toml: scenario.settlement: settlement = 6 is shorter than the longest assurance,"
            " 9 periods (assurances[party=POL].within=9); write 9 or more"
        )
    ],
}


@pytest.mark.parametrize("edit", LEFT_BEHIND)
def test_a_row_that_no_longer_fits_is_named_behind_the_edit(edit: str) -> None:
    assert refused(edit) == [f"{edit}: {message}" for message in LEFT_BEHIND[edit]]
    others = ["stocks[party=POL].quantity=9", edit, "lanes[row=1].lead=5"]
    assert refused(*others) == [f"{edit}: {message}" for message in LEFT_BEHIND[edit]]


def test_of_edits_that_break_and_mend_the_last_that_broke_it_is_named() -> None:
    assert refused(
        "-funds[fund=F]", "+funds[fund=F,party=DEU,currency=USD]", "funds[fund=F].fund=G"
    ) == [f"funds[fund=F].fund=G: {line}" for line in LEFT_BEHIND["funds[fund=F].fund=G"]]


def test_a_new_reporting_currency_needs_other_rates() -> None:
    """What is left to do is said; done, it is a scenario."""
    assert refused("scenario.currency=USD") == [
        "scenario.currency=USD: fx.USD: USD is the reporting currency, its rate is 1; drop the line"
    ]
    changed = rt.edit(CASE, "scenario.currency=USD", "fx.USD=", "fx.EUR=1.1")
    assert (changed.currency, {k: str(v) for k, v in changed.fx.items()}) == ("USD", {"EUR": "1.1"})


def test_every_problem_of_every_edit_is_said_at_once_in_their_order() -> None:
    edits = [
        "offers[offer=DEU-2].party=FRX",
        "offers",
        "-debts[party=DEU]",
        "needs[need=N1].quantity=3",
        "scenario.horizon=0",
        "-parties[party=FRA]",
    ]
    assert refused(*edits) == [
        'offers[offer=DEU-2].party=FRX: party: "FRX" is not in parties.csv; known are DEU, POL, UKR',
        "offers: names no row; write it in brackets: offers[COLUMN=VALUE]",
        "-debts[party=DEU]: debts has no rows",
        "needs[need=N1].quantity=3: quantity: 3 is not a multiple of the step 2; write 4, for example",
        (
            "scenario.horizon=0: scenario.horizon: 0 will not do; write a whole number of periods from 1"
            " to 10000"
        ),
        '-parties[party=FRA]: lanes.csv:5: to: "FRA" is not in parties.csv; known are DEU, POL, UKR',
        '-parties[party=FRA]: needs.csv:3: party: "FRA" is not in parties.csv; known are DEU, POL, UKR',
    ]


def test_nothing_is_said_of_what_a_failed_edit_would_have_made() -> None:
    """The party and the offer are missing because their own edits failed: that is said, once."""
    assert refused(
        "+parties[party=GRC,burden_key=much]",
        "+stocks[party=GRC,item=gun,quantity=2]",
        "+items[item=tank",
        "+stocks[party=DEU,item=tank,quantity=2]",
        "+offers[offer=GRC-1,party=GRC,item=gun]",
        "offers[offer=GRC-1].quantity=2",
    ) == [
        (
            '+parties[party=GRC,burden_key=much]: burden_key: "much" is not a number; write a decimal'
            " such as 12 or 0.5"
        ),
        "+items[item=tank: the bracket after items is not closed; write ] behind the last value",
        "+offers[offer=GRC-1,party=GRC,item=gun]: quantity: is empty; every row needs a quantity",
    ]


def test_the_edit_that_broke_a_row_is_named_and_not_the_last_one_that_touched_it() -> None:
    assert refused("offers[offer=DEU-1].party=FRX", "offers[offer=DEU-1].quantity=1") == [
        'offers[offer=DEU-1].party=FRX: party: "FRX" is not in parties.csv; did you mean "FRA"?'
    ]


def test_a_row_made_in_python_is_called_by_its_place() -> None:
    """It has no line; in a file it would stand in this one."""
    stocks = tuple(replace(row, line=0) for row in CASE.stocks)
    with pytest.raises(rt.InvalidEdit) as invalid:
        rt.edit(CASE.with_rows(stocks=stocks), "+stocks[party=DEU,item=hull,quantity=1]")
    assert invalid.value.problems[0].message == (
        "a second row for party=DEU, item=hull; the first is line 3: keep one"
    )


def test_a_problem_carries_the_edit_the_column_and_the_value() -> None:
    with pytest.raises(rt.InvalidEdit) as invalid:
        rt.edit(CASE, "offers[offer=DEU-1].quantity=x")
    (problem,) = invalid.value.problems
    assert (problem.file, problem.line, problem.column, problem.value, problem.severity) == (
        "offers[offer=DEU-1].quantity=x",
        0,
        "quantity",
        "x",
        "error",
    )
    again = pickle.loads(pickle.dumps(invalid.value))  # noqa: S301 - written here
    assert (type(again), again.problems) == (rt.InvalidEdit, invalid.value.problems)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("needs[need=N9]", "need: no row of needs has need=N9; known are N1, N2"),
        ("need[need=N1]", '"need" is not a table of a scenario; did you mean "needs"?'),
        ("needs", "names no row; write table and cells, such as needs[need=N2]"),
    ],
)
def test_a_path_that_names_no_row_is_refused(path: str, message: str) -> None:
    with pytest.raises(rt.InvalidEdit) as invalid:
        locate(CASE, path)
    assert str(invalid.value) == f"{path}: {message}"


def test_what_cannot_be_made_cannot_be_undone() -> None:
    with pytest.raises(rt.InvalidEdit, match=r"^-debts\[party=DEU\]: debts has no rows$"):
        undo_edits(CASE, ["-debts[party=DEU]"])
