"""Write random scenario folders that are valid and use every column and rule now and then.

In: a folder to write to, a seed and a size. Out: the folder. The same seed gives the same files.
"""

import datetime
import random
from pathlib import Path

from .folder import OBJECTIVES
from .random_draft import Draft
from .random_promises import add_floors, add_needs, add_offers, add_promises, add_stocks
from .random_supply import add_lanes, add_money, add_supply
from .writing import head, write_folder

HORIZONS = {"micro": (1, 3), "tiny": (3, 5), "small": (4, 8)}
SETTLEMENTS = {"micro": (0, 2), "tiny": (2, 4), "small": (3, 6)}
PARTIES = {"micro": (2, 3), "tiny": (3, 5), "small": (5, 8)}
ITEMS = {"micro": (1, 2), "tiny": (2, 3), "small": (3, 5)}


def write_random(folder: Path, seed: int, size: str = "tiny", *, whole: bool = True) -> Path:
    """Write one random scenario folder.

    Parameters
    ----------
    folder
        Where to write to; made if it is not there.
    seed
        The same seed, size and whole give the same files.
    size
        "micro" (2 or 3 parties, 1 to 5 periods; for the brute force), "tiny" (3 to 5 parties, 5 to 9
        periods) or "small" (5 to 8 parties, 7 to 14 periods).
    whole
        True: all items are indivisible. False: each item is or is not, by chance.
    """
    dice = random.Random(f"{seed} {size} {whole}")
    day = datetime.date(2025, dice.randint(1, 12), dice.choice((1, 1, 14, 17, 28)))
    draft = Draft(
        dice,
        size,
        start=day,
        period=dice.choice(("month", "month", "week", "quarter")),
        horizon=dice.randint(*HORIZONS[size]),
        settlement=dice.randint(*SETTLEMENTS[size]),
        money=dice.choice((1, 1, 1, 1, 1, 1_000_000)),
    )
    _add_names(draft, whole=whole)
    _add_capabilities(draft)
    for step in (add_needs, add_stocks, add_offers, add_promises, add_floors):
        step(draft)
    for step in (add_lanes, add_supply, add_money):
        step(draft)
    settings = _settings(draft, seed)
    return write_folder(Path(folder), settings, **{name: draft.csv(name) for name in draft.tables})


def _add_names(draft: Draft, *, whole: bool) -> None:
    """Draw parties, some outside the burden-sharing key, and items, some without a value."""
    for number in range(draft.dice.randint(*PARTIES[draft.size])):
        party = "ABCDEFGH"[number]
        draft.parties.append(party)
        key = draft.some(None, 0, 1, 2, "3.5", 4)
        draft.add("parties", party=party, name=f'"{party}", a state', burden_key=key, note=None)
    for number in range(draft.dice.randint(*ITEMS[draft.size])):
        item = f"item{number}"
        draft.whole[item] = whole or draft.chance(0.5)
        draft.add(
            "items",
            item=item,
            name=None,
            unit="piece",
            indivisible=draft.whole[item],
            value=draft.some(None, 0, draft.price(1, 9), draft.price(1, 9)),
            currency=draft.currency(),
            source="drawn",
        )


def _add_capabilities(draft: Draft) -> None:
    """Draw capabilities of one or two roles; an item of weight 0 never stands alone in its role."""
    for number in range(draft.dice.choice((0, 1, 1, 2))):
        capability = f"capability{number}"
        items = draft.dice.sample(draft.items, draft.dice.randint(1, len(draft.items)))
        roles = [draft.some(None, None, "radar", "launcher") for _ in items]
        counted = []
        for place, (item, role) in enumerate(zip(items, roles, strict=True)):
            weight = draft.some(None, None, 1, 2, "0.5")
            if role in roles[:place] and draft.chance(0.2):
                weight = 0
            draft.add("capabilities", capability=capability, item=item, weight=weight, role=role)
            counted += [] if weight == 0 else [item]
        draft.counted[capability] = counted


def _settings(draft: Draft, seed: int) -> str:
    objectives = _objectives(draft)
    more = ""
    for section, values in (("tolerance", ("0.1", "0.5")), ("allowance", ("1", "2.5"))):
        chosen = [name for name in objectives if draft.chance(0.1)]
        more += f"[{section}]\n" + "".join(f"{n} = {draft.some(*values)}\n" for n in chosen)
    more += "[fx]\nUSD = 0.86\nNOK = 0.085\n"
    return head(
        " ".join(objectives),
        horizon=draft.horizon,
        settlement=draft.settlement,
        start=str(draft.start),
        period=draft.period,
        more=more,
        name=f"random {draft.size} {seed}",
    )


def _objectives(draft: Draft) -> list[str]:
    """Draw the order: usual, shuffled, or a part; mostly something that a plan can do good to first."""
    names = list(OBJECTIVES)
    if draft.chance(0.3):
        return names
    if draft.chance(0.4):
        return ["unmet_need", *[name for name in names if name != "unmet_need"]]
    draft.dice.shuffle(names)
    good = sorted(names[:2], key=lambda name: name in OBJECTIVES[3:])
    if draft.chance(0.8):
        good = [str(draft.some("unmet_need", "unmet_need", "late_replacement", "capability_gap"))]
    rest = [name for name in names if name not in good]
    return (good + rest)[: draft.dice.randint(1, len(names))]
