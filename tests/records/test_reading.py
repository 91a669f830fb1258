"""Reading: what an empty cell means, and what is forgiven in files that people and Excel write."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ringtausch.records import NEVER, OBJECTIVES, Scenario, check_scenario, read_scenario
from tests.builders import scenario

SETTINGS = (
    '[scenario]\nname = "n"\nstart = 2025-07-15\nperiod = "week"\nhorizon = 4\n'
    'settlement = 2\ncurrency = "EUR"\n'
)


def written(folder: Path, **files: str | bytes) -> Path:
    """Write settings and tables as they are; parties A and B and an item where none are given."""
    tables = {"parties": "party\nA\nB\n", "items": "item\ngun\n", **files}
    (folder / "scenario.toml").write_text(SETTINGS, encoding="utf-8")
    for name, content in tables.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / f"{name}.csv").write_bytes(data)
    return folder


def problems(folder: Path) -> list[str]:
    return [str(p) for p in check_scenario(folder) if p.severity == "error"]


def quantities(of: Scenario) -> list[Decimal]:
    return [row.quantity for row in of.stocks]


# ---- defaults

_DEFAULTS: dict[str, tuple[str, dict[str, Any]]] = {
    "parties": ("A", {"name": "", "burden_key": None}),
    "items": (
        "gun",
        {"name": "", "unit": "", "indivisible": False, "value": Decimal(0), "currency": ""},
    ),
    "capabilities": ("fire,gun", {"weight": Decimal(1), "role": ""}),
    "arrivals": ("A,gun,2025-08-01,1", {"designable": False}),
    "floors": ("A,gun,2025-08-01,1", {"max_gap": Decimal(0), "weight": Decimal(1)}),
    "offers": (
        "o,A,gun,1",
        {
            "from_": None,
            "until": None,
            "to": "*",
            "lot": None,
            "if_others": None,
            "compensation": Decimal(0),
            "currency": "",
        },
    ),
    "lanes": (
        "A,B,gun",
        {
            "lead": 0,
            "capacity": None,
            "unit_cost": Decimal(0),
            "currency": "",
            "opens": None,
            "until": None,
        },
    ),
    "supply": (
        "S,gun,A",
        {
            "price": Decimal(0),
            "currency": "",
            "lead": 0,
            "payments": ((0, Decimal(1)),),
            "opens": None,
            "until": None,
            "lot": None,
        },
    ),
    "needs": ("n,B,gun,1,2025-08-01", {"weight": Decimal(1), "step": None, "hard": False}),
    "assurances": (
        "A,gun,0",
        {"ratio": Decimal(1), "weight": Decimal(1), "hard": False, "secured": False},
    ),
    "exchange": ("A,gun,hull", {"rate": Decimal(1)}),
    "funds": ("F,A", {"currency": "", "until": None}),
    "dues": ("order,gun,A,2025-08-01,1", {"currency": ""}),
}


@pytest.mark.parametrize("table", _DEFAULTS)
def test_an_empty_cell_means_what_the_page_says(table: str) -> None:
    row, defaults = _DEFAULTS[table]
    (found, *_) = scenario(**{table: row}).rows(table)
    values = asdict(found)
    assert {name: values[name] for name in defaults} == defaults
    assert (values["source"], values["note"]) == ("", "")


def test_settings_that_may_be_left_out_have_their_defaults(tmp_path: Path) -> None:
    found = read_scenario(written(tmp_path))
    assert (found.objectives, found.tolerance, found.allowance, found.fx) == (
        OBJECTIVES,
        {},
        {},
        {},
    )
    assert (found.start, found.period, found.calendar.count) == (date(2025, 7, 15), "week", 6)


def test_every_kind_of_cell_is_read(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        lanes="from,to,item,opens\nA,B,*,never\n",
        supply="supplier,item,customer,payments\nS,*,*,0:0.3 12:0.70\n",
        assurances="party,item,within,hard,secured\nA,gun,2,YES,0\n",
        stocks="party,item,quantity\nA,gun,1.25e2\nB,gun,.5\n",
    )
    found = read_scenario(folder)
    assert found.lanes[0].opens == NEVER
    assert found.supply[0].payments == ((0, Decimal("0.3")), (12, Decimal("0.7")))
    assert (found.assurances[0].hard, found.assurances[0].secured) == (True, False)
    assert quantities(found) == [Decimal(125), Decimal("0.5")]


def test_sources_and_notes_are_kept_in_every_table(tmp_path: Path) -> None:
    found = read_scenario(
        written(tmp_path, stocks="note,quantity,party,source,item\nround,2,A,“a book”,gun\n")
    )
    assert (found.stocks[0].source, found.stocks[0].note) == ("“a book”", "round")


# ---- files as Excel and people write them


@pytest.mark.parametrize(
    "stocks",
    [
        "\ufeffparty,item,quantity\nA,gun,2.5\nB,gun,1\n",
        "party,item,quantity\r\nA,gun,2.5\r\nB,gun,1\r\n",
        "party,item,quantity\rA,gun,2.5\rB,gun,1\r",
        "party,item,quantity\nA,gun,2.5\nB,gun,1",
        "party,item,quantity,,\nA,gun,2.5,,\nB,gun,1,,\n,,,,\n\n",
        "\n\nparty , item,quantity\n A ,gun, 2.5\n\n,,\nB,gun,1\n",
        "party,item,quantity,note\nA,gun,2.5\nB,gun,1\n",
        "party;item;quantity\nA;gun;2,5\nB;gun;1\n",
        "party;item;quantity\nA;gun;2.5\nB;gun;1\n",
        "sep=;\r\nparty;item;quantity\r\nA;gun;2,5\r\nB;gun;1\r\n",
        "sep=,\nparty,item,quantity\nA,gun,2.5\nB,gun,1\n",
        '"party","item","quantity"\n"A","gun","2.5"\n"B","gun","1"\n',
    ],
)
def test_a_table_reads_the_same_however_it_was_saved(stocks: str, tmp_path: Path) -> None:
    found = read_scenario(written(tmp_path, stocks=stocks))
    assert [(row.party, row.item, row.quantity) for row in found.stocks] == [
        ("A", "gun", Decimal("2.5")),
        ("B", "gun", Decimal(1)),
    ]


def test_decimal_commas_are_read_where_one_number_tells(tmp_path: Path) -> None:
    """`0,5` can only be a half; so `1,234` in the same file is no thousand."""
    found = read_scenario(written(tmp_path, stocks="party;item;quantity\nA;gun;1,234\nB;gun;0,5\n"))
    assert quantities(found) == [Decimal("1.234"), Decimal("0.5")]


def test_payments_with_decimal_commas_are_read(tmp_path: Path) -> None:
    found = read_scenario(
        written(tmp_path, supply="supplier;item;customer;payments\nS;gun;A;0:0,3 2:0,7\n")
    )
    assert found.supply[0].payments == ((0, Decimal("0.3")), (2, Decimal("0.7")))


@pytest.mark.parametrize(
    ("stocks", "said"),
    [
        (
            "party;item;quantity\nA;gun;1,234\n",
            (
                '"1,234" may mean 1.234 or 1234, and nothing else in the file tells;'
                " write 1.2340 or 1234"
            ),
        ),
        (
            "party;item;quantity\nA;gun;1.234\n",
            (
                '"1.234" may mean 1.234 or 1234, and nothing else in the file tells;'
                " write 1.2340 or 1234"
            ),
        ),
        (
            "party;item;quantity\nA;gun;1.234,5\n",
            '"1.234,5" has a thousands separator; write the digits without it',
        ),
        (
            "party;item;quantity\nA;gun;1 234\n",
            '"1 234" has a thousands separator; write the digits without it',
        ),
    ],
)
def test_a_number_that_may_mean_two_things_is_refused_with_the_reason(
    stocks: str, said: str, tmp_path: Path
) -> None:
    assert problems(written(tmp_path, stocks=stocks)) == [f"stocks.csv:2: quantity: {said}"]


def test_a_quoted_line_break_stays_and_lines_are_counted_as_an_editor_does(tmp_path: Path) -> None:
    notes = 'party,item,quantity,note\nA,gun,1,"two\r\nlines"\nB,gun,x,\n'
    assert problems(written(tmp_path, stocks=notes)) == [
        'stocks.csv:4: quantity: "x" is not a number; write a decimal such as 12 or 0.5'
    ]
    found = read_scenario(written(tmp_path, stocks=notes.replace("x", "3")))
    assert [(row.note, row.line) for row in found.stocks] == [("two\nlines", 2), ("", 4)]


def test_lines_are_counted_with_the_line_of_the_separator(tmp_path: Path) -> None:
    assert problems(written(tmp_path, stocks="sep=;\nparty;item;quantity\nA;gun;x\n")) == [
        'stocks.csv:3: quantity: "x" is not a number; write a decimal such as 12 or 0.5'
    ]


def test_files_beside_the_tables_are_known_and_hidden_ones_left_alone(tmp_path: Path) -> None:
    written(tmp_path)
    for name in ("README.md", "notes.txt", ".x.csv", "~$a.xlsx", "datapackage.json"):
        (tmp_path / name).write_text("anything", encoding="utf-8")
    (tmp_path / "values.csv").write_text("item,basis,value\ngun,book,1\n", encoding="utf-8")
    (tmp_path / "variants.toml").write_text("# none yet\n", encoding="utf-8")
    (tmp_path / "old").mkdir()
    assert check_scenario(tmp_path) == []


def test_exact_decimals_are_kept(tmp_path: Path) -> None:
    found = read_scenario(
        written(tmp_path, stocks="party,item,quantity\nA,gun,0.12345678901234567890\n")
    )
    assert quantities(found) == [Decimal("0.12345678901234567890")]


def test_equal_content_has_an_equal_hash_and_another_number_another(tmp_path: Path) -> None:
    """Spelling, lines and the files' form do not count; what stands in them does."""
    forms = ["A,gun,2.50", "A,gun,2.5", "A,gun,2.6"]
    hashes = [
        read_scenario(written(tmp_path, stocks=f"party,item,quantity\n{form}\n")).content_hash
        for form in forms
    ]
    assert hashes[0] == hashes[1] != hashes[2]
