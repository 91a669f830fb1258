"""Ringtausch plans, funds and accounts for *give now, be replaced later* transfers between allies.

    import ringtausch as rt

    scenario = rt.read("examples/patriot-2025")
    plan = rt.plan(scenario)
    plan.dispatches                    # a data frame
    assert rt.verify(scenario, plan).ok

Everything that the command line does is one of these functions. What is not in `__all__` is private.
The parts are imported when they are first used: reading a scenario does not load the solver.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ringtausch.lazy import first_use
from ringtausch.version import __version__

if TYPE_CHECKING:
    from ringtausch.hub import init_register, open_register
    from ringtausch.insight import Proof, Violation, verify
    from ringtausch.insight.asks import Ask, Asks, InvalidGoal, Reach, asks, reach
    from ringtausch.insight.changes import Changes, changes
    from ringtausch.insight.compare import Comparison, compare
    from ringtausch.insight.diagnose import Conflict, Diagnosis, Repair, diagnose
    from ringtausch.insight.explain import (
        Cause,
        Explanation,
        Instead,
        Waiting,
        explain,
        instead,
        waiting_for,
    )
    from ringtausch.insight.export import Exported, export
    from ringtausch.insight.fallback import Fallbacks, fallback
    from ringtausch.insight.measures import Measures, measures
    from ringtausch.insight.prices import InvalidPrices, Prices, prices
    from ringtausch.insight.reluctance import InvalidReluctance, read_reluctance
    from ringtausch.insight.room import InvalidRoom, Room, room
    from ringtausch.insight.workbench import Workbench, workbench
    from ringtausch.pictures import report_html, summary, write_comparison, write_report
    from ringtausch.planning import Infeasible, LimitReached, Progress, plan
    from ringtausch.records import (
        OBJECTIVES,
        InvalidEdit,
        InvalidInput,
        InvalidPlan,
        InvalidScenario,
        InvalidVariants,
        OutputExists,
        Plan,
        Problem,
        Scenario,
        Variant,
        read_plan,
    )
    from ringtausch.records import check_scenario as check
    from ringtausch.records import convert_scenario as convert
    from ringtausch.records import read_scenario as read
    from ringtausch.records import read_variants as variants
    from ringtausch.records import write_scenario as write
    from ringtausch.records.edits import edit
    from ringtausch.records.generate import generate_scenario as generate
    from ringtausch.records.values import InvalidValues, Value, read_values

__all__ = [
    "OBJECTIVES",
    "Ask",
    "Asks",
    "Cause",
    "Changes",
    "Comparison",
    "Conflict",
    "Diagnosis",
    "Explanation",
    "Exported",
    "Fallbacks",
    "Infeasible",
    "Instead",
    "InvalidEdit",
    "InvalidGoal",
    "InvalidInput",
    "InvalidPlan",
    "InvalidPrices",
    "InvalidReluctance",
    "InvalidRoom",
    "InvalidScenario",
    "InvalidValues",
    "InvalidVariants",
    "LimitReached",
    "Measures",
    "OutputExists",
    "Plan",
    "Prices",
    "Problem",
    "Progress",
    "Proof",
    "Reach",
    "Repair",
    "Room",
    "Scenario",
    "Value",
    "Variant",
    "Violation",
    "Waiting",
    "Workbench",
    "__version__",
    "asks",
    "changes",
    "check",
    "compare",
    "convert",
    "diagnose",
    "edit",
    "explain",
    "export",
    "fallback",
    "generate",
    "init_register",
    "instead",
    "measures",
    "open_register",
    "plan",
    "prices",
    "reach",
    "read",
    "read_plan",
    "read_reluctance",
    "read_values",
    "report_html",
    "room",
    "summary",
    "variants",
    "verify",
    "waiting_for",
    "workbench",
    "write",
    "write_comparison",
    "write_report",
]

_HOMES = {
    "OBJECTIVES": "records",
    "Ask": "insight.asks",
    "Asks": "insight.asks",
    "Cause": "insight.explain",
    "Changes": "insight.changes",
    "Comparison": "insight.compare",
    "Conflict": "insight.diagnose",
    "Diagnosis": "insight.diagnose",
    "Explanation": "insight.explain",
    "Exported": "insight.export",
    "Fallbacks": "insight.fallback",
    "Infeasible": "planning",
    "Instead": "insight.explain",
    "InvalidEdit": "records",
    "InvalidInput": "records",
    "InvalidGoal": "insight.asks",
    "InvalidPlan": "records",
    "InvalidPrices": "insight.prices",
    "InvalidReluctance": "insight.reluctance",
    "InvalidRoom": "insight.room",
    "InvalidScenario": "records",
    "InvalidValues": "records.values",
    "InvalidVariants": "records",
    "LimitReached": "planning",
    "Measures": "insight.measures",
    "OutputExists": "records",
    "Plan": "records",
    "Prices": "insight.prices",
    "Problem": "records",
    "Progress": "planning",
    "Proof": "insight",
    "Reach": "insight.asks",
    "Repair": "insight.diagnose",
    "Room": "insight.room",
    "Scenario": "records",
    "Value": "records.values",
    "Variant": "records",
    "Violation": "insight",
    "Waiting": "insight.explain",
    "Workbench": "insight.workbench",
    "asks": "insight.asks",
    "changes": "insight.changes",
    "check": "records:check_scenario",
    "compare": "insight.compare",
    "convert": "records:convert_scenario",
    "diagnose": "insight.diagnose",
    "edit": "records.edits",
    "explain": "insight.explain",
    "export": "insight.export",
    "fallback": "insight.fallback",
    "generate": "records.generate:generate_scenario",
    "init_register": "hub",
    "instead": "insight.explain",
    "measures": "insight.measures",
    "open_register": "hub",
    "plan": "planning",
    "prices": "insight.prices",
    "reach": "insight.asks",
    "read": "records:read_scenario",
    "read_plan": "records",
    "read_reluctance": "insight.reluctance",
    "read_values": "records.values",
    "report_html": "pictures",
    "room": "insight.room",
    "summary": "pictures",
    "variants": "records:read_variants",
    "verify": "insight",
    "waiting_for": "insight.explain",
    "workbench": "insight.workbench",
    "write": "records:write_scenario",
    "write_comparison": "pictures",
    "write_report": "pictures",
}


def __getattr__(name: str) -> Any:
    """Import a public name from its room when it is first used."""
    return first_use(__name__, _HOMES, name)


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
