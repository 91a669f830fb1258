"""A broken rule, as data: which, by which row, by how much, in a whole sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ringtausch.language import _

__all__ = ["RULE_NAMES", "Place", "Violation", "broken"]

#: The page's name of each rule. 0 stands for the form of the plan and the figures it states.
RULE_NAMES = {
    0: "plan",
    1: "stock",
    2: "willingness",
    3: "consent and capacity",
    4: "production",
    5: "designation",
    6: "debt",
    7: "assurance",
    8: "floor",
    9: "need",
    10: "charges",
    11: "funds",
    12: "security",
    13: "no circles",
}


class Place(NamedTuple):
    """A row of a table: the file and its line, the header being line 1."""

    file: str
    line: int

    def __str__(self) -> str:
        """Write it so that editors can jump to the line; without a line, the file as a whole."""
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that one row of the plan breaks.

    Parameters
    ----------
    rule
        1 to 13 as on the page; 0 for the form of the plan, or a figure that it states wrongly.
    name
        The page's short name of the rule, not translated.
    row
        Where to look: the row that breaks the rule (`dispatches.csv:5`), or the row of the
        scenario that asks for what the plan lacks (`needs.csv:2`).
    key
        Who, what and when: names, the period's label last where there is one.
    amount
        By how much: units of the item, of the capability, or money in the reporting currency;
        0 where there is no number to it.
    message
        The whole sentence, with the numbers and what would be right.
    """

    rule: int
    name: str
    row: str
    key: tuple[str, ...]
    amount: float
    message: str

    def __str__(self) -> str:
        """Return the sentence."""
        return self.message


def broken(
    rule: int, row: object, key: tuple[object, ...], amount: float, sentence: str
) -> Violation:
    """Put a violation together; the sentence gets the number and name of its rule in front."""
    name = RULE_NAMES[rule]
    head = _("plan") if rule == 0 else _("rule {rule}, {name}").format(rule=rule, name=_(name))
    return Violation(rule, name, str(row), tuple(map(str, key)), amount, f"{head}: {sentence}")
