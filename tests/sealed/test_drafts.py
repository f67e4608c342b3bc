"""Nothing typed on a sealed page is lost when the key closes or the session ends; nobody else reads it meanwhile."""

import pytest
from django.core.cache import cache
from django.db import connection

from hamrong.accounts import devices
from hamrong.sealed import drafts
from tests.entrances import browser, browser_of
from tests.petitions.senders import sent
from tests.sealed.room import PASSPHRASE, an_officer, chief, holders

LETTER = "Chúng tôi đã nhận được đơn và sẽ hẹn gặp ông bà ở nơi khác."
CLOSED = "Chữ bạn gõ còn nguyên"


@pytest.fixture
def place():
    holders(), chief()
    petition, _code = sent(kind="denunciation")
    return f"/niem-phong/noi-dung/{petition.pk}/"


def opened(client, place: str):
    client.post(f"/niem-phong/khoa/mo?next={place}", {"password": PASSPHRASE})
    return client.get(place).content.decode()


def test_a_letter_sent_after_the_key_closed_comes_back_when_it_is_open_again_and_goes_once_sent(place):
    client = browser_of(chief().person)
    answer = client.post(place, {"text": LETTER})
    assert answer.status_code == 302 and answer["Location"].startswith("/niem-phong/khoa/mo")
    page = client.get(answer["Location"]).content.decode()
    assert CLOSED in page and LETTER not in page
    page = opened(client, place)
    assert LETTER in page and "Chữ bạn gõ trước khi khóa đóng" in page
    assert client.post(place, {"text": LETTER}).status_code == 302
    page = client.get(place).content.decode()
    assert "Chữ bạn gõ trước khi khóa đóng" not in page and page.count(LETTER) == 1, "the letter that was sent"


def test_a_letter_sent_after_the_session_ended_comes_back_too(place):
    client = browser()
    client.cookies[devices.COOKIE] = devices.remembering("", chief().person.username)
    answer = client.post(place, {"text": LETTER})
    assert answer["Location"].startswith("/accounts/login/")
    assert LETTER in opened(browser_of(chief().person), place)
    assert LETTER not in opened(browser_of(an_officer().person), place)


def test_what_is_kept_opens_with_nothing_that_the_server_has(place):
    browser_of(chief().person).post(place, {"text": LETTER})
    assert drafts.waits(chief().id, place)
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(cache_key || value, '') from site_cache")
        (lies,) = cursor.fetchone()
    assert LETTER not in lies and place not in lies
    assert drafts.take(chief().ring(), place) == {"text": [LETTER]}
    assert drafts.take(an_officer().ring(), place) == {}
    cache.clear()


def test_a_passphrase_is_never_kept_and_a_stranger_keeps_nothing(place):
    client = browser_of(chief().person)
    client.post(place, {"text": LETTER, "password": PASSPHRASE})
    assert "password" not in drafts.take(chief().ring(), place)
    browser().post(place, {"text": "Của ai đó"})
    assert drafts.take(chief().ring(), place) == {"text": [LETTER]}
