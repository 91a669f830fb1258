"""The loop between register and plan: positions and terms to a scenario, a plan to proposals.

`scenario.scenario_from` puts a scenario together, a file a table; `adopting.proposals` turns the next months
of a plan into draft statements. Nothing here plans, and nothing here knows how a register is stored.
"""

from __future__ import annotations

__all__: list[str] = []
