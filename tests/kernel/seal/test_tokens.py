"""A security key beside the passphrase: published vectors, answers that must never change, and never less than both."""

import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamrong.kernel.seal.aead import seal_with
from hamrong.kernel.seal.bound import Broken, bound
from hamrong.kernel.seal.derive import derive
from hamrong.kernel.seal.passphrase import Cost, lock, needs_token, unlock
from hamrong.kernel.seal.tokens import combined, new_part, unwrap, wrap

CHEAP = Cost(passes=1, lanes=1, mebibytes=8)
ANSWER, PART, WHO = bytes(range(32)), bytes(range(32, 64)), b"who"
COMBINED = "1268f44e93a092761b3babf759c7bee1c04bfebd89c99d92666e6ae1f1154174"
WRAPPED = (
    "010000000000000000000000005383d121d4e4f67236ccb0f148a04603a8242c7b24eda896f621bf4ac0f51d4c"
    "f49c53400446e8cf5b03da97204aad15"
)
LOCKED = (
    "020101000808fb127300647f20ca4616f62906490901ebb405c2db037dae733bbfa6f4cc4126d646afadf0efbe4b90ee1b26"
    "8f4dc7c7acc2aef924d0e05e3963d39797b9944ae8bdc522fa12896bb8dbe0d4"
)
secret = st.binary(min_size=32, max_size=32)


def test_the_derivation_is_that_of_the_rfc():
    # RFC 5869, A.1
    info, salt = bytes(range(0xF0, 0xFA)), bytes(range(13))
    expected = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    assert derive(b"\x0b" * 22, info, 42, salt).hex() == expected


def test_the_key_of_a_lock_is_hkdf_of_both_halves():
    # by hand, RFC 5869 §2: extract without a salt, then one block of expansion
    stretched = b"k" * 32
    extracted = hmac.digest(bytes(32), stretched + PART, "sha256")
    by_hand = hmac.digest(extracted, bound("lock/v2/key", WHO) + b"\x01", "sha256")
    assert combined(stretched, PART, WHO) == by_hand
    assert by_hand.hex() == COMBINED


def test_what_was_made_years_ago_still_opens():
    assert unwrap(bytes.fromhex(WRAPPED), ANSWER, WHO) == PART
    own = derive(ANSWER, bound("token/v1/key", WHO))
    assert seal_with(own, bytes(12), PART, bound("token/v1", WHO)).hex() == WRAPPED
    assert unlock(bytes.fromhex(LOCKED), "Mật khẩu niêm phong", WHO, PART) == b"s" * 32


@given(secret, secret, secret, st.binary(max_size=40), st.binary(max_size=40))
def test_a_part_is_unwrapped_by_its_own_token_at_its_own_place(part, answer, other, about, elsewhere):
    wrapped = wrap(part, answer, about)
    assert unwrap(wrapped, answer, about) == part
    for wrong, place in ((other, about), (answer, elsewhere)):
        if (wrong, place) != (answer, about):
            with pytest.raises(Broken):
                unwrap(wrapped, wrong, place)


def test_nothing_opens_after_one_flipped_bit():
    wrapped = wrap(PART, ANSWER, WHO)
    for place in range(len(wrapped)):
        with pytest.raises(Broken):
            unwrap(wrapped[:place] + bytes([wrapped[place] ^ 1]) + wrapped[place + 1 :], ANSWER, WHO)


@settings(max_examples=8, deadline=None)
@given(secret, secret, st.booleans(), st.booleans(), st.booleans())
def test_a_lock_opens_with_passphrase_and_token_and_with_nothing_less(part, other, right_words, right_token, right_key):
    locked = lock(b"seed", "bốn mùa", WHO, CHEAP, part)
    given_part = part if right_token else other
    words, whose = "bốn mùa" if right_words else "bon mua", WHO if right_key else b"another"
    if right_words and right_key and given_part == part:
        assert unlock(locked, words, whose, given_part) == b"seed"
    else:
        with pytest.raises(Broken):
            unlock(locked, words, whose, given_part)


def test_a_lock_is_never_taken_for_one_of_the_other_kind():
    alone, both = lock(b"seed", "x", WHO, CHEAP), lock(b"seed", "x", WHO, CHEAP, PART)
    assert not needs_token(alone) and needs_token(both)
    downgraded, upgraded = b"\x01" + both[1:], b"\x02" + alone[1:]
    for locked, part in ((both, b""), (alone, PART), (downgraded, b""), (downgraded, PART), (upgraded, PART)):
        with pytest.raises(Broken):
            unlock(locked, "x", WHO, part)


def test_two_locks_swap_neither_their_parts_nor_their_halves():
    first, second = new_part(), new_part()
    wrapped = wrap(first, ANSWER, b"first")
    with pytest.raises(Broken):
        unwrap(wrapped, ANSWER, b"second")
    locked = lock(b"seed", "x", b"first", CHEAP, first)
    with pytest.raises(Broken):
        unlock(locked, "x", b"first", second)
    assert combined(first, second, WHO) != combined(second, first, WHO)


@pytest.mark.parametrize("short", [b"", b"x" * 31, b"x" * 33])
def test_halves_and_answers_have_32_bytes(short):
    for broken in (
        lambda: combined(short, PART, WHO), lambda: combined(PART, short, WHO),
        lambda: wrap(PART, short, WHO), lambda: unwrap(bytes.fromhex(WRAPPED), short, WHO),
    ):  # fmt: skip
        with pytest.raises(Broken):
            broken()
