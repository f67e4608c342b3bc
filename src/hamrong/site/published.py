"""What anybody may fetch to check us: the logs as files, keys, the programs that check; and a page about them."""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamrong.access.web import open_to_all
from hamrong.audit.logs import noted, tree
from hamrong.audit.models import Checkpoint, Cosignature
from hamrong.audit.publishing import put
from hamrong.kernel.proofs import hamrong_verify
from hamrong.plates.publickeys import FILE as KEYS
from hamrong.plates.publickeys import published
from hamrong.ui.answers import as_file
from hamrong.ui.qr import qr_of

PROGRAMS: Final = ("hamrong_verify.py", "hamrong_replay.py", "hamrong_fetch.py")
LOGS: Final = {"audit": "audit", "plates": "plates/log"}
"""Each log, and the folder of its files below the public one, which is also its address."""

FILE: Final = re.compile(
    r"checkpoint|tile/(?:[0-5]|entries)/(?:x[0-9]{3}/)*[0-9]{3}(?:\.p/[0-9]{1,3})?|files/[0-9a-f]{64}|seals/[0-9]{1,18}"
)
WHOLE: Final = re.compile(r"tile/[^.]*|files/.*")
"""Files that never change once they are there."""

DIGITS: Final = 18
"""Of a size that somebody types."""

YEAR: Final = "public, max-age=31536000, immutable"
NOW: Final = "no-cache"


@require_safe
@open_to_all
def log_file(request: HttpRequest, log: str, path: str) -> FileResponse:
    """A file of a log: its checkpoint, a tile, a bundle of entries, a file of numbers, the checkpoint of a seal."""
    if log not in LOGS or not FILE.fullmatch(path):
        raise Http404
    kind = (
        "text/plain; charset=utf-8" if path.startswith(("checkpoint", "files", "seals")) else "application/octet-stream"
    )
    return _sent(settings.HAMRONG_PUBLIC / LOGS[log] / path, kind, YEAR if WHOLE.fullmatch(path) else NOW)


@require_safe
@open_to_all
def keys(request: HttpRequest) -> FileResponse:
    """The public keys that draws, both logs and receipts are checked with."""
    return _sent(settings.HAMRONG_PUBLIC / KEYS, "application/json", NOW)


@require_safe
@open_to_all
def program(request: HttpRequest, name: str) -> FileResponse:
    """A program that checks without us; the log of audit holds the hash of what is handed out here."""
    if name not in PROGRAMS:
        raise Http404
    return _sent(source(name), "text/x-python; charset=utf-8", NOW)


def source(name: str) -> Path:
    """Where a program lies, as it is handed out."""
    return Path(hamrong_verify.__file__).with_name(name)


def _sent(file: Path, kind: str, kept: str) -> FileResponse:
    if not file.is_file():
        raise Http404
    response = FileResponse(file.open("rb"), content_type=kind)
    response.headers["Cache-Control"] = kept
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@dataclass(frozen=True, slots=True)
class Shown:
    """A log as the page shows it: how long it is, when that was signed, who cosigned, the note as a QR code, its key.

    `vkey` is '' until the keys are published.
    """

    name: str
    folder: str
    size: int
    at: datetime
    note: str
    witnesses: list[str]
    qr: str
    vkey: str

    @property
    def vkey_parts(self) -> tuple[str, str]:
        """The key's name with its id, and the key itself: a line may end between them."""
        name, plus, key = self.vkey.rpartition("+")
        return f"{name}{plus}", key


@require_safe
@open_to_all
def about(request: HttpRequest) -> HttpResponse:
    """What the logs are, how far they are, and how to check them; printed, it is the day's checkpoint on paper."""
    programs = [(name, hashlib.sha256(source(name).read_bytes()).hexdigest()) for name in PROGRAMS]
    keys_hash = (
        hashlib.sha256(file.read_bytes()).hexdigest() if (file := settings.HAMRONG_PUBLIC / KEYS).exists() else ""
    )
    return render(request, "site/logs.html", {"logs": list(_logs()), "programs": programs, "keys_hash": keys_hash})


def _logs() -> Iterator[Shown]:
    known = published(settings.HAMRONG_PUBLIC)
    for log, folder in LOGS.items():
        newest = Checkpoint.objects.filter(log=log).order_by("-size").first()
        if newest is None:
            continue
        given = Cosignature.objects.filter(log=log, size=newest.size).order_by("witness")
        lines = list(given.values_list("witness", "line"))
        note = newest.note + "".join(f"{line}\n" for _, line in lines)
        witnesses = [name for name, _ in lines]
        key = known.of_log(note.partition("\n")[0]) if known else None
        vkey = str(key) if key else ""
        yield Shown(log, folder, newest.size, newest.at, note, witnesses, qr_of(note, error="l"), vkey)


@require_safe
@open_to_all
def continued(request: HttpRequest, log: str) -> HttpResponse:
    """For whoever kept a checkpoint: today's, and the proof that it continues theirs."""
    typed = request.GET.get("size", "").replace(".", "").strip()
    newest = Checkpoint.objects.filter(log=log).order_by("-size").first()
    if log not in LOGS or newest is None:
        raise Http404
    size = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= DIGITS else 0
    run = (
        f"python3 hamrong_verify.py checkpoint {log}-{newest.size}.checkpoint --trusted {_('dau-ky-cu')}"
        f" --proof {log}-{size}-{newest.size}.proof --keys keys.json"
    )
    shown = {"log": log, "typed": typed, "size": size, "newest": newest, "fits": 0 < size <= newest.size, "run": run}
    return render(request, "site/continued.html", shown)


@require_safe
@open_to_all
def checkpoint_file(request: HttpRequest, log: str, size: int) -> HttpResponse:
    """A checkpoint that was signed at a size, with the cosignatures it has."""
    if not Checkpoint.objects.filter(log=log, size=size).exists():
        raise Http404
    return _text(noted(log, size), f"{log}-{size}.checkpoint")


@require_safe
@open_to_all
def proof_file(request: HttpRequest, log: str, old: int, new: int) -> HttpResponse:
    """The hashes that prove that the log of `new` entries continues the one of `old` (RFC 6962 §2.1.2), one a line."""
    if not 0 < old <= new or not Checkpoint.objects.filter(log=log, size=new).exists():
        raise Http404
    lines = [base64.b64encode(each).decode() for each in tree(log, new).consistency(old)]
    return _text("".join(f"{line}\n" for line in lines), f"{log}-{old}-{new}.proof")


def _text(content: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return as_file(response, name, public=True)


def put_programs(folder: Path) -> dict[str, str]:
    """Copy the programs beside the logs; name and SHA-256 of each that is new or another one than before."""
    new = {}
    for name in PROGRAMS:
        content, copy = source(name).read_bytes(), folder / "programs" / name
        if not copy.exists() or copy.read_bytes() != content:
            put(copy, content)
            new[name] = hashlib.sha256(content).hexdigest()
    return new
