"""What `ringtausch export --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from ringtausch.cli.message import Message, ProblemEntry

if TYPE_CHECKING:
    from ringtausch.insight.export import Exported

__all__ = ["ExportMessage"]


class ExportMessage(Message):
    """The answer of `ringtausch export --json`."""

    schema_: Literal["ringtausch/export/1"] = Field(default="ringtausch/export/1", alias="schema")
    ok: bool
    written: str | None = Field(default=None, description="the file that was written")
    format: Literal["lp", "mps"] | None = None
    objective: str | None = None
    hash: str | None = Field(default=None, description="SHA-256 of the scenario's content")
    constant: float | None = Field(
        default=None, description="part of the objective that no plan changes; the model holds it"
    )
    money_unit: float | None = Field(
        default=None, description="of the reporting currency, in columns and rows of money"
    )
    rows: int | None = None
    columns: int | None = None
    entries: int | None = Field(default=None, description="of the matrix, none of them 0")
    whole_columns: int | None = Field(default=None, description="columns that must be whole")
    arrows: int | None = Field(
        default=None, description="columns of rule 13; 0 where no circle is possible"
    )
    problems: list[ProblemEntry] = Field(default=[])

    @classmethod
    def of(cls, made: Exported) -> ExportMessage:
        """Write down what the file holds."""
        return cls(
            ok=True,
            written=str(made.path),
            format="mps" if made.kind == "mps" else "lp",
            objective=made.objective,
            hash=made.scenario_hash,
            constant=made.constant,
            money_unit=made.money_unit,
            rows=made.rows,
            columns=made.columns,
            entries=made.entries,
            whole_columns=made.whole_columns,
            arrows=made.arrows,
        )
