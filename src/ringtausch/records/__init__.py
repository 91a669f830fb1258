"""Scenario and Plan as data: tables as typed rows, read, checked, written; periods and names.

This room knows no other room. Reading is in `reading` (files to rows) with `columns` (one cell),
`settings`, `raw` (CSV) and `workbook`; what is wrong in `checks`, what is surely not meant in
`cautions`; plans in `plan` and `plan_files`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ringtausch.lazy import first_use

if TYPE_CHECKING:
    from ringtausch.records.checking import check_scenario, inspect_folder
    from ringtausch.records.folders import OutputExists
    from ringtausch.records.periods import NEVER, Calendar
    from ringtausch.records.plan import Objective, Plan
    from ringtausch.records.plan_files import read_plan, write_plan
    from ringtausch.records.problems import (
        InvalidEdit,
        InvalidInput,
        InvalidPlan,
        InvalidScenario,
        InvalidVariants,
        Problem,
    )
    from ringtausch.records.reading import inspect_scenario, read_scenario
    from ringtausch.records.scenario import OBJECTIVES, Scenario
    from ringtausch.records.tables import *  # noqa: F403 - every row class
    from ringtausch.records.tables import TABLES
    from ringtausch.records.variants import Variant, read_variants
    from ringtausch.records.writing import convert_scenario, write_scenario

__all__ = [
    "NEVER",
    "OBJECTIVES",
    "TABLES",
    "Calendar",
    "InvalidEdit",
    "InvalidInput",
    "InvalidPlan",
    "InvalidScenario",
    "InvalidVariants",
    "Objective",
    "OutputExists",
    "Plan",
    "Problem",
    "Scenario",
    "Variant",
    "check_scenario",
    "convert_scenario",
    "inspect_folder",
    "inspect_scenario",
    "read_plan",
    "read_scenario",
    "read_variants",
    "write_plan",
    "write_scenario",
]

_HOMES = {
    "Arrival": "tables",
    "Assurance": "tables",
    "CHARGE_PURPOSES": "tables",
    "Calendar": "periods",
    "Capability": "tables",
    "Debt": "tables",
    "Due": "tables",
    "Earmark": "tables",
    "Exchange": "tables",
    "Floor": "tables",
    "Fund": "tables",
    "InvalidEdit": "problems",
    "InvalidInput": "problems",
    "InvalidPlan": "problems",
    "InvalidScenario": "problems",
    "InvalidVariants": "problems",
    "Item": "tables",
    "Lane": "tables",
    "NEVER": "periods",
    "Need": "tables",
    "OBJECTIVES": "scenario",
    "Objective": "plan",
    "Offer": "tables",
    "OutputExists": "folders",
    "Party": "tables",
    "Plan": "plan",
    "Problem": "problems",
    "Production": "tables",
    "Release": "tables",
    "Row": "tables",
    "Scenario": "scenario",
    "Stock": "tables",
    "Supply": "tables",
    "TABLES": "tables",
    "Variant": "variants",
    "cell_text": "tables",
    "check_scenario": "checking",
    "columns_of": "tables",
    "convert_scenario": "writing",
    "field_name": "tables",
    "inspect_folder": "checking",
    "inspect_scenario": "reading",
    "key_of": "tables",
    "read_plan": "plan_files",
    "read_scenario": "reading",
    "read_variants": "variants",
    "write_plan": "plan_files",
    "write_scenario": "writing",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    return first_use(__name__, _HOMES, name)
