"""The record can be checked: leaves, trees, signed checkpoints, exports. No database, no web."""

from __future__ import annotations

__all__: list[str] = []
