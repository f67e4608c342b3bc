"""Merkle trees of RFC 6962, section 2.1: one hash for many leaves, and a short proof that a leaf is among them."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
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
    return root_above(leaf(data), index, size, proof)


def root_above(current: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The same, from the hash of the leaf."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} among {size}")
    last, rest = size - 1, list(proof)
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


def grown(size: int, nodes: Sequence[bytes], hashes: Iterable[bytes]) -> tuple[int, list[bytes]]:
    """A compact range after more leaf hashes: the roots of whole subtrees, from left to right, at most 64."""
    kept = list(nodes)
    for added in hashes:
        current, at = added, size
        while at & 1:
            current, at = node(kept.pop(), current), at >> 1
        kept.append(current)
        size += 1
    return size, kept


def root_of_nodes(nodes: Sequence[bytes]) -> bytes:
    """The root of the tree that a compact range stands for."""
    if not nodes:
        return EMPTY
    *lefts, current = nodes
    for left in reversed(lefts):
        current = node(left, current)
    return current


def inclusion(index: int, size: int, root_of: Callable[[int, int], bytes]) -> list[bytes]:
    """The audit path of a leaf (RFC 6962 §2.1.1), nearest sibling first; IndexError where there is no such leaf.

    `root_of(low, high)` gives the root over the leaves from `low` to before `high`.
    """
    if not 0 <= index < size:
        raise IndexError(index)
    low, high, siblings = 0, size, list[bytes]()
    while high - low > 1:
        middle = low + split(high - low)
        if index < middle:
            siblings.append(root_of(middle, high))
            high = middle
        else:
            siblings.append(root_of(low, middle))
            low = middle
    return siblings[::-1]


def reduced(hashes: Sequence[bytes]) -> bytes:
    """The root of a whole subtree of these hashes, whose number is a power of two."""
    while len(hashes) > 1:
        hashes = [node(left, right) for left, right in zip(hashes[::2], hashes[1::2], strict=True)]
    return hashes[0]


def consistency(old: int, new: int, root_of: Callable[[int, int], bytes]) -> list[bytes]:
    """The proof that a tree of `new` leaves continues one of `old` (RFC 6962 §2.1.2).

    `root_of(low, high)` gives the root over the leaves from `low` to before `high`.
    """
    if not 0 < old < new:
        return []
    low, high, whole, proof = 0, new, True, list[bytes]()
    while old != high:
        middle = low + split(high - low)
        if old <= middle:
            proof.append(root_of(middle, high))
            high = middle
        else:
            proof.append(root_of(low, middle))
            low, whole = middle, False
    return ([] if whole else [root_of(low, high)]) + proof[::-1]


def continues(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the newer tree begins with the older one; never raises (RFC 9162 §2.1.4.2)."""
    if old == new or old == 0:
        return new >= 0 and not proof and old_root == (new_root if old == new else EMPTY)
    if not 0 < old < new:
        return False
    rest = list(proof) if old & (old - 1) else [old_root, *proof]
    return bool(rest) and _climbed(old - 1, new - 1, rest) == (old_root, new_root)


def _climbed(at: int, last: int, proof: list[bytes]) -> tuple[bytes, bytes] | None:
    """Both roots that a proof leads to, from the last leaf of the older tree; None where it does not fit."""
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = proof[0]
    for sibling in proof[1:]:
        if not last:
            return None
        if at & 1 or at == last:
            before, after = node(sibling, before), node(sibling, after)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            after = node(after, sibling)
        at, last = at >> 1, last >> 1
    return None if last else (before, after)


def split(count: int) -> int:
    """The largest power of two below a count above one: where a tree is parted."""
    return 1 << (count - 1).bit_length() - 1


def _levels(hashes: list[bytes]) -> list[list[bytes]]:
    """Every level of the tree from the leaves' hashes up to the root.

    Pairing neighbours and carrying an odd last node up gives the same tree as splitting at the largest power of two.
    """
    levels = [hashes]
    while len(level := levels[-1]) > 1:
        above = [node(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
        levels.append(above + level[-1:] if len(level) % 2 else above)
    return levels
