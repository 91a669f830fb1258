"""The settings of a scenario: `scenario.toml`, or the sheet `scenario` of a workbook.

In: a mapping of sections to settings. Out: keyword arguments of a `Scenario`, and the problems.
Every setting is looked at, whatever else is wrong.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ringtausch.records import messages
from ringtausch.records.columns import BadCell, read_amount, read_day
from ringtausch.records.periods import Calendar, period_kinds
from ringtausch.records.problems import Problem, nearest
from ringtausch.records.scenario import OBJECTIVES

__all__ = [
    "SECTIONS",
    "Settings",
    "nowhere",
    "parse_toml",
    "read_settings",
    "setting_of_text",
    "toml_locator",
]

#: The sections of scenario.toml and, where they are fixed, their settings.
SECTIONS: dict[str, tuple[str, ...] | None] = {
    "scenario": (
        "format",
        "name",
        "start",
        "period",
        "horizon",
        "settlement",
        "currency",
        "objectives",
    ),
    "tolerance": OBJECTIVES,
    "allowance": OBJECTIVES,
    "fx": None,
}
_LARGEST_COUNT = 10_000
_LISTS = {"objectives"}
_COUNTS = {"format", "horizon", "settlement"}

Locate = Callable[[str, str], int]


@dataclass
class Settings:
    """Settings as read, with what is wrong with them; `values` are a Scenario's keywords."""

    file: str
    locate: Locate
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, section: str, setting: str, value: object, message: str) -> None:
        """Note a problem with one setting."""
        column = f"{section}.{setting}".lstrip(".") if setting else f"[{section}]"
        line = self.locate(section, setting)
        self.problems.append(Problem(self.file, line, column, str(value), message))


def parse_toml(text: str, file: str) -> tuple[dict[str, Any], list[Problem]]:
    """Parse TOML with exact decimals; what cannot be parsed is one problem with its line."""
    try:
        return tomllib.loads(text, parse_float=Decimal), []
    except tomllib.TOMLDecodeError as error:
        reason = str(error)
        at = re.search(r"\(at line (\d+), column \d+\)", reason)
        line = int(at.group(1)) if at else text.count("\n") + 1
        return {}, [Problem(file, line, "", "", messages.broken_toml(reason))]
    except (ValueError, ArithmeticError) as error:  # a date such as 2025-13-45, a float such as 1e
        return {}, [Problem(file, 0, "", "", messages.broken_toml(str(error)))]


def toml_locator(text: str) -> Locate:
    """Return a function that finds the line of a setting in the text of a TOML file."""
    lines = text.splitlines()

    def locate(section: str, setting: str) -> int:
        inside, header = not section, 0
        for number, line in enumerate(lines, start=1):
            stripped = line.strip()
            if stripped.startswith("["):
                inside = (
                    re.match(rf"\[\s*[\"']?{re.escape(section)}[\"']?\s*\]", stripped) is not None
                )
                header = number if inside else header
            elif setting and inside and _sets(stripped, setting):
                return number
        return header or 1

    return locate


def _sets(line: str, setting: str) -> bool:
    return re.match(rf"[\"']?{re.escape(setting)}[\"']?\s*[=.]", line) is not None


def nowhere(_section: str, _setting: str) -> int:
    """Locate settings that stand in no line: of a file that cannot be read."""
    return 0


def setting_of_text(setting: str, text: str) -> Any:
    """Turn the text of a cell or an edit into what stands in scenario.toml for it."""
    if setting in _LISTS:
        return [part.strip() for part in text.split(",") if part.strip()]
    if setting in _COUNTS and text.isascii() and text.isdigit():
        return int(text)
    return text


def read_settings(data: Mapping[str, Any], file: str, locate: Locate) -> Settings:
    """Read all settings and note everything that is wrong with them."""
    settings = Settings(file, locate)
    head_settings = SECTIONS["scenario"] or ()
    if "scenario" not in data:
        settings.refuse("scenario", "", "", messages.no_settings())
    for section, body in data.items():
        if section in head_settings:
            if "scenario" in data:
                settings.refuse("", section, body, messages.misplaced_setting())
        elif section not in SECTIONS:
            settings.refuse(section, "", body, messages.unknown_setting(section, SECTIONS))
        elif not isinstance(body, Mapping):
            settings.refuse(section, "", body, messages.wrong_setting(repr(body), f"[{section}]"))
    sections: dict[str, Mapping[str, Any]] = {
        name: body if isinstance(body := data.get(name, {}), Mapping) else {} for name in SECTIONS
    }
    _refuse_unknown(settings, sections)
    if "scenario" in data:
        outside = {name: data[name] for name in head_settings if name in data}
        _read_head(settings, {**outside, **sections["scenario"]})
    for group in ("tolerance", "allowance"):
        settings.values[group] = _read_numbers(settings, group, sections[group])
    settings.values["fx"] = _read_rates(settings, sections["fx"])
    return settings


def _refuse_unknown(settings: Settings, sections: Mapping[str, Mapping[str, Any]]) -> None:
    for section, known in SECTIONS.items():
        for setting in sections[section]:
            if known is not None and setting not in known:
                settings.refuse(section, setting, setting, messages.unknown_setting(setting, known))


def _read_head(settings: Settings, head: Mapping[str, Any]) -> None:
    """Read the section [scenario]."""
    if head.get("format", 1) != 1 or isinstance(head.get("format"), bool):
        message = messages.unknown_format(_shown(head["format"]))
        settings.refuse("scenario", "format", head["format"], message)
    _read_text(settings, head, "name", '"My case"')
    _read_text(settings, head, "currency", '"EUR"')
    _read_start(settings, head)
    _read_period(settings, head)
    _read_count(settings, head, "horizon", 1, "24")
    _read_count(settings, head, "settlement", 0, "18")
    _read_objectives(settings, head)
    values = settings.values
    if {"start", "period", "horizon", "settlement"} <= values.keys():
        calendar = Calendar(values["start"], values["period"], 0)
        try:
            calendar.first_day(values["horizon"] + values["settlement"] + 12)
        except (ValueError, OverflowError):
            settings.refuse("scenario", "horizon", "", messages.beyond_calendar())


def _missing(settings: Settings, head: Mapping[str, Any], setting: str, example: str) -> bool:
    if setting in head:
        return False
    known = SECTIONS["scenario"] or ()
    if any(nearest(name, known) == setting for name in head if name not in known):
        return True  # a misspelt setting has been refused
    settings.refuse("scenario", setting, "", messages.missing_setting(setting, example))
    return True


def _read_text(settings: Settings, head: Mapping[str, Any], setting: str, example: str) -> None:
    if _missing(settings, head, setting, example):
        return
    value = head[setting]
    if isinstance(value, str) and value.strip():
        settings.values[setting] = value.strip()
    else:
        message = messages.wrong_setting(_shown(value), f"a text such as {example}")
        settings.refuse("scenario", setting, value, message)


def _read_start(settings: Settings, head: Mapping[str, Any]) -> None:
    if _missing(settings, head, "start", "2025-07-01"):
        return
    value = head["start"]
    if isinstance(value, date) and not isinstance(value, datetime):
        settings.values["start"] = value
        return
    try:
        settings.values["start"] = read_day(value if isinstance(value, str) else _shown(value))
    except BadCell as bad:
        settings.refuse("scenario", "start", value, str(bad))


def _read_period(settings: Settings, head: Mapping[str, Any]) -> None:
    if _missing(settings, head, "period", '"month"'):
        return
    value = head["period"]
    if isinstance(value, str) and value in period_kinds():
        settings.values["period"] = value
    else:
        message = messages.not_a_choice(str(value), period_kinds())
        settings.refuse("scenario", "period", value, message)


def _read_count(
    settings: Settings, head: Mapping[str, Any], setting: str, least: int, example: str
) -> None:
    if _missing(settings, head, setting, example):
        return
    value = head[setting]
    whole = isinstance(value, int) and not isinstance(value, bool)
    if whole and least <= value <= _LARGEST_COUNT:
        settings.values[setting] = value
    else:
        wanted = f"a whole number of periods from {least} to {_LARGEST_COUNT}"
        message = messages.wrong_setting(_shown(value), wanted)
        settings.refuse("scenario", setting, value, message)


def _read_objectives(settings: Settings, head: Mapping[str, Any]) -> None:
    value = head.get("objectives", list(OBJECTIVES))
    if not isinstance(value, list) or not value:
        message = messages.wrong_setting(_shown(value), f'a list such as ["{OBJECTIVES[0]}"]')
        settings.refuse("scenario", "objectives", value, message)
        return
    found: list[str] = []
    for name in value:
        if name not in OBJECTIVES:
            message = messages.unknown_objective(str(name), OBJECTIVES)
            settings.refuse("scenario", "objectives", name, message)
        elif name in found:
            settings.refuse("scenario", "objectives", name, messages.repeated_objective(name))
        else:
            found.append(name)
    settings.values["objectives"] = tuple(found)


def _read_numbers(settings: Settings, section: str, body: Mapping[str, Any]) -> dict[str, Decimal]:
    """Read a section of non-negative numbers."""
    numbers: dict[str, Decimal] = {}
    for setting, value in body.items():
        number = isinstance(value, int | Decimal | str) and not isinstance(value, bool)
        try:
            numbers[setting] = read_amount(str(value).strip() if number else _shown(value))
        except BadCell as bad:
            settings.refuse(section, setting, value, str(bad))
    return numbers


def _read_rates(settings: Settings, body: Mapping[str, Any]) -> dict[str, Decimal]:
    """Read the exchange rates: above zero, and none for the reporting currency."""
    rates = _read_numbers(settings, "fx", body)
    own = settings.values.get("currency")
    for currency, rate in list(rates.items()):
        if rate == 0:
            message = messages.wrong_setting("0", "a rate above 0")
            settings.refuse("fx", currency, rate, message)
        elif currency == own and rate != 1:
            settings.refuse("fx", currency, rate, messages.own_currency_rate(currency))
    return {currency: rate for currency, rate in rates.items() if currency != own}


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)
