"""What changed between an earlier plan and a new one, why, and whose agreement must be asked again.

`moves` compares the rows, `reasons` finds by solving again why each could not stay, `words` says it,
and `changing` puts them together.
"""

from ringtausch.insight.changes.changing import AskAgain, Change, Changes, changes
from ringtausch.insight.changes.moves import Move, moves

__all__ = ["AskAgain", "Change", "Changes", "Move", "changes", "moves"]
