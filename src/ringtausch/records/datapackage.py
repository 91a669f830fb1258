"""Data Packages: the descriptor that lets other tools read what is written (Data Package v2)."""

from __future__ import annotations

from typing import Any

from ringtausch.records.columns import Column
from ringtausch.records.scenario import Scenario
from ringtausch.records.tables import TABLES, columns_of, key_of

__all__ = ["package", "resource", "scenario_package"]

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {"number": "number", "integer": "integer", "date": "date", "boolean": "boolean"}


def package(name: str, title: str, resources: list[dict[str, Any]]) -> dict[str, Any]:
    """Describe a folder of tables."""
    return {"$schema": _PROFILE, "name": name, "title": title, "resources": resources}


def resource(name: str, fields: list[dict[str, Any]], key: tuple[str, ...] = ()) -> dict[str, Any]:
    """Describe one CSV table."""
    schema: dict[str, Any] = {"fields": fields}
    if key:
        schema["primaryKey"] = list(key)
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def scenario_package(scenario: Scenario) -> dict[str, Any]:
    """Describe a scenario folder: the tables that have rows, and their columns that are filled."""
    resources = [
        resource(name, [_field(column) for column in _filled(scenario, name)], key_of(name))
        for name in TABLES
        if scenario.rows(name)
    ]
    return package("scenario", scenario.name, resources)


def _filled(scenario: Scenario, table: str) -> list[Column]:
    from ringtausch.records.tables import field_name

    def anything(column: Column) -> bool:
        values = (getattr(row, field_name(column.name)) for row in scenario.rows(table))
        return any(value is not None and column.write(value) for value in values)

    return [column for column in columns_of(table) if column.required or anything(column)]


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _TYPES.get(column.kind, "string")}
    if column.kind == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    if column.required:
        field["constraints"] = {"required": True}
    return field
