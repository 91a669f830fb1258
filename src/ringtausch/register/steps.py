"""Rule 11 of the register: no step against what the same sayer said of the same matter and event.

In: a statement and those in view. Out: None, or the reason why it is refused with what could come next.
Others' contrary statements are conflicts and never refused. A fact that is told late, with a day before
what was said already, goes back behind nothing. Must not know who may record what.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from operator import itemgetter

from ringtausch.register import messages
from ringtausch.register.checking import true_text
from ringtausch.register.rank import true_day
from ringtausch.register.statement import Statement
from ringtausch.register.vocabulary import ENDS, MARKS, RUNGS

__all__ = ["Said", "next_steps", "wrong_step"]

#: What a mark follows: one of these was said before it.
MARKED: dict[tuple[str, str], tuple[str, ...]] = {
    ("transfer", "released"): ("reserved",),
    ("transfer", "lost"): ("left", "handed_over", "received"),
    ("transfer", "returned"): ("handed_over", "received"),
    ("contribution", "refunded"): ("paid_in",),
    ("payment", "refunded"): ("paid",),
    ("replacement", "substituted"): ("agreed", "funded", "ordered", "delivered", "accepted"),
    ("replacement", "disputed"): (
        *("agreed", "funded", "ordered", "delivered", "accepted", "waived"),
    ),
}
_AFTER_AN_END = frozenset({"lost", "returned", "refunded", "substituted", "disputed"})
_ANEW = frozenset({"asked", "considered", "requested", "pledged"})  # after declined or refused
_Dated = tuple[date, Statement]
_NO_STEP = frozenset({"void", "linked"})


def wrong_step(statement: Statement, statements: Iterable[Statement]) -> str | None:
    """Say why a statement goes against what its sayer said before, None where it does not (rule 11).

    Examples
    --------
    >>> from ringtausch.register.statement import Source
    >>> def said(milestone, day):
    ...     return Statement("m", "transfer", milestone, Source(1, date=day), "DEU", "DEU")
    >>> print(wrong_step(said("pledged", "2025-08-01"), [said("received", "2025-07-01")]))
    DEU said "received" of m on 2025-07-01; "pledged" would go back behind that; next could come received, cancelled, lost, returned; or correct that statement
    >>> wrong_step(said("received", "2025-08-01"), [said("pledged", "2025-07-01")]) is None
    True
    """
    return Said(statements).wrong_step(statement)


class Said:
    """What everybody has said that stands, found by sayer, matter and event.

    Made once for many statements: each is asked about, and added when it is recorded.
    """

    def __init__(self, statements: Iterable[Statement] = ()) -> None:
        self._by_id: dict[str, Statement] = {}
        self._corrected: set[str] = set()
        self._steps: defaultdict[tuple[str, str, str], list[_Dated]] = defaultdict(list)
        self._matters: defaultdict[str, dict[str, Statement]] = defaultdict(dict)
        self._chains: defaultdict[tuple[str, str], dict[str, Statement]] = defaultdict(dict)
        for statement in statements:
            self.add(statement)

    def add(self, statement: Statement) -> None:
        """Take in one more, in the order of recording; what it corrects stands no more (rule 3)."""
        if statement.corrects:
            self._corrected.add(statement.corrects)
            self._forget(self._by_id.get(statement.corrects))
        key = statement.id or f" {len(self._by_id)}"  # a draft without an id is one of its own
        self._by_id[key] = statement
        if statement.id in self._corrected:
            return
        self._matters[statement.matter][key] = statement
        if statement.chain:
            self._chains[statement.recorded_by, statement.chain][key] = statement
        if statement.milestone not in _NO_STEP:
            self._steps[_step_key(statement)].append((true_day(statement), statement))

    def _forget(self, gone: Statement | None) -> None:
        if gone is None:
            return
        self._matters[gone.matter].pop(gone.id, None)
        self._chains[gone.recorded_by, gone.chain].pop(gone.id, None)
        key = _step_key(gone)
        self._steps[key] = [dated for dated in self._steps[key] if dated[1] is not gone]

    def find(self, identifier: str) -> Statement | None:
        """Return a statement by its id, whether it stands or not."""
        return self._by_id.get(identifier)

    def kind_of(self, matter: str, *, but: str = "") -> str:
        """Return the kind of a matter by what stands, one statement left out; empty where nothing does."""
        standing = self._matters.get(matter, {})
        return next((said.kind for key, said in standing.items() if key != but), "")

    def chain(self, recorder: str, name: str) -> tuple[str, ...]:
        """Return the ids of a recorder's statements of a chain that stand."""
        return tuple(self._chains.get((recorder, name), ()))

    def wrong_step(self, statement: Statement) -> str | None:
        """Say why a statement goes against what its sayer said before (rule 11)."""
        if statement.corrects or statement.milestone in _NO_STEP:
            return None  # corrections and links are no steps
        own = self._steps.get(_step_key(statement))
        if not own:
            return None
        day = true_day(statement)
        dated = [one for one in own if one[0] <= day and one[1].kind == statement.kind]
        if not dated:
            return None
        before = [one for _, one in sorted(dated, key=itemgetter(0))]
        marked = MARKED.get((statement.kind, statement.milestone), ())
        nothing_marked = bool(marked) and not self._anybody_said(statement.matter, marked)
        return _against(statement, before, marked if nothing_marked else ())

    def _anybody_said(self, matter: str, milestones: tuple[str, ...]) -> bool:
        return any(said.milestone in milestones for said in self._matters[matter].values())


def next_steps(kind: str, own: Iterable[Statement]) -> tuple[str, ...]:
    """Say what the same sayer may say next of a matter: rungs not behind, and marks that follow (rule 11).

    Parameters
    ----------
    kind
        Of the matter.
    own
        What the sayer has said of the matter and event, by day.

    Examples
    --------
    >>> next_steps("request", [])
    ('asked', 'validated', 'met', 'declined')
    """
    said = list(own)
    end = _end(said)
    if end is not None:
        names = {one.milestone for one in said}
        following = [name for name in MARKS[kind] if name in _AFTER_AN_END]
        return tuple(
            name for name in following if not names.isdisjoint(MARKED.get((kind, name), ()))
        )
    furthest = _furthest(_since_declined(said, "asked"))
    rungs = RUNGS[kind]
    at = 0 if furthest is None else rungs.index(furthest.milestone)
    reached = {one.milestone for one in said}
    marks = [
        name
        for name in MARKS[kind]
        if (kind, name) not in MARKED or not reached.isdisjoint(MARKED[kind, name])
    ]
    if furthest is not None:
        marks = [name for name in marks if not _too_late(kind, name, furthest.milestone)]
    return (*rungs[at:], *marks)


def _against(
    statement: Statement, before: list[Statement], marked_nothing: tuple[str, ...]
) -> str | None:
    """Hold a statement against what the same sayer said up to its day."""
    end = _end(before)
    if end is not None and not _goes_on(statement, end):
        return _refuse(messages.step_after_end, statement, end, before)
    if marked_nothing:
        onward = messages.could_come_next(next_steps(statement.kind, before))
        return messages.mark_of_nothing(
            statement.said_by, statement.milestone, marked_nothing, onward
        )
    furthest = _furthest(_since_declined(before, statement.milestone))
    if furthest is not None and _goes_back(statement, furthest):
        return _refuse(messages.step_back, statement, furthest, before)
    return None


def _step_key(statement: Statement) -> tuple[str, str, str]:
    return statement.said_by, statement.matter, statement.event


def _refuse(
    message: Callable[[str, str, str, str], str],
    statement: Statement,
    against: Statement,
    before: list[Statement],
) -> str:
    said = messages.said_before(against.milestone, against.matter, true_text(against), against.id)
    onward = messages.could_come_next(next_steps(statement.kind, before))
    return message(statement.said_by, said, statement.milestone, onward)


def _end(said: list[Statement]) -> Statement | None:
    """Return the statement after which nothing goes on: cancelled, withdrawn, met or waived in full."""
    need = _need(said)
    for one in said:
        if one.milestone in ENDS or one.milestone == "waived":
            quantity = one.known_quantity
            if quantity.is_unknown or (need is not None and quantity.lo >= need):
                return one
    return None


def _need(said: list[Statement]) -> int | None:
    """Return the most that the sayer spoke of; None where that is not known."""
    most = [
        one.known_quantity.hi
        for one in said
        if one.milestone in RUNGS[one.kind] and one.milestone not in {*ENDS, "waived"}
    ]
    known = [number for number in most if number is not None]
    return max(known) if known and len(known) == len(most) else None


def _goes_on(statement: Statement, end: Statement) -> bool:
    """Tell whether a statement may follow an end: it says the same again, or marks what was done."""
    return statement.milestone == end.milestone or statement.milestone in _AFTER_AN_END


def _since_declined(said: list[Statement], milestone: str) -> list[Statement]:
    """Forget what was said before the latest no, where a milestone begins anew."""
    if milestone not in _ANEW:
        return said
    last = max(
        (at for at, one in enumerate(said) if one.milestone in {"declined", "refused"}), default=-1
    )
    return said[last + 1 :]


def _furthest(said: list[Statement]) -> Statement | None:
    """Return the statement of the furthest rung, the latest of them; what is waived in part is none."""
    found: Statement | None = None
    for one in said:
        rungs = RUNGS[one.kind]
        if (
            one.milestone in rungs
            and one.milestone != "waived"
            and (found is None or rungs.index(one.milestone) >= rungs.index(found.milestone))
        ):
            found = one
    return found


def _goes_back(statement: Statement, furthest: Statement) -> bool:
    rungs = RUNGS[statement.kind]
    if statement.milestone in rungs:
        return rungs.index(statement.milestone) < rungs.index(furthest.milestone)
    return _too_late(statement.kind, statement.milestone, furthest.milestone)


def _too_late(kind: str, mark: str, furthest: str) -> bool:
    """Tell whether a no comes after the deed: what is on its way is not declined but returned or lost."""
    return (
        kind == "transfer"
        and mark == "declined"
        and furthest in {"left", "handed_over", "received"}
    )
