"""The reference pages say what the code does: tables, columns, objectives, rules."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import ringtausch as rt
from ringtausch.records import OBJECTIVES
from ringtausch.records.tables import TABLES, columns_of
from tests.project_files import ROOT, text_of

TABLES_PAGE = "docs/reference/tables.md"
RULES_PAGE = "docs/reference/rules.md"


def sections(page: str) -> dict[str, str]:
    """Split a page at its second headings."""
    parts = re.split(r"^## (.+)$", text_of(page), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def columns_said(section: str) -> list[tuple[str, bool]]:
    """List the columns that a section explains, each with whether it is bold."""
    cells = re.findall(r"^\| (.+?) \|", section, flags=re.MULTILINE)
    return [
        (name.strip("* "), name.strip().startswith("**"))
        for cell in cells
        if cell not in {"column", "---"}
        for name in cell.split(",")
    ]


def test_every_table_and_column_is_explained_and_no_other() -> None:
    explained = sections(TABLES_PAGE)
    said = {table: columns_said(explained.get(table, "")) for table in TABLES}
    wanted = {
        table: [(c.name, c.key) for c in columns_of(table) if c.name not in {"source", "note"}]
        for table in TABLES
    }
    assert said == wanted


def test_a_column_that_must_be_filled_is_called_so() -> None:
    explained = sections(TABLES_PAGE)
    wrong = []
    for table in TABLES:
        rows = [row.split(" | ") for row in explained[table].splitlines() if row.startswith("| ")]
        filled = {
            name.strip("|* "): cells[-1].strip("| ") == "filled"
            for cells in rows
            for name in cells[0].split(",")
        }
        wrong += [
            f"{table}.{column.name}"
            for column in columns_of(table)
            if column.name in filled and column.required != filled[column.name]
        ]
    assert wrong == []


def test_thirteen_rules_have_a_heading_with_their_number() -> None:
    numbers = re.findall(r"^## Rule (\d+): \w", text_of(RULES_PAGE), flags=re.MULTILINE)
    assert numbers == [str(number) for number in range(1, 14)]


def test_every_objective_is_explained_in_the_default_order() -> None:
    text = text_of(RULES_PAGE).partition("## The six objectives")[2]
    assert re.findall(r"^`(\w+)` =", text, flags=re.MULTILINE) == list(OBJECTIVES)


def test_the_worked_example_says_what_the_plans_say(tmp_path: Path) -> None:
    """One number of the real example is changed, and two pages show both plans."""
    example = ROOT / "examples" / "patriot-2025"
    shutil.copytree(example, tmp_path / "my-case")
    edited = tmp_path / "my-case" / "assurances.csv"
    rows = edited.read_text(encoding="utf-8")
    assert rows.count("DEU,fire-unit,8,") == 1
    edited.write_text(rows.replace("DEU,fire-unit,8,", "DEU,fire-unit,6,"), encoding="utf-8")

    plans = [rt.plan(rt.read(folder)) for folder in (example, tmp_path / "my-case")]
    wanted = [
        (name, *(f"{plan.objectives[name].value:.4g}" for plan in plans))
        for name in ("unmet_need", "late_replacement", "capability_gap")
    ]
    for page in ("README.md", "docs/start-here.md"):
        line = re.compile(r"^\| `(\w+)`.* \| (\S+) \| (\S+) \|$", flags=re.MULTILINE)
        assert line.findall(text_of(page)) == wanted, page


#: What the README says of the example's plan, and the edits that make the plan it speaks of.
ANSWERS = {
    "leaves {} unit-months of need unmet": (),
    "for two months, {} would be unmet": ("lanes[from=DEU,to=UKR,item=fire-unit].lead=0",),
    "one fire unit more: {} unmet": ("offers[offer=deu-two-systems].quantity=3",),
    "item=fire-unit].opens=never'` | {} unmet": (
        "lanes[from=DEU,to=UKR,item=fire-unit].opens=never",
    ),
    "without what Germany gives {} unmet": (
        "offers[offer=deu-two-systems].quantity=0",
        "offers[offer=deu-hundred-missiles].quantity=0",
        "offers[offer=deu-five-if-thirty].quantity=0",
    ),
}


@pytest.mark.parametrize("said", ANSWERS)
def test_the_answers_in_the_readme_are_those_of_the_plans(said: str) -> None:
    scenario = rt.edit(rt.read(ROOT / "examples" / "patriot-2025"), *ANSWERS[said])
    unmet = rt.plan(scenario).objectives["unmet_need"].value
    assert said.format(f"{unmet:.4g}") in " ".join(text_of("README.md").split())


@pytest.mark.parametrize(
    ("variant", "said"),
    [
        ("direct-from-us-stock", "sent from American stock {}"),
        ("new-from-the-maker", "ordered new {}"),
        ("new-and-first-in-line", "ordered new and first in line {}"),
    ],
)
def test_the_variants_in_the_readme_have_the_figures_of_their_plans(
    variant: str, said: str
) -> None:
    example = ROOT / "examples" / "patriot-2025"
    edits = rt.variants(example)[variant].all_edits
    unmet = rt.plan(rt.edit(rt.read(example), *edits)).objectives["unmet_need"].value
    assert said.format(f"{unmet:.4g}") in text_of("README.md")


def test_the_burdens_in_the_readme_are_those_of_the_plan() -> None:
    scenario = rt.read(ROOT / "examples" / "patriot-2025")
    found = rt.measures(scenario, rt.plan(scenario)).rows("burden")
    share = {(row.party, row.kind): f"{row.share:.0%}".replace("%", " %") for row in found}
    said = (
        f"Germany {share['DEU', 'waiting']} of the waiting,"
        f" the Netherlands {share['NLD', 'gap']} of the gaps"
    )
    assert said in text_of("README.md")
