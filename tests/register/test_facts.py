"""Facts are won in groups of fields (rule 7)."""

from __future__ import annotations

from ringtausch.register.facts import commodity, fact, lead, until
from ringtausch.register.position import Fact
from ringtausch.register.rank import Ranked, rank_key
from ringtausch.register.statement import Condition, Statement, Terms
from tests.register.builders import said


def known(*statements: Statement) -> Fact:
    ranked = [Ranked(rank_key(told, told.source.rank), told) for told in statements]
    return fact("m", sorted(ranked, key=lambda one: one.key))


def pledge(identifier: str, **fields: object) -> Statement:
    return said("m", "transfer", "pledged", by="DEU", id=identifier, **fields)


def won(found: Fact) -> dict[str, str]:
    return {group: winner.id for group, winner in found.winners.items()}


def lost(found: Fact) -> list[tuple[str, str, str]]:
    return [(one.group, one.winner.id, one.loser.id) for one in found.conflicts]


def test_fields_win_in_groups_and_the_best_that_fills_a_group_wins_it() -> None:
    """The signed paper names neither sides nor worth; the ministry names sides, the press all."""
    found = known(
        pledge("signed", rank=1, item="launcher", quantity="2"),
        pledge("official", rank=2, giver="DEU"),
        pledge("press", rank=5, giver="DEU", receiver="UKR", item="missile", quantity="3", value="7",
               value_currency="EUR", basis="book", terms=Terms(earmark="UKR")),
    )  # fmt: skip
    assert won(found) == {
        "what": "signed", "who": "official", "when": "signed", "worth": "press", "terms": "press",
    }  # fmt: skip
    assert lost(found) == [("what", "signed", "press")]
    assert found.winners["who"].receiver == ""  # never singly
    assert (found.rank, found.quantity.lo) == (1, 2000)


def test_an_unknown_quantity_wins_only_over_nothing() -> None:
    """The better source does not know how many; the press does. The class is that of the press."""
    silent = pledge("signed", rank=1, item="launcher")
    unknown = pledge("official", rank=2, item="launcher", quantity="unknown")
    press = pledge("press", rank=5, item="launcher", quantity="3")
    found = known(silent, unknown, press)
    assert (won(found)["what"], found.rank, lost(found)) == ("press", 5, [])
    assert won(known(silent, unknown))["what"] == "signed"
    assert known(silent, unknown).quantity.is_unknown


def test_a_fact_that_says_nothing_of_what_has_the_class_of_the_best() -> None:
    found = known(pledge("b", rank=2, giver="DEU"), pledge("a", rank=5, giver="FRA"))
    assert (found.rank, lead(found).id, found.quantity.is_unknown) == (2, "b", True)
    assert lost(found) == [("who", "b", "a")]


def test_a_condition_belongs_to_what_is_promised() -> None:
    old = pledge("old", on="2025-01-01", quantity="5", condition="if others give thirty")
    new = pledge("new", on="2025-02-01", quantity="5")
    assert known(old, new).winners["what"].condition is None
    assert lost(known(old, new)) == [("what", "new", "old")]
    assert known(old).winners["what"].condition == Condition("if others give thirty")


def test_a_rougher_date_contradicts_no_finer_one() -> None:
    day = pledge("day", rank=1, true="2025-07-14", on="2025-09-01")
    month = pledge("month", rank=2, true="2025-07", on="2025-09-01")
    other = pledge("other", rank=3, true="2025-08", on="2025-09-01")
    none = pledge("none", rank=4, on="2025-09-02")
    found = known(day, month, other, none)
    assert lost(found) == [("when", "day", "other")]
    assert str(found.true_on) == "2025-07-14"
    assert str(found.said_on) == "2025-09-01"


def test_the_newest_saying_has_the_last_word_on_until() -> None:
    old = pledge("old", on="2025-01-01", until="2025-06-30")
    new = pledge("new", on="2025-02-01", until="2025-12-31")
    assert until(known(old, new)) == "2025-12-31"
    assert lost(known(old, new)) == [("when", "new", "old")]


def test_two_values_of_one_thing_and_two_bases_stay_visible() -> None:
    book = pledge("book", rank=1, value="7", value_currency="EUR", basis="book")
    new = pledge("new", rank=2, value="7", value_currency="EUR", basis="replacement")
    assert lost(known(book, new)) == [("worth", "book", "new")]


def test_of_two_that_rank_the_same_the_id_decides() -> None:
    found = known(pledge("b", quantity="2", giver="DEU"), pledge("a", quantity="2", giver="FRA"))
    assert won(found)["what"] == "a"
    assert commodity(found) == ("", "")
