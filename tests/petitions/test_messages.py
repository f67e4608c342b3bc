"""Words both ways: within the petition, and within the sealed report where nobody but its handlers reads them."""

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.petitions.actions.messages import said, said_sealed, write, write_sealed
from hamrong.sealed.actions.reports import content_key, reporters_key
from hamrong.sealed.models import Report
from tests.petitions.senders import OTHER, now, officer, sender, sent
from tests.sealed.room import chief


def test_officer_and_sender_write_to_each_other():
    petition, code = sent()
    write(by=officer("petition.write"), petition=petition, text="Mời anh đến làm việc.", at=now())
    write(by=sender(code, "petition.follow"), petition=petition, text=" Tôi sẽ đến. ", at=now())
    with acting(sender(code, "petition.follow")) as by:
        assert [(each.text, each.by_sender) for each in said(by, petition)] == [
            ("Mời anh đến làm việc.", False), ("Tôi sẽ đến.", True),
        ]  # fmt: skip


def test_nobody_writes_nothing_or_into_another_units_petition():
    petition, _ = sent()
    assert write(by=officer("petition.write"), petition=petition, text=" ", at=now()).reason == "invalid"
    assert write(by=officer("petition.write", OTHER), petition=petition, text="x", at=now()).reason == "other-scope"


def test_a_sealed_petition_takes_no_message_of_its_own():
    petition, _ = sent(kind="denunciation")
    assert write(by=officer("petition.write"), petition=petition, text="x", at=now()).reason == "other-scope"


def test_words_within_a_sealed_report_keep_their_order():
    petition, code = sent(kind="denunciation")
    with acting(sender(code, "petition.follow")) as by:
        report = Report.objects.get(ticket=petition.ticket)
        mine = reporters_key(report, code)
        assert write_sealed(by=by, report=report, key=mine, text="Tôi có thêm ảnh.", at=now()) is None
        assert isinstance(write_sealed(by=by, report=report, key=mine, text="", at=now()), Refusal)
    ring = chief().ring()
    with acting(chief().may("sealed.read")) as by:
        theirs = content_key(report, ring)
        write_sealed(by=by, report=report, key=theirs, text="Xin gửi ảnh.", at=now())
    with acting(sender(code, "petition.follow")):
        assert [(each.text, each.by_sender) for each in said_sealed(report, mine)] == [
            ("Tôi có thêm ảnh.", True), ("Xin gửi ảnh.", False),
        ]  # fmt: skip
