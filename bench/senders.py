"""Many clients over HTTP, each with one connection of its own, for a given time; no two requests are alike."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from urllib.parse import urlsplit

Request = Callable[[int, int], tuple[bytes, bytes]]
"""(client, number) → (headers after the host, body) of a POST."""


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


async def _client(url: str, path: str, client: int, until: float, request: Request, sent: Sent) -> None:
    at = urlsplit(url)
    reader, writer = await asyncio.open_connection(at.hostname, at.port)
    number = 0
    while time.perf_counter() < until:
        headers, body = request(client, number)
        number += 1
        head = f"POST {path} HTTP/1.1\r\nHost: {at.netloc}\r\nContent-Length: {len(body)}\r\n".encode()
        began = time.perf_counter()
        writer.write(head + headers + b"\r\n" + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        length = next(int(line[15:]) for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        told = await reader.readexactly(length)
        if answer[9:10] == b"2":
            sent.took.append(time.perf_counter() - began)
        else:
            sent.bad += 1
            sent.example = answer[:40] + told[:400]
    writer.close()


async def _all(url: str, path: str, clients: int, seconds: float, request: Request) -> Sent:
    sent, began = Sent(), time.perf_counter()
    until = began + seconds
    await asyncio.gather(*(_client(url, path, client, until, request, sent) for client in range(clients)))
    sent.lasted = time.perf_counter() - began
    return sent


def _run(back: Connection, url: str, path: str, clients: int, seconds: float, make: Callable[[], Request]) -> None:
    back.send(asyncio.run(_all(url, path, clients, seconds, make())))


def send(url: str, path: str, *, clients: int, seconds: float, make: Callable[[], Request]) -> Sent:
    """Run the clients in a process of their own; `make` builds the requests there (a top-level function)."""
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(there, url, path, clients, seconds, make))
    process.start()
    sent: Sent = here.recv()
    process.join()
    return sent
