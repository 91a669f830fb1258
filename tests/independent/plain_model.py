"""Solve a scenario folder by a plain model: all 13 rules, then the objectives one after the other.

In: the path of a folder. Out: the status and the value of each listed objective.
"""

import math
import time
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from .folder import Folder
from .goods import (
    Sheet,
    rule_1_stock,
    rule_2_willingness,
    rule_3_consent,
    rule_4_production,
    rule_5_designation,
)
from .linear import Linear, power_of_ten
from .money import rules_10_and_11_money
from .objectives import expressions
from .promises import (
    Consequences,
    no_new_debts_in_the_settlement,
    rule_6_debt,
    rule_7_assurance,
    rule_8_floor,
    rule_9_need,
    rule_12_security,
    rule_13_no_circles,
)
from .result import Result

# "within a numerical slack per step no larger than 1e-6 * max(1, value)". Another program's values may
# have used all of it. For values of our own a tenth is enough, and safer: a row `... <= 1e-6` is as
# large as the tolerance of HiGHS, which then calls models infeasible that have plans.
SLACK_FOR_OTHERS = 1e-6
SLACK = 1e-7


def build(folder: Folder) -> tuple[Sheet, dict[str, Linear]]:
    """Write every rule down and give the sheet and the objectives by name."""
    sheet, state = Sheet(folder), Consequences()
    rule_1_stock(sheet)
    rule_2_willingness(sheet)
    rule_3_consent(sheet)
    rule_4_production(sheet)
    rule_5_designation(sheet)
    no_new_debts_in_the_settlement(sheet)
    rule_6_debt(sheet, state)
    rule_7_assurance(sheet, state)
    rule_8_floor(sheet, state)
    rule_9_need(sheet, state)
    money = rules_10_and_11_money(sheet)
    rule_12_security(sheet, state)
    rule_13_no_circles(sheet)
    return sheet, expressions(sheet, state, money)


def solve(
    path: Path,
    hold: Mapping[str, float] | None = None,
    time_limit: float = 60.0,
    *,
    thorough: bool = False,
) -> Result:
    """Minimise the listed objectives in their order.

    Parameters
    ----------
    path
        The scenario folder.
    hold
        Values of another program, by objective. Where given, a later objective is minimised among the
        plans that keep the earlier one at this value instead of the best value found here.
    time_limit
        Seconds for all objectives together.
    thorough
        Solve each objective without presolve as well and take the better answer: slow, and safe
        against a presolve that cuts off plans.
    """
    ends = time.monotonic() + time_limit
    folder = Folder(Path(path))
    sheet, objectives = build(folder)
    values: dict[str, float] = {}
    notes: list[str] = []
    for name in folder.objectives:
        seconds = ends - time.monotonic()
        if seconds <= 0:
            return Result("limit", values, tuple(notes))
        answer = sheet.model.minimise(objectives[name], seconds, thorough=thorough)
        if answer.note:
            notes.append(f"{name}: {answer.note}")
        if answer.status != "optimal":
            status = answer.status
            if values and status == "infeasible":
                # What was held is our own best value: then it is the solver that is wrong.
                status = "hold" if hold else "other: infeasible after a plan was found"
            return Result(status, values, tuple(notes))
        values[name] = answer.value
        if hold and name in hold:
            keep(sheet, name, objectives[name], hold[name], SLACK_FOR_OTHERS)
        else:
            keep(sheet, name, objectives[name], values[name], SLACK)
    if not folder.objectives:
        answer = sheet.model.minimise(Linear(), time_limit)
        return Result(answer.status)
    return Result("optimal", values, tuple(notes))


def keep(sheet: Sheet, name: str, objective: Linear, best: float, slack: float) -> None:
    """Hold an objective at its best value, times 1 + tolerance, plus allowance, plus the slack."""
    folder = sheet.folder
    limit = best * (1 + float(folder.tolerance.get(name, 0)))
    limit += float(folder.allowance.get(name, 0)) + slack * max(1.0, abs(best))
    scale = 1 / power_of_ten(objective.terms.values())
    if objective.terms and math.isfinite(limit):
        sheet.model.at_most(scale * objective, scale * Fraction(limit))
