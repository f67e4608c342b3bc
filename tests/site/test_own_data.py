"""Somebody shows a document and learns who looked at what is kept of them: stays, plates, petitions, receptions."""

import secrets

from hamrong.lodging.rules import DocumentIn
from hamrong.org.queries import unit
from hamrong.petitions.told import Content, Sender
from hamrong.plates.actions.pressing import press
from tests.entrances import a_person, browser_of
from tests.petitions.senders import TEXT, entered, sent
from tests.plates.owners import a_file, owner
from tests.plates.pools import a_pool
from tests.site.test_oddities import entries, read
from tests.world import NOW, PROVINCE, a_notification, a_number, an_establishment


def test_somebody_learns_who_notified_and_who_looked_in_words():
    place, number = an_establishment(), a_number()
    taken = a_notification(place, document=DocumentIn("cccd", number))
    officer = a_person("ward-duty", place.ward, name="Phạm Thị Trực")
    read(f"person:{officer.pk}", subject=f"stay:{taken.stay}")
    inspector = a_person("inspector", PROVINCE)
    asked = browser_of(inspector).post("/inspection/people/", {"document": number})
    page = asked.content.decode()
    assert "Thông báo lưu trú" in page and "Mở một lượt lưu trú" in page and "Phạm Thị Trực" in page
    assert place.code in page and asked["Cache-Control"] == "no-store, private"
    (entry,) = entries(actor=f"person:{inspector.pk}", type="subject.read")
    assert number not in entry.subject


def test_an_owner_learns_who_filed_their_vehicle_and_who_looked_and_the_slip_stays_secret():
    pool, _ = a_pool()
    number = a_number()
    draw = a_file(pool, owner_document=number)
    officer = a_person("plate-officer", draw.ward, name="Lê Thị Mở Hồ Sơ")
    read(f"person:{officer.pk}", subject=f"plates-draw:{draw.pk}", kind="plate.open")
    press(by=owner(draw.ticket), nonce=secrets.token_bytes(16), at=NOW)
    page = browser_of(a_person("inspector", PROVINCE)).post("/inspection/people/", {"document": number})
    shown = page.content.decode()
    assert draw.dossier in shown and "Lê Thị Mở Hồ Sơ" in shown and "Chủ xe, bằng mã phiếu" in shown
    assert officer.username not in shown and unit(draw.ward).name in shown
    assert draw.ticket not in shown and "Không có lượt lưu trú" not in shown


def test_a_complainant_learns_who_took_the_petition_up_and_looked_and_of_a_denunciation_nothing_is_said():
    number = a_number()
    me = Sender("Nguyễn Văn Bịa", number)
    mine = entered(content=Content("Biên bản xử phạt", TEXT, senders=(me,)))
    sent(kind="denunciation", content=Content("Nhận tiền", TEXT, senders=(me,)))
    officer = a_person("ward-chief", mine.unit, name="Trịnh Thị Đọc Đơn")
    read(f"person:{officer.pk}", subject=f"petition:{mine.pk}", kind="petition.read")
    shown = browser_of(a_person("inspector", PROVINCE)).post("/inspection/people/", {"document": number})
    page = shown.content.decode()
    assert f"Đơn số {mine.number}/{mine.year}" in page and "Trịnh Thị Đọc Đơn" in page
    assert "Người gửi đơn, bằng mã theo dõi" in page and mine.ticket not in page
    assert page.count("<h2>Khiếu nại, nhận ngày") == 1 and "<h2>Tố cáo" not in page and "Nhận tiền" not in page
    assert "Biên bản xử phạt" not in page  # what was told is not what is asked


def test_a_document_without_stays_is_an_answer_and_none_is_an_error():
    inspector = browser_of(a_person("inspector", PROVINCE))
    assert (
        "Không có lượt lưu trú, hồ sơ biển số, đơn hay lượt tiếp công dân nào"
        in inspector.post("/inspection/people/", {"document": a_number()}).content.decode()
    )
    assert "error-summary" in inspector.post("/inspection/people/", {"document": ""}).content.decode()
