"""Commands that read a register: one story from a pledge to a debt, tables, and documents by their schemas."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.registers import add, answer, example, identifiers, lines, small
from tests.cli.running import json_of, run
from tests.cli.test_schemas import valid


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand beside a small register: two launchers handed over, one received, one month to replace."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RINGTAUSCH_REGISTER", raising=False)
    small(tmp_path)
    add()
    add(milestone="handed_over", source_rank="1", source_date="2025-08-10")
    add(
        milestone="received", quantity="1", said_by="UKR", source_rank="1", source_date="2025-08-12"
    )
    return tmp_path


def replaced(**more: str) -> Any:
    """Agree that Poland replaces Germany's launchers."""
    fields = {
        "matter": "DEU-1:back",
        "kind": "replacement",
        "milestone": "agreed",
        "giver": "POL",
        "receiver": "DEU",
        "said_by": "POL",
        "terms_of": "DEU-1",
        "source_date": "2025-08-11",
    }
    return add(**{**fields, **more})


def test_what_was_handed_over_and_not_agreed_upon_is_bare(here: Path) -> None:
    said = lines("conflicts", "--as-of", "2025-09-01")
    assert said[2:] == [
        "Giver and receiver do not say the same:",
        "matter  from and to  handed over  received  missing     days  why",
        "DEU-1   DEU → UKR              2         1  1 launcher    22  transfer",
        "",
        "BARE: handed over, and nobody has agreed to replace it or waived that:",
        "BARE   giver and receiver  how much    days",
        "DEU-1  DEU → UKR           2 launcher    22",
        "",
        "0 conflicts, 1 discrepancy, 1 bare hand-over",
    ]
    assert (here / "ringtausch.sqlite").exists()


def test_a_debt_is_overdue_after_its_day_and_not_on_it(here: Path) -> None:
    assert replaced(terms_within="1").exit_code == 0
    late = lines("overdue", "--as-of", "2025-09-11")
    assert late[2:] == [
        "Overdue:",
        "what         matter      who to whom  how much    due         days",
        "replacement  DEU-1:back  POL → DEU    2 launcher  2025-09-10     1",
    ]
    assert lines("overdue", "--as-of", "2025-09-10")[-1] == (
        "Nothing is overdue, and nobody waits for an answer."
    )
    balance = answer("balance", "--party", "POL", "--as-of", "2025-09-11")
    assert [(one["owed"], one["due"]) for one in balance["debts"]] == [("2", "2025-09-10")]
    assert [(one["account"], one["amount"]) for one in balance["accounts"]] == [("owes", "-2")]
    assert (here / "ringtausch.sqlite").exists()


def test_a_request_waits_with_its_age_and_how_often_it_was_made(here: Path) -> None:
    asked = {"matter": "ask", "kind": "request", "milestone": "asked", "said_by": "UKR"}
    add(**asked, event="first", source_date="2025-04-01")
    add(**asked, event="again", source_date="2025-06-01", quantity="")
    assert lines("waiting", "--as-of", "2025-09-01")[2:] == [
        "request  who asks for what         first       times  days  answer",
        "ask      UKR: at least 2 launcher  2025-04-01      2   153  no answer",
    ]
    assert "Asked, and not answered:" in lines("overdue", "--as-of", "2025-09-01")
    assert (here / "ringtausch.sqlite").exists()


def test_a_request_for_the_same_is_repeated_without_its_quantity(here: Path) -> None:
    """How much is asked for stands once, in the whole; quantities of named events would add up."""
    asked = {"matter": "ask", "kind": "request", "milestone": "asked", "said_by": "UKR"}
    add(**asked, source_date="2025-04-01")
    add(**asked, event="april", source_date="2025-04-01", quantity="")
    add(**asked, event="june", source_date="2025-06-01", quantity="")
    assert lines("waiting", "--as-of", "2025-09-01")[-1] == (
        "ask      UKR: 2 launcher    2025-04-01      2   153  no answer"
    )
    add(**asked, source_date="2025-07-01", quantity="5")
    more = {**asked, "matter": "more"}
    add(**more, event="april", source_date="2025-04-02")
    add(**more, event="june", source_date="2025-06-01", quantity="3")
    assert lines("waiting", "--as-of", "2025-09-01")[-2:] == [
        "ask      UKR: 5 launcher    2025-04-01      2   153  no answer",
        "more     UKR: 5 launcher    2025-04-02      2   152  no answer",
    ]
    assert (here / "ringtausch.sqlite").exists()


def test_what_is_asked_for_is_told_and_not_what_is_answered(here: Path) -> None:
    """Two were asked for; five were offered."""
    asked = {"matter": "ask", "kind": "request", "source_date": "2025-04-01"}
    add(**asked, milestone="asked", said_by="UKR")
    add(**{**asked, "source_date": "2025-07-11"}, milestone="validated", quantity="5")
    assert lines("waiting", "--as-of", "2025-09-01")[-1].startswith("ask      UKR: 2 launcher")
    (request,) = answer("waiting", "--as-of", "2025-09-01")["requests"]
    assert (request["quantity"]["lo"], request["answer"]) == ("2", "validated")
    assert (here / "ringtausch.sqlite").exists()


def test_a_position_names_its_milestones_and_who_says_otherwise(here: Path) -> None:
    add(quantity="5", said_by="press", source_rank="5", source_date="2025-08-02")
    said = lines("position", "DEU-1", "--as-of", "2025-09-01")
    assert said[2] == "DEU-1: transfer, received"
    assert "Has got at least so far: received 1, handed_over 2" in " ".join(said)
    assert (
        said[-1] == "pledged    what   2 launcher (DEU, 2025-08-01)  5 launcher (press, 2025-08-02)"
    )
    before = answer("position", "DEU-1", "--as-of", "2025-08-05")["positions"][0]
    assert (before["state"], before["reached"]["pledged"]["lo"]) == ("pledged", "2")
    strict = answer("position", "DEU-1", "--rule", "strict")["positions"][0]
    assert strict["conflicts"] == []
    assert (here / "ringtausch.sqlite").exists()


def test_money_is_added_over_a_boundary_and_seen_through_a_pool(here: Path) -> None:
    money = {"item": "", "currency": "EUR", "receiver": "FUND", "source_rank": "1"}
    for name, amount in (("DEU", "100"), ("FRA", "200")):
        add(**money, matter=f"in-{name}", kind="contribution", milestone="paid_in", giver=name,
            said_by="FUND", quantity=amount)  # fmt: skip
    add(**{**money, "receiver": "POL"}, matter="out", kind="payment", milestone="paid",
        giver="FUND", said_by="FUND", quantity="150", source_date="2025-08-05")  # fmt: skip
    totals = answer("totals", "--by", "contributor", "--pool", "FUND", "--currency", "EUR")
    assert {row["contributor"]: row["amount"] for row in totals["rows"]} == {
        "DEU": "50.00",
        "FRA": "100.00",
    }
    through = answer("look-through", "FUND")
    assert through["holds"]
    assert {lot["contributor"]: lot["undisbursed"] for lot in through["lots"]} == {
        "DEU": "50",
        "FRA": "100",
    }
    flows = answer("flows", "FUND", "POL")
    assert (flows["holds"], flows["new_money"]) == (True, {"EUR": "300"})
    assert "It ties to the last cent." in lines("look-through", "FUND")
    assert "new money  EUR       300.00" in lines("flows", "FUND,POL")
    assert run("register", "look-through", "DEU").stderr == '"DEU" is no pool of the directory\n'
    assert (here / "ringtausch.sqlite").exists()


def test_a_list_is_filtered_and_a_wrong_filter_refused(here: Path) -> None:
    assert [
        row["columns"]["milestone"] for row in answer("list", "--said-by", "UKR")["statements"]
    ] == ["received"]
    assert len(answer("list", "--party", "UKR", "--matter", "DEU-*")["statements"]) == 3
    assert lines("list", "--since", "2999") == ["No statement in view is like that."]
    wrong = run("register", "list", "--kind", "transfr", "--milestone", "recieved", "--since", "x")
    assert (wrong.exit_code, len(wrong.stderr.splitlines())) == (2, 3)
    assert 'did you mean "received"?' in wrong.stderr
    assert (here / "ringtausch.sqlite").exists()


def test_a_matter_that_nobody_speaks_of_is_named_with_the_nearest(here: Path) -> None:
    for command in ("show DEU-2", "position DEU-2", "conflicts DEU-2"):
        wrong = run("register", *command.split())
        assert (wrong.exit_code, wrong.stdout) == (2, "")
        assert 'nothing is said here of a matter "DEU-2"; did you mean "DEU-1"?' in wrong.stderr
    assert run("register", "position", "DEU-1", "--party", "DEU").exit_code == 2
    assert (here / "ringtausch.sqlite").exists()


def test_a_statement_is_proved_and_the_record_has_only_grown(here: Path) -> None:
    first = identifiers()[0]
    early = run("register", "prove", first)
    assert early.exit_code == 2
    assert "no checkpoint holds the statement" in early.stderr
    kept = run("register", "checkpoint", "--key", "keys/desk.key")
    (here / "kept.txt").write_text(kept.stdout, encoding="utf-8")
    assert (here / "keys/desk.key").stat().st_mode & 0o077 == 0
    add(matter="DEU-9")
    run("register", "checkpoint", "--key", "keys/desk.key")
    proof = answer("prove", first[:8], "--since", "kept.txt")
    assert (proof["holds"], proof["inclusion"]["size"], len(proof["consistency"])) == (True, 4, 1)
    wrong = run("register", "checkpoint", "--key", "keys/other.key")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "another key signs for this register" in wrong.stderr
    forged = re.sub(r"^3$", "2", kept.stdout, flags=re.MULTILINE)
    (here / "forged.txt").write_text(forged, encoding="utf-8")
    refused = run("register", "prove", "--since", "forged.txt")
    assert (refused.exit_code, refused.stdout) == (2, "")
    (here / "none.txt").write_text("nothing\n", encoding="utf-8")
    assert run("register", "prove", "--since", "none.txt").exit_code == 2
    assert run("register", "prove").exit_code == 2


def test_an_export_is_audited_and_a_changed_byte_is_found(here: Path) -> None:
    assert run("register", "export", "out").exit_code == 0
    good = run("audit", "out", "--json")
    assert (good.exit_code, valid(json_of(good))["ok"]) == (0, True)
    again = run("register", "export", "out")
    assert (again.exit_code, "--force" in again.stderr) == (2, True)
    assert run("register", "export", "out", "--force").exit_code == 0
    tree = here / "out/trees/public.jsonl"
    tree.write_text(tree.read_text("utf-8").replace("[2000,2000]", "[3000,3000]", 1), "utf-8")
    bad = run("audit", "out")
    assert (bad.exit_code, bad.stdout) == (1, "")
    assert bad.stderr.startswith("trees/public.jsonl:1: ")
    finding = valid(json_of(run("audit", "out", "--json")))["finding"]
    assert (finding["file"], finding["line"]) == ("trees/public.jsonl", 1)
    gone = run("audit", "gone")
    assert (gone.exit_code, gone.stdout) == (2, "")


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "t.jsonl", "folder"])
def test_a_table_that_was_exported_can_be_imported_again(name: str, here: Path) -> None:
    """A folder brings its parties and items along; a file goes into a register that knows them."""
    run("register", "export", "folder", "--format", "csv")
    if name != "folder":
        assert run("register", "export", name).exit_code == 0
    run("register", "init", "--register", "again.db", "--directory", "folder")
    found = run("register", "import", name, "--recorded-from-sources", "--register", "again.db")
    assert found.exit_code == 0, found.stderr
    assert answer("list") == answer("list", "--register", "again.db")
    assert (here / "again.db").exists()


def test_an_unknown_format_is_refused(here: Path) -> None:
    wrong = run("register", "export", "out", "--format", "pdf")
    assert (wrong.exit_code, wrong.stderr) == (
        2,
        (
            '--format: "pdf" is none of own, csv, xlsx, jsonl, positions, data-package, beancount,'
            " iati\n"
        ),
    )
    assert not (here / "out").exists()


def test_a_backup_is_the_register_again(here: Path) -> None:
    assert run("register", "backup", "b.db").exit_code == 0
    assert run("register", "backup", "b.db").exit_code == 2
    assert run("register", "restore", "b.db", "--register", "c.db").exit_code == 0
    assert run("register", "restore", "b.db", "--register", "c.db").exit_code == 2
    assert answer("list") == answer("list", "--register", "c.db")
    assert (here / "c.db").exists()


DOCUMENTS = (
    *("list", "show patriot:DEU:UKR", "position", "balance", "overdue", "waiting", "conflicts"),
    *("totals --rung announced", "totals --rung announced --since 2025-08", "flows UKR"),
    *("look-through ORG-PURL", "checkpoint", "export out", "export t.xlsx"),
)


@pytest.fixture
def summer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand beside the register of the example."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RINGTAUSCH_REGISTER", raising=False)
    example(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", DOCUMENTS)
def test_a_document_is_what_its_schema_says_and_a_table_fits(command: str, summer: Path) -> None:
    document = run("register", *command.split(), "--json")
    assert (document.exit_code, document.stderr) == (0, "")
    valid(json.loads(document.stdout))
    table = run("register", *command.split(), *(["--force"] if "export" in command else []))
    assert table.exit_code == 0
    if command != "checkpoint":  # a signature is one word
        assert max(map(len, table.stdout.splitlines())) <= 80
    assert (summer / "ringtausch.sqlite").exists()


def test_what_is_said_of_one_statement_is_what_its_schema_says(summer: Path) -> None:
    run("register", "checkpoint")
    first = identifiers()[0]
    for command in (
        f"show {first}",
        f"prove {first}",
        f"redact {first} --approved-by a --reason b",
    ):
        valid(json_of(run("register", *command.split(), "--json")))
    assert (summer / "ringtausch.sqlite").exists()


def test_what_is_recorded_is_told_by_its_schema(here: Path) -> None:
    made = valid(json_of(add("--json", matter="DEU-4")))
    (row,) = made["statements"]
    assert row["columns"]["matter"] == "DEU-4"
    tried = valid(json_of(add("--json", "--dry-run", matter="DEU-5")))
    assert "id" not in tried["statements"][0]["columns"]
    run("register", "export", "copy", "--format", "csv")
    valid(json_of(run("register", "init", "--register", "n.db", "--json")))
    valid(json_of(run("register", "import", "copy", "--register", "n.db", "--json")))
    assert (here / "n.db").exists()
