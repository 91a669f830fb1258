"""The register: sourced statements in, positions, debts, totals and postings out. No web, no SQL."""

from __future__ import annotations

__all__: list[str] = []
