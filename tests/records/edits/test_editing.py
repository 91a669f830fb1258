"""Edits that are made: the rows and settings that they leave, how rows are named, what is undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import ringtausch as rt
from ringtausch.records import NEVER, TABLES, Offer, read_scenario, write_scenario
from ringtausch.records.edits import (
    add_edit,
    drop_edit,
    edit_scenario,
    locate,
    set_edit,
    undo_edits,
)
from tests.builders import scenario
from tests.records.rich_case import rich_case

TWO = {
    "settlement": 6,
    "parties": "A; B; C",
    "items": "gun; hull",
    "stocks": "A,gun,4; B,hull,3",
    "arrivals": "A,gun,2025-03-01,1; A,gun,2025-03-01,1; B,gun,2025-04-01,1.50",
    "offers": "o1,A,gun,2; o2,B,hull,1",
    "lanes": "A,C,gun,1; *,C,*,2; A,C,hull,0",
    "needs": "n1,C,gun,2,2025-02-01; n2,C,gun,5,2025-03-01,3",
}
CASE = scenario(**TWO)


def changed(*edits: str) -> rt.Scenario:
    """Make edits and see that undoing them leads exactly back."""
    made = rt.edit(CASE, *edits)
    back = rt.edit(made, *undo_edits(CASE, edits))
    assert back == CASE
    assert back.content_hash == CASE.content_hash
    return made


# ---- what edits do


def test_a_cell_is_set_and_everything_else_stays() -> None:
    made = changed("offers[offer=o1].quantity=3.50")
    assert made == CASE.with_rows(
        offers=(replace(CASE.offers[0], quantity=Decimal("3.5")), CASE.offers[1])
    )
    assert made.stocks is CASE.stocks
    assert made.offers[0].line == CASE.offers[0].line


def test_a_row_is_appended_with_what_empty_cells_mean() -> None:
    made = changed("+offers[offer=o3,party=C,item=hull,quantity=1,from=2025-10-01]")
    assert made.offers[:2] == CASE.offers
    assert made.offers[2] == Offer(
        offer="o3", party="C", item="hull", quantity=Decimal(1), from_=date(2025, 10, 1)
    )
    assert made.offers[2].line > max(row.line for row in CASE.offers)


def test_a_row_is_dropped_and_a_table_may_become_empty() -> None:
    assert changed("-needs[need=n1]").needs == CASE.needs[1:]
    assert changed("-needs[need=n1]", "-needs[need=n2]").needs == ()


def test_a_cell_is_emptied() -> None:
    made = changed("needs[need=n2].weight=", "lanes[from=*].opens=never", "lanes[from=*].opens=")
    assert made.needs[1].weight == 1
    assert made.lanes == CASE.lanes


def test_settings_are_set_added_and_removed() -> None:
    made = changed(
        "scenario.name=Another, longer",
        "scenario.start=2025-02-01",
        "scenario.period=quarter",
        "scenario.horizon=30",
        "scenario.objectives=spend, unmet_need",
        "tolerance.spend=0.010",
        "allowance.spend=5",
        "fx.USD=0.9",
        "allowance.spend=",
    )
    assert (made.name, made.start, made.period, made.horizon) == (
        "Another, longer",
        date(2025, 2, 1),
        "quarter",
        30,
    )
    assert made.objectives == ("spend", "unmet_need")
    assert (made.tolerance, made.allowance, made.fx) == (
        {"spend": Decimal("0.01")},
        {},
        {"USD": Decimal("0.9")},
    )
    assert rt.edit(made, "scenario.objectives=").objectives == rt.OBJECTIVES
    assert changed("fx.EUR=1", "fx.EUR=").fx == changed("fx.EUR=1").fx == {}
    assert changed("scenario.format=1") == CASE


def test_edits_are_made_in_their_order_and_only_the_end_must_be_valid() -> None:
    """Two needs swap their names; a party is renamed with all rows that name it."""
    swapped = changed("needs[need=n1].need=x", "needs[need=n2].need=n1", "needs[need=x].need=n2")
    assert [(row.need, int(row.quantity)) for row in swapped.needs] == [("n2", 2), ("n1", 5)]
    twice = changed("needs[need=n1].need=n2", "needs[need=n2,quantity=5].need=n1")
    assert [(row.need, int(row.quantity)) for row in twice.needs] == [("n2", 2), ("n1", 5)]
    renamed = changed(
        "parties[party=B].party=D",
        "stocks[party=B].party=D",
        "arrivals[party=B].party=D",
        "offers[party=B].party=D",
    )
    assert [row.party for row in renamed.parties] == ["A", "D", "C"]


def test_a_row_that_was_added_can_be_set_and_dropped_again() -> None:
    assert changed("+stocks[party=C,item=gun,quantity=1]", "-stocks[party=C]") == CASE
    made = changed("+stocks[party=C,item=gun,quantity=1]", "stocks[party=C].quantity=2")
    assert made.stocks[2].quantity == 2


def test_no_edit_changes_nothing() -> None:
    assert rt.edit(CASE) == CASE
    assert undo_edits(CASE, []) == ()


def test_one_edit_alone_is_a_list_of_one() -> None:
    assert edit_scenario(CASE, "-needs[need=n1]") == rt.edit(CASE, "-needs[need=n1]")


# ---- which row


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("offers[offer=o2]", 1),
        ("offers[quantity=2.0]", 0),
        ("offers[to=*,party=B]", 1),
        ("offers[party=A,until=]", 0),
        ("needs[weight=]", 0),
        ("needs[weight=1]", 0),
        ("needs[hard=no,quantity=5]", 1),
        ("lanes[from=*]", 1),
        ("lanes[from=A,item=gun,opens=]", 0),
        ("arrivals[quantity=1.5]", 2),
        ("arrivals[row=2]", 1),
        ("arrivals[row=3,party=B]", 2),
    ],
)
def test_cells_select_by_what_they_mean(path: str, number: int) -> None:
    table, row = locate(CASE, path)
    assert row is CASE.rows(table)[number]


def test_the_place_of_a_new_row_counts_where_the_later_one_wins() -> None:
    made = changed("+lanes[row=2,from=A,to=*,item=gun,lead=5]")
    assert [row.lead for row in made.lanes] == [1, 5, 2, 0]
    assert undo_edits(CASE, ["-lanes[from=A,item=gun]"]) == (
        "+lanes[row=1,from=A,to=C,item=gun,lead=1]",
    )
    assert undo_edits(CASE, ["-lanes[item=hull]"]) == ("+lanes[from=A,to=C,item=hull]",)


def test_equal_rows_are_told_apart_by_their_place() -> None:
    made = changed(
        "arrivals[row=2].quantity=7",
        "-arrivals[row=1]",
        "+arrivals[row=1,party=C,item=gun,date=2025-01-01,quantity=2]",
    )
    assert [row.quantity for row in made.arrivals] == [2, 7, Decimal("1.5")]
    assert undo_edits(CASE, ["-arrivals[row=1]"]) == (
        "+arrivals[row=1,party=A,item=gun,date=2025-03-01,quantity=1]",
    )
    assert undo_edits(CASE, ["+arrivals[party=A,item=gun,date=2025-03-01,quantity=1]"]) == (
        "-arrivals[row=4]",
    )  # fmt: skip


# ---- edits for rows at hand


def test_a_row_is_named_by_its_key() -> None:
    lane = CASE.lanes[1]
    assert set_edit("lanes", lane, "opens", NEVER) == "lanes[from=*,to=C,item=*].opens=never"
    assert drop_edit("lanes", lane) == "-lanes[from=*,to=C,item=*]"


def test_a_row_without_a_key_is_named_by_the_fewest_columns_or_its_place() -> None:
    late, first = CASE.arrivals[2], CASE.arrivals[0]
    assert set_edit("arrivals", late, "quantity", 2, CASE) == "arrivals[party=B].quantity=2"
    assert drop_edit("arrivals", first, CASE) == "-arrivals[row=1]"
    assert drop_edit("arrivals", CASE.arrivals[1], CASE) == "-arrivals[row=2]"
    assert drop_edit("arrivals", late) == "-arrivals[party=B,item=gun,date=2025-04-01,quantity=1.5]"
    more = scenario(
        arrivals="A,gun,2025-03-01,1; A,gun,2025-03-01,2; A,hull,2025-03-01,2; B,gun,2025-03-01,2"
    )
    assert drop_edit("arrivals", more.arrivals[1], more) == (
        "-arrivals[party=A,item=gun,quantity=2]"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("table", "column", "value", "text"),
    [
        ("offers", "quantity", Decimal("2.50"), "2.5"),
        ("offers", "quantity", 3, "3"),
        ("offers", "quantity", 0.1, "0.1"),
        ("offers", "quantity", "3", "3"),
        ("offers", "from", date(2025, 9, 1), "2025-09-01"),
        ("offers", "until", None, ""),
        ("offers", "until", "", ""),
        ("offers", "note", "so, or so", '"so, or so"'),
        ("needs", "hard", True, "true"),
        ("needs", "hard", False, ""),
        ("lanes", "lead", 2, "2"),
    ],
)
def test_a_value_is_written_as_in_its_cell(
    table: str, column: str, value: object, text: str
) -> None:
    row = CASE.rows(table)[0]
    edit = set_edit(table, row, column, value)
    assert edit.partition("].")[2] == f"{column}={text}"
    assert rt.edit(CASE, edit).rows(table)[1:] == CASE.rows(table)[1:]


def test_every_row_of_every_table_is_written_so_that_it_can_be_dropped_and_added_again() -> None:
    """Accents, quotes, commas, decimals that no float holds: a scenario with all of it."""
    case = rich_case()
    for table in TABLES:
        for row in case.rows(table):
            drop, add = drop_edit(table, row, case), add_edit(table, row)
            undo = undo_edits(case, [drop, add])
            made = rt.edit(case, drop, add)
            assert made.rows(table)[-1] == row
            assert rt.edit(made, *undo).content_hash == case.content_hash


def test_a_name_that_needs_quotes_is_found_by_what_is_printed() -> None:
    """Names with commas, brackets, quotes and line breaks come from files, too."""
    name = 'a, "b" ]\n\\ c'
    case = CASE.with_rows(parties=(*CASE.parties, replace(CASE.parties[0], party=name)))
    edit = set_edit("parties", case.parties[-1], "burden_key", 3)
    assert edit == 'parties[party="a, \\"b\\" ]\\n\\\\ c"].burden_key=3'
    assert rt.edit(case, edit).parties[-1].burden_key == 3


def test_an_edited_scenario_is_written_and_read_like_any_other(tmp_path: Path) -> None:
    made = rt.edit(rich_case(), '+parties[party="C, D",name="he said \\"so\\""]')
    path = tmp_path / "case"
    write_scenario(made, path)
    assert read_scenario(path) == made
