"""The report: complete, well-formed, offline, readable without eyes, the same for the same plan."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest

from ringtausch.pictures import report_html, svg, write_report
from ringtausch.records import Objective, OutputExists
from ringtausch.records import tables as t
from ringtausch.records.values import Value
from tests.pictures.big_case import big
from tests.pictures.cases import make_plan, make_scenario, ring
from tests.pictures.reading import Page, pictures

if TYPE_CHECKING:
    from pathlib import Path

FOUR_MEGABYTES = 4_000_000
PICTURES = {
    "flow-picture", "timeline-0", "timeline-1", "floor-0", "need-0", "need-1", "money-funds",
    "money-periods", "money-purposes", "burden-picture", "deals-picture", "slack-picture",
    "windows-picture", "slots-0", "slots-1", "share-0", "share-1", "share-2", "share-3",
}  # fmt: skip
TABLES = {
    "flow-table", "timeline-table", "capability-table", "needs-table", "money-fund-table",
    "money-period-table", "money-purpose-table", "burden-table", "quality-table", "settings-table",
    "deals-table", "slack-table", "windows-table", "slots-table", "shares-table",
}  # fmt: skip


@cache
def page_of_ring() -> str:
    return report_html(*ring())


@cache
def page_of_big() -> str:
    return report_html(*big())


read_page = cache(Page)


def test_every_picture_and_its_table_are_in_the_page() -> None:
    text = page_of_ring()
    assert set(pictures(text)) == PICTURES
    assert {name for name in Page(text).tables if not name.startswith("assumed-")} == TABLES


@pytest.mark.parametrize("page", [page_of_ring, page_of_big])
def test_the_page_is_well_formed_and_every_picture_is_xml(page: object) -> None:
    text = page()  # type: ignore[operator]
    read = read_page(text)  # fails where elements do not close in order
    assert pictures(text)
    ids = [element.attributes["id"] for element in read.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("page", [page_of_ring, page_of_big])
def test_nothing_is_loaded_from_anywhere(page: object) -> None:
    """Links to sources are for the reader to follow; nothing else names an address."""
    text = page()  # type: ignore[operator]
    read = read_page(text)
    assert {element.tag for element in read.elements} & {
        "script", "link", "img", "iframe", "object", "image", "use", "base", "form",
    } == set()  # fmt: skip
    for element in read.elements:
        for name, value in element.attributes.items():
            if element.tag == "a" and name == "href":
                assert re.match(r"#|https?://", value)
            else:
                assert "//" not in value
            assert not name.startswith("on")
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert set(re.findall(r"url\([^)]*\)", style)) == {"url(#hatch)", "url(#stripes)", "url(#dots)"}
    assert "@import" not in style


def test_a_big_case_stays_far_below_four_megabytes() -> None:
    """60 parties, 120 weeks, 6,000 hand-overs: pictures show the most, tables the first rows."""
    assert len(page_of_big().encode()) < FOUR_MEGABYTES / 2


def test_what_does_not_fit_is_counted_or_named() -> None:
    words = "".join(read_page(page_of_big()).words)
    assert "more rows; payments.csv has them all." in words
    assert "Not drawn, but in the table: Party P" in words


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert report_html(*ring()) == report_html(*ring())
    assert report_html(*big()) == page_of_big()


def test_each_picture_says_in_words_what_it_shows() -> None:
    """A screen reader announces title and description, which stand in the picture itself."""
    for key, picture in pictures(page_of_ring()).items():
        assert picture.attrib["role"] == "img"
        assert picture.attrib["aria-labelledby"] == f"{key}-title"
        assert picture.attrib["aria-describedby"] == f"{key}-desc"
        assert picture.findtext("title")
        assert picture.findtext("desc")


def test_headings_landmarks_and_table_heads_lead_through_the_page() -> None:
    read = read_page(page_of_ring())
    tags = [element.tag for element in read.elements]
    assert [tags.count(tag) for tag in ("h1", "header", "nav", "main", "footer")] == [1] * 5
    assert read.with_tag("html") == [{"lang": "en"}]
    skip, *links = read.with_tag("a")
    assert skip == {"class": "skip", "href": "#content"}
    sections = [section["id"] for section in read.with_tag("section")]
    assert [link["href"] for link in links[: len(sections)]] == [f"#{key}" for key in sections]
    assert all(head["scope"] in {"col", "row"} for head in read.with_tag("th"))
    assert tags.count("caption") == tags.count("table")


def test_tables_are_printed_though_closed_on_the_screen() -> None:
    """The switch stands before the table, so that the style sheet alone decides."""
    text = page_of_ring()
    assert '</details><div class="table' in text
    screen, printed = text.split("@media print")
    assert ".switch:not([open]) + .table { display: none; }" in screen
    assert ".switch:not([open]) + .table, .table { display: block;" in printed


def test_the_tables_hold_the_figures_of_the_plan() -> None:
    read = read_page(page_of_ring())
    assert read.table("flow-table")[1:] == [
        ["Germany", "gives to", "Ukraine", "Battery", "2", "2025-08", ""],
        ["Germany", "gets back from", "Maker", "Battery", "2", "2025-12 – 2026-04", "1"],
        ["Norway", "gives to", "Ukraine", "Missile", "20", "2025-09", ""],
        ["Norway", "gets back from", "Maker", "Missile", "12", "2026-01", ""],
    ]
    assert read.table("timeline-table")[1:] == [
        [
            "Germany", "Battery", "2025-08", "2", "2026-02",
            "2025-12: 1 × Battery from Maker; 2026-04: 1 × Battery from Maker",
            "1 late, by up to 2 months",
        ],
        [
            "Norway", "Missile", "2025-09", "20", "2026-03", "2026-01: 12 × Missile from Maker",
            "8 not replaced, 16 months overdue",
        ],
    ]  # fmt: skip
    assert read.table("capability-table")[1:] == [
        ["Germany", "Battery", "6", "4", "6", "5", "1", "4", "2025-08 – 2025-11"]
    ]
    assert read.table("needs-table")[1:] == [
        ["n1", "Ukraine", "Battery", "2", "2025-09-01", "2", "2 × Battery", "met by 2025-09, in time"],
        [
            "n2", "Ukraine", "Missile", "30", "2025-10-01", "20", "20 × Missile",
            "10 still missing at the end",
        ],
    ]  # fmt: skip
    assert read.table("money-fund-table")[1:] == [
        ["purse", "Germany", "1 000 000 000", "848 000 000", "0", "152 000 000", ""]
    ]
    assert read.table("money-period-table")[1:] == [
        ["2025-07", "800 000 000", "800 000 000"],
        ["2025-08", "48 000 000", "48 000 000"],
    ]
    assert read.table("money-purpose-table")[1:] == [
        ["new production", "Battery", "Germany", "800 000 000"],
        ["new production", "Missile", "Norway", "48 000 000"],
    ]
    assert [row[:2] + row[-3:] for row in read.table("burden-table")[1:]] == [
        ["Germany", "75 %", "848 000 000", "660 000 000", "188 000 000"],
        ["Norway", "25 %", "32 000 000", "220 000 000", "−188 000 000"],
    ]


def test_the_tables_of_measures_hold_the_figures_counted_by_hand() -> None:
    """Germany's batteries come back after 4 and 8 months; 8 of Norway's missiles never do."""
    read = Page(page_of_ring().replace("\u202f", " "))
    assert read.table("deals-table")[1:] == [
        [
            "Germany", "Battery", "2", "0", "1", "2 × Battery", "2", "1", "6", "8", "1", "0", "0",
            "800 000 000", "800 000 000",
        ],
        [
            "Norway", "Missile", "20", "0", "1", "12 × Missile", "12", "1", "11.2", "22", "8", "8",
            "0", "80 000 000", "48 000 000",
        ],
    ]  # fmt: skip
    assert read.table("slack-table")[1:] == [
        ["Germany", "Battery", "6", "soft, on trust", "2", "−2", "0", "1", "0", "0"],
        ["Norway", "Missile", "6", "soft, on trust", "20", "−16", "−5.2", "8", "8", "0"],
    ]
    assert read.table("windows-table")[1:] == [
        [
            "Germany", "Battery", "Ukraine", "2", "2025-08", "2026-02", "2026-04", "12", "4", "1",
            "4", "Battery",
        ],
        [
            "Norway", "Missile", "Ukraine", "20", "2025-09", "2026-03", "open at the end", "224",
            "0", "0", "0", "",
        ],
    ]  # fmt: skip
    assert read.table("slots-table")[1:] == [
        ["Maker", "Battery", "0", "2", "0", "–", "2025-12 – 2026-04", "2025-12 – 2026-04"],
        ["Maker", "Missile", "0", "12", "0", "–", "2026-01", "2026-01"],
    ]


def test_the_table_of_shares_sets_each_kind_of_burden_against_the_key() -> None:
    read = Page(page_of_ring().replace("\u202f", " "))
    assert read.table("shares-table")[1:] == [
        ["Germany", "Money from its funds", "EUR", "848 000 000", "100 %", "75 %", "25"],
        ["Norway", "Money from its funds", "EUR", "0", "0 %", "25 %", "−25"],
        ["Germany", "Handed over, as in items.csv", "EUR", "800 000 000", "91 %", "75 %", "15.9"],
        ["Norway", "Handed over, as in items.csv", "EUR", "80 000 000", "9.1 %", "25 %", "−15.9"],
        ["Germany", "Waiting for replacement", "unit-months", "12", "5.1 %", "75 %", "−69.9"],
        ["Norway", "Waiting for replacement", "unit-months", "224", "95 %", "25 %", "69.9"],
        ["Germany", "Gap below its floors", "unit-months", "4", "100 %", "75 %", "25"],
        ["Norway", "Gap below its floors", "unit-months", "0", "0 %", "25 %", "−25"],
    ]


def test_a_basis_that_does_not_value_all_that_moves_is_counted_and_not_drawn() -> None:
    """Batteries alone have a book value: Germany's is known, shares of the sum are not."""
    values = [Value(item="battery", basis="book", value=Decimal(100_000_000))]
    text = report_html(*ring(), values=values).replace("\u202f", " ")
    assert set(pictures(text)) == PICTURES
    assert (
        "Without book value: 32 × Missile. Where such units are handed over there is no sum."
        in text
    )
    shares = [row for row in Page(text).table("shares-table") if "book" in row[1]]
    assert shares == [
        ["Germany", "Handed over, book value", "EUR", "200 000 000", "–", "75 %", "–"],
        ["Norway", "Handed over, book value", "EUR", "20 units unvalued", "–", "25 %", "–"],
    ]


def test_every_objective_stands_with_its_proof_and_its_meaning() -> None:
    scenario, plan = ring()
    objectives = plan.objectives | {
        "unmet_need": Objective(210.0, 200.0),
        "unfairness": Objective(1.0, None),
    }
    read = Page(report_html(scenario, replace(plan, objectives=objectives, status="feasible")))
    assert [row[:4] for row in read.table("quality-table")[1:]] == [
        ["1", "late replacements", "22 unit-months", "proved best"],
        ["2", "unmet needs", "210 unit-months", "at least 200 unit-months (gap 4.8 %)"],
        ["3", "gaps below the floors", "4 unit-months", "proved best"],
        ["4", "money spent", "EUR 848 m", "proved best"],
        ["5", "value moved", "EUR 0", "proved best"],
        ["6", "unfairness", "EUR 1", "nothing proved"],
    ]


def test_sources_are_links_and_notes_stand_beside_the_figures_they_are_about() -> None:
    read = read_page(page_of_ring())
    assert read.table("assumed-stocks")[1:] == [
        ["Germany · Battery: 6", "example.org", ""],
        ["Norway · Missile: 50", "", "assumption: a round number"],
    ]
    assert {"href": "https://example.org/a?b=1&c=2", "rel": "noreferrer"} in read.with_tag("a")
    assert "1 with a source or note, 1 marked as assumptions" in "".join(read.words)


def test_settings_versions_and_hash_are_said() -> None:
    scenario, _plan = ring()
    rows = dict(Page(page_of_ring()).table("settings-table")[1:])
    assert rows["content hash of the scenario"] == scenario.content_hash
    assert (rows["solver: name"], rows["solver: version"]) == ("HiGHS", "1.15.0")
    assert rows["setting: optimality_gap"] == "0.0"


HOSTILE = (
    '<script>alert("1")</script>&amp;\u202e\x00\x1b[31m \u05d0\u05d1\u05d2 ' + "'" * 3 + "w" * 300
)


def test_names_sources_and_notes_are_text_whatever_they_hold() -> None:
    scenario, plan = ring()
    hostile = scenario.with_rows(
        parties=tuple(replace(row, name=f"{row.name} {HOSTILE}") for row in scenario.parties),
        items=tuple(
            replace(row, name=HOSTILE, unit=HOSTILE, note=HOSTILE) for row in scenario.items
        ),
        stocks=tuple(
            replace(row, source=f'javascript:alert(1) https://a.b/"><script>x</script> {HOSTILE}')
            for row in scenario.stocks
        ),
    )
    hostile = replace(hostile, name=HOSTILE)
    text = report_html(hostile, replace(plan, scenario_hash=hostile.content_hash))
    read = Page(text)
    assert pictures(text)
    assert {element.tag for element in read.elements} == {
        element.tag for element in Page(page_of_ring()).elements
    }
    assert not set("\x00\x1b\u202e") & set(text)
    assert "<script" not in text
    assert not [link for link in read.with_tag("a") if link["href"].startswith("javascript")]


def test_rows_that_name_what_the_scenario_lacks_are_left_out_and_counted() -> None:
    """A plan made before a need and a giver were dropped from the tables."""
    scenario, plan = ring()
    other = scenario.with_rows(needs=scenario.needs[:1], parties=scenario.parties[::2])
    said = "".join(Page(report_html(other, plan)).words)
    assert "the content hashes differ" in said
    # Norway's dispatch, order, settlement and payment; what served the second need.
    assert "5 rows of the plan name something that the scenario does not have" in said


def test_a_plan_for_another_state_of_the_scenario_is_marked() -> None:
    scenario, plan = ring()
    other = report_html(scenario, replace(plan, scenario_hash="0" * 64))
    assert "the content hashes differ" in other
    assert "the content hashes differ" not in page_of_ring()


@pytest.mark.parametrize("period", ["week", "month", "quarter"])
def test_nothing_to_show_is_said_and_not_drawn(period: str) -> None:
    scenario = make_scenario(period=period)
    text = report_html(scenario, make_plan(scenario))
    assert pictures(text) == {}
    said = "".join(Page(text).words)
    for sentence in (
        "Nothing moves in this plan.",
        "No replacement is owed to anyone.",
        "No floors were set.",
        "Nobody has stated a need.",
        "No money is set aside and none is spent.",
        "No burden key was agreed.",
    ):
        assert sentence in said


def test_a_report_is_replaced_only_when_asked(tmp_path: Path) -> None:
    scenario, plan = ring()
    place = tmp_path / "report.html"
    place.write_text("mine")
    with pytest.raises(OutputExists):
        write_report(scenario, plan, place)
    assert place.read_text() == "mine"
    assert write_report(scenario, plan, place, force=True) == place
    assert place.read_bytes() == page_of_ring().encode()


def test_the_style_sheet_sets_texts_as_large_as_the_pictures_reckon() -> None:
    """Labels are cut to the room there is: with another size they would run into each other."""
    sizes = dict(re.findall(r"text\.(\w+) \{ font-size: (\d+)px", page_of_ring()))
    assert sizes | {"tick strong": sizes["tick"]} == {
        name: str(size) for name, size in svg.SIZES.items()
    }


def looks(key: str) -> list[str]:
    """List the classes of the marks in a picture of the ring."""
    return [element.attrib.get("class", "") for element in pictures(page_of_ring())[key].iter()]


def test_late_and_missing_replacements_have_shapes_of_their_own() -> None:
    """Germany gets one in time and one late; Norway one part in time, the rest never."""
    germany, norway = looks("timeline-0"), looks("timeline-1")
    marks = ("given", "deadline", "intime", "late", "overdue", "missing")
    assert [germany.count(mark) for mark in marks] == [1, 1, 1, 1, 1, 0]
    assert [norway.count(mark) for mark in marks] == [1, 1, 1, 0, 1, 1]


def test_gaps_and_missing_needs_are_shaded_and_nothing_else_is() -> None:
    def gaps(key: str) -> list[str]:
        return [
            element.attrib["d"]
            for element in pictures(page_of_ring())[key].iter()
            if element.attrib.get("class") == "gap" and element.attrib["d"]
        ]

    assert len(gaps("floor-0")) == 1
    assert gaps("need-0") == []
    assert len(gaps("need-1")) == 1


def test_every_hand_over_and_every_return_is_a_band() -> None:
    bands = [look for look in looks("flow-picture") if look.startswith("band")]
    assert sorted(bands) == [
        "band back item0",
        "band back item1",
        "band give item0",
        "band give item1",
    ]


def test_a_giver_without_assurance_is_said_to_ask_for_nothing() -> None:
    scenario, plan = ring()
    assert "asks for no replacement" not in page_of_ring()
    free = scenario.with_rows(assurances=())
    tables = {name: rows for name, rows in plan.tables.items() if name != "settlements"}
    tables["orders"] = ()
    assert report_html(free, replace(plan, tables=tables)).count("asks for no replacement") == 2
    unpaid = replace(plan, tables=tables)
    assert "asks for no replacement" not in report_html(scenario, unpaid)


def test_of_many_parties_the_rest_of_a_burden_is_counted() -> None:
    """Eleven parties share by the key: nine have a line of their own, two are counted."""
    scenario, plan = ring()
    others = tuple(t.Party(party=f"P{n}", burden_key=Decimal(1)) for n in range(9))
    wider = scenario.with_rows(parties=(*scenario.parties, *others))
    words = [text.text for text in pictures(report_html(wider, plan))["share-0"].iter("text")]
    assert words[-2:] == ["2 more", "0\u202f%"]


def test_no_two_of_the_first_thirty_items_look_alike() -> None:
    marks = [svg.glyph(kind, 0, 0) for kind in range(30)]
    assert len(set(marks)) == 30
