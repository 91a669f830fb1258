"""Write a scenario folder from text, for tests."""

import textwrap
from pathlib import Path

HEAD = """
[scenario]
format = 1
name = "{name}"
start = {start}
period = "{period}"
horizon = {horizon}
settlement = {settlement}
currency = "EUR"
objectives = [{objectives}]
"""

GUN = """item,unit,indivisible
         gun,piece,true"""
FROM_A_TO_C = """from,to,item
                 A,C,gun"""


def head(
    objectives: str,
    *,
    horizon: int,
    settlement: int,
    start: str = "2025-01-01",
    period: str = "month",
    more: str = "",
    name: str = "by hand",
) -> str:
    """Give the text of scenario.toml; `objectives` are names between blanks, `more` is added below."""
    quoted = ", ".join(f'"{objective}"' for objective in objectives.split())
    filled = HEAD.format(
        name=name,
        start=start,
        period=period,
        horizon=horizon,
        settlement=settlement,
        objectives=quoted,
    )
    return filled.lstrip() + textwrap.dedent(more).strip() + "\n"


def write_folder(folder: Path, settings: str, **tables: str) -> Path:
    """Write settings and tables; a table is text with a header line, indented as one likes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scenario.toml").write_text(settings, encoding="utf-8")
    for name, text in tables.items():
        lines = [line.strip() for line in text.strip().splitlines()]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def parties(names: str) -> str:
    """Give a table of parties without a burden-sharing key."""
    return "\n".join(["party,name,burden_key", *[f"{name},," for name in names]])
