"""Notifying, changing and listing stays over the interface."""

import json
import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from hamrong.lodging.receipts import verify
from hamrong.lodging.rules import DocumentIn, night_of
from hamrong.lodging.signing import signer
from tests import world
from tests.conftest import Site
from tests.lodging.api.client import a_body, client, code_of, once


def test_a_notification_is_answered_with_its_signed_receipt(live_server: Site) -> None:
    place = world.an_establishment()
    with client(live_server.url, place) as software:
        answer = software.post("/stays", content=a_body(), headers=once())
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert told["outcome"] == "accepted"
    assert verify(told["receipt"], public())
    assert told["receipt"]["statement"]["establishment"] == place.code
    assert "RateLimit-Remaining" in answer.headers


def public() -> bytes:
    return signer().public.public_bytes_raw()


def test_everything_wrong_comes_back_at_once_with_pointers(live_server: Site) -> None:
    with client(live_server.url, world.an_establishment()) as software:
        body = a_body(full_name="", planned_departure_at="mai", document=DocumentIn("cccd", "12"))
        answer = software.post("/stays", content=body, headers=once())
    assert (answer.status_code, code_of(answer)) == (422, "stay.rejected")
    pointers = {each["pointer"] for each in answer.json()["errors"] if each["severity"] == "error"}
    assert {"/full_name", "/planned_departure_at"} <= pointers


def test_a_rejected_body_may_be_corrected_under_the_same_key(live_server: Site) -> None:
    key = secrets.token_hex(8)
    with client(live_server.url, world.an_establishment()) as software:
        assert software.post("/stays", content=a_body(full_name=""), headers=once(key)).status_code == 422
        assert software.post("/stays", content=a_body(), headers=once(key)).status_code == 201


def test_the_same_request_again_gets_the_same_bytes(live_server: Site) -> None:
    body, key = a_body(), secrets.token_hex(8)
    with client(live_server.url, world.an_establishment()) as software:
        first, second = (software.post("/stays", content=body, headers=once(key)) for _ in range(2))
    assert (first.status_code, first.content) == (second.status_code, second.content)


def test_ten_at_once_make_one_stay_and_get_the_same_bytes(live_server: Site) -> None:
    place = world.an_establishment()
    body, headers, start = a_body(), once(), threading.Barrier(10)
    with client(live_server.url, place) as software:

        def send(_: int) -> tuple[int, bytes]:
            start.wait()
            answer = software.post("/stays", content=body, headers=headers)
            return answer.status_code, answer.content

        with ThreadPoolExecutor(10) as threads:
            answers = set(threads.map(send, range(10)))
        night = night_of(datetime.now(UTC) - timedelta(hours=1))
        listed = software.get("/stays", params={"night": night.isoformat()}).json()["items"]
    assert len(answers) == 1
    assert next(iter(answers))[0] == 201
    assert len(listed) == 1


def test_the_same_key_with_another_body_is_refused(live_server: Site) -> None:
    key = secrets.token_hex(8)
    with client(live_server.url, world.an_establishment()) as software:
        software.post("/stays", content=a_body(), headers=once(key))
        answer = software.post("/stays", content=a_body(), headers=once(key))
    assert (answer.status_code, code_of(answer)) == (422, "idempotency.mismatch")


def test_the_same_guest_under_another_key_is_a_duplicate_with_the_first_receipt(live_server: Site) -> None:
    body = a_body()
    with client(live_server.url, world.an_establishment()) as software:
        first, second = (software.post("/stays", content=body, headers=once()) for _ in range(2))
    assert (second.status_code, second.json()["outcome"]) == (200, "duplicate")
    assert second.json()["receipt"] == first.json()["receipt"]


@pytest.mark.parametrize(
    ("headers", "body", "status", "code"),
    [
        ({}, b"{}", 400, "idempotency.missing"),
        ({"Idempotency-Key": "a b"}, b"{}", 400, "idempotency.form"),
        ({"Idempotency-Key": "k"}, b"[", 400, "request.malformed"),
        ({"Idempotency-Key": "k"}, b"[]", 400, "request.malformed"),
        ({"Idempotency-Key": "k", "Content-Type": "text/plain"}, b"{}", 415, "media.unsupported"),
        ({"Idempotency-Key": "k"}, b'{"full_name": "' + b"a" * 70_000 + b'"}', 413, "body.too_large"),
    ],
)
def test_what_cannot_be_read_is_refused_as_a_whole(
    live_server: Site, headers: dict[str, str], body: bytes, status: int, code: str
) -> None:
    with client(live_server.url, world.an_establishment()) as software:
        answer = software.post("/stays", content=body, headers={"Content-Type": "application/json", **headers})
    assert (answer.status_code, code_of(answer)) == (status, code)


@pytest.mark.parametrize("path", ["/stays", "/validations", "/batches?mode=submit", "/webhooks"])
@pytest.mark.parametrize("chunks", [1, 200], ids=["small", "large"])
def test_a_body_in_chunks_is_refused_in_words(live_server: Site, path: str, chunks: int) -> None:
    with client(live_server.url, world.an_establishment()) as software:
        headers = {"Content-Type": "application/json", "Idempotency-Key": "k"}
        answer = software.post(path, content=iter([a_body()] * chunks), headers=headers)
    assert (answer.status_code, code_of(answer)) == (411, "length.required")


def test_the_title_of_a_problem_is_in_the_language_asked_for(live_server: Site) -> None:
    with client(live_server.url) as stranger:
        english = stranger.post("/stays", headers={"Accept-Language": "en"})
        vietnamese = stranger.post("/stays")
    assert english.json()["title"].startswith("A bearer key")
    assert vietnamese.json()["title"].startswith("Cần khóa")
    assert english.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("shown", ["", "Basic abc", "Bearer hr_0000000000_wrong", "Bearer nonsense"])
def test_without_a_live_key_nobody_is_let_in(live_server: Site, shown: str) -> None:
    with client(live_server.url, Authorization=shown) as stranger:
        assert stranger.get("/stays", params={"night": "2026-11-24"}).status_code == 401


def test_a_key_notifies_for_its_own_establishment_only(live_server: Site) -> None:
    other = world.an_establishment()
    with client(live_server.url, world.an_establishment()) as software:
        answer = software.post("/stays", content=a_body(establishment_id=other.code), headers=once())
        listed = software.get("/stays", params={"night": "2026-11-24", "establishment": other.code})
    assert (answer.status_code, code_of(answer)) == (403, "access.refused")
    assert listed.status_code == 403


def test_a_list_masks_numbers_and_goes_on_record(live_server: Site, admin_connection: psycopg.Connection[Any]) -> None:
    place, number = world.an_establishment(), world.a_number()
    with client(live_server.url, place) as software:
        made = software.post("/stays", content=a_body(document=DocumentIn("cccd", number)), headers=once()).json()
        answer = software.get("/stays", params={"night": made["night"]})
    assert number not in answer.text
    assert answer.json()["items"][0]["stay_id"] == made["stay_id"]
    told = "select count(*) from audit_entry where subject = %s and type = 'stay.read'"
    assert admin_connection.execute(told, [f"establishment:{place.code}"]).fetchone() == (1,)


def test_an_amendment_needs_the_version_that_one_saw(live_server: Site) -> None:
    with client(live_server.url, world.an_establishment()) as software:
        made = software.post("/stays", content=a_body(), headers=once()).json()
        address, later = f"/stays/{made['stay_id']}/amendments", (datetime.now(UTC) + timedelta(days=2)).isoformat()
        body = json.dumps({"act": "extend", "at": later}).encode()
        missing = software.post(address, content=body, headers={"Content-Type": "application/json"})
        odd = software.post(address, content=body, headers={"Content-Type": "application/json", "If-Match": "one"})
        done = software.post(address, content=body, headers={"Content-Type": "application/json", "If-Match": '"1"'})
        stale = software.post(address, content=body, headers={"Content-Type": "application/json", "If-Match": '"1"'})
    assert (missing.status_code, code_of(missing)) == (428, "version.missing")
    assert (odd.status_code, code_of(odd)) == (400, "version.form")
    assert (done.status_code, done.json()["version"], done.headers["ETag"]) == (201, 2, '"2"')
    assert verify(done.json()["receipt"], public())
    assert (stale.status_code, code_of(stale)) == (412, "version.stale")


def test_a_correction_is_checked_like_a_notification(live_server: Site) -> None:
    with client(live_server.url, world.an_establishment()) as software:
        made = software.post("/stays", content=a_body(), headers=once()).json()
        address, headers = f"/stays/{made['stay_id']}/amendments", {**once(), "If-Match": '"1"'}
        wrong = b'{"act": "correct", "stay": ' + a_body(full_name="") + b"}"
        right = b'{"act": "correct", "reason": "g\xc3\xb5 nh\xe1\xba\xa7m", "stay": ' + a_body(room="102") + b"}"
        refused = software.post(address, content=wrong, headers=headers)
        first, second = (software.post(address, content=right, headers=headers) for _ in range(2))
    assert (refused.status_code, code_of(refused)) == (422, "stay.rejected")
    assert (first.status_code, first.content) == (201, second.content)


@pytest.mark.parametrize(
    ("body", "code", "status"),
    [
        ({"act": "cancel"}, "content.invalid", 422),
        ({"act": "vanish"}, "content.invalid", 422),
        ({"act": "depart", "at": "2026-11-25T10:00:00"}, "content.invalid", 422),
        ({"act": "depart", "when": "2026-11-25T10:00:00Z"}, "content.invalid", 422),
    ],
)
def test_an_act_without_what_it_needs_is_refused(
    live_server: Site, body: dict[str, str], code: str, status: int
) -> None:
    with client(live_server.url, world.an_establishment()) as software:
        made = software.post("/stays", content=a_body(), headers=once()).json()
        answer = software.post(f"/stays/{made['stay_id']}/amendments", json=body, headers={"If-Match": '"1"'})
    assert (answer.status_code, code_of(answer)) == (status, code)


def test_a_stay_of_another_establishment_is_not_there(live_server: Site) -> None:
    taken = world.a_notification(world.an_establishment())
    with client(live_server.url, world.an_establishment()) as software:
        answer = software.post(
            f"/stays/{taken.stay}/amendments", json={"act": "cancel", "reason": "x"}, headers={"If-Match": '"1"'}
        )
    assert (answer.status_code, code_of(answer)) == (404, "not-found")


def test_a_list_goes_on_behind_its_cursor(live_server: Site) -> None:
    place = world.an_establishment()
    with client(live_server.url, place) as software:
        made = [software.post("/stays", content=a_body(), headers=once()).json() for _ in range(3)]
        behind = software.get("/stays", params={"night": made[0]["night"], "cursor": made[0]["stay_id"]}).json()
    assert [each["stay_id"] for each in behind["items"]] == [each["stay_id"] for each in made[1:]]
    assert behind["next"] is None


def test_who_waits_too_long_for_the_first_is_told_to_come_again(
    live_server: Site, app_connection: psycopg.Connection[Any]
) -> None:
    key = secrets.token_hex(8)
    with client(live_server.url, world.an_establishment()) as software:
        owner = "key:" + software.headers["Authorization"].split("_")[1]
        app_connection.execute(
            "insert into lodging_answer (id, client, key, body_sha256, status, body, answered_at) "
            "values (gen_random_uuid(), %s, %s, '', 201, '', now())",
            [owner, key],
        )
        waited = software.post("/stays", content=a_body(), headers=once(key))
        app_connection.rollback()
        again = software.post("/stays", content=a_body(), headers=once(key))
    assert (waited.status_code, code_of(waited)) == (409, "idempotency.in_progress")
    assert "Retry-After" in waited.headers
    assert again.status_code == 201


def test_numbers_stay_out_of_what_the_server_logs_and_refuses(
    live_server: Site, capfd: pytest.CaptureFixture[str]
) -> None:
    number = "03809000" + secrets.token_hex(1)
    with client(live_server.url, world.an_establishment()) as software:
        answer = software.post("/stays", content=a_body(document=DocumentIn("cccd", number), sex="?"), headers=once())
    assert answer.status_code in (201, 422)
    assert number not in answer.text
    assert number not in "".join(capfd.readouterr())
