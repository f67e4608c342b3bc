"""A key that stays open for reading: in one session of one browser, for half an hour, not in a copied database."""

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import RequestFactory

from hamrong.access.walls import acting
from hamrong.kernel.seal.aead import new_key
from hamrong.sealed import unlocked
from hamrong.sealed.actions import keys
from tests.entrances import browser_of
from tests.sealed.room import PASSPHRASE, an_officer, now


def asking(client):
    """A request of this browser, as a page gets it."""
    request = RequestFactory().get("/")
    request.COOKIES = {name: each.value for name, each in client.cookies.items()}
    request.session = client.session
    return request


def opened(officer, client):
    by = officer.may("sealed.key")
    with acting(by):
        return unlocked.find(asking(client), by)


def test_it_is_opened_used_and_closed():
    officer = an_officer()
    client = browser_of(officer.person)
    assert opened(officer, client) is None
    wrong = client.post("/niem-phong/khoa/mo", {"password": "không phải câu này đâu"})
    assert "không đúng" in wrong.content.decode() and unlocked.COOKIE not in client.cookies
    done = client.post("/niem-phong/khoa/mo?next=/niem-phong/cua-toi/", {"password": PASSPHRASE})
    assert done["Location"] == "/niem-phong/cua-toi/"
    assert opened(officer, client).seed == officer.ring().seed
    cookie = client.cookies[unlocked.COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Strict" and cookie["max-age"] == 1800
    assert "đang mở" in client.get("/niem-phong/khoa/").content.decode()
    client.post("/niem-phong/khoa/dong")
    client.cookies[unlocked.COOKIE] = cookie.value
    assert opened(officer, client) is None


def test_another_site_is_no_place_to_go_back_to():
    officer = an_officer()
    done = browser_of(officer.person).post("/niem-phong/khoa/mo?next=https://example.org/", {"password": PASSPHRASE})
    assert done["Location"] == "/niem-phong/khoa/"


def test_the_cookie_is_worth_nothing_in_another_session_or_for_another_person():
    officer, other = an_officer(), an_officer()
    client, elsewhere, stranger = (browser_of(each.person) for each in (officer, officer, other))
    client.post("/niem-phong/khoa/mo", {"password": PASSPHRASE})
    for thief, who in ((elsewhere, officer), (stranger, other)):
        thief.cookies[unlocked.COOKIE] = client.cookies[unlocked.COOKIE].value
        assert opened(who, thief) is None


def test_what_the_database_holds_does_not_open_without_the_browser(admin_connection):
    officer = an_officer()
    client = browser_of(officer.person)
    client.post("/niem-phong/khoa/mo", {"password": PASSPHRASE})
    rows = admin_connection.execute(
        "select cache_key || value from site_cache where cache_key like '%ring:%'"
    ).fetchall()
    assert rows
    seed = officer.ring().seed
    held = " ".join(row for (row,) in rows) + " ".join(each.session_data for each in Session.objects.all())
    for form in (seed.hex(), client.cookies[unlocked.COOKIE].value):
        assert form not in held
    client.cookies[unlocked.COOKIE] = "A" * 44
    assert opened(officer, client) is None
    assert cache.get(unlocked._name(new_key())) is None


def test_a_key_that_was_given_up_is_not_open_any_more():
    officer = an_officer()
    client = browser_of(officer.person)
    client.post("/niem-phong/khoa/mo", {"password": PASSPHRASE})
    keys.give_up(by=officer.may("sealed.key"), at=now())
    assert opened(officer, client) is None
