"""Broken folders: what is written in place of a file of a good one, and what is said about it.

In: nothing. Out: `GOOD`, a small scenario by file, and `BROKEN_TABLES`, by name, the files that differ
from it and every line that a person reads about them, whole and in order; `…` stands for what a
library says, `{folder}` for the folder.
"""

from __future__ import annotations

__all__ = ["BROKEN_TABLES", "GOOD", "Files"]

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

BROKEN_TABLES: dict[str, tuple[Files, list[str]]] = {
    # ---- cells
    "a date without such a month": (
        {"offers.csv": "offer,party,item,quantity,from\no1,POL,gun,2,2025-13-01\n"},
        ['offers.csv:2: from: "2025-13-01" has no month 13; write a date such as 2025-12-01'],
    ),
    "a date without such a day": (
        {"offers.csv": "offer,party,item,quantity,from\no1,POL,gun,2,2025-02-30\n"},
        ['offers.csv:2: from: "2025-02-30" has no day 30; write a date such as 2025-12-01'],
    ),
    "a date in German": (
        {"releases.csv": "fund,date,amount\nF,01.02.2025,5\n"},
        ['releases.csv:2: date: "01.02.2025" is not an ISO date; write 2025-02-01'],
    ),
    "a date with slashes": (
        {"production.csv": "supplier,item,from,capacity\nWorks,gun,2/1/2025,1\n"},
        [
            'production.csv:2: from: "2/1/2025" is not a date; write year-month-day, such as 2025-12-01'
        ],
    ),
    "a date without leading zeros": (
        {"needs.csv": "need,party,capability,quantity,due\nn1,UKR,fire,2,2025-2-1\n"},
        ['needs.csv:2: due: "2025-2-1" is not a date; write year-month-day, such as 2025-12-01'],
    ),
    "a consent that is neither a date nor never": (
        {"lanes.csv": "from,to,item,opens\nPOL,UKR,gun,refused\n"},
        [
            'lanes.csv:2: opens: "refused" is not a date; write year-month-day, such as 2025-12-01, or never for a consent that was refused'
        ],
    ),
    "never where only a date may stand": (
        {"lanes.csv": "from,to,item,until\nPOL,UKR,gun,never\n"},
        ['lanes.csv:2: until: "never" is not a date; write year-month-day, such as 2025-12-01'],
    ),
    "a word for a number": (
        {"stocks.csv": "party,item,quantity\nPOL,gun,two\n"},
        ['stocks.csv:2: quantity: "two" is not a number; write a decimal such as 12 or 0.5'],
    ),
    "an unknown number": (
        {"stocks.csv": "party,item,quantity\nPOL,gun,n/a\n"},
        ['stocks.csv:2: quantity: "n/a" is not a number; leave the cell empty or write a number'],
    ),
    "a negative number": (
        {"stocks.csv": "party,item,quantity\nPOL,gun,-2\n"},
        ['stocks.csv:2: quantity: "-2" is below zero; write 0 or more'],
    ),
    "a decimal comma in a file with commas": (
        {"stocks.csv": 'party,item,quantity\nPOL,gun,"2,5"\n'},
        [
            'stocks.csv:2: quantity: "2,5" has a comma; write numbers with a decimal point and no thousands separator, such as 1250.5'
        ],
    ),
    "not a number": (
        {"items.csv": "item,value\ngun,NaN\nhull,\n"},
        ['items.csv:2: value: "NaN" is not a number; leave the cell empty or write a number'],
    ),
    "infinitely many": (
        {"stocks.csv": "party,item,quantity\nPOL,gun,inf\n"},
        ['stocks.csv:2: quantity: "inf" is not a number; leave the cell empty or write a number'],
    ),
    "a number beyond all use": (
        {"stocks.csv": "party,item,quantity\nPOL,gun,1e15\n"},
        ['stocks.csv:2: quantity: "1e15" is too large; numbers must be below 1e15'],
    ),
    "half a period": (
        {"lanes.csv": "from,to,item,lead\nPOL,UKR,gun,0.5\n"},
        ['lanes.csv:2: lead: "0.5" is not a whole number of periods; write 0, 1, 2, …'],
    ),
    "a negative lead": (
        {"lanes.csv": "from,to,item,lead\nPOL,UKR,gun,-1\n"},
        ['lanes.csv:2: lead: "-1" is not a whole number of periods; write 0, 1, 2, …'],
    ),
    "neither yes nor no": (
        {"assurances.csv": "party,item,within,hard\nPOL,gun,6,maybe\n"},
        [
            'assurances.csv:2: hard: "maybe" is neither yes nor no; write true, false or leave it empty'
        ],
    ),
    "payments that are not the whole price": (
        {"supply.csv": "supplier,item,customer,payments\nWorks,gun,POL,0:0.3 2:0.6\n"},
        ['supply.csv:2: payments: the shares of "0:0.3 2:0.6" sum to 0.9; they must sum to 1'],
    ),
    "payments that are none": (
        {"supply.csv": "supplier,item,customer,payments\nWorks,gun,POL,30% at once\n"},
        [
            'supply.csv:2: payments: "30% at once" is no list of payments; write period:share pairs such as 0:0.3 12:0.7'
        ],
    ),
    "a purpose that is none": (
        {"earmarks.csv": "fund,purpose,item,party\nF,orders,gun,POL\n"},
        [
            'earmarks.csv:2: purpose: "orders" is not one of order, handover, compensation, *; did you mean "order"?'
        ],
    ),
    "any purpose where one must be named": (
        {"dues.csv": "purpose,item,party,date,amount\n*,gun,POL,2025-02-01,5\n"},
        ['dues.csv:2: purpose: "*" is not one of order, handover, compensation'],
    ),
    "an empty cell that must be filled": (
        {"stocks.csv": "party,item,quantity\nPOL,gun,\n"},
        ["stocks.csv:2: quantity: is empty; every row needs a quantity"],
    ),
    "an empty key": (
        {"lanes.csv": "from,to,item\nPOL,,gun\n"},
        ["lanes.csv:2: to: is empty; every row needs a to"],
    ),
    "a wildcard where one must be named": (
        {"stocks.csv": "party,item,quantity\n*,gun,2\n"},
        ['stocks.csv:2: party: "*" is not allowed here; name one'],
    ),
    "a wildcard for the supplier": (
        {"supply.csv": "supplier,item,customer\n*,gun,POL\n"},
        ['supply.csv:2: supplier: "*" is not allowed here; name one'],
    ),
    # ---- names
    "an unknown party": (
        {"stocks.csv": "party,item,quantity\nPOI,gun,4\n"},
        ['stocks.csv:2: party: "POI" is not in parties.csv; did you mean "POL"?'],
    ),
    "an unknown item": (
        {"stocks.csv": "party,item,quantity\nPOL,guns,4\n"},
        ['stocks.csv:2: item: "guns" is not in items.csv; did you mean "gun"?'],
    ),
    "an unknown capability": (
        {"needs.csv": "need,party,capability,quantity,due\nn1,UKR,fires,2,2025-02-01\n"},
        [
            'needs.csv:2: capability: "fires" is not in capabilities.csv or items.csv; did you mean "fire"?'
        ],
    ),
    "an unknown fund": (
        {"releases.csv": "fund,date,amount\nG,2025-01-01,5\n"},
        ['releases.csv:2: fund: "G" is not in funds.csv; known are F'],
    ),
    "an unknown party on a lane": (
        {"lanes.csv": "from,to,item\nPOL,UKX,*\n"},
        ['lanes.csv:2: to: "UKX" is not in parties.csv; did you mean "UKR"?'],
    ),
    "an unknown item of an earmark": (
        {"earmarks.csv": "fund,purpose,item,party\nF,order,shel,*\n"},
        ['earmarks.csv:2: item: "shel" is not in items.csv; did you mean "shell"?'],
    ),
    "an unknown party of an offer": (
        {"offers.csv": "offer,party,item,quantity,to\no1,POL,gun,2,everyone\n"},
        ['offers.csv:2: to: "everyone" is not in parties.csv; known are DEU, POL, UKR'],
    ),
    "an unknown accepted item": (
        {"exchange.csv": "party,given,accepted\nPOL,gun,hulk\n"},
        ['exchange.csv:2: accepted: "hulk" is not in items.csv; did you mean "hull"?'],
    ),
    "a currency without a rate": (
        {"funds.csv": "fund,party,currency\nF,DEU,GBP\n"},
        [
            'funds.csv:2: currency: no exchange rate for "GBP"; add it to [fx] in scenario.toml, or: known are EUR, USD'
        ],
    ),
    "a currency in small letters": (
        {"funds.csv": "fund,party,currency\nF,DEU,eur\n"},
        [
            'funds.csv:2: currency: no exchange rate for "eur"; add it to [fx] in scenario.toml, or: did you mean "EUR"?'
        ],
    ),
    # ---- rows
    "two rows with one key": (
        {"stocks.csv": "party,item,quantity\nPOL,gun,4\nDEU,gun,1\nPOL,gun,5\n"},
        [
            "stocks.csv:4: party: a second row for party=POL, item=gun; the first is line 2: keep one"
        ],
    ),
    "three rows with one name": (
        {"items.csv": "item\ngun\nhull\ngun\ngun\n"},
        [
            "items.csv:4: item: a second row for item=gun; the first is line 2: keep one",
            "items.csv:5: item: a second row for item=gun; the first is line 2: keep one",
        ],
    ),
    "two floors from one day": (
        {
            "floors.csv": "party,capability,from,quantity\n"
            "POL,fire,2025-01-01,4\nPOL,fire,2025-01-01,3\n"
        },
        [
            "floors.csv:3: party: a second row for party=POL, capability=fire, from=2025-01-01; the first is line 2: keep one"
        ],
    ),
    "a capability named like an item": (
        {"capabilities.csv": "capability,item\nfire,gun\ngun,hull\n"},
        [
            'capabilities.csv:3: capability: "gun" is an item, and so already a capability of that name; choose another'
        ],
    ),
    "an item that counts two for itself": (
        {"exchange.csv": "party,given,accepted,rate\nPOL,gun,gun,2\n"},
        ['exchange.csv:2: rate: "gun" for itself always counts 1; write rate 1 or drop the row'],
    ),
    "a lane to itself": (
        {"lanes.csv": "from,to,item\nPOL,POL,gun\n"},
        ['lanes.csv:2: to: from and to are both "POL"; a lane joins two different parties'],
    ),
    "a need that is no whole number of steps": (
        {"needs.csv": "need,party,capability,quantity,due,step\nn1,UKR,fire,50,2025-02-01,30\n"},
        ["needs.csv:2: quantity: 50 is not a multiple of the step 30; write 60, for example"],
    ),
    "an offer of what the party needs": (
        {"needs.csv": "need,party,capability,quantity,due\nn1,POL,fire,2,2025-02-01\n"},
        [
            "offers.csv:2: item: POL offers gun, which its own need n1 counts; drop the offer or the need"
        ],
    ),
    "a settlement shorter than an assurance": (
        {"assurances.csv": "party,item,within\nPOL,gun,7\n"},
        [
            "scenario.toml:7: scenario.settlement: settlement = 6 is shorter than the longest assurance, 7 periods (assurances.csv:2); write 7 or more"
        ],
    ),
    # ---- tables as text
    "an unknown column": (
        {"stocks.csv": "party,item,quantity,quantiy\nPOL,gun,4,4\n"},
        ['stocks.csv:1: quantiy: no column "quantiy" in this table; did you mean "quantity"?'],
    ),
    "a missing column": (
        {"stocks.csv": "party,item\nPOL,gun\n"},
        ['stocks.csv:1: quantity: the header lacks the column "quantity"; it has party, item'],
    ),
    "a misspelt column": (
        {"stocks.csv": "party,item,qantity\nPOL,gun,4\n"},
        ['stocks.csv:1: qantity: no column "qantity" in this table; did you mean "quantity"?'],
    ),
    "a column twice": (
        {"stocks.csv": "party,item,quantity,quantity\nPOL,gun,4,5\n"},
        ['stocks.csv:1: quantity: the column "quantity" stands twice in the header; keep one'],
    ),
    "cells below no name": (
        {"stocks.csv": "party,,item,quantity\nPOL,,gun,4\nDEU,x,gun,4\n"},
        [
            "stocks.csv:3: cells are filled below an empty header cell; name the column or empty the cells"
        ],
    ),
    "a row longer than its header": (
        {"stocks.csv": "party,item,quantity\nPOL,gun,4,5\n"},
        ["stocks.csv:2: has 4 cells but the header has 3; is a comma not quoted?"],
    ),
    "a quote that is never closed": (
        {"stocks.csv": 'party,item,quantity\nPOL,gun,4\nDEU,"gun,4\n'},
        ["stocks.csv:3: cannot be read as CSV from here on (…); check the quotes"],
    ),
    "a text after a quote": (
        {"stocks.csv": 'party,item,quantity\nPOL,"gun"s,4\n'},
        ["stocks.csv:2: cannot be read as CSV from here on (…); check the quotes"],
    ),
    "a file with nothing in it": (
        {"stocks.csv": ""},
        ["stocks.csv:1: is empty; write a header row, or delete the file"],
    ),
    "a file of commas": (
        {"stocks.csv": ",,\n,,\n"},
        ["stocks.csv:1: is empty; write a header row, or delete the file"],
    ),
    "a file in Latin-1": (
        {"parties.csv": "party,name\nDEU,Germany\nPOL,Pologne\nUKR,Ukraïne\n".encode("latin-1")},
        ["parties.csv:4: byte 0xef is not UTF-8; save the file as “CSV UTF-8”"],
    ),
    "a file in UTF-16": (
        {"parties.csv": "party\nDEU\nPOL\nUKR\n".encode("utf-16")},
        ["parties.csv: is UTF-16 text; save the file as “CSV UTF-8”"],
    ),
    "a file of tabs": (
        {"stocks.csv": "party\titem\tquantity\nPOL\tgun\t4\n"},
        ["stocks.csv:1: is separated by tabs; save it with commas (CSV UTF-8)"],
    ),
    "a number that may be a thousand": (
        {"stocks.csv": "party;item;quantity\nPOL;gun;1,234\n"},
        [
            'stocks.csv:2: quantity: "1,234" may mean 1.234 or 1234, and nothing else in the file tells; write 1.2340 or 1234'
        ],
    ),
    "decimal commas and points": (
        {"stocks.csv": "party;item;quantity\nPOL;gun;1,5\nDEU;gun;2.5\n"},
        [
            'stocks.csv:3: quantity: "2.5" against "1,5" in line 2: decimal commas and points are mixed; use one of them'
        ],
    ),
    "thousands with a point": (
        {"stocks.csv": "party;item;quantity\nPOL;gun;1.234,5\n"},
        [
            'stocks.csv:2: quantity: "1.234,5" has a thousands separator; write the digits without it'
        ],
    ),
    "a table that is none": (
        {"offrs.csv": "offer,party,item,quantity\n"},
        ['offrs.csv: "offrs.csv" is not a table of a scenario; did you mean "offers.csv"?'],
    ),
    "a second file of settings": (
        {"settings.toml": "horizon = 3\n"},
        [
            'settings.toml: "settings.toml" is not a table of a scenario; did you mean "variants.toml"?'
        ],
    ),
    "a workbook that is none": (
        {"scenario.xlsx": b"no workbook"},
        ["scenario.xlsx: cannot be read: …"],
    ),
    # ---- several at once
    "a mistake in each of five files": (
        {
            "scenario.toml": GOOD["scenario.toml"].replace('"month"', '"day"'),
            "stocks.csv": "party,item,quantity\nPOL,gun,-4\nDEX,gun,1\n",
            "lanes.csv": "from,to,item,lead,opens\nPOL,UKR,gun,x,y\n",
            "offers.csv": "offer,party,item,quantity\no1,POL,gun,2\no1,POL,gun,3\n",
            "funds.csv": "fund,party,curency\nF,DEU,EUR\n",
        },
        [
            'funds.csv:1: curency: no column "curency" in this table; did you mean "currency"?',
            'lanes.csv:2: lead: "x" is not a whole number of periods; write 0, 1, 2, …',
            'lanes.csv:2: opens: "y" is not a date; write year-month-day, such as 2025-12-01, or never for a consent that was refused',
            "offers.csv:3: offer: a second row for offer=o1; the first is line 2: keep one",
            'scenario.toml:5: scenario.period: "day" is not one of month, week, quarter',
            'stocks.csv:2: quantity: "-4" is below zero; write 0 or more',
            'stocks.csv:3: party: "DEX" is not in parties.csv; did you mean "DEU"?',
        ],
    ),
    "two mistakes in one row": (
        {"needs.csv": "need,party,capability,quantity,due\nn1,UKX,fire,-1,2025-02-01\n"},
        [
            'needs.csv:2: party: "UKX" is not in parties.csv; did you mean "UKR"?',
            'needs.csv:2: quantity: "-1" is below zero; write 0 or more',
        ],
    ),
    "a party with a bad number is a party all the same": (
        {"parties.csv": "party,burden_key\nDEU,four\nPOL,1\nUKR,\n"},
        ['parties.csv:2: burden_key: "four" is not a number; write a decimal such as 12 or 0.5'],
    ),
    "a fund of an unknown party is a fund all the same": (
        {"funds.csv": "fund,party\nF,DEX\n"},
        ['funds.csv:2: party: "DEX" is not in parties.csv; did you mean "DEU"?'],
    ),
    "an offer that cannot be read is not held against a need": (
        {"offers.csv": "offer,party,item,quantity\no1,UKR,gun,x\n"},
        ['offers.csv:2: quantity: "x" is not a number; write a decimal such as 12 or 0.5'],
    ),
    "a table of parties that cannot be read at all": (
        {"parties.csv": "party\nDEU\nPOL\nUKR\n".encode("utf-16")},
        ["parties.csv: is UTF-16 text; save the file as “CSV UTF-8”"],
    ),
    "an unquoted comma in a row shifts what follows, which is said once": (
        {"parties.csv": "party,name,burden_key\nDEU,Germany, Federal,4\nPOL,,1\nUKR,,\n"},
        ["parties.csv:2: has 4 cells but the header has 3; is a comma not quoted?"],
    ),
    "a table of parties without a header": (
        {"parties.csv": ""},
        ["parties.csv:1: is empty; write a header row, or delete the file"],
    ),
    "a table of items whose key is misspelt": (
        {"items.csv": "itm,indivisible\ngun,true\nhull,true\n"},
        ['items.csv:1: itm: no column "itm" in this table; did you mean "item"?'],
    ),
    "no table of parties": (
        {"parties.csv": None},
        ['parties.csv: is missing; stocks.csv:2 names "POL", which must stand in it'],
    ),
}
