"""Names of a package that are imported when they are first used.

In: a package and where its names live. Out: the value of a name. So a command pays only for what it
needs: planning from a cold start would otherwise spend longer on imports than on the plan. Must not
know any room.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

__all__ = ["first_use"]


def first_use(package: str, homes: Mapping[str, str], name: str) -> Any:
    """Import a name of a package, and keep it there: the body of a package's `__getattr__`.

    Parameters
    ----------
    package
        The package's full name.
    homes
        The module of each name within the package, as `module`, or as `module:attribute` where it
        has another name there.
    name
        What is asked for.

    Raises
    ------
    AttributeError
        The package has no such name.

    Examples
    --------
    >>> first_use("ringtausch", {"installed": "version:__version__"}, "wanted")
    Traceback (most recent call last):
    AttributeError: module 'ringtausch' has no attribute 'wanted'
    """
    if name not in homes:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    module, _, attribute = homes[name].partition(":")
    value = getattr(import_module(f"{package}.{module}"), attribute or name)
    setattr(sys.modules[package], name, value)
    return value
