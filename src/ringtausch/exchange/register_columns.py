"""The columns of the tables that a register is exported as, each with its type and what it means.

The page *Exports*, section *Data Package*. Nothing here knows positions: `register_rows` fills the tables,
`data_package` writes them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from ringtausch.exchange.statement_columns import COLUMNS

__all__ = ["KEYS", "LINKS", "TABLES", "TITLES", "Column", "field_of"]


class Column(NamedTuple):
    """A column: its type as a Data Package names it, and what it means; whether each row fills it."""

    name: str
    type: str
    description: str
    required: bool = False


def _columns(text: str) -> tuple[Column, ...]:
    """Read a line for each column: its name, a star where each row fills it, its type, its meaning."""
    found = []
    for line in text.strip().splitlines():
        name, kind, description = line.strip().split(maxsplit=2)
        found.append(Column(name.rstrip("*"), kind, description, name.endswith("*")))
    return tuple(found)


_POSITIONS = _columns("""
    matter*         string   the matter: the smallest name of all that are the same
    kind*           string   what the matter is
    state           string   the furthest milestone that is not undone, else the latest that undid it
    giver           string   who gives, pays, consents, holds, or owes a replacement
    receiver        string   who asks, receives, is paid, or is owed a replacement
    item            string   what is moved, where it is an item
    currency        string   what money is moved
    unit            string   in what the quantity is counted
    quantity        string   how much has got as far as the state: exact, a range, or unknown
    least           number   the least that it is
    most            number   the most that it is; empty where there is none
    true_on         date     when the state became true: the last day of what was said
    class           integer  the class of the source that the state rests on, 1 to 6
    said_by         string   who says so
    statement       string   the id of the statement that says how much
    conditional*    boolean  whether it waits for a condition, and is counted apart
    condition       string   what has to happen first, in words
    lapsed*         boolean  whether its until is over
    until           string   the date after which it lapses, as it was said
    value           number   what somebody says it is worth
    value_currency  string   the currency of the value
    basis           string   what the value is based on
    conflicts*      integer  how many statements say otherwise
    members*        string   all names of the matter, separated by semicolons
""")
_MILESTONES = _columns("""
    matter*         string   the matter
    milestone*      string   the milestone
    least*          number   the least that is said of it, its events added up, less what is undone
    most            number   the most; empty where there is none
    reached_least   number   the least that has got at least as far; empty for what is no rung
    reached_most    number   the most that has; empty where there is none
    true_on         date     when it became true
    said_on         date     when it was said
    class*          integer  the class of the source that it rests on, 1 to 6
    undone*         boolean  whether a refusal, a cancellation or a withdrawal has undone it
    events*         integer  how many partial hand-overs, instalments or repeats it is made of
    statements*     string   the ids of the statements that say how much, separated by semicolons
""")
_CONFLICTS = _columns("""
    matter*         string   the matter
    milestone*      string   the milestone
    event           string   the partial hand-over, instalment or repeat; empty for the whole
    group*          string   what they differ in: what, who, when, worth or terms
    winner*         string   the id of the statement that makes the position
    winner_by*      string   who says that
    winner_says     string   what it says
    loser*          string   the id of the statement that says otherwise
    loser_by*       string   who says that
    loser_says      string   what it says
""")
_DEBTS = _columns("""
    matter*         string   the replacement
    transfer        string   the transfer that is replaced
    debtor          string   who owes
    creditor        string   who is owed
    item            string   the item that was given, in which the debt is counted
    agreed_item     string   the item that is to come back
    handed_over*    number   what was handed over
    returned*       number   what came back unused
    base*           number   what of it is to be replaced
    ratio*          string   how many are owed for one that was given, exact
    settled*        number   what has been accepted in return, at its rate
    waived*         number   what the owed party has waived
    owed*           number   what is still owed
    ahead*          number   what came back beyond the debt
    waiting*        number   what was delivered and is not accepted yet, of any item
    due             date     the oldest due of what is still owed
    overdue*        number   what should have come by now
    overdue_days*   integer  days since the oldest due that is over
    age_days*       integer  days since the oldest hand-over that is still owed
    guarantor       string   who guarantees it
    disputed*       boolean  whether somebody disputes it
""")
_BALANCES = _columns("""
    party           string   whose account it is; empty where nobody is named
    state*          string   stock, reserved, transit, owed, owes, cash, fund, exchange or outside
    commodity       string   the item or the currency
    amount*         number   what stands there at the end of the as-of date
""")
_TOTALS = _columns("""
    kind*           string   of which matters
    milestone*      string   how far they have got
    item            string   the item that is counted
    currency        string   the currency that is counted; no rate is used
    by*             string   all, or giver
    giver           string   whose it is; several who give together are joined by a plus sign
    least*          number   the least, everything counted once, rounded once to the smallest coin
    most            number   the most; empty where there is none
    matters*        integer  how many matters are counted in it
    unknowns        integer  how many of them nobody gives a figure for
    blind           number   the sum of all rows as they stand, which counts twice
""")

_STATEMENT_TYPES = {
    "instant": "datetime",
    "whole": "integer",
    "money": "number",
    "condition": "number",
}
_STATEMENTS = """
id: the id of the statement
recorded_at: when it was recorded (UTC)
matter: which matter it is about
kind: what the matter is
milestone: what became true
event: which of several partial hand-overs, instalments or repeats; empty for the whole
giver: who gives, pays, consents, holds, or owes a replacement
receiver: who asks, receives, is paid, or is owed a replacement; of a contribution the pool
item: what is moved, where it is an item
currency: what money is moved
quantity: how much: 5, 2..4, up to 5, at least 3, or unknown; empty where nothing is said of it
true_on: when it became true: a day, month, quarter or year
said_on: when it was said: a day, month, quarter or year
said_by: who says so
recorded_by: who recorded it, and alone may correct it
source_rank: the class of the source, from 1 (signed) to 6 (inference)
source_title: title of the document
source_publisher: who published it
source_date: when it was published
source_address: where it can be read
source_sha256: SHA-256 of the document
value: what it is worth
value_currency: the currency of the value
basis: what the value is based on: book, acquisition, replacement, market or declared
method: how it was worked out
value_document: the document that supports the value
visibility: who may read it: public, coalition, or parties separated by semicolons
part_of: the matter inside which this one lies
share: how much of it lies there
same_as: the matter that this one tells again
condition_words: what has to happen first, in words
condition_matters: the matters that are waited for, separated by semicolons
condition_milestone: which of their milestones counts
condition_at_least: how much of it
until: the date after which it lapses
terms_of: replacement, consent: the transfer; payment: what is paid for
terms_item: replacement: what is owed, where it is not the item given
terms_ratio: replacement: how many are owed for one that was given
terms_rate: what one such item settles, or what one of the currency gives
terms_due: when it is due
terms_within: replacement: due so many months after each hand-over
terms_replacer: replacement: who owes it, where it is not the giver
terms_guarantor: replacement: who guarantees it
terms_earmark: the only matter, package or party that it may pay for
terms_to_currency: the currency that is bought
terms_to_quantity: how much was bought, in that currency
terms_rate_date: the date of the rate
terms_rate_source: where the rate is from
terms_boundary: total: the givers that it counts, separated by semicolons
terms_pool: total: the pool that it speaks of
terms_rung: total: which milestone it counts
terms_since: total: of a window, its first day
terms_through: total: the last day that it counts
corrects: the id of the statement that this one replaces
reason: why
chain: statements of one chain are accepted, and corrected, all together
note: anything else
"""


def _statement_columns() -> tuple[Column, ...]:
    found = []
    for line in _STATEMENTS.strip().splitlines():
        name, description = line.split(": ", maxsplit=1)
        kind = _STATEMENT_TYPES.get(COLUMNS[name].form, "string")
        required = name in {"id", "matter", "kind", "milestone", "said_by", "source_rank"}
        found.append(Column(name, kind, description, required))
    return tuple(found)


#: All tables by name, in the order in which they are written.
TABLES: dict[str, tuple[Column, ...]] = {
    "statements": _statement_columns(),
    "positions": _POSITIONS,
    "milestones": _MILESTONES,
    "conflicts": _CONFLICTS,
    "debts": _DEBTS,
    "balances": _BALANCES,
    "totals": _TOTALS,
}

#: What no two rows of a table have in common, where all of it is filled.
KEYS: dict[str, tuple[str, ...]] = {
    "statements": ("id",),
    "positions": ("matter",),
    "milestones": ("matter", "milestone"),
    "conflicts": ("group", "winner", "loser"),
    "debts": ("matter",),
}

#: Columns whose values are rows of another table.
LINKS: dict[str, dict[str, str]] = {
    "milestones": {"matter": "positions"},
    "conflicts": {"matter": "positions", "winner": "statements", "loser": "statements"},
    "debts": {"matter": "positions"},
}

TITLES = {
    "statements": "Who says that what became true, when, on what evidence",
    "positions": "Where each matter stands",
    "milestones": "How far each matter has got, milestone by milestone",
    "conflicts": "Who says otherwise",
    "debts": "What is owed for what was handed over",
    "balances": "What stands in every account of the postings",
    "totals": "What was given in all and by whom, everything counted once",
}


def field_of(column: Column) -> dict[str, Any]:
    """Describe a column as a Data Package does."""
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "description": column.description,
    }
    if column.type == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    if column.required:
        field["constraints"] = {"required": True}
    return field
