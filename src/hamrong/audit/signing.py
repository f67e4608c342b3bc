"""Asking the process that holds the keys."""

import socket
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from hamrong.audit.wire import receive, send


class SigningProblem(Exception):
    """The signer does not answer, or refuses; the text says which."""


class State(NamedTuple):
    """How far a log is signed."""

    size: int
    note: str


class Signing:
    """One connection to the signer, opened when it is first needed and again after it broke; threads take turns."""

    def __init__(self, path: Path, patience: float = 30) -> None:
        self._path, self._patience = path, patience
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._reached: dict[str, int] = {}

    def reached(self, log: str) -> int | None:
        """How far a log was signed when this client last heard of it; None: it never did, or was refused since."""
        return self._reached.get(log)

    def state(self, log: str) -> State:
        """How far a log is signed, and the last note."""
        return self._heard(log, self._ask(do="state", log=log))

    def extend(self, log: str, start: int, hashes: Sequence[bytes], *, sign: bool = True) -> State:
        """Let the signer add leaf hashes to a log and sign what it is then; refused where it would rewrite the past."""
        self._reached.pop(log, None)
        return self._heard(log, self._ask(do="extend", log=log, start=start, hashes=list(hashes), sign=sign))

    def extend_and_prove(
        self, log: str, start: int, hashes: Sequence[bytes], key: str, alphas: Sequence[bytes]
    ) -> tuple[State, list[bytes]]:
        """Extend and sign as above, and prove as below, in one request."""
        self._reached.pop(log, None)
        told = self._ask(
            do="extend-and-prove", log=log, start=start, hashes=list(hashes), key=key, alphas=list(alphas)
        )  # fmt: skip
        return self._heard(log, told), list(told["proofs"])

    def _heard(self, log: str, told: dict[str, Any]) -> State:
        self._reached[log] = told["size"]
        return State(told["size"], told["note"])

    def prove(self, key: str, alphas: Sequence[bytes]) -> list[bytes]:
        """Proofs of a verifiable random function, 80 bytes each."""
        return list(self._ask(do="prove", key=key, alphas=list(alphas))["proofs"])

    def sign(self, key: str, messages: Sequence[bytes]) -> list[bytes]:
        """Ed25519 signatures, 64 bytes each."""
        return list(self._ask(do="sign", key=key, messages=list(messages))["signatures"])

    def public(self) -> dict[str, Any]:
        """Public keys (32 bytes) by name, and the origin that the logs' names begin with."""
        return self._ask(do="public")

    def _ask(self, **asked: Any) -> dict[str, Any]:
        with self._lock:
            told = self._exchanged(asked)
        if "refused" in told:
            raise SigningProblem(str(told["refused"]))
        return told

    def _exchanged(self, asked: dict[str, Any]) -> dict[str, Any]:
        kept = self._socket is not None
        try:
            return self._once(asked)
        except (OSError, EOFError) as problem:
            self.close()
            if not kept:
                raise SigningProblem(f"the signer does not answer: {problem}") from problem
        try:  # the connection that was kept broke: the signer was started anew
            return self._once(asked)
        except (OSError, EOFError) as problem:
            self.close()
            raise SigningProblem(f"the signer does not answer: {problem}") from problem

    def _once(self, asked: dict[str, Any]) -> dict[str, Any]:
        if self._socket is None:
            opened = socket.socket(socket.AF_UNIX)
            opened.settimeout(self._patience)
            opened.connect(str(self._path))
            self._socket = opened
        send(self._socket, asked)
        told = receive(self._socket)
        if told is None:
            raise EOFError("it ended")
        return told

    def close(self) -> None:
        """Give the connection back."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None
