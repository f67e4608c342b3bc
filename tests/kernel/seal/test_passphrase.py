"""A seed under a passphrase: an answer that must never change, one passphrase, and costs that nobody can turn."""

import subprocess
import sys
import unicodedata

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from hamrong.kernel.seal.bound import Broken
from hamrong.kernel.seal.passphrase import USUAL, Cost, lock, unlock

CHEAP = Cost(passes=1, lanes=1, mebibytes=8)
KNOWN = (
    "01010100082d2d1c457387ff686b4b32935af3c4df018ca9f0ca56df75323b32036d06a57c27ddb63d3bc685c8f5e8c01d32"
    "99b78fb1d8989558402d72ea9ccdf666a94ca6cd37a539a6840ce16ba12d747a"
)


def test_the_derivation_is_that_of_the_rfc():
    # RFC 9106, 5.3
    key = Argon2id(
        salt=b"\2" * 16, length=32, iterations=3, lanes=4, memory_cost=32, ad=b"\4" * 12, secret=b"\3" * 8
    ).derive(b"\1" * 32)
    assert key.hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


def test_what_was_locked_years_ago_still_opens():
    assert unlock(bytes.fromhex(KNOWN), "Mật khẩu niêm phong", b"who") == b"s" * 32


def test_only_the_passphrase_and_the_owner_open_it():
    locked = lock(b"seed", "bốn mùa hoa phượng", b"who", CHEAP)
    assert unlock(locked, "bốn mùa hoa phượng", b"who") == b"seed"
    for passphrase, owner in (("bon mua hoa phuong", b"who"), ("bốn mùa hoa phượng", b"another"), ("", b"who")):
        with pytest.raises(Broken):
            unlock(locked, passphrase, owner)


def test_every_way_to_type_the_marks_is_the_same_passphrase():
    locked = lock(b"seed", unicodedata.normalize("NFD", " bốn mùa hoa phượng"), b"who", CHEAP)
    assert unlock(locked, unicodedata.normalize("NFC", "bốn mùa hoa phượng "), b"who") == b"seed"


def test_one_flipped_bit_and_it_does_not_open():
    locked = lock(b"seed", "x", b"who", CHEAP)
    for place in range(len(locked)):
        if place in (1, 2, 3, 4):  # the costs: changing them costs time, see below
            continue
        with pytest.raises(Broken):
            unlock(locked[:place] + bytes([locked[place] ^ 1]) + locked[place + 1 :], "x", b"who")


@pytest.mark.parametrize("costs", [b"\0\1\0\1", b"\1\0\0\1", b"\1\1\0\0", b"\x11\1\0\1", b"\1\x11\0\1", b"\1\1\4\1"])
def test_costs_that_would_stop_the_server_or_ease_a_guess_are_refused(costs):
    locked = lock(b"seed", "x", b"who", CHEAP)
    with pytest.raises(Broken):
        unlock(locked[:1] + costs + locked[5:], "x", b"who")


def test_the_usual_cost_is_the_one_that_was_decided():
    assert Cost(passes=3, lanes=4, mebibytes=64) == USUAL
    assert lock(b"seed", "x", b"who")[1:5] == b"\3\4\0\x40"


AT_ONCE = """
from concurrent.futures import ThreadPoolExecutor
from hamrong.kernel.seal.passphrase import Cost, lock
with ThreadPoolExecutor(4) as pool:
    made = list(pool.map(lambda owner: lock(b"seed", "x", owner, Cost(1, 4, 1)), [b"%d" % each for each in range(80)]))
print(len(made))
"""


def test_people_who_unlock_at_the_same_moment_do_not_wait_for_each_other_for_ever():
    # in a process of its own: derivations that stand still would take the whole suite along
    done = subprocess.run([sys.executable, "-c", AT_ONCE], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "80"
