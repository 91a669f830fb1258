"""Two registers in PostgreSQL that differ in one statement look the same to the login of a party that may not read it."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import replace
from itertools import count
from pathlib import Path

import psycopg
import pytest

from ringtausch.hub import open_register
from ringtausch.hub.administration import extend_directory
from ringtausch.register.statement import Statement
from tests.hub.making import KEY, address_of, as_they_come
from tests.hub.two_worlds import HIDDEN, common, library
from tests.register.builders import DIRECTORY

pytestmark = pytest.mark.xdist_group("postgres")

_COPIES = count(1)

#: What DEU records for the coalition or for itself and POL.
BY_DEU = sorted(
    name for name, make in HIDDEN.items() if make().visibility in {("coalition",), ("DEU", "POL")}
)
#: All others in the long run.
_FEW = {"a count", "a fact of a matter", "a matter"}


def _copy(keeper: str) -> str:
    """Copy a whole database to which nobody is connected."""
    name = keeper.split("@/", 1)[1].split("?", 1)[0]
    copy = f"{name}_{next(_COPIES)}"
    place = keeper.replace(f"/{name}?", "/postgres?")
    with psycopg.connect(place, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {copy} TEMPLATE {name}")
    return keeper.replace(f"/{name}?", f"/{copy}?")


def _record(keeper: str, statements: list[Statement]) -> list[Statement]:
    """Record each by the login of its sayer, or of DEU."""
    made = []
    for login in ("deu", "pol", "ukr"):
        party = login.upper()
        mine = [
            one
            for one in statements
            if party == (one.said_by if one.said_by in {"POL", "UKR"} else "DEU")
        ]
        with open_register(address_of(keeper, login)) as store:
            made += store.append(mine, party, prepare=as_they_come)
    return made


def _signed(keeper: str, *trees: tuple[str, ...]) -> None:
    with open_register(address_of(keeper, "signer")) as signer:
        for names in trees or signer.audiences():
            signer.checkpoint(names, KEY)


@pytest.fixture(scope="module")
def first(kept: str) -> str:
    """A register with something of everything, every tree of it signed."""
    keeper = _copy(kept)
    extend_directory(keeper, DIRECTORY)
    drafts = [replace(one, id="") for one in common() if one.visibility != ("FRA", "UKR")]
    _record(keeper, drafts)
    _signed(keeper)
    return keeper


@pytest.mark.parametrize(
    "name",
    [name if name in _FEW else pytest.param(name, marks=pytest.mark.long) for name in BY_DEU],
)
def test_another_login_is_answered_the_same(first: str, name: str, tmp_path: Path) -> None:
    """By the store and by the library, under the rules of the database itself."""
    second = _copy(first)
    (hidden,) = _record(second, [replace(HIDDEN[name](), id="", said_by="DEU")])
    _signed(second, hidden.visibility)
    answers: list[dict[Hashable, str]] = []
    for keeper in (first, second):
        with open_register(address_of(keeper, "ukr")) as store:
            kept = tmp_path / "kept.txt"
            kept.write_text("\n".join(map(str, store.checkpoints(("public",))[:1])), "utf-8")
            found = library(store, "UKR", hidden, kept)
        answers.append({question: _masked(repr(answer)) for question, answer in found.items()})
    for question, answer in answers[0].items():
        assert answer == answers[1][question], question
    with open_register(address_of(second, "pol")) as store:
        assert hidden in list(store.statements())


def _masked(answer: str) -> str:
    """Leave out the name of the database."""
    return re.sub(r"/register_[0-9_]+", "/register", answer)
