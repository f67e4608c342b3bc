"""What a changed law or calendar would move: told to whoever signs, shown beside the date that stands, and at night."""

import re
from datetime import timedelta

from procrastinate.contrib.django import app

from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases.models import Case, Clock
from hamrong.casework import jobs
from hamrong.casework.pages import orders
from hamrong.law import VIETNAM
from tests.casework.test_pages import a_case, duty, now
from tests.entrances import a_person, browser_of
from tests.petitions.way import by
from tests.world import PROVINCE

HREF = 'href="/ho-so/tinh-lai/"'


def reckoned_before(case: Case) -> Clock:
    """The clock of a case as it would stand had the calendar been another one when it started."""
    with acting(by("complaint.accept", "ward-duty")) as grant:
        clock = Clock.objects.get(case=case, rule="kn.accept")
        clock.legal, clock.calendar = clock.legal + timedelta(days=2), "0" * 16
        clock.save()
        enter(grant, subject="test", at=now())
    return clock


def leader():
    return browser_of(a_person("province-leader", PROVINCE))


def first_pages_of(client) -> list[str]:
    return [client.get(address, follow=True).content.decode() for address in ("/ho-so/", "/board/")]


def test_the_date_that_stands_is_shown_with_what_today_would_make_of_it():
    case = a_case(days=3)
    plain = duty().get(f"/ho-so/{case.pk}/").content.decode()
    clock = reckoned_before(case)
    page = duty().get(f"/ho-so/{case.pk}/").content.decode()
    last = clock.legal - timedelta(seconds=1)
    assert "Luật hoặc lịch đã đổi" in page and "Luật hoặc lịch đã đổi" not in plain
    assert f"<strong>{last.astimezone(VIETNAM):%d/%m/%Y}</strong>" in page


def test_the_leader_of_the_province_is_told_and_nobody_else():
    reckoned_before(a_case(days=3))
    told = "tính theo luật hoặc lịch trước đây"
    assert all(told in page and HREF in page for page in first_pages_of(leader()))
    assert told not in duty().get("/ho-so/").content.decode()


def test_who_comes_second_is_told_that_the_list_changed_although_nothing_is_left():
    reckoned_before(a_case(days=3))
    first, second = leader(), leader()
    seal = re.search(r'name="seal" value="(\w+)"', second.get("/ho-so/tinh-lai/").text)[1]
    assert first.post("/ho-so/tinh-lai/", {"seal": seal, "document": "01/QĐ"}).status_code == 302
    assert (
        "Danh sách vừa thay đổi"
        in second.post("/ho-so/tinh-lai/", {"seal": seal, "document": "02/QĐ"}, follow=True).text
    )


def test_where_only_the_strict_reading_moves_both_of_its_days_are_shown():
    case = a_case(days=3)
    with acting(by("complaint.accept", "ward-duty")) as grant:
        clock = Clock.objects.get(case=case, rule="kn.accept")
        clock.strict = clock.strict - timedelta(days=1)
        clock.save()
        enter(grant, subject="test", at=now())
    assert leader().get("/ho-so/tinh-lai/").text.count("nhắc theo ngày") >= 2


def test_a_list_that_is_longer_than_the_page_is_signed_whole_and_its_file_has_all_of_it(monkeypatch):
    monkeypatch.setattr(orders, "SHOWN", 1)
    cases = [a_case(days=3) for _ in range(3)]
    for case in cases:
        reckoned_before(case)
    client, here = leader(), "/ho-so/tinh-lai/"
    page = client.get(here).text
    assert sum(case.code in page for case in cases) <= 1 and "Chữ ký là cho cả" in page
    told = client.get(f"{here}?format=csv").content.decode("utf-8-sig")
    assert all(case.code in told for case in cases) and "Nhắc, mới" in told
    assert client.get(f"{here}?format=xlsx").content.startswith(b"PK")
    seal = re.search(r'name="seal" value="(\w+)"', page)[1]
    assert client.post(here, {"seal": seal, "document": "03/QĐ"}).status_code == 302
    assert not any(case.code in client.get(f"{here}?format=csv").text for case in cases)


def test_every_night_all_clocks_are_reckoned_and_those_that_would_move_are_told(caplog):
    case = a_case(days=3)
    clock = reckoned_before(case)
    assert jobs.confirm_clocks.name in app.tasks
    assert any(task.task.name == jobs.confirm_clocks.name for task in app.periodic_registry.periodic_tasks.values())
    jobs.confirm_clocks(0)
    assert "would move" in caplog.text
    with acting(by("complaint.accept", "ward-duty")):
        after = Clock.objects.get(pk=clock.pk)
    assert (after.legal, after.calendar) == (clock.legal, clock.calendar)
