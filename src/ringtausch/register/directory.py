"""Who and what statements speak of: parties and pools, items with their units, and currencies.

In: rows of a register's directory. Out: names that can be looked up. The directory is public: it says
that a party or an item exists, never what anybody does with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ringtausch.register.ranges import ITEM_SCALE, MONEY_SCALE

__all__ = ["Directory", "Item", "Party", "minor_unit", "scale_of"]

PartyKind = Literal["state", "organisation", "pool", "company"]

#: Currencies whose smallest coin is not a hundredth, by their number of decimals (ISO 4217).
_NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_DECIMALS = {
    **dict.fromkeys(_NO_DECIMALS.split(), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


@dataclass(frozen=True, slots=True)
class Party:
    """A party: a state, an organisation, a company, or a pool of money that a keeper keeps."""

    name: str
    title: str = ""
    kind: PartyKind = "state"
    keeper: str = ""  # of a pool: who says what came in; the pool itself where it is empty


@dataclass(frozen=True, slots=True)
class Item:
    """A thing that is handed over and replaced, in the one unit in which it is counted."""

    name: str
    title: str = ""
    unit: str = "piece"
    divisible: bool = False  # else only whole numbers of it


@dataclass(frozen=True)
class Directory:
    """All parties and items that a register knows, and who belongs to the coalition.

    Examples
    --------
    >>> directory = Directory.of([Party("DEU"), Party("PURL", kind="pool")], [Item("launcher")])
    >>> directory.is_pool("PURL"), directory.is_pool("DEU"), "launcher" in directory.items
    (True, False, True)
    """

    parties: Mapping[str, Party] = field(default_factory=dict)
    items: Mapping[str, Item] = field(default_factory=dict)
    coalition: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, parties: list[Party], items: list[Item], coalition: frozenset[str] = frozenset()
    ) -> Directory:
        """Make one from rows."""
        return cls(
            {party.name: party for party in parties}, {item.name: item for item in items}, coalition
        )

    def is_pool(self, name: str) -> bool:
        """Tell whether a party is a pool: money from it is never new money (rule 23)."""
        party = self.parties.get(name)
        return party is not None and party.kind == "pool"

    def keeper_of(self, name: str) -> str:
        """Name who speaks for a pool, else the party itself."""
        party = self.parties.get(name)
        return party.keeper if party is not None and party.keeper else name


def minor_unit(currency: str) -> int:
    """Return the smallest coin of a currency, in ten-thousandths of it.

    Examples
    --------
    >>> minor_unit("EUR"), minor_unit("JPY")
    (100, 10000)
    """
    return int(MONEY_SCALE // 10 ** _DECIMALS.get(currency, 2))


def scale_of(currency: str) -> int:
    """Return how many parts one is counted in: of a currency where there is one, else of an item."""
    return MONEY_SCALE if currency else ITEM_SCALE
