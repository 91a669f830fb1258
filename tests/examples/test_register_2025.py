"""The register of the summer of 2025: public statements with their sources, and the figures of its README."""

from __future__ import annotations

import re
import shlex
import shutil
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from ringtausch.exchange.directory_tables import read_directory
from ringtausch.exchange.statement_tables import read_statements
from ringtausch.register.dates import end_of_day
from ringtausch.register.positions import Positions
from ringtausch.register.question import Question
from ringtausch.register.recording import prepare
from ringtausch.register.rule import TRACKER, Rule, read_rule
from ringtausch.register.statement import Statement
from ringtausch.register.totals import Total, total
from ringtausch.register.view import ALL, view
from tests.cli.running import run
from tests.examples.register_2025 import EXAMPLE, chosen
from tests.examples.test_example_sources import FORBIDDEN_WORD, NOT_OURS, words
from tests.exchange.shared_data import shared

DIRECTORY = read_directory(EXAMPLE)
STATEMENTS = [statement for statement, _place in read_statements(EXAMPLE / "statements.csv")]
README = (EXAMPLE / "README.md").read_text(encoding="utf-8")
LATER = date(2026, 6, 1)
MILLION = 10**10


def stated(name: str) -> str:
    """Return what the README says between its marks of a figure."""
    found = re.search(rf"<!-- {name} -->(.*?)<!-- /{name} -->", README, re.DOTALL)
    assert found is not None
    return found.group(1).strip()


def positions(rule: Rule, as_of: date, known: date = LATER) -> Positions:
    seen = view(STATEMENTS, reader=ALL, known_at=end_of_day(known), directory=DIRECTORY)
    return Positions(seen, rule, as_of, DIRECTORY)


def pledged(rule: Rule, as_of: date, currency: str, pool: str = "", giver: str = "") -> Total:
    givers = frozenset({giver} - {""})
    question = Question(
        ("contribution",), "announced", currency=currency, pool=pool, givers=givers, by="giver"
    )
    return total(positions(rule, as_of), question)


def test_it_is_recorded_without_a_problem() -> None:
    numbers = count(1)
    moment = "2026-07-01T12:00:00.000000Z"
    said = prepare(STATEMENTS, [], DIRECTORY, moment, lambda: f"{next(numbers):032x}")
    assert len(said) == int(stated("count"))
    assert 60 <= len(said) <= 120


def test_every_statement_names_a_dated_public_source() -> None:
    for one in STATEMENTS:
        assert one.source.address.startswith("https://"), one.id
        assert one.source.title, one.id
        assert one.source.date, one.id


def test_it_was_recorded_when_its_sources_came_out() -> None:
    assert [one.recorded_at for one in STATEMENTS] == sorted(one.recorded_at for one in STATEMENTS)
    assert all(one.recorded_at[:7] >= one.source.date[:7] for one in STATEMENTS)


@pytest.mark.parametrize(
    "path",
    sorted(path for path in EXAMPLE.rglob("*") if path.is_file()),
    ids=lambda path: path.name,
)
def test_it_names_no_place_no_military_unit_and_no_deployment(path: Path) -> None:
    assert FORBIDDEN_WORD.findall(words(path)) == []


def test_it_holds_no_figure_of_collections_that_are_not_ours() -> None:
    tables = [
        path for path in EXAMPLE.rglob("*") if path.is_file() and path.name != "DATA-LICENCE.md"
    ]
    assert [path.name for path in tables if NOT_OURS.search(words(path))] == []


def test_it_is_what_the_tables_say() -> None:
    directory, statements = chosen(shared("patriot-2025"))
    assert (directory, list(statements)) == (DIRECTORY, STATEMENTS)


def test_the_figures_of_the_readme_follow_from_it() -> None:
    figures = {}
    for name in ("tracker", "strict"):
        rule = read_rule(EXAMPLE / f"{name}-in-dollars.toml")
        answer = pledged(rule, date(2025, 12, 31), "USD", "ORG-PURL")
        figures[name] = f"{int(answer.lo) // MILLION:,}"
        if name == "tracker":
            norway = next(row for row in answer.rows if row.names == ("NOR",))
            figures["norway"] = str(norway.lo // MILLION)
    november, october = date(2025, 11, 30), date(2025, 10, 31)
    figures["spain"] = str(pledged(TRACKER, november, "EUR", "ORG-PURL", "ESP").lo // MILLION)
    new = (
        pledged(TRACKER, november, "EUR", "", "ESP").lo
        - pledged(TRACKER, october, "EUR", "", "ESP").lo
    )
    figures["new"] = str(new // MILLION)
    assert {name: stated(name) for name in figures} == figures


def systems(as_of: date, known: date) -> int:
    question = Question(
        ("transfer",),
        "pledged",
        item="patriot-system",
        givers=frozenset({"DEU", "NOR"}),
        receivers=frozenset({"UKR"}),
    )
    return int(total(positions(TRACKER, as_of, known), question).lo) // 1000


def test_the_readme_counts_the_german_systems_as_known_then_and_today() -> None:
    rows = [line.strip("| ").split(" | ") for line in stated("systems").splitlines()[2:]]
    for day, then, today in rows:
        as_of = date.fromisoformat(day)
        assert (systems(as_of, as_of), systems(as_of, LATER)) == (int(then), int(today)), day


def test_both_versions_of_the_swap_of_2022_are_in_it() -> None:
    found = positions(TRACKER, LATER).of("ring:G-POL-1:replacement")
    sides: dict[str, Statement] = {}
    for conflict in found.conflicts:
        if (conflict.milestone, conflict.group) == ("agreed", "what"):
            sides |= {one.said_by: one for one in (conflict.winner, conflict.loser)}
    assert {name: one.known_quantity.lo // 1000 for name, one in sides.items()} == {
        "DEU": 20,
        "POL": 44,
    }


def commands() -> list[list[str]]:
    """List the commands of the README, lines that go on put together."""
    text = "\n".join(line[4:] for line in README.splitlines() if line.startswith("    "))
    return [shlex.split(line) for line in text.replace("\\\n", " ").splitlines()]


def test_the_commands_of_the_readme_run_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "examples" / "register-2025")
    monkeypatch.chdir(tmp_path)
    said = []
    for program, *arguments in commands():
        assert program == "ringtausch"
        result = run(*arguments)
        assert (result.exit_code, result.stderr) == (0, ""), arguments
        assert max(map(len, result.stdout.splitlines())) <= 80
        said.append(result.stdout)
    figures = {
        1: f"holds {stated('count')} statements more",
        2: f"{stated('tracker')},280,000.00",
        3: f"new in all  {stated('new')}.00",
        4: f"total  {stated('spain')},000,000.00",
        5: "total               3",
        8: "2025-04-30      2    71  no answer",
        10: "20 leopard-2 (DEU, 2022-07)",
    }
    assert {at: text for at, text in figures.items() if text not in said[at]} == {}
