"""A case with something sealed goes to another unit: into prepared hands, with conflicts checked, or not at all."""

import pytest
from django.db import DatabaseError, connection

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.cases.actions import transfers
from hamrong.cases.models import Case, Transfer
from hamrong.petitions.actions import transferring
from hamrong.petitions.actions.sorting import Sorted, sort_petition
from hamrong.petitions.models import Petition
from hamrong.petitions.rules import Facts
from hamrong.sealed.actions import reports
from hamrong.sealed.actions.rotation import rotate
from hamrong.sealed.models import Hand, Report, Request
from hamrong.sealed.rules import Against
from tests.entrances import browser_of
from tests.petitions.senders import OTHER, TEXT, WARD, entered, now, officer
from tests.sealed.room import PASSPHRASE, a_request, an_officer, chief, chief_of_province, with_token

UNSERVED, NOBODY = "14845", "14854"
"""A commune in which only the own test has keys, and one in which nobody has."""


def a_denunciation(**changes) -> tuple[Case, Report]:
    """(the open case, the sealed report) of a denunciation that the chief's unit has."""
    petition = entered(kind="denunciation", **changes)
    found = Sorted(Facts("signed", "ours"))
    row = sort_petition(by=officer("petition.sort"), petition=petition, found=found, at=now())
    assert isinstance(row, Petition), row
    with acting(chief_of_province("case.read")):
        return Case.objects.get(pk=row.case_id), Report.objects.get(ticket=row.ticket)


def offered(case: Case, receiver: str = OTHER) -> Transfer | Refusal:
    return transferring.offer(
        by=chief().may("case.offer"), case=case, revision=case.revision, receiver=receiver, reason="Nơi xảy ra",
        document="", ring=chief().ring(), at=now(),
    )  # fmt: skip


def taken(transfer: Transfer, unit: str = OTHER) -> Case | Refusal:
    return transfers.accept(by=officer("case.receive", unit, "ward-chief"), transfer=transfer, at=now())


def hands(report: Report) -> dict[str, set[object]]:
    """Whose hands hold what of a report, by the people."""
    with acting(chief_of_province("case.read")):
        rows = Hand.objects.filter(report=report).values_list("what", "key__person")
        return {what: {who for each, who in rows if each == what} for what in {each for each, _who in rows}}


def reads(someone, report: Report) -> bool:
    answer = reports.read_report(by=someone.may("sealed.read"), report=report, ring=someone.ring(), at=now())
    return not isinstance(answer, Refusal) and TEXT in answer["text"].decode()


def visible_to(someone, report: Report) -> bool:
    with acting(someone.may("sealed.read")):
        return Report.objects.filter(pk=report.pk).exists() or Hand.objects.filter(report=report).exists()


def test_offered_it_stays_with_its_handlers_and_taken_over_it_is_the_others(admin_connection):
    receiver = an_officer(scope=OTHER)
    case, report = a_denunciation()
    asked = a_request(report)
    transfer = offered(case)
    assert isinstance(transfer, Transfer), transfer
    assert reads(chief(), report) and not visible_to(receiver, report)
    assert receiver.id in hands(report)["content-offered"]
    done = taken(transfer)
    assert isinstance(done, Case) and done.unit == OTHER
    assert reads(receiver, report) and not visible_to(chief(), report)
    after = hands(report)
    assert chief().id not in after["content"] | after["against"] and set(after) == {"content", "against"}
    with acting(chief_of_province("case.read")):
        assert Report.objects.get(pk=report.pk).ward == OTHER
        assert Request.objects.get(pk=asked.pk).state == "ended"
    rows = admin_connection.execute("select type from audit_entry where subject = %s", [f"sealed:{report.pk}"])
    assert {"sealed.hand", "case.receive"} <= {each for (each,) in rows}
    report.ward = OTHER
    assert a_request(report, receiver).state == "waiting"


@pytest.mark.parametrize("way", ["refuse", "withdraw"])
def test_sent_or_taken_back_nothing_of_it_is_left(way):
    an_officer(scope=OTHER)
    case, report = a_denunciation()
    transfer = offered(case)
    if way == "refuse":
        by = officer("case.receive", OTHER, "ward-chief")
        assert isinstance(transfers.refuse(by=by, transfer=transfer, answer="Việc của bên bạn", at=now()), Transfer)
    else:
        assert isinstance(transfers.withdraw(by=officer("case.offer"), transfer=transfer, at=now()), Transfer)
    assert set(hands(report)) == {"content", "against"} and reads(chief(), report)
    assert isinstance(offered(case), Transfer)


def test_nobody_complained_about_nor_their_unit_gets_a_key():
    accused, free = an_officer(scope=OTHER), an_officer(scope=OTHER)
    case, report = a_denunciation(against=Against(people=frozenset({accused.id})))
    assert isinstance(offered(case), Transfer)
    assert free.id in hands(report)["content-offered"] and accused.id not in hands(report)["content-offered"]
    case, report = a_denunciation(against=Against(units=frozenset({OTHER})))
    assert offered(case) == reports.NO_RECEIVER
    with acting(chief_of_province("case.read")):
        assert not Transfer.objects.filter(case=case).exists()


def test_where_nobody_has_a_key_or_the_sender_has_none_it_is_not_offered():
    case, _report = a_denunciation()
    assert offered(case, NOBODY) == reports.NO_RECEIVER
    stranger = an_officer()
    answer = transferring.offer(
        by=stranger.may("case.offer"), case=case, revision=case.revision, receiver=OTHER, reason="x", document="",
        ring=stranger.ring(), at=now(),
    )  # fmt: skip
    assert answer == reports.NOT_YOURS


def test_a_receiver_with_another_key_than_was_wrapped_for_is_asked_again():
    receiver = an_officer(scope=UNSERVED)
    case, report = a_denunciation()
    transfer = offered(case, UNSERVED)
    assert isinstance(transfer, Transfer), transfer
    new = rotate(by=receiver.may("sealed.key"), ring=receiver.ring(), passphrase="một câu mật khẩu khác hẳn", at=now())
    assert not isinstance(new, Refusal)
    assert taken(transfer, UNSERVED) == transferring.NO_KEYS and reads(chief(), report)


def test_without_its_keys_it_is_not_taken_over_and_the_database_says_so():
    an_officer(scope=OTHER)
    case, report = a_denunciation()
    bare = transfers.offer(
        by=officer("case.offer"), case=case, revision=case.revision, receiver=OTHER, reason="Không khóa", at=now()
    )
    assert isinstance(bare, Transfer)
    assert taken(bare) == transferring.NO_KEYS
    with (
        pytest.raises(DatabaseError, match="given the keys"),
        acting(officer("case.receive", OTHER, "ward-chief")),
        connection.cursor() as cursor,
    ):
        cursor.execute("select cases_receive(%s)", [bare.pk])
    assert reads(chief(), report)


def test_an_order_moves_it_as_it_is():
    moved = an_officer(scope=UNSERVED)
    _case, report = a_denunciation()
    given = reports.hand_over(
        by=chief().may("sealed.hand"), report=report, ring=chief().ring(),
        to=reports.Place(WARD, frozenset({moved.id})), at=now(), adding=True,
    )  # fmt: skip
    assert isinstance(given, Report), given
    before = hands(report)
    with acting(chief_of_province("case.reorganise")) as by:
        pass
    done = transfers.reorganise(by=by, successors={WARD: UNSERVED}, document="1/QĐ, 01/07/2026", at=now())
    assert isinstance(done, int) and done
    assert hands(report) == before and not visible_to(chief(), report)
    transfers.reorganise(by=by, successors={UNSERVED: WARD}, document="2/QĐ, 02/07/2026", at=now())


def test_the_pages_from_the_offer_to_reading_in_the_other_unit():
    receiver = an_officer(scope=OTHER)
    case, _report = a_denunciation()
    mine, theirs = browser_of(chief().person), browser_of(receiver.person)
    answer = mine.get(f"/ho-so/{case.pk}/chuyen")
    address = f"/niem-phong/ho-so/{case.pk}/chuyen"
    assert answer.status_code == 302 and answer["Location"] == address
    page = mine.get(address).content.decode()
    assert "Danh tính người gửi không đi theo khóa này" in page
    told = {"receiver": OTHER, "reason": "Nơi xảy ra", "document": "", "password": "sai hoàn toàn rồi nhé",
            "revision": str(case.revision)}  # fmt: skip
    assert "không đúng" in mine.post(address, told).content.decode()
    with with_token(chief()) as answered:
        assert "cần cả khóa bảo mật" in mine.post(address, {**told, "password": PASSPHRASE}).content.decode()
        right = {**told, "password": PASSPHRASE, "password_token": answered}
        assert mine.post(address, right).status_code == 302
    with acting(chief_of_province("case.read")):
        transfer = Transfer.objects.get(case=case)
    assert theirs.post(f"/ho-so/chuyen/{transfer.pk}/", {"do": "accept"}).status_code == 302
    with acting(chief_of_province("case.read")):
        petition = Petition.objects.get(case=case)
    place = f"/niem-phong/noi-dung/{petition.pk}/"
    theirs.post(f"/niem-phong/khoa/mo?next={place}", {"password": PASSPHRASE})
    assert TEXT in theirs.get(place).content.decode()
    assert mine.get(place).status_code == 404


def test_a_case_with_nothing_sealed_has_the_ordinary_page():
    petition = entered()
    row = sort_petition(by=officer("petition.sort"), petition=petition, found=Sorted(Facts("signed", "ours")), at=now())
    client = browser_of(chief().person)
    assert client.get(f"/ho-so/{row.case_id}/chuyen").status_code == 200
    assert client.get(f"/niem-phong/ho-so/{row.case_id}/chuyen").status_code == 404
