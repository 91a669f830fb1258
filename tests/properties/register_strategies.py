"""Random statements of a small register: the one home for random inputs about it.

Few names, so that statements meet: matters that are told again, corrected, linked, put under conditions
and undone, by parties that may not all see the same. A log is made from a number and a length: of one
number the shorter log is the beginning of the longer, so that what fails shrinks to few statements.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import strategies as st

from ringtausch.register.ranges import UNKNOWN, Range
from ringtausch.register.statement import Condition, Source, Statement, Terms
from ringtausch.register.vocabulary import ANY_MATTER, milestones

__all__ = ["PARTIES", "draw_log", "draw_statement", "logs", "statements"]

PARTIES = ("DEU", "FRA", "NOR", "POL", "UKR", "USA")
_SIDES = (*PARTIES, "PURL", "EPF")
_MATTERS = tuple("abcdefg")

#: A matter is of one kind, by its name; now and then somebody takes it for another.
_KINDS = {
    "a": "transfer",
    "b": "transfer",
    "c": "transfer",
    "d": "contribution",
    "e": "contribution",
    "f": "replacement",
    "g": "package",
}
_TRUE = ("", "2025-01-15", "2025-02", "2025-03-10", "2025-Q2", "2025-06-30")
_SAID = (*_TRUE[1:], "2025-07-01")
_UNTIL = (*_SAID, "2025-12-24")
_VISIBLE = (("public",), ("public",), ("coalition",), ("DEU", "UKR"), ("FRA",))
_TERMS = (Terms(of="a"), Terms(replacer="USA"), Terms(earmark="g"))


def logs(largest: int = 14) -> st.SearchStrategy[tuple[Statement, ...]]:
    """Draw a register: statements, and corrections of some of them that may themselves be corrected."""
    return st.builds(draw_log, st.integers(0, 10**9), st.integers(0, largest))


def statements() -> st.SearchStrategy[Statement]:
    """Draw one statement that corrects nothing."""
    return st.integers(0, 10**9).map(lambda seed: draw_statement(Random(seed), 0))


def draw_log(seed: int, length: int) -> tuple[Statement, ...]:
    """Make a register of so many statements, always the same from one number."""
    random = Random(seed)
    found: list[Statement] = []
    for number in range(length):
        statement = draw_statement(random, number)
        if found and random.random() < 0.2:
            first = random.choice(found)
            statement = replace(
                statement,
                matter=first.matter,
                kind=first.kind,
                milestone="void" if random.random() < 0.3 else first.milestone,
                visibility=first.visibility,
                recorded_at=max(first.recorded_at, statement.recorded_at),
                corrects=first.id,
            )
        found.append(statement)
    return tuple(found)


def draw_statement(random: Random, number: int) -> Statement:
    """Make one statement that corrects nothing; its id is made of the number."""
    matter = random.choice(_MATTERS)
    kind = _KINDS[matter if random.random() < 0.95 else random.choice("ad")]
    words = [word for word in milestones(kind) if word not in ANY_MATTER]
    is_money = kind == "contribution"
    giver, receiver = random.choice(("", *PARTIES)), random.choice(("", *_SIDES))
    return Statement(
        matter=matter,
        kind=kind,
        milestone="linked" if random.random() < 0.1 else random.choice(words),
        event=random.choice(("", "", "1", "2")),
        source=Source(random.randint(1, 6)),
        said_by=random.choice([one for one in (giver, receiver, *PARTIES) if one in PARTIES]),
        recorded_by="desk",
        id=f"{number:03}",
        recorded_at=f"2025-12-{random.randint(1, 28):02}T12:00:00.000000Z",
        giver=giver,
        receiver=receiver,
        item="" if is_money else random.choice(("", "launcher", "launcher", "missile")),
        currency=random.choice(("EUR", "EUR", "USD")) if is_money else "",
        quantity=_quantity(random),
        value=random.choice((None, 7, 9)),
        true_on=random.choice(_TRUE),
        said_on=random.choice(_SAID),
        visibility=random.choice(_VISIBLE),
        part_of=random.choice(_MATTERS) if random.random() < 0.25 else "",
        share=_quantity(random) if random.random() < 0.25 else None,
        same_as=random.choice(_MATTERS) if random.random() < 0.1 else "",
        condition=_condition(random) if random.random() < 0.25 else None,
        until=random.choice(_UNTIL) if random.random() < 0.2 else "",
        terms=random.choice(_TERMS) if random.random() < 0.2 else Terms(),
    )


def _quantity(random: Random) -> Range | None:
    least, most = random.randint(0, 5) * 1000, random.randint(0, 5) * 1000
    exact = Range(least + most, least + most)
    among = (exact, exact, Range(least, least + most), Range(least, None), UNKNOWN, None)
    return random.choice(among)


def _condition(random: Random) -> Condition:
    if random.random() < 0.2:
        return Condition("if parliament agrees")
    return Condition(
        "",
        tuple(random.choices(_MATTERS, k=random.randint(1, 3))),
        random.choice(("pledged", "handed_over", "committed")),
        random.randint(0, 9) * 1000,
    )
