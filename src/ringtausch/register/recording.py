"""Recording: drafts become statements of the record, all of them or none.

Rules 1, 2, 3 and 11 of the register. In: drafts, what the recorder may see, the directory, the moment.
Out: the same statements with id and time, or every problem at once. Must not know how they are stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ringtausch.records.problems import Problem
from ringtausch.register import messages
from ringtausch.register.checking import InvalidStatements, Place, check_statement
from ringtausch.register.directory import Directory
from ringtausch.register.statement import Statement
from ringtausch.register.steps import Said

__all__ = ["FurtherCheck", "InvalidStatements", "prepare"]

#: One more reason to refuse: asked with all drafts (as they shall be recorded), what is in view, and the
#: directory, it names drafts by their place in the list (from 0), each with a sentence.
FurtherCheck = Callable[
    [Sequence[Statement], Sequence[Statement], Directory], Iterable[tuple[int, str]]
]

Finding = tuple[str, str, str]


def prepare(
    drafts: Sequence[Statement],
    statements: Sequence[Statement],
    directory: Directory,
    moment: str,
    new_id: Callable[[], str],
    *,
    places: Sequence[Place] = (),
    further_checks: Sequence[FurtherCheck] = (),
) -> list[Statement]:
    """Make drafts ready for the record: all of them, or none and every problem at once.

    Each draft is checked against what is in view and the drafts before it. A draft may name in
    `corrects` the id of a draft before it; ids of drafts are only good for that, each gets a new one.

    Parameters
    ----------
    drafts
        In the order in which they shall be recorded.
    statements
        What the recorder may see, in the order of recording. Of it only the statements count that are
        of the drafts' matters, or of a chain of theirs, or named by them: a store may pass these alone.
    directory
        The parties and items that there are.
    moment
        The time of recording, as `dates.instant` writes it.
    new_id
        Gives a new random id at each call.
    places
        Where each draft stands, for the problems; numbered where it is empty.
    further_checks
        More reasons to refuse, such as stock that would go below zero (rule 33). They are asked once
        nothing else is wrong.

    Raises
    ------
    InvalidStatements
        With every problem of every draft.
    """
    places = places or [Place("draft", number) for number in range(1, len(drafts) + 1)]
    assert len(places) == len(drafts), "every draft has a place"
    ready = _numbered(drafts, moment, new_id)
    problems = _repeated_ids(drafts, statements, places)
    said = Said(statements)
    for statement, place in zip(ready, places, strict=True):
        wrong = check_statement(statement, directory, place)
        if not wrong:
            found = list(_against_the_record(statement, said))
            wrong = [Problem(place.file, place.line, *finding) for finding in found]
        if not wrong:
            said.add(statement)
        problems += wrong
    problems += _chains(ready, said, places)
    if not problems:
        for check in further_checks:
            for at, sentence in check(ready, statements, directory):
                problems.append(Problem(places[at].file, places[at].line, "", "", sentence))
    if problems:
        raise InvalidStatements(problems)
    return ready


def _numbered(
    drafts: Sequence[Statement], moment: str, new_id: Callable[[], str]
) -> list[Statement]:
    """Give each draft an id and the time, and let corrections of drafts follow to the new ids."""
    new: dict[str, str] = {}
    ready: list[Statement] = []
    for draft in drafts:
        identifier = new_id()
        corrects = new.get(draft.corrects, draft.corrects)
        if draft.id:
            new.setdefault(draft.id, identifier)
        ready.append(draft.recorded(identifier, moment, corrects))
    return ready


def _repeated_ids(
    drafts: Sequence[Statement], statements: Sequence[Statement], places: Sequence[Place]
) -> list[Problem]:
    """Refuse an id that two drafts have, or that is in the record."""
    if not any(draft.id for draft in drafts):
        return []
    known = {statement.id for statement in statements}
    first: dict[str, Place] = {}
    problems: list[Problem] = []
    for draft, place in zip(drafts, places, strict=True):
        if not draft.id:
            continue
        if draft.id in known:
            message = messages.recorded_already(draft.id)
            problems.append(Problem(place.file, place.line, "id", draft.id, message))
        elif draft.id in first:
            before = first[draft.id]
            message = messages.repeated_id(draft.id, f"{before.file}:{before.line}")
            problems.append(Problem(place.file, place.line, "id", draft.id, message))
        first.setdefault(draft.id, place)
    return problems


def _against_the_record(statement: Statement, said: Said) -> Iterator[Finding]:
    """Say what is wrong with a draft beside what the recorder sees: corrections, kinds, steps."""
    if statement.corrects:
        yield from _correction(statement, said)
    kind = said.kind_of(statement.matter, but=statement.corrects)
    if kind and kind != statement.kind:
        yield "kind", statement.kind, messages.another_kind(statement.matter, kind)
        return
    same = said.kind_of(statement.same_as) if statement.same_as else ""
    if same and same != statement.kind:
        message = messages.same_as_another_kind(statement.same_as, same)
        yield "same_as", statement.same_as, message
    wrong = said.wrong_step(statement)
    if wrong is not None:
        yield "milestone", statement.milestone, wrong


def _correction(statement: Statement, said: Said) -> Iterator[Finding]:
    """Refuse to correct what is not of the same recorder, matter and visibility (rule 3)."""
    corrects = statement.corrects
    corrected = said.find(corrects)
    if corrected is None:
        yield "corrects", corrects, messages.corrects_unknown(corrects)
        return
    if corrected.recorded_by != statement.recorded_by:
        message = messages.corrects_of_another(corrects, corrected.recorded_by)
        yield "corrects", corrects, message
    if corrected.matter != statement.matter:
        message = messages.corrects_another_matter(corrects, corrected.matter)
        yield "corrects", corrects, message
    if corrected.visibility != statement.visibility:
        message = messages.corrects_other_readers(corrects, corrected.visibility)
        yield "corrects", corrects, message


def _chains(ready: Sequence[Statement], said: Said, places: Sequence[Place]) -> list[Problem]:
    """Refuse to correct, or to lengthen, a part of a chain: all that stands of it is corrected, or none."""
    fresh = {statement.id for statement in ready}
    problems: list[Problem] = []
    told: set[tuple[str, str]] = set()
    for statement, place in zip(ready, places, strict=True):
        corrected = said.find(statement.corrects) if statement.corrects else None
        names = {statement.chain, "" if corrected is None else corrected.chain} - {""}
        for name in sorted(names):
            key = (statement.recorded_by, name)
            left = [one for one in said.chain(*key) if one not in fresh]
            if left and key not in told:
                told.add(key)
                message = messages.chain_left_behind(name, left)
                problems.append(Problem(place.file, place.line, "chain", name, message))
    return problems
