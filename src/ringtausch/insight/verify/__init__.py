"""Verification: whether a plan obeys every rule, and what it really comes to.

Its own reading of the planning problem, which shares no code with planning: `facts` reads the
scenario, `decisions` the plan, `flows`, `bills` and `consequences` work out what follows, a file
per rule judges, `objectives` values, `stated` compares what the plan says of itself.
"""

from ringtausch.insight.verify.consequences import Consequences
from ringtausch.insight.verify.proof import Proof
from ringtausch.insight.verify.verification import verify
from ringtausch.insight.verify.violation import RULE_NAMES, Violation

__all__ = ["RULE_NAMES", "Consequences", "Proof", "Violation", "verify"]
