"""What holds for any statement: what is written reads back equal, and what is drawn may be recorded."""

from __future__ import annotations

import tempfile
from pathlib import Path

import hypothesis.strategies as st
import pytest

from ringtausch.exchange.statement_tables import read_statements, write_statements
from ringtausch.register.checking import Place, check_statement
from ringtausch.register.statement import Statement, from_dict, to_dict
from ringtausch.register.trust.canonical import canonical, leaf_of
from tests.properties.statement_strategies import statements
from tests.properties.strategies import holds_for
from tests.register.builders import DIRECTORY


@pytest.mark.parametrize(("suffix", "count"), [("csv", 30), ("jsonl", 30), ("xlsx", 25)])
def test_a_table_reads_back_with_every_field(suffix: str, count: int) -> None:
    def check(rows: list[Statement]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"said.{suffix}"
            write_statements(rows, path)
            assert [statement for statement, _ in read_statements(path)] == rows

    holds_for(count, st.lists(statements(), min_size=1, max_size=4), check)


def test_a_drawn_statement_may_be_recorded() -> None:
    """Else the round trip would be of statements that no register holds."""

    def check(statement: Statement) -> None:
        problems = check_statement(statement, DIRECTORY, Place("drawn", 1))
        assert [str(problem) for problem in problems] == []

    holds_for(60, statements(), check)


def test_plain_values_read_back_equal() -> None:
    def check(statement: Statement) -> None:
        assert from_dict(to_dict(statement)) == statement

    holds_for(40, statements(), check)


def test_a_leaf_is_of_the_one_spelling_of_its_statement() -> None:
    """Byte for byte: leaves are written faster than by `canonical`, and have to be the same."""

    def check(statement: Statement) -> None:
        spelt = canonical({"type": "statement", "statement": to_dict(statement)})
        assert leaf_of(statement, bytes(32)).payload == spelt

    holds_for(80, statements(), check)
