"""Two registers that differ in what is hidden: every command of the register says the same of both to an outsider."""

from __future__ import annotations

import shutil
from dataclasses import replace
from importlib import import_module
from inspect import signature
from pathlib import Path

import pytest

from ringtausch.cli.main import GROUPS, command_name
from ringtausch.hub import open_register
from ringtausch.register.statement import Statement
from tests.builders import folder
from tests.cli.running import everything_in, run
from tests.hub.two_worlds import HIDDEN, KEY_NAME, NAME, add, copy_of, first_world, later, shape

_SOURCE = "--source-rank 1 --source-date 2025-09-01"
_GIVEN = "--kind transfer --milestone handed_over --giver UKR --receiver FRA --item launcher"

#: What UKR does with each command. {secret} is a hidden matter, {id} a hidden statement, {own} one of its own.
CASES: dict[str, tuple[str, ...]] = {
    "import": (
        "statements.csv",
        "statements.csv --dry-run --json",
        "statements.csv --recorded-from-sources",
    ),
    "add": (
        f"--matter {{secret}} --kind request --milestone asked --receiver UKR --giver FRA {_SOURCE}",
        f"--matter {{secret}} {_GIVEN} --quantity 7 {_SOURCE} --json",
        f"--matter w {_GIVEN} --quantity 70 {_SOURCE}",
        f"--matter w --kind transfer --milestone linked --part-of {{secret}} {_SOURCE}",
    ),
    "correct": (
        "{own} --quantity 1 --reason slip",
        "{own} --void --reason slip --json",
        "{id} --void --reason slip",
        "{id:.8} --void --reason slip",
    ),
    "list": ("", "--json", "--party DEU", "--matter {secret}*", "--since 2025-07-05 --json"),
    "show": ("t", "t --json", "{secret}", "{id}", "{id:.6}", "{own} --json", "secre"),
    "position": ("", "--json", "t", "{secret}", "--party UKR", "--party DEU --json --rule strict"),
    "balance": ("", "--json", "--party UKR", "--commodity EUR"),
    "totals": (
        "--currency EUR",
        "--json --all --currency EUR --rung paid_in",
        "--kind transfer --rung pledged --item launcher --json --by receiver",
        "--by contributor --pool PURL --currency EUR --json",
        "--currency EUR --since 2025-01-15",
        "--matter {secret}* --currency EUR",
    ),
    "flows": ("PURL DEU", "NOR,POL --json"),
    "look-through": ("PURL", "PURL --json", "EPF"),
    "overdue": ("", "--json", "--party POL"),
    "waiting": ("", "--json", "--party UKR"),
    "conflicts": ("", "--json", "t", "{secret}"),
    "checkpoint": ("--key register.key", "--key register.key --json", "--key another.key"),
    "prove": (
        "{own}",
        "{own} --json",
        "{id}",
        "--since kept.txt --json",
        "{id:.8} --since kept.txt",
    ),
    "redact": (
        "{id} --approved-by board --reason why",
        "{own} --approved-by board --reason why",
        "{own} --approved-by board --reason why --json",
    ),
    "export": (
        "out --key register.key",
        "out --key register.key --json --as-of 2025-12-31",
        *(f"out{end}" for end in (".csv", ".xlsx", ".jsonl")),
        "out --format csv",
        "out.csv --format positions",
        *(f"out --format {form}" for form in ("data-package", "beancount")),
        "out.xml --format iati --reporter NOR --reporter-reference XM-DAC-8",
    ),
    "scenario": ("out --as-of 2025-12-31", "out --as-of 2025-12-31 --rule strict --json"),
    "adopt": ("case-plan --dry-run --months 2", "case-plan --json --months 2 --visibility FRA;UKR"),
}

#: What nobody asks in anybody's view: who keeps the register copies all of it.
OF_THE_KEEPER = {"init", "backup", "restore"}


def commands() -> dict[str, bool]:
    """List the commands of the register, with whether they are asked in somebody's view."""
    found = {}
    for family in GROUPS["register"]:
        for command in import_module(f"ringtausch.cli.{family}_commands").COMMANDS:
            found[command_name(command)] = "reader" in signature(command).parameters
    return found


@pytest.fixture(scope="module")
def same(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register that hides nothing, and what commands read beside it."""
    place = tmp_path_factory.mktemp("worlds") / "first"
    first_world(place)
    folder(
        place / "case",
        needs="n1,UKR,launcher,1,2026-01-01,,,true",
        horizon=2,
        stocks="POL,launcher,1",
        offers="o1,POL,launcher,1",
        lanes="POL,UKR,launcher,0",
    )
    assert run("plan", place / "case", "--out", place / "case-plan").exit_code == 0
    (place / "statements.csv").write_text(
        "matter,kind,milestone,giver,receiver,item,quantity,said_by,source_rank,source_date\n"
        "secret,transfer,pledged,UKR,FRA,launcher,1,UKR,1,2025-09-01\n",
        encoding="utf-8",
    )
    return place


def _worlds(same: Path, place: Path, hidden: list[Statement]) -> tuple[Path, Path]:
    first, second = copy_of(same, place / "one"), copy_of(same, place / "two")
    add(second, *hidden, sign=True)
    for world in (first, second):
        add(world, *later())
    return first, second


def _hidden(name: str) -> Statement:
    return replace(HIDDEN[name](), recorded_at="2025-08-02T12:00:00.000000Z")


@pytest.fixture(
    scope="module",
    params=[
        "all of it",
        *(pytest.param(name, marks=pytest.mark.long) for name in sorted(HIDDEN)),
    ],
)
def worlds(
    request: pytest.FixtureRequest, same: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """Both worlds; in the second, one more statement, or all that the tests know to hide."""
    names = sorted(HIDDEN) if request.param == "all of it" else [request.param]
    return _worlds(same, tmp_path_factory.mktemp("both"), [_hidden(name) for name in names])


@pytest.fixture(scope="module")
def own(same: Path) -> str:
    """The id of something that UKR has said itself."""
    with open_register(str(same / NAME)) as store:
        return next(one.id for one in store.statements("UKR") if one.matter == "o3")


def test_every_command_that_is_asked_in_somebody_s_view_is_tried() -> None:
    assert {name for name, of_reader in commands().items() if of_reader} == set(CASES)
    assert {name for name, of_reader in commands().items() if not of_reader} == OF_THE_KEEPER


@pytest.mark.parametrize("reader", ["UKR", pytest.param("public", marks=pytest.mark.long)])
@pytest.mark.parametrize("command", CASES)
def test_a_command_says_the_same_and_writes_as_much(
    worlds: tuple[Path, Path],
    own: str,
    command: str,
    reader: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Output, errors, exit code, and the names and sizes of all files; but for what chance makes."""
    hidden, codes = _hidden("a matter"), set()
    for case in CASES[command]:
        words = case.format(secret=hidden.matter, id=hidden.id, own=own).split()
        one, other = (
            _answer(world, tmp_path, monkeypatch, command, words, reader) for world in worlds
        )
        assert one == other, case
        codes.add(one[0])
    assert codes <= {0, 2}
    assert 0 in codes or reader == "public"


def _answer(
    world: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    words: list[str],
    reader: str,
) -> tuple[int, str, str, dict[str, int]]:
    """Run a command in a fresh copy of a world."""
    place = tmp_path / "here"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(world, place)
    monkeypatch.chdir(place)
    before = set(everything_in(place))
    done = run("register", command, *words, "--register", NAME, "--as", reader)
    files = {
        name: len(content)
        for name, content in everything_in(place).items()
        if name not in before and not name.startswith(NAME)
    }
    return done.exit_code, shape(done.stdout), shape(done.stderr), files


def test_in_view_of_all_the_second_world_says_more(
    worlds: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the test above would say nothing."""
    told = []
    for world in worlds:
        monkeypatch.chdir(world)
        told.append(run("register", "list", "--register", NAME).stdout)
    assert len(told[1]) > len(told[0])
    assert (worlds[0] / KEY_NAME).exists()
