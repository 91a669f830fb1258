"""Why not more, and whom to ask: drawn from answers that are given, whatever they are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from ringtausch.insight.asks import Ask, Asks, Cost
from ringtausch.insight.explain import Cause, Explanation
from ringtausch.insight.explain.release import RowName
from ringtausch.insight.explain.targets import Freed, Target
from ringtausch.pictures import report_html
from ringtausch.pictures.facts import Facts
from ringtausch.pictures.whom import whom_section
from ringtausch.pictures.why import why_section
from ringtausch.records import OBJECTIVES
from tests.pictures.cases import ring
from tests.pictures.reading import Page, pictures

SCENARIO, PLAN = ring()
FACTS = Facts(SCENARIO, PLAN)
NEED = Target("unmet_need", ("n2",), "UA", "missile", ((3, 10.0), (4, 10.0)))
GAP = Target("capability_gap", ("DE", "battery"), "DE", "battery", ((1, 1.0),))
LATE = Target("late_replacement", ("NO", "missile"), "NO", "missile", ((9, 8.0),))
SENTENCE = "If Norway offered <10> missiles, the need would be met."
BEST = dict.fromkeys(OBJECTIVES, 0.0)


def cause(amount: float, *sentences: str, family: str = "willingness") -> Cause:
    return Cause(
        family=family,
        rows=(RowName("offers", 2, {"offer": "o2"}),),
        release=("offers[offer=o2].quantity=30",),
        objectives=BEST,
        improves=("unmet_need",),
        freed=(Freed(NEED, amount, (3, 4)),),
        sentences=sentences,
    )


def explained(*causes: Cause, complete: bool = True, targets: tuple[Target, ...] = (NEED,)) -> str:
    why = Explanation(SCENARIO, BEST, targets, causes, complete=complete)
    return why_section(FACTS, why).html().replace("\u202f", " ")


def test_each_cause_is_a_bar_the_one_that_frees_most_on_top() -> None:
    text = explained(
        cause(5, "Maker delivers one a month", "Norway pays for two", family="money+production"),
        cause(20, "Norway offers 20 missiles"),
    )
    assert list(pictures(text)) == ["why-0"]
    assert Page(text).table("why-table")[1:] == [
        [
            "Ukraine: need n2, Missile", "willingness", "Norway offers 20 missiles", "20", "20",
            "2025-10 – 2025-11", "offers[offer=o2].quantity=30",
        ],
        [
            "Ukraine: need n2, Missile", "money + production",
            "Maker delivers one a month and Norway pays for two", "5", "20", "2025-10 – 2025-11",
            "offers[offer=o2].quantity=30",
        ],
    ]  # fmt: skip
    assert "20 unit-months unmet, from October 2025 to November 2025" in text


@pytest.mark.parametrize(
    ("complete", "said"),
    [
        (True, "For these no row of the scenario would help, alone or in the sets tried:"),
        (False, "For these no cause was found in the time given:"),
    ],
)
def test_targets_without_a_cause_are_listed_and_that_is_said_once(
    complete: bool, said: str
) -> None:
    text = explained(complete=complete, targets=(GAP, LATE))
    assert text.count(said) == 1
    assert "why-table" not in text
    assert "Germany: gap in Battery: 1 unit-months below the floor, in August 2025" in text
    assert "Norway: replacement of Missile: 8 unit-months late, in April 2026" in text


def test_a_plan_that_lacks_nothing_says_so() -> None:
    assert "Nothing is missing in this plan" in explained(targets=())


def test_of_many_targets_some_are_drawn_and_the_others_named() -> None:
    many = tuple(Target("unmet_need", (f"n{n}",), "UA", "missile", ((3, 1.0),)) for n in range(14))
    every = replace(
        cause(1, "Norway offers 20 missiles"),
        freed=tuple(Freed(target, 1.0, (3,)) for target in many),
    )
    text = explained(every, targets=many)
    assert len(pictures(text)) == 12
    assert (
        "Not drawn, but in the table: Ukraine: need n12, Missile and Ukraine: need n13, Missile."
        in text
    )


def ask(change: float, verdict: str = "better") -> Ask:
    return Ask(
        party="NO",
        family="units",
        wish="Norway offered 10 missiles",
        sentence=SENTENCE,
        edits=("offers[offer=o2].quantity=30",),
        objectives=BEST,
        verdict=verdict,  # type: ignore[arg-type]
        first="unmet_need",
        change=change,
        cost=Cost(),
        status="optimal",
    )


def told(*asks: Ask, base: float = 210.0) -> str:
    stated = {name: objective.value for name, objective in PLAN.objectives.items()}
    found = Asks({**stated, "unmet_need": base}, OBJECTIVES, asks, 0.0)
    return whom_section(FACTS, found).html().replace("\u202f", " ")


def test_the_ten_asks_that_do_most_are_listed_with_the_sentence_to_ask_with() -> None:
    text = told(*(ask(-20.0) for _ in range(12)), ask(0.0, "same"))
    assert (
        "Of 13 single concessions that a party could make, 12 would make this plan better" in text
    )
    rows = Page(text).table("whom-table")[1:]
    assert rows == 10 * [
        [
            "Norway",
            f"{SENTENCE}offers[offer=o2].quantity=30",
            "unmet needs: 20 unit-months less",
        ]
    ]  # fmt: skip


def test_asks_that_are_counted_from_a_better_plan_say_so() -> None:
    said = "All is counted from the best plan, which is better than this one."
    assert said not in told(ask(-20.0))
    assert said in told(ask(-20.0), base=200.0)


def test_asks_that_a_limit_left_open_are_counted() -> None:
    text = told(ask(-20.0), ask(0.0, "open"), ask(0.0, "open"))
    assert "2 were not answered in the time given." in text
    assert "were not answered" not in told(ask(-20.0))


def test_where_no_concession_helps_that_is_said() -> None:
    assert (
        "None of the 1 single concessions that a party could make would change this plan for the"
        " better." in told(ask(0.0, "same"))
    )


def test_a_report_has_these_sections_only_where_they_are_given() -> None:
    why = Explanation(SCENARIO, BEST, (NEED,), (cause(20, "Norway offers 20 missiles"),))
    asks = Asks(BEST, OBJECTIVES, (ask(-1.0),), 0.0)
    text = report_html(SCENARIO, PLAN, why=why, asks=asks)
    assert {"why-table", "whom-table"} <= set(Page(text).tables)
    assert "why-0" in pictures(text)
    assert not {"why-table", "whom-table"} & set(Page(report_html(SCENARIO, PLAN)).tables)


def test_a_long_cause_stands_on_two_lines_and_loses_nothing() -> None:
    """What binds is the point of the picture: it must not end in an ellipsis."""
    said = "SVN offers 28 m-55s (svn-m-55s), from 2022-09, until 2022-12-31, to UKR, in lots of 14"
    picture = pictures(explained(cause(5, said)))["why-0"]
    drawn = [mark.text for mark in picture.iter("text") if mark.text and mark.text in said]
    assert " ".join(drawn) == said


def test_units_and_aims_are_told_apart_where_weights_make_them_differ() -> None:
    """A need of weight 2: 20 unit-months that are missing count 40 in the aims."""
    scenario = SCENARIO.with_rows(
        needs=tuple(replace(need, weight=Decimal(2)) for need in SCENARIO.needs)
    )
    why = Explanation(scenario, BEST, (NEED,), (cause(5, "Norway offers 20 missiles"),))
    weighed = why_section(Facts(scenario, PLAN), why).lead
    even = why_section(FACTS, why).lead
    assert weighed.removeprefix(even) == (
        " Units are counted as they are, the aims count them by weight."
    )
