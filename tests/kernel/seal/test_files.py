"""Files in pieces: every size comes back, and no piece can be taken away, doubled, swapped, added or changed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamrong.kernel.seal.bound import Broken
from hamrong.kernel.seal.files import PIECE, open_file, seal_file, sealed_length

KEY, ABOUT = bytes(range(32)), b"this file"
HEAD, STEP = 33, PIECE + 16


def sealed(content, *, size=None, step=10_000):
    stream = (content[start : start + step] for start in range(0, len(content), step))
    return b"".join(seal_file(KEY, stream, len(content) if size is None else size, ABOUT))


def opened(whole, *, step=7_777, key=KEY, about=ABOUT):
    stream = (whole[start : start + step] for start in range(0, len(whole), step))
    return b"".join(open_file(key, stream, about))


@pytest.mark.parametrize("size", [0, 1, 247, 248, 249, PIECE - 8, PIECE - 7, PIECE, 2 * PIECE - 8, 300_000])
def test_every_size_comes_back(size):
    content = bytes(number % 251 for number in range(size))
    whole = sealed(content)
    assert opened(whole) == content and len(whole) == sealed_length(size)


@settings(max_examples=40)
@given(st.binary(max_size=500), st.integers(1, 600), st.integers(1, 600))
def test_however_it_comes(content, step, other):
    assert opened(sealed(content, step=step), step=other) == content


PIECES = sealed(bytes(3 * PIECE))


def pieces():
    return [PIECES[start : start + STEP] for start in range(HEAD, len(PIECES), STEP)]


def test_the_size_is_hidden():
    assert len({len(sealed(bytes(size))) for size in range(100_000, 101_000, 50)}) <= 2


@pytest.mark.parametrize(
    "order",
    [[0, 1, 2], [0, 1], [0], [], [1, 0, 2, 3], [0, 1, 1, 2, 3], [0, 2, 3], [0, 1, 2, 3, 3], [3], [0, 1, 3, 2]],
)
def test_no_piece_is_missing_doubled_or_elsewhere(order):
    assert len(pieces()) == 4
    with pytest.raises(Broken):
        opened(PIECES[:HEAD] + b"".join(pieces()[number] for number in order))


@settings(max_examples=40)
@given(st.data())
def test_one_flipped_bit_and_it_does_not_open(data):
    whole = bytearray(sealed(b"a photograph"))
    bit = data.draw(st.integers(0, 8 * len(whole) - 1))
    whole[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Broken):
        opened(bytes(whole))


@given(st.integers(0, 304))
def test_what_is_cut_does_not_open(length):
    with pytest.raises(Broken):
        opened(sealed(b"a photograph")[:length])


def test_another_file_or_key_does_not_open_it():
    with pytest.raises(Broken):
        opened(sealed(b"x"), about=b"another file")
    with pytest.raises(Broken):
        opened(sealed(b"x"), key=bytes(32))


def test_a_size_that_is_not_true_is_an_error():
    for size in (2, 4):
        with pytest.raises(ValueError):
            sealed(b"abc", size=size)
