"""Security keys beside the passphrase: added, spare, removed, through changes and rotations, and on record."""

import secrets

import pytest

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.kernel.seal.passphrase import needs_token
from hamrong.sealed import queries
from hamrong.sealed.actions import keys, reports, rotation, tokens
from hamrong.sealed.models import Key, Lock, Token
from hamrong.sealed.rings import Ring
from hamrong.sealed.touches import STRANGE, WANTED, Fresh, Touch, is_name, mark_of, read_touch, written
from tests.sealed.room import PASSPHRASE, an_officer, now, seal

NEW = "sông Mã chảy về biển Đông"


def a_fresh(name: str = "chùm chìa khóa") -> Fresh:
    """A token as it comes from a browser."""
    return Fresh(name, "localhost", secrets.token_bytes(32), a_touch())


def a_touch() -> Touch:
    return Touch(secrets.token_bytes(48), secrets.token_bytes(32), secrets.token_bytes(32))


def add(officer, fresh, touch=None, passphrase=PASSPHRASE):
    return tokens.add(by=officer.may("sealed.key"), passphrase=passphrase, fresh=fresh, touch=touch, at=now())


def remove(officer, token, touch, **more):
    return tokens.remove(
        by=officer.may("sealed.key"), passphrase=PASSPHRASE, token=token.pk, touch=touch, at=now(), **more
    )


def unlock(officer, touch=None, passphrase=PASSPHRASE):
    return keys.unlock(by=officer.may("sealed.key"), passphrase=passphrase, touch=touch, at=now())


def two_tokens(officer):
    first, spare = a_fresh(), a_fresh("trong két")
    token, second = add(officer, first), add(officer, spare, first.touch)
    assert isinstance(token, Token) and isinstance(second, Token), (token, second)
    return (first, token), (spare, second)


def entries_of(admin_connection, officer, detail):
    return admin_connection.execute(
        "select d.details from audit_entry e join audit_detail d on d.entry_id = e.id "
        "where e.subject = %s and d.details::text like %s", [f"sealed-key:{officer.id}", f"%{detail}%"],
    ).fetchall()  # fmt: skip


def test_from_the_first_token_on_the_passphrase_alone_opens_nothing():
    officer = an_officer()
    before, fresh = officer.ring(), a_fresh()
    assert isinstance(add(officer, fresh, passphrase=NEW), Refusal)
    assert isinstance(unlock(officer), Ring)
    assert isinstance(add(officer, fresh), Token)
    assert unlock(officer) == WANTED
    assert unlock(officer, fresh.touch, NEW) == keys.WRONG
    stranger = a_touch()
    assert unlock(officer, stranger) == STRANGE
    assert unlock(officer, Touch(fresh.touch.credential, stranger.answer)) == STRANGE
    assert unlock(officer, fresh.touch).seed == before.seed
    assert repr(fresh.touch.answer) not in repr(fresh) and "part=" not in repr(unlock(officer, fresh.touch))


def test_a_key_without_a_token_goes_on_as_before_whatever_is_touched():
    officer = an_officer()
    assert isinstance(unlock(officer, a_touch()), Ring)
    with acting(officer.may("sealed.key")):
        assert not needs_token(bytes(Lock.objects.get(key__person=officer.person).locked))


def test_a_lost_token_does_not_lose_the_key():
    officer = an_officer()
    (first, token), (spare, second) = two_tokens(officer)
    assert unlock(officer, first.touch).seed == unlock(officer, spare.touch).seed
    assert remove(officer, second, a_touch()) == STRANGE
    assert isinstance(remove(officer, token, spare.touch), Token)
    assert unlock(officer, first.touch) == STRANGE
    assert isinstance(unlock(officer, spare.touch), Ring)
    assert remove(officer, token, spare.touch) == tokens.GONE


def test_the_last_token_goes_only_with_the_owners_word():
    officer = an_officer()
    fresh = a_fresh()
    token = add(officer, fresh)
    assert remove(officer, token, None, alone=True) == WANTED
    assert remove(officer, token, fresh.touch) == tokens.LAST
    assert unlock(officer) == WANTED
    assert isinstance(remove(officer, token, fresh.touch, alone=True), Token)
    assert isinstance(unlock(officer), Ring)


def test_a_token_is_added_once_and_not_without_end(monkeypatch):
    monkeypatch.setattr(tokens, "MOST", 2)
    officer = an_officer()
    fresh = a_fresh()
    assert isinstance(add(officer, fresh), Token)
    assert add(officer, fresh, fresh.touch) == tokens.KNOWN
    assert add(officer, a_fresh()) == WANTED
    assert isinstance(add(officer, a_fresh(), fresh.touch), Token)
    assert add(officer, a_fresh(), fresh.touch) == tokens.ENOUGH


def test_another_passphrase_needs_one_token_and_leaves_the_spare():
    officer = an_officer()
    (first, _), (spare, _) = two_tokens(officer)

    def change(touch):
        by = officer.may("sealed.key")
        return keys.change_passphrase(by=by, old=PASSPHRASE, new=NEW, touch=touch, at=now())

    assert change(None) == WANTED
    assert isinstance(change(first.touch), Key)
    assert unlock(officer, spare.touch) == keys.WRONG
    assert isinstance(unlock(officer, spare.touch, NEW), Ring)


def test_a_rotated_key_needs_the_token_again_and_a_new_answer_of_it():
    officer = an_officer()
    report, _ = seal(handler=officer)
    (first, _), (spare, _) = two_tokens(officer)
    ring, salt = unlock(officer, first.touch), secrets.token_bytes(32)

    def rotate(touch, salt):
        by = officer.may("sealed.key")
        return rotation.rotate(by=by, ring=ring, passphrase=NEW, touch=touch, salt=salt, at=now())

    for less in (None, Touch(first.touch.credential, first.touch.answer)):
        assert rotate(less, salt) == WANTED
    assert rotate(first.touch, b"") == WANTED
    assert isinstance(rotate(first.touch, salt), Key)
    assert unlock(officer, first.touch, NEW) == unlock(officer, spare.touch, NEW) == STRANGE
    new = unlock(officer, Touch(first.touch.credential, first.touch.other), NEW)
    assert isinstance(new, Ring) and new.key.epoch == 2
    assert reports.read_report(by=officer.may("sealed.read"), report=report, ring=new, at=now())["text"]
    with acting(officer.may("sealed.key")):
        (left,) = Token.objects.filter(key__person=officer.person)
        assert (bytes(left.salt), left.name) == (salt, "chùm chìa khóa")


def test_a_key_that_is_given_up_takes_its_tokens_along_and_the_next_one_begins_anew():
    officer = an_officer()
    add(officer, a_fresh())
    assert isinstance(keys.give_up(by=officer.may("sealed.key"), at=now()), Key)
    with acting(officer.may("sealed.key")):
        assert not Token.objects.filter(key__person=officer.person).exists()
    made = keys.make_key(by=officer.may("sealed.key"), passphrase=PASSPHRASE, at=now())
    assert isinstance(made, Key) and isinstance(unlock(officer), Ring)


def test_adding_removing_and_wrong_tries_are_on_record_without_what_opens(admin_connection):
    officer = an_officer()
    fresh = a_fresh()
    token = add(officer, fresh)
    mark = mark_of(token)
    unlock(officer, a_touch())
    remove(officer, token, fresh.touch, alone=True)
    for detail in (f'token_added":"{mark}', f'token_removed":"{mark}', "wrong_token"):
        assert len(entries_of(admin_connection, officer, detail)) == 1, detail
    told = str(entries_of(admin_connection, officer, ""))
    assert fresh.touch.answer.hex() not in told and written(fresh.touch.answer) not in told


def test_what_is_stored_is_not_what_the_token_answered(admin_connection):
    officer = an_officer()
    fresh = a_fresh()
    token = add(officer, fresh)
    (row,) = admin_connection.execute(
        "select to_jsonb(t)::text from sealed_token t where id = %s", [token.pk]
    ).fetchone()
    assert fresh.touch.answer.hex() not in row and fresh.touch.credential.hex() in row


def test_another_officer_sees_no_token_of_another_unit():
    officer = an_officer()
    add(officer, a_fresh())
    with acting(an_officer(scope="14812", key=False).may("sealed.key")):
        assert queries.tokens(Key.objects.get(person=officer.person)) == []


def test_the_database_keeps_the_last_way_to_a_key(admin_connection):
    officer = an_officer()
    token = add(officer, a_fresh())
    with pytest.raises(Exception, match="the last token"):
        admin_connection.execute("delete from sealed_token where id = %s", [token.pk])


def test_what_a_script_did_not_write_is_no_touch():
    one = a_touch()
    whole = ".".join(map(written, (one.credential, one.answer, one.other)))
    assert read_touch(whole) == one
    for broken in ("", ".", "x", whole + ".AAAA", written(one.credential) + ".AAAA", "." + written(one.answer), "é.é"):
        assert read_touch(broken) is None, broken


def test_a_token_belongs_to_a_name_and_not_to_a_number():
    assert is_name("localhost") and is_name("congan.example.vn")
    assert not any(map(is_name, ("127.0.0.1", "[::1]", "10.1.2.3")))
