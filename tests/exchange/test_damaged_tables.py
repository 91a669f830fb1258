"""Tables with bytes changed, cut off or put in: read or refused with sentences, never a traceback."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from ringtausch.exchange.statement_tables import inspect_statements, write_statements
from ringtausch.register.recording import InvalidStatements, prepare
from ringtausch.register.statement import Terms
from tests.register.builders import DIRECTORY, said

ROWS = [
    said(
        *("r", "replacement", "agreed"),
        giver="DEU",
        receiver="POL",
        item="fuel",
        quantity="1.5..2",
        terms=Terms(of="m", ratio="3/2", within=6, due="2026-Q1"),
        id="a1",
    ),
    said(
        "n", "contribution", "paid_in", giver="NOR", receiver="PURL", currency="EUR", quantity="5"
    ),
]
INSERTED = [b'"', b'""', b"1e999", b"NaN", b"9" * 50, b"null", b"-5", b"\\ud800", b"\xe2\x80\xa8"]


def damaged(data: bytes, dice: random.Random) -> bytes:
    """Change up to six places."""
    found = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        at, way = dice.randrange(len(found) or 1), dice.random()
        if way < 0.4 and found:
            found[at] = dice.choice(b',;"\n\r\t\0 {}[]:%-\xff\xc3129ae')
        elif way < 0.6:
            found[at:at] = dice.choice(INSERTED)
        elif way < 0.8:
            del found[at : at + dice.randint(1, 9)]
        else:
            del found[at:]
    return bytes(found)


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "xlsx"])
def test_a_damaged_table_is_read_or_refused_and_breaks_nothing(tmp_path: Path, suffix: str) -> None:
    """A damaged time of recording once ended in a traceback."""
    good, path, dice = tmp_path / f"good.{suffix}", tmp_path / f"bad.{suffix}", random.Random(7)
    write_statements(ROWS, good)
    data = good.read_bytes()
    refused = 0
    for _ in range(250):
        path.write_bytes(damaged(data, dice))
        table = inspect_statements(path, DIRECTORY, recorded_by="desk")
        refused += bool(table.problems)
        assert all(problem.message for problem in table.problems)
        drafts, places = [one for one, _ in table.rows], [place for _, place in table.rows]
        try:
            prepare(
                drafts, [], DIRECTORY, "2025-12-01T10:00:00.000000Z", lambda: "a", places=places
            )
        except InvalidStatements:
            refused += not table.problems
    assert 100 < refused <= 250
