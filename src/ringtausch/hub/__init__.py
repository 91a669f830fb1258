"""The register in a database: the only room with Django in it."""

from __future__ import annotations

__all__: list[str] = []
