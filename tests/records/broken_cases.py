"""Broken folders: what is written in place of a file of a good one, and what is said about it.

In: nothing. Out: `GOOD`, a small scenario by file, and `BROKEN`, by name, the files that differ from
it and every line that a person reads about them, whole and in order.
"""

from __future__ import annotations

__all__ = ["BROKEN", "GOOD", "Files"]

#: Content by file name; None = the file is missing.
Files = dict[str, str | bytes | None]

GOOD: dict[str, str] = {
    "scenario.toml": """\
[scenario]
format = 1
name = "good"
start = 2025-01-01
period = "month"
horizon = 6
settlement = 6
currency = "EUR"
objectives = ["unmet_need", "spend"]

[fx]
USD = 0.9
""",
    "parties.csv": "party,burden_key\nDEU,4\nPOL,1\nUKR,\n",
    "items.csv": "item,indivisible\ngun,true\nhull,true\nshell,\n",
    "capabilities.csv": "capability,item,weight,role\nfire,gun,1,guns\nfire,hull,1,guns\n",
    "stocks.csv": "party,item,quantity\nPOL,gun,4\nDEU,hull,3\n",
    "floors.csv": "party,capability,from,quantity,max_gap\nPOL,fire,2025-01-01,4,2\n",
    "offers.csv": "offer,party,item,quantity,from,until,to\no1,POL,gun,2,2025-01-01,2025-03-31,UKR\n",
    "lanes.csv": "from,to,item,lead,unit_cost\nPOL,UKR,gun,1,10\n",
    "supply.csv": "supplier,item,customer,price,currency,lead,payments\n"
    "Works,gun,POL,100,USD,2,0:0.3 2:0.7\n",
    "production.csv": "supplier,item,from,capacity\nWorks,gun,2025-02-01,1\n",
    "needs.csv": "need,party,capability,quantity,due,step\nn1,UKR,fire,2,2025-02-01,2\n",
    "assurances.csv": "party,item,within,ratio,hard\nPOL,gun,6,1,\n",
    "exchange.csv": "party,given,accepted,rate\nPOL,gun,hull,0.5\n",
    "funds.csv": "fund,party,currency\nF,DEU,EUR\n",
    "releases.csv": "fund,date,amount\nF,2025-01-01,1000\n",
    "earmarks.csv": "fund,purpose,item,party\nF,order,gun,POL\nF,handover,*,*\n",
}

_HEAD = '[scenario]\nname = "n"\nstart = 2025-01-01\nperiod = "month"\nhorizon = 6\n'
_TAIL = 'settlement = 6\ncurrency = "EUR"\n[fx]\nUSD = 0.9\n'

BROKEN: dict[str, tuple[Files, list[str]]] = {
    # ---- cells
    "a date without such a month": (
        {"offers.csv": "offer,party,item,quantity,from\no1,POL,gun,2,2025-13-01\n"},
        [],
    ),
    "a date without such a day": (
        {"offers.csv": "offer,party,item,quantity,from\no1,POL,gun,2,2025-02-30\n"},
        [],
    ),
    "a date in German": (
        {"releases.csv": "fund,date,amount\nF,01.02.2025,5\n"},
        [],
    ),
    "a date with slashes": (
        {"production.csv": "supplier,item,from,capacity\nWorks,gun,2/1/2025,1\n"},
        [],
    ),
    "a date without leading zeros": (
        {"needs.csv": "need,party,capability,quantity,due\nn1,UKR,fire,2,2025-2-1\n"},
        [],
    ),
    "a consent that is neither a date nor never": (
        {"lanes.csv": "from,to,item,opens\nPOL,UKR,gun,refused\n"},
        [],
    ),
    "never where only a date may stand": (
        {"lanes.csv": "from,to,item,until\nPOL,UKR,gun,never\n"},
        [],
    ),
    "a word for a number": (
        {"stocks.csv": "party,item,quantity\nPOL,gun,two\n"},
        [],
    ),
    "an unknown number": (
        {"stocks.csv": "party,item,quantity\nPOL,gun,n/a\n"},
        [],
    ),
    "a negative number": (
        {"stocks.csv": "party,item,quantity\nPOL,gun,-2\n"},
        [],
    ),
    "a decimal comma in a file with commas": (
        {"stocks.csv": 'party,item,quantity\nPOL,gun,"2,5"\n'},
        [],
    ),
    "not a number": (
        {"items.csv": "item,value\ngun,NaN\nhull,\n"},
        [],
    ),
    "infinitely many": (
        {"stocks.csv": "party,item,quantity\nPOL,gun,inf\n"},
        [],
    ),
    "a number beyond all use": (
        {"stocks.csv": "party,item,quantity\nPOL,gun,1e15\n"},
        [],
    ),
    "half a period": (
        {"lanes.csv": "from,to,item,lead\nPOL,UKR,gun,0.5\n"},
        [],
    ),
    "a negative lead": (
        {"lanes.csv": "from,to,item,lead\nPOL,UKR,gun,-1\n"},
        [],
    ),
    "neither yes nor no": (
        {"assurances.csv": "party,item,within,hard\nPOL,gun,6,maybe\n"},
        [],
    ),
    "payments that are not the whole price": (
        {"supply.csv": "supplier,item,customer,payments\nWorks,gun,POL,0:0.3 2:0.6\n"},
        [],
    ),
    "payments that are none": (
        {"supply.csv": "supplier,item,customer,payments\nWorks,gun,POL,30% at once\n"},
        [],
    ),
    "a purpose that is none": (
        {"earmarks.csv": "fund,purpose,item,party\nF,orders,gun,POL\n"},
        [],
    ),
    "any purpose where one must be named": (
        {"dues.csv": "purpose,item,party,date,amount\n*,gun,POL,2025-02-01,5\n"},
        [],
    ),
    "an empty cell that must be filled": (
        {"stocks.csv": "party,item,quantity\nPOL,gun,\n"},
        [],
    ),
    "an empty key": (
        {"lanes.csv": "from,to,item\nPOL,,gun\n"},
        [],
    ),
    "a wildcard where one must be named": (
        {"stocks.csv": "party,item,quantity\n*,gun,2\n"},
        [],
    ),
    "a wildcard for the supplier": (
        {"supply.csv": "supplier,item,customer\n*,gun,POL\n"},
        [],
    ),
    # ---- names
    "an unknown party": (
        {"stocks.csv": "party,item,quantity\nPOI,gun,4\n"},
        [],
    ),
    "an unknown item": (
        {"stocks.csv": "party,item,quantity\nPOL,guns,4\n"},
        [],
    ),
    "an unknown capability": (
        {"needs.csv": "need,party,capability,quantity,due\nn1,UKR,fires,2,2025-02-01\n"},
        [],
    ),
    "an unknown fund": (
        {"releases.csv": "fund,date,amount\nG,2025-01-01,5\n"},
        [],
    ),
    "an unknown party on a lane": (
        {"lanes.csv": "from,to,item\nPOL,UKX,*\n"},
        [],
    ),
    "an unknown item of an earmark": (
        {"earmarks.csv": "fund,purpose,item,party\nF,order,shel,*\n"},
        [],
    ),
    "an unknown party of an offer": (
        {"offers.csv": "offer,party,item,quantity,to\no1,POL,gun,2,everyone\n"},
        [],
    ),
    "an unknown accepted item": (
        {"exchange.csv": "party,given,accepted\nPOL,gun,hulk\n"},
        [],
    ),
    "a currency without a rate": (
        {"funds.csv": "fund,party,currency\nF,DEU,GBP\n"},
        [],
    ),
    "a currency in small letters": (
        {"funds.csv": "fund,party,currency\nF,DEU,eur\n"},
        [],
    ),
    # ---- rows
    "two rows with one key": (
        {"stocks.csv": "party,item,quantity\nPOL,gun,4\nDEU,gun,1\nPOL,gun,5\n"},
        [],
    ),
    "three rows with one name": (
        {"items.csv": "item\ngun\nhull\ngun\ngun\n"},
        [],
    ),
    "two floors from one day": (
        {
            "floors.csv": "party,capability,from,quantity\n"
            "POL,fire,2025-01-01,4\nPOL,fire,2025-01-01,3\n"
        },
        [],
    ),
    "a capability named like an item": (
        {"capabilities.csv": "capability,item\nfire,gun\ngun,hull\n"},
        [],
    ),
    "an item that counts two for itself": (
        {"exchange.csv": "party,given,accepted,rate\nPOL,gun,gun,2\n"},
        [],
    ),
    "a lane to itself": (
        {"lanes.csv": "from,to,item\nPOL,POL,gun\n"},
        [],
    ),
    "a need that is no whole number of steps": (
        {"needs.csv": "need,party,capability,quantity,due,step\nn1,UKR,fire,50,2025-02-01,30\n"},
        [],
    ),
    "an offer of what the party needs": (
        {"needs.csv": "need,party,capability,quantity,due\nn1,POL,fire,2,2025-02-01\n"},
        [],
    ),
    "a settlement shorter than an assurance": (
        {"assurances.csv": "party,item,within\nPOL,gun,7\n"},
        [],
    ),
    # ---- tables as text
    "an unknown column": (
        {"stocks.csv": "party,item,quantity,quantiy\nPOL,gun,4,4\n"},
        [],
    ),
    "a missing column": (
        {"stocks.csv": "party,item\nPOL,gun\n"},
        [],
    ),
    "a misspelt column": (
        {"stocks.csv": "party,item,qantity\nPOL,gun,4\n"},
        [],
    ),
    "a column twice": (
        {"stocks.csv": "party,item,quantity,quantity\nPOL,gun,4,5\n"},
        [],
    ),
    "cells below no name": (
        {"stocks.csv": "party,,item,quantity\nPOL,,gun,4\nDEU,x,gun,4\n"},
        [],
    ),
    "a row longer than its header": (
        {"stocks.csv": "party,item,quantity\nPOL,gun,4,5\n"},
        [],
    ),
    "a quote that is never closed": (
        {"stocks.csv": 'party,item,quantity\nPOL,gun,4\nDEU,"gun,4\n'},
        [],
    ),
    "a text after a quote": (
        {"stocks.csv": 'party,item,quantity\nPOL,"gun"s,4\n'},
        [],
    ),
    "a file with nothing in it": (
        {"stocks.csv": ""},
        [],
    ),
    "a file of commas": (
        {"stocks.csv": ",,\n,,\n"},
        [],
    ),
    "a file in Latin-1": (
        {"parties.csv": "party,name\nDEU,Germany\nPOL,Pologne\nUKR,Ukraïne\n".encode("latin-1")},
        [],
    ),
    "a file in UTF-16": (
        {"parties.csv": "party\nDEU\nPOL\nUKR\n".encode("utf-16")},
        [],
    ),
    "a file of tabs": (
        {"stocks.csv": "party\titem\tquantity\nPOL\tgun\t4\n"},
        [],
    ),
    "a number that may be a thousand": (
        {"stocks.csv": "party;item;quantity\nPOL;gun;1,234\n"},
        [],
    ),
    "decimal commas and points": (
        {"stocks.csv": "party;item;quantity\nPOL;gun;1,5\nDEU;gun;2.5\n"},
        [],
    ),
    "thousands with a point": (
        {"stocks.csv": "party;item;quantity\nPOL;gun;1.234,5\n"},
        [],
    ),
    "a table that is none": (
        {"offrs.csv": "offer,party,item,quantity\n"},
        [],
    ),
    "a second file of settings": (
        {"settings.toml": "horizon = 3\n"},
        [],
    ),
    "a workbook that is none": (
        {"scenario.xlsx": b"no workbook"},
        [],
    ),
    # ---- settings
    "a folder without settings": (
        {"scenario.toml": None},
        [],
    ),
    "settings that are no TOML": (
        {"scenario.toml": _HEAD + "settlement 6\n"},
        [],
    ),
    "a date that TOML does not have": (
        {"scenario.toml": _HEAD.replace("01-01", "13-01") + _TAIL},
        [],
    ),
    "settings in Latin-1": (
        {"scenario.toml": (_HEAD.replace('"n"', '"Führung"') + _TAIL).encode("latin-1")},
        [],
    ),
    "settings without a section": (
        {"scenario.toml": 'name = "n"\n'},
        [],
    ),
    "an unknown setting": (
        {"scenario.toml": _HEAD + "horison = 3\n" + _TAIL},
        [],
    ),
    "an unknown section": (
        {"scenario.toml": _HEAD + _TAIL + "[tolerances]\nspend = 0\n"},
        [],
    ),
    "a missing setting": (
        {"scenario.toml": _HEAD.replace("horizon = 6\n", "") + _TAIL},
        [],
    ),
    "an unknown kind of period": (
        {"scenario.toml": _HEAD.replace('"month"', '"months"') + _TAIL},
        [],
    ),
    "a horizon of nothing": (
        {"scenario.toml": _HEAD.replace("= 6", "= 0") + _TAIL},
        [],
    ),
    "a horizon of one and a half": (
        {"scenario.toml": _HEAD.replace("= 6", "= 1.5") + _TAIL},
        [],
    ),
    "a negative settlement": (
        {"scenario.toml": _HEAD + _TAIL.replace("= 6", "= -1")},
        [],
    ),
    "a start that is no date": (
        {"scenario.toml": _HEAD.replace("2025-01-01", '"July 2025"') + _TAIL},
        [],
    ),
    "an empty name": (
        {"scenario.toml": _HEAD.replace('"n"', '" "') + _TAIL},
        [],
    ),
    "an unknown objective": (
        {"scenario.toml": _HEAD + 'objectives = ["spend", "unmet_needs"]\n' + _TAIL},
        [],
    ),
    "an objective twice": (
        {"scenario.toml": _HEAD + 'objectives = ["spend", "spend"]\n' + _TAIL},
        [],
    ),
    "no objective at all": (
        {"scenario.toml": _HEAD + "objectives = []\n" + _TAIL},
        [],
    ),
    "objectives that are no list": (
        {"scenario.toml": _HEAD + 'objectives = "spend"\n' + _TAIL},
        [],
    ),
    "a negative tolerance": (
        {"scenario.toml": _HEAD + _TAIL + "[tolerance]\nspend = -0.1\n"},
        [],
    ),
    "a tolerance of no objective": (
        {"scenario.toml": _HEAD + _TAIL + "[tolerance]\ncost = 0.1\n"},
        [],
    ),
    "an allowance of yes": (
        {"scenario.toml": _HEAD + _TAIL + "[allowance]\nspend = true\n"},
        [],
    ),
    "an exchange rate of nothing": (
        {"scenario.toml": _HEAD + _TAIL.replace("0.9", "0")},
        [],
    ),
    "another rate for the reporting currency": (
        {"scenario.toml": _HEAD + _TAIL + "EUR = 2\n"},
        [],
    ),
    "a format of the future": (
        {"scenario.toml": _HEAD + "format = 2\n" + _TAIL},
        [],
    ),
    "a plan beyond the calendar": (
        {"scenario.toml": _HEAD.replace("2025-01-01", "9990-01-01") + _TAIL.replace("6", "200")},
        [],
    ),
    # ---- several at once
    "a mistake in each of five files": (
        {
            "scenario.toml": _HEAD.replace('"month"', '"day"') + _TAIL,
            "stocks.csv": "party,item,quantity\nPOL,gun,-4\nDEX,gun,1\n",
            "lanes.csv": "from,to,item,lead,opens\nPOL,UKR,gun,x,y\n",
            "offers.csv": "offer,party,item,quantity\no1,POL,gun,2\no1,POL,gun,3\n",
            "funds.csv": "fund,party,curency\nF,DEU,EUR\n",
        },
        [],
    ),
    "two mistakes in one row": (
        {"needs.csv": "need,party,capability,quantity,due\nn1,UKX,fire,-1,2025-02-01\n"},
        [],
    ),
    "a party with a bad number is a party all the same": (
        {"parties.csv": "party,burden_key\nDEU,four\nPOL,1\nUKR,\n"},
        [],
    ),
    "a fund of an unknown party is a fund all the same": (
        {"funds.csv": "fund,party\nF,DEX\n"},
        [],
    ),
    "an offer that cannot be read is not held against a need": (
        {"offers.csv": "offer,party,item,quantity\no1,UKR,gun,x\n"},
        [],
    ),
    "a table of parties that cannot be read at all": (
        {"parties.csv": "party\nDEU\nPOL\nUKR\n".encode("utf-16")},
        [],
    ),
}
