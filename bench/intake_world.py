"""The establishments, keys and guests that the measurements of intake are made with; nobody in them is real."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any, Final

from bench.harness import House

from hamrong.law import VIETNAM

WARDS: Final = ("16531", "16516", "14797")
PLACES: Final = 5000


def code(place: int) -> str:
    return f"BM-{place:04d}"


def key(place: int) -> str:
    """The bearer key of an establishment of the measurement: known to both sides, worth nothing elsewhere."""
    return f"hr_{place:010x}_{hashlib.sha256(str(place).encode()).hexdigest()[:32]}"


def fill(home: House, places: int = PLACES) -> None:
    """Active establishments with a room and a key each, written past triggers and walls, as only a measurement may."""
    now = datetime.now(VIETNAM) - timedelta(days=2)
    with home.admin() as db:
        db.execute("set session_replication_role = replica")
        with db.cursor() as cursor:
            columns = "code, kind, name, name_key, address, ward, province, area, phone, manager_name, state, applied_at, decided_at, decided_by, decision_reason"  # noqa: E501
            with cursor.copy(f"copy lodging_establishment ({columns}) from stdin") as copy:
                for place in range(places):
                    name = f"Cơ sở đo tải {place}"
                    copy.write_row(
                        (
                            code(place),
                            "hotel",
                            name,
                            f"co so do tai {place}",
                            "Số 1",
                            WARDS[place % 3],
                            "38",
                            "normal",
                            "",
                            "Không",
                            "active",
                            now,
                            now,
                            "bench",
                            "",
                        )
                    )
            columns = "id, digest, establishment, label, created_at, created_by, expires_at"
            with cursor.copy(f"copy accounts_machinekey ({columns}) from stdin") as copy:
                for place in range(places):
                    shown = key(place)
                    digest = hashlib.sha256(shown.encode()).digest()
                    copy.write_row(
                        (shown.split("_")[1], digest, code(place), "bench", now, "bench", now + timedelta(days=400))
                    )
        # Not the empty ones: what is found empty is planned to be read whole until it is looked at again.
        db.execute("analyze lodging_establishment, accounts_machinekey")


def guest(number: int, arrival: str, departure: str) -> dict[str, Any]:
    """An invented guest; different numbers are different documents."""
    return {
        "client_ref": f"B{number}", "kind": "citizen", "full_name": "Trần Văn Khách", "sex": "M",
        "birth": {"date": "1990-05-17", "precision": "day"}, "nationality": "VNM",
        "document": {"type": "cccd", "number": f"038090{number % 1_000_000:06d}"},
        "residence": {"text": "Thanh Hóa"}, "arrival_at": arrival, "planned_departure_at": departure, "room": "101",
        "reason": {"code": "tourism"}, "capture": {"method": "pms"},
    }  # fmt: skip


class Notices:
    """Requests of one sender process: every one another guest, at another establishment, with another key."""

    def __init__(self, run: int, places: int = PLACES) -> None:
        now = datetime.now(VIETNAM).replace(microsecond=0)
        self._times = ((now - timedelta(minutes=20)).isoformat(), (now + timedelta(hours=14)).isoformat())
        self._run, self._places, self._sent = run, places, 0

    def __call__(self, client: int, number: int) -> tuple[bytes, bytes]:
        self._sent += 1
        place = (client * 7919 + number * 104_729) % self._places
        body = json.dumps(guest(self._sent + self._run * 37, *self._times)).encode()
        head = (
            f"Authorization: Bearer {key(place)}\r\nContent-Type: application/json\r\n"
            f"Idempotency-Key: {self._run}-{client}-{number}\r\n"
        )
        return head.encode(), body
