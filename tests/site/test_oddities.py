"""Questions that the record raises, each by one plain rule; and who looked at one person's data."""

import secrets
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from hamrong.access.actors import Target
from hamrong.access.walls import acting
from hamrong.audit.models import Entry
from hamrong.audit.oddities import LEAST, SAME, Question, questions
from hamrong.audit.record import Act, record
from hamrong.kernel.vietnamese import fold
from hamrong.lodging.rules import DocumentIn
from hamrong.org.queries import unit
from hamrong.petitions.told import Content, Sender
from hamrong.plates.actions.pressing import press
from hamrong.site.oddities import _where
from tests.entrances import a_person, browser_of
from tests.petitions.senders import TEXT, entered, sent
from tests.plates.owners import a_file, owner
from tests.plates.pools import a_pool
from tests.world import NOW, PROVINCE, a_notification, a_number, a_ward, actor, an_establishment, grant

DAY = datetime(2024, 3, 12, 3, tzinfo=UTC)
"""Ten in the morning in Vietnam, on a day of which no other test writes."""

NIGHT = datetime(2024, 3, 12, 18, 30, tzinfo=UTC)


def somebody() -> str:
    return f"person:{secrets.token_hex(6)}"


def read(who, *, at=DAY, times=1, kind="stay.open", subject="", **details):
    """Entries of one who reads, a second apart."""
    for number in range(times):
        with transaction.atomic():
            record(
                Act(kind, who, f"test:{who}:{at:%d%H}", subject or f"stay:{at:%d}", "night-control", a_ward(),
                    at + timedelta(seconds=number), details)
            )  # fmt: skip


def raised(who, families=None):
    """What is asked about somebody, by rule."""
    with acting(grant(actor("inspector", PROVINCE), "audit.read", Target(province=PROVINCE))):
        found = questions(DAY - timedelta(days=20), DAY + timedelta(days=20), families or {})
    return {each.rule: dict(each.fact) for each in found if each.actor == who}


def test_a_day_of_many_readings_is_asked_about_by_the_measure_of_that_person_alone():
    many, busy, few = somebody(), somebody(), somebody()
    for day in range(1, 4):
        read(many, at=DAY - timedelta(days=day), times=2)
        read(busy, at=DAY - timedelta(days=day), times=LEAST)
        read(few, at=DAY - timedelta(days=day))
    read(many, times=LEAST)
    read(busy, times=LEAST)
    read(few, times=LEAST - 1)
    assert raised(many) == {"many": {"reads": LEAST, "usual": 2.0}}
    assert raised(busy) == raised(few) == {}


def test_a_search_at_night_is_asked_about_and_no_other_reading():
    night, opened, early = somebody(), somebody(), somebody()
    read(night, at=NIGHT, kind="stay.search")
    read(opened, at=NIGHT)
    read(early, at=NIGHT + timedelta(hours=3, minutes=30), kind="stay.search")
    assert raised(night) == {"night": {"searches": 1, "purpose": "night-control"}}
    assert raised(opened) == raised(early) == {}


def test_the_same_stay_on_several_days_is_asked_about():
    often, once = somebody(), somebody()
    for day in range(SAME):
        read(often, at=DAY + timedelta(days=day), subject="stay:same")
        read(once, at=DAY + timedelta(days=day), subject=f"stay:{day}")
    assert raised(often) == {"same": {"days": SAME, "subject": "stay:same"}}
    assert raised(once) == {}


@pytest.mark.parametrize(
    ("own", "looked_for", "asked"),
    [
        ("Lê Thị Thử", "LÊ THỊ NHƯ", True), ("Lê Thị Thử", "Lê Thí Như", True), ("Lê Thị Thử", "Lê Thịnh", False),
        ("Nguyễn Thử", "Nguyễn Như", False), ("Lê Thị Thử", "", False),
    ],
)  # fmt: skip
def test_a_search_for_ones_own_family_is_asked_about(own, looked_for, asked):
    who = somebody()
    read(who, kind="stay.search", name=looked_for)
    family = fold(own).rpartition(" ")[0]
    assert (raised(who, {who: family}) == {"family": {"purpose": "night-control"}}) == asked


def test_the_page_says_its_rules_and_leads_to_the_entries_and_looking_is_on_record():
    who = a_person("ward-duty", a_ward())
    now = datetime.now(UTC)
    for day in range(SAME):
        read(f"person:{who.pk}", at=now - timedelta(days=day, minutes=1), subject="stay:often")
    inspector = a_person("inspector", PROVINCE)
    page = browser_of(inspector).get("/inspection/questions/").content.decode()
    assert "không phải điểm số" in page and "Việc gì cần đến?" not in page.split("Các quy tắc")[0]
    assert f"/inspection/?actor=person%3A{who.pk}&amp;subject=stay%3Aoften" in page and "Vụ việc nào?" in page
    assert entries(actor=f"person:{inspector.pk}", subject="audit:questions")


def test_a_question_about_a_day_leads_to_the_entries_of_that_day():
    question = Question("night", "person:1", NIGHT, {})
    assert _where(question) == "/inspection/?actor=person%3A1&since=13%2F03%2F2024&until=13%2F03%2F2024"


def entries(**wanted):
    with acting(grant(actor("inspector", PROVINCE), "audit.read", Target(province=PROVINCE))):
        return list(Entry.objects.filter(**wanted))


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


@pytest.mark.parametrize("role", ["ward-chief", "province-residence"])
def test_nobody_but_an_inspector_asks(role):
    browser = browser_of(a_person(role, a_ward() if role.startswith("ward") else PROVINCE))
    assert browser.get("/inspection/questions/").status_code == browser.get("/inspection/people/").status_code == 403
