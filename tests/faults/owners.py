"""Owners who press at 16 places at once, through every fault: `python -m tests.faults.owners POOL TICKETS` (a file).

Prints the id of every draw whose press was answered. Whoever gets no answer presses again, as a person would.
"""

import secrets
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

import django

django.setup()

from bench import plates_world  # noqa: E402
from django.db import Error, connection  # noqa: E402

from hamrong.access.actors import Target  # noqa: E402
from hamrong.law import VIETNAM  # noqa: E402
from hamrong.plates.actions.pressing import press  # noqa: E402
from hamrong.plates.models import Draw  # noqa: E402

CLIENTS = 16


def insist(ticket: str) -> str:
    """Press until the press is answered; the id of the draw."""
    by = plates_world.granted("plate-owner", ticket, "plate.press", Target(ticket=ticket))
    nonce = secrets.token_bytes(16)
    while True:
        try:
            pressed = press(by=by, nonce=nonce, at=datetime.now(VIETNAM))
        except Error:
            connection.close()
            time.sleep(0.1)
            continue
        assert isinstance(pressed, Draw), pressed
        return str(pressed.pk)


def client(tickets: list[str], said: threading.Lock) -> None:
    while tickets:
        drawn = insist(tickets.pop())
        with said:
            print(drawn, flush=True)
        time.sleep(0.02)


def main() -> None:
    tickets, said = Path(sys.argv[1]).read_text().split(), threading.Lock()
    threads = [threading.Thread(target=client, args=(tickets, said), daemon=True) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
