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
from hamrong.site.oddities import _where
from tests.entrances import a_person, browser_of
from tests.world import PROVINCE, a_ward, actor, grant

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


def raised_now(who):
    now = datetime.now(UTC)
    with acting(grant(actor("inspector", PROVINCE), "audit.read", Target(province=PROVINCE))):
        return [one for one in questions(now - timedelta(days=30), now, {}) if one.actor == f"person:{who.pk}"]


def asked_often(days=SAME):
    """Somebody who opened one stay on several days until a minute ago, and the question that this raises."""
    who, now = a_person("ward-duty", a_ward()), datetime.now(UTC)
    for day in range(days):
        read(f"person:{who.pk}", at=now - timedelta(days=day, minutes=1), subject=f"stay:often-{who.pk}")
    return who, raised_now(who)[0]


def test_a_question_is_answered_in_words_and_asked_again_when_the_same_thing_goes_on():
    who, question = asked_often()
    inspector = a_person("inspector", PROVINCE)
    browser, address = browser_of(inspector), f"/inspection/questions/{question.key}"
    assert "error-summary" in browser.post(address, {"found": "in-order", "words": ""}).content.decode()
    assert browser.post(address, {"words": "Đã hỏi"}).status_code == 200
    answered = browser.post(address, {"found": "in-order", "words": "Đã hỏi trưởng công an xã."})
    assert answered["Location"] == "/inspection/questions/"
    browser.post(address, {"found": "in-order", "words": "Đã hỏi trưởng công an xã."})  # the button, twice
    (entry,) = entries(type="audit.answer", subject=f"question:{question.key}")
    assert entry.actor == f"person:{inspector.pk}"
    page = browser.get(address).content.decode()
    assert "Đã hỏi trưởng công an xã." in page and inspector.full_name in page and "Ghi thêm" in page
    read(f"person:{who.pk}", at=datetime.now(UTC), subject=f"stay:often-{who.pk}")
    assert raised_now(who)[0].key == question.key
    assert "hãy hỏi lại" in browser.get(address).content.decode()


def test_nobody_answers_a_question_about_themselves():
    inspector, now = a_person("inspector", PROVINCE), datetime.now(UTC)
    for day in range(SAME):
        read(f"person:{inspector.pk}", at=now - timedelta(days=day, minutes=1), subject=f"stay:own-{inspector.pk}")
    address = f"/inspection/questions/{raised_now(inspector)[0].key}"
    page = browser_of(inspector).post(address, {"found": "in-order", "words": "Tôi có lý do."}).content.decode()
    assert "Câu hỏi này về chính bạn" in page and "Tôi có lý do." in page
    assert not entries(type="audit.answer", actor=f"person:{inspector.pk}")


def test_a_question_that_is_not_raised_has_no_page():
    browser = browser_of(a_person("inspector", PROVINCE))
    assert browser.get("/inspection/questions/0123456789abcdef01234567").status_code == 404


def test_the_page_says_its_rules_and_leads_to_the_entries_and_looking_is_on_record():
    who = a_person("ward-duty", a_ward())
    now = datetime.now(UTC)
    for day in range(SAME):
        read(f"person:{who.pk}", at=now - timedelta(days=day, minutes=1), subject="stay:often")
    inspector = a_person("inspector", PROVINCE)
    page = browser_of(inspector).get("/inspection/questions/").content.decode()
    assert "không phải điểm số" in page and "Việc gì cần đến?" not in page.split("Các quy tắc")[0]
    (one,) = [each for each in raised_now(who) if each.rule == "same"]
    assert f"/inspection/questions/{one.key}" in page and "Vụ việc nào?" in page
    shown = browser_of(inspector).get(f"/inspection/questions/{one.key}").content.decode()
    assert f"/inspection/?actor=person%3A{who.pk}&amp;subject=stay%3Aoften" in shown
    assert entries(actor=f"person:{inspector.pk}", subject="audit:questions")


def test_a_question_about_a_day_leads_to_the_entries_of_that_day():
    question = Question("night", "person:1", NIGHT, {}, NIGHT, "2024-03-13")
    assert _where(question) == "/inspection/?actor=person%3A1&since=13%2F03%2F2024&until=13%2F03%2F2024"


def entries(**wanted):
    with acting(grant(actor("inspector", PROVINCE), "audit.read", Target(province=PROVINCE))):
        return list(Entry.objects.filter(**wanted))


@pytest.mark.parametrize("role", ["ward-chief", "province-residence"])
def test_nobody_but_an_inspector_asks(role):
    browser = browser_of(a_person(role, a_ward() if role.startswith("ward") else PROVINCE))
    assert browser.get("/inspection/questions/").status_code == browser.get("/inspection/people/").status_code == 403
