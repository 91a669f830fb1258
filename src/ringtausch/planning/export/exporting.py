"""The complete model of one objective, with a name for each column and row.

In: a scenario and one of its objectives. Out: arrays and names, and what the head of a file says. The rows
are those that planning solves, and rule 13 written out; nothing is taken away.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ringtausch.planning.arrays import BoolArray, FloatArray
from ringtausch.planning.export.column_names import SYMBOLS, column_axes
from ringtausch.planning.export.labels import Labels, label_everything, named
from ringtausch.planning.export.no_circles import (
    PossibleCircles,
    find_possible_circles,
    no_circles_arrow,
    no_circles_order,
    no_circles_pair,
)
from ringtausch.planning.export.row_names import Naming, row_names
from ringtausch.planning.facts import gather_facts
from ringtausch.planning.layout import Layout
from ringtausch.planning.model import Matrix, Model, MoreColumns, build_model, extended
from ringtausch.planning.objectives import burden_rows
from ringtausch.planning.rows import Rows
from ringtausch.planning.rules import all_rules
from ringtausch.records.scenario import Scenario

__all__ = ["LONGEST_NAME", "ExportedModel", "export_model"]

#: No name is longer: HiGHS, SCIP, GLPK (254) and CBC (about 150 in MPS files) all read it.
LONGEST_NAME = 127
_WIDTH = 100


@dataclass(frozen=True)
class ExportedModel:
    """Minimise constant + cost · columns; the last column is fixed at 1 where there is a constant."""

    scenario: Scenario
    objective: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cost: FloatArray  # (column,) the constant is the cost of the column `constant`
    lower: FloatArray  # (column,)
    upper: FloatArray  # (column,)
    whole: BoolArray  # (column,)
    matrix: Matrix
    constant: float
    money_unit: float  # of the reporting currency
    arrows: int  # columns that tell whether an item goes from one party to another (rule 13)
    renamed: tuple[tuple[str, str, str], ...]  # label, kind, name

    def head(self) -> list[str]:
        """Say in lines of ASCII what the model is, for people who open the file."""
        scenario, columns, values = self.scenario, self.columns, self.matrix.value
        symbols = {name.partition("(")[0] for name in columns}
        lines = [
            "The model of one objective of a Ringtausch scenario, complete: rules 1 to 13.",
            f"scenario     {scenario.name}",
            f"content hash {scenario.content_hash}",
            f"objective    {self.objective}, to be minimised",
            f"constant     {self.constant!r}, the cost of the column that is fixed at 1"
            if self.constant
            else "constant     0",
            f"money unit   {self.money_unit:g} {scenario.currency} in columns and rows, not in costs",
            f"size         {len(self.rows)} rows, {len(columns)} columns, {len(values)} entries",
            f"integer      {int(self.whole.sum())} columns, {self.arrows} of them arrows of rule 13",
            "A column counts units of its item, or whole lots where the item or the offer has lots.",
            "A row is named by the rule's function and what it is about; a column by its symbol:",
            *(f"  {name:15} {what}" for name, what in SYMBOLS.items() if name in symbols),
        ]
        if self.renamed:
            lines.append("Labels that are not the tables' own names with _ for what is illegal:")
            lines += [f"  {label} = {kind} {name}" for label, kind, name in self.renamed]
        return [_ascii(line)[:_WIDTH] for line in lines]


def _ascii(text: str) -> str:
    """Write a line so that every reader skips it: ASCII without control characters."""
    return "".join(x if x.isascii() and x.isprintable() else ascii(x)[1:-1] for x in text)


def export_model(scenario: Scenario, objective: str) -> ExportedModel:
    """Write down the whole model of one objective, with names."""
    model = build_model(gather_facts(scenario), (objective,))
    layout, labels = model.layout, label_everything(scenario, model.layout)
    burden = objective == "unfairness"
    blocks = all_rules(layout, model.money_unit)
    blocks += burden_rows(layout, model.money_unit) if burden else []
    axes = column_axes(layout, labels)
    columns = [named(symbol, where) for symbol, where in axes]
    rows = row_names(Naming(layout, labels, axes), blocks, burden=burden)
    assert len(rows) == len(model.matrix.lower), "the model has other rows than the rules"
    circles = find_possible_circles(layout)
    if circles.count:
        model = _without_circles(model, circles, columns, rows, labels)
    costs = model.objectives[objective]
    if costs.constant or not columns:
        model = extended(model, MoreColumns(np.ones(1), np.ones(1), np.zeros(1, dtype=np.bool_)))
        columns.append("constant")
    cost = model.objectives[objective].cost.copy()
    if columns[-1] == "constant":
        cost[-1] = costs.constant
    _check(columns)
    _check(rows)
    return ExportedModel(
        scenario=scenario,
        objective=objective,
        columns=tuple(columns),
        rows=tuple(rows),
        cost=cost,
        lower=model.lower,
        upper=model.upper,
        whole=model.whole,
        matrix=model.matrix,
        constant=costs.constant,
        money_unit=model.money_unit,
        arrows=len(circles.arrow),
        renamed=labels.renamed,
    )


def _without_circles(
    model: Model, circles: PossibleCircles, columns: list[str], rows: list[str], labels: Labels
) -> Model:
    """Add rule 13 to a model, and the names of its columns and rows to theirs."""
    layout: Layout = model.layout
    arrows = [
        (labels.items[item], labels.parties[giver], labels.parties[receiver])
        for item, giver, receiver in zip(circles.item, circles.giver, circles.receiver, strict=True)
    ]
    columns += [named("arrow", where) for where in arrows]
    columns += [
        named("place", (labels.items[item], labels.parties[party]))
        for item, party in zip(circles.placed_item, circles.placed_party, strict=True)
    ]
    moved, ways = no_circles_arrow(layout, circles)
    rows += [
        named("no_circles_arrow", (labels.offers[offer], labels.parties[receiver]))
        for offer, receiver in ways
    ]
    blocks: list[Rows] = [moved]
    for function in (no_circles_pair, no_circles_order):
        block, which = function(layout, circles)
        blocks.append(block)
        rows += [named(function.__name__, arrows[arrow]) for arrow in which]
    yes_or_no = np.arange(circles.count) < len(circles.arrow)
    most = np.concatenate([np.ones(len(circles.arrow)), circles.place_max.astype(np.float64)])
    return extended(model, MoreColumns(np.zeros(circles.count), most, yes_or_no), blocks)


def _check(names: list[str]) -> None:
    """Hold that names are unique and short: a solver would take two of one name for one thing."""
    assert len(set(names)) == len(names), "two columns or rows have one name"
    assert max(map(len, names), default=0) <= LONGEST_NAME, "a name is too long"
