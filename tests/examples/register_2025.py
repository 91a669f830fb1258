"""What examples/register-2025 holds: the statements of a summer, chosen from the public-facts tables.

`python -m tests.examples.register_2025` writes the example anew where the tables lie beside the checkout.
"""

from __future__ import annotations

from pathlib import Path

from ringtausch.exchange.directory_tables import write_directory
from ringtausch.exchange.imported import recorded_from_sources
from ringtausch.exchange.patriot import read_patriot
from ringtausch.exchange.statement_tables import write_statements
from ringtausch.register.directory import Directory
from ringtausch.register.statement import Statement
from tests.project_files import ROOT

__all__ = ["EXAMPLE", "chosen"]

EXAMPLE = ROOT / "examples" / "register-2025"
RECORDER = "desk"

#: Matters about systems and missiles, and the swap of 2022 as a precedent.
_SYSTEMS = (
    *("patriot:DEU:UKR", "patriot:DEU:UKR:replacement", "patriot:NOR:UKR"),
    *("patriot:DEU+others:UKR", "patriot:USA:UKR:paid-by-DEU", "patriot-launchers:DEU:UKR"),
    *(
        "patriot:USA:CHE",
        "request:patriot:UKR",
        "request:patriot:DEU-of-USA",
        "pac-3:DEU:UKR",
        "pac-3:several Europeans:UKR",
    ),
    *("patriot:GRC:UKR", "ring:G-POL-1", "ring:G-POL-1:replacement"),
)
#: Money: pledges of 2025, what they lie in, and what was stated of them.
_MONEY = ("L-PURL-", "L-DEUP-", "L-TOT-", "L-NEED-", "ESP-", "PRT-")
_OUT = ("L-TOT-02",)  # counted by others, whose figures are not ours to ship


def chosen(folder: Path) -> tuple[Directory, tuple[Statement, ...]]:
    """Choose the statements of the example, recorded when their sources came out, and who is in them."""
    imported = read_patriot(folder, recorded_by=RECORDER)
    drafts = [one for one in imported.drafts if _is_of_the_summer(one)]
    statements = recorded_from_sources(drafts)
    names = {
        name
        for one in statements
        for name in (
            *(one.giver, one.receiver, one.said_by, one.terms.replacer, one.terms.pool),
            *one.terms.boundary,
        )
    }
    known = imported.directory.parties
    names |= {known[name].keeper for name in names if name in known}
    items = {one.item for one in statements}
    directory = Directory.of(
        [party for name, party in known.items() if name in names],
        [item for name, item in imported.directory.items.items() if name in items],
    )
    return directory, statements


def _is_of_the_summer(one: Statement) -> bool:
    if one.matter in _SYSTEMS:
        return True
    said = one.said_on or one.source.date
    # Reports of 2026 add what is not of that year, but for the totals stated of it.
    of_2025 = said < "2026" or one.matter == "L-TOT-08"
    return one.matter.startswith(_MONEY) and one.matter not in _OUT and of_2025


def write(folder: Path) -> None:
    """Write the example's tables anew."""
    directory, statements = chosen(folder)
    write_directory(directory, EXAMPLE, force=True)
    write_statements(statements, EXAMPLE / "statements.csv", force=True)


if __name__ == "__main__":
    write(ROOT.parent / "shared" / "data" / "patriot-2025")
