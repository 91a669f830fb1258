"""What both programs of this package answer."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Result:
    """The outcome, and the value of each objective that the scenario lists, in its order.

    `status` is "optimal", "infeasible" (no plan obeys the rules), "hold" (the values to hold cannot be
    reached), "limit" or "other: ..."; `values` has the objectives solved so far; `notes` are doubts
    about the solver.
    """

    status: str
    values: dict[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
