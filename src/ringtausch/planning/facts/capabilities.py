"""What is asked and what must be kept: needs and floors by capability and role (rules 8 and 9)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray, IntArray
from ringtausch.planning.facts.names import Names
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import Floor

__all__ = ["Floors", "Needs", "find_floors", "find_needs", "find_parts"]

#: Capability -> its roles, each a list of (item, weight).
Parts = dict[str, list[list[tuple[int, float]]]]


@dataclass(frozen=True)
class Needs:
    """The needs, and what each role of their capabilities is made of."""

    party: IntArray  # (need,)
    quantity: FloatArray  # (need,) units of the capability
    due: IntArray  # (need,) period; may lie after the last one
    weight: FloatArray  # (need,)
    step: FloatArray  # (need,) units; 0 = any quantity counts
    hard: BoolArray  # (need,)
    role_of: IntArray  # (role,) need
    part_role: IntArray  # (part,) role
    part_item: IntArray  # (part,)
    part_weight: FloatArray  # (part,) units of the capability per unit of the item, above 0

    def counted(self, parties: int, items: int) -> BoolArray:
        """Tell for each party and item whether a need of the party counts the item."""
        counted = np.zeros((parties, items), dtype=np.bool_)
        counted[self.party[self.role_of[self.part_role]], self.part_item] = True
        return counted


@dataclass(frozen=True)
class Floors:
    """The floors by party and capability, in time, and what their roles are made of."""

    party: IntArray  # (floor,)
    capability: tuple[str, ...]  # (floor,)
    level: FloatArray  # (floor, period) units of the capability
    gap_max: FloatArray  # (floor, period) units: what is agreed and what was missing anyway
    weight: FloatArray  # (floor, period)
    role_of: IntArray  # (role,) floor
    part_role: IntArray  # (part,) role
    part_item: IntArray  # (part,)
    part_weight: FloatArray  # (part,)


def find_parts(scenario: Scenario, names: Names) -> Parts:
    """Collect the roles of each capability; every item is a capability of its own name."""
    roles: dict[str, dict[str, list[tuple[int, float]]]] = defaultdict(lambda: defaultdict(list))
    for row in scenario.capabilities:
        roles[row.capability][row.role].append((names.item[row.item], float(row.weight)))
    parts: Parts = {name: [[(number, 1.0)]] for name, number in names.item.items()}
    parts |= {capability: list(by_role.values()) for capability, by_role in roles.items()}
    return parts


def find_needs(scenario: Scenario, names: Names, parts: Parts) -> Needs:
    """Bring the needs into arrays; an item of weight 0 gives nothing and is left out."""
    rows = scenario.needs
    role_of, part_role, part_item, part_weight = _spread([row.capability for row in rows], parts)
    calendar = scenario.calendar
    counts = part_weight > 0
    return Needs(
        party=names.parties_of(row.party for row in rows),
        quantity=np.array([float(row.quantity) for row in rows]),
        due=np.array([calendar.index(row.due) for row in rows], dtype=np.int64),
        weight=np.array([float(row.weight) for row in rows]),
        step=np.array([float(row.step or 0) for row in rows]),
        hard=np.array([row.hard for row in rows], dtype=np.bool_),
        role_of=role_of,
        part_role=part_role[counts],
        part_item=part_item[counts],
        part_weight=part_weight[counts],
    )


def find_floors(scenario: Scenario, names: Names, parts: Parts, held: FloatArray) -> Floors:
    """Bring the floors into arrays.

    `held` (party, item, period) is what opening stock and arrivals alone leave: a gap that it has
    is nobody's fault and is allowed on top of what was agreed.
    """
    rows: dict[tuple[str, str], list[Floor]] = defaultdict(list)
    for row in scenario.floors:
        rows[row.party, row.capability].append(row)
    party = names.parties_of(party for party, _ in rows)
    capability = tuple(capability for _, capability in rows)
    role_of, part_role, part_item, part_weight = _spread(capability, parts)
    level, agreed, weight = (np.zeros((len(rows), scenario.calendar.count)) for _ in range(3))
    for number, floor_rows in enumerate(rows.values()):
        for row in sorted(floor_rows, key=lambda row: row.from_):  # the latest begun counts
            begin = scenario.calendar.index(row.from_)
            level[number, begin:] = float(row.quantity)
            agreed[number, begin:] = float(row.max_gap)
            weight[number, begin:] = float(row.weight)
    strength = np.zeros((len(role_of), scenario.calendar.count))
    contribution = held[party[role_of[part_role]], part_item] * part_weight[:, None]
    np.add.at(strength, part_role, contribution)
    before = np.zeros_like(level)
    np.maximum.at(before, role_of, level[role_of] - strength)
    return Floors(
        party, capability, level, before + agreed, weight,
        role_of, part_role, part_item, part_weight,
    )  # fmt: skip


def _spread(
    capabilities: list[str] | tuple[str, ...], parts: Parts
) -> tuple[IntArray, IntArray, IntArray, FloatArray]:
    """List the roles of each capability, and the parts of each role."""
    role_of: list[int] = []
    part_role: list[int] = []
    part_item: list[int] = []
    part_weight: list[float] = []
    for number, capability in enumerate(capabilities):
        for role in parts[capability]:
            for item, weight in role:
                part_role.append(len(role_of))
                part_item.append(item)
                part_weight.append(weight)
            role_of.append(number)
    return (
        np.array(role_of, dtype=np.int64),
        np.array(part_role, dtype=np.int64),
        np.array(part_item, dtype=np.int64),
        np.array(part_weight, dtype=np.float64),
    )
