"""What the command line does to people, posts and keys, as `system:command-line`; the details say who sat there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from hamrong.access import actions, queries
from hamrong.access.actors import Actor, Grant, Holding, Refusal, Target, operator
from hamrong.access.decisions import decide
from hamrong.access.walls import acting
from hamrong.accounts.factors import current_code
from hamrong.accounts.models import MachineKey, Person
from hamrong.lodging.queries import places


def _granted(actor: Actor, act: str, target: Target) -> Grant:
    answer = decide(actor, act, target)
    assert isinstance(answer, Grant), answer
    return answer


def granted(act: str, who: str = "") -> Grant:
    """The command line's grant; `who` is the account of the operating system that runs it."""
    actor = operator(timezone.now())
    return _granted(replace(actor, label=who or actor.label), act, Target())


def _exists(establishment: str) -> bool:
    province = settings.HAMRONG_PROVINCE
    actor = replace(operator(timezone.now()), holdings=(Holding("province-residence", province),))
    grant = _granted(actor, "place.list", Target(province=province))
    with acting(grant):
        return places.one(grant, establishment) is not None


def issue_key(establishment: str, label: str, who: str) -> tuple[str, str] | str:
    """(the key, the day it ends), or what is wrong."""
    code = establishment.strip().upper()
    if not _exists(code):
        return f"there is no establishment {code}"
    key, shown = actions.issue_key(
        by=granted("key.issue", who), establishment=code, label=label or f"by {who}", at=timezone.now()
    )
    return shown, f"{key.expires_at:%Y-%m-%d}"


def key_lines(establishment: str) -> Iterator[str]:
    """A line for each key: public part, establishment, label, state, last use."""
    now, grant = timezone.now(), granted("key.read")
    with acting(grant):
        found = queries.keys(grant).order_by("establishment", "created_at")
        rows = list(found.filter(establishment=establishment.strip().upper()) if establishment else found)
    for key in rows:
        used = f"{key.use.last_used_at:%Y-%m-%d %H:00}" if hasattr(key, "use") else "never"
        yield f"{key.id}  {key.establishment:<12} {_state(key, now):<8} used {used:<16} {key.label}"


def _state(key: MachineKey, now: datetime) -> str:
    if key.revoked_at:
        return "revoked"
    return "live" if key.expires_at is None or key.expires_at > now else "expired"


def revoke_key(number: str, who: str) -> str:
    """'' where the key is revoked now, else what is wrong."""
    grant = granted("key.revoke", who)
    key = queries.keys(grant).filter(pk=number).first()
    if key is None:
        return f"there is no key {number}"
    answer = actions.revoke_key(by=grant, key=key, at=timezone.now())
    return answer.en if isinstance(answer, Refusal) else ""


def create_person(username: str, full_name: str, service_number: str, who: str) -> tuple[str, str] | str:
    """(user name, one-time code) of somebody new, or what is wrong."""
    now = timezone.now()
    person = actions.create_person(
        by=granted("person.create", who), username=username, full_name=full_name, password=None, at=now,
        service_number=service_number,
    )  # fmt: skip
    if isinstance(person, Refusal):
        return person.en
    code = actions.give_code(by=granted("person.enrol", who), person=person, at=now)
    return code.en if isinstance(code, Refusal) else (person.username, code[1])


def number_person(username: str, service_number: str, who: str) -> str:
    """'' where the person has that service number now, else what is wrong."""
    person = _person(username)
    if person is None:
        return f"there is nobody called {username}"
    by = granted("person.number", who)
    answer = actions.number_person(by=by, person=person, service_number=service_number, at=timezone.now())
    return answer.en if isinstance(answer, Refusal) else ""


def appoint(username: str, role: str, scope: str, order: str, starts_on: date | None, who: str) -> str:
    """'' where the person holds the post now, else what is wrong."""
    person = _person(username)
    if person is None:
        return f"there is nobody called {username}"
    answer = actions.appoint(
        by=granted("post.appoint", who), person=person, role=role, scope=scope, ordered_by=order,
        starts_on=starts_on or timezone.localdate(), at=timezone.now(),
    )  # fmt: skip
    return answer.en if isinstance(answer, Refusal) else ""


def demo_code(username: str) -> tuple[str, str]:
    """(the code that a demo person's authenticator app shows now, '') or ('', what is wrong)."""
    if not settings.ENVIRONMENT.demo:
        return "", "codes are for demo people: this is a production installation"
    person = _person(username)
    code = current_code(person, timezone.now()) if person else None
    return (code, "") if code else ("", f"{username} has no authenticator app here")


def _person(username: str) -> Person | None:
    return Person.objects.filter(username=username.strip().lower()).first()
