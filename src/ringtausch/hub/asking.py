"""What somebody asks of a register: in whose view, as known at which time, as of which day, under which rule.

Rules 1 and 6 of the register. In: an address and words. Out: statements in view and positions, or a sentence
for every word that means nothing. A name that is hidden and one that does not exist get the same sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

from ringtausch.hub import messages
from ringtausch.hub.opening import open_register
from ringtausch.hub.store import ALL, Store
from ringtausch.records.problems import InvalidInput, Problem
from ringtausch.register.dates import instant, last_day, wrong_date
from ringtausch.register.directory import Directory
from ringtausch.register.positions import Positions
from ringtausch.register.rule import Rule, rule_named
from ringtausch.register.statement import PUBLIC, Statement

__all__ = ["Asked", "Words", "asking"]

_SHORTEST_ID = 4


@dataclass(frozen=True, slots=True)
class Words:
    """A question as it is written; what is empty is not asked.

    Parameters
    ----------
    as_of
        A day, month, quarter or year, which stands for its last day; empty is today (UTC).
    known_at
        A day, for its end, or a time; empty is now.
    reader
        A party, `public`, or empty for everything that this login may read.
    rule
        `strict`, `tracker`, or a file.
    """

    address: str
    as_of: str = ""
    known_at: str = ""
    reader: str = ""
    rule: str = "tracker"


@dataclass(frozen=True)
class Asked:
    """An open register and a question to it."""

    store: Store
    reader: str | None
    as_of: date
    known_at: str | None
    rule: Rule

    @cached_property
    def directory(self) -> Directory:
        """The parties and items that there are."""
        return self.store.directory()

    def statements(
        self, matters: Iterable[str] | None = None, parties: Iterable[str] | None = None
    ) -> tuple[Statement, ...]:
        """Read what is in view: all, or that of some matters and parties with all linked to it."""
        return tuple(self.store.statements(self.reader, self.known_at, matters, parties))

    def positions(
        self, matters: Iterable[str] | None = None, parties: Iterable[str] | None = None
    ) -> Positions:
        """Work out where matters stand."""
        said = self.statements(matters, parties)
        return Positions(said, self.rule, self.as_of, self.directory)

    def party(self, name: str) -> str:
        """Return the name of a party, or refuse one that is not in the directory."""
        if name not in self.directory.parties:
            raise messages.unknown_party(self.store.place, name, self.directory.parties)
        return name

    def item(self, name: str) -> str:
        """Return the name of an item, or refuse one that is not in the directory."""
        if name not in self.directory.items:
            raise messages.unknown_item(self.store.place, name, self.directory.items)
        return name

    def refuse_matter(self, name: str) -> InvalidInput:
        """Say that nothing in view is about a matter, and which one may be meant."""
        known = self.store.matters(self.reader, self.known_at)
        return messages.unknown_matter(self.store.place, name, known)

    def find(self, identifier: str) -> Statement:
        """Return the statement with an id in view, or with one that begins so.

        Raises
        ------
        Refused
            There is none in view, or there are several.
        """
        found = []
        if len(identifier) >= _SHORTEST_ID:
            found = self.store.identified(identifier, self.reader, self.known_at)
        if not found:
            raise messages.not_recorded(self.store.place, identifier)
        if len(found) > 1:
            raise messages.several_statements(
                self.store.place, identifier, [said.id for said in found]
            )
        return found[0]


@contextmanager
def asking(words: Words) -> Iterator[Asked]:
    """Open a register with a question.

    Raises
    ------
    InvalidInput
        There is no such register, or words mean nothing, with all that is wrong with them.
    """
    rule, problems = _rule(words.rule)
    as_of, more = _as_of(words.as_of)
    known_at, other = _known_at(words.known_at)
    problems += more + other
    if problems:
        raise InvalidInput(problems)
    assert rule is not None, "a rule or a problem"
    with open_register(words.address) as store:
        reader: str | None = words.reader or ALL
        if reader == PUBLIC:
            reader = None
        elif reader != ALL and words.reader not in store.directory().parties:
            raise messages.unknown_party(store.place, words.reader, store.directory().parties)
        yield Asked(store, reader, as_of, known_at, rule)


def _rule(text: str) -> tuple[Rule | None, list[Problem]]:
    try:
        return rule_named(text), []
    except InvalidInput as invalid:
        return None, list(invalid.problems)


def _as_of(text: str) -> tuple[date, list[Problem]]:
    if not text:
        return datetime.now(UTC).date(), []
    wrong = wrong_date(text)
    if wrong is not None:
        return date.min, [Problem("--as-of", 0, "", text, wrong)]
    return last_day(text), []


def _known_at(text: str) -> tuple[str | None, list[Problem]]:
    """Read a day, which stays one and means its end, or a time, which is UTC where it says nothing else."""
    if not text:
        return None, []
    if wrong_date(text) is None:
        return last_day(text).isoformat(), []
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None, [Problem("--known-at", 0, "", text, messages.not_a_moment(text))]
    return instant(moment if moment.tzinfo else moment.replace(tzinfo=UTC)), []
