"""Variants: what is read, what they stand for, and everything that is wrong with them at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import ringtausch as rt
from ringtausch.records import Variant
from ringtausch.records.variants import inspect_variants
from tests.builders import folder

CASE = {
    "parties": "A; B; C",
    "stocks": "A,gun,4; B,gun,2",
    "offers": "o1,A,gun,2; o2,B,gun,1",
    "lanes": "A,C,gun; B,C,gun",
    "needs": "n1,C,gun,2,2025-02-01",
}
GOOD = """\
# asked in July
[one-more]
title = "A gives one more"
reason = "It said so on 3 July."
edits = ["offers[offer=o1].quantity=3"]

[two-more]
title = " A gives two more, B none "
on = "one-more"
edits = [
    "offers[offer=o1].quantity=4",
    '-offers[offer=o2]',
]

["as it is"]
title = "Nothing changes"
edits = []
"""


def case(path: Path, variants: str | bytes | None) -> Path:
    place = folder(path / "case", **CASE)  # type: ignore[arg-type]
    if variants is not None:
        data = variants if isinstance(variants, bytes) else variants.encode()
        (place / "variants.toml").write_bytes(data)
    return place


def test_variants_are_read_in_the_order_of_the_file_with_all_their_edits(tmp_path: Path) -> None:
    found = rt.variants(case(tmp_path, GOOD))
    assert list(found) == ["one-more", "two-more", "as it is"]
    assert found["one-more"] == Variant(
        name="one-more",
        title="A gives one more",
        reason="It said so on 3 July.",
        edits=("offers[offer=o1].quantity=3",),
        all_edits=("offers[offer=o1].quantity=3",),
        line=2,
    )
    two = found["two-more"]
    assert (two.title, two.on, two.line) == ("A gives two more, B none", "one-more", 7)
    assert two.edits == ("offers[offer=o1].quantity=4", "-offers[offer=o2]")
    assert two.all_edits == found["one-more"].edits + two.edits
    made = rt.edit(rt.read(tmp_path / "case"), *two.all_edits)
    assert [(row.offer, int(row.quantity)) for row in made.offers] == [("o1", 4)]


def test_a_variant_may_stand_above_the_one_that_it_builds_on(tmp_path: Path) -> None:
    later = '[b]\ntitle = "b"\non = "a"\nedits = ["-offers[offer=new]"]\n'
    first = '[a]\ntitle = "a"\nedits = ["+offers[offer=new,party=A,item=gun,quantity=1]"]\n'
    found = rt.variants(case(tmp_path, later + first))
    assert list(found) == ["b", "a"]
    assert found["b"].all_edits == found["a"].edits + found["b"].edits


def test_a_folder_without_the_file_has_no_variants(tmp_path: Path) -> None:
    place = case(tmp_path, None)
    assert rt.variants(place) == {}
    assert rt.check(place) == []


def test_a_scenario_that_has_been_read_need_not_be_read_again(tmp_path: Path) -> None:
    place = case(tmp_path, GOOD)
    scenario = rt.read(place)
    (place / "needs.csv").write_text("broken", encoding="utf-8")
    assert list(rt.variants(place, scenario)) == ["one-more", "two-more", "as it is"]
    with pytest.raises(rt.InvalidScenario):
        rt.variants(place)


#: `…` stands for what a library says.
BROKEN: dict[str, tuple[str | bytes, list[str]]] = {
    "two variants of one name": (
        '[a]\ntitle = "a"\nedits = []\n[b]\ntitle = "b"\nedits = []\n[a]\ntitle = "c"\nedits = []\n',
        ['variants.toml:7: a: a second variant "a"; the first is line 1: give one another name'],
    ),
    "a line that is no TOML": (
        '[a]\ntitle = "a"\nedits =\n',
        ["variants.toml:3: cannot be read as TOML: …"],
    ),
    "no name": (
        '[a]\ntitle = "a"\nedits = []\n[""]\ntitle = "b"\nedits = []\n',
        ["variants.toml:4: a variant needs a name; write a line such as [my-variant]"],
    ),
    "a setting twice": (
        '[a]\ntitle = "a"\ntitle = "b"\nedits = []\n',
        ["variants.toml:3: cannot be read as TOML: …"],
    ),
    "Latin-1": (
        '[a]\ntitle = "Führung"\nedits = []\n'.encode("latin-1"),
        ["variants.toml:2: byte 0xfc is not UTF-8; save the file as UTF-8"],
    ),
    "a setting above all variants": (
        'title = "a"\n[b]\ntitle = "b"\nedits = []\n',
        [
            (
                "variants.toml:1: title: stands in no variant; write a line such as [my-variant] above"
                " title"
            )
        ],
    ),
    "no title, no edits": (
        "[a]\n[b]\n",
        [
            'variants.toml:1: a.edits: is missing; write, for example: edits = ["offers[offer=DEU-1].quantity=3"]',
            'variants.toml:1: a.title: is missing; write, for example: title = "what it asks"',
            'variants.toml:2: b.edits: is missing; write, for example: edits = ["offers[offer=DEU-1].quantity=3"]',
            'variants.toml:2: b.title: is missing; write, for example: title = "what it asks"',
        ],
    ),
    "unknown settings, said once": (
        '[a]\ntitel = "a"\nedit = []\n',
        [
            'variants.toml:2: a.titel: no setting "titel"; did you mean "title"?',
            'variants.toml:3: a.edit: no setting "edit"; did you mean "edits"?',
        ],
    ),
    "values of the wrong kind": (
        '[a]\ntitle = " "\nreason = 3\nedits = "x"\non = ["b"]\nfrom = "v1"\n[b]\ntitle = "b"\nedits = [3]\n',
        [
            'variants.toml:2: a.title: " " will not do; write a text',
            "variants.toml:3: a.reason: 3 will not do; write a text",
            'variants.toml:4: a.edits: "x" will not do; write a list of edits such as ["offers[offer=DEU-1].quantity=3"]',
            'variants.toml:5: a.on: ["b"] will not do; write a text',
            'variants.toml:6: a.from: "v1" is no content hash; write the one that ringtausch check --json shows, or drop the line',
            'variants.toml:9: b.edits: [3] will not do; write a list of edits such as ["offers[offer=DEU-1].quantity=3"]',
        ],
    ),
    "a reason of several lines that looks like settings": (
        '[a]\ntitle = "a"\nreason = """\n[b]\non = 3\n"""\non = "c"\nedits = []\n',
        ['variants.toml:7: a.on: no variant "c"; there is none yet'],
    ),
    "an unknown one to build on": (
        '[slow]\ntitle = "a"\nedits = []\n[b]\ntitle = "b"\non = "slwo"\nedits = []\n',
        ['variants.toml:6: b.on: no variant "slwo"; did you mean "slow"?'],
    ),
    "a circle, and one that leads into it": (
        (
            '[a]\ntitle = "a"\non = "b"\nedits = []\n[b]\ntitle = "b"\non = "c"\nedits = []\n'
            '[c]\ntitle = "c"\non = "a"\nedits = []\n[d]\ntitle = "d"\non = "a"\nedits = []\n'
        ),
        ["variants.toml:3: a.on: builds on itself: a on b on c on a; let one of them stand alone"],
    ),
    "one on itself": (
        '[a]\ntitle = "a"\non = "a"\nedits = []\n',
        ["variants.toml:3: a.on: builds on itself; drop the line, or name another variant"],
    ),
    "edits that cannot be read": (
        '[a]\ntitle = "a"\nedits = [\n  "offers[offer=o1].quantity=3",\n  "offers",\n  \'-offers["o1"]\',\n]\n',
        [
            "variants.toml:5: a.edits: offers: names no row; write it in brackets: offers[COLUMN=VALUE]",
            'variants.toml:6: a.edits: -offers["o1"]: ""o1"" is no pair of column and value; write offers[COLUMN=VALUE,…]',
        ],
    ),
    "edits that cannot be made, each at its line": (
        (
            '[a]\ntitle = "a"\nedits = [\n  "offers[offer=o3].quantity=3",\n  "-parties[party=C]",\n]\n'
            '[b]\ntitle = "b"\non = "a"\nedits = ["-debts[party=A]"]\n'
            '[c]\ntitle = "c"\nedits = [\'offers[note="x, y"].lot=1\', "stocks[party=A].quantity=-1"]\n'
        ),
        [
            "variants.toml:4: a.edits: offers[offer=o3].quantity=3: offer: no row of offers has offer=o3; known are o1, o2",
            'variants.toml:5: a.edits: -parties[party=C]: lanes.csv:2: to: "C" is not in parties.csv; known are A, B',
            'variants.toml:5: a.edits: -parties[party=C]: lanes.csv:3: to: "C" is not in parties.csv; known are A, B',
            'variants.toml:5: a.edits: -parties[party=C]: needs.csv:2: party: "C" is not in parties.csv; known are A, B',
            'variants.toml:13: c.edits: offers[note="x, y"].lot=1: note: no row of offers has note="x, y"; that column is empty in every row',
            'variants.toml:13: c.edits: stocks[party=A].quantity=-1: quantity: "-1" is below zero; write 0 or more',
        ],
    ),
}


@pytest.mark.parametrize("mistake", BROKEN)
def test_a_mistake_is_said_once_with_variant_edit_and_line(mistake: str, tmp_path: Path) -> None:
    text, wanted = BROKEN[mistake]
    place = case(tmp_path, text)
    with pytest.raises(rt.InvalidVariants) as invalid:
        rt.variants(place)
    said = [re.sub(r"(as TOML: ).+", r"\1…", str(p)) for p in invalid.value.problems]
    assert said == wanted
    assert tuple(rt.check(place)) == invalid.value.problems


def test_a_variant_on_a_wrong_one_is_not_usable_and_not_blamed(tmp_path: Path) -> None:
    text = '[a]\ntitle = "a"\nedits = ["-debts[party=A]"]\n[b]\ntitle = "b"\non = "a"\nedits = []\n'
    place = case(tmp_path, text + '[c]\ntitle = "c"\nedits = []\n')
    reading = inspect_variants(place, rt.read(place))
    assert list(reading.variants) == ["c"]
    assert list(reading.drafts) == ["a", "b", "c"]
    assert [problem.column for problem in reading.problems] == ["a.edits"]


def test_without_a_scenario_edits_are_only_parsed(tmp_path: Path) -> None:
    """Where a table cannot be read, nothing is said of rows that may stand in it."""
    text = '[a]\ntitle = "a"\nedits = ["-debts[party=A]", "x"]\n[b]\ntitle = "b"\nedits = ["-debts[party=A]"]\n'
    place = case(tmp_path, text)
    (place / "needs.csv").write_text("need,party\n", encoding="utf-8")
    problems = [str(problem) for problem in rt.check(place)]
    assert [line.partition(":")[0] for line in problems] == ["needs.csv"] * 3 + ["variants.toml"]
    assert problems[3].startswith("variants.toml:3: a.edits: x: names no row")


def test_a_variant_of_another_state_is_warned_of_and_still_counts(tmp_path: Path) -> None:
    place = case(tmp_path, None)
    now = rt.read(place).content_hash
    text = (
        f'[a]\ntitle = "a"\nedits = []\nfrom = "{now}"\n[b]\ntitle = "b"\nedits = []\n'
        f'from = "{now[:12]}"\n[c]\ntitle = "c"\nedits = []\nfrom = "0123456789abcdef"\n'
        '[d]\ntitle = "d"\nedits = []\nfrom = "0123456789abcdef"\n[e]\ntitle = "e"\nedits = []\n'
        'from = "00000000"\n'
    )
    (place / "variants.toml").write_text(text, encoding="utf-8")
    assert list(rt.variants(place)) == ["a", "b", "c", "d", "e"]
    problems = rt.check(place)
    assert {problem.severity for problem in problems} == {"warning"}
    assert [str(problem) for problem in problems] == [
        (
            "variants.toml:12: c.from: c, d were written for another state of the scenario; see whether"
            f' they still ask what they should, then write from = "{now[:16]}"'
        ),
        (
            "variants.toml:20: e.from: e was written for another state of the scenario; see whether it"
            f' still asks what it should, then write from = "{now[:16]}"'
        ),
    ]


def test_what_is_wrong_with_variants_does_not_keep_a_scenario_from_being_read(
    tmp_path: Path,
) -> None:
    assert rt.read(case(tmp_path, "[a]\n")).name == "test"


def test_the_variants_of_the_example_can_all_be_made() -> None:
    scenario = rt.read("examples/patriot-2025")
    for variant in rt.variants("examples/patriot-2025", scenario).values():
        assert isinstance(rt.edit(scenario, *variant.all_edits), rt.Scenario)
