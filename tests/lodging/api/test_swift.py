"""The short way of a notification: from outside nobody can tell it from the ordinary one."""

from io import BytesIO
from typing import Any

import pytest

from hamrong.lodging.api import swift
from hamrong.lodging.api.lanes import MOST
from hamrong.lodging.rules import DocumentIn
from tests import world
from tests.conftest import Site
from tests.lodging.api.client import a_body, client, code_of, once

ORDINARY = "/stays?"
CHANGING = {"date", "content-length", "server", "ratelimit-reset", "ratelimit-remaining"}


def environ(place: Any, body: bytes, **changes: Any) -> dict[str, Any]:
    plain = {
        "REQUEST_METHOD": "POST", "PATH_INFO": swift.PATH, "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)), "HTTP_IDEMPOTENCY_KEY": "k-1", "wsgi.input": BytesIO(body),
        "HTTP_AUTHORIZATION": f"Bearer {world.a_key(place)}",
    }  # fmt: skip
    return {**plain, **changes}


def test_takes_what_is_plain_and_in_order() -> None:
    assert swift.take(environ(world.an_establishment(), a_body())) is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"REQUEST_METHOD": "GET"},
        {"PATH_INFO": "/api/v1/batches"},
        {"CONTENT_TYPE": "text/plain"},
        {"CONTENT_LENGTH": "70000"},
        {"CONTENT_LENGTH": "-1"},
        {"QUERY_STRING": "a=b"},
        {"SCRIPT_NAME": "/below"},
        {"HTTP_IF_MATCH": "1"},
        {"HTTP_IDEMPOTENCY_KEY": ""},
        {"HTTP_IDEMPOTENCY_KEY": "a b"},
        {"HTTP_AUTHORIZATION": "Bearer hr_0000000000_wrong"},
        {"HTTP_AUTHORIZATION": "Basic abc"},
    ],
)
def test_leaves_everything_else_to_the_ordinary_way(changes: dict[str, str]) -> None:
    assert swift.take(environ(world.an_establishment(), a_body(), **changes)) is None


def test_a_body_that_was_read_can_be_read_again() -> None:
    body = a_body(full_name="")
    asked = environ(world.an_establishment(), body)
    assert swift.take(asked) is None
    assert asked["wsgi.input"].read() == body


def test_both_ways_answer_with_the_same_headers_and_fields(live_server: Site) -> None:
    with client(live_server.url, world.an_establishment()) as software:
        short = software.post("/stays", content=a_body(), headers=once())
        long = software.post(ORDINARY, content=a_body(), headers={**once(), "If-Match": ""})
    assert (short.status_code, long.status_code) == (201, 201)
    assert short.json().keys() == long.json().keys()
    kept = [{name: value for name, value in each.headers.items() if name not in CHANGING} for each in (short, long)]
    assert kept[1].pop("content-language")
    assert kept[1].pop("vary", "Accept-Language") == "Accept-Language"
    assert kept[0] == kept[1]


def test_whatever_goes_both_ways_is_counted_once(live_server: Site) -> None:
    body = a_body(document=DocumentIn("cccd", world.a_number()))
    with client(live_server.url, world.an_establishment()) as software:
        left = [
            int(software.post("/stays", content=body, headers=once()).headers["RateLimit-Remaining"]) for _ in range(3)
        ]
    assert left == [MOST["single"] - 1, MOST["single"] - 2, MOST["single"] - 3]


def test_a_repetition_in_the_ordinary_way_gets_the_bytes_of_the_short_one(live_server: Site) -> None:
    body, headers = a_body(), once("one-for-both")
    with client(live_server.url, world.an_establishment()) as software:
        first, again = (software.post("/stays", content=body, headers=headers) for _ in range(2))
        other = software.post("/stays", content=a_body(), headers=headers)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert code_of(other) == "idempotency.mismatch"


def test_a_stranger_host_is_refused(live_server: Site) -> None:
    with client(live_server.url, world.an_establishment(), Host="evil.example") as software:
        assert software.post("/stays", content=a_body(), headers=once()).status_code == 400
