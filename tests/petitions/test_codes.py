"""Changing the code: the old one opens nothing, a denouncer leaves no entry, and only its owner can."""

import re

import pytest

from hamrong.access.walls import acting
from hamrong.kernel.seal.bound import Broken
from hamrong.kernel.seal.followup import new_code
from hamrong.petitions.actions.codes import rotate
from hamrong.petitions.actions.messages import said_sealed, write, write_sealed
from hamrong.petitions.models import Petition
from hamrong.petitions.queries import visible
from hamrong.sealed.actions.reports import change_code, reporters_key
from hamrong.sealed.models import Report
from tests.entrances import browser
from tests.petitions.senders import now, officer, sender, sent
from tests.sealed.room import a_request


def follows(code: str) -> list[Petition]:
    with acting(sender(code, "petition.follow")) as by:
        return list(visible.petitions(by))


def test_a_complainant_changes_the_code_and_keeps_the_messages():
    petition, old = sent()
    write(by=officer("petition.write"), petition=petition, text="Mời bạn đến.", at=now())
    new = new_code()
    assert rotate(by=sender(old, "petition.follow"), old=old, new=new, at=now()) is None
    assert follows(old) == [] and [each.pk for each in follows(new)] == [petition.pk]
    assert "Mời bạn đến." in browser().post("/theo-doi/", {"code": new}).content.decode()


def test_a_denouncer_changes_the_code_and_leaves_no_entry(admin_connection):
    petition, old = sent(kind="denunciation")
    with acting(sender(old, "petition.follow")) as by:
        report = Report.objects.get(ticket=petition.ticket)
        write_sealed(by=by, report=report, key=reporters_key(report, old), text="Một lời.", at=now())
    a_request(report)
    before = admin_connection.execute("select count(*) from audit_entry").fetchone()
    new = new_code()
    rotate(by=sender(old, "petition.follow"), old=old, new=new, at=now())
    assert admin_connection.execute("select count(*) from audit_entry").fetchone() == before
    assert follows(old) == [] and len(follows(new)) == 1
    with acting(sender(new, "petition.follow")):
        report = Report.objects.get()
        assert [each.text for each in said_sealed(report, reporters_key(report, new))] == ["Một lời."]
        assert report.requests.count() == 1 and not report.settled
        with pytest.raises(Broken):
            reporters_key(report, old)


def test_nobody_changes_the_code_of_another():
    petition, old = sent(kind="denunciation")
    _, mine = sent()
    with acting(sender(old, "petition.follow")):
        report = Report.objects.get(ticket=petition.ticket)
    change_code(by=sender(mine, "petition.follow"), report=report, old=old, new=new_code())
    assert len(follows(old)) == 1
    assert rotate(by=sender(new_code(), "petition.follow"), old=old, new=new_code(), at=now()).reason == "other-scope"


@pytest.mark.parametrize("kind", ["complaint", "denunciation"])
def test_the_new_code_is_shown_before_the_old_one_ends_and_twice_is_once(kind):
    _, old = sent(kind=kind)
    client = browser()
    page = client.post("/theo-doi/", {"code": old, "do": "renew"}).content.decode()
    new = re.search(r'name="new" value="([^"]+)"', page)[1]
    assert len(follows(old)) == 1
    for _ in range(2):
        assert "Đã đổi mã" in client.post("/theo-doi/", {"code": old, "new": new, "do": "rotate"}).content.decode()
    assert follows(old) == [] and len(follows(new)) == 1
    assert "Không có đơn nào" in client.post("/theo-doi/", {"code": old, "do": "renew"}).content.decode()
