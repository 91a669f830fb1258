"""Recording: all drafts or none, corrections by whom and of what, chains, and ids that are given."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from ringtausch.register.checking import Place
from ringtausch.register.directory import Directory
from ringtausch.register.recording import FurtherCheck, InvalidStatements, prepare
from ringtausch.register.statement import Statement
from tests.register.builders import DIRECTORY, said

MOMENT = "2025-12-01T10:00:00.000000Z"


def draft(milestone: str, matter: str = "m", **fields: Any) -> Statement:
    """Let DEU say something of a transfer of two launchers, of the first of July."""
    fields = {"giver": "DEU", "receiver": "UKR", "item": "launcher", "quantity": "2", **fields}
    fields.setdefault("recorded_by", "DEU")
    return said(matter, "transfer", milestone, **{"by": "DEU", "on": "2025-07-01", **fields})


def record(
    drafts: Sequence[Statement],
    statements: Sequence[Statement] = (),
    further_checks: Sequence[FurtherCheck] = (),
) -> list[Statement]:
    numbers = count(1)
    return prepare(
        drafts,
        statements,
        DIRECTORY,
        MOMENT,
        lambda: f"new{next(numbers)}",
        further_checks=further_checks,
    )


def problems_of(*arguments: Any, **fields: Any) -> list[str]:
    with pytest.raises(InvalidStatements) as refused:
        record(*arguments, **fields)
    return [str(problem) for problem in refused.value.problems]


def test_each_draft_gets_its_id_and_all_the_same_time() -> None:
    ready = record([draft("pledged"), draft("handed_over", on="2025-08-01")])
    assert [(one.id, one.recorded_at) for one in ready] == [("new1", MOMENT), ("new2", MOMENT)]


def test_every_problem_of_every_draft_is_told_and_nothing_is_recorded() -> None:
    wrong = [draft("pledged", giver="DEUX"), draft("pledged"), draft("pledged", visibility=())]
    assert problems_of(wrong) == [
        'draft:1: giver: "DEUX" is no party of the directory; did you mean "DEU"?',
        (
            "draft:3: visibility: is empty; write public, coalition, or the names of the parties that may"
            " read it"
        ),
    ]


def test_a_draft_is_checked_against_those_before_it() -> None:
    (problem,) = problems_of([draft("handed_over"), draft("pledged", on="2025-08-01")])
    assert problem.startswith('draft:2: milestone: DEU said "handed_over" of m on 2025-07-01')


def test_a_date_after_the_moment_is_refused() -> None:
    (problem,) = problems_of([draft("pledged", on="2026-01-01")])
    assert problem.startswith('draft:1: said_on: "2026-01-01" is after 2025-12-01')


def test_problems_stand_where_the_drafts_do() -> None:
    with pytest.raises(InvalidStatements) as refused:
        prepare(
            [draft("pledged", giver="")],
            [],
            DIRECTORY,
            MOMENT,
            lambda: "a",
            places=[Place("said.csv", 7)],
        )
    assert str(refused.value) == "said.csv:7: giver: is empty; pledged needs a giver"


def test_the_refusal_survives_pickling() -> None:
    with pytest.raises(InvalidStatements) as refused:
        record([draft("pledged", giver="")])
    assert pickle.loads(pickle.dumps(refused.value)).problems == refused.value.problems  # noqa: S301


def test_a_correction_names_a_statement_of_the_same_recorder_matter_and_readers() -> None:
    first = draft("pledged", id="a1")
    again = draft("pledged", quantity="1", corrects="a1", reason="a slip")
    assert record([again], [first])[0].corrects == "a1"
    assert problems_of([replace(again, corrects="a2")], [first]) == [
        'draft:1: corrects: "a2" is no earlier statement in view; write the id of one as it is listed'
    ]
    assert problems_of([replace(again, recorded_by="UKR")], [first]) == [
        (
            'draft:1: corrects: "a1" was recorded by DEU, who alone corrects it; record what you know as a'
            " statement of your own, and both will stand as a conflict"
        )
    ]
    assert problems_of([replace(again, matter="n")], [first]) == [
        (
            'draft:1: corrects: "a1" is about the matter "m"; a correction is about the same one: make it'
            " void there, and state the other matter on its own"
        )
    ]
    assert problems_of([replace(again, visibility=("DEU", "UKR"))], [first]) == [
        (
            'draft:1: corrects: "a1" may be read by public; a correction is for the same readers: write'
            " them as its visibility"
        )
    ]


def test_what_nobody_sees_and_what_there_is_not_sound_the_same() -> None:
    """A hidden statement is not in view: its id is refused like one that was made up."""
    hidden, again = "a1", draft("pledged", corrects="a1", reason="a slip")
    (told,) = problems_of([again], [])
    (made_up,) = problems_of([replace(again, corrects="zz")], [])
    assert told.replace(hidden, "zz") == made_up


def test_a_corrected_statement_may_be_corrected_again() -> None:
    """Of a chain only the end stands; of two corrections of one statement both (rule 3)."""
    first = draft("pledged", id="a1")
    second = draft("pledged", id="a2", corrects="a1", reason="a slip")
    assert len(record([draft("pledged", corrects="a1", reason="another slip")], [first, second]))


def test_a_draft_may_correct_one_before_it_by_the_id_of_the_draft() -> None:
    first = draft("handed_over", id="row 1")
    second = draft("pledged", id="row 2", corrects="row 1", reason="a slip")
    ready = record([first, second, draft("pledged", on="2025-08-01", id="")])
    assert [(one.id, one.corrects) for one in ready] == [
        ("new1", ""),
        ("new2", "new1"),
        ("new3", ""),
    ]


def test_ids_of_drafts_are_not_repeated_and_not_recorded() -> None:
    known, row = draft("pledged", id="a1"), draft("pledged", matter="n", id="b")
    assert problems_of([known, row, row], [known]) == [
        (
            'draft:1: id: "a1" is in the register already; take the row out, or leave id empty and name in'
            " corrects what it corrects"
        ),
        'draft:3: id: "b" is the id of draft:2 already; leave it empty, it is given',
    ]


def test_a_matter_is_of_one_kind() -> None:
    known = draft("pledged", id="a1")
    payment = said("m", "payment", "paid", giver="DEU", receiver="UKR", currency="EUR")
    assert problems_of([payment], [known]) == [
        (
            'draft:1: kind: the matter "m" is a transfer in the register; write transfer, or name another'
            " matter"
        )
    ]
    same = said("p", "payment", "paid", giver="DEU", receiver="UKR", currency="EUR", same_as="m")
    assert problems_of([same], [known]) == [
        (
            'draft:1: same_as: the matter "m" is a transfer; only matters of one kind can be the same: use'
            " part_of"
        )
    ]


def test_a_matter_whose_only_statement_is_void_may_become_of_another_kind() -> None:
    known = draft("pledged", id="a1")
    again = said(
        *("m", "payment", "paid"),
        giver="DEU",
        receiver="UKR",
        currency="EUR",
        corrects="a1",
        reason="money",
    )
    assert record([again], [known])[0].kind == "payment"


def chain_of_two() -> list[Statement]:
    return [draft("reserved", "m", id="a1", chain="c"), draft("reserved", "n", id="a2", chain="c")]


def test_a_chain_is_corrected_all_together() -> None:
    one = draft("released", "m", corrects="a1", reason="off", chain="c", on="2025-08-01")
    two = draft("released", "n", corrects="a2", reason="off", chain="c", on="2025-08-01")
    assert len(record([one, two], chain_of_two())) == 2
    assert problems_of([one], chain_of_two()) == [
        (
            'draft:1: chain: the chain "c" is made or undone as one; correct these of its statements as'
            " well, at the same time: a2"
        )
    ]


def test_a_chain_grows_only_where_all_of_it_is_corrected() -> None:
    third = draft("reserved", "o", chain="c")
    assert problems_of([third], chain_of_two()) == [
        (
            'draft:1: chain: the chain "c" is made or undone as one; correct these of its statements as'
            " well, at the same time: a1, a2"
        )
    ]
    assert record([replace(third, recorded_by="NOR")], chain_of_two())  # another one's chain


def test_a_chain_with_one_wrong_draft_is_refused_as_a_whole() -> None:
    good, bad = draft("reserved", "m", chain="c"), draft("reserved", "n", chain="c", giver="")
    assert problems_of([good, bad]) == ["draft:2: giver: is empty; reserved needs a giver"]


def test_further_checks_are_asked_once_all_else_is_right() -> None:
    asked: list[list[str]] = []

    def refuse_all(
        drafts: Sequence[Statement], _known: Sequence[Statement], _directory: Directory
    ) -> list[tuple[int, str]]:
        asked.append([one.id for one in drafts])
        return [(1, "nothing is left to reserve")]

    two = [draft("reserved", "m"), draft("reserved", "n")]
    assert problems_of(two, further_checks=[refuse_all]) == ["draft:2: nothing is left to reserve"]
    problems_of([*two, draft("reserved", giver="")], further_checks=[refuse_all])
    assert asked == [["new1", "new2"]]
