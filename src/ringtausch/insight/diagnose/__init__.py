"""Diagnose: conflicts among a scenario's requirements, and the least repairs of its rows.

`conflicts` finds what cannot hold together, `eases` lists what may give way, `elastic` and
`insight.hitting` find how little of it will do, `repairs` writes that as edits and plans the edited
scenario.
"""

from ringtausch.insight.diagnose.conflicts import Conflict
from ringtausch.insight.diagnose.diagnosis import Diagnosis, diagnose
from ringtausch.insight.diagnose.repairs import Repair

__all__ = ["Conflict", "Diagnosis", "Repair", "diagnose"]
