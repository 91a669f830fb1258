"""Room: how much could be otherwise in plans that are nearly best, and who could give instead.

`near` finds the plans that are nearly best, `grains` and `relaxation` what none of them can have,
`quantities` what a party gives, waits and pays, `asking` answers one question exactly, `ranges` asks for
the least and the most, `differing` for plans that differ; `finding` puts them together.
"""

from ringtausch.insight.room.differing import Differing
from ringtausch.insight.room.finding import InvalidRoom, Room, room
from ringtausch.insight.room.near import Limit
from ringtausch.insight.room.ranges import Range

__all__ = ["Differing", "InvalidRoom", "Limit", "Range", "Room", "room"]
