"""Export: the model behind a plan as a file, so that any solver can check the answer.

In: a scenario, one of its objectives and a place. Out: a file in the LP or MPS format, written whole or not at all,
and what it holds. Nothing is solved here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ringtausch.language import _
from ringtausch.planning.export import ExportedModel, export_model, lp_lines, mps_lines
from ringtausch.records.folders import write_file_whole
from ringtausch.records.messages import unknown_objective
from ringtausch.records.scenario import Scenario

__all__ = ["FORMATS", "Exported", "export"]

#: The formats, each with what writes its lines.
FORMATS: dict[str, Callable[[ExportedModel], Iterator[str]]] = {"lp": lp_lines, "mps": mps_lines}


@dataclass(frozen=True)
class Exported:
    """A model that was written: where, of what, and how large it is."""

    path: Path
    kind: str  # lp or mps
    objective: str
    scenario_hash: str
    constant: float  # of the objective, in its own unit; the model holds it
    money_unit: float  # of the reporting currency, in which columns and rows of money count
    rows: int
    columns: int
    entries: int
    whole_columns: int
    arrows: int  # columns of rule 13; 0 where no circle is possible


def export(
    scenario: Scenario,
    path: str | Path,
    *,
    kind: str | None = None,
    objective: str | None = None,
    force: bool = False,
) -> Exported:
    """Write the whole model of one objective, with names from the rules, for another solver.

    Its optimum is the best value of that objective alone: what `plan` proves for the first one.

    Parameters
    ----------
    scenario
        What is known and on which terms.
    path
        The file to write.
    kind
        `lp` or `mps`; by the ending of the path where it is not given.
    objective
        One of the scenario's; its first where none is given.
    force
        Whether a file that is there is replaced.

    Returns
    -------
    Exported
        Where the model is, and how large.

    Raises
    ------
    OutputExists
        The file exists and `force` is not given.
    ValueError
        An unknown kind, or no objective of the scenario.

    Examples
    --------
    >>> import tempfile
    >>> import ringtausch as rt
    >>> scenario = rt.read("examples/patriot-2025")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = rt.export(scenario, f"{folder}/patriot.lp")
    >>> written.objective, written.kind, written.arrows
    ('unmet_need', 'lp', 0)
    """
    target = Path(path)
    form = target.suffix.removeprefix(".").casefold() if kind is None else kind
    if form not in FORMATS:
        raise ValueError(
            _('"{kind}" is no format; there are {known}').format(
                kind=form, known=", ".join(FORMATS)
            )
        )
    name = scenario.objectives[0] if objective is None else objective
    if name not in scenario.objectives:
        raise ValueError(unknown_objective(name, scenario.objectives))
    model = export_model(scenario, name)

    def fill(fresh: Path) -> None:
        with fresh.open("w", encoding="ascii", newline="\n") as file:
            file.writelines(f"{line}\n" for line in FORMATS[form](model))

    write_file_whole(target, fill, force=force)
    return Exported(
        path=target,
        kind=form,
        objective=name,
        scenario_hash=scenario.content_hash,
        constant=model.constant,
        money_unit=model.money_unit,
        rows=len(model.rows),
        columns=len(model.columns),
        entries=len(model.matrix.value),
        whole_columns=int(model.whole.sum()),
        arrows=model.arrows,
    )
