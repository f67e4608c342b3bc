"""Merkle trees against published vectors, the definition of RFC 6962, and every slip of a proof."""

import hashlib
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamrong.kernel.proofs import merkle

# The leaves and roots that the reference implementation of RFC 6962 tests itself with.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATH_OF_SIXTH_LEAF = [
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
]
trees = st.lists(st.binary(max_size=8), min_size=1, max_size=40, unique=True)


def by_definition(leaves):
    """RFC 6962 section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + by_definition(leaves[:split]) + by_definition(leaves[split:])).digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_the_published_roots_come_out(size):
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_a_tree_without_leaves_has_the_hash_of_nothing():
    assert merkle.root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_published_path_comes_out():
    assert [each.hex() for each in merkle.path(LEAVES, 5)] == PATH_OF_SIXTH_LEAF


@settings(max_examples=60)
@given(trees)
def test_the_root_is_that_of_the_definition(leaves):
    assert merkle.root(leaves) == by_definition(leaves)


@settings(max_examples=60)
@given(trees, st.data())
def test_every_path_proves_its_leaf_and_no_other_place(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof, root = merkle.path(leaves, index), merkle.root(leaves)
    assert merkle.included(leaves[index], index, len(leaves), proof, root)
    assert not merkle.included(leaves[index] + b"x", index, len(leaves), proof, root)
    assert not merkle.included(leaves[index], index, len(leaves), [*proof, root], root)
    if proof:
        assert not merkle.included(leaves[index], index, len(leaves), proof[:-1], root)
    other = data.draw(st.integers(-2, len(leaves) + 2))
    if other != index:
        assert not merkle.included(leaves[index], other, len(leaves), proof, root)


@pytest.mark.parametrize("index", [-1, 8])
def test_there_is_no_path_to_a_leaf_that_is_not_there(index):
    with pytest.raises(IndexError):
        merkle.path(LEAVES, index)


def test_a_tree_continues_each_tree_that_it_begins_with_and_no_other() -> None:
    leaves = [bytes([number]) for number in range(66)]

    def root_of(low: int, high: int) -> bytes:
        return merkle.root(leaves[low:high])

    for new in range(67):
        for old in range(new + 1):
            proof = merkle.consistency(old, new, root_of)
            assert merkle.continues(old, root_of(0, old), new, root_of(0, new), proof)
            assert not merkle.continues(
                old, merkle.root([*leaves[:old], b"x"][-max(old, 1) :]), new, root_of(0, new), proof
            )
            for place in range(len(proof)):
                wrong = [*proof[:place], bytes(32), *proof[place + 1 :]]
                assert not merkle.continues(old, root_of(0, old), new, root_of(0, new), wrong)
            assert not merkle.continues(old, root_of(0, old), new, root_of(0, new), [*proof, bytes(32)])


def test_a_compact_range_is_the_tree() -> None:
    leaves = [bytes([number]) for number in range(200)]
    size, nodes = 0, list[bytes]()
    for step in (1, 1, 1, 5, 0, 92, 100):
        size, nodes = merkle.grown(size, nodes, [merkle.leaf(each) for each in leaves[size : size + step]])
        assert merkle.root_of_nodes(nodes) == merkle.root(leaves[:size])
        assert len(nodes) == size.bit_count()
    assert merkle.root_of_nodes([]) == merkle.EMPTY


def test_every_size_to_1025_has_its_proofs() -> None:
    leaves = [number.to_bytes(2, "big") for number in range(1025)]

    @lru_cache(None)
    def root_of(low: int, high: int) -> bytes:
        if high - low == 1:
            return merkle.leaf(leaves[low])
        middle = low + merkle.split(high - low)
        return merkle.node(root_of(low, middle), root_of(middle, high))

    assert merkle.consistency(0, 0, root_of) == []
    for size in range(1, 1026):
        root = root_of(0, size)
        for index in {0, size - 1, size // 2, size * 7919 % size, size * 31 // 37}:
            assert merkle.included(leaves[index], index, size, merkle.inclusion(index, size, root_of), root)
        for old in {1, size, size - 1 or 1, size // 2 or 1, 1 << size.bit_length() - 1, size * 31 // 37 or 1}:
            proof = merkle.consistency(old, size, root_of)
            assert merkle.continues(old, root_of(0, old), size, root, proof)
            assert old == size or not merkle.continues(old, root_of(0, old), size, root_of(0, old), proof)
