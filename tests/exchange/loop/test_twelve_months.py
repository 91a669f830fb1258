"""Plan, agree, record, plan again: a year in which things are owed, paid, late, corrected and settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import ringtausch as rt
from ringtausch.exchange.loop.adopting import Proposal
from ringtausch.exchange.loop.scenario import scenario_from
from ringtausch.register.invariants import invariants
from ringtausch.register.look_through import look_through
from ringtausch.register.overdue import overdue
from ringtausch.register.positions import Positions
from ringtausch.register.postings import postings
from ringtausch.register.ranges import Range
from ringtausch.register.replacement import add_months, bare, debts
from ringtausch.register.rule import STRICT, TRACKER
from tests.exchange.loop.story import DIRECTORY, Year, say

JANUARY = date(2024, 1, 1)
SECOND_WAVE, CORRECTED, PAID_IN = 6, 1, (3, 6)
SLIPPED = date(2024, 5, 15)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """Live through a year.

    In January three leave A and two come to B; in February A corrects: two were handed over. What was to
    come in May comes in June. In July B asks for two more.
    """
    lived = Year(tmp_path_factory.mktemp("year"))
    lived.begin(JANUARY)
    for number in range(12):
        today = add_months(JANUARY, number)
        if number == CORRECTED:
            _correct(lived, today)
        if number == SECOND_WAVE:
            _second_wave(lived, today)
        made, found = lived.plan(today)
        lived.months.append((today, made, found))
        lived.agree(found, today + timedelta(days=4))
        end = add_months(today, 1) - timedelta(days=1)
        for proposal in found:
            _hand_over(lived, proposal, end - timedelta(days=5))
        if number in PAID_IN:
            event = f"instalment {number}"
            lived.append(end, say("money-of-C", "contribution", "paid_in", "C", end, giver="C",
                                  receiver="P", euros=2_000_000, event=event))  # fmt: skip
        lived.pay(end)
        lived.orders = [
            (matter, pieces, date(2024, 6, 20) if day == SLIPPED else day)
            for matter, pieces, day in lived.orders
        ]
        lived.deliver(end)
    return lived


def _hand_over(year: Year, proposal: Proposal, day: date) -> None:
    """A hands over what it pledged, B receives it; in January one is missing on the way."""
    draft = proposal.draft
    if draft.kind != "transfer" or draft.giver != "A":
        return
    assert draft.quantity is not None
    sides = {"giver": "A", "receiver": "B", "item": "launcher"}
    got = min(draft.quantity.lo, 2000) if day.month == 1 else draft.quantity.lo
    whole, received = draft.quantity, Range(got, got)
    request = "asked-by-B" if day.month < 7 else "asked-again-by-B"
    year.append(
        day,
        say(draft.matter, "transfer", "handed_over", "A", day, quantity=whole, **sides),
        say(draft.matter, "transfer", "received", "B", day, quantity=received, **sides),
        say(request, "request", "met", "A", day, quantity=received, event=draft.matter, **sides),
    )


def _correct(year: Year, day: date) -> None:
    """A corrects in February what it said in January: two were handed over, not three."""
    said = next(one for one in year.record if one.milestone == "handed_over")
    assert said.quantity == Range(3000, 3000)
    right = replace(said, id="", recorded_at="", quantity=Range(2000, 2000), corrects=said.id,
                    reason="counted again")  # fmt: skip
    year.append(day, right)


def _second_wave(year: Year, day: date) -> None:
    year.append(
        day,
        say("asked-again-by-B", "request", "asked", "B", day, giver="A", receiver="B", units=2),
        say("second-pledge-of-A", "transfer", "pledged", "A", day, giver="A", receiver="B", units=2),
        say("more-money-of-C", "contribution", "committed", "C", day, giver="C", receiver="P",
            euros=2_000_000),
    )  # fmt: skip


def test_at_the_end_nothing_is_owed_and_everything_is_where_it_should_be(year: Year) -> None:
    """A has ten again and was given six, B has the six it asked for, the pool has paid six million."""
    end = year.positions(date(2024, 12, 31))
    posted = postings(end)
    assert [debt.owed for debt in debts(end)] == [0] * len(debts(end))
    assert sum(debt.handed_over for debt in debts(end)) == 6000
    assert bare(end) == []
    assert posted.balance("A", "stock", "launcher") == 10_000
    assert posted.balance("B", "stock", "launcher") == 6000
    assert posted.balance("M", "cash", "EUR") == 6_000_000 * 10_000
    assert look_through(end, "P").by_contributor("EUR") == {"C": 6_000_000 * 10_000}


def test_what_always_holds_holds_at_every_end_of_a_month(year: Year) -> None:
    for number in range(12):
        end = year.positions(add_months(JANUARY, number + 1) - timedelta(days=1))
        assert invariants(end, postings(end)) == [], number


def test_the_debts_of_every_scenario_are_those_of_the_register(year: Year) -> None:
    for today, made, _found in year.months:
        owed = sum(debt.owed for debt in debts(year.positions(today)))
        assert sum(row.quantity for row in made.scenario.debts) * 1000 == owed, today


def test_every_plan_begins_with_the_debts_of_the_register(year: Year) -> None:
    """What is owed at the end of a plan's first month = owed before + handed over - settled in it."""
    for today, _made, _found in year.months:
        plan = rt.read_plan(year.folder / today.isoformat() / "plan")
        at_end = sum(row.quantity for row in plan.rows("debts") if row.period == 0)
        handed = sum(row.quantity for row in plan.rows("dispatches") if row.period == 0)
        settled = sum(row.quantity for row in plan.rows("settlements") if row.period == 0)
        owed = sum(debt.owed for debt in debts(year.positions(today))) / 1000
        assert at_end == owed + handed - settled, today


def test_a_missing_launcher_is_under_way_until_the_giver_corrects_itself(tmp_path: Path) -> None:
    """On the last day of January three left and two came: one is on its way to B, as far as anybody knows."""
    year = Year(tmp_path)
    year.begin(JANUARY)
    _, found = year.plan(JANUARY)
    year.agree(found, JANUARY)
    for proposal in found:
        _hand_over(year, proposal, date(2024, 1, 26))
    last = date(2024, 1, 31)
    before = scenario_from(year.positions(last), year.terms).scenario
    assert [(row.party, row.quantity) for row in before.arrivals if row.party == "B"] == [
        ("B", Decimal(1))
    ]
    _correct(year, last)
    after = scenario_from(year.positions(last), year.terms).scenario
    assert [row for row in after.arrivals if row.party == "B"] == []
    assert sum(row.quantity for row in before.debts) - sum(row.quantity for row in after.debts) == 1


def test_what_comes_late_is_awaited_at_once_and_said_to_be_late(year: Year) -> None:
    """What was ordered in February for 15 May has not come on the first of June."""
    june = next(made for today, made, _ in year.months if today == date(2024, 6, 1))
    late = [row for row in june.left_out if "2024-05-15" in row.reason]
    assert [row.reason for row in late] == [
        "it was due on 2024-05-15 and has not come; in the plan it comes at once"
    ]
    assert date(2024, 5, 15) in [row.date for row in june.scenario.arrivals]


def test_nothing_counts_of_a_proposal_that_nobody_agrees_to(tmp_path: Path) -> None:
    """The desk proposes; A, C and M say nothing: stocks, debts, dues and totals stay as they were."""
    year = Year(tmp_path)
    year.begin(JANUARY)
    before = postings(year.positions(JANUARY)).balances
    _, found = year.plan(JANUARY)
    assert {proposal.draft.kind for proposal in found} == {"transfer", "replacement", "payment"}
    for rule in (STRICT, TRACKER):
        after = Positions(year.record, rule, date(2024, 12, 31), DIRECTORY)
        assert postings(after).balances == before
        assert [debt.owed for debt in debts(after) if debt.owed] == []
        assert [row for row in overdue(after) if row.what != "promise"] == []
