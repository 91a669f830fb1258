"""Random histories of a small scheme: what parties say of transfers, replacements, money and stocks.

Every history is a list of statements in the order of recording. They contradict each other, come late, are
corrected, told again under another name, and speak in ranges and unknowns.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import hypothesis.strategies as st

from ringtausch.register.ranges import UNKNOWN, Range
from ringtausch.register.statement import Condition, Source, Statement, Terms
from ringtausch.register.vocabulary import actor, milestones

__all__ = ["histories", "history"]

_PARTIES = ("DEU", "POL", "UKR", "NOR")
_ITEMS = ("launcher", "missile")
_RATES = ("", "1", "1/2", "2/3", "3")


def histories(longest: int = 60) -> st.SearchStrategy[list[Statement]]:
    """Draw a history of up to so many statements."""
    return st.builds(history, st.integers(0, 10**9), st.integers(1, longest))


def history(seed: int, length: int) -> list[Statement]:
    """Write the history of one seed."""
    return _Writer(Random(seed)).write(length)


class _Writer:
    """Says one thing after the other about the matters of one scheme."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.said: list[Statement] = []
        self.matters = self._matters()

    def write(self, length: int) -> list[Statement]:
        day = 0
        for number in range(length):
            day += self.dice.choice((0, 0, 1, 3, 10))
            statement = self._correction() if self.said and self.dice.random() < 0.1 else None
            if statement is None:
                statement = self._statement(day)
            recorded = f"{_text(max(day, 0))}T12:00:00.000000Z"
            self.said.append(statement.recorded(f"{number:08x}", recorded))
        return self.said

    def _matters(self) -> list[tuple[str, str, dict[str, Any]]]:
        dice = self.dice
        found: list[tuple[str, str, dict[str, Any]]] = []
        for number in range(3):
            giver, receiver, other = dice.sample(_PARTIES, 3)
            item = dice.choice(_ITEMS)
            transfer = {"giver": giver, "receiver": receiver, "item": item}
            owed = {"giver": other, "receiver": giver, "item": dice.choice((item, item, ""))}
            found += [(f"t{number}", "transfer", transfer), (f"r{number}", "replacement", owed)]
            paid_in = {"giver": other, "receiver": "PURL", "currency": dice.choice(("EUR", "USD"))}
            bill = {"giver": dice.choice(("PURL", giver)), "receiver": "USA", "currency": "EUR"}
            found += [(f"c{number}", "contribution", paid_in), (f"p{number}", "payment", bill)]
            found.append((f"h{number}", "holding", {"giver": giver, "item": item}))
        found.append(("x", "exchange", {"giver": "PURL", "currency": "USD"}))
        return found

    def _statement(self, day: int) -> Statement:
        dice = self.dice
        matter, kind, fields = dice.choice(self.matters)
        fields = dict(fields)
        known = [name for name in milestones(kind) if name not in {"void", "linked"}]
        milestone = dice.choice(known)
        side = actor(kind, milestone)
        own = fields.get("giver" if side == "sayer" else side, "") or fields["giver"]
        sayer = own if dice.random() < 0.7 else dice.choice(_PARTIES)
        if milestone in {"delivered", "accepted", "substituted"} and dice.random() < 0.4:
            fields["item"] = dice.choice(_ITEMS)
        if kind == "transfer" and dice.random() < 0.04:
            fields["same_as"] = dice.choice(("t0", "t1", "t2"))
        if milestone in {"reserved", "agreed", "pledged"} and dice.random() < 0.2:
            fields["until"] = _text(day + dice.choice((-5, 5, 40)))
        if milestone == "agreed" and dice.random() < 0.1:
            fields["condition"] = Condition("if others give")
        return Statement(
            matter=matter,
            kind=kind,
            milestone=milestone,
            source=Source(dice.choice((1, 1, 1, 2, 5))),
            said_by=sayer,
            recorded_by="desk",
            event=dice.choice(("", "", "1", "2")),
            quantity=self._quantity(kind, milestone),
            said_on=_text(day),
            true_on=_text(max(0, day - dice.choice((0, 0, 0, 2, 20)))),
            terms=self._terms(matter, milestone, day),
            **fields,
        )

    def _quantity(self, kind: str, milestone: str) -> Range | None:
        dice = self.dice
        money = kind in {"contribution", "payment", "exchange"}
        unit = 100 if money else dice.choice((1000, 1000, 500))
        least = dice.randint(0, 12) * unit
        roll = dice.random()
        if roll < 0.06:
            return UNKNOWN
        if roll < 0.12:
            return Range(least, least + 2 * unit)
        if roll < 0.15:
            return Range(least, None)
        empty = {"agreed", "waived", "substituted", "disputed", "released", "cancelled"}
        return None if milestone in empty and roll < 0.5 else Range(least, least)

    def _terms(self, matter: str, milestone: str, day: int) -> Terms:
        dice = self.dice
        if milestone == "agreed":
            return Terms(
                of=f"t{matter[1:]}",
                ratio=dice.choice(_RATES),
                due=dice.choice(("", _text(day + 20))),
                within=dice.choice((None, 1)),
                replacer=dice.choice(("", "", "NOR")),
            )
        if milestone == "waived":
            return Terms(of=f"t{matter[1:]}")
        if milestone == "substituted":
            return Terms(rate=dice.choice(_RATES))
        if milestone == "exchanged":
            return Terms(to_currency="EUR", to_quantity=dice.randint(1, 12) * 100)
        return Terms()

    def _correction(self) -> Statement | None:
        wrong = self.dice.choice(self.said)
        if self.dice.random() < 0.5:
            return replace(wrong, corrects=wrong.id, milestone="void", quantity=None)
        return replace(
            wrong, corrects=wrong.id, quantity=self._quantity(wrong.kind, wrong.milestone)
        )


def _text(day: int) -> str:
    month, rest = divmod(max(0, day), 28)
    year, month = divmod(month, 12)
    return f"{2025 + year}-{month + 1:02}-{rest + 1:02}"
