"""The promises that the database keeps about people, posts, codes and keys: each is broken here in SQL, and stands."""

import secrets
import uuid
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from hamrong.accounts.models import Enrolment, MachineKey, Person, Post
from tests.entrances import a_person
from tests.world import NOW, a_key, an_establishment

PERSON = {
    "username": "x",
    "password": "!",
    "full_name": "A",
    "name_key": "",
    "name_order": "",
    "is_active": True,
    "created_at": NOW,
}
POST = {"role": "host-clerk", "establishment": "SS-0001", "unit_id": None, "starts_on": NOW.date(), "ends_on": None,
        "ordered_by": "QĐ", "appointed_by": "x", "created_at": NOW}  # fmt: skip
CODE = {
    "digest": b"x",
    "created_at": NOW,
    "created_by": "x",
    "drops_factors": False,
    "expires_at": NOW + timedelta(1),
    "used_at": None,
}
KEY = {
    "digest": b"x",
    "establishment": "SS-0001",
    "label": "",
    "created_at": NOW,
    "created_by": "x",
    "expires_at": None,
}

BREAKS: list[tuple[str, str, dict[str, Any]]] = [
    ("person_username_is_plain", "accounts_person", {**PERSON, "username": "Tên Có Dấu"}),
    ("person_username_is_plain", "accounts_person", {**PERSON, "username": "ab"}),
    ("person_service_number_is_one", "accounts_person", {**PERSON, "username": "abc", "service_number": "12-3456"}),
    ("person_has_a_name", "accounts_person", {**PERSON, "username": "abc", "full_name": ""}),
    ("post_is_in_a_unit_or_at_an_establishment", "accounts_post", {**POST, "establishment": None}),
    ("post_is_in_a_unit_or_at_an_establishment", "accounts_post", {**POST, "unit_id": "38"}),
    ("post_ends_after_it_starts", "accounts_post", {**POST, "ends_on": NOW.date() - timedelta(1)}),
    ("post_names_the_order", "accounts_post", {**POST, "ordered_by": ""}),
    ("enrolment_expires_after_it_is_made", "accounts_enrolment", {**CODE, "expires_at": NOW}),
    ("enrolment_is_used_after_it_is_made", "accounts_enrolment", {**CODE, "used_at": NOW - timedelta(1)}),
    ("machinekey_belongs_to_an_establishment", "accounts_machinekey", {**KEY, "establishment": ""}),
    ("machinekey_expires_after_it_is_made", "accounts_machinekey", {**KEY, "expires_at": NOW}),
]
TWICE: list[tuple[str, str, dict[str, Any]]] = [
    ("post_is_held_once_at_an_establishment", "accounts_post", POST),
    (
        "post_is_held_once_in_a_unit",
        "accounts_post",
        {**POST, "role": "ward-duty", "establishment": None, "unit_id": "14797"},
    ),
    ("enrolment_is_open_once_a_person", "accounts_enrolment", CODE),
]


def put(admin: psycopg.Connection[Any], table: str, values: dict[str, Any], person: Person) -> None:
    row = {"id": secrets.token_hex(5) if table == "accounts_machinekey" else uuid.uuid4(), **values}
    if table in {"accounts_post", "accounts_enrolment"}:
        row["person_id"] = person.pk
    marks = ", ".join(["%s"] * len(row))
    admin.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", list(row.values()))


@pytest.mark.parametrize(
    ("name", "table", "values"), BREAKS, ids=[f"{name}-{n}" for n, (name, *_) in enumerate(BREAKS)]
)
def test_a_promise_stands(admin_connection, name, table, values):
    with pytest.raises(psycopg.errors.CheckViolation, match=name), admin_connection.transaction(force_rollback=True):
        put(admin_connection, table, values, a_person())


@pytest.mark.parametrize(("name", "table", "values"), TWICE, ids=[name for name, *_ in TWICE])
def test_a_promise_of_oneness_stands(admin_connection, name, table, values):
    person = a_person()
    with pytest.raises(psycopg.errors.UniqueViolation, match=name), admin_connection.transaction(force_rollback=True):
        put(admin_connection, table, values, person)
        put(admin_connection, table, values, person)


def test_every_named_promise_is_tried_here():
    named = {
        constraint.name for model in (Person, Post, Enrolment, MachineKey) for constraint in model._meta.constraints
    }
    assert named == {name for name, *_ in (*BREAKS, *TWICE)}


def test_only_a_digest_of_a_key_is_kept(admin_connection):
    key = a_key(an_establishment())
    secret = key.split("_", 2)[2]
    (stored,) = admin_connection.execute("select string_agg(k::text, ' ') from accounts_machinekey k").fetchone()
    assert secret not in stored and secret.encode().hex() not in stored


def test_there_is_no_superuser_and_no_way_to_make_one():
    assert not {"is_superuser", "is_staff"} & {field.name for field in Person._meta.get_fields()}
    assert not hasattr(Person.objects, "create_superuser")
