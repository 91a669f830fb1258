"""Trees against the vectors of certificate transparency and against the RFC's own recursion."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringtausch.register.trust.merkle import (
    EMPTY_ROOT,
    Edge,
    Tree,
    node_hash,
    verify_consistency,
    verify_inclusion,
)

#: The eight entries that implementations of RFC 6962 and 9162 are tested with, and the roots after each.
ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657",
           "606162636465666768696a6b6c6d6e6f"]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

SIZES = st.integers(1, 130)


def known_tree() -> Tree:
    return Tree(hashlib.sha256(b"\x00" + bytes.fromhex(entry)).digest() for entry in ENTRIES)


def leaves(size: int) -> list[bytes]:
    return [hashlib.sha256(b"\x00" + str(n).encode()).digest() for n in range(size)]


def plain_root(hashes: list[bytes]) -> bytes:
    """MTH of section 2.1.1, as it stands there."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = largest_power_below(len(hashes))
    return node_hash(plain_root(hashes[:split]), plain_root(hashes[split:]))


def plain_path(index: int, hashes: list[bytes]) -> list[bytes]:
    """PATH of section 2.1.3.1."""
    if len(hashes) == 1:
        return []
    split = largest_power_below(len(hashes))
    if index < split:
        return [*plain_path(index, hashes[:split]), plain_root(hashes[split:])]
    return [*plain_path(index - split, hashes[split:]), plain_root(hashes[:split])]


def plain_proof(earlier: int, hashes: list[bytes], *, whole: bool = True) -> list[bytes]:
    """SUBPROOF of section 2.1.4.1."""
    if earlier == len(hashes):
        return [] if whole else [plain_root(hashes)]
    split = largest_power_below(len(hashes))
    if earlier <= split:
        return [*plain_proof(earlier, hashes[:split], whole=whole), plain_root(hashes[split:])]
    return [
        *plain_proof(earlier - split, hashes[split:], whole=False),
        plain_root(hashes[:split]),
    ]


def largest_power_below(size: int) -> int:
    power = 1
    while 2 * power < size:
        power *= 2
    return power


@pytest.mark.parametrize("size", range(9))
def test_the_known_roots_come_out(size: int) -> None:
    tree = known_tree()
    assert tree.root(size).hex() == ROOTS[size]
    assert Edge().extend(tree.leaf(n) for n in range(size)).root().hex() == ROOTS[size]


def test_the_known_paths_and_proofs_come_out() -> None:
    """Of the same eight entries: leaf 0 in 1, leaf 0 in 8, leaf 1 in 5, and the growth from 6 to 8."""
    tree = known_tree()
    assert tree.inclusion(0, 1) == ()
    assert [node.hex()[:16] for node in tree.inclusion(0)] == [
        "96a296d224f285c6",
        "5f083f0a1a33ca07",
        "6b47aaf29ee3c2af",
    ]
    assert [node.hex()[:16] for node in tree.inclusion(1, 5)] == [
        "6e340b9cffb37a98",
        "5f083f0a1a33ca07",
        "bc1a0643b12e4d2d",
    ]
    assert [node.hex()[:16] for node in tree.consistency(6)] == [
        "0ebc5d3437fbe2db",
        "ca854ea128ed050b",
        "d37ee418976dd957",
    ]


@given(SIZES, st.data())
def test_roots_of_all_sizes_and_every_proof_are_those_of_the_plain_recursion(
    size: int, data: st.DataObject
) -> None:
    hashes = leaves(size)
    tree = Tree(hashes)
    upto = data.draw(st.integers(1, size))
    earlier, index = data.draw(st.integers(1, upto)), data.draw(st.integers(0, upto - 1))
    assert tree.root(upto) == plain_root(hashes[:upto])
    assert list(tree.inclusion(index, upto)) == plain_path(index, hashes[:upto])
    assert list(tree.consistency(earlier, upto)) == plain_proof(earlier, hashes[:upto])
    assert verify_inclusion(
        hashes[index], index, upto, tree.inclusion(index, upto), tree.root(upto)
    )
    assert verify_consistency(
        earlier, tree.root(earlier), upto, tree.root(upto), tree.consistency(earlier, upto)
    )


@given(SIZES, st.data())
def test_no_altered_proof_is_accepted(size: int, data: st.DataObject) -> None:
    """A node more, a node less, another node, another leaf, another place, another root."""
    tree = Tree(leaves(size))
    index, earlier = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    path, growth = list(tree.inclusion(index)), list(tree.consistency(earlier))
    other = bytes(32)
    root, old = tree.root(), tree.root(earlier)
    assert not verify_inclusion(other, index, size, path, root)
    assert not verify_inclusion(tree.leaf(index), index, size, path, other)
    assert not verify_inclusion(tree.leaf(index), index, size, [*path, other], root)
    assert not verify_inclusion(tree.leaf(index), size, size, path, root)
    assert not verify_consistency(earlier, other, size, root, growth)
    assert not verify_consistency(earlier, old, size, other, growth)
    assert not verify_consistency(earlier, old, size, root, [*growth, other])
    assert not verify_consistency(size + 1, old, size, root, growth)
    for at in range(len(path)):
        assert not verify_inclusion(tree.leaf(index), index, size, path[:at] + path[at + 1 :], root)
        assert not verify_inclusion(
            tree.leaf(index), index, size, [*path[:at], other, *path[at + 1 :]], root
        )
    for at in range(len(growth)):
        assert not verify_consistency(earlier, old, size, root, growth[:at] + growth[at + 1 :])
        assert not verify_consistency(
            earlier, old, size, root, [*growth[:at], other, *growth[at + 1 :]]
        )


def test_an_empty_tree_is_the_beginning_of_all_and_proves_no_leaf() -> None:
    tree = known_tree()
    assert (Tree().root(), Edge().root()) == (EMPTY_ROOT, EMPTY_ROOT)
    assert verify_consistency(0, EMPTY_ROOT, 8, tree.root(), ())
    assert not verify_consistency(0, bytes(32), 8, tree.root(), ())
    assert verify_consistency(0, EMPTY_ROOT, 0, EMPTY_ROOT, ())
    assert not verify_inclusion(tree.leaf(0), 0, 0, (), EMPTY_ROOT)


@given(SIZES, SIZES)
def test_an_edge_that_was_stored_goes_on_like_one_that_was_not(first: int, more: int) -> None:
    hashes = leaves(first + more)
    stored = Edge().extend(hashes[:first])
    again = Edge.from_bytes(stored.size, stored.to_bytes())
    assert again == stored
    assert again.extend(hashes[first:]) == Edge().extend(hashes)
    assert again.append(hashes[first]).root() == plain_root(hashes[: first + 1])
