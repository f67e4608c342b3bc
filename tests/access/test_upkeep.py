"""Checking the record while people go on writing it."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from hamrong.access.upkeep import at_one_moment, check_log, check_record
from hamrong.kernel.proofs import notes
from tests.audit.test_placement import placed
from tests.signer import KEYS, ORIGIN
from tests.world import NOW

KEY = notes.key_of(f"{ORIGIN}/audit", notes.ED25519, KEYS["log.audit"])


def others_write() -> None:
    try:
        placed()
    finally:
        connection.close()


def test_what_is_written_while_it_is_checked_is_no_tampering():
    _, seen = placed()
    with ThreadPoolExecutor(1) as elsewhere, at_one_moment(NOW):
        before = check_log(KEY, [seen], NOW)
        entries = check_record("", NOW).entries
        elsewhere.submit(others_write).result()
        assert check_log(KEY, [seen], NOW) == before
        assert check_record("", NOW).entries == entries
    after = check_log(KEY, [seen], NOW)
    assert after.kind == "" and after.size >= before.size + 3
