"""To what a sealed thing belongs, as bytes: a purpose and its parts, so written that no two lists look alike."""

from typing import Final
from uuid import UUID

VERSION: Final = b"\x01"
"""First byte of everything that is sealed here; another way of sealing gets another byte."""

Part = bytes | str | int | UUID


class Broken(ValueError):
    """It does not open: changed, moved to another place, cut, or meant for somebody else. Nobody is told which."""


def bound(purpose: str, *parts: Part) -> bytes:
    """The purpose and every part behind its own length (4 bytes), for associated data and for HPKE's `info`."""
    written = [purpose.encode(), *map(_bytes, parts)]
    return b"".join(len(each).to_bytes(4, "big") + each for each in written)


def _bytes(part: Part) -> bytes:
    if isinstance(part, UUID):
        return part.bytes
    if isinstance(part, int):
        return part.to_bytes(8, "big")
    return part.encode() if isinstance(part, str) else part


def versioned(sealed: bytes, least: int, version: bytes = VERSION) -> bytes:
    """What follows the version byte; `Broken` where the byte is another one or fewer than `least` bytes follow."""
    if sealed[:1] != version or len(sealed) < 1 + least:
        raise Broken("not sealed in a way that is known here")
    return sealed[1:]
