"""The public form of a denunciation while the house runs: its first page, and a sending sealed for five holders.

    python -m bench.petitions_door [--clients 16] [--seconds 10]

The limit of the page is `/healthz`, which does nothing; that of the sending is the same form checked but not sent. All
four are measured in one run on one database of its own, with the web server's processor time a request; the last line
is JSON.
"""

import argparse
import secrets
from collections.abc import Callable
from functools import partial
from typing import Final
from urllib.parse import urlencode

from bench.harness import beside, house, imported, percentiles, processor, report, serving
from bench.senders import Request, Sent, send

from hamrong.kernel.seal.followup import new_code
from hamrong.site.children import Child

PATH: Final = "/to-cao/"
DENOUNCED: Final = "Người Bịa Để Đo"
"""An officer of the unit: where it is not clear who is denounced, the unit keeps nothing."""

TARGET: Final = 300.0
"""Milliseconds: the page and the sending, 95th percentile, without files."""


def blank() -> Request:
    """A request that sends nothing."""
    return lambda client, number: (b"Accept-Language: vi\r\n", b"")


def form(step: str, ward: str) -> Request:
    """The filled form at a step (`check`, `send`), with a code of its own each time."""
    token = secrets.token_hex(16)
    headers = f"Content-Type: application/x-www-form-urlencoded\r\nCookie: csrftoken={token}\r\n".encode()
    told = {
        "csrfmiddlewaretoken": token, "do": step, "signed": "named", "unit": ward, "away": "people",
        "against": DENOUNCED, "subject": "Việc bịa để đo", "text": "Chuyện bịa ra để đo. " * 40,
        "name": "Người bịa", "address": "Thôn Bịa",
    }  # fmt: skip
    return lambda client, number: (headers, urlencode({**told, "code": new_code()}).encode())


def shown(name: str, run: Callable[[], Sent], web: Child) -> dict[str, float]:
    """What one of the four took, in milliseconds; `web`: of it processor time of the web server, a request."""
    before, sent = processor(web), run()
    assert sent.took and not sent.bad, (name, sent.bad, sent.example)
    used = (processor(web) - before) / len(sent.took) * 1000
    told = {**percentiles(sent.took), "rate": round(sent.rate, 1), "web": round(used, 1), "answers": len(sent.took)}
    print(f"{name:8} {told}", flush=True)
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=10)
    chosen = parser.parse_args()
    with house() as home:
        world = imported("bench.seal_world")
        world.people()
        world.an_officer("ward-chief", world.WARD, DENOUNCED)
        with beside("signer", "sequencer"), serving(home) as url:
            assert home.web is not None
            run = partial(partial, send, url, clients=chosen.clients, seconds=chosen.seconds)
            runs = {
                "nothing": run(path="/healthz", make=blank, method="GET"),
                "page": run(path=PATH, make=blank, method="GET"),
                "check": run(path=PATH, make=partial(form, "check", world.WARD)),
                "send": run(path=PATH, make=partial(form, "send", world.WARD)),
            }
            told = {name: shown(name, each, home.web) for name, each in runs.items()}
        with home.admin() as db:
            row = db.execute("select count(*) from petitions_petition where secret").fetchone()
    assert row and row[0] >= told["send"]["answers"], "what was sent is in the register"
    report(
        "petitions_door", clients=chosen.clients, ms=told, kept=row[0],
        page_to_nothing=round(told["page"]["p95"] / told["nothing"]["p95"], 2),
        send_to_check=round(told["send"]["p95"] / told["check"]["p95"], 2),
        met=max(told["page"]["p95"], told["send"]["p95"]) <= TARGET,
    )  # fmt: skip


if __name__ == "__main__":
    main()
