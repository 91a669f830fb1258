"""Who waits for a row, and what a little more of it is worth, against planning by hand."""

from __future__ import annotations

from typing import Any

import pytest

import ringtausch as rt
from tests.builders import scenario

#: S makes one gun a month from February on; C and D need two and one from January on.
SCARCE: dict[str, Any] = {
    "horizon": 4,
    "objectives": ("unmet_need", "spend"),
    "items": "gun,,,true",
    "needs": "c,C,gun,2,2025-01-01,2; d,D,gun,1,2025-01-01",
    "supply": "S,gun,*",
    "production": "S,gun,2025-02-01,1",
}


def waits(row: str, **more: Any) -> dict[str, list[tuple[str, float]]]:
    """Return for each change who has how many unit-months less."""
    sc = scenario(**SCARCE | more)
    found = rt.waiting_for(sc, rt.plan(sc), row)
    assert found.complete
    for worth in (*found.released, *found.one_more):
        changed = rt.plan(rt.edit(sc, *worth.edits))
        assert changed.objectives["unmet_need"].value == worth.objectives["unmet_need"]
    return {
        worth.sentence: [(freed.target.names[0], freed.amount) for freed in worth.freed]
        for worth in (*found.released, *found.one_more)
    }


def test_who_waits_for_production_and_what_one_more_a_month_is_worth() -> None:
    """As it is C lacks 2, 1, 0, 0 and D 1, 1, 1, 0.

    Without limits nothing lacks. With two a month C has both in February, D one in March. A month
    sooner everything moves by one.
    """
    assert waits("production[supplier=S]") == {
        "without its limits": [("c", 3), ("d", 3)],
        "one more a month": [("c", 1), ("d", 1)],
        "one month sooner": [("c", 2), ("d", 1)],
    }


def test_a_row_that_nobody_waits_for_says_so() -> None:
    sc = scenario(**SCARCE, stocks="A,gun,1", lanes="A,B,gun,1", offers="o,A,gun,1")
    found = rt.waiting_for(sc, rt.plan(sc), "lanes[from=A]")
    assert str(found) == (
        "lanes[from=A,to=B,item=gun]\nNobody waits for it: with more room nothing would be better."
    )


def test_money_is_counted_in_a_unit_that_fits() -> None:
    """Each gun costs 10; 25 pay for two. One more unit of money is 1, and does nothing yet."""
    money = {"supply": "S,gun,*,10", "funds": "f,C", "releases": "f,2025-01-01,25"}
    assert waits("releases[fund=f]", **money) == {"EUR 1 more": []}
    assert waits("funds[fund=f]", **money) == {
        "without its limits": [("d", 1)],
        "EUR 1 more from the start": [],
    }


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("needs[need=c]", 'a row of needs gives no more or less room; did you mean "lanes"?'),
        ("production[supplier=T]", None),
    ],
)
def test_a_row_that_cannot_be_asked_about_is_refused(row: str, said: str | None) -> None:
    sc = scenario(**SCARCE)
    with pytest.raises(rt.InvalidEdit) as wrong:
        rt.waiting_for(sc, rt.plan(sc), row)
    [problem] = wrong.value.problems
    assert problem.file == row
    assert said is None or problem.message == said
