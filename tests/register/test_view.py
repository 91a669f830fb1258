"""Which statements a party may see, and which of them stand (rules 1 and 3)."""

from __future__ import annotations

from dataclasses import replace

from ringtausch.register.directory import Directory
from ringtausch.register.statement import Statement
from ringtausch.register.view import ALL, may_read, standing, view
from tests.register.builders import DIRECTORY, said


def ids(statements: tuple[Statement, ...]) -> list[str]:
    return [statement.id for statement in statements]


def pledge(**fields: object) -> Statement:
    return said("m", "transfer", "pledged", giver="DEU", receiver="UKR", **fields)


def test_a_reader_sees_what_is_public_the_coalitions_if_it_belongs_and_what_names_it() -> None:
    """Norway belongs to the coalition, France does not."""
    everything = [
        pledge(id="public"),
        pledge(id="coalition", visibility=("coalition",)),
        pledge(id="named", visibility=("DEU", "FRA")),
    ]

    def seen(reader: str | None) -> list[str]:
        return ids(view(everything, reader=reader, known_at=None, directory=DIRECTORY))

    assert seen(ALL) == ["public", "coalition", "named"]
    assert seen("NOR") == ["public", "coalition"]
    assert seen("DEU") == ["public", "coalition", "named"]
    assert seen("FRA") == ["public", "named"]
    assert seen(None) == ["public"]


def test_a_party_called_like_a_word_of_visibility_does_not_see_more() -> None:
    hidden = pledge(visibility=("DEU",))
    assert not may_read(hidden, "public", Directory())
    assert not may_read(hidden, "", Directory())


def test_known_at_a_day_means_its_end() -> None:
    morning = pledge(id="a", recorded="2025-07-20T08:00:00.000000Z")
    evening = pledge(id="b", recorded="2025-07-20T23:59:59.999999Z")
    next_day = pledge(id="c", recorded="2025-07-21T00:00:00.000000Z")

    def known(at: str | None) -> list[str]:
        everything = [morning, evening, next_day]
        return ids(view(everything, reader=ALL, known_at=at, directory=DIRECTORY))

    assert known("2025-07-20") == ["a", "b"]
    assert known("2025-07-20T08:00:00.000000Z") == ["a"]
    assert known(None) == ["a", "b", "c"]


def test_of_a_chain_of_corrections_only_the_end_stands() -> None:
    first = pledge(id="1")
    second = replace(first, id="2", corrects="1")
    third = replace(first, id="3", corrects="2")
    assert ids(standing([third, first, second])) == ["3"]


def test_of_two_corrections_of_one_statement_both_stand() -> None:
    first = pledge(id="1")
    both = [replace(first, id=name, corrects="1") for name in ("2", "3")]
    assert ids(standing([first, *both])) == ["2", "3"]


def test_a_void_correction_puts_nothing_in_its_place() -> None:
    first = pledge(id="1")
    void = replace(first, id="2", corrects="1", milestone="void")
    assert standing([first, void]) == ()


def test_what_a_corrected_void_had_corrected_does_not_come_back() -> None:
    first = pledge(id="1")
    void = replace(first, id="2", corrects="1", milestone="void")
    again = replace(first, id="3", corrects="2")
    assert ids(standing([first, void, again])) == ["3"]


def test_a_correction_out_of_view_corrects_nothing() -> None:
    """Known by the end of July, the correction of August has not been made."""
    first = pledge(id="1", recorded="2025-07-01")
    second = replace(first, id="2", corrects="1", recorded_at="2025-08-01T12:00:00.000000Z")
    known = view([first, second], reader=ALL, known_at="2025-07-31", directory=DIRECTORY)
    assert ids(standing(known)) == ["1"]
