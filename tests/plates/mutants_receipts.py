"""What must notice a change in receipts, and in what the offline program says of them."""

import base64
import copy
import json
import zlib
from functools import cache

from hamrong.kernel.proofs import hamrong_verify, notes
from hamrong.plates import numbers, receipts
from tests.kernel.proofs.mutants import Target, refused
from tests.plates.logs import Log, a_log, a_receipt, public_keys
from tests.plates.test_offline_receipts import RECEIPTS


@cache
def given():
    """A log, its keys, and some of its receipts as files: every source of values."""
    log, last = a_log(), Log()
    last.happen("pool.open", numbers.Run("36A", 1, 1))
    last.batch(1)
    log.batch(1, "witness", names=tuple(public_keys().witnesses))
    some = {seq: a_receipt(log, seq) for seq in (1, 5, 8, 10, 13)}
    return json.loads(public_keys().written()), {**some, 0: a_receipt(last, 1)}


def of_offline_receipts(code):
    """Checks of what the verifier says of receipts: right ones, manipulated ones, and codes."""
    keys, some = given()
    keys = {**keys, "logs": [keys["log"], *keys["logs"]]}
    for seq, told in some.items():
        draw = told["draw"]
        assert code.check_plate(copy.deepcopy(told), keys).startswith(
            f"{draw['number']}: number {draw['k']} of {draw['n']} "
        )
        if seq in (1, 8):
            text = receipts.to_code(receipts.read(json.dumps(told)))
            assert code.of_code(text) == code.of_code(f"https://x/p/{text.lower()} ") == told
            for wrong in (text + "AAAAAAAA", text[:-8], text[8:]):
                refused(lambda wrong=wrong: code.of_code(wrong), Exception)
    for change, kind in RECEIPTS.values():
        _named(code, some[5], keys, change, kind)
    bomb = zlib.compressobj(9, zlib.DEFLATED, zdict=code.WORDS)
    packed = bomb.compress(json.dumps({"a": "x" * 70_000}).encode()) + bomb.flush()
    text = base64.b32encode(len(packed).to_bytes(2, "big") + packed).decode().rstrip("=")
    refused(lambda: code.of_code(text))
    _levels(code, some, keys)
    _moments(code, some, keys)


def _named(code, receipt, keys, change, kind):
    told = copy.deepcopy(receipt)
    change(told)
    try:
        code.check_plate(told, keys)
    except code.Bad as bad:
        assert str(bad).startswith(f"{kind}: "), (kind, bad)
    else:
        raise AssertionError(kind)


def _levels(code, some, keys):
    def claims(level):
        return lambda told: told["draw"].update(level=level)

    for seq, level, kind in (
        (1, "B", "level"),
        (1, "A", "level"),
        (5, "A", "level"),
        (8, "B", "level"),
        (10, "A", "level"),
    ):
        _named(code, some[seq], keys, claims(level), kind)
    for seq in (5, 8):  # who claims less than could be shown is believed, as far as the signature goes
        _named(code, some[seq], keys, claims("C"), "signature")
    for change, kind in (
        (lambda told: told["draw"].update(k=0), "order"),
        (lambda told: told["draw"].update(seal=1), "order"),
        (lambda told: told["request"].update(pool="x"), "order"),
        (lambda told: told["seal"].update(pool="x"), "order"),
        (lambda told: told["seal"].update(count=told["seal"]["count"] + 4), "seal"),
        (lambda told: told.update(batch_path=[]), "seal"),
    ):
        _named(code, some[5], keys, change, kind)
    _named(code, some[1], keys, lambda told: told["draw"].update(value="AAAA"), "value")
    inside = copy.deepcopy(keys)
    for each in inside["witnesses"].values():
        each["outside"] = False
    _named(code, some[8], inside, lambda told: None, "level")
    late = copy.deepcopy(keys)
    for each in late["beacons"].values():
        each["genesis"] -= 3600
    _named(code, some[8], late, lambda told: None, "level")


def _moments(code, some, keys):
    """A witness is timely a second before the round, and not with it; local ones have to have cosigned, all of them."""
    told = some[8]
    note = notes.read(told["checkpoint"])
    name = next(name for name, each in keys["witnesses"].items() if each["outside"])
    at = notes.cosigned_at(note, notes.read_key(keys["witnesses"][name]["vkey"]))
    for late in (0, 1):
        moved = copy.deepcopy(keys)
        (beacon,) = moved["beacons"].values()
        beacon["genesis"] = at + 1 - late - (told["seal"]["round"] - 1) * beacon["period"]
        if late:
            _named(code, told, moved, lambda told: None, "level")
        else:
            code.check_plate(copy.deepcopy(told), moved)
    silent = some[5]["seal"]["witnesses"][0]
    lines = [line for line in some[5]["checkpoint"].split("\n") if not line.startswith(f"\u2014 {silent} ")]
    _named(code, some[5], keys, lambda told: told.update(checkpoint="\n".join(lines)), "level")


def of_receipts(code):
    """Checks of plates.receipts: file and code are one thing, and nothing else is read."""
    _, some = given()
    for told in some.values():
        receipt = code.read(json.dumps(told))
        assert json.loads(code.to_file(receipt)) == told and receipt.batch_index == told["batch_index"]
        text = code.to_code(receipt)
        assert text == receipts.to_code(receipts.read(json.dumps(told)))
        assert (
            code.read(text)
            == code.read(f"HTTPS://X/P/{text}")
            == code.read(f" https://x/p/{text.lower()}\n")
            == receipt
        )
        assert code.read("\ufeff" + json.dumps(told)) == code.read(json.dumps(told).encode()) == receipt
    told = some[5]
    for change in (
        {"v": 2},
        {"request": []},
        {"seal_index": "1"},
        {"seal_index": 1.0},
        {"seal_index": True},
        {"checkpoint": 7},
        {"signature": "x"},
        {"batch_path": ["00" * 31]},
        {"log_path": ["00" * 33]},
        {"draw": None},
        {"seal": "x"},
        {"signature": "****"},
    ):
        refused(lambda change=change: code.read(json.dumps({**told, **change})), code.Unreadable)
    for wrong in ("", "{", "[]", "x", text[:-8], text + "AAAAAAAA", text[:40], "\u00e9" * 50):
        refused(lambda wrong=wrong: code.read(wrong), code.Unreadable)


TARGETS = (
    Target(
        hamrong_verify, frozenset({"value_of", "check_rank", "plain", "of_code", "check_plate"}), of_offline_receipts
    ),
    Target(
        receipts,
        frozenset(
            {
                "HASH",
                "VERSION",
                "Receipt.batch_index",
                "to_file",
                "to_code",
                "read",
                "_from_code",
                "_from_file",
                "_hashes",
                "_object",
                "_whole",
                "_text",
            }
        ),
        of_receipts,
    ),
)
EQUIVALENT: dict[str, str] = {
    "receipts.to_code: 4->5 at 93 of `raw = bytes.fromhex(told) if is_hex else base64.b64decode(told + "
    '"=" * (-len(told) % 4))`': "only what is whole base64 already comes out as it went in, and is taken",
}
