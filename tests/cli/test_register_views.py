"""Who may not see a statement sees nothing of it: two registers that differ in it answer alike."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.registers import add, answer, identifiers, small
from tests.cli.running import run

COMMANDS = (
    *("list", "show DEU-1", "show SECRET", "position", "position SECRET", "position --party DEU"),
    *("balance", "totals --kind transfer --rung pledged --item launcher", "overdue", "waiting"),
    *("conflicts", "conflicts SECRET", "flows UKR", "look-through FUND", "show 1234abcd"),
    *("prove 1234abcd", "redact 1234abcd --approved-by a --reason b", "list --matter S*"),
    "correct 1234abcd --reason b --quantity 1",
)


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Make two registers: one with a statement for Germany and Poland alone, one without."""
    made = []
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("RINGTAUSCH_REGISTER", raising=False)
        for world in ("with", "without"):
            folder = tmp_path_factory.mktemp(world)
            patch.chdir(folder)
            small(folder)
            add()
            if world == "with":
                add(matter="SECRET", visibility="DEU;POL")
            made.append(folder)
    return made


@pytest.mark.parametrize("reader", ["FRA", "public"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_hidden_statement_changes_no_answer(
    reader: str, command: str, worlds: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What both hold is recorded at other times, under other ids: those are not compared."""
    said = []
    for world in worlds:
        monkeypatch.chdir(world)
        result = run("register", *command.split(), "--as", reader)
        told = re.sub(r"\b[0-9a-f]{8,32}\b|\d{4}-\d\d-\d\dT\S+", "…", result.stdout)
        said.append((result.exit_code, told, result.stderr))
    assert said[0] == said[1]


def test_a_hidden_statement_cannot_be_found_by_its_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    small(tmp_path)
    add(visibility="DEU;POL")
    (hidden,) = identifiers()
    run("register", "checkpoint")
    for command in ("show", "prove"):
        result = run("register", command, hidden, "--as", "FRA")
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr == f"ringtausch.sqlite: there is no statement {hidden}\n1 error\n"
        assert run("register", command, hidden, "--as", "POL").exit_code == 0


def test_an_export_and_checkpoints_hold_only_the_trees_of_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    small(tmp_path)
    add()
    add(matter="DEU-2", visibility="coalition")
    add(matter="DEU-3", visibility="DEU;UKR")
    sizes = {
        reader: len(answer("checkpoint", "--as", reader)["checkpoints"])
        for reader in ("public", "FRA", "POL", "UKR", "DEU")
    }
    assert sizes == {"public": 1, "FRA": 1, "POL": 2, "UKR": 2, "DEU": 3}
    assert run("register", "export", "out", "--as", "POL").exit_code == 0
    assert run("audit", "out").exit_code == 0
    trees = sorted(path.name for path in (tmp_path / "out/trees").iterdir())
    assert trees == ["coalition.jsonl", "public.jsonl"]
