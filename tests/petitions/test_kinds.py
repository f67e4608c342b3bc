"""What a petition is by what it tells: said by whoever reads it, before sorting; what is sealed stays sealed."""

import pytest
from django.db import IntegrityError, transaction

from hamrong.access.actors import Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases.models import Case, Clock
from hamrong.petitions import deciding
from hamrong.petitions.actions import kinds
from hamrong.petitions.actions.sorting import Sorted, sort_petition
from hamrong.petitions.models import Petition
from hamrong.petitions.rules import Facts
from hamrong.sealed.models import Report
from hamrong.sealed.rules import Against
from tests.entrances import a_person, browser_of
from tests.petitions.senders import WARD, entered, now, officer, sent, today
from tests.petitions.test_desk_pages import FOUND, now_as
from tests.sealed.room import PASSPHRASE, an_officer, chief, chief_of_province

OURS = Facts("signed", "ours")
WHY = "Xin xem lại biên bản xử phạt chính mình"


def sorting(petition: Petition, by=None, facts: Facts = OURS, **found):
    by = by or officer("petition.sort")
    return sort_petition(by=by, petition=petition, found=Sorted(facts, "Vì thế", **found), at=now())


def saying(petition: Petition, someone, kind: str = "complaint", why: str = WHY):
    return kinds.say(by=someone.may("petition.rekind"), petition=petition, kind=kind, why=why, at=now())


def test_a_reflection_that_complains_is_sorted_as_a_complaint_by_the_dates_of_one_from_the_day_it_came_in():
    row = sorting(entered(kind="reflection"), kind="complaint", kind_why=WHY)
    assert (row.kind, row.came_as, row.kind_why, row.kind_on) == ("complaint", "reflection", WHY, today())
    assert (row.sorting, row.rule) == ("complaint_ours", "kn.accept")
    with acting(officer("petition.read")):
        case, clock = Case.objects.get(pk=row.case_id), Clock.objects.get(case=row.case_id)
    assert case.course.startswith("khieu-nai-lan-dau") and (clock.rule, clock.legal) == ("kn.accept", row.legal)


def test_another_kind_needs_a_reason_and_what_was_not_sealed_becomes_no_denunciation():
    petition = entered()
    assert sorting(petition, kind="reflection", kind_why=" ") == kinds.NO_WHY
    assert sorting(petition, kind="denunciation", kind_why=WHY) == kinds.NEVER_SEALED
    assert sorting(petition, kind="complaint").came_as == ""


def test_who_sorts_what_is_sealed_says_no_kind_of_it_and_who_reads_it_does():
    petition = entered(kind="denunciation")
    assert sorting(petition, kind="complaint", kind_why=WHY) == kinds.UNREAD
    row = saying(petition, chief())
    assert (row.kind, row.came_as, row.secret, row.rule) == ("complaint", "denunciation", True, "kn.accept")
    with acting(chief().may("sealed.read")):
        assert Report.objects.filter(ticket=row.ticket).exists()
    done = sorting(row)
    assert (done.sorting, done.secret, done.content) == ("complaint_ours", True, None)
    assert saying(done, chief(), "reflection") == kinds.SORTED


def test_a_leader_who_is_denounced_or_has_no_key_says_no_kind_and_who_said_one_does_not_sort():
    denounced = an_officer()
    petition = entered(kind="denunciation", against=Against(frozenset({denounced.id})))
    assert saying(petition, denounced) == deciding.KEYLESS
    assert saying(petition, an_officer(key=False)) == deciding.NO_SEALING_KEY
    both = officer("petition.sort")
    row = saying(petition, chief())
    with acting(chief().may("petition.rekind")) as by:
        Petition.objects.filter(pk=row.pk).update(kind_by=both.actor.ref)
        enter(by, subject=f"petition:{row.pk}", at=now())
    assert sorting(row, by=both) == kinds.OWN
    assert saying(row, chief(), "denunciation").came_as == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [({"secret": False, "kind": "reflection"}, "is sealed"), ({"kind": "crime_report"}, "keeps its kind")],
)
def test_the_database_neither_unseals_nor_changes_what_was_sorted(change, said):
    row = sorting(entered(kind="denunciation"))
    more = {"came_as": "denunciation", "kind_why": WHY, "kind_on": today(), "kind_by": "person:x"}
    if "secret" in change:
        more["content"] = b"x"
    with pytest.raises(IntegrityError, match=said), acting(chief_of_province("petition.rekind")), transaction.atomic():
        Petition.objects.filter(pk=row.pk).update(**change, **more)


def test_the_pages_say_what_it_came_as_and_why():
    petition, clerk = entered(kind="reflection"), browser_of(a_person("ward-duty", WARD))
    at = f"/don/{petition.pk}/"
    page = clerk.get(at).content.decode()
    assert "Vì sao không chọn được Tố cáo" in page and 'value="denunciation"' not in page
    refused = clerk.post(at, {"do": "sort", **FOUND, "kind": "complaint", "kind_why": ""}).content.decode()
    assert "Ghi vì sao nội dung đơn là loại khác." in refused
    assert clerk.post(at, {"do": "sort", **FOUND, "kind": "complaint", "kind_why": WHY}).status_code == 302
    page = clerk.get(at).content.decode()
    assert "Khiếu nại (gửi đến là Kiến nghị, phản ánh)" in page and WHY in page
    of_case = clerk.get(f"/ho-so/{now_as(petition).case_id}/").content.decode()
    assert "Loại đơn khác lúc gửi" in of_case and WHY in of_case
    assert "gửi đến là Kiến nghị, phản ánh" in clerk.get(f"/don/?number={petition.number}").content.decode()


def test_a_leader_says_it_on_the_page_of_the_sealed_content_and_the_sender_is_told():
    petition, code = sent(kind="denunciation")
    client = browser_of(chief().person)
    client.post(client.get(f"/niem-phong/noi-dung/{petition.pk}/")["Location"], {"password": PASSPHRASE})
    at = f"/niem-phong/noi-dung/{petition.pk}/"
    page = client.get(at).content.decode()
    assert "Nội dung là loại đơn khác" in page
    assert client.post(at, {"do": "kind", "kind": "complaint", "kind_why": WHY}).status_code == 302
    assert "Khiếu nại (gửi đến là Tố cáo)" in client.get(at).content.decode()
    told = client.post("/theo-doi/", {"code": code, "lang": "vi"}).content.decode()
    assert "Bạn gửi là “Tố cáo”" in told and "vẫn niêm phong" in told and WHY not in told
    assert not isinstance(petition, Refusal)
