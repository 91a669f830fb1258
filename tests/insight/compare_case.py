"""The scenario that the tests of comparing share: small enough to be computed by hand.

A holds two guns, must keep two, may fall to none, and gives up to two to C in January or February; they
arrive a month later. The maker delivers A one gun a month from April on, for 10 paid at order by B.
"""

from __future__ import annotations

from typing import Any

from ringtausch.records import Scenario, Variant
from tests.builders import scenario

__all__ = ["case", "variant", "variants"]


def case(**tables: Any) -> Scenario:
    """Build the scenario; tables and settings given replace its own."""
    content: dict[str, Any] = {
        "start": "2025-01-01",
        "horizon": 2,
        "settlement": 4,
        "stocks": "A,gun,2",
        "floors": "A,gun,2025-01-01,2,2",
        "offers": "o1,A,gun,2,2025-01-01",
        "lanes": "A,C,gun,1",
        "needs": "n1,C,gun,2,2025-01-01",
        "assurances": "A,gun,2",
        "supply": "S,gun,A,10,,1",
        "production": "S,gun,2025-04-01,1",
        "funds": "f1,B",
        "releases": "f1,2025-01-01,100",
    }
    return scenario(**(content | tables))


def variant(name: str, *edits: str, title: str = "", made_from: str = "") -> Variant:
    """Make a variant that builds on no other."""
    return Variant(
        name=name,
        title=title or name,
        reason="",
        edits=edits,
        made_from=made_from,
        all_edits=edits,
    )


def variants() -> dict[str, Variant]:
    """Make the variants of the tests: four months instead of two, no hope, and nothing at all."""
    found = [
        variant("patient", "assurances[party=A,item=gun].within=4", title="A waits four months"),
        variant("at-once", "needs[need=n1].hard=true", title="C must have it at once"),
        variant("same", "parties[party=B].name=Bee", title="B has a name"),
    ]
    return {one.name: one for one in found}
