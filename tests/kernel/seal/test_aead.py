"""Sealing bytes: RFC 8439's vector, an answer of ours that must never change, and nothing that opens when touched."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given
from hypothesis import strategies as st

from hamrong.kernel.seal.aead import new_key, seal, seal_with, unseal
from hamrong.kernel.seal.bound import Broken, bound

KEY = bytes(range(32))
KNOWN = "010000000000000000000000004cd76272cc89fc03f1e346225f2561161fc3d2e5f349"


def test_the_vector_of_the_rfc():
    # RFC 8439, 2.8.2: the cipher beneath is the one that it says it is
    key = bytes(range(0x80, 0xA0))
    nonce = bytes.fromhex("070000004041424344454647")
    aad = bytes.fromhex("50515253c0c1c2c3c4c5c6c7")
    text = (
        b"Ladies and Gentlemen of the class of '99: "
        b"If I could offer you only one tip for the future, sunscreen would be it."
    )
    sealed = ChaCha20Poly1305(key).encrypt(nonce, text, aad)
    assert sealed[:16].hex() == "d31a8d34648e60db7b86afbc53ef7ec2"
    assert sealed[-16:].hex() == "1ae10b594f09e26a7e902ecbd0600691"


def test_what_was_sealed_years_ago_still_opens():
    assert seal_with(KEY, bytes(12), b"To Cao", b"about").hex() == KNOWN
    assert unseal(KEY, bytes.fromhex(KNOWN), b"about") == b"To Cao"


@given(st.binary(max_size=300), st.binary(max_size=40))
def test_what_is_sealed_opens(content, about):
    key = new_key()
    assert unseal(key, seal(key, content, about), about) == content


@given(st.data())
def test_one_flipped_bit_and_it_does_not_open(data):
    sealed = bytearray(seal(KEY, b"an identity", b"about"))
    bit = data.draw(st.integers(0, 8 * len(sealed) - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Broken):
        unseal(KEY, bytes(sealed), b"about")


@given(st.integers(0, 38))
def test_what_is_cut_does_not_open(length):
    with pytest.raises(Broken):
        unseal(KEY, seal(KEY, b"an identity", b"about")[:length], b"about")


def test_another_place_or_key_does_not_open_it():
    sealed = seal(KEY, b"an identity", b"about")
    with pytest.raises(Broken):
        unseal(KEY, sealed, b"another report")
    with pytest.raises(Broken):
        unseal(bytes(32), sealed, b"about")


parts = st.lists(st.binary(max_size=6), max_size=4)


@given(parts, parts)
def test_two_places_never_look_alike(one, other):
    assert (bound("p", *one) == bound("p", *other)) == (one == other)
