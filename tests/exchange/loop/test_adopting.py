"""What a plan proposes: which matters, by whom, due when, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

import ringtausch as rt
from ringtausch.exchange.loop.adopting import (
    Adopted,
    Proposal,
    Recorder,
    new_suppliers,
    proposals,
)
from ringtausch.exchange.loop.charges import shares
from ringtausch.exchange.loop.plan_hash import plan_hash
from ringtausch.records.problems import InvalidPlan
from ringtausch.register.directory import Directory
from ringtausch.register.positions import Positions
from ringtausch.register.ranges import Range
from ringtausch.register.rule import STRICT
from ringtausch.register.statement import Terms
from tests.exchange.loop.story import DIRECTORY, Year, say

JANUARY = date(2024, 1, 1)


@pytest.fixture
def year(tmp_path: Path) -> Year:
    """Stand at the beginning of the year, with its first plan."""
    begun = Year(tmp_path)
    begun.begin(JANUARY)
    return begun


def adopted(year: Year) -> Adopted:
    """Plan the first month and read it as `adopt` does."""
    place = year.folder / "2024-01-01"
    if not place.exists():
        year.plan(JANUARY)
    plan = rt.read_plan(place / "plan")
    return Adopted(plan, "plan", plan_hash(place / "plan"), rt.read(place))


def proposed(year: Year, months: int = 1, directory: Directory = DIRECTORY) -> list[Proposal]:
    """Propose the first months of the first plan, as if nothing had been proposed."""
    plan = adopted(year)
    before = [one for one in year.record if not one.chain]
    positions = Positions(before, STRICT, JANUARY, directory)
    return proposals(plan, positions, months, Recorder("desk", JANUARY))


def test_january_is_a_hand_over_its_replacement_an_order_and_two_payments(year: Year) -> None:
    """Three leave, owed back by C within six months; M is paid half at the order and half in April."""
    found = [
        (one.draft.kind, one.draft.giver, one.draft.receiver, one.draft.quantity, one.planned)
        for one in proposed(year)
    ]
    half = Range(5_000_000_000, 5_000_000_000)
    assert found == [
        ("transfer", "A", "B", Range(3000, 3000), date(2024, 1, 31)),
        ("replacement", "C", "A", None, date(2024, 7, 31)),
        ("transfer", "M", "A", Range(1000, 1000), date(2024, 1, 31)),
        ("payment", "P", "M", half, date(2024, 1, 31)),
        ("payment", "P", "M", half, date(2024, 4, 30)),
    ]


def test_every_proposal_names_the_plan_and_what_could_count_waits_for_words(year: Year) -> None:
    plan = adopted(year)
    for one in proposed(year):
        source = one.draft.source
        assert (source.rank, source.sha256) == (6, plan.sha256)
        assert source.title == f"plan {plan.sha256}"
        assert one.draft.chain == f"plan {plan.sha256[:12]}"
        if one.draft.milestone == "considered":
            assert one.draft.condition is None
        else:
            assert one.draft.condition is not None
            assert one.draft.condition.words == f"proposed by plan {plan.sha256}"
            assert one.draft.condition.matters == ()


def test_payments_and_replacements_point_at_what_they_are_for(year: Year) -> None:
    transfer, replacement, order, *payments = (one.draft for one in proposed(year))
    assert transfer.part_of == "pledge-of-A"
    assert replacement.terms.of == transfer.matter
    assert {payment.terms.of for payment in payments} == {replacement.matter}
    assert f"it settles {replacement.matter}: record it there, as ordered" in order.note


def test_more_months_propose_more_and_the_same_first(year: Year) -> None:
    one, three = proposed(year, 1), proposed(year, 3)
    assert {row.draft.matter for row in one} < {row.draft.matter for row in three}


def test_a_supplier_that_the_register_does_not_know_becomes_a_company(year: Year) -> None:
    known = {name: party for name, party in DIRECTORY.parties.items() if name != "M"}
    found = proposed(year, directory=replace(DIRECTORY, parties=known))
    fresh = new_suppliers(found, replace(DIRECTORY, parties=known))
    assert {name: party.kind for name, party in fresh.parties.items()} == {"M": "company"}


def test_a_party_or_an_item_that_the_register_does_not_know_is_refused_with_all_others(
    year: Year,
) -> None:
    known = {name: party for name, party in DIRECTORY.parties.items() if name != "B"}
    with pytest.raises(InvalidPlan) as refused:
        proposed(year, directory=replace(DIRECTORY, parties=known, items={}))
    assert [str(problem) for problem in refused.value.problems] == [
        ('dispatches.csv:2: to: the register knows no party "B"; known are A, C, M, P; or add it'
        " to the directory"),
        ('dispatches.csv:2: item: the register knows no item "launcher"; there is none yet; or add'
        " it to the directory"),
        ('orders.csv:2: item: the register knows no item "launcher"; there is none yet; or add it'
        " to the directory"),
    ]  # fmt: skip


def test_who_consents_to_an_item_is_asked_again_for_what_the_consent_does_not_cover(
    year: Year,
) -> None:
    """C has consented to the pledge; of a second pledge it is asked, of the first it is not."""
    year.append(
        JANUARY,
        say("second", "transfer", "pledged", "A", JANUARY, giver="A", receiver="B", units=1),
        say("more", "request", "asked", "B", JANUARY, giver="A", receiver="B", units=1),
    )
    found = proposed(year, 12)
    asked = [one.draft for one in found if one.draft.kind == "consent"]
    assert {one.giver for one in asked} == {"C"}
    assert {one.terms.of for one in asked} == {
        one.draft.matter for one in found if one.draft.part_of == "second"
    }


def test_a_payment_of_a_plan_is_told_apart_from_dues_by_the_order(year: Year) -> None:
    """Half a million is due in January already: the plan pays it, and nobody proposes it again."""
    year.append(
        JANUARY,
        say("back", "replacement", "agreed", "C", JANUARY, giver="C", receiver="A",
            item="launcher", terms=Terms(of="pledge-of-A", within=6)),
        say("old-bill", "payment", "due", "M", JANUARY, giver="P", receiver="M", euros=500_000,
            terms=Terms(of="back", due="2024-01-31")),
    )  # fmt: skip
    plan = adopted(year)
    paid = [share for share in shares(plan.plan, plan.scenario) if share.charge.period == 0]
    assert [(share.charge.decision is None, int(share.amount)) for share in paid] == [
        (True, 500_000),
        (False, 500_000),
    ]


def test_the_hash_of_a_plan_is_of_its_files_byte_by_byte(tmp_path: Path) -> None:
    """By hand: two files of a plan, and one that is not of it."""
    (tmp_path / "plan.json").write_bytes(b"{}")
    (tmp_path / "dispatches.csv").write_bytes(b"offer\n")
    (tmp_path / "notes.md").write_bytes(b"mine")
    by_hand = sha256(b"plan.json\n2\n{}dispatches.csv\n6\noffer\n").hexdigest()
    assert plan_hash(tmp_path) == by_hand
