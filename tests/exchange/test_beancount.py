"""A ledger for beancount: its text, and that beancount itself finds our balances in it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from ringtausch.exchange.beancount import ACCOUNTS, InvalidLedger, beancount_text, valid_names
from ringtausch.register.accounts import STATES, Account, Balances
from ringtausch.register.directory import Directory, Party
from ringtausch.register.positions import Positions
from ringtausch.register.postings import postings
from ringtausch.register.rule import STRICT, TRACKER
from ringtausch.register.statement import Statement, Terms
from tests.properties.strategies_postings import history
from tests.register.builders import DIRECTORY, positions_of, said

GIFT: dict[str, Any] = {"giver": "DEU", "receiver": "UKR", "item": "launcher"}


def bean_check(text: str, folder: Path) -> list[str]:
    """Let beancount check a ledger; return its errors, one line each.

    It is a process of its own and never imported. Where it is absent the test is skipped.
    """
    program = Path(sys.executable).with_name("bean-check")
    if not program.exists():
        reason = "beancount for tests is absent: pip install beancount"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    file = folder / "ledger.beancount"
    file.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [str(program), "--no-cache", str(file)], capture_output=True, text=True, check=False
    )
    errors = [line for line in done.stderr.splitlines() if re.match(r"\S+:\d+:", line)]
    assert bool(errors) == bool(done.returncode), done.stderr
    return errors


def balances_in(text: str) -> Balances:
    """Read the balances out of a ledger, in the register's own names and parts."""
    names: dict[str, dict[str, str]] = {"party": {}, "commodity": {}}
    for what, valid, name in re.findall(r"^; (party|commodity) (\S+) = (.*)$", text, re.MULTILINE):
        names[what][valid] = json.loads(name)
    found: Balances = {}
    pattern = r"^\S+ balance \w+:(\S+):(\w+)  (\S+) ~ 0 (\S+)$"
    for party, state, amount, valid in re.findall(pattern, text, re.MULTILINE):
        commodity = names["commodity"][valid]
        scale = 10_000 if commodity in {"EUR", "USD"} else 1_000
        account = Account(names["party"][party], state.lower(), commodity)
        found[account] = int(Fraction(amount) * scale)
    return found


def in_its_own_world(said: Iterable[Statement], number: int) -> list[Statement]:
    """Rename matters, ids and parties, so that many histories stand in one register."""

    def name(text: str) -> str:
        return f"{text}.{number}" if text else ""

    renamed = []
    for one in said:
        terms = replace(one.terms, of=name(one.terms.of), replacer=name(one.terms.replacer))
        renamed.append(
            replace(
                one,
                matter=name(one.matter),
                same_as=name(one.same_as),
                giver=name(one.giver),
                receiver=name(one.receiver),
                said_by=name(one.said_by),
                id=name(one.id),
                corrects=name(one.corrects),
                terms=terms,
            )
        )
    return renamed


def worlds(seeds: range, length: int) -> tuple[list[Statement], Directory]:
    """Write many histories side by side, with their parties."""
    statements: list[Statement] = []
    parties: list[Party] = []
    for seed in seeds:
        statements += in_its_own_world(history(seed, length), seed)
        parties += [
            replace(
                one, name=f"{one.name}.{seed}", keeper=f"{one.keeper}.{seed}" * bool(one.keeper)
            )
            for one in DIRECTORY.parties.values()
        ]
    return statements, Directory.of(parties, list(DIRECTORY.items.values()))


def check_many(seeds: range, length: int, folder: Path) -> None:
    """Beancount accepts the ledger of many histories and finds every balance of ours."""
    statements, directory = worlds(seeds, length)
    for rule, day in ((STRICT, date(2025, 4, 10)), (TRACKER, date(2030, 1, 1))):
        positions = Positions(statements, rule, day, directory)
        text = beancount_text(positions)
        found = {account: amount for account, amount in balances_in(text).items() if amount}
        assert found == postings(positions).balances
        assert bean_check(text, folder) == []


def test_a_hand_over_with_its_debt_is_written_line_by_line(tmp_path: Path) -> None:
    """Germany gives 3 launchers; Norway owes Germany one for each, and has sent one."""
    norway: dict[str, Any] = {"giver": "NOR", "receiver": "DEU"}
    positions = positions_of(
        said("t", "transfer", "handed_over", quantity="3", on="2025-08-01", id="s1", **GIFT),
        said("r", "replacement", "agreed", on="2025-08-01", id="s2", terms=Terms(of="t"), **norway),
        said("r", "replacement", "accepted", quantity="1", item="launcher", on="2025-09-01", id="s3",
             **norway),
    )  # fmt: skip
    text = beancount_text(positions)
    assert (
        text
        == """\
; The postings of a register: rule "tracker", as of 2030-01-01
; Names as they stand here, and as they stand in the register
; party DEU = "DEU"
; party NOR = "NOR"
; party UKR = "UKR"
; commodity LAUNCHER = "launcher"

2025-08-01 commodity LAUNCHER
  name: "launcher"
  unit: "piece"

2025-08-01 open Assets:DEU:Owed
2025-08-01 open Assets:DEU:Transit
2025-08-01 open Assets:UKR:Transit
2025-08-01 open Equity:DEU:Outside
2025-08-01 open Equity:NOR:Outside
2025-08-01 open Liabilities:NOR:Owes

2025-08-01 * "r" "handed_over" ^r ^s1
  statement: "s1"
  Liabilities:NOR:Owes  -3 LAUNCHER
  Assets:DEU:Owed  3 LAUNCHER

2025-08-01 * "t" "handed_over" ^t ^s1
  statement: "s1"
  Equity:DEU:Outside  -3 LAUNCHER
  Assets:UKR:Transit  3 LAUNCHER

2025-09-01 * "r" "accepted" ^r ^s3
  statement: "s3"
  Assets:DEU:Owed  -1 LAUNCHER
  Liabilities:NOR:Owes  1 LAUNCHER
  Assets:DEU:Transit  -1 LAUNCHER
  Equity:DEU:Outside  1 LAUNCHER
  Equity:NOR:Outside  -1 LAUNCHER
  Assets:DEU:Transit  1 LAUNCHER

; What the register has in every account: to be found again
2025-09-02 balance Assets:DEU:Owed  2 ~ 0 LAUNCHER
2025-09-02 balance Assets:DEU:Transit  0 ~ 0 LAUNCHER
2025-09-02 balance Assets:UKR:Transit  3 ~ 0 LAUNCHER
2025-09-02 balance Equity:DEU:Outside  -2 ~ 0 LAUNCHER
2025-09-02 balance Equity:NOR:Outside  -1 ~ 0 LAUNCHER
2025-09-02 balance Liabilities:NOR:Owes  -2 ~ 0 LAUNCHER
"""
    )
    assert bean_check(text, tmp_path) == []


def test_an_exchange_is_two_transactions_with_one_price(tmp_path: Path) -> None:
    """The pool sells 300 USD for 270.50 EUR; beancount knows the rate, and both sums stand."""
    positions = positions_of(
        said("c", "contribution", "paid_in", quantity="300", on="2025-08-01", id="s1",
             giver="NOR", receiver="PURL", currency="USD"),
        said("x", "exchange", "exchanged", quantity="300", on="2025-08-02", id="s2", giver="PURL",
             currency="USD", terms=Terms(to_currency="EUR", to_quantity=2_705_000,
                                         rate_date="2025-08-02", rate_source="ECB")),
    )  # fmt: skip
    text = beancount_text(positions)
    lines = text.splitlines()
    begin = lines.index('2025-08-02 * "x" "exchanged" ^x ^s2')
    assert lines[begin : begin + 16] == [
        '2025-08-02 * "x" "exchanged" ^x ^s2',
        '  statement: "s2"',
        '  rate: "541/600"',
        '  rate-date: "2025-08-02"',
        '  rate-source: "ECB"',
        "  Equity:PURL:Exchange  -270.5 EUR",
        "  Assets:PURL:Fund  270.5 EUR",
        "",
        '2025-08-02 * "x" "exchanged" ^x ^s2',
        '  statement: "s2"',
        '  rate: "541/600"',
        '  rate-date: "2025-08-02"',
        '  rate-source: "ECB"',
        "  Assets:PURL:Fund  -300 USD @@ 270.5 EUR",
        "  Equity:PURL:Exchange  300 USD @@ 270.5 EUR",
        "",
    ]
    assert "2025-08-02 price USD 0.901666666667 EUR" in lines
    assert bean_check(text, tmp_path) == []


def test_names_become_valid_ones_and_the_head_tells_them_back(tmp_path: Path) -> None:
    """Names with blanks, quotes, other letters, or but for a sign the same."""
    parties = ["DEU+NOR", "DEU NOR", "łódź", '"quoted" \\ party', ""]
    positions = positions_of(
        *(
            said(f"t {number}: \n", "transfer", "handed_over", quantity="1", by="NOR", id=f"#{number}",
                 giver=name, receiver="UKR", item="launcher", on="2025-08-01")
            for number, name in enumerate(parties)
        )
    )  # fmt: skip
    text = beancount_text(positions)
    assert {account.party for account in balances_in(text)} >= set(parties[:4])
    assert "; party DEU-NOR = " in text
    assert "; party DEU-NOR-2 = " in text
    assert bean_check(text, tmp_path) == []
    names = valid_names(["a b", "a-b", "a-b-2", "a/b"], lambda name: re.sub(r"[^a-z\d]", "-", name))
    assert len(set(names.values())) == 4


def test_what_no_posting_holds_is_told() -> None:
    pledged = said(
        "t", "transfer", "handed_over", quantity="2..4", on="2025-08-01", id="s1", **GIFT
    )
    lines = beancount_text(positions_of(pledged)).splitlines()
    assert '; "t" handed_over "launcher": 2 (range)' in lines


def test_a_register_without_postings_is_an_empty_ledger(tmp_path: Path) -> None:
    text = beancount_text(positions_of())
    assert " balance " not in text
    assert bean_check(text, tmp_path) == []


def test_a_day_that_beancount_cannot_read_is_refused() -> None:
    old = said("t", "transfer", "handed_over", quantity="1", on="1699-08-01", id="s1", **GIFT)
    with pytest.raises(InvalidLedger, match="beancount reads days from 1700-01-01 to 2099-12-30"):
        beancount_text(positions_of(old))


def test_every_state_has_a_kind_of_account() -> None:
    assert set(ACCOUNTS) == set(STATES)


def test_beancount_finds_a_balance_that_is_wrong(tmp_path: Path) -> None:
    """One thousandth of an item too much in one balance is one error."""
    gift = said("t", "transfer", "handed_over", quantity="2", on="2025-08-01", id="s1", **GIFT)
    text = beancount_text(positions_of(gift))
    wrong = text.replace("Assets:UKR:Transit  2 ~", "Assets:UKR:Transit  2.001 ~")
    assert wrong != text
    (error,) = bean_check(wrong, tmp_path)
    assert "Balance failed for 'Assets:UKR:Transit'" in error


def test_beancount_finds_the_balances_of_random_histories(tmp_path: Path) -> None:
    check_many(range(40), 40, tmp_path)


@pytest.mark.long
def test_beancount_finds_the_balances_of_many_random_histories(tmp_path: Path) -> None:
    for start in range(0, 2_000, 200):
        check_many(range(start, start + 200), 80, tmp_path)
