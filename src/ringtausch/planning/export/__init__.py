"""The whole model of one objective with names from the rules, as text that any solver reads.

In: a scenario and an objective. Out: an `ExportedModel`, and its lines in the LP or MPS format. Nothing is solved,
and no file is written here. What a solve adds only where it must (rule 13) is written out.
"""

from __future__ import annotations

from ringtausch.planning.export.exporting import LONGEST_NAME, ExportedModel, export_model
from ringtausch.planning.export.lp_format import lp_lines
from ringtausch.planning.export.mps_format import mps_lines

__all__ = ["LONGEST_NAME", "ExportedModel", "export_model", "lp_lines", "mps_lines"]
