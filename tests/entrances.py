"""People who can really sign in, and browsers in which they have."""

import base64
import secrets
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.test import Client

from hamrong.access import actions
from hamrong.access.actors import Grant, Refusal, Target, operator
from hamrong.access.decisions import decide
from hamrong.access.roles import roles
from hamrong.accounts.factors import ENROLLED, code_at
from hamrong.accounts.models import Person

PASSWORD = "cau-ham-rong-bac-qua-song-ma"


_numbers = count(100_000)


def as_operator(act: str) -> Grant:
    """The grant of the command line."""
    answer = decide(operator(datetime.now(UTC)), act, Target())
    assert isinstance(answer, Grant)
    return answer


def a_number() -> str:
    """A service number that nobody has."""
    number = next(_numbers)
    return f"{number // 1000}-{number % 1000:03}"


def a_person(role: str = "", scope: str = "", *, password: str | None = None, name: str = "Lê Thị Thử") -> Person:
    """Somebody with a user name of their own and, where a role is given, that post since the beginning of the year."""
    now = datetime.now(UTC)
    person = actions.create_person(
        by=as_operator("person.create"), username=f"p{secrets.token_hex(5)}", full_name=name, password=password, at=now,
        service_number=a_number(),
    )  # fmt: skip
    assert isinstance(person, Person), person
    if role:
        post = actions.appoint(
            by=as_operator("post.appoint"), person=person, role=role, scope=scope, starts_on=date(now.year, 1, 1),
            ordered_by="Quyết định 1/QĐ-THU", at=now,
        )  # fmt: skip
        assert not isinstance(post, Refusal), post
    return person


def an_app(person: Person) -> str:
    """An authenticator app for the person; answers its secret."""
    secret = base64.b32encode(secrets.token_bytes(20)).decode()
    actions.give_app(by=as_operator("person.enrol"), person=person, secret=secret, at=datetime.now(UTC))
    return secret


def code(secret: str, *, steps: int = 0) -> str:
    """The code that an app with this secret shows now, or so many half minutes later."""
    return code_at(secret, datetime.fromtimestamp(datetime.now(UTC).timestamp() + 30 * steps, UTC))


def browser(**headers: Any) -> Client:
    """A browser in which nobody has signed in."""
    return Client(SERVER_NAME="localhost", **headers)


def browser_of(person: Person, *, strong: bool | None = None, **headers: Any) -> Client:
    """A browser in which the person has signed in; with a second factor where the post demands one, unless told."""
    client = browser(**headers)
    client.force_login(person)
    held = person.posts.values_list("role", flat=True)
    if strong if strong is not None else any(roles()[role].strong for role in held):
        session = client.session
        session[ENROLLED] = str(person.pk)
        session.save()
    return client
