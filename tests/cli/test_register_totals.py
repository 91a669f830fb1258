"""`register import` and `totals`: the Kiel workbook to the cent, what is not counted, questions refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ringtausch.exchange.kiel import KIEL_KINDS
from tests.cli.registers import EXAMPLE, answer, example, lines, small
from tests.cli.running import run
from tests.exchange.shared_data import shared
from tests.exchange.test_kiel import WORKBOOK, summary

_IMPORTED: dict[str, bytes] = {}


@pytest.fixture
def kiel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand beside a register into which the workbook was imported, once for all tests."""
    workbook = shared(WORKBOOK)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RINGTAUSCH_REGISTER", raising=False)
    file = tmp_path / "ringtausch.sqlite"
    if not _IMPORTED:
        run("register", "init")
        found = run("register", "import", "--format", "kiel", workbook)
        assert found.exit_code == 0, found.stderr
        assert all(name in found.stdout for name in ("CAF6", "DEM2", "ESM7"))
        _IMPORTED["kiel"] = file.read_bytes()
    file.write_bytes(_IMPORTED["kiel"])
    return workbook


@pytest.fixture
def summer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand beside the register of the example."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RINGTAUSCH_REGISTER", raising=False)
    example(tmp_path)
    return tmp_path


def cents(rows: list[dict[str, Any]]) -> dict[str, int]:
    """Return the amount of each giver in cents; every amount has two decimals."""
    assert all(row["currency"] == "EUR" and row["amount"][-3] == "." for row in rows)
    return {row["giver"]: int(Decimal(row["amount"]) * 100) for row in rows}


def test_all_country_totals_of_the_workbook_come_out_to_the_cent(kiel: Path) -> None:
    found = answer("totals", "--by", "giver", "--currency", "EUR")
    rows = cents(found["rows"])
    wanted = {giver: cells[3] for giver, cells in summary(kiel).items()}
    assert len(wanted) == 41
    assert {giver: rows[giver] for giver in wanted} == wanted
    exact = sum(Decimal(row["lo"]) for row in found["rows"])
    assert exact == Decimal(found["total"]["lo"])
    reasons = {one["matter"]: one["why"] for one in found["uncounted"]}
    names = ("kiel:financial:CAF6", "kiel:military:DEM2", "kiel:military:ESM7")
    assert [reasons[name] for name in names] == ["not reached"] * 3


def test_all_cells_of_the_three_kinds_come_out_by_a_pattern_of_matters(kiel: Path) -> None:
    compared = 0
    for column, kind in enumerate(KIEL_KINDS):
        found = answer("totals", "--currency", "EUR", "--matter", f"kiel:{kind}:*")
        rows = cents(found["rows"])
        assert found["stated"] == []  # nobody states a total of a pattern
        for giver, cells in summary(kiel).items():
            assert rows.get(giver, 0) == cells[column], (giver, kind)
            compared += 1
    assert compared == 123


def test_what_the_rule_admits_nothing_of_is_named(summer: Path) -> None:
    """Matters that no admitted statement speaks of once were in no list at all."""
    question = ("totals", "--rung", "announced", "--currency", "USD", "--pool", "ORG-PURL")
    rule = str(EXAMPLE / "strict-in-dollars.toml")
    found = answer(*question, "--as-of", "2025-12-31", "--rule", rule)
    assert found["total"]["amount"] == "3885180000.00"
    left = {
        one["matter"]: one["detail"] for one in found["uncounted"] if one["why"] == "not admitted"
    }
    assert left["L-PURL-07"] == "class 5"
    assert left["L-PURL-02"] == "class 3"
    assert "ESP-1bn-EUR" not in left  # that is no question of this pool
    assert (summer / "ringtausch.sqlite").exists()


def test_norway_is_846_and_its_stated_835_is_compared(summer: Path) -> None:
    question = ("totals", "--rung", "announced", "--currency", "USD", "--pool", "ORG-PURL")
    rule = str(EXAMPLE / "tracker-in-dollars.toml")
    found = answer(*question, "--giver", "NOR", "--as-of", "2025-12-31", "--rule", rule)
    assert [(row["giver"], row["amount"]) for row in found["rows"]] == [("NOR", "846000000.00")]
    (stated,) = found["stated"]
    assert (stated["stated"], stated["counted"], stated["untold"]) == (
        "835000000",
        "846000000",
        "-11000000",
    )
    assert (summer / "ringtausch.sqlite").exists()


def test_the_german_systems_as_known_then_and_as_known_later(summer: Path) -> None:
    question = ("totals", "--kind", "transfer", "--rung", "pledged", "--item", "patriot-system")
    givers = ("--giver", "DEU", "--giver", "NOR", "--receiver", "UKR")
    then, later = (
        answer(*question, *givers, "--as-of", "2025-07-10", *known)["total"]["amount"]
        for known in (("--known-at", "2025-07-10"), ())
    )
    assert (then, later) == ("3", "2")
    assert (summer / "ringtausch.sqlite").exists()


def test_without_a_currency_each_is_added_by_itself(summer: Path) -> None:
    found = answer("totals", "--rung", "announced", "--giver", "NOR")
    amounts = {row["currency"]: row["amount"] for row in found["rows"]}
    assert set(amounts) == {"NOK", "USD"}
    table = lines("totals", "--rung", "announced", "--giver", "NOR")
    assert [line.split()[1] for line in table if line.startswith("giver ")] == ["NOK", "USD"]
    assert (summer / "ringtausch.sqlite").exists()


def test_a_missing_rate_is_refused_by_name(summer: Path) -> None:
    wrong = run("register", "totals", "--rung", "announced", "--currency", "USD")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "the rule tracker has no rate from " in wrong.stderr
    assert "or ask per currency" in wrong.stderr
    assert (
        run(
            "register", "totals", "--rung", "announced", "--currency", "USD", "--per-currency"
        ).exit_code
        == 0
    )
    assert (summer / "ringtausch.sqlite").exists()


def test_all_that_is_wrong_with_a_question_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    small(tmp_path)
    wrong = run(
        *("register", "totals", "--by", "givver", "--kind", "contribtion", "--giver", "DEX"),
        *("--currency", "EURO", "--pool", "POL", "--item", "lancher", "--basis", "bok"),
        *("--since", "2025-13"),
    )
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    said = [line.split(": ")[0] for line in wrong.stderr.splitlines()]
    assert sorted(said) == sorted(
        [
            *("--giver", "--pool", "--item", "--by", "--basis", "--currency", "--kind"),
            *("--item", "--since"),
        ]
    )
    assert 'there is no item "lancher"; did you mean "launcher"?' in wrong.stderr


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--as-of", "2025-02-30", '--as-of: "2025-02-30" is no date; write a day (2025-07-14)'),
        ("--known-at", "noon", '--known-at: "noon" is no day and no time; write 2025-07-14 or'),
        ("--rule", "stirct", '--rule: there is no rule "stirct"; did you mean "strict"?'),
        ("--as", "DEX", 'there is no party "DEX"; did you mean "DEU"?'),
    ],
)
def test_a_word_that_means_nothing_is_refused_in_every_question(
    option: str, value: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    small(tmp_path)
    for command in (
        "position",
        "balance",
        "totals",
        "overdue",
        "waiting",
        "conflicts",
        "flows DEU",
    ):
        wrong = run("register", *command.split(), option, value)
        assert (wrong.exit_code, wrong.stdout) == (2, "")
        assert said in wrong.stderr


def test_an_import_that_does_not_fit_records_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    example(tmp_path)
    before = answer("list")
    again = run("register", "import", "--recorded-from-sources", EXAMPLE)
    assert again.exit_code == 2
    assert "a record never goes back in time" in " ".join(again.stderr.split())
    form = run("register", "import", "--format", "keil", EXAMPLE)
    assert (form.exit_code, form.stderr) == (2, '--format: "keil" is none of kiel, patriot\n')
    for source in (tmp_path / "gone.csv", tmp_path):
        assert run("register", "import", source).exit_code == 2
        assert run("register", "import", "--format", "kiel", source).exit_code == 2
        assert run("register", "import", "--format", "patriot", source).exit_code == 2
    assert answer("list") == before


def test_what_is_recorded_as_of_its_sources_keeps_its_ids_and_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    example(tmp_path)
    run("register", "export", "copy", "--format", "csv")
    assert (tmp_path / "copy/statements.csv").read_bytes() == (
        EXAMPLE / "statements.csv"
    ).read_bytes()
    known = answer("list", "--known-at", "2025-07-31")["statements"]
    assert max(row["columns"]["recorded_at"] for row in known) < "2025-08-01"


def test_the_public_tables_are_imported_with_what_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = shared("patriot-2025")
    monkeypatch.chdir(tmp_path)
    run("register", "init")
    found = run("register", "import", "--format", "patriot", tables, "--recorded-from-sources")
    assert found.exit_code == 0, found.stderr
    assert "Left out:" in found.stdout
    assert max(map(len, found.stdout.splitlines())) <= 80
