"""The officers' pages through the real gate: what they show, what they ask first, and whose rows never appear."""

import re
import secrets
from datetime import timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone

from hamrong.access import actions as access_actions
from hamrong.access.web import ENROLLED
from hamrong.law import VIETNAM
from hamrong.lodging.nights import night_of
from hamrong.site.demo.people import demo_grant
from tests.entrances import a_number
from tests.world import a_notification, an_establishment

OURS, THEIRS = "16531", "16516"


def an_officer(role="ward-duty", scope=OURS):
    """A client of an officer who signed in with both factors."""
    now = timezone.now()
    person = access_actions.create_person(
        by=demo_grant("person.create"),
        username=f"officer.{secrets.token_hex(4)}",
        full_name="Cán bộ Thử",
        password="mat khau rat dai 1",
        at=now,
        service_number=a_number(),
    )
    access_actions.appoint(
        by=demo_grant("post.appoint"),
        person=person,
        role=role,
        scope=scope,
        starts_on=now.date(),
        ordered_by="QĐ 1",
        at=now,
    )
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else "localhost"})
    client.force_login(person)
    session = client.session
    session[ENROLLED] = str(person.pk)
    session.save()
    return client


def a_guest_tonight(place, name="Đặng Thị Ngần", **changes):
    now = timezone.now().astimezone(VIETNAM)
    facts = {
        "full_name": name,
        "arrival_at": now.isoformat(),
        "planned_departure_at": (now + timedelta(hours=11)).isoformat(),
    }
    return a_notification(place, at=now, **{**facts, **changes})


def text(response):
    return response.content.decode()


def entries(connection, act, subject):
    """The purposes of the entries of an act about a subject, as the record has them."""
    found = connection.execute("select purpose from audit_entry where type = %s and subject = %s", [act, subject])
    return [purpose for (purpose,) in found]


def night():
    return night_of(timezone.now())


def asked(client, ward=OURS, **what):
    """Ask a search; the address of its results, or the page that says what is missing."""
    today = f"{night():%d/%m/%Y}"
    given = {"purpose": "investigation", "case_ref": "VV-2026-1", "first": today, "last": today, **what}
    return client.post(f"/desk/{ward}/search/", given)


def test_the_board_puts_the_silent_first_and_never_calls_a_place_with_rooms_exempt():
    silent = an_establishment(ward=OURS, name=f"Nhà nghỉ Im Lặng {secrets.token_hex(2)}")
    busy = an_establishment(ward=OURS, name=f"Nhà nghỉ Đông Khách {secrets.token_hex(2)}")
    a_guest_tonight(busy)
    page = text(an_officer().get(f"/desk/{OURS}/"))
    assert page.index(silent.name) < page.index(busy.name)
    row = page[page.index(silent.name) :][:900]
    assert "Không có phòng" not in row and ("Chưa thông báo" in row or "Còn trong hạn" in row)


def test_filters_of_the_board_live_in_its_address():
    place = an_establishment(ward=OURS, name=f"Nhà nghỉ Bờ Đá {secrets.token_hex(2)}")
    other = an_establishment(ward=OURS, name=f"Khách sạn Xa Xôi {secrets.token_hex(2)}")
    page = text(an_officer().get(f"/desk/{OURS}/", {"q": place.name}))
    assert place.name in page and other.name not in page
    assert an_officer().get(f"/desk/{OURS}/", {"view": "street"}).status_code == 200
    assert an_officer().get(f"/desk/{OURS}/sheet").status_code == 200


def test_a_call_is_noted_and_shown(admin_connection):
    place, client = an_establishment(ward=OURS), an_officer()
    client.post(f"/desk/{OURS}/calls/{place.code}", {"way": "reached", "note": "Hẹn báo trước 22:30"})
    assert "Hẹn báo trước 22:30" in text(client.get(f"/desk/{OURS}/calls/"))
    assert entries(admin_connection, "place.call", f"establishment:{place.code}")


def test_another_wards_desk_is_refused_and_explained():
    client = an_officer()
    for path in ("", "calls/", "stays/", "departures/", "places/", "search/", "assist/", "sheet", "stays/export"):
        answer = client.get(f"/desk/{THEIRS}/{path}")
        assert answer.status_code == 403, path
    assert client.get("/province/").status_code == 403


def test_guests_of_another_ward_appear_on_no_page():
    theirs = an_establishment(ward=THEIRS)
    taken = a_guest_tonight(theirs, "Quách Thị Kín")
    client = an_officer()
    assert theirs.name not in text(client.get(f"/desk/{OURS}/"))
    assert "Quách Thị Kín" not in text(client.get(f"/desk/{OURS}/stays/"))
    assert client.get(f"/desk/{OURS}/stays/{night()}/{taken.stay}/").status_code == 404
    assert client.get(f"/desk/{OURS}/places/{theirs.code}/").status_code == 404
    results = client.get(asked(client, name="quach thi kin").headers["Location"])
    assert "Quách Thị Kín" not in text(results)


def test_reading_a_nights_guests_is_on_record_with_its_number_of_rows(admin_connection):
    place = an_establishment(ward=OURS)
    a_guest_tonight(place)
    page = text(an_officer().get(f"/desk/{OURS}/stays/", {"place": place.code}))
    assert "Đặng Thị Ngần" in page
    assert entries(admin_connection, "stay.list", f"establishment:{place.code}") == ["night-control"]


def test_a_search_is_not_asked_without_purpose_case_or_something_to_look_for():
    client = an_officer()
    assert "Location" not in asked(client, purpose="").headers
    assert "Hãy ghi số vụ việc" in text(asked(client, case_ref="", name="tran van"))
    assert "Hãy ghi ít nhất một điều" in text(asked(client, name="a"))
    assert "khoảng đêm" in text(asked(client, name="tran van", first="", last=""))


def test_a_number_is_masked_until_it_is_opened_and_is_in_no_address():
    place, client = an_establishment(ward=OURS), an_officer()
    a_guest_tonight(place, "Lục Văn Mật")
    found = client.get(asked(client, name="luc van mat").headers["Location"])
    address = re.search(rf'href="(/desk/{OURS}/search/[^"]+/{night()}/[^"]+)"', text(found))
    assert address
    shown = client.get(address[1])
    assert not re.search(r"\b038\d{9}\b", text(shown))
    opened = client.post(address[1])
    number = re.search(r"\b038\d{9}\b", text(opened))
    assert number
    by_number = asked(client, document=number[0], name="", first="", last="")
    assert number[0] not in by_number.headers["Location"]
    assert "Lục Văn Mật" in text(client.get(by_number.headers["Location"]))
    assert number[0] not in str(dict(client.session.items()))


def test_every_search_and_every_opening_is_on_record_with_its_purpose(admin_connection):
    client = an_officer()
    address = asked(client, name="tran van khach").headers["Location"]
    client.get(address)
    identifier = address.rstrip("/").rsplit("/", 1)[1]
    assert entries(admin_connection, "stay.search", f"search:{identifier}") == ["investigation"]


def test_a_search_of_somebody_else_does_not_open():
    address = asked(an_officer(), name="tran van khach").headers["Location"]
    assert an_officer().get(address).status_code == 404


def test_an_export_is_on_record_and_its_cells_are_harmless(admin_connection):
    place, client = an_establishment(ward=OURS), an_officer()
    a_guest_tonight(place, "Tô Văn Xuất", room="=1+1")
    day = f"{night():%d/%m/%Y}"
    address = f"/desk/{OURS}/stays/export?place={place.code}&night={day}"
    assert client.post(address, {"format": "csv"}).status_code == 200  # the form again: no purpose, no file
    answer = client.post(address, {"purpose": "night-control", "format": "csv"})
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "Tô Văn Xuất" in content and "'=1+1" in content and not re.search(r"\b038\d{9}\b", content)
    assert entries(admin_connection, "stay.export", f"night:{OURS}:{night()}")
    book = client.post(address, {"purpose": "night-control", "format": "xlsx"})
    assert b"".join(book.streaming_content)[:2] == b"PK"


def test_the_province_sees_wards_and_a_leader_sees_numbers_only():
    officer, leader = an_officer("province-residence", "38"), an_officer("province-leader", "38")
    for path in ("/province/", "/province/discipline/", "/province/search/", "/province/outage", f"/desk/{OURS}/"):
        assert officer.get(path).status_code == 200, path
    assert leader.get("/province/").status_code == 200
    assert leader.get(f"/desk/{OURS}/").status_code == 403
    assert leader.get("/province/search/").status_code == 403
