"""The page of a comparison: complete, offline, one scale for all; and its lines in a terminal."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

import ringtausch as rt
from ringtausch.pictures import comparison_html, comparison_lines
from ringtausch.pictures.facts import Facts
from tests.insight.compare_case import case, variant, variants
from tests.pictures.reading import Page, pictures

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from ringtausch.insight.compare import Comparison

NASTY = '<script>alert("x")</script>'


@cache
def small() -> Comparison:
    """Compare the scenario of the tests with its variants."""
    return rt.compare(case(), variants())


@cache
def page() -> str:
    return comparison_html(small())


def texts(picture: Element, class_: str) -> list[str]:
    return [text.text or "" for text in picture.iter("text") if text.attrib.get("class") == class_]


def test_every_column_with_a_plan_has_three_panels() -> None:
    """Without a plan there is nothing to draw."""
    panels = {f"c{n}-{kind}" for n in (0, 1, 3) for kind in ("needs", "gap", "money")}
    assert set(pictures(page())) == {"overview", *panels}


def test_panels_of_a_kind_have_one_scale() -> None:
    """The gap is one at worst as it is and two with patience: both panels go up to two."""
    found = pictures(page())
    for kind, scale in (("needs", ["0 %", "50 %", "100 %"]), ("gap", ["0", "1", "2"])):
        for n in (0, 1, 3):
            named = [t.replace("\u202f", " ") for t in texts(found[f"c{n}-{kind}"], "tick")]
            assert named[: len(scale)] == scale


def test_every_panel_but_the_first_shows_the_scenario_as_it_is_behind() -> None:
    found = pictures(page())

    def behind(key: str) -> int:
        return sum("behind" in path.attrib["class"] for path in found[key].iter("path"))

    assert [behind(f"c{n}-gap") for n in (0, 1, 3)] == [0, 1, 1]


def test_the_page_is_well_formed_and_needs_nothing_else() -> None:
    read = Page(page())
    ids = [element.attributes["id"] for element in read.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    assert not [e for e in read.elements if e.tag in {"script", "link", "img", "iframe"}]
    assert not re.findall(r"url\((?!#)|@import|@font-face", page())
    assert len(page().encode()) < 4_000_000


def test_the_same_comparison_gives_the_same_bytes() -> None:
    assert comparison_html(small()) == page()


def test_the_story_says_who_is_best_and_what_changes() -> None:
    said = " ".join(Page(page()).words).replace("\u202f", " ")
    sentences = """
        3 variants beside the scenario as it is, in the order of its aims: 1 better, 1 the same and 1 without a plan.
        Best: “A waits four months”: unmet needs 2 unit-months instead of 8 unit-months.
        Nothing that is aimed at changes with “B has a name”.
        Unmet needs 2 unit-months instead of 8 unit-months.
        C, 2 × gun: all of it from February 2025; as it is: 1 from March 2025 and no more.
        The longest wait for gun: A 4 months; as it is: A 2 months.
        The longest gap below a floor: A 4 months, 2 at worst; as it is: A 2 months, 1 at worst.
        It costs EUR 20; as it is: EUR 10. Most of it is paid by B.
        These rows cannot hold together: needs.csv:2: the need n1 of C for 2 gun must be met from 2025-01-01 on
    """
    for sentence in sentences.strip().splitlines():
        assert sentence.strip() in said


def test_tables_have_a_row_for_every_column_and_mark_what_differs() -> None:
    read = Page(page())
    rows = read.table("figures-aims")
    assert [row[0] for row in rows[1:]] == [
        "the scenario as it is", "A waits four months", "C must have it at once", "B has a name",
    ]  # fmt: skip
    assert rows[1][2:4] == ["8 unit-months", "2 unit-months"]
    assert rows[3][1] == "no plan"
    bold = re.findall(r"<strong>(.*?)</strong>", page())
    assert "7 unit-months" in bold
    assert "8 unit-months" not in bold


def test_the_edits_stand_beside_what_comes_of_them() -> None:
    rows = Page(page()).table("v1-edits")
    assert rows == [["Edit"], ["assurances[party=A,item=gun].within=4"]]


def test_a_variant_of_another_length_has_nothing_behind_it() -> None:
    """What was a month there is another here."""
    found = pictures(comparison_html(rt.compare(case(), [variant("x", "scenario.settlement=5")])))
    assert not [p for p in found["c1-gap"].iter("path") if p.attrib["class"] == "behind"]


def test_a_scenario_without_a_plan_has_a_page_too() -> None:
    sc = rt.edit(case(), "needs[need=n1].hard=true")
    text = comparison_html(rt.compare(sc, [variant("later", "needs[need=n1].hard=false")]))
    said = " ".join(Page(text).words)
    assert "The scenario as it is has no plan; of 1 variant 1 can be planned." in said
    assert set(pictures(text)) == {"overview", "c1-needs", "c1-gap", "c1-money"}


def test_what_a_user_wrote_is_never_mark_up() -> None:
    nasty = variant("x", f'parties[party=B].name="{NASTY.replace(chr(34), "")}"', title=NASTY)
    text = comparison_html(rt.compare(case(name=NASTY.replace(",", "")), [nasty]))
    assert "<script" not in text
    Page(text)


def test_many_needs_share_one_line_by_weight() -> None:
    """Four needs of two guns each, one of them of weight 3: what is met of it counts thrice."""
    needs = "; ".join(f"n{n},C,gun,2,2025-01-01,{3 if n == 1 else 1}" for n in range(1, 5))
    found = rt.compare(case(needs=needs), [])
    lines = [
        path
        for path in pictures(comparison_html(found))["c0-needs"].iter("path")
        if path.attrib["class"].startswith("need ")
    ]
    assert len(lines) == 1
    assert "all needs together, by weight" in comparison_html(found)


def test_a_variant_written_for_another_state_is_warned_of() -> None:
    found = rt.compare(case(), [variant("old", made_from="0123456789ab")])
    warning = (
        "Written for another state of the scenario, so look again whether it still means what it"
        " says: old."
    )
    assert f'<p class="warning">{warning}</p>' in comparison_html(found)
    assert warning in " ".join(comparison_lines(found))


def test_needs_are_those_of_the_report() -> None:
    """Comparing and the report each follow the needs for themselves."""
    scenario = rt.read("examples/ringtausch-2022")
    column = rt.compare(scenario).base
    assert column.plan is not None
    assert column.figures is not None
    drawn = Facts(scenario, column.plan).needs
    for mine, theirs in zip(column.figures.needs, drawn, strict=True):
        assert list(mine.met) == pytest.approx(list(theirs.met))


def test_many_variants_stand_in_blocks_that_fit_a_terminal() -> None:
    """The scenario as it is stands first in every block; long names are broken at their hyphens."""
    many = [
        variant(f"a-rather-long-name-of-a-variant-{n}", "offers[offer=o1].quantity=1")
        for n in range(7)
    ]
    lines = comparison_lines(rt.compare(case(), many))
    assert max(map(len, lines)) <= 80
    heads = [line for line in lines if " as it is " in line]
    assert len(heads) == 3
    for n in range(7):
        assert any(
            line.rstrip().endswith(f"variant-{n}") or f"variant-{n}  " in line for line in lines
        )


def test_a_comparison_is_written_as_a_file(tmp_path: Path) -> None:
    place = rt.write_comparison(small(), tmp_path / "page.html")
    assert place.read_text(encoding="utf-8") == page()
    with pytest.raises(rt.OutputExists):
        rt.write_comparison(small(), place)
