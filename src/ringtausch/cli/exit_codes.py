"""Exit codes: what a script can rely on."""

from enum import IntEnum

__all__ = ["ExitCode"]


class ExitCode(IntEnum):
    """How a command ended."""

    OK = 0
    BROKEN_RULE = 1  # verify: the plan breaks a rule; audit, register prove: it does not fit
    INVALID = 2  # input that cannot be used, or output that exists
    INFEASIBLE = 3  # no plan obeys all rules
    NO_PLAN_YET = 4  # a limit was reached before any plan was found
    DEFECT = 70  # a defect of the program
