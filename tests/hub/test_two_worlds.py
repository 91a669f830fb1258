"""Two registers that differ in one statement look the same to whoever may not read it, whatever they ask."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ringtausch.exchange.statement_tables import write_statements
from ringtausch.hub import open_register
from ringtausch.hub.checkpoints import Trees
from ringtausch.hub.proving import export_register, sign_all
from ringtausch.hub.store import Store
from ringtausch.register.audit import audit
from ringtausch.register.statement import Statement
from tests.hub.making import KEY
from tests.hub.two_worlds import (
    AS_OF,
    ELSEWHERE,
    HIDDEN,
    KEY_NAME,
    NAME,
    READING,
    add,
    copy_of,
    first_world,
    later,
    library,
    questions_of,
    rows_of,
)

#: One that has statements of its own; and, in the long run, one that has none, and the public.
OUTSIDERS = (
    "UKR",
    pytest.param("FRA", marks=pytest.mark.long),
    pytest.param(None, id="public", marks=pytest.mark.long),
)


@pytest.fixture(scope="module")
def same(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register that hides nothing."""
    folder = tmp_path_factory.mktemp("worlds") / "first"
    first_world(folder)
    return folder


@pytest.fixture(params=sorted(HIDDEN))
def hidden(request: pytest.FixtureRequest) -> Statement:
    """What the second world holds beside: recorded between the others, seen by no outsider."""
    return replace(HIDDEN[request.param](), recorded_at="2025-08-02T12:00:00.000000Z")


@pytest.fixture
def worlds(same: Path, tmp_path: Path, hidden: Statement) -> tuple[Path, Path]:
    """Both worlds: in the second one more statement, and a checkpoint that holds it."""
    first, second = copy_of(same, tmp_path / "one"), copy_of(same, tmp_path / "two")
    add(second, hidden, sign=True)
    return first, second


@pytest.fixture
def later_worlds(worlds: tuple[Path, Path]) -> tuple[Path, Path]:
    """Both worlds, and more that is recorded in both of them afterwards."""
    for world in worlds:
        add(world, *later())
    return worlds


def here(world: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Stand in a world, so that its name is the same as that of the other one."""
    monkeypatch.chdir(world)
    return NAME


def test_every_function_of_a_store_that_has_a_reader_is_asked() -> None:
    asked = {
        name
        for name, function in {**vars(Trees), **vars(Store)}.items()
        if not name.startswith("_") and "reader" in getattr(function, "__annotations__", {})
    }
    assert asked == {*READING, *ELSEWHERE}


@pytest.mark.parametrize("reader", OUTSIDERS)
def test_the_library_answers_the_same_to_who_may_not_read_it(
    worlds: tuple[Path, Path],
    hidden: Statement,
    reader: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Statements, trees, proofs, figures, refusals: to the last byte."""
    answers = []
    for world in worlds:
        with open_register(here(world, monkeypatch)) as store:
            answers.append(library(store, reader, hidden, Path("kept.txt")))
    first, second = answers
    assert first.keys() == second.keys()
    for question, answer in first.items():
        assert answer == second[question], question


def test_who_may_read_it_gets_another_answer(
    worlds: tuple[Path, Path], hidden: Statement, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the test above would say nothing."""
    reader = (
        "DEU" if hidden.visibility in {("coalition",), ("DEU", "POL")} else hidden.visibility[-1]
    )
    answers = []
    for world in worlds:
        with open_register(here(world, monkeypatch)) as store:
            answers.append(list(store.statements(reader)))
            assert hidden.id not in {one.id for one in store.statements("UKR")}
    assert [one for one in answers[1] if one not in answers[0]] == [hidden]


@pytest.mark.parametrize("reader", OUTSIDERS)
def test_what_is_recorded_afterwards_stands_in_the_same_place(
    later_worlds: tuple[Path, Path],
    hidden: Statement,
    reader: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """But for salts, and the hashes over them, which are by chance in both."""
    answers = []
    for world in later_worlds:
        with open_register(here(world, monkeypatch)) as store:
            sign_all(store, KEY, reader)
            found = library(store, reader, hidden, Path("kept.txt"))
            answers.append({name: _sizes(answer) for name, answer in found.items()})
    assert answers[0] == answers[1]


def _sizes(answer: object) -> object:
    """Keep how much there is of what holds hashes, and everything else as it is."""
    text = repr(answer)
    if "hash=" in text or "proof=" in text or "origin" in text or "— " in text:
        return len(answer) if isinstance(answer, (list, tuple)) else 1
    return answer


@pytest.mark.parametrize("reader", OUTSIDERS)
def test_an_export_has_the_same_files_of_the_same_size(
    later_worlds: tuple[Path, Path], reader: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And each fits, though it says nothing of the trees of others; the tables are the same to the byte."""
    found: list[dict[str, object]] = []
    for world in later_worlds:
        with open_register(here(world, monkeypatch)) as store:
            key = Path(KEY_NAME)
            export_register(store, Path("export"), reader, key=key, as_of=AS_OF)
            view = list(store.statements(reader))
            for name in ("all.csv", "all.jsonl", "all.xlsx"):
                write_statements(view, Path(name))
        assert audit("export").finding is None
        found.append({str(path): path.stat().st_size for path in Path().rglob("export/**/*")})
        found.append({path.name: path.read_bytes() for path in Path().glob("all.[cj]*")})
        found.append({"all.xlsx": Path("all.xlsx").stat().st_size})
    assert found[:3] == found[3:]


@pytest.mark.parametrize("reader", OUTSIDERS)
def test_the_same_questions_read_the_same_rows(
    worlds: tuple[Path, Path],
    hidden: Statement,
    reader: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is hidden costs no row; the list of trees alone, one row for each, is read whole in a file."""
    counted: list[list[tuple[str, int]]] = []
    for world in worlds:
        asked: list[str] = []
        with questions_of(asked), open_register(here(world, monkeypatch)) as store:
            list(store.statements(reader))
            list(store.statements(reader, None, ["t", hidden.matter]))
            list(store.statements(reader, "2025-07-10", None, ["UKR", "POL"]))
            for names in (*store.audiences(reader), hidden.visibility):
                list(store.leaves(names, reader))
                store.checkpoints(names, reader)
        read = [sql for sql in asked if " FROM " in sql and " hub_audience" not in sql]
        counted.append([(sql, rows_of(world, sql)) for sql in read])
    assert counted[0] == counted[1]
    assert len(counted[0]) > 20
    assert sum(rows for _sql, rows in counted[0]) > 100
