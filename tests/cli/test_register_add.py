"""`register init`, `add`, `correct`, `redact`: what is recorded, and what is refused with nothing written."""

from __future__ import annotations

import os
import pty
import sys
from pathlib import Path

import pytest

from ringtausch.cli.register_fields import FIELDS
from ringtausch.exchange.statement_columns import COLUMNS
from tests.cli.registers import PLEDGE, add, answer, identifiers, lines, small
from tests.cli.running import PROGRAM, run


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with a small, empty register."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RINGTAUSCH_REGISTER", raising=False)
    small(tmp_path)
    return tmp_path


def refused(result: object, *said: str) -> None:
    """Hold a refusal against its sentences, and see that nothing was recorded."""
    assert (result.exit_code, result.stdout) == (2, "")  # type: ignore[attr-defined]
    assert result.stderr.splitlines() == list(said)  # type: ignore[attr-defined]


def test_a_register_is_made_once(here: Path) -> None:
    before = (here / "ringtausch.sqlite").read_bytes()
    refused(
        run("register", "init"),
        "ringtausch.sqlite: there is something already, and nothing is written over; name another place",
        "1 error",
    )
    assert (here / "ringtausch.sqlite").read_bytes() == before
    made = run("register", "init", "--register", "other.db", "--json")
    assert made.exit_code == 0
    assert '"parties": 0' in made.stdout


def test_where_there_is_no_register_every_command_says_so(here: Path) -> None:
    assert (here / "ringtausch.sqlite").exists()
    line = "gone.db: there is no such file; make a register with: ringtausch register init"
    commands = (
        *("list", "position", "balance", "totals", "overdue", "waiting", "conflicts"),
        *("checkpoint", "show x", "prove 1234", "flows DEU", "look-through FUND", "export out"),
        *("redact 1234 --approved-by a --reason b", "correct 1234 --reason b --quantity 1"),
        *("add --matter m", "import names", "backup b.db"),
    )
    for command in commands:
        refused(run("register", *command.split(), "--register", "gone.db"), line, "1 error")
    assert not (here / "gone.db").exists()


def test_an_address_comes_from_the_environment(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RINGTAUSCH_REGISTER", str(here / "elsewhere.db"))
    assert run("register", "init").exit_code == 0
    assert (here / "elsewhere.db").exists()


def test_every_column_that_can_be_said_is_an_option() -> None:
    given_by_the_register = {"id", "recorded_at", "recorded_by", "corrects", "reason"}
    assert list(FIELDS) == [name for name in COLUMNS if name not in given_by_the_register]


def test_a_statement_is_recorded_by_options(here: Path) -> None:
    said = add()
    assert said.exit_code == 0
    assert said.stdout.splitlines()[-1] == "1 statement is recorded in ringtausch.sqlite."
    (row,) = answer("list")["statements"]
    named = {name.replace("-", "_"): text for name, text in PLEDGE.items()}
    assert row["columns"] == {
        **named,
        "id": row["columns"]["id"],
        "recorded_at": row["columns"]["recorded_at"],
        "recorded_by": "desk",
        "visibility": "public",
    }
    assert (here / "ringtausch.sqlite").exists()


def test_all_fields_that_are_wrong_are_told_at_once_and_nothing_is_recorded(here: Path) -> None:
    refused(
        add(kind="transfr", giver="DEX", quantity="2,5", source_date=""),
        'statement: quantity: "2,5" has a comma; write numbers with a decimal point and no thousands'
        " separator, such as 1250.5",
        'statement: kind: "transfr" is no kind of matter; did you mean "transfer"?',
        'statement: giver: "DEX" is no party of the directory; did you mean "DEU"?',
        "statement: true_on: is empty, and so are said_on and source_date; write when it became true,"
        " was said or was published",
        "4 errors",
    )
    assert answer("list")["statements"] == []
    assert (here / "ringtausch.sqlite").exists()


def test_a_unit_that_the_item_does_not_have_is_refused(here: Path) -> None:
    refused(
        add(unit="box"),
        *add(unit="box").stderr.splitlines(),
    )
    assert 'unit: "box"' in add(unit="box").stderr
    assert answer("list")["statements"] == []
    assert (here / "ringtausch.sqlite").exists()


def test_a_step_back_is_refused_with_what_could_come_next(here: Path) -> None:
    add(milestone="pledged")
    wrong = add(milestone="considered", source_date="2025-09-01")
    assert wrong.exit_code == 2
    assert (
        '"considered" would go back behind that; next could come pledged, reserved' in wrong.stderr
    )
    assert len(identifiers()) == 1
    assert (here / "ringtausch.sqlite").exists()


def test_a_dry_run_shows_what_would_be_recorded_and_records_nothing(here: Path) -> None:
    said = add("--dry-run")
    assert said.stdout.splitlines()[-1] == "1 statement would be recorded in ringtausch.sqlite."
    assert "id " not in said.stdout
    assert identifiers() == []
    assert (here / "ringtausch.sqlite").exists()


def test_nothing_to_record_is_refused(here: Path) -> None:
    refused(
        run("register", "add"),
        "nothing to record: give --matter, --kind, --milestone …, or --file; see --help",
    )
    refused(
        run("register", "add", "--file", "a.csv", "--matter", "m"),
        "name a --file or the fields of one statement, not both",
    )
    assert (here / "ringtausch.sqlite").exists()


TABLE = """\
matter,kind,milestone,giver,receiver,item,quantity,said_by,source_rank,source_date
NOR-1,transfer,pledged,NOR,UKR,launcher,1,NOR,2,2025-08-01
NOR-1,transfer,handed_over,NOR,UKR,launcher,1,NOR,1,2025-08-20
"""


def test_a_file_is_recorded_whole_with_the_parties_beside_it(here: Path) -> None:
    (here / "more").mkdir()
    (here / "more/statements.csv").write_text(TABLE, encoding="utf-8")
    (here / "more/parties.csv").write_text("name,title\nNOR,Norway\n", encoding="utf-8")
    assert (
        "2 statements are recorded"
        in run("register", "add", "--file", "more/statements.csv").stdout
    )
    assert answer("position", "NOR-1")["positions"][0]["state"] == "handed_over"


def test_a_file_with_mistakes_is_refused_with_all_their_lines_and_adds_no_party(here: Path) -> None:
    (here / "more").mkdir()
    table = TABLE.replace("pledged", "pleged").replace("launcher,1,NOR,1", "launcher,1.5,NOR,1")
    (here / "more/statements.csv").write_text(table, encoding="utf-8")
    (here / "more/parties.csv").write_text("name,title\nNOR,Norway\n", encoding="utf-8")
    wrong = run("register", "add", "--file", "more/statements.csv")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    said = wrong.stderr.splitlines()
    assert [line.split(": ")[:2] for line in said[:-1]] == [
        ["statements.csv:2", "milestone"],
        ["statements.csv:3", "quantity"],
    ]
    assert said[-1] == "2 errors in more/statements.csv"
    assert "there is no party" in run("register", "position", "--party", "NOR").stderr


def test_a_step_that_is_refused_takes_its_whole_file_with_it(here: Path) -> None:
    """The directory is extended first; it once stayed so where the statements were refused."""
    (here / "more").mkdir()
    back = "NOR-1,transfer,pledged,NOR,UKR,launcher,1,NOR,2,2025-09-01\n"
    (here / "more/statements.csv").write_text(TABLE + back, encoding="utf-8")
    (here / "more/parties.csv").write_text("name\nNOR\n", encoding="utf-8")
    wrong = run("register", "add", "--file", "more/statements.csv")
    assert wrong.exit_code == 2
    assert wrong.stderr.startswith("statements.csv:4: milestone: NOR said ")
    assert identifiers() == []
    assert "there is no party" in run("register", "position", "--party", "NOR").stderr


def test_a_correction_takes_the_place_of_a_statement_and_both_stay_visible(here: Path) -> None:
    add()
    (first,) = identifiers()
    assert (
        run("register", "correct", first[:6], "--quantity", "3", "--reason", "a slip").exit_code
        == 0
    )
    today = answer("list")["statements"][0]["columns"]["recorded_at"][:10]
    assert lines("list")[1:] == [
        f"{first[:8]}  {today}  DEU-1 pledged      2 launcher  DEU (2)          corrected",
        f"{identifiers()[1][:8]}  {today}  DEU-1 pledged      3 launcher  DEU (2)",
        "2 statements",
    ]
    assert "a slip" in lines("show", first)[-1]
    assert answer("position", "DEU-1")["positions"][0]["reached"]["pledged"]["lo"] == "3"
    assert (here / "ringtausch.sqlite").exists()


def test_a_void_correction_puts_nothing_in_its_place(here: Path) -> None:
    add()
    (first,) = identifiers()
    assert run("register", "correct", first, "--void", "--reason", "never said").exit_code == 0
    assert lines("position")[-1] == "There is no matter in view."
    assert (here / "ringtausch.sqlite").exists()


def test_a_chain_is_made_void_as_one(here: Path) -> None:
    rows = "DEU-1,transfer,reserved,DEU,UKR,launcher,1,DEU,1,2025-08-01,swap\n"
    header = f"{TABLE.splitlines()[0]},chain\n"
    (here / "chain.csv").write_text(header + rows + rows.replace("-1", "-2"), encoding="utf-8")
    assert run("register", "add", "--file", "chain.csv").exit_code == 0
    found = run("register", "correct", identifiers()[0], "--void", "--reason", "off")
    assert found.exit_code == 0
    assert [row["standing"] for row in answer("list")["statements"]] == [False, False, False, False]
    assert (here / "ringtausch.sqlite").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--reason", "r"], "nothing to correct: give the fields that change, or --void"),
        (["--reason", " ", "--quantity", "1"], "--reason: is empty; a correction says why"),
        (
            ["--reason", "r", "--void", "--quantity", "1"],
            "--void puts nothing in its place: give no other field with it",
        ),
    ],
)
def test_a_correction_says_what_and_why(arguments: list[str], said: str, here: Path) -> None:
    add()
    refused(run("register", "correct", identifiers()[0], *arguments), said)
    assert len(identifiers()) == 1
    assert (here / "ringtausch.sqlite").exists()


def test_only_who_recorded_a_statement_corrects_it(here: Path) -> None:
    add("--recorded-by", "DEU")
    wrong = run(
        *("register", "correct", identifiers()[0], "--quantity", "3", "--reason", "r"),
        *("--recorded-by", "POL"),
    )
    assert wrong.exit_code == 2
    assert "corrects" in wrong.stderr
    assert len(identifiers()) == 1
    assert (here / "ringtausch.sqlite").exists()


def test_a_redacted_statement_is_gone_and_its_leaf_stays(here: Path) -> None:
    add()
    (first,) = identifiers()
    run("register", "checkpoint")
    gone = run("register", "redact", first, "--approved-by", "DEU", "--reason", "a name")
    assert gone.exit_code == 0
    assert identifiers() == []
    refused(
        run("register", "redact", first, "--approved-by", "DEU", "--reason", "a name"),
        f"ringtausch.sqlite: there is no statement {first}",
        "1 error",
    )
    assert run("register", "export", "out").exit_code == 0
    assert run("audit", "out").exit_code == 0
    assert (here / "out/trees/public.jsonl").read_text("utf-8").count("\n") == 2


# ---- question and answer


def on_a_terminal(folder: Path, *answers: str) -> str:
    """Add a statement on a terminal with these answers, and return what stood on it."""
    process, terminal = pty.fork()
    if process == 0:  # pragma: no cover - the program itself
        os.chdir(folder)
        os.execv(sys.executable, [*PROGRAM, "register", "add"])  # noqa: S606 - no shell
    said = b""
    waiting = list(answers)
    while True:
        try:
            said += os.read(terminal, 4096)
        except OSError:
            break
        if waiting and said.endswith((b": ",)) and b"\n" in said:
            os.write(terminal, waiting.pop(0).encode() + b"\n")
            said += b"\n"
    os.waitpid(process, 0)
    return said.decode().replace("\r\n", "\n")


ANSWERS = (
    *("DEU-1", "transfr", "transfer", "pledged", "DEU", "UKR", "launcher", "2"),
    *("DEU", "2", "Press release", "2025-08-01", "", "", ""),
)


def test_on_a_terminal_a_statement_is_asked_for_shown_and_recorded_once_agreed(here: Path) -> None:
    said = on_a_terminal(here, *ANSWERS, "y")
    assert 'there is no "transfr"; did you mean "transfer"?' in said
    assert "Record this? [y/N]" in said
    assert "1 statement is recorded" in said
    assert answer("position", "DEU-1")["positions"][0]["reached"]["pledged"]["lo"] == "2"


def test_on_a_terminal_a_no_records_nothing(here: Path) -> None:
    said = on_a_terminal(here, *ANSWERS, "n")
    assert "Nothing was recorded." in said
    assert identifiers() == []
