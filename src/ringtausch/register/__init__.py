"""The register: sourced statements in, positions, debts, totals and postings out. No web, no SQL.

A name is imported from its module: `statement` (what is stored), `view` (who may read what), `rule`,
`positions` (where matters stand), `totals`, `boundary` and `look_through` (money, everything once),
`replacement`, `discrepancies` and `overdue` (who owes whom), `postings` and `journal` (accounts), `recording`
(what may be said), `trust` and `audit` (that nothing was changed).
"""

from __future__ import annotations

__all__: list[str] = []
