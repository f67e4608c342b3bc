"""Guessing is slowed down, and cannot be used to lock a victim out of her own device."""

import secrets
import threading

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from hamrong.accounts import throttle
from hamrong.audit.models import Entry
from tests.entrances import PASSWORD, a_person, an_app, browser, code
from tests.world import an_establishment

LOGIN = "/accounts/login/"


def a_bucket(tickets: int = 3) -> throttle.Bucket:
    return throttle.Bucket(secrets.token_hex(8), tickets)


def test_a_bucket_has_so_many_tickets_and_a_right_answer_gives_its_own_back():
    bucket = a_bucket(3)
    tries = [throttle.take([bucket]) for _ in range(3)]
    assert all(isinstance(one, throttle.Try) for one in tries)
    assert throttle.take([bucket]) == throttle.TooMany(bucket.name, first=True)
    assert throttle.take([bucket]) == throttle.TooMany(bucket.name, first=False)
    tries[0].was_right()
    assert isinstance(throttle.take([bucket]), throttle.Try)
    assert isinstance(throttle.take([bucket]), throttle.TooMany)


def test_no_ticket_is_taken_from_one_bucket_when_another_is_empty():
    full, empty = a_bucket(2), a_bucket(0)
    assert isinstance(throttle.take([full, empty]), throttle.TooMany)
    assert isinstance(throttle.take([full]), throttle.Try)
    assert isinstance(throttle.take([full]), throttle.Try)


def test_tries_at_the_same_moment_never_share_a_ticket():
    bucket, got = a_bucket(5), []

    def take():
        got.append(throttle.take([bucket]))
        connection.close()

    threads = [threading.Thread(target=take) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(one, throttle.Try) for one in got) == 5


def test_tickets_are_not_pushed_out_of_the_cache_by_others():
    bucket = a_bucket(1)
    throttle.take([bucket])
    cache.set_many({f"test:{secrets.token_hex(8)}": 1 for _ in range(400)}, 60)
    assert isinstance(throttle.take([bucket]), throttle.TooMany)


@pytest.fixture
def owner():
    return a_person("host-clerk", an_establishment().code, password=PASSWORD)


def guess(client, person, **more):
    return client.post(LOGIN, {"login": person.username, "password": secrets.token_hex(4)}, **more)


def slowed(person) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('role', 'hamrong_inspector', true)")
        return Entry.objects.filter(subject=f"person:{person.pk}", type="sign-in.slowed").count()


def test_a_thousand_strangers_do_not_lock_the_owner_out_of_her_own_device(owner):
    hers = browser()
    assert hers.post(LOGIN, {"login": owner.username, "password": PASSWORD}).status_code == 302
    hers.post("/accounts/logout/")
    answers = []
    for number in range(1000):
        address = f"10.{number % 200}.{number // 200}.7"
        answers.append(guess(browser(), owner, REMOTE_ADDR=address).status_code)
    assert answers.count(200) == 10, "ten guesses in a quarter of an hour, wherever they come from"
    assert answers.count(429) == 990
    assert slowed(owner) == 1, "the record is not flooded"
    stranger = browser().post(LOGIN, {"login": owner.username, "password": PASSWORD})
    assert stranger.status_code == 429 and stranger["Retry-After"] == "900"
    assert hers.post(LOGIN, {"login": owner.username, "password": PASSWORD}).status_code == 302


def test_her_own_device_does_not_guess_for_ever(owner):
    hers = browser()
    hers.post(LOGIN, {"login": owner.username, "password": PASSWORD})
    hers.post("/accounts/logout/")
    answers = [guess(hers, owner).status_code for _ in range(12)]
    assert answers == [200] * 10 + [429] * 2


def strangers_at(address: str) -> list[throttle.Try | throttle.TooMany]:
    """Thirty-one tries at thirty-one names from one address."""
    return [throttle.take(throttle.buckets("password", f"ten{number}", "", address)) for number in range(31)]


def test_one_address_does_not_try_every_name():
    tries = strangers_at(secrets.token_hex(8))
    assert [isinstance(one, throttle.Try) for one in tries] == [True] * 30 + [False]


def test_an_address_full_of_strangers_does_not_stop_a_known_device(owner):
    address = f"198.51.100.{secrets.randbelow(250)}"
    hers = browser(REMOTE_ADDR=address)
    hers.post(LOGIN, {"login": owner.username, "password": PASSWORD})
    hers.post("/accounts/logout/")
    strangers_at(address)
    assert guess(browser(REMOTE_ADDR=address), owner).status_code == 429
    assert hers.post(LOGIN, {"login": owner.username, "password": PASSWORD}).status_code == 302


def test_a_forged_device_cookie_is_a_stranger(owner):
    client = browser()
    client.cookies["hr_device"] = "eyJ4IjoieSJ9:1abcde:forged"
    assert [guess(client, owner).status_code for _ in range(11)][-1] == 429


def test_the_second_step_is_braked_too_and_apart_from_the_first(owner):
    secret, client = an_app(owner), browser()
    client.post(LOGIN, {"login": owner.username, "password": PASSWORD})
    answers = [client.post("/accounts/login/code/", {"code": "000000"}).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]
    assert client.post("/accounts/login/code/", {"code": code(secret)}).status_code == 429
