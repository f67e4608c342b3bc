"""Nothing is sealed for a key that the signed record does not hold, even where key and row were swapped together."""

import hashlib

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hamrong.access.walls import acting
from hamrong.kernel.proofs import checkpoints, notes
from hamrong.kernel.seal.keys import new_pair
from hamrong.sealed import proven, queries
from hamrong.sealed.actions import keys, opening, reports, rotation
from hamrong.sealed.models import Key
from tests.sealed.room import (
    PASSPHRASE,
    a_request,
    an_officer,
    chief,
    holders,
    holders_of,
    now,
    seal,
    signed,
)


@pytest.fixture(autouse=True)
def room():
    """Holders and chiefs with proven keys: made in the middle of a test, they would have the record signed."""
    holders()
    chief()


def known(officer) -> bool:
    return officer.id in {each.person for each in queries.candidates(now().date())}


def state(officer) -> proven.State:
    with acting(officer.may("sealed.key")):
        return queries.state_of(Key.objects.get(person=officer.person, ended_on=None))


def test_a_key_waits_until_the_record_is_signed_with_it():
    officer = an_officer(key=False)
    assert isinstance(keys.make_key(by=officer.may("sealed.key"), passphrase=PASSPHRASE, at=now()), Key)
    assert (state(officer), known(officer)) == ("waits", False)
    assert seal(handler=officer)[0] == reports.NO_HANDLER
    signed()
    assert (state(officer), known(officer)) == ("proven", True)
    assert not hasattr(seal(handler=officer)[0], "reason")


def test_a_key_and_its_entry_that_were_swapped_together_get_nothing(admin_connection):
    officer, foreign = an_officer(), new_pair()
    before = officer.ring().key
    assert known(officer)
    subject = queries.subject(officer.id, before.epoch, foreign.public)
    swap = (
        ("update sealed_key set public = %s where id = %s", [foreign.public, before.pk]),
        ("update audit_entry set subject = %s where id = %s", [subject, before.entry]),
    )
    with admin_connection.transaction():
        admin_connection.execute("set local session_replication_role = replica")
        for statement, values in swap:
            admin_connection.execute(statement, values)
    try:
        assert (state(officer), known(officer)) == ("broken", False)
        assert seal(handler=officer)[0] == reports.NO_HANDLER
    finally:
        old = queries.subject(officer.id, before.epoch, bytes(before.public))
        with admin_connection.transaction():
            admin_connection.execute("set local session_replication_role = replica")
            admin_connection.execute(swap[0][0], [bytes(before.public), before.pk])
            admin_connection.execute(swap[1][0], [old, before.entry])
    assert known(officer)


@pytest.fixture
def foreign_note(admin_connection):
    """A newer checkpoint that another key signed, as somebody would write it who rules the database alone."""
    size = admin_connection.execute("select max(size) + 1000 from audit_checkpoint where log = 'audit'").fetchone()[0]
    anchor, root = proven.anchor(), hashlib.sha256(b"x").digest()
    text = checkpoints.Checkpoint(anchor.name, size, root).text()
    note = notes.written(text, [notes.sign(text, anchor.name, bytes(32))])
    row = "insert into audit_checkpoint (log, size, root, at, note) values ('audit', %s, %s, now(), %s)"
    admin_connection.execute(row, [size, root, note])
    yield
    with admin_connection.transaction():
        admin_connection.execute("set local session_replication_role = replica")
        admin_connection.execute("delete from audit_checkpoint where log = 'audit' and size = %s", [size])


def test_a_checkpoint_that_the_log_did_not_sign_proves_nothing(foreign_note):
    officer = an_officer(key=False)
    keys.make_key(by=officer.may("sealed.key"), passphrase=PASSPHRASE, at=now())
    assert state(officer) == "waits"
    assert known(chief())  # what was proved before stays proved


def test_no_share_is_released_to_or_by_a_key_that_waits():
    holders()
    report, _ = seal()
    held, request = holders_of(report)[0], a_request(report)
    rotation.rotate(by=held.may("sealed.key"), ring=held.ring(), passphrase=PASSPHRASE, at=now())
    held.seed = b""
    answer = opening.release(by=held.may("sealed.answer"), request=request, ring=held.ring(), at=now())
    assert answer == opening.KEY_WAITS
    signed()
    answer = opening.release(by=held.may("sealed.answer"), request=request, ring=held.ring(), at=now())
    assert not hasattr(answer, "vi")


def test_every_proof_is_worked_out_once():
    """A report does not look for keys in the log again and again: sealing stays fast."""
    officer = an_officer()
    assert known(officer)
    with CaptureQueriesContext(connection) as asked:
        assert known(officer)
    assert len(asked) == 1


def test_while_nobody_signs_nothing_is_sealed_and_no_line_tells_when_it_was_tried(monkeypatch, caplog, tmp_path):
    monkeypatch.setattr(settings, "HAMRONG_SIGNER", tmp_path / "away")
    monkeypatch.setattr(proven, "_anchors", [])
    monkeypatch.setattr(proven, "_proven", set())
    assert seal()[0] == reports.NOT_NOW
    assert caplog.text == ""
