"""`kill -9` at any moment: no answered receipt is lost, a retry gets the same bytes, no half batch, audit verifies.

`make faults` does a thousand rounds; the tests of every day do a few dozen (`FAULT_ROUNDS`).
"""

import contextlib
import http.client
import json
import os
import random
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from bench import intake_world

from hamrong.law import VIETNAM
from tests.faults.installation import Installation, an_idempotency_key

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "36"))
SENDERS = 3
BATCH = 120
LONGEST = 0.35
"""Seconds until a kill: enough for a batch and many single notices."""

pytestmark = pytest.mark.timeout(120 + ROUNDS * 8)


@dataclass
class Request:
    """One request, and the answer that was heard to it."""

    place: int
    path: str
    body: bytes
    key: str = field(default_factory=an_idempotency_key)
    answer: tuple[int, bytes] | None = None


def single(place: int, number: int) -> Request:
    return Request(place, "/api/v1/stays", json.dumps(a_guest(number)).encode())


def batch(place: int, first: int, rows: int = BATCH) -> Request:
    guests = [a_guest(number) for number in range(first, first + rows)]
    return Request(place, "/api/v1/batches?mode=submit", json.dumps(guests).encode())


def a_guest(number: int):
    now = datetime.now(VIETNAM).replace(microsecond=0)
    return intake_world.guest(number, (now - timedelta(minutes=5)).isoformat(), (now + timedelta(hours=9)).isoformat())


def send(home: Installation, request: Request) -> tuple[int, bytes]:
    """One attempt; raises where no whole answer came."""
    at = urlsplit(home.url)
    client = http.client.HTTPConnection(str(at.hostname), at.port, timeout=20)
    headers = {
        "Authorization": f"Bearer {intake_world.key(request.place)}", "Content-Type": "application/json",
        "Idempotency-Key": request.key,
    }  # fmt: skip
    try:
        client.request("POST", request.path, request.body, headers)
        answer = client.getresponse()
        return answer.status, answer.read()
    finally:
        client.close()


def attempt(home: Installation, request: Request) -> None:
    with contextlib.suppress(OSError, http.client.HTTPException):
        status, body = send(home, request)
        if status // 100 == 2:
            request.answer = (status, body)


def insist(home: Installation, request: Request) -> tuple[int, bytes]:
    """The same request until it is answered; what the fault left behind may refuse a few attempts, not more."""
    for _attempt in range(40):
        with contextlib.suppress(OSError, http.client.HTTPException):
            status, body = send(home, request)
            if status // 100 == 2:
                return status, body
            assert status >= 500 or status in (409, 429), (status, body)
        time.sleep(0.05)
    raise AssertionError(f"{request.path} was never answered")


class Storm:
    """Senders of single notices and of batches, until told to stop."""

    def __init__(self, home: Installation) -> None:
        self.home, self.over = home, threading.Event()
        self.requests: list[Request] = []
        self.threads = [threading.Thread(target=self._singles, args=(home.a_place(),)) for _ in range(SENDERS)]
        self.threads.append(threading.Thread(target=self._batches, args=(home.a_place(),)))

    def _singles(self, place: int) -> None:
        number = 0
        while not self.over.is_set():
            self._one(single(place, number := number + 1))

    def _batches(self, place: int) -> None:
        first = 0
        while not self.over.is_set():
            self._one(batch(place, first := first + BATCH))

    def _one(self, request: Request) -> None:
        self.requests.append(request)
        attempt(self.home, request)
        if request.answer is None:
            self.over.wait(0.02)

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()


def codes(request: Request) -> list[str]:
    """Every receipt code that an answer promises."""
    assert request.answer is not None
    told = json.loads(request.answer[1])
    return [told["receipt_code"], *(row["receipt_code"] for row in told.get("rows") or ())]


def check_promises(home: Installation, requests: list[Request]) -> None:
    promised = [code for request in requests for code in codes(request)]
    assert len(set(promised)) == len(promised)
    with home.admin() as db:
        kept = db.execute("select count(*) from lodging_receipt where code = any(%s)", [promised]).fetchone()
        assert kept == (len(promised),)
        places = [intake_world.code(place) for place in {request.place for request in requests}]
        stays, receipts = db.execute(
            "select count(*), count(r.code) from lodging_stay s left join lodging_receipt r on r.code = s.receipt "
            "where s.establishment = any(%s)", [places],
        ).fetchone()  # fmt: skip
        assert stays == receipts == sum(BATCH if "batches" in request.path else 1 for request in requests)
        halves = db.execute(
            "select b.id from lodging_batch b left join lodging_stay s on s.batch = b.id "
            "where b.establishment = any(%s) "
            "group by b.id having b.state <> 'done' or count(s.id) <> b.accepted + b.accepted_with_warnings", [places],
        ).fetchall()  # fmt: skip
        assert halves == []


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_kill_loses_nothing(home: Installation, seed: int) -> None:
    chance = random.Random(seed)
    victim = chance.choice(("web", "postgres", "postgres"))
    storm = Storm(home)
    storm.start()
    time.sleep(chance.uniform(0.01, LONGEST))
    home.kill(victim)
    storm.over.set()
    home.bring_back(victim)
    storm.stop()
    for request in storm.requests:
        if request.answer is None:
            request.answer = insist(home, request)
        elif chance.random() < 0.3:
            assert insist(home, request) == request.answer, "a retry must get the same bytes"
    check_promises(home, storm.requests)


def test_the_record_of_audit_is_whole_after_all_kills(home: Installation) -> None:
    done = home.verify_audit()
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_same_requests_five_times_at_once_make_each_stay_once(home: Installation) -> None:
    place = home.a_place()
    requests = [single(place, 1), batch(place, 100)]
    answers: dict[str, set[tuple[int, bytes]]] = {request.path: set() for request in requests}

    def once(request: Request) -> None:
        answers[request.path].add(insist(home, request))

    threads = [threading.Thread(target=once, args=(request,)) for request in requests for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(each) for each in answers.values()] == [1, 1]
    for request in requests:
        request.answer = answers[request.path].pop()
    check_promises(home, requests)
