"""The figures that the examples' READMEs state, computed anew from the plan of each example.

In: a scenario and its plan. Out: for each example a mapping of what a figure is called to its text.
Only figures that every best plan shares are here: how equal plans differ is nobody's story.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import ringtausch as rt

__all__ = ["FIGURES", "Case", "stated"]

#: Below this many units a number is what solvers leave behind.
DUST = 1e-6


@dataclass(frozen=True)
class Case:
    """A scenario and its plan, with the sums that figures are made of."""

    scenario: rt.Scenario
    plan: rt.Plan

    def rows(self, table: str, **wanted: str) -> list[Any]:
        """List the rows of a table of the plan whose fields have the wanted values, in time."""
        found = [
            row
            for row in self.plan.rows(table)
            if all(getattr(row, name) == value for name, value in wanted.items())
        ]
        return sorted(found, key=lambda row: row.period)

    def units(self, table: str, **wanted: str) -> float:
        """Add up quantities."""
        return float(sum(row.quantity for row in self.rows(table, **wanted)))

    def each(self, periods: Iterable[tuple[int, float]]) -> list[dt.date]:
        """Give a date to each unit: the first day of its period."""
        return [
            self.scenario.calendar.first_day(period)
            for period, quantity in sorted(periods)
            for _ in range(round(quantity))
        ]

    def sent(self, offer: str) -> list[dt.date]:
        """Give the date of each unit that an offer hands over."""
        return self.each((row.period, row.quantity) for row in self.rows("dispatches", offer=offer))

    def delivered(self, item: str, customer: str) -> list[dt.date]:
        """Give the date of each unit of an item that orders of the plan bring to a customer."""
        rows = self.rows("orders", item=item, customer=customer)
        return self.each((row.delivered, row.quantity) for row in rows)

    def met(self, need: str, but: float = 0.0) -> dt.date:
        """Give the first day of the period from which a need is met, but for so many units."""
        missing = [row.period for row in self.rows("unmet", need=need) if row.quantity > but + DUST]
        return self.scenario.calendar.first_day(max(missing) + 1)

    def missing(self, need: str) -> float:
        """Give what a need still lacks in the last period."""
        last = self.scenario.calendar.count - 1
        rows = self.rows("unmet", need=need)
        return float(sum(row.quantity for row in rows if row.period == last))

    def late(self, **wanted: str) -> float:
        """Add up overdue units over the periods."""
        return float(sum(row.late for row in self.rows("debts", **wanted)))

    def deepest(self, party: str) -> float:
        """Give the largest gap below a party's floor."""
        return float(max((row.quantity for row in self.rows("gaps", party=party)), default=0))

    def paid(self, prefix: str = "") -> float:
        """Add up what the funds whose name begins like this pay, in the reporting currency."""
        rows = self.plan.rows("payments")
        return float(sum(row.amount for row in rows if row.fund.startswith(prefix)))

    def released(self, prefix: str) -> Decimal:
        """Add up what is released to the funds whose name begins like this."""
        currency = {fund.fund: fund.currency for fund in self.scenario.funds}
        return sum(
            (
                row.amount * self.scenario.rate(currency[row.fund])
                for row in self.scenario.releases
                if row.fund.startswith(prefix)
            ),
            Decimal(0),
        )

    def planned_with(self, order: tuple[str, ...] = (), **tables: Any) -> Case:
        """Plan the scenario with other tables, or with other objectives."""
        scenario = replace(self.scenario, **tables)
        return Case(scenario, rt.plan(scenario, objectives=order or None))


def number(value: float, digits: int = 0) -> str:
    """Write a number with commas between thousands."""
    return f"{round(value, digits):,.{digits}f}"


def millions(value: float | Decimal) -> str:
    """Write money in whole millions."""
    return number(float(value) / 1e6)


def months(dates: list[dt.date]) -> str:
    """Write dates as months."""
    return ", ".join(f"{date:%B %Y}" for date in dates)


def months_between(first: dt.date, second: dt.date) -> int:
    """Count the months from one date to another."""
    return (second.year - first.year) * 12 + second.month - first.month


def objectives(case: Case) -> dict[str, str]:
    """Give the six objectives in the order of the scenario."""
    money = {"spend", "moved_value", "unfairness"}
    return {
        f"`{name}`": f"{millions(value)} million euros" if name in money else number(value, 1)
        for name in case.scenario.objectives
        for value in [case.plan.objectives[name].value]
    }


def patriot_2025(case: Case) -> dict[str, str]:
    """Compute the figures of examples/patriot-2025."""
    given = case.sent("deu-two-systems")
    replaced = case.delivered("fire-unit", "DEU")
    waits = [months_between(*pair) for pair in zip(given, replaced, strict=True)]
    missiles = [
        day for party in ("DEU", "NLD", "SWE") for day in case.delivered("pac-3-mse", party)
    ]
    late_first = case.planned_with(("late_replacement", "unmet_need", "capability_gap"))
    return {
        "German systems leave in": months(given),
        "Their replacements arrive in": months(replaced),
        "Longest wait of Germany for a replacement": f"{max(waits)} months",
        "Swiss systems arrive in": months(case.delivered("fire-unit", "CHE")),
        "Swiss systems late, added up": f"{number(case.late(party='CHE'))} system-months",
        "Three systems of the ten are there with all their missiles from": (
            f"{case.met('ten-systems', but=7):%B %Y}"
        ),
        "Still missing of the ten at the end": number(case.missing("ten-systems")),
        "The 200 interceptors are there from": f"{case.met('interceptors'):%B %Y}",
        "Interceptors bought through PURL": number(case.units("orders", supplier="US stock")),
        "PURL money spent, of the money counted": (
            f"{millions(case.paid('purl-'))} of {millions(case.released('purl-'))} million euros"
        ),
        "PAC-3 MSE given by allies": number(case.units("dispatches", item="pac-3-mse")),
        "They are replaced between": months([min(missiles), max(missiles)]),
        "Germany's deepest gap below its floor of 8": number(case.deepest("DEU"), 1),
        "The Dutch gap below a floor of 3": number(case.deepest("NLD"), 1),
        **objectives(case),
        "With `late_replacement` first, the second German system leaves in": months(
            late_first.sent("deu-two-systems")[-1:]
        ),
        "With `late_replacement` first, Swiss systems late": (
            f"{number(late_first.late(party='CHE'))} system-months"
        ),
        "With `late_replacement` first, `unmet_need`": number(
            late_first.plan.objectives["unmet_need"].value, 1
        ),
    }


def ringtausch_2022(case: Case) -> dict[str, str]:
    """Compute the figures of examples/ringtausch-2022."""
    gaps = [row.period for row in case.plan.rows("gaps") if row.quantity > DUST]
    exchange = tuple(
        replace(row, rate=Decimal(5)) if row.party == "POL" else row
        for row in case.scenario.exchange
    )
    polish = case.planned_with(case.scenario.objectives[:4], exchange=exchange)
    return {
        "T-72 given by Czechia": number(case.units("dispatches", offer="cze-t-72")),
        "BVP-1 given by Slovakia": number(case.units("dispatches", offer="svk-bvp-1")),
        "BMP-1 given by Greece, each as a Marder arrives": months(
            sorted(set(case.sent("grc-bmp-1")))
        ),
        "M-55S given by Slovenia": number(case.units("dispatches", offer="svn-m-55s")),
        "Leopards to Czechia, Slovakia, Poland": ", ".join(
            number(len(case.delivered("leopard-2a4", party))) for party in ("CZE", "SVK", "POL")
        ),
        "Replacements late": number(case.late(), 1),
        "The last gap below a floor closes in": f"{case.scenario.calendar.first_day(max(gaps) + 1):%B %Y}",
        "Tanks that Ukraine still lacks": number(case.missing("ukr-tanks")),
        "Fighting vehicles that Ukraine still lacks": number(case.missing("ukr-fighting-vehicles")),
        **objectives(case),
        "Polish reading: Leopards to Czechia, Slovakia, Poland": ", ".join(
            number(len(polish.delivered("leopard-2a4", party))) for party in ("CZE", "SVK", "POL")
        ),
        "Polish reading: T-72 given by Czechia": number(
            polish.units("dispatches", offer="cze-t-72")
        ),
        "Polish reading: BVP-1 given by Slovakia": number(
            polish.units("dispatches", offer="svk-bvp-1")
        ),
    }


FIGURES: dict[str, Callable[[Case], dict[str, str]]] = {
    "patriot-2025": patriot_2025,
    "ringtausch-2022": ringtausch_2022,
}


def stated(readme: Path) -> dict[str, str]:
    """Read the table between the marks `figures` of a README."""
    text = readme.read_text(encoding="utf-8")
    table = text.partition("<!-- figures -->")[2].partition("<!-- /figures -->")[0]
    rows = [line.strip().strip("|").split("|") for line in table.splitlines() if "|" in line]
    return {what.strip(): value.strip() for what, value in rows[2:]}
