"""Broken settings: what is written in place of a good `scenario.toml`, and what is said about it.

In: nothing. Out: `BROKEN_SETTINGS`, in the form of `BROKEN_TABLES`.
"""

from __future__ import annotations

from tests.records.broken_tables import Files

__all__ = ["BROKEN_SETTINGS"]

_HEAD = '[scenario]\nname = "n"\nstart = 2025-01-01\nperiod = "month"\nhorizon = 6\n'
_TAIL = 'settlement = 6\ncurrency = "EUR"\n[fx]\nUSD = 0.9\n'

BROKEN_SETTINGS: dict[str, tuple[Files, list[str]]] = {
    "a folder without settings": (
        {"scenario.toml": None},
        [
            "scenario.toml: {folder} holds neither scenario.toml nor scenario.xlsx; a scenario needs one"
        ],
    ),
    "settings that are no TOML": (
        {"scenario.toml": _HEAD + "settlement 6\n"},
        ["scenario.toml:6: cannot be read as TOML: …"],
    ),
    "a date that TOML does not have": (
        {"scenario.toml": _HEAD.replace("01-01", "13-01") + _TAIL},
        ["scenario.toml:3: cannot be read as TOML: …"],
    ),
    "settings in Latin-1": (
        {"scenario.toml": (_HEAD.replace('"n"', '"Führung"') + _TAIL).encode("latin-1")},
        ["scenario.toml:2: byte 0xfc is not UTF-8; save the file as UTF-8"],
    ),
    "settings without a section": (
        {"scenario.toml": 'name = "n"\n'},
        [
            "scenario.toml:1: [scenario]: there is no line [scenario]; write it above name, start and the other settings"
        ],
    ),
    "an unknown setting": (
        {"scenario.toml": _HEAD + "horison = 3\n" + _TAIL},
        ['scenario.toml:6: scenario.horison: no setting "horison"; did you mean "horizon"?'],
    ),
    "an unknown section": (
        {"scenario.toml": _HEAD + _TAIL + "[tolerances]\nspend = 0\n"},
        ['scenario.toml:10: [tolerances]: no setting "tolerances"; did you mean "tolerance"?'],
    ),
    "a missing setting": (
        {"scenario.toml": _HEAD.replace("horizon = 6\n", "") + _TAIL},
        ["scenario.toml:1: scenario.horizon: is missing; write, for example: horizon = 24"],
    ),
    "an unknown kind of period": (
        {"scenario.toml": _HEAD.replace('"month"', '"months"') + _TAIL},
        [
            'scenario.toml:4: scenario.period: "months" is not one of month, week, quarter; did you mean "month"?'
        ],
    ),
    "a horizon of nothing": (
        {"scenario.toml": _HEAD.replace("= 6", "= 0") + _TAIL},
        [
            "scenario.toml:5: scenario.horizon: 0 will not do; write a whole number of periods from 1 to 10000"
        ],
    ),
    "a horizon of one and a half": (
        {"scenario.toml": _HEAD.replace("= 6", "= 1.5") + _TAIL},
        [
            "scenario.toml:5: scenario.horizon: 1.5 will not do; write a whole number of periods from 1 to 10000"
        ],
    ),
    "a negative settlement": (
        {"scenario.toml": _HEAD + _TAIL.replace("= 6", "= -1")},
        [
            "scenario.toml:6: scenario.settlement: -1 will not do; write a whole number of periods from 0 to 10000"
        ],
    ),
    "a start that is no date": (
        {"scenario.toml": _HEAD.replace("2025-01-01", '"July 2025"') + _TAIL},
        [
            'scenario.toml:3: scenario.start: "July 2025" is not a date; write year-month-day, such as 2025-12-01'
        ],
    ),
    "an empty name": (
        {"scenario.toml": _HEAD.replace('"n"', '" "') + _TAIL},
        ['scenario.toml:2: scenario.name: " " will not do; write a text such as "My case"'],
    ),
    "an unknown objective": (
        {"scenario.toml": _HEAD + 'objectives = ["spend", "unmet_needs"]\n' + _TAIL},
        [
            'scenario.toml:6: scenario.objectives: no objective "unmet_needs"; did you mean "unmet_need"?'
        ],
    ),
    "an objective twice": (
        {"scenario.toml": _HEAD + 'objectives = ["spend", "spend"]\n' + _TAIL},
        [
            'scenario.toml:6: scenario.objectives: "spend" stands twice; an objective has one place in the order'
        ],
    ),
    "no objective at all": (
        {"scenario.toml": _HEAD + "objectives = []\n" + _TAIL},
        [
            'scenario.toml:6: scenario.objectives: [] will not do; write a list such as ["late_replacement"]'
        ],
    ),
    "objectives that are no list": (
        {"scenario.toml": _HEAD + 'objectives = "spend"\n' + _TAIL},
        [
            'scenario.toml:6: scenario.objectives: "spend" will not do; write a list such as ["late_replacement"]'
        ],
    ),
    "a negative tolerance": (
        {"scenario.toml": _HEAD + _TAIL + "[tolerance]\nspend = -0.1\n"},
        ['scenario.toml:11: tolerance.spend: "-0.1" is below zero; write 0 or more'],
    ),
    "a tolerance of no objective": (
        {"scenario.toml": _HEAD + _TAIL + "[tolerance]\ncost = 0.1\n"},
        [
            'scenario.toml:11: tolerance.cost: no setting "cost"; known are capability_gap, late_replacement, moved_value, spend, unfairness, unmet_need'
        ],
    ),
    "an allowance of yes": (
        {"scenario.toml": _HEAD + _TAIL + "[allowance]\nspend = true\n"},
        [
            'scenario.toml:11: allowance.spend: "true" is not a number; write a decimal such as 12 or 0.5'
        ],
    ),
    "an exchange rate of nothing": (
        {"scenario.toml": _HEAD + _TAIL.replace("0.9", "0")},
        ["scenario.toml:9: fx.USD: 0 will not do; write a rate above 0"],
    ),
    "another rate for the reporting currency": (
        {"scenario.toml": _HEAD + _TAIL + "EUR = 2\n"},
        ["scenario.toml:10: fx.EUR: EUR is the reporting currency, its rate is 1; drop the line"],
    ),
    "a format of the future": (
        {"scenario.toml": _HEAD + "format = 2\n" + _TAIL},
        ["scenario.toml:6: scenario.format: format 2 is not known to this version; write 1"],
    ),
    "a plan beyond the calendar": (
        {"scenario.toml": _HEAD.replace("2025-01-01", "9990-01-01") + _TAIL.replace("6", "200")},
        [
            "scenario.toml:5: scenario.horizon: the plan would end after the year 9998; write a shorter horizon or settlement"
        ],
    ),
    "a setting above its section": (
        {"scenario.toml": "horizon = 5\n" + _HEAD.replace("horizon = 6\n", "") + _TAIL},
        ["scenario.toml:1: horizon: stands above the line [scenario]; move it below"],
    ),
    "a misspelt setting that must be there": (
        {"scenario.toml": _HEAD.replace("horizon", "horison") + _TAIL},
        ['scenario.toml:5: scenario.horison: no setting "horison"; did you mean "horizon"?'],
    ),
}
