"""The public-facts tables of 2025 as statements: counted once, as known then and as known later."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ringtausch.exchange.imported import Imported, recorded_from_sources
from ringtausch.exchange.patriot import read_patriot
from ringtausch.records.problems import InvalidInput
from ringtausch.register.checking import Place, check_statement
from ringtausch.register.dates import end_of_day
from ringtausch.register.position import Position
from ringtausch.register.positions import Positions
from ringtausch.register.question import Question
from ringtausch.register.ranges import Range
from ringtausch.register.rule import TRACKER, Rule, read_rule
from ringtausch.register.statement import Statement
from ringtausch.register.totals import Total, total
from ringtausch.register.view import ALL, view
from tests.exchange.shared_data import recorded, shared
from tests.project_files import ROOT

EXAMPLE = ROOT / "examples" / "register-2025"
STRICT_USD = read_rule(EXAMPLE / "strict-in-dollars.toml")
TRACKER_USD = read_rule(EXAMPLE / "tracker-in-dollars.toml")
MILLION = 10**10  # ten-thousandths
YEAR_END = date(2025, 12, 31)
LATER = date(2026, 6, 1)
GERMAN = "patriot:DEU:UKR"


@cache
def imported(path: Path) -> Imported:
    return read_patriot(path)


@cache
def statements(path: Path) -> tuple[Statement, ...]:
    return recorded_from_sources(imported(path).drafts)


def positions(rule: Rule, as_of: date, known: date, without: str = "") -> Positions:
    path = shared("patriot-2025")
    seen = view(
        statements(path), reader=ALL, known_at=end_of_day(known), directory=imported(path).directory
    )
    kept = [one for one in seen if not without or one.said_by != without]
    return Positions(kept, rule, as_of, imported(path).directory)


def purl(rule: Rule, as_of: date, known: date = LATER) -> Total:
    return money(rule, as_of, known, currency="USD", pool="ORG-PURL")


def money(rule: Rule, as_of: date, known: date = LATER, **asked: Any) -> Total:
    question = Question(("contribution",), "announced", by="giver", **asked)
    return total(positions(rule, as_of, known), question)


def in_millions(amount: Any) -> float | None:
    return None if amount is None else round(float(amount / MILLION), 2)


def purl_rows() -> list[dict[str, str]]:
    with (shared("patriot-2025") / "pledges.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["row_id"].startswith("L-PURL-")]
    return [row for row in rows if row["announced_date"] < "2026"]


def test_every_table_is_recorded_without_a_problem() -> None:
    path = shared("patriot-2025")
    assert len(recorded(imported(path))) == len(imported(path).drafts) > 360


def test_what_is_left_out_is_named_with_its_reason() -> None:
    """All other rows are said: the reader itself asserts it."""
    left = {one.row: one.reason for one in imported(shared("patriot-2025")).left_out}
    where_items_are = {"C049", "G-SVK-2b", "G-SVK-2c", "I-NLD-06", "I-ITA-02", "I-USA-01"}
    undated = {"I-UKR-07", "O-UKR-02", "O-NOR-01", "R-IRIS-27"}
    empty = {"I-NLD-05", "I-UKR-05", "G-SVK-3b"}
    assert set(left) == where_items_are | undated | empty
    assert left["O-UKR-02"] == "no date stands on its page, so that no day can ask for it"


def test_the_rows_of_the_fund_added_blindly_are_twice_what_was_pledged() -> None:
    """37 rows of 2025: USD 6,855.7m and EUR 2,255m, 9,478.5m dollars at 1.1631; published are 4.3 to 5bn."""
    rows = purl_rows()
    dollars = [row["amount_usd_m_reported"] for row in rows]
    left = [row for row in rows if not row["amount_usd_m_reported"] and row["amount_m"]]
    assert len(rows) == 37
    told = sum(float(text) for text in dollars if text)
    told += sum(float(row["amount_m"]) for row in left if row["currency"] == "USD")
    euros = sum(float(row["amount_m"]) for row in left if row["currency"] == "EUR")
    assert (round(told, 1), euros) == (6855.7, 2255.0)
    assert round(told + euros * 1.1631, 1) == 9478.5


def test_the_fund_comes_to_what_was_published_when_everything_counts_once() -> None:
    answer = purl(TRACKER_USD, YEAR_END)
    assert in_millions(answer.lo) == 4359.28
    assert answer.hi is None
    assert answer.unknowns == 3  # Luxembourg, Slovenia (secret) and Romania give no figure
    assert 4300 <= float(answer.lo / MILLION) <= 5000


def test_strictly_only_what_the_givers_themselves_say_counts() -> None:
    answer = purl(STRICT_USD, YEAR_END)
    assert in_millions(answer.lo) == 3885.18
    counted = {line.matter for line in answer.lines}
    assert counted.isdisjoint({"L-PURL-02", "L-PURL-13", "L-PURL-07", "L-PURL-20", "L-PURL-18b"})


@pytest.mark.parametrize("rule", [STRICT_USD, TRACKER_USD], ids=lambda rule: rule.name)
def test_every_row_of_the_fund_is_counted_or_named_with_a_reason(rule: Rule) -> None:
    """A row is counted, the same as another one, nested, a stated total, or not of an admitted class."""
    answer = purl(rule, YEAR_END)
    counted = {line.matter for line in answer.lines}
    named = {one.matter: one.why for one in answer.uncounted}
    where = positions(rule, YEAR_END, LATER)
    for row in purl_rows():
        name = row["row_id"]
        not_admitted = not where.of(name).facts
        assert name in counted or name in named or not_admitted, name
    same = {name for name, why in named.items() if why == "same as" and name.startswith("L-PURL")}
    assert same >= {
        *("L-PURL-03b", "L-PURL-11b", "L-PURL-15", "L-PURL-16b", "L-PURL-18b"),
        *("L-PURL-19b", "L-PURL-22b"),
    }


def test_nested_and_stated_rows_of_the_fund_add_nothing() -> None:
    answer = purl(TRACKER_USD, YEAR_END)
    new = {line.matter: in_millions(line.new) for line in answer.lines}
    assert new["L-PURL-02"] == 0  # 275 + 90 + 146 are more than the 500 they lie in
    assert [(line.matter, in_millions(line.nested.excess)) for line in answer.excess] == [
        ("L-PURL-02", 11.0)
    ]
    assert new["L-PURL-13"] == 59.4  # 500 less 12, 115.6, 200, 60 and 53
    why = {one.matter: one.why for one in answer.uncounted}
    assert why["L-PURL-17b"] == "a stated total"


def test_what_the_fund_was_known_to_hold_grew_with_what_was_known() -> None:
    days = [date(2025, 8, 5), date(2025, 8, 31), date(2025, 11, 13), YEAR_END]
    known_then = [in_millions(purl(TRACKER_USD, day, day).lo) for day in days]
    known_later = [in_millions(purl(TRACKER_USD, day).lo) for day in days]
    assert known_then == [1089.0, 1704.6, 2298.18, 4359.28]
    # By 13 November: 578 + 511 + up to 500 of Germany's + 500 + 115.6 + 5.78 + 30 + 57.8 + 500. The 30 of
    # Lithuania were reported in September, as pledged in August.
    assert known_later == [1089.0, 1734.6, 2298.18, 4359.28]


def test_norways_pledges_are_846_and_its_stated_total_is_835() -> None:
    answer = purl(TRACKER_USD, YEAR_END)
    norway = next(row for row in answer.rows if row.names == ("NOR",))
    assert in_millions(norway.lo) == 846
    stated = next(one for one in answer.stated if one.matter == "L-PURL-17b")
    assert (in_millions(stated.lo), in_millions(stated.untold)) == (835, -11)


@pytest.mark.parametrize("rule", [STRICT_USD, TRACKER_USD], ids=lambda rule: rule.name)
def test_spains_billion_is_100_for_the_fund_and_no_new_money(rule: Rule) -> None:
    spain = frozenset({"ESP"})
    fund = money(rule, date(2025, 11, 30), currency="EUR", pool="ORG-PURL", givers=spain)
    assert in_millions(fund.lo) == 100
    before = money(rule, date(2025, 10, 31), currency="EUR", givers=spain)
    after = money(rule, date(2025, 11, 30), currency="EUR", givers=spain)
    assert (in_millions(after.lo), in_millions(after.lo - before.lo)) == (1000, 0)
    assert [in_millions(line.new) for line in after.lines] == [385, 515, 100]


def german(day: date, known: date, rule: Rule = TRACKER) -> Position:
    return positions(rule, day, known).of(GERMAN)


def pledged(day: date, known: date) -> tuple[int, int]:
    """Return what Germany had pledged by itself, and what Germany and Norway had pledged together."""
    found = positions(TRACKER, day, known)
    question = Question(("transfer",), "pledged", item="patriot-system", by="giver")
    own = found.of(GERMAN)
    both = {
        line.matter: line.new
        for line in total(found, question).lines
        if line.matter in {GERMAN, "patriot:NOR:UKR"}
    }
    return own.reached("pledged").lo // 1000, int(sum(both.values())) // 1000


def test_the_german_systems_on_each_day_as_known_then() -> None:
    days = [(7, 10), (7, 14), (7, 22), (7, 25), (8, 1), (9, 9), (11, 5)]
    found = {f"{month}-{day}": pledged(*[date(2025, month, day)] * 2) for month, day in days}
    assert found == {
        "7-10": (2, 3),  # Kyiv's president: Germany two, Norway one
        "7-14": (0, 1),  # the minister: definitely no more
        "7-22": (2, 1),  # two, if replaced: counted apart
        "7-25": (2, 1),
        "8-1": (2, 3),
        "9-9": (2, 2),  # Norway pays half of the two: its one lies in them
        "11-5": (2, 2),
    }


def test_as_known_later_norways_one_was_never_a_third() -> None:
    known_later = [pledged(date(2025, month, 10), LATER)[1] for month in (7, 8, 9, 10)]
    assert known_later == [2, 2, 2, 2]


def test_the_german_promise_waits_for_its_condition_until_it_is_told_without_one() -> None:
    assert german(date(2025, 7, 22), LATER).conditional
    assert not german(date(2025, 8, 1), LATER).conditional
    assert german(date(2025, 11, 5), LATER).state == "received"


def test_five_missiles_count_from_when_others_give_thirty() -> None:
    before = positions(TRACKER, date(2026, 3, 1), LATER).of("pac-3:DEU:UKR")
    after = positions(TRACKER, date(2026, 3, 10), LATER).of("pac-3:DEU:UKR")
    assert (before.conditional, after.conditional) == (True, False)


def swap(without: str = "") -> tuple[Position, Position]:
    found = positions(TRACKER, LATER, LATER, without)
    return found.of("ring:G-POL-1"), found.of("ring:G-POL-1:replacement")


def test_both_versions_of_the_german_polish_swap_stand_side_by_side() -> None:
    given, owed = swap()
    conflicts = [
        (one.winner.known_quantity, one.loser.known_quantity)
        for one in (*given.conflicts, *owed.conflicts)
        if one.group == "what"
    ]
    assert (Range(240_000, 240_000), Range(200_000, 250_000)) in conflicts
    assert (Range(20_000, 20_000), Range(44_000, 58_000)) in conflicts
    assert "disputed" in owed.rungs


def test_each_version_of_the_german_polish_swap_can_be_replayed() -> None:
    _given, polish = swap(without="DEU")
    _given, german = swap(without="POL")
    assert polish.reached("agreed") == Range(44_000, 58_000)
    assert german.reached("agreed") == Range(20_000, 20_000)


def test_a_unit_that_an_item_does_not_have_is_refused_and_not_converted() -> None:
    path = shared("patriot-2025")
    directory = imported(path).directory
    said = next(one for one in statements(path) if one.item == "patriot-system")
    (problem,) = check_statement(said, directory, Place("said.csv", 2, unit="launcher"))
    assert problem.column == "unit"
    units = {name: item.unit for name, item in directory.items.items()}
    assert [
        units[f"patriot-{unit}"] for unit in ("system", "battery", "fire-unit", "launcher")
    ] == [*("system", "battery", "fire unit", "launcher")]


def test_no_note_and_no_count_of_what_is_elsewhere_comes_in() -> None:
    path = shared("patriot-2025")
    notes = set()
    for table in ("claims", "pledges", "inventories", "orderbook", "rings_2022"):
        with (path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        columns = ("note", "public_position", "what_went_wrong", "qty_deployed_abroad")
        notes |= {row[name] for row in rows for name in columns if len(row.get(name) or "") > 3}
    for one in statements(path):
        words = one.condition.words if one.condition else ""
        assert notes.isdisjoint({one.note, one.method, one.event, one.source.title, words})


def test_a_table_that_lacks_a_column_is_refused(tmp_path: Path) -> None:
    (tmp_path / "parties.csv").write_text("party_id,name\nDEU,Germany\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"parties\.csv:1: has no column kind"):
        read_patriot(tmp_path)
    with pytest.raises(InvalidInput, match=r"parties\.csv: cannot be read"):
        read_patriot(tmp_path / "absent")
