"""A new code for a sender who lost theirs: by the document of the petition, or after the sealed identity was opened."""

import re

import pytest

from hamrong.access.walls import acting
from hamrong.kernel.seal.followup import new_code
from hamrong.petitions.actions import codes
from hamrong.petitions.actions.messages import said_sealed, write_sealed
from hamrong.petitions.models import Petition
from hamrong.petitions.told import Content, Sender, unproved
from hamrong.sealed.actions import opening
from hamrong.sealed.actions.reports import reporters_key, ticket_of
from hamrong.sealed.models import Report
from tests.entrances import a_person, browser, browser_of
from tests.petitions.senders import OTHER, SENDER, WARD, now, officer, sender, sent
from tests.petitions.test_codes import follows
from tests.sealed.room import PASSPHRASE, Officer, a_request, chief, holders_of


def renewed(petition: Petition, new: str, document: str = SENDER.document, ward: str = WARD):
    return codes.reissue(
        by=officer("petition.renew", ward), petition=petition, document=document, new=new, at=now()
    )  # fmt: skip


def report_of(petition: Petition) -> Report:
    with acting(chief().may("sealed.read")):
        return Report.objects.get(ticket=Petition.objects.get(pk=petition.pk).ticket)


def open_for(officer: Officer, report: Report) -> None:
    """Two holders release their shares, and the officer sees the identity."""
    asked = a_request(report, officer, reason="Cấp lại mã cho người gửi")
    for one in holders_of(report)[:2]:
        opening.release(by=one.may("sealed.answer"), request=asked, ring=one.ring(), at=now())
    opening.open_identity(by=officer.may("sealed.open"), request=asked, ring=officer.ring(), at=now())


def reissued(petition: Petition, report: Report, new: str, who: Officer | None = None):
    who = who or chief()
    return codes.reissue_sealed(
        by=who.may("petition.renew"), petition=petition, report=report, ring=who.ring(), new=new, at=now()
    )  # fmt: skip


def test_who_shows_the_document_of_the_petition_gets_a_new_code_and_the_old_one_says_so(admin_connection):
    petition, old = sent()
    new = new_code()
    assert renewed(petition, new, "038 090.123 456") is None and renewed(petition, new) is None  # twice is once
    assert follows(old) == [] and [one.pk for one in follows(new)] == [petition.pk]
    page = browser().post("/theo-doi/", {"code": old}).content.decode()
    assert "đã được thay bằng mã mới" in page and "Không có đơn nào" not in page
    assert "Không có đơn nào" in browser().post("/theo-doi/", {"code": new_code()}).content.decode()
    told = admin_connection.execute(
        "select d.details::jsonb->>'code' from audit_entry e join audit_detail d on d.entry_id = e.id where "
        "e.subject = %s and e.type = 'petition.renew'", [f"petition:{petition.pk}"],
    ).fetchall()  # fmt: skip
    assert told == [("reissued",)]


def test_nobody_else_gets_one():
    petition, old = sent()
    assert renewed(petition, new_code(), "038090123457") is codes.ANOTHER
    assert renewed(petition, new_code(), ward=OTHER).reason == "other-scope"
    joint, code = sent(
        content=Content("Việc chung", "Chúng tôi cùng ký.", senders=(SENDER, Sender("Lê B", "038090999999")))
    )
    assert renewed(joint, new_code(), "038090999999") is codes.ANOTHER  # whoever speaks for them has the code
    nameless, _ = sent(kind="reflection", content=Content("Đèn hỏng", "Đèn đường hỏng.", signed=False))
    assert renewed(nameless, new_code()) is codes.NO_NAME
    unproven, _ = sent(content=Content("Việc", "Chữ.", senders=(Sender("Lê C", unproved("038090123456")),)))
    assert renewed(unproven, new_code()) is codes.NO_DOCUMENT
    assert len(follows(old)) == len(follows(code)) == 1


def test_a_denouncer_gets_one_on_the_day_on_which_holders_opened_the_identity():
    petition, old = sent(kind="denunciation")
    report = report_of(petition)
    with acting(sender(old, "petition.follow")) as by:
        write_sealed(by=by, report=report, key=reporters_key(report, old), text="Một lời.", at=now())
    new = new_code()
    client, where = browser_of(chief().person), f"/niem-phong/noi-dung/{petition.pk}/ma-moi"
    client.post(client.get(where)["Location"], {"password": PASSPHRASE})
    assert reissued(petition, report, new) is codes.NOT_OPENED and len(follows(old)) == 1
    assert 'name="seen"' not in client.get(where).content.decode()
    open_for(chief(), report)
    assert 'name="seen"' in client.get(where).content.decode()
    assert new in client.post(where, {"code": new, "seen": "on"}).content.decode()
    assert reissued(petition, report_of(petition), new) is None  # twice is once
    assert follows(old) == [] and len(follows(new)) == 1
    with acting(sender(new, "petition.follow")):
        mine = Report.objects.get()
        assert [each.text for each in said_sealed(mine, reporters_key(mine, new))] == ["Một lời."]
    page = browser().post("/theo-doi/", {"code": new}).content.decode()
    assert "Luật Tố cáo" in page  # that it was opened, and on what ground, stays told


def test_without_a_name_there_is_nobody_to_compare_with():
    petition, old = sent(kind="denunciation", content=Content("Việc", "Chữ.", signed=False))
    report = report_of(petition)
    open_for(chief(), report)
    assert reissued(petition, report, new_code()) is codes.NO_NAME and len(follows(old)) == 1


@pytest.mark.parametrize("day", ["current_date - 2", None])
def test_the_database_renews_nothing_sealed_that_was_not_opened_today(admin_connection, day):
    petition, old = sent(kind="denunciation")
    report = report_of(petition)
    if day:
        open_for(chief(), report)
        with admin_connection.transaction():
            admin_connection.execute("set local session_replication_role = replica")
            admin_connection.execute(
                f"update sealed_request set asked_on = {day}, opened_on = {day} where report_id = %s", [report.pk]
            )
    with acting(chief().may("petition.renew")):
        assert codes._replaced(petition, new_code(), report, b"x") is not None
    assert len(follows(old)) == 1


def test_on_the_page_the_code_is_shown_once_and_needs_the_eyes_of_an_officer():
    petition, old = sent()
    client, where = browser_of(a_person("ward-duty", WARD)), f"/don/{petition.pk}/ma-moi"
    assert where in client.get(f"/don/{petition.pk}/").content.decode()
    page = client.get(where).content.decode()
    new = re.search(r'name="code" value="([^"]+)"', page)[1]
    sent_form = {"code": new, "document": SENDER.document}
    assert "Mã theo dõi, chỉ hiện" not in client.post(where, sent_form).content.decode() and len(follows(old)) == 1
    answer = client.post(where, {**sent_form, "seen": "on"})
    assert new in answer.content.decode() and "no-store" in answer["Cache-Control"]
    assert len(follows(new)) == 1 and ticket_of(new) != petition.ticket
