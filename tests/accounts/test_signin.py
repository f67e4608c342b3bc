"""Signing in: by name and password, with the second step where a post demands it; every step on record."""

import re
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from django.test import Client

from hamrong.access import actions
from hamrong.access.signins import standing
from hamrong.accounts import devices
from hamrong.accounts.factors import factors_of
from hamrong.audit.models import Entry
from tests.entrances import PASSWORD, a_person, an_app, as_operator, browser, browser_of, code
from tests.world import NOW, a_ward, an_establishment

LOGIN = "/accounts/login/"


def sign_in(client: Client, person, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": person.username, "password": password, **more})


def acts_about(person) -> list[str]:
    """The acts of the record about a person's account, the oldest first, without those of this test's own set-up."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('role', 'hamrong_inspector', true)")
        entries = Entry.objects.filter(subject=f"person:{person.pk}").exclude(actor="system:command-line")
        return list(entries.order_by("at", "id").values_list("type", flat=True))


def secret_of(page) -> str:
    """The secret that the page of a new app offers for typing it in."""
    (secret,) = set(re.findall(r"\b[A-Z2-7]{32}\b", page.content.decode()))
    return secret


def path(response) -> str:
    return urlsplit(response["Location"]).path


@pytest.fixture
def host():
    return a_person("host-clerk", an_establishment().code, password=PASSWORD)


@pytest.fixture
def officer():
    return a_person("ward-duty", a_ward(), password=PASSWORD)


def test_a_clerk_signs_in_with_a_password(host):
    client = browser()
    response = sign_in(client, host)
    assert path(response) == "/desk/"
    assert standing(response.wsgi_request.user).person == host.pk
    assert acts_about(host) == ["sign-in"]


def test_a_user_name_is_taken_in_any_case(host):
    assert sign_in(browser(), host, login=host.username.upper()).status_code == 302


def test_a_wrong_password_says_nothing_about_which_was_wrong(host):
    wrong = sign_in(browser(), host, "khong-phai-mat-khau")
    unknown = browser().post(LOGIN, {"login": "khong.co.ai", "password": "khong-phai-mat-khau"})
    assert wrong.status_code == unknown.status_code == 200
    for page in (wrong, unknown):
        assert "Tên đăng nhập hoặc mật khẩu không đúng." in page.content.decode()
    assert acts_about(host) == ["sign-in.failed"]


def test_what_was_typed_as_a_name_is_not_kept():
    typed = "mat-khau-go-nham-vao-o-ten"
    browser().post(LOGIN, {"login": typed, "password": "x"})
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('role', 'hamrong_inspector', true)")
        cursor.execute("select count(*) from audit_entry e join audit_detail d on d.entry_id = e.id "
                       "where e::text like %s or d.details like %s", [f"%{typed}%", f"%{typed}%"])  # fmt: skip
        assert cursor.fetchone() == (0,)


def test_a_suspended_person_does_not_get_in_and_is_told(host):
    actions.suspend_person(by=as_operator("person.suspend"), person=host, active=False, reason="thử", at=NOW)
    response = sign_in(browser(), host)
    assert path(response) == "/accounts/locked/"
    assert "bị khóa" in browser().get("/accounts/locked/").content.decode()


def test_suspending_ends_a_session_that_is_open(host):
    client = browser_of(host)
    assert client.get("/accounts/").status_code == 200
    actions.suspend_person(by=as_operator("person.suspend"), person=host, active=False, reason="thử", at=NOW)
    assert path(client.get("/accounts/")) == LOGIN


def test_an_officer_without_a_second_factor_is_led_to_add_one_and_nowhere_else(officer):
    client = browser()
    assert path(sign_in(client, officer)) == "/desk/"
    response = client.get("/desk/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/accounts/second-factor/")
    assert "bước xác thực thứ hai" in response.content.decode()
    assert client.get("/accounts/").status_code == 200


def test_an_officer_adds_an_app_right_after_signing_in_and_is_not_asked_again(officer):
    client = browser()
    sign_in(client, officer)
    secret = secret_of(client.get("/accounts/app/"))
    done = client.post("/accounts/app/", {"code": code(secret)})
    assert path(done) == "/accounts/recovery-codes/"
    shown = client.get("/accounts/recovery-codes/").content.decode()
    assert shown.count("<code>") == 10
    assert client.get("/accounts/recovery-codes/").content.decode().count("<code>") == 0, "shown once"
    assert path(client.get("/accounts/second-factor/")) == "/desk/"
    assert acts_about(officer) == ["sign-in", "factor.add", "factor.add"]  # the app, and the recovery codes with it


def test_the_secret_of_an_app_is_sealed_in_the_database(officer):
    secret = an_app(officer)
    with connection.cursor() as cursor:
        cursor.execute("select data::text from mfa_authenticator where user_id = %s", [officer.pk])
        (stored,) = cursor.fetchone()
    assert secret not in stored


def test_an_officer_signs_in_in_two_steps(officer):
    secret, client = an_app(officer), browser()
    assert path(sign_in(client, officer)) == "/accounts/login/code/"
    assert path(client.get("/accounts/")) == LOGIN, "the password alone opens nothing"
    wrong = client.post("/accounts/login/code/", {"code": "000000"})
    assert wrong.status_code == 200 and "Mã không đúng" in wrong.content.decode()
    assert path(client.post("/accounts/login/code/", {"code": code(secret)})) == "/desk/"
    assert not client.get("/desk/", follow=True).request["PATH_INFO"].startswith("/accounts/")
    assert acts_about(officer) == ["sign-in.failed", "sign-in"]


def test_a_code_is_good_once(officer):
    secret, now = an_app(officer), None
    for client in (browser(), browser()):
        sign_in(client, officer)
        now = now or code(secret)
        last = client.post("/accounts/login/code/", {"code": now})
    assert last.status_code == 200


def test_a_recovery_code_stands_in_for_the_app_once(officer):
    client = browser()
    sign_in(client, officer)
    client.post("/accounts/app/", {"code": code(secret_of(client.get("/accounts/app/")))})
    recovery = re.findall(r"<code>(\d{8})</code>", client.get("/accounts/recovery-codes/").content.decode())[0]
    for expected in (302, 200):
        other = browser()
        sign_in(other, officer)
        assert other.post("/accounts/login/code/", {"code": recovery}).status_code == expected


def test_a_session_from_before_the_second_factor_has_to_prove_it(officer):
    secret = an_app(officer)
    client = browser_of(officer, strong=False)
    asked = client.get("/accounts/second-factor/?next=/desk/")
    assert path(asked) == "/accounts/again/code/"
    assert path(client.post(asked["Location"], {"code": code(secret), "next": "/desk/"})) == "/desk/"
    assert path(client.get("/accounts/second-factor/")) == "/desk/"


def test_next_leads_nowhere_else(officer):
    client = browser_of(officer)
    assert client.get("/accounts/second-factor/?next=https://example.org/")["Location"] == "/desk/"


def test_the_last_factor_of_an_officer_cannot_be_removed(officer):
    secret = an_app(officer)
    client = browser()
    sign_in(client, officer)
    client.post("/accounts/login/code/", {"code": code(secret)})
    client.post("/accounts/again/password/", {"password": PASSWORD})
    refused = client.post("/accounts/app/remove/")
    assert refused.status_code == 403
    assert "đòi hỏi bước xác thực thứ hai" in refused.content.decode()
    assert factors_of(officer)


def test_a_clerk_may_remove_hers_after_giving_the_password_again(host):
    an_app(host)
    client = browser_of(host)
    assert path(client.post("/accounts/app/remove/")) == "/accounts/again/password/"
    client.post("/accounts/again/password/", {"password": PASSWORD})
    assert path(client.post("/accounts/app/remove/")) == "/accounts/factors/"
    assert not factors_of(host)
    assert acts_about(host) == ["factor.remove"]


def test_changing_the_password_ends_the_other_sessions_and_is_on_record(host):
    here, there = browser_of(host), browser_of(host)
    new = "mot-mat-khau-khac-hoan-toan-9"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/accounts/password/", {**form, "oldpassword": "sai"}).status_code == 200
    assert here.post("/accounts/password/", form).status_code == 302
    assert path(there.get("/accounts/")) == LOGIN
    assert acts_about(host) == ["sign-in.failed", "password.change"]
    assert sign_in(browser(), host, new).status_code == 302


def test_a_weak_password_is_refused_in_vietnamese(host):
    client = browser_of(host)
    page = client.post("/accounts/password/", {"oldpassword": PASSWORD, "password1": "password1234", "password2": "x"})
    text = page.content.decode()
    assert "quá phổ biến" in text and "This password" not in text


def test_signing_out_is_on_record(host):
    client = browser()
    sign_in(client, host)
    client.post("/accounts/logout/")
    assert acts_about(host) == ["sign-in", "sign-out"]
    assert path(client.get("/accounts/")) == LOGIN


def test_a_session_elsewhere_is_listed_and_can_be_ended(host):
    here, there = browser(), browser(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36")
    sign_in(here, host)
    sign_in(there, host)
    listed = here.get("/accounts/").content.decode()
    assert "Chrome trên Windows" in listed and "Phiên này" in listed
    (end,) = re.findall(r'action="(/accounts/sessions/\d+/end)"', listed)
    assert browser_of(a_person()).post(end).status_code == 404
    here.post(end)
    assert path(there.get("/accounts/")) == LOGIN
    assert acts_about(host) == ["sign-in", "sign-in", "session.end"]


def test_a_browser_is_remembered_for_the_person_and_only_by_a_digest(host):
    client = browser()
    sign_in(client, host)
    cookie = client.cookies[devices.COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert devices.device_of(cookie.value, host.username.upper())
    assert devices.device_of(cookie.value, "somebody") == ""
    assert host.username not in str(devices.known(cookie.value))


@pytest.mark.parametrize(
    "address",
    [
        "signup/",
        "email/",
        "password/reset/",
        "confirm-email/",
        "social/login/",
        "recovery-codes/download/",
        "login/code/confirm/",
    ],
)
def test_what_is_not_needed_is_not_routed(address):
    assert browser().get(f"/accounts/{address}").status_code == 404


def test_no_page_of_the_account_is_in_english_for_a_vietnamese_reader(officer):
    secret, client = an_app(officer), browser()
    pages = [client.get(LOGIN), client.get("/accounts/enrol/")]
    sign_in(client, officer)
    pages.append(client.get("/accounts/login/code/"))
    client.post("/accounts/login/code/", {"code": code(secret)})
    pages += [
        client.get(f"/accounts/{name}") for name in ("", "password/", "again/password/", "again/code/", "logout/")
    ]
    client.post("/accounts/again/password/", {"password": PASSWORD})
    pages += [client.get(f"/accounts/{name}") for name in ("passkeys/add/", "recovery-codes/new/")]
    for page in pages:
        assert page.status_code == 200, page
        text = page.content.decode()
        for word in ("Password", "Username", "Sign In", "Code:", "Submit", "Authenticator", "Recovery"):
            assert word not in text.replace("passkey", ""), (page.request["PATH_INFO"], word)
