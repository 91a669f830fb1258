"""Labels: what parties, items, offers and the like are called in a file for other solvers.

In: names of the scenario's rows. Out: labels of letters, digits, `.`, `_` and `~` alone, unique among
their kind and at most 32 characters long. No solver takes every character that a table may hold: in an
LP file `-` is a minus and `[` begins a square.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ringtausch.planning.layout import Layout
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import CHARGE_PURPOSES

__all__ = ["LONGEST_LABEL", "Labels", "label_everything", "legal_labels", "named"]

#: So long a label may be; with it no name is longer than `LONGEST_NAME` of `exporting`.
LONGEST_LABEL = 32
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
     "ẞ": "SS", "Æ": "AE", "Œ": "OE", "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "TH"}
)  # fmt: skip


@dataclass(frozen=True)
class Labels:
    """The labels of each axis, in the order of the facts."""

    parties: tuple[str, ...]
    items: tuple[str, ...]
    offers: tuple[str, ...]
    suppliers: tuple[str, ...]  # (line,)
    funds: tuple[str, ...]
    needs: tuple[str, ...]
    capabilities: tuple[str, ...]  # (floor,)
    need_roles: tuple[str, ...]  # (role of a need,) empty where the role has no name
    floor_roles: tuple[str, ...]  # (role of a floor,)
    classes: tuple[str, ...]  # (class of charges,) empty where no such charge can arise
    periods: tuple[str, ...]
    #: What is called so otherwise that one would not guess it: (label, kind, name).
    renamed: tuple[tuple[str, str, str], ...]


def legal_labels(names: Iterable[str], longest: int = LONGEST_LABEL) -> dict[str, str]:
    """Find a legal label for each name, no two the same.

    A name that is legal stays as it is. Letters lose their accents, other scripts are written by their
    numbers, all else becomes `_`; what would then be the same as another, or is cut off, ends in `~2`,
    `~3` and so on.

    Examples
    --------
    >>> legal_labels(["DEU_1", "DEU-1", "Müller & Söhne", "Жук"])
    {'DEU_1': 'DEU_1', 'DEU-1': 'DEU_1~2', 'Müller & Söhne': 'Muller___Sohne', 'Жук': 'u0416u0443u043A'}
    """
    plain = {name: _plain(name) for name in names}
    taken = {name for name, text in plain.items() if name == text and len(text) <= longest}
    labels = {}
    for name, text in plain.items():
        label, number = text[:longest], 1
        while label in taken and not (label == name and name in taken):
            number += 1
            end = f"~{number}"
            label = text[: longest - len(end)] + end
        taken.add(label)
        labels[name] = label
    return labels


def _plain(name: str) -> str:
    """Write a name in letters, digits, `.` and `_`."""
    decomposed = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    bare = (letter for letter in decomposed if not unicodedata.combining(letter))
    written = (x if x.isascii() else f"u{ord(x):04X}" if x.isalnum() else "_" for x in bare)
    return re.sub(r"[^A-Za-z0-9._]", "_", "".join(written)) or "_"


def label_everything(scenario: Scenario, layout: Layout) -> Labels:
    """Find labels for all axes of a layout."""
    facts = layout.facts
    kinds = {
        "party": facts.names.parties,
        "item": facts.names.items,
        "offer": tuple(row.offer for row in scenario.offers),
        "supplier": facts.lines.supplier,
        "fund": tuple(row.fund for row in scenario.funds),
        "need": tuple(row.need for row in scenario.needs),
        "capability": facts.floors.capability,
        "role": tuple(row.role for row in scenario.capabilities if row.role),
    }
    found = {kind: legal_labels(dict.fromkeys(names)) for kind, names in kinds.items()}
    of = {kind: tuple(found[kind][name] for name in names) for kind, names in kinds.items()}
    roles = _role_names(scenario, found["role"])
    asked = [row.capability for row in scenario.needs]
    return Labels(
        parties=of["party"],
        items=of["item"],
        offers=of["offer"],
        suppliers=of["supplier"],
        funds=of["fund"],
        needs=of["need"],
        capabilities=of["capability"],
        need_roles=tuple(role for name in asked for role in roles.get(name, [""])),
        floor_roles=tuple(role for name in kinds["capability"] for role in roles.get(name, [""])),
        classes=_classes(layout, of["item"], of["party"]),
        periods=tuple(
            scenario.calendar.label(period).replace("-", ".") for period in range(facts.periods)
        ),
        renamed=tuple(
            (label, kind, name)
            for kind, labels in found.items()
            for name, label in labels.items()
            if label != re.sub(r"[^A-Za-z0-9._]", "_", name) or not name.isascii()
        ),
    )


def _role_names(scenario: Scenario, labels: dict[str, str]) -> dict[str, list[str]]:
    """Name the roles of each capability, in the order of the facts."""
    roles: dict[str, dict[str, str]] = defaultdict(dict)
    for row in scenario.capabilities:
        roles[row.capability][row.role] = labels[row.role] if row.role else ""
    return {capability: list(names.values()) for capability, names in roles.items()}


def _classes(layout: Layout, items: Sequence[str], parties: Sequence[str]) -> tuple[str, ...]:
    """Name each class of charges by what all its charges have in common: `order.gun.A`."""
    charges, dues, funds = layout.charges, layout.facts.dues, layout.facts.funds
    kinds = np.stack(
        [
            np.concatenate([getattr(charges, axis), getattr(dues, axis)])
            for axis in ("purpose", "item", "party")
        ]
    )
    kinds = np.unique(kinds, axis=1)
    class_of = funds.class_of[tuple(kinds)]
    names = []
    for number in range(len(funds.pays)):
        mine = kinds[:, class_of == number]
        axes = zip(mine, (CHARGE_PURPOSES, items, parties), strict=True)
        names.append(".".join(_common([words[at] for at in axis]) for axis, words in axes))
    used = np.isin(np.arange(len(names)), class_of)
    kept = _distinct([name if is_used else "" for name, is_used in zip(names, used, strict=True)])
    return tuple(kept)


def _common(words: Sequence[str]) -> str:
    return words[0] if len(set(words)) == 1 else "various"


def _distinct(names: Sequence[str]) -> Iterable[str]:
    """Tell equal names apart by a number; empty ones stay empty."""
    seen: dict[str, int] = defaultdict(int)
    for name in names:
        seen[name] += 1
        yield name if seen[name] == 1 or not name else f"{name}~{seen[name]}"


def named(symbol: str, axes: Iterable[str]) -> str:
    """Write a name with its axes, leaving out those that are empty.

    >>> named("served", ("n1", "", "2025.07"))
    'served(n1,2025.07)'
    """
    return f"{symbol}({','.join(filter(None, axes))})"
