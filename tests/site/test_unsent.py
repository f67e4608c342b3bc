"""Nothing typed is lost: not by a session that ended, not by Back, reload, another tab or another language."""

import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from hamrong.accounts import devices
from tests import world
from tests.entrances import a_person, browser, browser_of
from tests.lodging.hosts import an_open_place, client_of, typed

WINDOW = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def place():
    return an_open_place(rooms=2)


@pytest.fixture
def host(place):
    return world.a_host(place)


def new(place):
    return f"/lodging/{place.code}/guests/new"


def remembered(person, client=None):
    """A browser in which the person has signed in before, and whose session is over."""
    client = client or browser()
    client.cookies[devices.COOKIE] = devices.remembering("", person.username)
    return client


def kept_address(answer):
    """Where a page of signing in leads to afterwards."""
    return client_of().get(answer["Location"]).wsgi_request.GET["next"]


def text(answer):
    return answer.content.decode()


def test_a_form_sent_after_the_session_ended_comes_back_filled_in_for_the_same_person(place, host):
    client = remembered(host)
    answer = client.post(new(place), typed(do="check", full_name="Hồ Thị Đêm", room="102"))
    assert answer["Location"].startswith("/accounts/login/")
    client.force_login(host)
    page = text(client.get(kept_address(answer)))
    assert 'value="Hồ Thị Đêm"' in page and 'value="102"' in page
    assert "chưa gửi" in page


def test_nobody_else_sees_it(place, host):
    answer = remembered(host).post(new(place), typed(full_name="Hồ Thị Kín"))
    other = client_of(world.a_host(place))
    assert "Hồ Thị Kín" not in text(other.get(kept_address(answer)))
    assert "Hồ Thị Kín" not in text(client_of().get(kept_address(answer), follow=True))


def test_a_browser_that_nobody_signed_in_with_keeps_nothing(place):
    assert "kept" not in browser().post(new(place), typed())["Location"]


def test_a_form_of_an_address_without_a_page_waits_to_be_sent_once_more(place, host):
    client = remembered(host)
    address = f"/lodging/{place.code}/drafts"
    answer = client.post(address, typed(full_name="Hồ Thị Nháp"))
    client.force_login(host)
    page = text(client.get(kept_address(answer)))
    assert f'action="{address}"' in page and 'name="full_name" value="Hồ Thị Nháp"' in page


def test_a_password_is_never_kept(place, host):
    answer = remembered(host).post(new(place), {"password1": "x", "full_name": "A"})
    assert "kept" not in answer["Location"]


def test_what_is_kept_is_sealed(place, host, admin_connection):
    remembered(host).post(new(place), typed(full_name="HO THI RO"))
    rows = admin_connection.execute("select value from site_cache where cache_key like '%kept:%'").fetchall()
    assert rows and not any("HO THI RO" in value for (value,) in rows)


def test_a_wrong_form_has_an_address_that_reload_and_back_show_again(place, host):
    client = client_of(host)
    answer = client.post(new(place), typed(do="check", full_name="", room="Phòng mười"), headers=WINDOW)
    assert answer.status_code == 303
    first, second = client.get(answer["Location"]), client.get(answer["Location"])
    assert text(first) == text(second)
    assert 'value="Phòng mười"' in text(first) and "error-summary" in text(first)
    assert first["Cache-Control"] == "no-store, private"


def test_answers_to_check_have_an_address_too_and_sending_them_ends_it(place, host):
    client = client_of(host)
    given = typed(do="check", full_name="Hồ Thị Kiểm")
    shown = client.post(new(place), given, headers=WINDOW)["Location"]
    assert "Gửi thông báo" in text(client.get(shown))
    assert shown in text(client.get(new(place))).replace("&amp;", "&")
    sent = client.post(new(place), {**given, "do": "notify"}, headers=WINDOW)
    assert "/receipts/" in sent["Location"]
    assert "kept=" not in text(client.get(new(place)))


def test_in_another_language_the_form_is_filled_in_again(place, host):
    client = client_of(host)
    shown = client.post(new(place), typed(do="check", full_name="", room="777"), headers=WINDOW)["Location"]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = text(client.get(shown))
    assert '<html lang="en"' in page and 'value="777"' in page


def test_without_scripts_the_forms_of_a_guest_and_of_a_key_keep_what_was_typed_in_another_language(place, host):
    client, keys = client_of(host), f"/lodging/{place.code}/keys"
    for there, given in ((new(place), {"room": "777"}), (keys, {"label": "Phần mềm lễ tân", "once": "x"})):
        assert f'formaction="{there}"' in text(client.get(there))
        shown = text(client.post(there, {**given, "language": "en"}))
        assert next(iter(given.values())) in shown and '<html lang="en"' in shown and "error-summary" not in shown
        client.cookies.pop(settings.LANGUAGE_COOKIE_NAME)


def test_a_secret_that_is_shown_once_has_no_address(place, host):
    client = client_of(host)
    page = text(client.get(f"/lodging/{place.code}/keys"))
    once = re.search(r'name="once" value="([^"]+)"', page)[1]
    answer = client.post(f"/lodging/{place.code}/keys/new", {"once": once, "label": "thử"}, headers=WINDOW)
    assert answer.status_code == 200 and "hr_" in text(answer)


def test_a_form_from_before_another_sign_in_waits_on_the_page_loaded_anew(place, host):
    client = client_of(host)
    client.handler.enforce_csrf_checks = True
    answer = client.post(new(place), typed(full_name="Hồ Thị Thẻ"), headers=WINDOW)
    assert answer.status_code == 302
    assert 'value="Hồ Thị Thẻ"' in text(client.get(answer["Location"]))


def test_what_another_site_sends_is_not_kept(place, host):
    client = client_of(host)
    client.handler.enforce_csrf_checks = True
    answer = client.post(new(place), typed(), headers={**WINDOW, "Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_a_password_sent_from_an_old_page_is_asked_for_again():
    client = browser()
    client.handler.enforce_csrf_checks = True
    answer = client.post("/accounts/login/?next=/desk/", {"login": "a", "password": "b"}, headers=WINDOW)
    assert answer["Location"] == "/accounts/login/?next=/desk/"
    assert "Trang đã mở quá lâu" in text(client.get(answer["Location"]))


def test_nothing_of_a_sealed_address_is_kept(admin_connection):
    count = "select count(*) from site_cache where cache_key like %s"
    before = admin_connection.execute(count, ["%kept:%"]).fetchone()
    person = a_person("ward-chief", "14797")
    client = remembered(person)
    answer = client.post("/niem-phong/khoa/", {"reason": "Người tố giác"})
    assert "kept" not in answer["Location"]
    client = remembered(person, Client(enforce_csrf_checks=True, SERVER_NAME="localhost"))
    assert "kept" not in client.post("/to-cao/", {"name": "Người tố giác"}, headers=WINDOW).get("Location", "")
    signed = browser_of(person)
    answer = signed.post(f"/niem-phong/don/{uuid4()}/mo", {"reason": "Người tố giác"}, headers=WINDOW)
    assert "kept" not in answer.get("Location", "")
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert admin_connection.execute(count, ["%kept:%"]).fetchone() == before
