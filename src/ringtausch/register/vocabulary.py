"""The words of the register: kinds of matters, their milestones in order, and whose act each one is.

The page *register*, section *Matters and their milestones*. A matter may skip some. What stands outside
the order undoes or marks a rung. Nothing here knows statements.
"""

from __future__ import annotations

from functools import cache

__all__ = [
    "ANY_MATTER",
    "BASES",
    "CLASSES",
    "ENDS",
    "KINDS",
    "MARKS",
    "MONEY_KINDS",
    "NEGATIVES",
    "RUNGS",
    "WHOLE_MINOR_UNITS",
    "actor",
    "is_milestone",
    "milestones",
]

#: What a matter can be, with its milestones in order.
RUNGS: dict[str, tuple[str, ...]] = {
    "request": ("asked", "validated", "met"),
    "transfer": (
        "considered",
        "requested",
        "pledged",
        "reserved",
        "left",
        "handed_over",
        "received",
    ),
    "replacement": ("agreed", "funded", "ordered", "delivered", "accepted", "waived"),
    "consent": ("asked", "granted"),
    "contribution": ("announced", "committed", "paid_in"),
    "payment": ("due", "paid"),
    "exchange": ("exchanged",),
    "holding": ("counted",),
    "total": ("stated",),
    "rate": ("stated",),
    "package": ("stated",),
}
KINDS = tuple(RUNGS)

#: What undoes or marks a rung and stands outside the order.
MARKS: dict[str, tuple[str, ...]] = {
    "request": ("declined",),
    "transfer": ("declined", "released", "cancelled", "lost", "returned"),
    "replacement": ("substituted", "disputed", "cancelled"),
    "consent": ("refused", "withdrawn"),
    "contribution": ("withdrawn", "refunded"),
    "payment": ("refunded", "cancelled"),
    "exchange": (),
    "holding": (),
    "total": (),
    "rate": (),
    "package": (),
}

#: Of any matter: nothing in the place of what is corrected, and a link alone.
ANY_MATTER = ("void", "linked")

#: The marks that undo a rung (rule 9).
NEGATIVES = frozenset({"declined", "refused", "cancelled", "withdrawn"})

#: After these nothing goes on (rule 11); `waived` ends a matter only where all of it is waived.
ENDS = frozenset({"cancelled", "withdrawn", "met"})

#: Kinds whose quantity is money, always.
MONEY_KINDS = frozenset({"contribution", "payment", "exchange"})

#: Real payments: their amounts are whole minor units of the currency (rule 4).
WHOLE_MINOR_UNITS = frozenset({"paid_in", "due", "paid", "refunded"})

#: What a value can be based on; a total never mixes them.
BASES = ("book", "acquisition", "replacement", "market", "declared")

#: Classes of sources, relative to the act: the smaller is the better one.
CLASSES = {
    1: "signed by the party whose act it is",
    2: "its official publication",
    3: "the counterparty",
    4: "an international body",
    5: "press",
    6: "inference",
}

#: The party whose act a milestone is: a side of the matter, or whoever says it.
_RECEIVERS = {
    "request": {"asked"},
    "transfer": {"requested", "received", "returned"},
    "replacement": {"accepted", "waived", "substituted", "disputed"},
    "consent": {"asked"},
    "contribution": {"paid_in", "refunded"},
    "payment": {"due", "refunded"},
}
_SAYERS = {"total", "rate", "package"}


def milestones(kind: str) -> tuple[str, ...]:
    """List all milestones of a kind of matter: rungs in order, marks, and those of any matter.

    Examples
    --------
    >>> milestones("consent")
    ('asked', 'granted', 'refused', 'withdrawn', 'void', 'linked')
    """
    return RUNGS[kind] + MARKS[kind] + ANY_MATTER


def is_milestone(kind: str, milestone: str) -> bool:
    """Tell whether a kind of matter has a milestone."""
    return milestone in milestones(kind)


@cache
def actor(kind: str, milestone: str) -> str:
    """Name whose act a milestone is: `giver`, `receiver`, or `sayer` (anybody who says it).

    Examples
    --------
    >>> actor("transfer", "handed_over"), actor("transfer", "received"), actor("total", "stated")
    ('giver', 'receiver', 'sayer')
    """
    if kind in _SAYERS or milestone in ANY_MATTER or milestone == "lost":
        return "sayer"
    return "receiver" if milestone in _RECEIVERS.get(kind, ()) else "giver"
