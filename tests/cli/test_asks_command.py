"""`ringtausch asks`: the table, the message, the smallest set, and everything it refuses."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]  # comes without types
import pytest

from tests.builders import folder
from tests.cli.running import PROGRAM, json_of, run
from tests.cli.schemas import schema_of
from tests.project_files import text_of

TABLE = """\
    changes first   the sentence to ask with
────────────────────────────────────────────────────────────────────────────────
1   unmet_need −2   If B offered 1 gun to U, U's need n would be met in January
                    2025 instead of never; B is promised no replacement.

2 change nothing; --all lists them
"""


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """U needs two guns of which A offers one; B has one that it does not offer."""
    monkeypatch.chdir(tmp_path)
    return folder(
        tmp_path / "case",
        horizon=2,
        objectives=["unmet_need", "capability_gap", "moved_value"],
        parties="A; B; U",
        items="gun,,,true",
        infer=False,
        stocks="A,gun,2; B,gun,1",
        floors="A,gun,2025-01-01,2,1",
        offers="a,A,gun,1",
        lanes="*,U,gun",
        needs="n,U,gun,2,2025-01-01",
    )


def test_the_table_fits_80_columns_and_counts_what_it_leaves_out(case: Path) -> None:
    said = run("asks", case)
    assert said.exit_code == 0
    table, _, last = said.stdout.rpartition("3 asks, ")
    assert re.fullmatch(r"\d+\.\d s\n", last)
    assert table == TABLE
    assert max(map(len, said.stdout.splitlines())) <= 80


def test_top_and_all(case: Path) -> None:
    both = run("asks", case, "--top", "1", "--all").stdout
    assert "2 more below these; --all lists them" in both
    everything = run("asks", case, "--all").stdout
    assert "3   no change" in everything
    assert "--all" not in everything


def test_the_message_is_what_its_schema_and_the_page_say(case: Path) -> None:
    said = json_of(run("asks", case, "--json"))
    jsonschema.validate(said, schema_of("asks-1"))
    assert said["base"]["objectives"]["unmet_need"] == 2
    assert [ask["family"] for ask in said["asks"]] == ["stock", "gap", "more"]
    shown = [
        json.loads(block)
        for block in re.findall(
            r"```json\n(.+?)```", text_of("docs/reference/json.md"), flags=re.DOTALL
        )
    ]
    example = next(one for one in shown if one["schema"] == "ringtausch/asks/1")
    top = json_of(run("asks", case, "--top", "1", "--json"))
    assert example | {"seconds": 0} == top | {"seconds": 0}


def test_edits_come_first(case: Path) -> None:
    """B's gun spares A its gap once U needs no more than one."""
    said = json_of(run("asks", case, "--edit", "needs[need=n].quantity=1", "--json"))
    assert said["base"]["objectives"]["unmet_need"] == 0
    assert [ask["first"] for ask in said["asks"]] == ["capability_gap", "", ""]


def test_the_smallest_set_is_told_with_what_follows(case: Path) -> None:
    """One who is asked unwillingly comes before two who are asked willingly."""
    (case / "reluctance.csv").write_text("row,weight\noffers[party=B],5\n", encoding="utf-8")
    said = run("asks", case, "--reach", "need=n by=2025-01-01")
    assert said.stdout.splitlines()[2:8] == [
        "1   1 concession    If B offered 1 gun to U, U's need n would be met from",
        "    reluctance 5    January 2025 on; B is promised no replacement.",
        "2   2 concessions   If A offered 1 gun more (a) and A accepted to be 2 gun below",
        "    reluctance 2    its floor instead of 1 gun, U's need n would be met from",
        "                    January 2025 on; A is promised no replacement and would be 2",
        "                    unit-months more below its floor.",
    ]
    found = json_of(run("asks", case, "--reach", "need=n by=2025-01-01", "--json"))
    jsonschema.validate(found, schema_of("asks-1"))
    assert (found["base"], found["reach"]["status"], found["reach"]["proved"]) == (
        None,
        "reached",
        True,
    )
    assert [one["edits"] for one in found["reach"]["sets"]] == [
        ["+offers[offer=ask-B-gun-U,party=B,item=gun,quantity=1,to=U]"],
        [
            "offers[offer=a].quantity=2",
            "floors[party=A,capability=gun,from=2025-01-01].max_gap=2",
        ],
    ]


def test_what_cannot_be_reached_is_said(case: Path) -> None:
    said = run(
        "asks", case, "--edit", "needs[need=n].quantity=9", "--reach", "need=n by=2025-01-01"
    )
    assert (said.exit_code, said.stdout) == (
        0,
        (
            "No concessions of the list reach need=n by=2025-01-01, not even all of them.\n"
            "Larger ones may: --units, --months, --amount.\n"
        ),
    )


def test_a_limit_before_any_set_is_exit_4(case: Path) -> None:
    said = run("asks", case, "--reach", "need=n by=2025-01-01", "--time-limit", "0")
    assert (said.exit_code, said.stdout) == (4, "Time ran out; it takes at least 0 concessions.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--top", "0"], "--top: 0 is below 1"),
        (["--units", "0"], "--units: 0.0 is not above 0 and below 1e+09"),
        (["--units", "1e30"], "--units: 1e+30 is not above 0 and below 1e+09"),
        (["--months", "-1"], "--months: -1 is not above 0 and below 1e+09"),
        (["--amount", "nan"], "--amount: nan is not above 0 and below 1e+15"),
        (["--time-limit", "-1"], "--time-limit: -1.0 is no number of seconds"),
        (["--reach", "need=m by=2025-01-01"], 'goal: need: there is no need "m"; known are n'),
        (["--reach", "need=n by=2025-01-01", "--reluctance", "no.csv"], "no.csv: cannot be read:"),
        (["--reach", "need=n by=2025-01-01", "--top", "1"], "--top: cannot be used with --reach"),
        (["--reach", "need=n by=2025-01-01", "--all"], "--all: cannot be used with --reach"),
        (["--reluctance", "no.csv"], "--reluctance: counts with --reach only"),
        (["--edit", "needs[need=m].quantity=1"], "needs[need=m].quantity=1"),
    ],
)
def test_what_means_nothing_is_refused_in_a_line(
    arguments: list[str], said: str, case: Path
) -> None:
    answer = run("asks", case, *arguments)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr.splitlines()[0].startswith(said)
    assert len(answer.stderr.splitlines()) <= 2


def test_bad_input_is_a_message_too(case: Path) -> None:
    said = run("asks", case, "--reach", "need=m by=2025-01-01", "--json")
    assert said.exit_code == 2
    message = json_of(said)
    jsonschema.validate(message, schema_of("asks-1"))
    assert (message["status"], len(message["problems"])) == ("invalid", 1)


def test_a_scenario_without_a_plan_is_exit_3(case: Path) -> None:
    said = run("asks", case, "--edit", "needs[need=n].hard=true")
    assert (said.exit_code, said.stdout) == (3, "")
    assert "To mend it: ringtausch diagnose" in said.stderr
    assert json_of(run("asks", case, "--edit", "needs[need=n].hard=true", "--json"))["status"] == (
        "infeasible"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
def test_on_a_terminal_all_asks_are_shown_at_once(case: Path) -> None:
    """The error stream is a terminal; the table of the end stands on the standard output alone."""
    terminal, end = os.openpty()
    pieces: list[bytes] = []

    def read() -> None:
        with suppress(OSError):  # how a terminal says that nobody writes any more
            while piece := os.read(terminal, 4096):
                pieces.append(piece)

    reader = threading.Thread(target=read)
    reader.start()
    with subprocess.Popen(
        [*PROGRAM, "asks", str(case)], stdout=subprocess.PIPE, stderr=end, text=True
    ) as program:
        table, _ = program.communicate(timeout=120)
    os.close(end)
    reader.join(timeout=10)
    os.close(terminal)
    shown = b"".join(pieces).decode()
    assert program.returncode == 0
    assert table.startswith(TABLE)
    assert "0 of 3 answered" in shown
    assert re.search(r"…\s+A offered 1 gun more \(a\)", shown)
