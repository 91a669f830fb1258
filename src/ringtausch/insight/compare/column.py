"""One column of a comparison, and all of them together.

A column is a scenario with its plan, or the reason why it has none. In: data. Out: data, and how a
column differs from the first one in the order of the objectives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ringtausch.language import _
from ringtausch.records import OBJECTIVES

if TYPE_CHECKING:
    import polars

    from ringtausch.insight.compare.figures import Figures
    from ringtausch.records import Objective, Plan, Scenario

__all__ = ["Change", "Column", "ColumnKind", "ColumnStatus", "Comparison"]

ColumnKind = Literal["base", "plan", "variant"]
ColumnStatus = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True)
class Change:
    """The first objective in which a column differs from the first one, and by how much."""

    objective: str
    amount: float

    @property
    def better(self) -> bool:
        """Whether there is less of it: less is better of every objective."""
        return self.amount < 0


@dataclass(frozen=True, kw_only=True)
class Column:
    """A scenario, changed or not, and what the best plan for it comes to.

    `name` is empty for the scenario as it is. `made_from` is the content hash of what a variant was
    written for, empty where it does not say; `stale` tells whether that was another state. `reason`
    is why somebody asks, `why_none` why there is no plan, in short.
    """

    kind: ColumnKind
    name: str
    title: str
    reason: str
    edits: tuple[str, ...]
    on: str
    made_from: str
    stale: bool
    scenario: Scenario
    status: ColumnStatus
    objectives: dict[str, Objective]
    plan: Plan | None
    figures: Figures | None
    why_none: tuple[str, ...]

    @property
    def label(self) -> str:
        """What to call the column: the variant's name, or what else it is."""
        if self.kind == "base":
            return _("as it is")
        return _("old plan") if self.kind == "plan" else self.name


@dataclass(frozen=True)
class Comparison:
    """Columns side by side: the scenario as it is, an older plan where one is given, the variants.

    `order` is the order of the objectives by which the first column was planned.
    """

    columns: tuple[Column, ...]
    order: tuple[str, ...]

    @property
    def base(self) -> Column:
        """The scenario as it is: what every other column is compared with."""
        return self.columns[0]

    @property
    def variants(self) -> tuple[Column, ...]:
        """The columns of the variants."""
        return tuple(column for column in self.columns if column.kind == "variant")

    @property
    def listed(self) -> tuple[str, ...]:
        """All six objectives: those of the order first."""
        return (*self.order, *(name for name in OBJECTIVES if name not in self.order))

    def change(self, column: Column) -> Change | None:
        """Tell in which objective a column first differs; None where in none, or without a plan."""
        from ringtausch.planning.bench import first_difference

        if not column.objectives or not self.base.objectives:
            return None
        before, after = (
            {name: found.value for name, found in one.objectives.items()}
            for one in (self.base, column)
        )
        found = first_difference(self.order, before, after)
        return None if found is None else Change(*found)

    def column(self, name: str) -> Column:
        """Return the column of a variant by its name."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"no column {name!r}; there are {[c.name for c in self.columns]}")

    def frame(self) -> polars.DataFrame:
        """Return the comparison as a data frame with a row for each column of it."""
        from ringtausch.insight.compare.framing import frame_of_comparison

        return frame_of_comparison(self)

    def __repr__(self) -> str:
        """Say what is compared."""
        return f"<Comparison of {', '.join(column.label for column in self.columns)}>"

    def _repr_html_(self) -> str:
        found: str = self.frame()._repr_html_()
        return found
