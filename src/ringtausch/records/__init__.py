"""Scenario and Plan as data: tables as typed rows, read, checked, written; periods and names.

This room knows no other room. Reading is in `reading` (files to rows) with `columns` (one cell),
`settings`, `raw` (CSV) and `workbook`; what is wrong in `checks`, what is surely not meant in
`cautions`; plans in `plan` and `plan_files`.
"""

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
