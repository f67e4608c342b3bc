"""Merkle trees of RFC 6962, section 2.1: one hash for many leaves, and a short proof that a leaf is among them."""

import hashlib
from collections.abc import Sequence
from typing import Final

EMPTY: Final = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf(data: bytes) -> bytes:
    """The hash of a leaf, SHA-256(0x00 ‖ data): 32 bytes."""
    return hashlib.sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees, SHA-256(0x01 ‖ left ‖ right): 32 bytes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash of the leaves' data, in their order."""
    return _levels([leaf(data) for data in leaves])[-1][0] if leaves else EMPTY


def path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of leaf `index` (from 0), nearest sibling first; IndexError where there is no such leaf."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    siblings = []
    for level in _levels([leaf(data) for data in leaves])[:-1]:
        if index ^ 1 < len(level):
            siblings.append(level[index ^ 1])
        index //= 2
    return siblings


def included(data: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether the path proves that leaf `index` of a tree of `size` leaves with this root is `data`; never raises."""
    try:
        return root_of_path(data, index, size, proof) == expected
    except ValueError:
        return False


def root_of_path(data: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The root that a path leads to from leaf `index` of a tree of `size` leaves; ValueError where it does not fit."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} among {size}")
    current, last, rest = leaf(data), size - 1, list(proof)
    while last:
        # a rightmost node without a sibling is carried up as it is
        if index & 1 or index < last:
            if not rest:
                raise ValueError("the path is too short")
            sibling = rest.pop(0)
            current = node(sibling, current) if index & 1 else node(current, sibling)
        index, last = index // 2, last // 2
    if rest:
        raise ValueError("the path is too long")
    return current


def _levels(hashes: list[bytes]) -> list[list[bytes]]:
    """Every level of the tree from the leaves' hashes up to the root.

    Pairing neighbours and carrying an odd last node up gives the same tree as splitting at the largest power of two.
    """
    levels = [hashes]
    while len(level := levels[-1]) > 1:
        above = [node(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
        levels.append(above + level[-1:] if len(level) % 2 else above)
    return levels
