"""Keys: made by oneself, under a passphrase that is no password, changed, rotated and given up."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.kernel.seal.keys import new_pair
from hamrong.sealed import queries
from hamrong.sealed.actions import keys, opening, reports, rotation
from hamrong.sealed.models import Key, Lock
from hamrong.sealed.rings import Ring
from tests.entrances import PASSWORD, a_person, as_operator
from tests.sealed.room import PASSPHRASE, Officer, a_request, an_officer, holders_of, now, seal, signed

NEW = "sông Mã chảy về biển Đông"


def make(officer, passphrase=PASSPHRASE):
    return keys.make_key(by=officer.may("sealed.key"), passphrase=passphrase, at=now())


def test_a_passphrase_is_long_and_no_password():
    officer = Officer(a_person("ward-chief", "14797", password=PASSWORD), "ward-chief", "14797")
    assert make(officer, "ngắn quá") == keys.SHORT
    assert make(officer, PASSWORD) == keys.SAME
    assert isinstance(make(officer), Key)
    assert make(officer) == keys.HAS_KEY


def test_only_the_passphrase_opens_it_and_a_wrong_one_goes_on_record(admin_connection):
    officer = an_officer()
    by = officer.may("sealed.key")
    assert keys.unlock(by=by, passphrase=NEW, at=now()) == keys.WRONG
    ring = keys.unlock(by=by, passphrase=f" {PASSPHRASE} ", at=now())
    assert isinstance(ring, Ring) and repr(ring.seed) not in repr(ring)
    (count,) = admin_connection.execute(
        "select count(*) from audit_entry where actor = %s and subject = %s", [by.actor.ref, f"sealed-key:{officer.id}"]
    ).fetchone()
    assert count == 1


def test_two_first_keys_at_once_are_one_key_and_an_answer():
    officer = an_officer(key=False)

    def in_a_window(_):
        try:
            return make(officer)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as windows:
        answers = list(windows.map(in_a_window, range(3)))
    assert [answer for answer in answers if not isinstance(answer, Key)] == [keys.HAS_KEY] * 2
    assert Key.objects.get(person=officer.person).epoch == 1


def test_another_person_has_no_way_to_a_key():
    officer, other = an_officer(), an_officer(key=False)
    assert keys.unlock(by=other.may("sealed.key"), passphrase=PASSPHRASE, at=now()) == keys.NO_KEY
    with acting(an_officer(scope="14812", key=False).may("sealed.key")):
        assert queries.lock(Key.objects.get(person=officer.person)) is None


def test_another_passphrase_for_the_same_key():
    officer = an_officer()
    by = officer.may("sealed.key")
    before = officer.ring()
    assert keys.change_passphrase(by=by, old=NEW, new=NEW, at=now()) == keys.WRONG
    assert isinstance(keys.change_passphrase(by=by, old=PASSPHRASE, new=NEW, at=now()), Key)
    ring = keys.unlock(by=by, passphrase=NEW, at=now())
    assert isinstance(ring, Ring) and ring.seed == before.seed
    assert keys.unlock(by=by, passphrase=PASSPHRASE, at=now()) == keys.WRONG


def test_a_rotated_key_opens_what_was_sealed_for_the_old_one():
    officer = an_officer()
    report, _ = seal(handler=officer)
    old = officer.ring()
    waiting = a_request(report, officer)
    new = rotation.rotate(by=officer.may("sealed.key"), ring=old, passphrase=NEW, at=now())
    assert isinstance(new, Key) and new.epoch == 2
    ring = keys.unlock(by=officer.may("sealed.key"), passphrase=NEW, at=now())
    read = reports.read_report(by=officer.may("sealed.read"), report=report, ring=ring, at=now())
    assert read["text"]
    assert reports.read_report(by=officer.may("sealed.read"), report=report, ring=old, at=now()) == reports.NOT_YOURS
    with acting(officer.may("sealed.read")):
        waiting.refresh_from_db()
    assert waiting.state == "ended"


def test_a_key_is_rotated_once_however_often_the_button_is_pressed():
    officer = an_officer()
    ring = officer.ring()
    assert isinstance(rotation.rotate(by=officer.may("sealed.key"), ring=ring, passphrase=NEW, at=now()), Key)
    again = rotation.rotate(by=officer.may("sealed.key"), ring=ring, passphrase=NEW, at=now())
    assert again == rotation.ENDED and Key.objects.filter(person=officer.person).count() == 2


def test_a_holder_who_rotates_still_releases():
    report, _ = seal()
    held = holders_of(report)[0]
    rotation.rotate(by=held.may("sealed.key"), ring=held.ring(), passphrase=PASSPHRASE, at=now())
    held.seed = b""
    signed()
    request = a_request(report)
    answer = opening.release(by=held.may("sealed.answer"), request=request, ring=held.ring(), at=now())
    assert not isinstance(answer, Refusal)


def test_a_key_that_is_given_up_leaves_nothing_to_open():
    officer = an_officer()
    report, _ = seal(handler=officer)
    ring = officer.ring()
    assert isinstance(keys.give_up(by=officer.may("sealed.key"), at=now()), Key)
    assert keys.unlock(by=officer.may("sealed.key"), passphrase=PASSPHRASE, at=now()) == keys.NO_KEY
    assert reports.read_report(by=officer.may("sealed.read"), report=report, ring=ring, at=now()) == reports.NOT_YOURS
    assert isinstance(make(officer), Key)
    with acting(officer.may("sealed.key")):
        assert Lock.objects.filter(key__person=officer.person).count() == 1
    assert Key.objects.filter(person=officer.person).count() == 2


def test_the_trustees_key_is_one_and_on_record():
    first, second = (keys.trust(by=as_operator("sealed.trust"), public=new_pair().public, at=now()) for _ in range(2))
    first.refresh_from_db()
    assert first.ended_on and not second.ended_on
    signed()
    report, _ = seal()
    assert report.recovery
    keys_now = [each for each in queries.candidates(now().date()) if each.person is None]
    assert [each.holder.who for each in keys_now] == [second.pk]


@pytest.mark.parametrize(
    "change",
    [
        "update sealed_key set ended_on = null where person_id = %s",
        "update sealed_key set epoch = 0 where person_id = %s",
        "insert into sealed_key select gen_random_uuid(), 9, public, entry, made_on, null, person_id from sealed_key "
        "where person_id = %s and ended_on is null",
    ],
)
def test_a_person_has_one_live_key(admin_connection, change):
    officer = an_officer()
    rotation.rotate(by=officer.may("sealed.key"), ring=officer.ring(), passphrase=NEW, at=now())
    with pytest.raises(Exception, match=r"key_(lives_alone|epochs_count|has_one)"):
        admin_connection.execute(change, [officer.id])
