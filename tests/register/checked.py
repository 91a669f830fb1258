"""Statements that tests of checks speak of, and what is wrong with one, as a user reads it."""

from __future__ import annotations

from typing import Any

from ringtausch.register.checking import Place, check_statement
from ringtausch.register.statement import Statement, Terms
from tests.register.builders import DIRECTORY, said

__all__ = ["PLEDGE", "owed", "payment", "pledge", "problems_of"]

PLEDGE = {"giver": "DEU", "receiver": "UKR", "item": "launcher", "quantity": "2"}
MONEY = {"giver": "NOR", "receiver": "PURL", "currency": "EUR"}


def problems_of(statement: Statement, unit: str = "") -> list[str]:
    """Say what is wrong: column and sentence."""
    found = check_statement(statement, DIRECTORY, Place("said.csv", 2, unit))
    return [f"{problem.column}: {problem.message}" for problem in found]


def pledge(**fields: Any) -> Statement:
    """Let DEU pledge two launchers to UKR."""
    return said("m", "transfer", "pledged", **{**PLEDGE, **fields})


def payment(milestone: str = "paid_in", **fields: Any) -> Statement:
    """Let NOR pay into a pool."""
    return said("m", "contribution", milestone, **{**MONEY, **fields})


def owed(**terms: Any) -> Statement:
    """Let DEU agree to replace what POL gave."""
    return said(
        "r", "replacement", "agreed", giver="DEU", receiver="POL", terms=Terms(of="m", **terms)
    )
