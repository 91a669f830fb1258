"""Wildcards: the row that names most columns counts, at a tie the later one; no row, no lane."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringtausch.records import Earmark, Lane, Supply
from ringtausch.records.matching import LaneFinder, SupplyFinder, pays_for


def lead(rows: list[str], giver: str, receiver: str, item: str) -> int | None:
    """Return which row counts for a lane; each row's lead is its place."""
    lanes = [
        Lane(from_=cells[0], to=cells[1], item=cells[2], lead=place)
        for place, cells in enumerate(row.split(",") for row in rows)
    ]
    found = LaneFinder(lanes).find(giver, receiver, item)
    return None if found is None else found.lead


@pytest.mark.parametrize(
    ("rows", "counts"),
    [
        (["*,*,*"], 0),
        (["A,B,gun", "*,*,*"], 0),
        (["*,*,*", "A,B,gun"], 1),
        (["A,B,*", "A,*,*"], 0),
        (["A,*,*", "*,B,*", "*,*,gun"], 2),
        (["*,*,gun", "*,B,*", "A,*,*"], 2),
        (["A,B,*", "*,B,gun", "A,*,gun"], 2),
        (["A,*,gun", "A,B,*", "*,*,gun"], 1),
        (["A,C,*", "B,*,*", "*,*,hull"], None),
        ([], None),
    ],
)
def test_the_most_specific_row_counts_and_at_a_tie_the_later(
    rows: list[str], counts: int | None
) -> None:
    assert lead(rows, "A", "B", "gun") == counts


def test_a_lane_never_leads_to_its_own_party() -> None:
    assert lead(["*,*,*"], "A", "A", "gun") is None


@given(
    rows=st.lists(
        st.sampled_from([",".join(p) for p in product("AB*", "AB*", "xy*")]),
        unique=True,
        max_size=12,
    )
)
def test_a_lane_is_found_as_one_would_by_reading_all_rows(rows: list[str]) -> None:
    for names in product("AB", "AB", "xy"):
        matching = [
            (sum(cell != "*" for cell in row.split(",")), place)
            for place, row in enumerate(rows)
            if all(c in {"*", n} for c, n in zip(row.split(","), names, strict=True))
        ]
        wanted = max(matching)[1] if matching and names[0] != names[1] else None
        assert lead(rows, *names) == wanted


def test_a_supply_is_found_for_its_supplier_alone() -> None:
    finder = SupplyFinder(
        [
            Supply(supplier="S", item="*", customer="*", lead=0),
            Supply(supplier="S", item="gun", customer="*", lead=1),
            Supply(supplier="S", item="*", customer="A", lead=2),
            Supply(supplier="T", item="gun", customer="A", lead=3),
        ]
    )
    found = {
        (supplier, item, customer): row.lead if row else None
        for supplier, item, customer in product("ST", ["gun", "hull"], "AB")
        for row in [finder.find(supplier, item, customer)]
    }
    assert found == {
        ("S", "gun", "A"): 2,
        ("S", "gun", "B"): 1,
        ("S", "hull", "A"): 2,
        ("S", "hull", "B"): 0,
        ("T", "gun", "A"): 3,
        ("T", "gun", "B"): None,
        ("T", "hull", "A"): None,
        ("T", "hull", "B"): None,
    }
    assert finder.find("U", "gun", "A") is None


@pytest.mark.parametrize(
    ("rows", "charge", "pays"),
    [
        ([], ("order", "gun", "A"), True),
        (["order,gun,A"], ("order", "gun", "A"), True),
        (["order,gun,A"], ("handover", "gun", "A"), False),
        (["order,gun,A"], ("order", "hull", "A"), False),
        (["order,gun,A"], ("order", "gun", "B"), False),
        (["*,*,A"], ("compensation", "gun", "A"), True),
        (["order,gun,B", "*,gun,*"], ("handover", "gun", "A"), True),
        # the rows are alternatives, not one row put together
        (["order,hull,A", "handover,gun,A"], ("order", "gun", "A"), False),
    ],
)
def test_a_fund_pays_what_one_of_its_earmarks_allows(
    rows: list[str], charge: tuple[str, str, str], pays: bool
) -> None:
    earmarks = [
        Earmark(fund="F", purpose=purpose, item=item, party=party)
        for purpose, item, party in (row.split(",") for row in rows)
    ]
    assert pays_for(earmarks, *charge) is pays
