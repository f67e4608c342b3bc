"""Milliseconds to seal a report for five holders and three handlers, over one X25519 exchange and one Argon2id guess.

    python -m bench.seal [--reports 200] [--rounds 5]

A report: 2,000 characters of text and an identity, its key dealt 2 of 5, the content's key handed to three handlers and
to the reporter, the copy for the trustees; alone, and with the rows in a durable database (fsync) of its own.
"""

import argparse
import importlib
import statistics
import time
from collections.abc import Callable
from typing import Final
from uuid import uuid4

from bench import harness
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from hamrong.kernel.seal import aead, followup, keys, passphrase, reports, shares
from hamrong.kernel.seal.sharing import Share

BOUND_MS: Final = 10.0
TEXT: Final = ("Kính gửi cơ quan có thẩm quyền " * 70)[:2000].encode()
IDENTITY: Final = ("Họ tên, số căn cước, địa chỉ, điện thoại " * 8).encode()


def people(count: int) -> list[shares.Holder]:
    return [shares.Holder(uuid4(), 1, keys.new_pair().public) for _ in range(count)]


def seal(holders: list[shares.Holder], handlers: list[shares.Holder], trustees: bytes) -> None:
    """Everything that happens when one report comes in."""
    report, content, identity = uuid4(), aead.new_key(), aead.new_key()
    reports.seal_content(content, report, "text", TEXT)
    reports.seal_identity(identity, report, IDENTITY)
    shares.deal(Share(shares.KEY_ITSELF, identity), report, holders, threshold=2, epoch=1)
    reports.hand_recovery(identity, report, trustees)
    reporter = shares.Holder(uuid4(), 1, keys.pair_of(followup.seed(followup.new_code())).public)
    for handler in (*handlers, reporter):
        reports.hand_content(content, report, handler)


def with_database(times: int) -> float:
    """The median of milliseconds from the code to the commit."""
    with harness.house():
        world = importlib.import_module("bench.seal_world")
        place = world.people()
        took = [milliseconds(lambda: world.seal(place, TEXT, IDENTITY), 1) for _ in range(times)]
        return statistics.median(took)


def exchange() -> None:
    mine, theirs = X25519PrivateKey.generate(), X25519PrivateKey.generate()
    mine.exchange(theirs.public_key())


def guess() -> None:
    passphrase.lock(bytes(32), "x", b"")


def milliseconds(work: Callable[[], None], times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) * 1000 / times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    holders, handlers, trustees = people(5), people(3), keys.new_pair().public
    rounds = [
        (
            milliseconds(lambda: seal(holders, handlers, trustees), asked.reports),
            milliseconds(exchange, asked.reports),
            milliseconds(guess, 1),
        )
        for _ in range(asked.rounds)
    ]
    each, step, one_guess = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratios = {"over_one_x25519": round(each / step, 1), "over_one_argon2id_guess": round(each / one_guess, 4)}
    spread = round(max(row[0] for row in rounds) / min(row[0] for row in rounds), 2)
    whole = with_database(asked.reports)
    harness.report("seal", ms_per_report=round(each, 2), ms_with_database=round(whole, 2), ratios=ratios, spread=spread)
    raise SystemExit(max(each, whole) > BOUND_MS)


if __name__ == "__main__":
    main()
