"""What verification answers: the rules that a plan breaks, and its recomputed figures.

A `Proof` is data: it knows neither how it came about nor how it is printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from ringtausch.insight.verify.consequences import Consequences
from ringtausch.insight.verify.violation import Violation
from ringtausch.language import _

__all__ = ["Proof"]


@dataclass(frozen=True)
class Proof:
    """Whether a plan is right, and what it really comes to.

    Parameters
    ----------
    violations
        The form of the plan first, then the rules in order, then the figures that it states.
    objectives
        All six, recomputed from the decisions alone.
    consequences
        Stocks, debts, lateness, gaps, unmet needs and charges, recomputed likewise.
    notes
        What is worth knowing and breaks no rule.
    """

    violations: tuple[Violation, ...]
    objectives: dict[str, float]
    consequences: Consequences
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the plan obeys every rule and states its figures rightly."""
        return not self.violations

    def __str__(self) -> str:
        """Write one sentence per line."""
        verdict = _("the plan obeys every rule") if self.ok else ""
        return "\n".join(
            line for line in (verdict, *map(str, self.violations), *self.notes) if line
        )

    def __repr__(self) -> str:
        """Say the verdict, not every figure."""
        return f"<Proof: {'ok' if self.ok else f'{len(self.violations)} broken'}>"

    def _repr_html_(self) -> str:
        lines = "".join(f"<li>{escape(line)}</li>" for line in str(self).splitlines())
        return f"<ul>{lines}</ul>"
