"""What the store records, reads, signs and redacts."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ringtausch.hub import init_register
from ringtausch.hub.messages import Refused
from ringtausch.hub.store import Store
from ringtausch.records.problems import InvalidInput
from ringtausch.register.directory import Directory, Item, Party
from ringtausch.register.ranges import Range
from ringtausch.register.trust.merkle import Tree
from ringtausch.register.trust.notes import SigningKey, read_checkpoint
from tests.hub.making import DIRECTORY, KEY, as_they_come, pledge


def _matters(store: Store, reader: str | None) -> list[str]:
    return sorted(one.matter for one in store.statements(reader))


def test_what_is_recorded_reads_back_equal(store: Store) -> None:
    draft = pledge("m", part_of="package", share=Range(1000, None), until="2025-12")
    (made,) = store.append([draft], "DEU/desk")
    assert list(store.statements()) == [made]
    assert (len(made.id), made.recorded_by) == (32, "DEU/desk")
    assert made.recorded("", "") == pledge(
        "m", part_of="package", share=Range(1000, None), until="2025-12", recorded_by="DEU/desk"
    )


def test_of_two_statements_with_one_mistake_none_is_recorded(store: Store) -> None:
    with pytest.raises(InvalidInput) as refusal:
        store.append([pledge("a"), pledge("b", item="lancher")], "DEU")
    assert 'did you mean "launcher"' in str(refusal.value)
    assert list(store.statements()) == []
    assert store.audiences() == []


def test_a_step_back_is_refused_over_what_was_recorded_before(store: Store) -> None:
    store.append([pledge("m", milestone="handed_over")], "DEU")
    with pytest.raises(InvalidInput):
        store.append([pledge("m", milestone="pledged")], "DEU")
    store.append([pledge("m", giver="DEU", said_by="POL", recorded_by="POL")], "POL")


def test_a_reader_sees_what_is_meant_for_it(store: Store) -> None:
    drafts = [
        pledge("public"),
        pledge("coalition", visibility=("coalition",)),
        pledge("two", visibility=("DEU", "UKR")),
    ]
    store.append(drafts, "DEU", prepare=as_they_come)
    assert _matters(store, None) == _matters(store, "FRA") == ["public"]
    assert _matters(store, "POL") == ["coalition", "public"]
    assert _matters(store, "UKR") == ["public", "two"]
    assert _matters(store, "*") == ["coalition", "public", "two"]
    assert store.audiences("UKR") == [("public",), ("DEU", "UKR")]


def test_matters_come_with_all_that_is_linked_to_them(store: Store) -> None:
    drafts = [
        pledge("a", part_of="package"),
        pledge("b", part_of="package"),
        pledge("c", same_as="b"),
        pledge("d"),
    ]
    store.append(drafts, "DEU", prepare=as_they_come)
    assert sorted(one.matter for one in store.statements(matters=["a"])) == ["a", "b", "c"]
    assert sorted(one.matter for one in store.statements(parties=["DEU"])) == ["a", "b", "c", "d"]
    assert list(store.statements(parties=["FRA"])) == []


def test_a_statement_is_found_by_the_beginning_of_its_id_by_who_may_read_it(store: Store) -> None:
    drafts = [pledge("m"), pledge("coalition", visibility=("coalition",))]
    public, kept = store.append(drafts, "DEU", prepare=as_they_come)
    for said in (public, kept):
        assert store.identified(said.id) == store.identified(said.id[:31]) == [said]
    assert store.identified(kept.id[:8], "POL") == [kept]
    assert store.identified(kept.id, "FRA") == store.identified(kept.id, None) == []
    assert store.identified("") == store.identified(f"{public.id}0") == store.identified("%") == []
    assert store.identified(public.id, known_at="2024-12-31") == []
    store.redact(public.id, "board", "because", "DEU")
    assert store.identified(public.id) == []


def test_the_matters_are_those_of_which_a_reader_may_read_something(store: Store) -> None:
    drafts = [pledge("m"), pledge("coalition", visibility=("coalition",))]
    store.append(drafts, "DEU", prepare=as_they_come)
    assert store.matters() == store.matters("POL") == {"m", "coalition"}
    assert store.matters("FRA") == store.matters(None) == {"m"}
    assert store.matters(known_at="2024-12-31") == frozenset()


def test_what_was_known_at_a_time_is_what_was_recorded_by_then(store: Store) -> None:
    (first,) = store.append([pledge("a")], "DEU")
    (second,) = store.append([pledge("b")], "DEU")
    assert first.recorded_at <= second.recorded_at
    if first.recorded_at < second.recorded_at:
        assert list(store.statements(known_at=first.recorded_at)) == [first]
    assert list(store.statements(known_at=second.recorded_at[:10])) == [first, second]
    assert list(store.statements(known_at="2025-01-01")) == []


def test_times_of_recording_never_go_back(store: Store, tmp_path: Path) -> None:
    """The clock of the machine was ahead once."""
    with sqlite3.connect(tmp_path / "register.db") as file:
        file.execute("UPDATE hub_clock SET moment = '2999-01-01T00:00:00.000000Z'")
    file.close()
    (made,) = store.append([pledge("a")], "DEU", prepare=as_they_come)
    assert made.recorded_at == "2999-01-01T00:00:00.000000Z"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE hub_statement SET audience = 'coalition'",
        "DELETE FROM hub_statement",
        "INSERT OR REPLACE INTO hub_statement SELECT * FROM hub_statement",
        "UPDATE hub_payload SET body = '{}'",
        "DELETE FROM hub_payload",
        "INSERT OR REPLACE INTO hub_payload SELECT * FROM hub_payload",
        "DELETE FROM hub_link",
        "UPDATE hub_directory SET name = 'FRA'",
        "DELETE FROM hub_directory",
        "DELETE FROM hub_checkpoint",
        "UPDATE hub_checkpoint SET size = 0",
        "DELETE FROM hub_key",
        "DELETE FROM hub_audience",
        "DELETE FROM hub_register",
        "DELETE FROM hub_clock",
        "UPDATE hub_clock SET moment = ''",
    ],
)
def test_the_file_itself_refuses_to_change_the_record(
    store: Store, tmp_path: Path, sql: str
) -> None:
    store.append([pledge("a", part_of="p")], "DEU", prepare=as_they_come)
    store.checkpoint(("public",), KEY)
    file = sqlite3.connect(tmp_path / "register.db")
    with pytest.raises(sqlite3.IntegrityError, match="the record is append-only"):
        file.execute(sql)
    file.close()


def test_a_checkpoint_signs_the_root_of_all_leaves(store: Store) -> None:
    """The second one goes on from the first, and names it."""
    store.append([pledge(f"m{number}") for number in range(5)], "DEU", prepare=as_they_come)
    store.checkpoint(("public",), KEY)
    store.append([pledge(f"n{number}") for number in range(3)], "DEU", prepare=as_they_come)
    note = store.checkpoint(("public",), KEY)
    said = read_checkpoint(note.text)
    tree = Tree(leaf.hash for leaf in store.leaves(("public",)))
    assert (said.size, said.root) == (8, tree.root())
    assert said.previous
    assert [read_checkpoint(one.text).size for one in store.checkpoints(("public",))] == [5, 8]
    assert note.signers([KEY.verifying]) == (KEY.verifying,)


def test_only_the_key_in_force_signs(store: Store) -> None:
    other = SigningKey.from_seed("example.org/register", b"2" * 32)
    store.append([pledge("m")], "DEU", prepare=as_they_come)
    store.checkpoint(("public",), KEY)
    with pytest.raises(Refused, match="another key signs for this register"):
        store.checkpoint(("public",), other)
    store.replace_key(KEY, other)
    store.checkpoint(("public",), other)
    with pytest.raises(Refused, match="another key signs for this register"):
        store.checkpoint(("public",), KEY)


def test_a_redaction_leaves_the_leaf_and_says_so(store: Store) -> None:
    first, second = store.append([pledge("a", part_of="p"), pledge("b")], "DEU")
    before = [leaf.hash for leaf in store.leaves(("public",))]
    store.redact(first.id, "board", "named a person", "DEU")
    leaves = list(store.leaves(("public",)))
    assert [leaf.hash for leaf in leaves[:2]] == before
    assert [leaf.is_redacted for leaf in leaves] == [True, False, False]
    said = leaves[2].redaction
    assert said is not None
    assert (said.redacts, said.id, said.approved_by) == (0, first.id, "board")
    assert list(store.statements()) == [second]
    with pytest.raises(Refused, match="is redacted already"):
        store.redact(first.id, "board", "again", "DEU")


def test_a_redaction_needs_somebody_and_something(store: Store) -> None:
    (made,) = store.append([pledge("a")], "DEU")
    with pytest.raises(Refused, match="the name of who approved it, and a reason"):
        store.redact(made.id, " ", "because", "DEU")
    with pytest.raises(Refused, match="there is no statement 00"):
        store.redact("00", "board", "because", "DEU")
    assert list(store.statements()) == [made]


def test_the_only_correction_of_a_statement_is_not_redacted(store: Store) -> None:
    """Else what was wrong would stand again."""
    (wrong,) = store.append([pledge("a")], "DEU")
    better = pledge("a", corrects=wrong.id, reason="miscounted", quantity=Range(2000, 2000))
    (right,) = store.append([better], "DEU")
    with pytest.raises(Refused, match="would stand again"):
        store.redact(right.id, "board", "because", "DEU")


def test_a_directory_grows_and_the_newest_row_holds(store: Store) -> None:
    store.extend_directory(
        Directory.of([Party("NOR", title="Norway")], [Item("shell")], frozenset({"DEU", "NOR"}))
    )
    store.extend_directory(Directory.of([Party("NOR", title="Kingdom of Norway")], []))
    found = store.directory()
    assert set(found.parties) == {"DEU", "POL", "UKR", "FRA", "NOR"}
    assert found.parties["NOR"].title == "Kingdom of Norway"
    assert set(found.items) == {"launcher", "shell"}
    assert found.coalition == {"DEU", "NOR"}


@pytest.mark.parametrize("name", ["", "public", "coalition", "*", "DEU/desk"])
def test_a_party_has_no_name_that_means_something_else(store: Store, name: str) -> None:
    with pytest.raises(Refused, match="cannot be the name of a party"):
        store.extend_directory(Directory.of([Party(name)], []))


def test_readings_neither_disturb_each_other_nor_a_writer(store: Store) -> None:
    """Three readers are half-way when something is recorded; each ends with what it began with."""
    store.append([pledge(f"m{number}") for number in range(3)], "DEU", prepare=as_they_come)
    first, second, leaves = store.statements(), store.statements(None), store.leaves(("public",))
    begun = [next(first).matter, next(second).matter, next(leaves).version]
    store.append([pledge("later")], "DEU")
    store.checkpoint(("public",), KEY)
    assert begun == ["m0", "m0", 1]
    assert [one.matter for one in first] == [one.matter for one in second] == ["m1", "m2"]
    assert len(list(leaves)) == 2
    assert len(list(store.statements())) == 4


def test_registers_that_are_open_together_stay_apart(store: Store, tmp_path: Path) -> None:
    with init_register(str(tmp_path / "other.db"), DIRECTORY) as other:
        store.append([pledge("here")], "DEU")
        other.append([pledge("there")], "DEU")
        assert (_matters(store, None), _matters(other, None)) == (["here"], ["there"])
        assert store.identity != other.identity


def test_a_file_says_that_it_is_one_trust_domain(store: Store) -> None:
    assert store.trust_domain == (
        f"{store.place} is one trust domain: whoever can open the file can read every statement in"
        " it. Keep statements that some parties may not see in PostgreSQL."
    )
