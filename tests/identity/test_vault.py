"""Sealed numbers open only with the key, at the record that they were sealed to, and are found without being opened."""

import hashlib
import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamrong.identity.vault import EPOCH, NONCE, Broken, Vault, normal

VAULT = Vault(b"d" * 32, b"i" * 32)
NUMBER, RECORD = "038090000123", b"record-1"


@given(st.text(max_size=40), st.binary(max_size=16))
@settings(max_examples=100)
def test_what_is_sealed_opens_to_the_same(number, about):
    assert VAULT.open(VAULT.seal(number, about), about) == number


def test_the_same_number_is_sealed_differently_each_time():
    assert VAULT.seal(NUMBER, RECORD) != VAULT.seal(NUMBER, RECORD)
    assert NUMBER.encode() not in VAULT.seal(NUMBER, RECORD)


def test_it_does_not_open_at_another_record_or_with_another_key():
    sealed = VAULT.seal(NUMBER, RECORD)
    for vault, about in ((VAULT, b"record-2"), (Vault(b"x" * 32, b"i" * 32), RECORD)):
        with pytest.raises(Broken):
            vault.open(sealed, about)


def test_a_change_of_any_byte_is_noticed():
    sealed = VAULT.seal(NUMBER, RECORD)
    for place in range(len(sealed)):
        broken = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(Broken):
            VAULT.open(broken, RECORD)


@pytest.mark.parametrize("sealed", [b"", EPOCH, EPOCH + b"n" * NONCE, EPOCH + b"n" * NONCE + b"t" * 15])
def test_what_is_too_short_is_broken_and_nothing_else(sealed):
    with pytest.raises(Broken):
        VAULT.open(sealed, RECORD)


@pytest.mark.parametrize("written", ["C1234567", "c1234567", " C 123 4567 ", "C-123.4567"])
def test_a_number_is_found_however_it_is_written(written):
    assert VAULT.find(written) == VAULT.find("C1234567")
    assert normal(written) == "C1234567"


def test_the_index_is_of_its_own_key_and_tells_nothing_of_the_number():
    other = Vault(b"d" * 32, b"j" * 32)
    assert VAULT.find(NUMBER) != other.find(NUMBER)
    assert len(VAULT.find(NUMBER)) == 16
    assert VAULT.find(NUMBER) != VAULT.find("038090000124")


@given(st.text(max_size=40), st.binary(min_size=32, max_size=32))
@settings(max_examples=100)
def test_the_index_is_hmac_with_sha_256(number, key):
    assert Vault(b"d" * 32, key).find(number) == hmac.digest(key, normal(number).encode(), hashlib.sha256)[:16]
