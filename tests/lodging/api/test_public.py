"""What anybody may ask of the interface."""

from datetime import UTC, datetime, timedelta

import pytest

from hamrong.lodging.actions.nights import report_nil, withdraw_nil
from hamrong.lodging.nights import night_of
from hamrong.lodging.receipts import instant, verify
from hamrong.lodging.rules import DocumentIn
from hamrong.lodging.signing import signer
from tests import world
from tests.conftest import Site
from tests.lodging.api.client import a_body, client, code_of, once
from tests.lodging.hosts import client_of

JSON = {"Content-Type": "application/json"}


def test_a_dry_run_says_what_the_real_thing_would_say(live_server: Site) -> None:
    with client(live_server.url) as anybody:
        good = anybody.post("/validations", content=a_body(), headers=JSON)
        bad = anybody.post("/validations", content=a_body(full_name=""), headers=JSON)
    assert (good.status_code, good.json()["outcome"]) == (200, "accepted")
    assert (bad.status_code, bad.json()["outcome"]) == (200, "rejected")
    assert {"/full_name"} <= {each["pointer"] for each in bad.json()["issues"]}


def test_a_dry_run_never_repeats_a_whole_number(live_server: Site) -> None:
    with client(live_server.url) as anybody:
        answer = anybody.post(
            "/validations", content=a_body(document=DocumentIn("cccd", "0381900121234")), headers=JSON
        )
    assert answer.json()["issues"]
    assert "0381900121234" not in answer.text


def test_a_deadline_comes_with_its_derivation(live_server: Site) -> None:
    with client(live_server.url, **{"Accept-Language": "en"}) as anybody:
        told = anybody.get("/deadlines", params={"arrival": "2026-11-24T23:30:00+07:00"}).json()
        remote = {"arrival": "2026-11-24T10:00:00+07:00", "kind": "foreigner", "area": "remote"}
        foreigner = anybody.get("/deadlines", params=remote).json()
    assert told["legal"] == "2026-11-25T08:00:00+07:00"
    assert told["derivation"] and "30" in told["derivation"][0]["citation"]
    assert foreigner["legal"] == "2026-11-25T10:00:00+07:00"


@pytest.mark.parametrize("arrival", ["", "soon", "2026-11-24T23:30:00", "1900-01-01T00:00:00Z"])
def test_a_deadline_needs_an_instant_that_the_law_covers(live_server: Site, arrival: str) -> None:
    with client(live_server.url) as anybody:
        answer = anybody.get("/deadlines", params={"arrival": arrival})
    assert (answer.status_code, code_of(answer)) == (400, "request.parameter")
    assert answer.json()["errors"][0]["pointer"] == "arrival"


@pytest.mark.parametrize("path", ["/deadlines?arrival=2026-11-24T23:30:00%2B07:00&commune=1", "/outages?commune=1"])
def test_a_parameter_that_is_none_is_refused_by_its_name(live_server: Site, path: str) -> None:
    with client(live_server.url) as anybody:
        answer = anybody.get(path)
    assert code_of(answer) == "request.parameter"
    assert answer.json()["errors"][0]["pointer"] == "commune"


def test_a_receipt_is_verified_by_its_code_as_a_person_types_it(live_server: Site) -> None:
    taken = world.a_notification(world.an_establishment())
    assert taken.facts is not None
    with client(live_server.url) as anybody:
        answer = anybody.get(f"/receipts/{taken.facts.code.lower().replace('-', '')}/verify").json()
    assert (answer["valid"], answer["state"], answer["replaced_by"]) == (True, "valid", None)
    assert verify(answer["receipt"], signer().public.public_bytes_raw())


def test_a_replaced_receipt_says_so(live_server: Site) -> None:
    with client(live_server.url, world.an_establishment()) as software:
        made = software.post("/stays", content=a_body(), headers=once()).json()
        body = {"act": "cancel", "reason": "khách không đến"}
        now = software.post(f"/stays/{made['stay_id']}/amendments", json=body, headers={"If-Match": '"1"'}).json()
        answer = software.get(f"/receipts/{made['receipt_code']}/verify").json()
        last = software.get(f"/receipts/{now['receipt_code']}/verify").json()
    assert (answer["valid"], answer["state"], answer["replaced_by"]) == (False, "replaced", now["receipt_code"])
    assert (last["valid"], last["state"]) == (False, "withdrawn")
    assert last["withdrawn_at"] == last["receipt"]["statement"]["received_at"]


def test_the_receipt_of_no_guests_is_withdrawn_with_the_report(live_server: Site) -> None:
    place, night = world.an_establishment(), night_of(world.NOW)
    said = report_nil(by=world.as_host(place, "nil.report"), place=place, night=night, today=night, at=world.NOW)
    taken_back = world.NOW + timedelta(minutes=5)
    withdraw_nil(by=world.as_host(place, "nil.report"), place=place, night=night, at=taken_back)
    with client(live_server.url) as anybody:
        answer = anybody.get(f"/receipts/{said.code}/verify").json()
    assert (answer["valid"], answer["state"], answer["withdrawn_at"]) == (False, "withdrawn", instant(taken_back))
    page = client_of().get(f"/r/{said.code}").content.decode()
    assert "đã hết hiệu lực" in page and "Biên nhận là thật" not in page


@pytest.mark.parametrize("code", ["LT-0000-0000-0000-0001", "x", "LT-1ETG-FC8H-4HN7-JG7J"])
def test_an_unknown_receipt_is_not_found(live_server: Site, code: str) -> None:
    with client(live_server.url) as anybody:
        answer = anybody.get(f"/receipts/{code}/verify")
    assert (answer.status_code, code_of(answer)) == (404, "not-found")


def test_the_public_key_is_at_both_addresses(live_server: Site) -> None:
    with client(live_server.url) as anybody:
        told = anybody.get("/receipts/key").json()
        assert anybody.get(f"{live_server.url}/receipts/key").json() == told
    assert told == {"algorithm": "Ed25519", "key": signer().key, "public": signer().public_text()}


@pytest.mark.parametrize(
    "name",
    [
        "reasons",
        "document-types",
        "nationalities",
        "error-codes",
        "establishment-kinds",
        "wards",
        "legacy-wards",
        "problems",
    ],
)
def test_a_catalogue_is_read_once_and_then_by_its_tag(live_server: Site, name: str) -> None:
    with client(live_server.url) as anybody:
        first = anybody.get(f"/catalogs/{name}")
        again = anybody.get(f"/catalogs/{name}", headers={"If-None-Match": first.headers["ETag"]})
    assert first.json()["entries"]
    assert (again.status_code, again.content) == (304, b"")


def test_a_catalogue_stands_as_on_the_day_asked_for(live_server: Site) -> None:
    with client(live_server.url) as anybody:
        old = anybody.get("/catalogs/wards", params={"as_of": "2025-01-01"}).json()["entries"]
        new = anybody.get("/catalogs/wards", params={"as_of": "2026-11-24"}).json()["entries"]
        gone = anybody.get("/catalogs/legacy-wards", params={"as_of": "2026-11-24"}).json()["entries"]
    thanh_hoa = [each for each in new if each["province"] == "Thanh Hóa"]
    assert len(thanh_hoa) == 166
    assert len(old) > len(thanh_hoa)
    assert any(len(each["today"]) > 1 for each in gone)


def test_an_unknown_catalogue_is_not_found(live_server: Site) -> None:
    with client(live_server.url) as anybody:
        assert code_of(anybody.get("/catalogs/secrets")) == "not-found"


@pytest.mark.parametrize(
    ("method", "address", "status"), [("PATCH", "/stays", 405), ("GET", "/nothing", 404), ("POST", "/", 404)]
)
def test_every_refusal_is_a_problem(live_server: Site, method: str, address: str, status: int) -> None:
    with client(live_server.url) as anybody:
        answer = anybody.request(method, address)
    assert answer.status_code == status
    assert code_of(answer)


def test_the_interface_sets_no_cookie(live_server: Site) -> None:
    with client(live_server.url, world.an_establishment()) as software:
        answer = software.get("/stays", params={"night": datetime.now(UTC).date().isoformat()})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers["Vary"]
