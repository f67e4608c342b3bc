"""Taking in: one action, one register without gaps, nothing of a denouncer in its tables."""

import threading
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.kernel.seal.followup import new_code
from hamrong.petitions.actions.intake import Handed, enter_register, hand_in
from hamrong.petitions.models import Petition
from hamrong.petitions.queries import reading, visible
from hamrong.petitions.told import Content, Sender, content_of, sender_of
from hamrong.sealed.actions.reports import opened_parts, reporters_key
from hamrong.sealed.models import Report
from hamrong.sealed.rules import Against
from tests.petitions.senders import (
    OTHER,
    SENDER,
    TEXT,
    WARD,
    at_the_counter,
    entered,
    handed,
    now,
    officer,
    sender,
    sent,
    today,
)  # fmt: skip
from tests.sealed.room import an_officer, chief, chief_of_province, holders
from tests.world import PROVINCE

DENOUNCED = Content("Nhận tiền của dân", "Cán bộ ấy nhận tiền.", "Cán bộ trực", senders=(SENDER,))


def entries(admin, petition) -> list[str]:
    rows = admin.execute("select type from audit_entry where subject = %s order by at", [f"petition:{petition.pk}"])
    return [kind for (kind,) in rows]


def test_a_complaint_by_the_form_waits_without_a_number(admin_connection):
    petition, _ = sent()
    assert (petition.number, petition.door, petition.sorting) == (None, "online", "")
    assert reading.opened(petition) == Content("Biên bản xử phạt", TEXT, senders=(SENDER,))
    assert entries(admin_connection, petition) == ["petition.hand-in"]


def test_what_is_kept_of_a_complaint_cannot_be_read_in_the_table(admin_connection):
    petition, _ = sent()
    row = admin_connection.execute(
        "select petitions_petition::text from petitions_petition where id = %s", [petition.pk]
    ).fetchone()[0]
    assert not any(told in row for told in ("Biên bản", "Bịa", SENDER.document, SENDER.phone))
    assert "Biên".encode().hex() not in row


def test_the_counter_gives_numbers_without_gaps_and_the_form_none():
    first = at_the_counter()
    sent()
    second = at_the_counter()
    assert (second.register, second.year, second.number) == (WARD, now().year, first.number + 1)


def test_an_officer_enters_what_came_by_itself_once():
    petition, _ = sent()
    before = at_the_counter()
    row = enter_register(by=officer("petition.enter"), petition=petition, at=now())
    assert row.number == before.number + 1
    again = enter_register(by=officer("petition.enter"), petition=petition, at=now())
    assert isinstance(again, Refusal) and again.reason == "state"


def test_a_number_of_an_intake_that_failed_is_given_to_the_next():
    first = at_the_counter()
    with pytest.raises(ZeroDivisionError), acting(officer("petition.hand-in")) as by:
        hand_in(by=by, handed=handed(new_code(), door="counter"), at=now())
        raise ZeroDivisionError
    assert at_the_counter().number == first.number + 1


def test_officers_at_once_get_numbers_of_their_own():
    found: list[int] = []

    def take() -> None:
        try:
            found.append(at_the_counter().number)
        finally:
            connection.close()

    before = at_the_counter().number
    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [before + 1, before + 2, before + 3, before + 4]


def test_the_same_form_sent_twice_is_one_petition():
    code = new_code()
    one = hand_in(by=sender(code), handed=handed(code), at=now())
    other = hand_in(by=sender(code), handed=handed(code, unit=OTHER), at=now())
    assert (one.pk, other.unit) == (other.pk, WARD)


def test_a_denunciation_is_sealed_and_leaves_no_entry(admin_connection):
    petition, code = sent(kind="denunciation", content=DENOUNCED)
    assert (petition.secret, petition.content, petition.persons, petition.likeness) == (True, None, [], [])
    assert entries(admin_connection, petition) == []
    with acting(sender(code, "petition.follow")):
        report = Report.objects.get(ticket=petition.ticket)
        told = content_of(opened_parts(report, reporters_key(report, code))["text"])
    assert told == Content("Nhận tiền của dân", "Cán bộ ấy nhận tiền.", "Cán bộ trực", signed=True)


def test_an_officer_who_takes_a_denunciation_in_cannot_read_it_again(admin_connection):
    holders(), chief()
    petition = at_the_counter(kind="denunciation", content=DENOUNCED)
    assert petition.number and petition.content is None
    with acting(officer("petition.read")):
        assert Report.objects.get(ticket=petition.ticket).hands.count() >= 1
    assert entries(admin_connection, petition) == ["petition.hand-in"]


def test_the_identity_of_several_is_one_record():
    assert sender_of(b"") is None
    both = Content("x", "y", senders=(Sender("A", "1"), Sender("B", "", "Thôn", "09")))
    petition, _ = sent(kind="denunciation", content=both)
    assert petition.secret


def test_a_denunciation_of_the_unit_itself_goes_to_the_province():
    holders()
    leader = an_officer("province-leader", PROVINCE)
    petition, _ = sent(kind="denunciation", content=DENOUNCED, against=Against(units=frozenset({WARD})))
    assert petition.unit == PROVINCE
    with acting(chief_of_province("sealed.read")):
        hands = Report.objects.get(ticket=petition.ticket).hands.filter(what="content")
        assert set(hands.values_list("key__person", flat=True)) >= {leader.id}
        assert chief().id not in set(hands.values_list("key__person", flat=True))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"received_on": today() + timedelta(days=1)}, "invalid"),
        ({"content": Content("x", "  ")}, "invalid"),
    ],
)
def test_what_cannot_be_is_refused(changes, reason):
    code = new_code()
    answer = hand_in(by=sender(code), handed=handed(code, **changes), at=now())
    assert isinstance(answer, Refusal) and answer.reason == reason


def test_an_officer_takes_nothing_in_for_another_commune():
    answer = hand_in(by=officer("petition.hand-in"), handed=handed(new_code(), unit=OTHER), at=now())
    assert isinstance(answer, Refusal) and answer.reason == "other-scope"


def test_a_unit_sees_its_own_petitions_and_a_sender_one():
    petition, code = sent()
    other, _ = sent(unit=OTHER)
    with acting(officer("petition.list")) as by:
        seen = set(visible.petitions(by).values_list("pk", flat=True))
    assert petition.pk in seen and other.pk not in seen
    with acting(sender(code, "petition.follow")) as by:
        assert list(visible.petitions(by)) == [petition] and list(Petition.objects.all()) == [petition]


def test_a_code_that_nobody_has_sees_nothing():
    sent()
    with acting(sender(new_code(), "petition.follow")) as by:
        assert not visible.petitions(by).exists()


@pytest.mark.parametrize(
    ("changes", "promise"),
    [
        ("kind = 'x'", "petition_kind_is_known"),
        ("door = 'x'", "petition_door_is_known"),
        ("sorting = 'x', outcome = 'x', sorted_on = current_date, sorted_by = 'x'", "petition_outcome_is_known"),
        ("secret = true", "petition_of_a_denouncer_holds_nothing_of_them"),
        ("kind = 'denunciation'", "petition_that_denounces_is_sealed"),
        ("number = null", "petition_number_has_a_register_and_a_year"),
        ("sorting = 'x'", "petition_is_entered_before_it_is_sorted"),
        ("told_on = current_date", "petition_sender_is_told_after_it_is_sorted"),
        ("same_as_id = id", "petition_is_not_its_own_repetition"),
        ("number = number - 1", "petition_number_is_given_once"),
    ],
)
def test_the_database_keeps_its_promises(admin_connection, changes, promise):
    at_the_counter()
    petition = at_the_counter()
    with pytest.raises(psycopg.errors.IntegrityError, match=promise), admin_connection.transaction():
        admin_connection.execute(f"update petitions_petition set {changes} where id = %s", [petition.pk])


def test_a_petition_that_is_changed_without_an_entry_does_not_commit(admin_connection):
    petition = entered()
    with (
        pytest.raises(psycopg.errors.IntegrityError, match="without an entry"),
        admin_connection.transaction(),
    ):
        admin_connection.execute("update petitions_petition set origin = 'x' where id = %s", [petition.pk])


def test_a_handed_in_petition_shows_nothing_in_a_traceback():
    code = new_code()
    assert code not in repr(handed(code)) and "Bịa" not in repr(Handed(**{**_plain(handed(code))}))


def _plain(one: Handed) -> dict:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


def test_a_denunciation_looks_up_the_keys_of_the_house_once():
    holders(), chief()
    with CaptureQueriesContext(connection) as asked:
        sent(kind="denunciation")
    assert sum("from sealed_keys" in one["sql"] for one in asked.captured_queries) == 1
