"""An establishment's software as the tests play it."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import msgspec

from hamrong.lodging.models import Establishment
from tests import world


def client(url: str, place: Establishment | None = None, **headers: str) -> httpx.Client:
    """A client of the interface; with a place it holds a fresh key of that place."""
    key = {"Authorization": f"Bearer {world.a_key(place)}"} if place else {}
    return httpx.Client(base_url=f"{url}/api/v1", headers={**key, **headers}, timeout=30)


def a_body(**changes: Any) -> bytes:
    """An invented guest who arrived an hour ago."""
    now = datetime.now(UTC)
    facts = {
        "arrival_at": (now - timedelta(hours=1)).isoformat(),
        "planned_departure_at": (now + timedelta(hours=12)).isoformat(),
    }
    return msgspec.json.encode(world.a_guest(**{**facts, **changes}))


def once(key: str = "") -> dict[str, str]:
    """The headers of a request that is to be taken once."""
    return {"Content-Type": "application/json", "Idempotency-Key": key or secrets.token_hex(8)}


def code_of(response: httpx.Response) -> str:
    """The code of a problem, after a look at its form."""
    assert response.headers["Content-Type"] == "application/problem+json", response.text
    problem = response.json()
    assert problem["status"] == response.status_code
    assert problem["type"].endswith("#" + problem["code"])
    return str(problem["code"])
