"""The pages of security keys by their forms: what a browser is told, what it sends, and that no page gives it back."""

import re
import secrets

import pytest
from django.test import override_settings

from hamrong.sealed.actions import keys
from hamrong.sealed.rings import Ring
from hamrong.sealed.touches import WANTED, Touch, read, written
from tests.entrances import browser_of
from tests.sealed.room import PASSPHRASE, Officer, an_officer, now

ADD, KEY, OPEN = "/niem-phong/khoa/bao-mat/them", "/niem-phong/khoa/", "/niem-phong/khoa/mo"
NEW = "sông Mã chảy về biển Đông"


def text_of(response) -> str:
    return response.content.decode()


def sent(touch: Touch) -> str:
    return ".".join(written(each) for each in (touch.credential, touch.answer, touch.other) if each)


def a_touch() -> Touch:
    return Touch(secrets.token_bytes(20), secrets.token_bytes(32))


def add(client, name="Chùm chìa khóa", old=None, **changes):
    """(the answer, what the new token answered)."""
    touch = a_touch()
    salt = re.search(r'name="password_salt" value="([\w-]+)"', text_of(client.get(ADD))).group(1)
    told = {"name": name, "password_salt": salt, "password_new_token": sent(touch), "password": PASSPHRASE}
    if old:
        told["password_token"] = sent(old)
    return client.post(ADD, {**told, **changes}, follow=True), touch


@pytest.fixture
def officer() -> Officer:
    return an_officer()


@pytest.fixture
def mine(officer):
    client = browser_of(officer.person)
    client.defaults["HTTP_HOST"] = "localhost"
    return client


def test_a_token_is_added_and_told_to_the_script_and_shown_by_name(officer, mine):
    page = text_of(mine.get(KEY))
    assert "hiện mở bằng câu mật khẩu" in page and "Nếu mất mọi khóa bảo mật" in page
    answer, touch = add(mine)
    page = text_of(answer)
    assert "Đã thêm khóa bảo mật" in page and "Câu mật khẩu và khóa bảo mật" in page and "mới có một" in page
    told = mine.get("/niem-phong/khoa/bao-mat").json()["tokens"]
    assert [(each["host"], read(each["id"])) for each in told] == [("localhost", touch.credential)]


def test_what_is_wrong_is_told_and_the_answer_of_the_token_is_on_no_page(officer, mine):
    for changes, said in (
        ({"password": NEW}, "Câu mật khẩu không đúng"), ({"name": ""}, "Tên để nhận ra"),
        ({"password_new_token": ""}, "Chưa có khóa bảo mật"),
        ({"password_new_token": "AAAA.BBBB"}, "Chưa có khóa bảo mật"),
        ({"password_salt": "AAAA"}, "Chưa có khóa bảo mật"),
    ):  # fmt: skip
        answer, touch = add(mine, **changes)
        page = text_of(answer)
        assert said in page and written(touch.answer) not in page and sent(touch) not in page, changes
    assert isinstance(keys.unlock(by=officer.may("sealed.key"), passphrase=PASSPHRASE, at=now()), Ring)


def test_what_was_made_stays_so_that_it_is_not_made_twice(mine):
    answer, _touch = add(mine, password=NEW, password_made="abc_-9")
    assert 'name="password_made" value="abc_-9"' in text_of(answer)


def test_a_key_with_a_token_opens_with_both_and_says_what_is_missing(mine):
    _answer, touch = add(mine)
    page = text_of(mine.post(OPEN, {"password": PASSPHRASE}))
    assert "Khóa này cần cả khóa bảo mật" in page and "Bật JavaScript" in page
    stranger = {"password": PASSPHRASE, "password_token": sent(a_touch())}
    assert "không thuộc khóa niêm phong" in text_of(mine.post(OPEN, stranger))
    assert mine.post(OPEN, {"password": PASSPHRASE, "password_token": sent(touch)}).status_code == 302


def test_passphrase_and_key_are_changed_with_the_token(officer, mine):
    _answer, touch = add(mine)
    _answer, spare = add(mine, "Trong két", old=touch)
    changed = {"password": PASSPHRASE, "password_new": NEW, "password_again": NEW}
    assert "cần cả khóa bảo mật" in text_of(mine.post("/niem-phong/khoa/cau-mat-khau", changed))
    done = mine.post("/niem-phong/khoa/cau-mat-khau", {**changed, "password_token": sent(spare)})
    assert done.status_code == 302
    page = text_of(mine.get("/niem-phong/khoa/doi"))
    assert "Khóa dự phòng phải thêm lại" in page
    both = Touch(touch.credential, touch.answer, secrets.token_bytes(32))
    rotated = {
        "password": NEW, "password_new": PASSPHRASE, "password_again": PASSPHRASE, "password_token": sent(both),
        "password_salt": written(secrets.token_bytes(32)),
    }  # fmt: skip
    assert "thêm lại khóa dự phòng" in text_of(mine.post("/niem-phong/khoa/doi", rotated, follow=True))
    opened = Touch(touch.credential, both.other)
    by = officer.may("sealed.key")
    assert isinstance(keys.unlock(by=by, passphrase=PASSPHRASE, touch=opened, at=now()), Ring)


def test_the_last_token_goes_with_a_tick_and_a_stranger_finds_no_page(officer, mine):
    _answer, touch = add(mine)
    place = re.search(r'href="(/niem-phong/khoa/bao-mat/[\w-]+/bo)"', text_of(mine.get(KEY))).group(1)
    told = {"password": PASSPHRASE, "password_token": sent(touch)}
    assert "Đây là khóa bảo mật cuối cùng" in text_of(mine.post(place, told))
    assert keys.unlock(by=officer.may("sealed.key"), passphrase=PASSPHRASE, at=now()) == WANTED
    assert browser_of(an_officer().person).get(place).status_code == 404
    assert "Đã bỏ khóa bảo mật" in text_of(mine.post(place, {**told, "alone": "on"}, follow=True))
    assert isinstance(keys.unlock(by=officer.may("sealed.key"), passphrase=PASSPHRASE, at=now()), Ring)


@override_settings(ALLOWED_HOSTS=["*"])
@pytest.mark.parametrize(
    ("host", "named"), [("127.0.0.1:8000", "http://localhost:8000/niem-phong/khoa/"), ("10.1.2.3", "tên miền")]
)
def test_an_address_of_numbers_says_that_it_takes_no_token(mine, host, named):
    for place in (KEY, ADD):
        page = text_of(mine.get(place, headers={"host": host}))
        assert "Không thêm được khóa bảo mật ở địa chỉ" in page and named in page


def test_whoever_has_no_key_is_sent_to_make_one():
    keyless = browser_of(an_officer(key=False).person)
    assert keyless.get(ADD)["Location"] == KEY
    assert keyless.get("/niem-phong/khoa/bao-mat").json() == {"tokens": []}
