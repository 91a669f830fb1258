"""`python -m ringtausch`: the program, where its script is not on the path."""

from __future__ import annotations

from ringtausch.cli.main import main

if __name__ == "__main__":  # a process of a pool imports this file, too
    main()
