"""What edits change in all: each cell, row and setting that is another in the end, in one line."""

from __future__ import annotations

from ringtausch.records.edits import changes_of
from tests.builders import scenario

CASE = scenario(
    parties="A; B",
    offers="o1,A,gun,2; o2,A,hull,1",
    stocks="A,gun,4",
    arrivals="A,gun,2025-03-01,1; A,gun,2025-03-01,1",
)


def said(*edits: str) -> list[str]:
    return [str(change) for change in changes_of(CASE, edits)]


def test_cells_rows_and_settings_are_said_before_and_after() -> None:
    assert said(
        "offers[offer=o1].quantity=3",
        "offers[offer=o1].until=2025-09-01",
        "-offers[offer=o2]",
        '+stocks[party=B,item=gun,quantity=2,source="a book, page 3"]',
        "scenario.horizon=30",
        "fx.USD=0.9",
    ) == [
        "scenario.horizon: 12 -> 30",
        "fx.USD: (empty) -> 0.9",
        "new: stocks[party=B,item=gun,quantity=2]",
        "offers[offer=o1].quantity: 2 -> 3",
        "offers[offer=o1].until: (empty) -> 2025-09-01",
        "gone: offers[offer=o2,party=A,item=hull,quantity=1]",
    ]


def test_a_row_is_named_as_it_was_before_all_edits() -> None:
    assert said("offers[offer=o1].offer=o9", "offers[offer=o9].lot=2") == [
        "offers[offer=o1].offer: o1 -> o9",
        "offers[offer=o1].lot: (empty) -> 2",
    ]


def test_what_is_as_before_in_the_end_is_not_said() -> None:
    assert said("offers[offer=o1].lot=2", "offers[offer=o1].lot=", "scenario.horizon=12") == []
    assert said("+stocks[party=B,item=gun,quantity=2]", "-stocks[party=B]") == []
    assert said("offers[offer=o1].lot=2", "-offers[offer=o1]") == [
        "gone: offers[offer=o1,party=A,item=gun,quantity=2]"
    ]
    assert said("+stocks[party=B,item=gun,quantity=2]", "stocks[party=B].quantity=5") == [
        "new: stocks[party=B,item=gun,quantity=5]"
    ]


def test_a_change_carries_the_row_its_line_and_the_whole_texts() -> None:
    (gone,) = changes_of(CASE, ["-arrivals[row=2]"])
    assert (gone.kind, gone.table, gone.line, gone.path, gone.before, gone.after) == (
        "drop",
        "arrivals",
        3,
        "arrivals[row=2]",
        "arrivals[party=A,item=gun,date=2025-03-01,quantity=1]",
        "",
    )
