"""Sharing a secret: the field of AES, a published sharing, any M of N and no fewer."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shamir_mnemonic import cipher
from shamir_mnemonic.share import Share as Card

from hamrong.kernel.seal.sharing import Share, combine, divide, multiply, split

# SLIP-39's published vector 4: 2 of 3, the same field and the same interpolation, with the secret at 255
PUBLISHED = (
    "shadow pistol academic always adequate wildlife fancy gross oasis cylinder mustang wrist rescue view short owner "
    "flip making coding armed",
    "shadow pistol academic acid actress prayer class unknown daughter sweater depict flip twice unkind craft early "
    "superior advocate guest smoking",
)


def slow(left: int, right: int) -> int:
    """The product by its definition: carry-less, reduced by x⁸ + x⁴ + x³ + x + 1."""
    product = 0
    for bit in range(8):
        product ^= (left << bit) * (right >> bit & 1)
    for bit in range(14, 7, -1):
        product ^= (0x11B << (bit - 8)) * (product >> bit & 1)
    return product


def test_the_field_is_that_of_aes():
    assert multiply(0x57, 0x83) == 0xC1 and multiply(0x57, 0x13) == 0xFE  # FIPS 197, 4.2
    assert all(multiply(a, b) == slow(a, b) for a in range(256) for b in range(256))
    assert all(divide(multiply(a, b), b) == a for a in range(256) for b in range(1, 256))
    with pytest.raises(ZeroDivisionError):
        divide(1, 0)


def test_a_published_sharing():
    cards = [Card.from_mnemonic(words) for words in PUBLISHED]
    hidden = combine([Share(card.index, card.value) for card in cards], at=255)
    card = cards[0]
    secret = cipher.decrypt(hidden, b"TREZOR", card.iteration_exponent, card.identifier, card.extendable)
    assert secret.hex() == "b43ceb7e57a0ea8766221624d01b0864"


@given(st.binary(min_size=1, max_size=40), st.integers(1, 5), st.integers(0, 3))
def test_any_m_of_n_give_the_secret(secret, threshold, more):
    shares = split(secret, threshold=threshold, places=range(1, threshold + more + 1))
    for some in combinations(shares, threshold):
        assert combine(some) == secret


@given(st.binary(min_size=16, max_size=32), st.integers(2, 5))
def test_one_fewer_gives_something_else(secret, threshold):
    shares = split(secret, threshold=threshold, places=range(1, threshold + 1))
    assert combine(shares[:-1]) != secret


def test_one_share_says_nothing():
    # for every possible secret there is exactly one second share that leads to it
    one = split(b"\x42", threshold=2, places=[1, 2])[0]
    led_to = {combine([one, Share(2, bytes([value]))]) for value in range(256)}
    assert len(led_to) == 256


def test_two_splits_of_one_secret_differ():
    first, second = (split(bytes(32), threshold=2, places=[1, 2, 3]) for _ in range(2))
    assert all(a.value != b.value for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize(("threshold", "places"), [(3, [1, 2]), (0, [1]), (2, [1, 1]), (1, [0]), (1, [256]), (1, [])])
def test_a_sharing_that_makes_no_sense_is_refused(threshold, places):
    with pytest.raises(ValueError):
        split(b"secret", threshold=threshold, places=places)


def test_a_share_twice_is_refused():
    share = split(b"secret", threshold=2, places=[1, 2])[0]
    with pytest.raises(ValueError):
        combine([share, share])
    with pytest.raises(ValueError):
        combine([])
