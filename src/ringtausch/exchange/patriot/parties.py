"""`parties.csv`, and every name that the other tables use for a party, as the directory of a register.

In: rows. Out: parties by the names that statements use. Several who act together are one party here, named
`DNK+NOR+SWE`; nothing that they do together is split.
"""

from __future__ import annotations

import re

from ringtausch.exchange.patriot.rows import TableRow
from ringtausch.register.directory import Party, PartyKind

__all__ = ["COLUMNS", "Parties", "givers_in", "party_name"]

COLUMNS = ("party_id", "name", "kind")

_KINDS: dict[str, PartyKind] = {
    "state": "state",
    "organisation": "organisation",
    "account": "pool",
    "fund": "pool",
    "producer": "company",
}
#: Who says what came into a pool.
_KEEPERS = {"ORG-PURL": "NATO", "ORG-NATO-ACCT": "NATO", "ORG-IAAD": "DEU"}
_TITLES = {
    "NATO": "North Atlantic Treaty Organization",
    "EU": "European Union",
    "KOR": "South Korea",
    "IFW-KIEL": "Kiel Institute",
}
_STATE = re.compile(r"\b[A-Z]{3}\b")


def party_name(text: str) -> str:
    """Write a party's name the same way in all tables.

    Examples
    --------
    >>> party_name("DEU + others"), party_name("ISR (via USA)"), party_name("FIN DNK (later also DEU)")
    ('DEU+others', 'ISR', 'DNK+FIN')
    >>> party_name("USA/Europe")
    'USA or Europe'
    """
    told = re.sub(r"\([^)]*\)", "", text).strip() if not text.startswith("(") else text.strip("()")
    told = {"NB8": "DNK+EST+FIN+ISL+LTU+LVA+NOR+SWE"}.get(told, told)
    if re.fullmatch(r"[A-Z]{3}( [A-Z]{3})+", told):
        told = told.replace(" ", "+")
    told = told.replace("/", " or ")  # a slash parts a party from a person of it
    parts = [part.strip() for part in told.split("+")]
    states = sorted(part for part in parts if _STATE.fullmatch(part))
    return "+".join([*states, *(part for part in parts if part not in states)])


def givers_in(name: str) -> frozenset[str]:
    """Return the states that a name of several names.

    Examples
    --------
    >>> sorted(givers_in("DEU+others")), sorted(givers_in("allies"))
    (['DEU'], [])
    """
    return frozenset(_STATE.findall(name)) if "+" in name else frozenset()


class Parties:
    """The parties of all tables: those of `parties.csv`, and each name that is used."""

    def __init__(self, rows: list[TableRow]) -> None:
        self._known: dict[str, Party] = {}
        for row in rows:
            name = row["party_id"]
            kind = _KINDS.get(row["kind"], "organisation")
            keeper = _KEEPERS.get(name, "") if kind == "pool" else ""
            self._known[name] = Party(name, row["name"], kind, keeper)
        for name in _KEEPERS.values():
            self.name(name)

    def name(self, text: str) -> str:
        """Return the name of a party, and know it from then on; nothing for nothing."""
        name = party_name(text)
        if name and name not in self._known:
            alone = bool(_STATE.fullmatch(name))
            self._known[name] = Party(
                name,
                _TITLES.get(name, "" if alone else name.replace("+", ", ")),
                "state" if alone else "organisation",
            )
        return name

    def all(self) -> list[Party]:
        """List all parties by name."""
        return [self._known[name] for name in sorted(self._known)]
