"""A scenario and a plan whose measures are counted by hand: one giver gets one for one, one two."""

from __future__ import annotations

from typing import Any

from tests.builders import plan, scenario

__all__ = ["CASE", "CONTENT", "MADE"]

#: Twelve months from January 2025. A gives 4 guns in month 0 and is to have them back within 6
#: months; a howitzer counts half a gun to it. B gives 2 guns in month 1, to be replaced two for one.
CONTENT: dict[str, Any] = dict(  # noqa: C408 - a scenario is written as keywords
    infer=False,
    horizon=3,
    settlement=9,
    parties="A,Aland,3; B,Bland,1; C,Cland",
    items="gun,,,,100; howitzer,,,,60",
    stocks="A,gun,4; B,gun,5",
    floors="A,gun,2025-01-01,3,3,0.5",
    offers="o1,A,gun,4; o2,B,gun,2",
    lanes="A,C,gun; B,C,gun",
    supply="M,gun,*,100; M,howitzer,A,60",
    production="M,gun,2025-01-01,3; M,howitzer,2025-01-01,2",
    assurances="A,gun,6; B,gun,6,2,0.5",
    exchange="A,gun,howitzer,0.5",
    funds="FA,A; FB,B",
    releases="FA,2025-01-01,600; FB,2025-01-01,300",
)
CASE = scenario(**CONTENT)
#: A gets 2 howitzers in month 3, 2 guns in month 5 and one in month 8, two months late. B gets 3 guns
#: in month 4 and never the fourth that it is owed.
MADE = plan(
    CASE,
    dispatches="o1,A,C,gun,0,4; o2,B,C,gun,1,2",
    orders="M,howitzer,A,3,2; M,gun,B,4,3; M,gun,A,5,2; M,gun,A,8,1",
    settlements="A,gun,howitzer,3,2; B,gun,gun,4,3; A,gun,gun,5,2; A,gun,gun,8,1",
    payments="FA,order,howitzer,A,3,120; FA,order,gun,A,5,300; FB,order,gun,B,4,130;"
    "FA,compensation,gun,B,1,50",
)
