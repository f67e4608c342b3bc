"""Padding: what it costs, what it hides, and that it comes off again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamrong.kernel.seal.bound import Broken
from hamrong.kernel.seal.padding import FLOOR, pad, padded_length, unpad


@pytest.mark.parametrize(
    ("true", "shown"),
    [(2, 2), (3, 3), (5, 5), (9, 10), (100, 104), (1000, 1024), (1_000_000, 1_015_808), (9_999_999, 10_223_616)],
)
def test_lengths_of_the_padme_paper(true, shown):
    assert padded_length(true, 2) == shown


@given(st.integers(1, 2**40))
def test_it_costs_at_most_12_per_cent_and_never_shortens(length):
    shown = padded_length(length)
    assert shown >= length and (shown == FLOOR if length <= FLOOR else shown <= length * 1.12)


@given(st.integers(1, 2**40), st.integers(1, 2**40))
def test_a_longer_text_never_looks_shorter(one, other):
    assert (padded_length(one) <= padded_length(other)) or one > other


@given(st.binary(max_size=2000), st.sampled_from([1, 256, 2048]))
def test_it_comes_off_again(content, floor):
    assert unpad(pad(content, floor)) == content


@pytest.mark.parametrize("wrong", [b"", b"\0\0\0", b"\0\0\0\2a", b"\0\0\0\1abc", b"\xff\xff\xff\xff" + bytes(252)])
def test_a_padding_that_lies_is_broken(wrong):
    with pytest.raises(Broken):
        unpad(wrong)
