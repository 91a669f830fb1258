"""A scenario with something in every table and every kind of cell, for round trips."""

from __future__ import annotations

from ringtausch.records import Scenario
from tests.builders import scenario

__all__ = ["rich_case"]


def rich_case() -> Scenario:
    """Build it: names with accents, notes with quotes, decimals that no float holds."""
    return scenario(
        name='Häfen & "Zölle" № 1',
        start="2025-07-15",
        period="quarter",
        horizon=5,
        settlement=4,
        objectives=["spend", "unmet_need"],
        tolerance={"spend": 0.05},
        allowance={"unmet_need": 2},
        fx={"USD": 0.9, "UAH": 0.02},
        parties="ÅLA,Åland Ω,0.12345678901234567890,a book,he said “so”\nB,,3",
        items="gun,Gun,piece,true,100.50,USD\nshell",
        capabilities="fire,gun,1,guns\nfire,shell,0.01,shells",
        stocks="ÅLA,gun,4\nB,shell,12345678901234.567",
        arrivals="B,gun,2026-01-01,1,true\nB,gun,2026-01-01,1,true\nÅLA,gun,1850-01-01,1",
        floors="ÅLA,fire,2025-07-01,4,2,1.5",
        offers="o1,ÅLA,gun,2,2025-07-01,2026-03-31,B,2,,5,USD\no2,ÅLA,gun,1,,,*,,1",
        lanes="*,B,*,1,10,2.5,EUR,never\nÅLA,B,gun,1,,,,2025-08-01,2026-12-31",
        supply="S,gun,*,1.25,UAH,2,0:0.3 2:0.7,2025-07-01,,1\nT,*,B,,,,,never",
        production="S,gun,2025-09-01,0.5",
        needs="n1,B,shell,60,2025-10-01,2,30,\nn2,B,fire,2,2026-01-01",
        assurances="ÅLA,gun,4,1.5,2,true,true",
        debts="B,shell,10,2025-10-01\nB,shell,10,2025-10-01",
        exchange="ÅLA,gun,shell,0.01",
        funds="F,B,EUR,2026-12-31\nG,ÅLA",
        releases="F,2025-07-01,1000000\nF,2025-07-01,0.01",
        earmarks="F,order,gun,*\nF,*,*,B",
        dues="order,gun,B,2025-10-01,5,USD",
    )
