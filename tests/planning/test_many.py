"""Many questions at once: by processes that need nothing of the program that asks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

#: A script as a newcomer writes it, without a guard of its main part.
SCRIPT = """
import math
print("begins")
from ringtausch.planning.many import in_processes
print(sorted(in_processes(math.pow, 2.0, [0.0, 1.0, 2.0, 3.0], 2)))
import __main__
print(__main__.__file__ == __file__)
"""


def test_a_plain_script_without_a_guard_may_share_its_work(tmp_path: Path) -> None:
    """Every process once ran the script anew, which broke the pool with a traceback for each."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    ended = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines() == [
        "begins",
        "[(0, 1.0), (1, 2.0), (2, 4.0), (3, 8.0)]",
        "True",
    ]
