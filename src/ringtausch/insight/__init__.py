"""Words and numbers about a plan: whether it is right, why it is so, what could be better."""

from ringtausch.insight.verify import Proof, Violation, verify

__all__ = ["Proof", "Violation", "verify"]
