"""What a statement about each kind of matter holds: item or money, whose names, which terms.

The page *register*, section *Statements, then positions*, as tables that checks and the reference page
read. Nothing here knows statements or a directory.
"""

from __future__ import annotations

from typing import Literal

from ringtausch.register.vocabulary import MARKS, RUNGS

__all__ = ["HOLDS", "MATTER_TERMS", "PARTIES", "TERMS", "condition_is_money", "needs_unit"]

Holds = Literal["item", "money", "either"]

#: What the quantity of a kind is of.
HOLDS: dict[str, Holds] = {
    "request": "either",
    "transfer": "item",
    "replacement": "item",
    "consent": "item",
    "contribution": "money",
    "payment": "money",
    "exchange": "money",
    "holding": "item",
    "total": "either",
    "rate": "money",
    "package": "either",
}

#: Which sides a statement of a milestone has to name; others may leave them to the rest of the matter.
PARTIES: dict[tuple[str, str], tuple[str, ...]] = {
    ("request", "asked"): ("receiver",),
    ("transfer", "considered"): ("giver",),
    ("transfer", "requested"): ("receiver",),
    ("transfer", "pledged"): ("giver",),
    ("transfer", "reserved"): ("giver",),
    ("transfer", "left"): ("giver", "receiver"),
    ("transfer", "handed_over"): ("giver", "receiver"),
    ("transfer", "received"): ("giver", "receiver"),
    ("replacement", "agreed"): ("giver", "receiver"),
    ("replacement", "delivered"): ("giver", "receiver"),
    ("replacement", "accepted"): ("giver", "receiver"),
    ("consent", "asked"): ("giver", "receiver"),
    ("consent", "granted"): ("giver",),
    ("contribution", "announced"): ("giver",),
    ("contribution", "committed"): ("giver",),
    ("contribution", "paid_in"): ("giver", "receiver"),
    ("payment", "due"): ("giver", "receiver"),
    ("payment", "paid"): ("giver", "receiver"),
    ("exchange", "exchanged"): ("giver",),
    ("holding", "counted"): ("giver",),
}

#: The terms that each kind may have.
TERMS: dict[str, tuple[str, ...]] = {
    "request": (),
    "transfer": (),
    "replacement": ("of", "item", "ratio", "rate", "due", "within", "replacer", "guarantor"),
    "consent": ("of",),
    "contribution": ("earmark", "due"),
    "payment": ("of", "earmark", "due"),
    "exchange": ("rate", "to_currency", "to_quantity", "rate_date", "rate_source"),
    "holding": (),
    "total": ("boundary", "pool", "rung", "since", "through"),
    "rate": ("rate", "to_currency", "rate_date", "rate_source"),
    "package": (),
}

#: The terms without which a milestone says nothing.
MATTER_TERMS: dict[tuple[str, str], tuple[str, ...]] = {
    ("replacement", "agreed"): ("of",),
    ("replacement", "substituted"): ("rate",),
    ("exchange", "exchanged"): ("to_currency", "to_quantity"),
    ("rate", "stated"): ("to_currency", "rate"),
}

#: Kinds whose rungs say of what they are even where they say no quantity.
_UNIT_ALWAYS = frozenset({"transfer", "holding", "contribution", "payment", "exchange", "rate"})


def needs_unit(kind: str, milestone: str) -> bool:
    """Tell whether a statement has to name its item or currency even without a quantity.

    Examples
    --------
    >>> needs_unit("transfer", "pledged"), needs_unit("transfer", "declined")
    (True, False)
    """
    return kind in _UNIT_ALWAYS and milestone in RUNGS[kind]


def condition_is_money(milestone: str, *, otherwise: bool) -> bool:
    """Tell whether the number of a condition is money: by its milestone, where only one way is possible.

    Examples
    --------
    >>> condition_is_money("paid_in", otherwise=False), condition_is_money("pledged", otherwise=True)
    (True, False)
    >>> condition_is_money("stated", otherwise=True)
    True
    """
    holds = {HOLDS[kind] for kind in RUNGS if milestone in RUNGS[kind] + MARKS[kind]}
    if holds == {"money"}:
        return True
    return otherwise if holds != {"item"} else False
