"""What holds of every scenario that is made from a register, on random histories that contradict themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

import ringtausch as rt
from ringtausch.exchange.loop.known import Known
from ringtausch.exchange.loop.scenario import Made, no_terms, scenario_from
from ringtausch.exchange.loop.writing import write_made
from ringtausch.register.positions import Positions
from ringtausch.register.postings import postings
from ringtausch.register.replacement import debts
from ringtausch.register.rule import STRICT, TRACKER
from ringtausch.register.statement import Statement
from tests.properties.strategies_postings import history
from tests.register.builders import DIRECTORY

FEW, MANY = 40, 1_000
DAYS = (date(2025, 2, 10), date(2030, 1, 1))
RULES = (STRICT, TRACKER)


def made(said: list[Statement], rule: int, day: date) -> tuple[Positions, Made]:
    """Make a scenario of a history; the terms say what a dollar is worth."""
    positions = Positions(said, RULES[rule], day, DIRECTORY)
    terms = no_terms(positions).changed(fx={"USD": Decimal("0.9")})
    return positions, scenario_from(positions, terms)


def check_valid(said: list[Statement], folder: Path) -> None:
    """It is written, and the check has nothing against it."""
    for rule, day in enumerate(DAYS):
        _, found = made(said, rule, day)
        write_made(found, folder, force=True)
        assert [str(p) for p in rt.check(folder) if p.severity == "error"] == []


def check_conserved(said: list[Statement]) -> None:
    """Stock and what is under way are what the postings say, of every item that somebody counts."""
    for rule, day in enumerate(DAYS):
        positions, found = made(said, rule, day)
        known = Known(positions, no_terms(positions))
        expected: dict[tuple[str, str], int] = defaultdict(int)
        for (party, state, commodity), amount in postings(positions).balances.items():
            if (party, commodity) in known.counted and state in {"stock", "reserved"}:
                expected[party, commodity] += amount
        stocks = {(row.party, row.item): int(row.quantity * 1000) for row in found.scenario.stocks}
        assert {pair: n for pair, n in stocks.items() if n} == {
            pair: n for pair, n in expected.items() if n
        }
        transit = sum(max(0, known.under_way.get(p.matter, 0)) for p in positions.kind("transfer"))
        matters = {f"register: {p.matter}" for p in positions.kind("transfer")}
        coming = sum(r.quantity for r in found.scenario.arrivals if r.source in matters)
        assert coming * 1000 == transit


def check_owed(said: list[Statement]) -> None:
    """What is owed in the scenario is what the register says, in all and for each creditor and item."""
    for rule, day in enumerate(DAYS):
        positions, found = made(said, rule, day)
        expected: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for debt in debts(positions):
            if debt.owed:
                expected[debt.creditor, debt.agreed_item or debt.item] += Decimal(debt.owed) / 1000
        rows: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for row in found.scenario.debts:
            rows[row.party, row.item] += row.quantity
        assert rows == expected


def check_time_alone(said: list[Statement]) -> None:
    """Where nobody says anything more, time takes promises away and changes no stock and no debt."""
    for rule in range(len(RULES)):
        _, sooner = made(said, rule, date(2030, 1, 1))
        _, later = made(said, rule, date(2031, 1, 1))
        assert [(r.party, r.item, r.quantity) for r in sooner.scenario.stocks] == [
            (r.party, r.item, r.quantity) for r in later.scenario.stocks
        ]
        assert sum(r.quantity for r in sooner.scenario.offers) >= sum(
            r.quantity for r in later.scenario.offers
        )


def check_told(said: list[Statement]) -> None:
    """Every row that has no terms beside it follows from statements, by ids that are in view."""
    ids = {one.id for one in said}
    for rule, day in enumerate(DAYS):
        _, found = made(said, rule, day)
        for name, rows in found.sources.items():
            assert tuple(told.row for told in rows) == found.scenario.rows(name)
            for told in rows:
                assert told.statements or told.of_directory
                assert set(told.statements) <= ids


CHECKS = (check_conserved, check_owed, check_time_alone, check_told)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_scenarios_of_random_registers(check: Callable[[list[Statement]], None]) -> None:
    for seed in range(FEW):
        check(history(seed, Random(seed).randint(1, 60)))


def test_scenarios_of_random_registers_are_valid(tmp_path: Path) -> None:
    for seed in range(FEW):
        check_valid(history(seed, Random(seed).randint(1, 60)), tmp_path / "made")


@pytest.mark.long
def test_scenarios_of_many_random_registers(tmp_path: Path) -> None:
    for seed in range(FEW, MANY):
        said = history(seed, Random(seed).randint(1, 90))
        for check in CHECKS:
            check(said)
        check_valid(said, tmp_path / "made")
