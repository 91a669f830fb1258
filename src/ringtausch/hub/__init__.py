"""The register in a database: the only room with Django in it.

In: an address (a file, `sqlite:///…` or `postgresql://…`). Out: a `Store`. Importing this costs nothing:
Django is loaded when a register is opened.
"""

from __future__ import annotations

from ringtausch.hub.opening import init_register, open_register, upgrade_register

__all__ = ["init_register", "open_register", "upgrade_register"]
