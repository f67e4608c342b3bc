"""Many clients over HTTP, each with one connection of its own, for a given time; no two requests are alike."""

import selectors
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Final
from urllib.parse import urlsplit

Request = Callable[[int, int], tuple[bytes, bytes]]
"""(client, number) → (headers after the host, body)."""

READY: Final = 4000
"""Requests a second that are made before the time runs, so that making them takes nothing from the server."""


@dataclass
class Sent:
    """What came back: seconds that each good answer took, how many bad ones, and how long it all lasted."""

    took: list[float] = field(default_factory=list)
    bad: int = 0
    lasted: float = 0.0
    example: bytes = b""

    @property
    def rate(self) -> float:
        return len(self.took) / self.lasted


class _Client:
    """One connection: a request is out, or its answer is coming in."""

    def __init__(self, address: tuple[str, int], requests: Iterator[bytes]) -> None:
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._requests = requests
        self._began = 0.0
        self._answer = b""

    def send(self, due: float) -> None:
        """Send the next request, which counts from when it was due, even if no connection was free then."""
        self._answer, self._began = b"", due
        self.socket.sendall(next(self._requests))

    def receive(self, sent: Sent) -> bool:
        """Take what has come; True when the answer is whole."""
        self._answer += self.socket.recv(1 << 16)
        head, found, body = self._answer.partition(b"\r\n\r\n")
        if not found:
            return False
        at = head.lower().index(b"content-length:") + 15
        if len(body) < int(head[at : (head + b"\r").index(b"\r", at)]):
            return False
        if head[9:10] == b"2":
            sent.took.append(time.perf_counter() - self._began)
        else:
            sent.bad += 1
            sent.example = head[:40] + body[:400]
        return True


def _requests(host: str, at: str, client: int, ready: int, make: Request) -> Iterator[bytes]:
    def whole(number: int) -> bytes:
        headers, body = make(client, number)
        head = f"{at} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {len(body)}\r\n".encode()
        return head + headers + b"\r\n" + body

    made = [whole(number) for number in range(ready)]

    def each() -> Iterator[bytes]:
        yield from made
        yield from map(whole, count(ready))

    return each()


def _all(url: str, line: str, clients: int, seconds: float, rate: float, request: Request) -> Sent:
    at = urlsplit(url)
    ready = int((rate or READY) * seconds / clients) + 1
    idle = deque(
        _Client((str(at.hostname), at.port or 80), _requests(at.netloc, line, client, ready, request))
        for client in range(clients)
    )
    sent, waiting = Sent(), selectors.DefaultSelector()
    for client in idle:
        waiting.register(client.socket, selectors.EVENT_READ, client)
    began = due = time.perf_counter()
    until = began + seconds
    while due < until or len(idle) < clients:
        now = time.perf_counter()
        if not rate:
            due = now
        while idle and due <= now and due < until:
            idle.popleft().send(due)  # in turn, because the server closes what is idle for long
            due += 1 / rate if rate else 0.0
        pause = max(0.0, due - now) if rate and idle and due < until else None
        for key, _ in waiting.select(pause):
            if key.data.receive(sent):
                idle.append(key.data)
    for client in idle:
        client.socket.close()
    sent.lasted = time.perf_counter() - began
    return sent


def _run(
    back: Connection, url: str, line: str, clients: int, seconds: float, rate: float, make: Callable[[], Request]
) -> None:
    back.send(_all(url, line, clients, seconds, rate, make()))


def send(
    url: str, path: str, *, clients: int, seconds: float, make: Callable[[], Request], rate: float = 0.0,
    method: str = "POST",
) -> Sent:  # fmt: skip
    """Run the clients in a process of their own; `make` builds the requests there (a top-level function).

    With a `rate`, so many requests a second fall due, whether or not answers come; without one, each client asks anew
    as soon as it is answered.
    """
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(there, url, f"{method} {path}", clients, seconds, rate, make))
    process.start()
    there.close()  # so that the end of the process ends the waiting
    sent: Sent = here.recv()
    process.join()
    return sent
