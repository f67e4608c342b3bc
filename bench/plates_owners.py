"""Owners who press and wait for their number: `python -m bench.plates_owners POOL CLIENTS SECONDS`, on a set-up house.

Prints how long it lasted, the seconds of a first press, which opens this process's connection and is not counted (a web
server has opened its own long before), then those of every press. Files are made beforehand, written past walls and
record, as only a measurement may.
"""

import os
import secrets
import sys
import threading
import time
import uuid
from datetime import datetime
from typing import Final

import django
import psycopg

django.setup()

from bench import plates_world  # noqa: E402

from hamrong.access.actors import Target  # noqa: E402
from hamrong.law import VIETNAM  # noqa: E402
from hamrong.plates.actions.pressing import press  # noqa: E402
from hamrong.plates.models import Draw  # noqa: E402

READY: Final = 900


class Bell:
    """Hears when a batch is drawn, and wakes those whose numbers are in it."""

    def __init__(self, url: str) -> None:
        self._waiting: dict[uuid.UUID, threading.Event] = {}
        self._db = psycopg.connect(url, autocommit=True)
        self._asking = psycopg.connect(url, autocommit=True)
        self._db.execute("listen plates_drawn")
        threading.Thread(target=self._hear, daemon=True).start()

    def _hear(self) -> None:
        for told in self._db.notifies():
            drawn = self._asking.execute("select id from plates_draw where seal = %s", [int(told.payload)]).fetchall()
            for (number,) in drawn:
                self.of(number).set()

    def of(self, draw: uuid.UUID) -> threading.Event:
        return self._waiting.setdefault(draw, threading.Event())


def one(ticket: str, bell: Bell) -> float:
    """Press and wait for the number; the seconds it took."""
    by = plates_world.granted("plate-owner", ticket, "plate.press", Target(ticket=ticket))
    began = time.perf_counter()
    pressed = press(by=by, nonce=secrets.token_bytes(16), at=datetime.now(VIETNAM))
    assert isinstance(pressed, Draw), pressed
    assert bell.of(pressed.pk).wait(30)
    return time.perf_counter() - began


def client(tickets: list[str], until: float, bell: Bell, took: list[float]) -> None:
    while time.perf_counter() < until:
        took.append(one(tickets.pop(), bell))


def main() -> None:
    pool, clients, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    admin = os.environ["BENCH_ADMIN"]
    run, count = secrets.token_hex(4), int(READY * seconds)
    tickets = plates_world.file(admin, pool, run, count)
    took: list[float] = []
    bell = Bell(admin)
    first, began = one(tickets.pop(), bell), time.perf_counter()
    threads = [threading.Thread(target=client, args=(tickets, began + seconds, bell, took)) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(time.perf_counter() - began, first, *took)


if __name__ == "__main__":
    main()
