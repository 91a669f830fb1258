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

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ringtausch.version import __version__

if TYPE_CHECKING:
    from ringtausch.insight import Proof, Violation, verify
    from ringtausch.insight.measures import Measures, measures
    from ringtausch.pictures import report_html, summary, write_report
    from ringtausch.planning import Infeasible, LimitReached, Progress, plan
    from ringtausch.records import (
        OBJECTIVES,
        InvalidEdit,
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
    "Infeasible",
    "InvalidEdit",
    "InvalidPlan",
    "InvalidScenario",
    "InvalidValues",
    "InvalidVariants",
    "LimitReached",
    "Measures",
    "OutputExists",
    "Plan",
    "Problem",
    "Progress",
    "Proof",
    "Scenario",
    "Value",
    "Variant",
    "Violation",
    "__version__",
    "check",
    "convert",
    "edit",
    "generate",
    "measures",
    "plan",
    "read",
    "read_plan",
    "read_values",
    "report_html",
    "summary",
    "variants",
    "verify",
    "write",
    "write_report",
]

_HOMES = {
    "OBJECTIVES": "records",
    "Infeasible": "planning",
    "InvalidEdit": "records",
    "InvalidPlan": "records",
    "InvalidScenario": "records",
    "InvalidVariants": "records",
    "InvalidValues": "records.values",
    "LimitReached": "planning",
    "Measures": "insight.measures",
    "OutputExists": "records",
    "Plan": "records",
    "Problem": "records",
    "Progress": "planning",
    "Proof": "insight",
    "Scenario": "records",
    "Variant": "records",
    "Value": "records.values",
    "Violation": "insight",
    "check": "records:check_scenario",
    "convert": "records:convert_scenario",
    "edit": "records.edits",
    "generate": "records.generate:generate_scenario",
    "measures": "insight.measures",
    "plan": "planning",
    "read": "records:read_scenario",
    "read_plan": "records",
    "read_values": "records.values",
    "report_html": "pictures",
    "summary": "pictures",
    "variants": "records:read_variants",
    "verify": "insight",
    "write": "records:write_scenario",
    "write_report": "pictures",
}


def __getattr__(name: str) -> Any:
    """Import a public name from its room when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'ringtausch' has no attribute {name!r}")
    room, _, attribute = _HOMES[name].partition(":")
    value = getattr(import_module(f"ringtausch.{room}"), attribute or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
