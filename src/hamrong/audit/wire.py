"""Messages between our own processes on one machine: four bytes of length, then MessagePack."""

import socket
from collections.abc import Mapping
from typing import Any, Final

import msgspec

MOST: Final = 64 << 20


def send(to: socket.socket, message: Mapping[str, Any]) -> None:
    """Send one message."""
    body = msgspec.msgpack.encode(message)
    to.sendall(len(body).to_bytes(4, "big") + body)


def receive(source: socket.socket) -> dict[str, Any] | None:
    """The next message; None where the other side has ended. ValueError for one that is too long."""
    head = _exactly(source, 4)
    if head is None:
        return None
    length = int.from_bytes(head, "big")
    if length > MOST:
        raise ValueError(f"a message of {length} bytes")
    body = _exactly(source, length)
    told: dict[str, Any] | None = None if body is None else msgspec.msgpack.decode(body)
    return told


def _exactly(source: socket.socket, length: int) -> bytes | None:
    got = bytearray()
    while len(got) < length:
        piece = source.recv(length - len(got))
        if not piece:
            return None
        got += piece
    return bytes(got)
