"""The witnesses of this installation: a file that says who they are, and asking them to cosign and for values."""

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction

from hamrong.audit.logs import noted, tree
from hamrong.audit.models import Checkpoint, Cosignature
from hamrong.kernel.proofs import notes, witness
from hamrong.kernel.proofs.tiles import Tree

PATIENCE = httpx.Timeout(2.0)


class NoWitnesses(ImproperlyConfigured):
    """A file that does not say who the witnesses are; the text says why."""


@dataclass(frozen=True, slots=True)
class Known:
    """A witness as the installation knows it; without an address it is reached by hand (a USB stick)."""

    key: notes.Key
    vrf: bytes
    outside: bool
    url: str

    @property
    def name(self) -> str:
        return self.key.name


def read(file: Path) -> dict[str, Known]:
    """The witnesses of a file: `[{"vkey": …, "vrf": hex, "outside": bool, "url": …}]`; none where there is no file.

    Without `url` a witness is reached by hand. NoWitnesses where the file is not in this form.
    """
    if not file.exists():
        return {}
    try:
        told: Iterable[Mapping[str, Any]] = json.loads(file.read_text("utf-8"))
        every = list(map(_known, told))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise NoWitnesses(f"{file}: a list of witnesses is needed, with vkey, vrf, outside, url ({error!r})") from error
    return {each.name: each for each in every}


def _known(told: Mapping[str, Any]) -> Known:
    key, value = notes.read_key(told["vkey"]), bytes.fromhex(told["vrf"])
    return Known(key, value, bool(told["outside"]), str(told.get("url", "")))


class Asking:
    """Connections to witnesses, kept open; they are asked at the same time, and who is slow is not waited for long."""

    def __init__(self, witnesses: Mapping[str, Known]) -> None:
        self._witnesses = {name: each for name, each in witnesses.items() if each.url}
        self._client = httpx.Client(timeout=PATIENCE)
        self._pool = ThreadPoolExecutor(max_workers=max(1, len(self._witnesses)))

    def cosign(self, checkpoint: Checkpoint, at: datetime) -> list[str]:
        """Ask every witness that has not cosigned; keep what they give, and answer the names of all that have."""
        log, size = checkpoint.log, checkpoint.size
        done = set(Cosignature.objects.filter(log=log, size=size).values_list("witness", flat=True))
        open_ = [each for name, each in self._witnesses.items() if name not in done]
        grown = tree(log, size)
        requests = [(each, self._request(grown, log, each, checkpoint.note)) for each in open_]
        answers = list(self._pool.map(lambda pair: self._asked(*pair), requests))
        again = [(each, told) for each, told in zip(open_, answers, strict=True) if isinstance(told, int)]
        retried = [(each, self._request(grown, log, each, checkpoint.note, told)) for each, told in again]
        answers += list(self._pool.map(lambda pair: self._asked(*pair), retried))
        for each, told in zip([*open_, *(each for each, _ in again)], answers, strict=True):
            if isinstance(told, str) and keep(checkpoint, each, told, at):
                done.add(each.name)
        return sorted(done)

    def answering(self, checkpoint: Checkpoint) -> list[str]:
        """The names of all witnesses that answer now, and have cosigned this checkpoint or would."""
        grown, every = tree(checkpoint.log, checkpoint.size), list(self._witnesses.values())
        requests = [(each, self._request(grown, checkpoint.log, each, checkpoint.note)) for each in every]
        answers = self._pool.map(lambda pair: self._asked(*pair), requests)
        return sorted(each.name for each, told in zip(every, answers, strict=True) if told is not None)

    def value(self, name: str, asked: witness.ValueRequest) -> bytes | None:
        """A witness's proof of a random value for a leaf that it has seen; None where it does not answer."""
        try:
            answer = self._client.post(f"{self._witnesses[name].url}/value", content=asked.written().encode())
        except (httpx.HTTPError, KeyError):
            return None
        return answer.content if answer.status_code == 200 else None

    def _request(self, grown: Tree, log: str, each: Known, note: str, old: int | None = None) -> witness.Request:
        if old is None:
            seen = (
                Cosignature.objects.filter(log=log, witness=each.name, size__lte=grown.size).order_by("-size").first()
            )
            old = seen.size if seen else 0
        return witness.Request(old, tuple(grown.consistency(old)), note)

    def _asked(self, each: Known, request: witness.Request) -> str | int | None:
        """The cosignature's line, the size that the witness has instead, or None where it gave neither."""
        try:
            answer = self._client.post(f"{each.url}/add-checkpoint", content=request.written().encode())
        except httpx.HTTPError:
            return None
        if answer.status_code == 200:
            return answer.text.strip("\n")
        told = answer.text.strip()
        return int(told) if answer.status_code == 409 and told.isdecimal() else None

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()
        self._pool.shutdown()


def seen_by(known: Known, log: str, size: int) -> int:
    """The largest size, up to `size`, at which a witness cosigned a log as far as is known here."""
    seen = Cosignature.objects.filter(log=log, witness=known.name, size__lte=size).order_by("-size").first()
    return seen.size if seen else 0


def keep(checkpoint: Checkpoint, known: Known, line: str, at: datetime) -> bool:
    """Keep a cosignature that is right; False for one that is not. One that is there stays as it is."""
    try:
        note = notes.read(f"{checkpoint.note}{line}\n")
    except notes.BadNote:
        return False
    if notes.cosigned_at(note, known.key) is None:
        return False
    try:
        with transaction.atomic():
            Cosignature.objects.create(log=checkpoint.log, size=checkpoint.size, witness=known.name, line=line, at=at)
    except IntegrityError:
        return line in noted(checkpoint.log, checkpoint.size)
    return True
