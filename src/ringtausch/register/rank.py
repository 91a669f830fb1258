"""Rules 2, 5 and 6 of the register: the day and the class of a statement, and which of two wins.

In: one statement, and the sides of its matter. Out: its class relative to the act, and its rank, of which
the smaller wins. Nothing here knows a rule's admitted classes or a position.
"""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from typing import NamedTuple

from ringtausch.register.dates import NEVER, day_of, last_day
from ringtausch.register.directory import Directory
from ringtausch.register.statement import Statement
from ringtausch.register.vocabulary import actor

__all__ = ["RankKey", "Ranked", "by_rank", "effective_rank", "rank_key", "said_day", "true_day"]

#: Class, -said_on, -true_on, the least, whether there is no most, the most, id (rule 5).
RankKey = tuple[int, int, int, int, bool, int, str]

_COUNTERPARTY, _THIRD_PARTY = 3, 4
_OFFICIAL = 2  # 1 and 2 are the acting party's own


class Ranked(NamedTuple):
    """A statement with its rank, worked out once."""

    key: RankKey
    statement: Statement

    @property
    def said_on(self) -> date:
        """When it was said."""
        return date.fromordinal(-self.key[1])

    @property
    def true_on(self) -> date:
        """When it became true."""
        return date.fromordinal(-self.key[2])


#: To sort ranked statements, the best first.
by_rank = attrgetter("key")


def said_day(statement: Statement) -> date:
    """Return when it was said: empty means the date of the source (rule 2); before all where neither is.

    Examples
    --------
    >>> from ringtausch.register.statement import Source
    >>> said_day(Statement("m", "request", "asked", Source(1, date="2025-07"), "UKR", "UKR"))
    datetime.date(2025, 7, 31)
    """
    text = statement.said_on or statement.source.date
    return _day(text, statement.recorded_at) if text else NEVER


def true_day(statement: Statement) -> date:
    """Return when it became true: empty means when it was said (rule 2)."""
    text = statement.true_on or statement.said_on or statement.source.date
    return _day(text, statement.recorded_at) if text else NEVER


def effective_rank(
    statement: Statement, giver: str, receiver: str, directory: Directory, *, replacer: str = ""
) -> int:
    """Return the class of a statement relative to the act (rule 6).

    Classes 1 and 2 are the party whose act it is, a keeper for its pool included; said by the other side
    it is 3 at the best, and by anybody else 4 at the best. What is whoever says it (a total, a rate, a
    package, a link, a loss) keeps the class of its source.

    Parameters
    ----------
    statement
        What is said.
    giver, receiver
        The sides of the matter; what the statement itself says of them comes first, ask `sides` for it.
    directory
        Who keeps which pool.
    replacer
        Of a replacement: the debtor, where it is not the giver. It acts as the giver does, there alone.

    Examples
    --------
    >>> from ringtausch.register.statement import Source
    >>> gone = Statement("m", "transfer", "handed_over", Source(1), "UKR", "UKR")
    >>> effective_rank(gone, "UKR", "DEU", Directory()), effective_rank(gone, "DEU", "UKR", Directory())
    (1, 3)
    """
    rank = statement.source.rank
    side = actor(statement.kind, statement.milestone)
    if side == "sayer" or rank > _THIRD_PARTY:
        return rank
    givers, receivers = _speakers(giver, directory), _speakers(receiver, directory)
    if replacer and statement.kind == "replacement":
        givers = (*givers, replacer)
    acting, other = (givers, receivers) if side == "giver" else (receivers, givers)
    if statement.said_by in acting:
        return rank
    return max(rank, _COUNTERPARTY if statement.said_by in other else _THIRD_PARTY)


def rank_key(statement: Statement, rank: int) -> RankKey:
    """Return what statements are compared by (rule 5): of two, the smaller wins.

    The best class, then the newest said, then the newest true, then the least that is claimed, then the id.

    Examples
    --------
    >>> from ringtausch.register.statement import Source
    >>> rank_key(Statement("m", "request", "asked", Source(1, date="2025-07-01"), "UKR", "UKR", "a1"), 1)
    (1, -739433, -739433, 0, True, 0, 'a1')
    """
    quantity = statement.known_quantity
    said = said_day(statement)
    true = _day(statement.true_on, statement.recorded_at) if statement.true_on else said
    most = quantity.hi
    return (
        rank,
        -said.toordinal(),
        -true.toordinal(),
        quantity.lo,
        most is None,
        most or 0,
        statement.id,
    )


def _day(text: str, recorded_at: str) -> date:
    # What is not recorded yet has no day of recording that could be the earlier one.
    return day_of(text, recorded_at) if recorded_at else last_day(text)


def _speakers(name: str, directory: Directory) -> tuple[str, ...]:
    # Nobody acts where the side is not known: an empty name must not match an empty sayer.
    return (name, directory.keeper_of(name)) if name else ()
