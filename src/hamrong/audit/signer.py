"""The process that holds the keys: it signs what extends a log that it has seen, and proves; nobody asks it for a key.

It keeps its own size and compact range of every log, so that neither the database nor whoever rules it can make it sign
another past, or less of the same. Run as another user where the machine has one.
"""

import os
import socketserver
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hamrong.audit.slots import Slots
from hamrong.audit.wire import receive, send
from hamrong.kernel.proofs import merkle, notes, vrf
from hamrong.kernel.proofs.checkpoints import Checkpoint

MOST: Final = 100_000
KINDS: Final = ("log", "sign", "vrf")
"""What a key may do is the first part of its name: `log.audit` signs checkpoints of one log and nothing else."""


class Refused(Exception):
    """What was asked is not to be signed; the text says why, and goes to whoever asked."""


class Signed(msgspec.Struct):
    """How far a log is signed: its size, the roots of its whole subtrees, and the last note."""

    size: int = 0
    nodes: list[bytes] = []
    note: str = ""


class Signer:
    """Keys and states. `keys` maps `log.audit`, `sign.receipts`, `vrf.draw` … to 32 bytes; `state` is a folder."""

    def __init__(self, keys: Mapping[str, bytes], state: Path, origin: str) -> None:
        self._keys = dict(keys)
        self._signs = {
            name: Ed25519PrivateKey.from_private_bytes(key) for name, key in keys.items() if name.startswith("sign.")
        }
        self._origin = origin
        self._disk = ThreadPoolExecutor(1, "disk")
        logs = [name.partition(".")[2] for name in keys if name.startswith("log.")]
        self._locks = {log: threading.Lock() for log in logs}
        self._slots = {log: Slots(state / log) for log in logs}
        self._logs = {log: _signed(self._slots[log].kept) for log in logs}

    def origin(self, log: str) -> str:
        """The first line of a log's checkpoints, which is also the name of its key."""
        return f"{self._origin}/{log}"

    def answer(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """One request, as `{"do": …}`; `{"refused": why}` where it is not to be done."""
        does: dict[str, Callable[..., dict[str, Any]]] = {
            "extend": self._extend, "extend-and-prove": self._extend_and_prove, "state": self._told,
            "public": self._public, "prove": self._prove, "sign": self._sign,
        }  # fmt: skip
        told = dict(asked)
        do = does.get(str(told.pop("do", "")))
        if do is None:
            return {"refused": "no such request"}
        try:
            return do(**told)
        except (Refused, TypeError, KeyError, ValueError) as problem:
            return {"refused": f"{type(problem).__name__}: {problem}"}

    def _extend(self, log: str, start: int, hashes: Sequence[bytes], sign: bool) -> dict[str, Any]:
        """Add leaf hashes that begin at `start`; with `sign`, the signed note of the log as it is then."""
        with self._locks[log]:
            grown = self._grown(log, start, hashes, sign)
            self._keep(log, grown)
        return {"size": grown.size, "note": grown.note}

    def _extend_and_prove(
        self, log: str, start: int, hashes: Sequence[bytes], key: str, alphas: Sequence[bytes]
    ) -> dict[str, Any]:
        """Extend and sign a log, and prove; the proofs are made while the disk writes, and go out after it has."""
        with self._locks[log]:
            grown = self._grown(log, start, hashes, sign=True)
            kept = self._disk.submit(self._keep, log, grown)
            try:
                proved = self._prove(key, alphas)
            finally:
                kept.result()
        return {"size": grown.size, "note": grown.note, **proved}

    def _grown(self, log: str, start: int, hashes: Sequence[bytes], sign: bool) -> Signed:
        if len(hashes) > MOST or any(len(each) != 32 for each in hashes):
            raise Refused("hashes have 32 bytes, and there are not more than 100,000 at once")
        state = self._logs[log]
        if start != state.size:
            raise Refused(f"{log} is signed up to {state.size}, not {start}")
        size, nodes = merkle.grown(state.size, state.nodes, hashes)
        note = state.note
        if sign and not note.startswith(f"{self.origin(log)}\n{size}\n"):
            note = self._note(log, Checkpoint(self.origin(log), size, merkle.root_of_nodes(nodes)))
        return Signed(size, nodes, note)

    def _keep(self, log: str, grown: Signed) -> None:
        """On disk before anybody gets the signature: after a crash nothing smaller is signed."""
        self._slots[log].keep(msgspec.msgpack.encode(grown))
        self._logs[log] = grown

    def _note(self, log: str, checkpoint: Checkpoint) -> str:
        text = checkpoint.text()
        return notes.written(text, [notes.sign(text, checkpoint.origin, self._keys[f"log.{log}"])])

    def _told(self, log: str) -> dict[str, Any]:
        state = self._logs[log]
        return {"size": state.size, "note": state.note, "origin": self.origin(log)}

    def _prove(self, key: str, alphas: Sequence[bytes]) -> dict[str, Any]:
        secret = self._keys[f"vrf.{key}"]
        return {"proofs": [vrf.prove(secret, alpha) for alpha in alphas]}

    def _sign(self, key: str, messages: Sequence[bytes]) -> dict[str, Any]:
        private = self._signs[f"sign.{key}"]
        return {"signatures": [private.sign(message) for message in messages]}

    def _public(self) -> dict[str, Any]:
        return {"keys": {name: notes.public_of(seed) for name, seed in self._keys.items()}, "origin": self._origin}


def _signed(kept: bytes) -> Signed:
    return msgspec.msgpack.decode(kept, type=Signed) if kept else Signed()


class _Asked(socketserver.BaseRequestHandler):
    """One client's connection: a request, an answer, and again."""

    server: "_Server"

    def handle(self) -> None:
        while (asked := receive(self.request)) is not None:
            send(self.request, self.server.signer.answer(asked))


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True

    def __init__(self, path: str, signer: Signer) -> None:
        self.signer = signer
        super().__init__(path, _Asked)


def serve(signer: Signer, socket: Path) -> None:
    """Answer on a Unix socket that only its own user opens, until the process ends."""
    socket.unlink(missing_ok=True)
    before = os.umask(0o177)
    try:
        server = _Server(str(socket), signer)
    finally:
        os.umask(before)
    with server:
        server.serve_forever()
