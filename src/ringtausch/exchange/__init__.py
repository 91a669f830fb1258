"""Other people's formats, in and out of the register. Nothing is computed here that the register computes."""

from __future__ import annotations

__all__: list[str] = []
