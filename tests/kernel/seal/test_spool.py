"""A spool reads like any file, and what it puts on the disk tells nothing."""

import io
import os
import secrets

import pytest
from cryptography.exceptions import InvalidTag

from hamrong.kernel.seal.spool import NEAR, PIECE, Spool


@pytest.mark.parametrize("size", [0, 1, PIECE, PIECE * NEAR, PIECE * NEAR + 1, PIECE * (NEAR + 3) + 77])
def test_it_gives_back_what_was_written_from_any_place(size):
    content, spool = secrets.token_bytes(size), Spool()
    for start in range(0, size, 50_001):
        spool.write(content[start : start + 50_001])
    reader, plain = io.BufferedReader(spool), io.BytesIO(content)
    for place in (0, size // 2, max(0, size - 10), PIECE - 3, size + 5):
        assert reader.seek(place) == plain.seek(place) and reader.read(PIECE + 9) == plain.read(PIECE + 9)
    assert reader.seek(0, os.SEEK_END) == size and reader.read() == b""
    assert reader.seek(0) == 0 and reader.read() == content


def test_it_goes_on_being_written_while_it_is_read():
    spool = Spool()
    spool.write(b"ab")
    assert spool.read(1) == b"a"
    spool.write(b"c")
    assert spool.read(5) == b"bc"


def test_what_lies_on_the_disk_is_sealed_and_a_changed_byte_is_seen():
    canary = b"CANARY" * 100_000
    spool = Spool()
    spool.write(bytes(PIECE * NEAR) + canary)
    spool._far.seek(0)
    lain = spool._far.read()
    assert b"CANARY" not in lain and len(lain) > PIECE
    spool._far.seek(5)
    spool._far.write(bytes([lain[5] ^ 1]))
    spool.seek(PIECE * NEAR)
    with pytest.raises(InvalidTag):
        spool.read(1)


def test_it_can_be_closed_twice_and_then_reads_no_more():
    spool = Spool()
    spool.write(bytes(PIECE * (NEAR + 2)))
    spool.close()
    spool.close()
    with pytest.raises(ValueError, match="closed"):
        spool.read(1)
