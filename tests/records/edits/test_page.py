"""What the pages about edits show works, and is said as they say it."""

from __future__ import annotations

import re
import tomllib

import pytest

import ringtausch as rt
from ringtausch.records.edits import parse_edit, write_edit
from tests.builders import scenario
from tests.project_files import text_of

PAGE = "docs/reference/edits.md"
PAGES = [PAGE, "docs/how-to/ask-what-if.md"]
CASE = scenario(
    parties="DEU; UKR; FRA; GRC",
    items="gun; patriot",
    offers="DEU-1,DEU,gun,2; DEU-2,DEU,gun,1",
    needs="N1,UKR,patriot,1,2025-02-01; N2,FRA,patriot,1,2025-02-01",
    lanes="DEU,UKR,patriot",
)


def section(heading: str) -> str:
    return text_of(PAGE).split(f"\n## {heading}\n")[1].split("\n## ")[0]


def test_the_edits_on_top_of_the_page_can_be_made() -> None:
    edits = re.findall(r"^    (\S+)$", text_of(PAGE).split("\n## ")[0], flags=re.MULTILINE)
    assert len(edits) == 5
    made = rt.edit(CASE, *edits)
    assert (made.horizon, [row.need for row in made.needs]) == (30, ["N1"])


def test_the_page_shows_what_is_said() -> None:
    lines = re.findall(r"^    (.+)$", section("What is refused"), flags=re.MULTILINE)
    assert len(lines) == 6
    case = CASE.with_rows(parties=tuple(row for row in CASE.parties if row.party != "GRC"))
    for line in lines:
        edit = line.split(": ", 1)[0]
        with pytest.raises(rt.InvalidEdit) as invalid:
            rt.edit(case, edit)
        assert str(invalid.value) == line


@pytest.mark.parametrize("page", PAGES)
def test_the_variants_on_a_page_are_ones(page: str) -> None:
    blocks = re.findall(r"```toml\n(.+?)```", text_of(page), flags=re.DOTALL)
    assert len(blocks) == 1
    for variant in tomllib.loads(blocks[0]).values():
        assert variant["title"]
        assert [write_edit(parse_edit(edit)) for edit in variant["edits"]] == variant["edits"]


def test_the_python_of_the_page_runs() -> None:
    (code,) = re.findall(r"```python\n(.+?)```", text_of(PAGE), flags=re.DOTALL)
    exec(compile(code, PAGE, "exec"), {})  # noqa: S102 - our own page
