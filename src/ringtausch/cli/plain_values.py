"""Values on the command line that are what they are, so that nobody waits for their conversion.

typer converts every value by pydantic, whose import alone takes a tenth of a second and more. A text,
a number that is the default, nothing at all, and a path that can be read need no conversion; all else
stays with typer, and so does every message about a wrong value.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Any

from typer.core import TyperCommand, TyperGroup

__all__ = ["PlainCommand", "PlainGroup"]

_NOT_PLAIN = object()


class PlainCommand(TyperCommand):
    """A command that leaves to typer's conversion only those values that need one."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters, `--help` too."""
        return _plainly(super().get_params(ctx))


class PlainGroup(TyperGroup):
    """The program itself, with the same for its own options."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters, `--help` too."""
        return _plainly(super().get_params(ctx))


def _plainly(params: list[Any]) -> list[Any]:
    for param in params:
        by_typer = param.process_value
        # earlier typers convert without pydantic
        if hasattr(param, "type_descriptor") and not isinstance(by_typer, partial):
            param.process_value = partial(_processed, param, by_typer)
    return params


def _processed(param: Any, by_typer: Any, ctx: Any, value: Any) -> Any:
    plain = _plain(param, value)
    if plain is _NOT_PLAIN:
        return by_typer(ctx, value)
    return plain if param.callback is None else param.callback(ctx, param, plain)


def _plain(param: Any, value: Any) -> Any:
    """Return a value that is no matter of conversion, `_NOT_PLAIN` where it is one."""
    kind, info = param.type_descriptor.annotation, param.type_descriptor.parameter_info
    if value is None and not param.required:
        return () if param.multiple or param.nargs == -1 else None
    if info.parser is not None:
        return _NOT_PLAIN
    if kind is Path and isinstance(value, str) and _needs_no_check(info):
        there = os.path.exists(value)  # noqa: PTH110 - it is not yet a Path
        return Path(value) if not there or os.access(value, os.R_OK) else _NOT_PLAIN
    unlimited = info.min is None and info.max is None
    if type(value) is kind and (kind is str or (kind in {int, float} and unlimited)):
        return value
    return _NOT_PLAIN


def _needs_no_check(info: Any) -> bool:
    """Tell whether anything may stand at a path."""
    unusual = info.exists or info.writable or info.resolve_path or info.allow_dash
    return info.file_okay and info.dir_okay and info.path_type is None and not unusual
