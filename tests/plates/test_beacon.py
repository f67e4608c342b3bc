"""Rounds of a beacon: right ones of the real quicknet and of a second implementation, and nothing else."""

import json
import secrets
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hamrong.plates.beacon import QUICKNET, Folder, can_check, is_right
from tests.plates.beacons import a_beacon, a_round

ROUND = 657413
SIGNATURE = bytes.fromhex(
    "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"
)


def test_a_round_of_quicknet_is_right_and_no_other():
    assert can_check()
    assert is_right(QUICKNET, ROUND, SIGNATURE)
    assert not is_right(QUICKNET, ROUND + 1, SIGNATURE)
    assert not is_right(a_beacon(), ROUND, SIGNATURE)
    for _ in range(20):
        place = secrets.randbelow(len(SIGNATURE) * 8)
        changed = (int.from_bytes(SIGNATURE, "big") ^ 1 << place).to_bytes(48, "big")
        assert not is_right(QUICKNET, ROUND, changed)


def test_two_implementations_agree():
    for round_ in (1, 2, 12345):
        assert is_right(a_beacon(), round_, a_round(round_))
        assert not is_right(a_beacon(), round_ + 1, a_round(round_))


def test_rounds_are_carried_by_a_folder(tmp_path: Path):
    source = Folder(tmp_path)
    assert source.signature(QUICKNET, ROUND) is None
    (tmp_path / f"{ROUND}.json").write_text(json.dumps({"round": ROUND, "signature": SIGNATURE.hex()}))
    assert source.signature(QUICKNET, ROUND) == SIGNATURE


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"round": 1, "signature": SIGNATURE.hex()},
        {"round": ROUND, "signature": "xx"},
        {"round": ROUND, "signature": "00"},
    ],
)
def test_what_is_carried_in_another_form_is_nothing(tmp_path: Path, told: dict[str, object]):
    (tmp_path / f"{ROUND}.json").write_text(json.dumps(told))
    assert Folder(tmp_path).signature(QUICKNET, ROUND) is None


def test_rounds_come_at_fixed_times():
    assert QUICKNET.time_of(1) == 1692803367
    at = datetime(2026, 11, 25, tzinfo=UTC)
    round_ = QUICKNET.first_after(at, 3)
    assert QUICKNET.time_of(round_) >= at.timestamp() + 3 > QUICKNET.time_of(round_ - 1)
