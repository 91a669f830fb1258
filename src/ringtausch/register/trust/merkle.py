"""RFC 9162 Merkle trees: roots of every size, proofs that a leaf is in it and that one grew from another.

In: leaf hashes (`canonical.leaf_hash`). Out: roots and proofs, made and verified (2.1.1 to 2.1.4 of the
RFC). `Edge` is what a store keeps to append in O(log n); `Tree` holds all hashes, for proofs. Nothing here
knows what a leaf is of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["EMPTY_ROOT", "Edge", "Tree", "node_hash", "verify_consistency", "verify_inclusion"]

#: The root of a tree without leaves: the hash of nothing.
EMPTY_ROOT = hashlib.sha256(b"").digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two nodes into the one above them: SHA-256 over 0x01, left and right."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Edge:
    """The right edge of a tree: the roots of its full subtrees, largest first; all that appending needs.

    There is one subtree for each binary digit 1 of the size: a tree of 6 leaves is one of 4 and one of 2.

    Examples
    --------
    >>> edge = Edge().append(b"a" * 32).append(b"b" * 32).append(b"c" * 32)
    >>> edge.size, len(edge.hashes), edge.root() == Tree([b"a" * 32, b"b" * 32, b"c" * 32]).root()
    (3, 2, True)
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> Edge:
        """Return the edge of the tree with one leaf more."""
        return self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> Edge:
        """Return the edge of the tree with more leaves, in their order."""
        size, hashes = self.size, list(self.hashes)
        sha256 = hashlib.sha256  # once: this loop is where the time goes
        for leaf in leaves:
            node, carry = leaf, size
            while carry & 1:
                node = sha256(b"\x01" + hashes.pop() + node).digest()
                carry >>= 1
            hashes.append(node)
            size += 1
        return Edge(size, tuple(hashes))

    def root(self) -> bytes:
        """Return the root: the full subtrees hashed together, from the right."""
        if not self.hashes:
            return EMPTY_ROOT
        node = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            node = node_hash(left, node)
        return node

    def to_bytes(self) -> bytes:
        """Write the hashes one behind the other, for a store; the size says how many there are."""
        return b"".join(self.hashes)

    @classmethod
    def from_bytes(cls, size: int, hashes: bytes) -> Edge:
        """Read what `to_bytes` has written."""
        assert len(hashes) == 32 * size.bit_count(), "an edge has a hash for each full subtree"
        return cls(size, tuple(hashes[at : at + 32] for at in range(0, len(hashes), 32)))


class Tree:
    """All hashes of a tree, level by level, so that any earlier root and any proof is a look-up.

    Examples
    --------
    >>> tree = Tree([bytes([n]) * 32 for n in range(5)])
    >>> tree.size, tree.root(0) == EMPTY_ROOT, len(tree.inclusion(4)), len(tree.consistency(3))
    (5, True, 1, 4)
    """

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]  # of full subtrees of 1, 2, 4 ... leaves
        for leaf in leaves:
            self.append(leaf)

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return len(self._levels[0])

    def append(self, leaf: bytes) -> None:
        """Add a leaf, and every node that is full with it."""
        node = leaf
        for height, level in enumerate(self._levels):
            level.append(node)
            if len(level) % 2:
                return
            node = node_hash(level[-2], node)
            if height + 1 == len(self._levels):
                self._levels.append([node])
                return

    def leaf(self, index: int) -> bytes:
        """Return the hash of a leaf."""
        return self._levels[0][index]

    def root(self, size: int | None = None) -> bytes:
        """Return the root of the first leaves: what it was when there were so many."""
        size = self.size if size is None else size
        assert 0 <= size <= self.size, "a root of more leaves than there are"
        return self._range(0, size) if size else EMPTY_ROOT

    def inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """Prove that a leaf is in the tree of a size: PATH of section 2.1.3.1."""
        size = self.size if size is None else size
        assert 0 <= index < size <= self.size, "a proof of a leaf that is not there"
        proof: list[bytes] = []
        first, last = 0, size
        while last - first > 1:
            middle = first + _split(last - first)
            if index < middle:
                proof.append(self._range(middle, last))
                last = middle
            else:
                proof.append(self._range(first, middle))
                first = middle
        return tuple(reversed(proof))

    def consistency(self, earlier: int, size: int | None = None) -> tuple[bytes, ...]:
        """Prove that the tree of a size begins with the earlier one: PROOF of section 2.1.4.1."""
        size = self.size if size is None else size
        assert 0 <= earlier <= size <= self.size, "a proof of a tree that is not there"
        if earlier in {0, size}:
            return ()
        proof: list[bytes] = []
        first, last, whole = 0, size, True
        while earlier != last:
            middle = first + _split(last - first)
            if earlier <= middle:
                proof.append(self._range(middle, last))
                last = middle
            else:
                proof.append(self._range(first, middle))
                first, whole = middle, False
        return (() if whole else (self._range(first, last),)) + tuple(reversed(proof))

    def _range(self, first: int, last: int) -> bytes:
        """Return the root over leaves [first, last); first is a multiple of a power of two ≥ its length."""
        node: bytes | None = None
        while last > first:
            height = ((last - first) & (first - last)).bit_length() - 1  # the smallest full subtree
            full = self._levels[height][(last >> height) - 1]
            node = full if node is None else node_hash(full, node)
            last -= 1 << height
        assert node is not None, "a range has leaves"
        return node


def _split(size: int) -> int:
    """Return the largest power of two that is smaller than a size of 2 or more."""
    return 1 << ((size - 1).bit_length() - 1)


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Tell whether a proof shows that a leaf is in a tree (section 2.1.3.2).

    Examples
    --------
    >>> tree = Tree([bytes([n]) * 32 for n in range(5)])
    >>> verify_inclusion(tree.leaf(2), 2, 5, tree.inclusion(2), tree.root())
    True
    >>> verify_inclusion(tree.leaf(2), 3, 5, tree.inclusion(2), tree.root())
    False
    """
    if not 0 <= index < size:
        return False
    at, last, node = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            node = node_hash(beside, node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = node_hash(node, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and node == root


def verify_consistency(
    earlier: int, earlier_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Tell whether a proof shows that a tree begins with an earlier one (section 2.1.4.2).

    Examples
    --------
    >>> tree = Tree([bytes([n]) * 32 for n in range(5)])
    >>> verify_consistency(3, tree.root(3), 5, tree.root(), tree.consistency(3))
    True
    """
    if not 0 <= earlier <= size:
        return False
    if earlier in {0, size}:
        same = earlier_root == (root if earlier == size else EMPTY_ROOT)
        return same and not proof
    path = list(proof) if earlier & (earlier - 1) else [earlier_root, *proof]
    if not path:
        return False
    at, last = earlier - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(beside, old), node_hash(beside, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and old == earlier_root and new == root
