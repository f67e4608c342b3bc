"""A witness on a machine of its own: its folder with keys and whole checkpoints, and its small web server.

Needs no database and no Django. The folder: `key` and `vrf` (32 bytes each, mode 0400), `name`, `logs/` with a verifier
key a file, `seen/` with the last note of each log, and `history`, to which every cosigned note is appended.
"""

import hashlib
import http.server
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from hamrong.kernel.proofs import checkpoints, notes, vrf, witness

LARGEST: Final = 64 * 1024


class NoWitness(Exception):
    """A folder that is no witness's, or is one already; the text says which."""


def make(folder: Path, name: str) -> None:
    """A new witness with new keys; NoWitness where the folder holds one."""
    if (folder / "key").exists():
        raise NoWitness(f"{folder} holds the witness {(folder / 'name').read_text().strip()} already")
    for part in (folder, folder / "logs", folder / "seen"):
        part.mkdir(parents=True, exist_ok=True, mode=0o700)
    for key in ("key", "vrf"):
        handle = os.open(folder / key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        with os.fdopen(handle, "wb") as stream:
            stream.write(secrets.token_bytes(32))
    (folder / "name").write_text(f"{name}\n")


def know(folder: Path, vkey: str) -> notes.Key:
    """Let the witness know a log by its verifier key; BadNote where it is none."""
    key = notes.read_key(vkey)
    (folder / "logs" / _file(key.name)).write_text(f"{key}\n")
    return key


def _file(origin: str) -> str:
    return hashlib.sha256(origin.encode()).hexdigest()[:32]


class Store:
    """The folder of a witness, opened; one request at a time decides, so that no two see the same last note."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        if not (folder / "key").is_file():
            raise NoWitness(f"{folder} holds no witness: `hamrong witness init` makes one")
        self._folder, self._clock, self._lock = folder, clock, threading.Lock()
        keys = [notes.read_key(file.read_text()) for file in sorted((folder / "logs").iterdir())]
        name, seed = (folder / "name").read_text().strip(), (folder / "key").read_bytes()
        self._vrf = (folder / "vrf").read_bytes()
        self.who = witness.Witness(name, seed, {key.name: key for key in keys})

    def public(self) -> tuple[str, str]:
        """Its verifier key, and its key for values in hexadecimal digits."""
        return str(notes.key_of(self.who.name, notes.COSIGNATURE, self.who.seed)), vrf.public_key(self._vrf).hex()

    def last(self, origin: str) -> str | None:
        """The last note that was kept of a log."""
        file = self._folder / "seen" / _file(origin)
        return file.read_text() if file.exists() else None

    def add(self, body: str) -> witness.Answer:
        """Answer an `add-checkpoint`; what is cosigned is on disk before the answer."""
        try:
            asked = witness.read(body)
            origin = checkpoints.read(notes.read(asked.note).text).origin
        except (witness.BadRequest, notes.BadNote) as problem:
            return witness.Answer(400, f"{problem}\n")
        with self._lock:
            answer = self.who.decide(asked, self.last(origin), int(self._clock()))
            if answer.kept is not None:
                self._keep(origin, answer.kept + answer.body)
        return answer

    def value(self, body: str) -> bytes | None:
        """The proof of a random value for a leaf of a checkpoint that was cosigned here; None for any other."""
        try:
            return self.who.value(witness.read_value(body), self._vrf)
        except witness.BadRequest:
            return None

    def _keep(self, origin: str, note: str) -> None:
        with (self._folder / "history").open("a") as stream:
            stream.write(note + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        file = self._folder / "seen" / _file(origin)
        draft = file.with_suffix(".draft")
        draft.write_text(note)
        draft.rename(file)


class _Handler(http.server.BaseHTTPRequestHandler):
    """`POST /add-checkpoint` (C2SP tlog-witness) and `POST /value` (plates-protocol.md §2)."""

    protocol_version = "HTTP/1.1"
    store: Store

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if not 0 < length <= LARGEST:
            return self._answer(413, b"at most 64 KiB\n")
        body = self.rfile.read(length).decode("utf-8", "replace")
        if self.path == "/add-checkpoint":
            answer = self.store.add(body)
            kind = "text/x.tlog.size" if answer.status == 409 else "text/plain; charset=utf-8"
            return self._answer(answer.status, answer.body.encode(), kind)
        if self.path == "/value":
            proof = self.store.value(body)
            return self._answer(403, b"not cosigned here\n") if proof is None else self._answer(200, proof)
        return self._answer(404, b"no such address\n")

    def _answer(self, status: int, body: bytes, kind: str = "application/octet-stream") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing of single requests."""


def server(store: Store, door: socket.socket) -> http.server.ThreadingHTTPServer:
    """A server on a listening socket."""
    handler = type("Handler", (_Handler,), {"store": store})
    host, port = door.getsockname()[:2]
    made = http.server.ThreadingHTTPServer((host, port), handler, bind_and_activate=False)
    made.socket.close()
    made.socket = door
    return made
