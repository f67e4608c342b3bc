"""Rounds of a public beacon (drand, unchained, signatures on G1): fetched or carried here, and checked here.

drand's scheme `bls-unchained-g1-rfc9380`: the signature of round R is a BLS signature over SHA-256(R, 8 bytes), so it
can be checked without a network, wherever it came from: over HTTP, by a one-way relay into a folder, or from paper.
"""

import json
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Protocol

import httpx

from hamrong.plates.rules import Beacon

LIBRARY: Final = "drand_verify"
SIGNATURE: Final = 48
QUICKNET: Final = Beacon(
    "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
    1692803367,
    3,
    bytes.fromhex(
        "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc2"
        "2b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
    ),
)
"""The League of Entropy's quicknet: a round every three seconds."""


class Source(Protocol):
    """Where signatures of rounds come from."""

    def signature(self, beacon: Beacon, round: int) -> bytes | None:
        """The signature of a round, not checked yet; None where it has not come."""


class Folder:
    """Rounds that a one-way relay, or a person with a USB stick or a printed code, puts down as `<round>.json`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def signature(self, beacon: Beacon, round: int) -> bytes | None:
        file = self._folder / f"{round}.json"
        return _told(json.loads(file.read_text("utf-8")), round) if file.exists() else None


class Web:
    """Rounds over HTTP, from the first of several mirrors that has one."""

    def __init__(self, urls: Sequence[str]) -> None:
        self._urls = urls
        self._client = httpx.Client(timeout=3.0)

    def signature(self, beacon: Beacon, round: int) -> bytes | None:
        for url in self._urls:
            try:
                answer = self._client.get(f"{url}/{beacon.chain}/public/{round}")
                if answer.status_code == 200:
                    return _told(answer.json(), round)
            except (httpx.HTTPError, ValueError):
                continue
        return None


def _told(answer: Mapping[str, Any], round: int) -> bytes | None:
    """The signature in a drand answer `{"round": …, "signature": hex}`; None where it is of another round or no hex."""
    try:
        signature = bytes.fromhex(str(answer["signature"]))
    except (KeyError, ValueError, TypeError):
        return None
    return signature if answer.get("round") == round and len(signature) == SIGNATURE else None


def can_check() -> bool:
    """Whether the library that checks signatures is installed (`pip install hamrong[beacon]`)."""
    return find_spec(LIBRARY) is not None


def is_right(beacon: Beacon, round: int, signature: bytes) -> bool:
    """Whether this is the signature of the round; needs `can_check`."""
    check = import_module(LIBRARY).verify_bls_unchained_g1_rfc9380
    try:
        check(round, signature.hex(), beacon.public.hex())
    except ValueError:
        return False
    return True
