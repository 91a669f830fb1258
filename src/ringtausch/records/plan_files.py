"""Plan folders: plan.json and one CSV file per table, written whole, read with every problem.

Reading is strict about what it needs and forgives what people do when they write or edit a plan:
further columns, empty rows, a table without rows left out, no plan.json, no `date`, semicolons.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import math
from pathlib import Path
from typing import Any

from ringtausch.records import messages
from ringtausch.records.columns import BadCell, read_day
from ringtausch.records.datapackage import package, resource
from ringtausch.records.decimals import settle_decimals
from ringtausch.records.folders import write_folder_whole
from ringtausch.records.plan import DECISIONS, PLAN_TABLES, Objective, Plan
from ringtausch.records.problems import InvalidPlan, Problem
from ringtausch.records.raw import RawTable, parse_csv
from ringtausch.records.scenario import OBJECTIVES
from ringtausch.records.tables import field_name

__all__ = ["PLAN_FILE", "read_plan", "write_plan"]

PLAN_FILE = "plan.json"
_SCHEMA = "ringtausch/plan/1"
_NUMBERS = {"quantity", "amount", "late", "floor"}
_INDICES = {"period", "arrives", "delivered"}
#: A date follows from its period, and the rest can be computed.
_MAY_LACK = {"date", "late", "floor"}
_NO_DAY = dt.date.min


# ---- writing


def write_plan(plan: Plan, folder: str | Path, *, force: bool = False) -> None:
    """Write a plan folder whole or not at all (see `Plan.write`)."""
    ours = {PLAN_FILE, "datapackage.json", *(f"{name}.csv" for name in PLAN_TABLES)}
    write_folder_whole(Path(folder), lambda fresh: _fill(plan, fresh), force=force, ours=ours)


def plan_head(plan: Plan) -> dict[str, Any]:
    """Return what plan.json says: all but the tables."""
    return {
        "schema": _SCHEMA,
        "status": plan.status,
        "objectives": {
            name: {"value": objective.value, "bound": objective.bound}
            for name, objective in plan.objectives.items()
        },
        "scenario": {"name": plan.scenario_name, "hash": plan.scenario_hash},
        "solver": plan.solver,
        "seconds": round(plan.seconds, 3),
        "settings": plan.settings,
    }


def _fill(plan: Plan, folder: Path) -> None:
    for name, (_, columns) in PLAN_TABLES.items():
        fields = [field_name(column) for column in columns]
        rows = ([_shown(getattr(row, field)) for field in fields] for row in plan.rows(name))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)
    head = json.dumps(plan_head(plan), indent=2, ensure_ascii=False)
    (folder / PLAN_FILE).write_text(head + "\n", encoding="utf-8", newline="\n")
    described = json.dumps(_package(plan), indent=2, ensure_ascii=False)
    (folder / "datapackage.json").write_text(described + "\n", encoding="utf-8", newline="\n")


def _shown(value: Any) -> Any:
    """Write floats shortest and whole ones without a point; dates as ISO 8601."""
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return value


def _package(plan: Plan) -> dict[str, Any]:
    def kind(column: str) -> str:
        if column in _NUMBERS:
            return "number"
        return "integer" if column in _INDICES else "date" if column == "date" else "string"

    resources = [
        resource(name, [{"name": column, "type": kind(column)} for column in columns])
        for name, (_, columns) in PLAN_TABLES.items()
    ]
    return package("plan", f"Plan for {plan.scenario_name}", resources)


# ---- reading


def read_plan(folder: str | Path) -> Plan:
    """Read a plan folder, whoever made it.

    Raises
    ------
    InvalidPlan
        With every problem, each with file, line, column, what is wrong and what would be right.
    """
    path = Path(folder)
    if not path.is_dir():
        raise InvalidPlan([Problem(str(path), 0, "", "", messages.no_such_plan(str(path)))])
    files = {name: path / f"{name}.csv" for name in PLAN_TABLES}
    if not (path / PLAN_FILE).exists() and not any(files[name].exists() for name in DECISIONS):
        raise InvalidPlan([Problem(str(path), 0, "", "", messages.not_a_plan(str(path)))])
    head, problems = _read_head(path)
    tables: dict[str, tuple[Any, ...]] = {}
    for name, file in files.items():
        if file.is_file():
            raw = parse_csv(file.read_bytes(), file.name)
            tables[name] = _read_rows(name, raw)
            problems += raw.problems
    if problems:
        raise InvalidPlan(problems)
    return Plan(**head, tables=tables)


def _read_rows(name: str, raw: RawTable) -> tuple[Any, ...]:
    """Read the rows of one table, noting every bad cell in the raw table."""
    row_class, columns = PLAN_TABLES[name]
    wanted = [c for c in columns if c not in _MAY_LACK]
    if not raw.header:
        return ()
    missing = [column for column in wanted if column not in raw.header]
    for column in missing:
        raw.refuse(1, column, "", messages.missing_column(column, raw.header))
    if missing:
        return ()
    settle_decimals(raw, [c for c in columns if c in _NUMBERS], [])
    places = {column: raw.header.index(column) for column in columns if column in raw.header}
    rows = []
    for line, cells in raw.rows:
        values: dict[str, Any] = {"date": _NO_DAY}
        values |= {column: 0.0 for column in columns if column in {"late", "floor"}}
        for column, at in places.items():
            try:
                values[field_name(column)] = _cell(column, cells[at])
            except BadCell as bad:
                raw.refuse(line, column, cells[at], str(bad))
        if len(values) == len(columns):
            rows.append(row_class(**values, line=line))
    return tuple(rows)


def _cell(column: str, text: str) -> Any:
    if column == "date":
        return read_day(text) if text else _NO_DAY
    if not text:
        raise BadCell(messages.must_be_filled(column))
    if column in _INDICES:
        if not text.isascii() or not text.isdigit():
            raise BadCell(messages.not_a_count(text))
        return int(text)
    if column in _NUMBERS:
        try:
            value = float(text)  # below zero is for verify to judge
        except ValueError:
            raise BadCell(messages.not_an_amount(text)) from None
        if not math.isfinite(value) or "_" in text:
            raise BadCell(messages.not_an_amount(text))
        return value
    return text


def _read_head(path: Path) -> tuple[dict[str, Any], list[Problem]]:
    """Read plan.json into the keywords of a `Plan`."""
    file = path / PLAN_FILE
    try:
        data = json.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        data = {"status": "feasible", "objectives": {}}  # made by hand: decisions alone
    except (OSError, UnicodeDecodeError) as error:
        return {}, [Problem(PLAN_FILE, 0, "", "", messages.unreadable(str(error)))]
    except json.JSONDecodeError as error:
        return {}, [Problem(PLAN_FILE, error.lineno, "", "", messages.broken_json(error.msg))]
    if not isinstance(data, dict):
        return {}, [Problem(PLAN_FILE, 1, "", "", messages.broken_json("not an object"))]
    problems: list[Problem] = []
    objectives = _read_objectives(data.get("objectives"), problems)
    status = data.get("status")
    if status not in {"optimal", "feasible"}:
        message = messages.not_a_choice(str(status), ("optimal", "feasible"))
        problems.append(Problem(PLAN_FILE, 0, "status", str(status), message))
    scenario = data.get("scenario")
    scenario = scenario if isinstance(scenario, dict) else {"name": scenario}
    seconds = data.get("seconds", 0.0)
    return {
        "scenario_name": str(scenario.get("name") or ""),
        "scenario_hash": str(scenario.get("hash") or ""),
        "status": status,
        "objectives": objectives,
        "solver": data["solver"] if isinstance(data.get("solver"), dict) else {},
        "seconds": float(seconds) if isinstance(seconds, int | float) else 0.0,
        "settings": data["settings"] if isinstance(data.get("settings"), dict) else {},
    }, problems


def _read_objectives(data: Any, problems: list[Problem]) -> dict[str, Objective]:
    found: dict[str, Objective] = {}
    if not isinstance(data, dict):
        message = messages.missing_setting("objectives", '{"spend": {"value": 0, "bound": 0}}')
        problems.append(Problem(PLAN_FILE, 0, "objectives", "", message))
        return found
    for name, entry in data.items():
        if name not in OBJECTIVES:
            message = messages.unknown_objective(str(name), OBJECTIVES)
            problems.append(Problem(PLAN_FILE, 0, f"objectives.{name}", name, message))
            continue
        stated = entry if isinstance(entry, dict) else {"value": entry}
        value, bound = stated.get("value"), stated.get("bound")
        for what, number in (("value", value), ("bound", bound)):
            if not _is_number(number) and not (what == "bound" and number is None):
                column = f"objectives.{name}.{what}"
                message = messages.not_an_amount(str(number))
                problems.append(Problem(PLAN_FILE, 0, column, str(number), message))
                break
        else:
            assert isinstance(value, int | float)
            found[name] = Objective(float(value), None if bound is None else float(bound))
    return found


def _is_number(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value)
