"""What the manager of an establishment administers: its clerks and the keys of its software, and no other's."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from hamrong.access import actions
from hamrong.access.people import actor_of_bearer, holdings_of
from hamrong.accounts import keys
from hamrong.accounts.models import KeyUse, MachineKey, Person
from tests.access.test_administration import CODE, ONCE, found
from tests.entrances import a_person, browser, browser_of
from tests.world import PROVINCE, an_establishment, as_host

KEY = r"\bhr_[0-9a-f]{10}_[\w-]{32}"


@pytest.fixture
def place():
    return an_establishment()


@pytest.fixture
def manager(place):
    return browser_of(a_person("host-manager", place.code))


def a_new_key(manager, place, label="PMS") -> str:
    once = found(ONCE, manager.get(f"/lodging/{place.code}/keys"))
    return found(KEY, manager.post(f"/lodging/{place.code}/keys/new", {"once": once, "label": label}))


def test_a_manager_invites_a_clerk_who_comes_in_with_a_code(manager, place):
    name = f"c{place.code.lower()}"
    page = manager.post(f"/lodging/{place.code}/people/invite", {"full_name": "Nguyễn Thị Lễ", "username": name})
    new = "mot-cau-dai-khong-ai-doan-ra"
    visitor = browser()
    form = {"username": name, "code": found(CODE, page), "password1": new, "password2": new}
    assert visitor.post("/accounts/enrol/", form).status_code == 302
    visitor.post("/accounts/login/", {"login": name, "password": new})
    assert visitor.get(f"/lodging/{place.code}/").status_code == 200
    assert visitor.get(f"/lodging/{place.code}/keys").status_code == 403, "a clerk is no manager"
    assert "Nguyễn Thị Lễ" in manager.get(f"/lodging/{place.code}/people").content.decode()


def test_a_clerk_who_leaves_is_out_at_once(manager, place):
    clerk = a_person("host-clerk", place.code)
    inside = browser_of(clerk)
    assert inside.get(f"/lodging/{place.code}/").status_code == 200
    manager.post(f"/lodging/{place.code}/people/{clerk.posts.get().pk}/end")
    assert inside.get(f"/lodging/{place.code}/").status_code == 403
    assert holdings_of(clerk, timezone.localdate(), PROVINCE) == ()


def test_a_manager_reaches_nobody_of_another_establishment(manager, place):
    other = a_person("host-clerk", an_establishment().code)
    own_manager = a_person("host-manager", place.code)
    for post in (other.posts.get(), own_manager.posts.get()):
        assert manager.post(f"/lodging/{place.code}/people/{post.pk}/end").status_code == 404
        assert manager.post(f"/lodging/{place.code}/people/{post.pk}/code").status_code == 404


def test_a_key_is_shown_once_and_works(manager, place):
    key = a_new_key(manager, place)
    assert key not in manager.get(f"/lodging/{place.code}/keys").content.decode()
    actor = actor_of_bearer(key, datetime.now(UTC))
    assert actor is not None and actor.holdings[0].scope == place.code
    assert bytes(MachineKey.objects.get(pk=keys.identifier(key)).digest) not in key.encode()


def test_a_form_sent_twice_makes_one_key(manager, place):
    once = found(ONCE, manager.get(f"/lodging/{place.code}/keys"))
    for _ in range(2):
        manager.post(f"/lodging/{place.code}/keys/new", {"once": once, "label": "x"})
    assert MachineKey.objects.filter(establishment=place.code).count() == 1


def test_a_key_that_is_replaced_goes_on_for_two_weeks(manager, place):
    old = a_new_key(manager, place, "Quầy 1")
    once = found(ONCE, manager.get(f"/lodging/{place.code}/keys"))
    page = manager.post(f"/lodging/{place.code}/keys/{keys.identifier(old)}/rotate", {"once": once + "r"})
    new, now = found(KEY, page), datetime.now(UTC)
    assert actor_of_bearer(old, now) and actor_of_bearer(new, now)
    assert actor_of_bearer(old, now + timedelta(days=13)) and not actor_of_bearer(old, now + timedelta(days=15))
    assert actor_of_bearer(new, now + timedelta(days=364)) and not actor_of_bearer(new, now + timedelta(days=366))
    assert MachineKey.objects.get(pk=keys.identifier(new)).label == "Quầy 1"


def test_a_revoked_key_ends_at_once(manager, place):
    key = a_new_key(manager, place)
    manager.post(f"/lodging/{place.code}/keys/{keys.identifier(key)}/revoke")
    assert actor_of_bearer(key, datetime.now(UTC)) is None
    assert manager.post(f"/lodging/{place.code}/keys/{keys.identifier(key)}/revoke").status_code == 302


def test_a_manager_does_not_touch_a_key_of_another_establishment(manager, place):
    other = an_establishment()
    key, shown = actions.issue_key(
        by=as_host(other, "key.issue"), establishment=other.code, label="x", at=datetime.now(UTC)
    )
    for act in ("revoke", "rotate"):
        assert manager.post(f"/lodging/{place.code}/keys/{key.pk}/{act}", {"once": f"{key.pk}{act}"}).status_code == 404
    assert actor_of_bearer(shown, datetime.now(UTC))


@pytest.mark.parametrize(
    "damage",
    [
        lambda k: k[:-1] + ("-" if k[-1] == "_" else "_"),
        lambda k: k.upper(),
        lambda k: k[3:],
        lambda k: "",
        lambda k: k + "x",
    ],
)
def test_a_key_that_is_not_quite_right_is_nobody(manager, place, damage):
    assert actor_of_bearer(damage(a_new_key(manager, place)), datetime.now(UTC)) is None


def test_the_last_use_is_known_to_the_hour_and_written_once_an_hour(manager, place):
    key, now = a_new_key(manager, place), datetime.now(UTC)
    for minutes in (0, 10, 59):
        actor_of_bearer(key, now + timedelta(minutes=minutes))
    assert KeyUse.objects.get(key=keys.identifier(key)).last_used_at == now
    actor_of_bearer(key, now + timedelta(minutes=61))
    assert KeyUse.objects.get(key=keys.identifier(key)).last_used_at == now + timedelta(minutes=61)


def test_an_invited_clerk_has_no_password_before_the_code_is_used(manager, place):
    name = f"d{place.code.lower()}"
    manager.post(f"/lodging/{place.code}/people/invite", {"full_name": "Nguyễn Thị Lễ", "username": name})
    assert not Person.objects.get(username=name).has_usable_password()
    assert re.fullmatch(r"[a-z0-9-]+", name)
