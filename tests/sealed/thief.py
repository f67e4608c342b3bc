"""What a thief of everything on the disk can do: read every row, and use the private seeds of whoever he won over."""

import base64
import json
import mmap
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from hamrong.kernel.seal import reports, shares
from hamrong.kernel.seal.bound import Broken
from hamrong.kernel.seal.followup import CHARACTERS
from hamrong.kernel.seal.sharing import Share, combine

LIKE_CODES = re.compile(rb"[0-9A-Z-]{%d,}" % CHARACTERS)

ROWS = """
select s.report_id, s.epoch, s.dealer, s.wrapped, k.id, k.epoch, k.public
  from sealed_share s join sealed_key k on k.id = s.key_id where s.report_id = any(%s) and k.id = any(%s)
"""


def opened(admin: psycopg.Connection[Any], numbers: list[UUID], seeds: Mapping[UUID, bytes]) -> dict[UUID, bytes]:
    """The identities that open with every row of the database and these private seeds, by the id of their key."""
    dealt: dict[tuple[UUID, int], dict[shares.Holder, dict[int, bytes]]] = defaultdict(lambda: defaultdict(dict))
    for report, epoch, dealer, wrapped, key, key_epoch, public in admin.execute(ROWS, [numbers, list(seeds)]):
        dealt[report, epoch][shares.Holder(key, key_epoch, public)][dealer] = wrapped
    records = dict(admin.execute("select id, record from sealed_report where id = any(%s)", [numbers]).fetchall())
    found = {}
    for (report, epoch), held in dealt.items():
        points = [_share(given, report, holder, epoch, seeds[holder.who]) for holder, given in held.items()]
        plain = _try(report, records[report], [point for point in points if point])
        if plain is not None:
            found[report] = plain
    return found


def _share(given: Mapping[int, bytes], report: UUID, holder: shares.Holder, epoch: int, seed: bytes) -> Share | None:
    try:
        return shares.take(given, report, holder, epoch, seed)
    except Broken:
        return None


def _try(report: UUID, record: bytes, points: list[Share]) -> bytes | None:
    """Every share that he has together, and each alone as if it were the key."""
    for key in [combine(points) if points else b"", *(point.value for point in points)]:
        try:
            return reports.open_identity(key, report, bytes(record))
        except (Broken, ValueError):
            continue
    return None


def writings(text: str) -> dict[str, bytes]:
    """A text in every way in which it may lie on a disk."""
    found = {}
    for form in ("NFC", "NFD"):
        said = unicodedata.normalize(form, text)
        plain = said.encode()
        found |= {form: plain, f"{form} hex": plain.hex().encode(), f"{form} json": json.dumps(said)[1:-1].encode()}
        found |= {f"{form} {code}": said.encode(code) for code in ("utf-16-le", "utf-16-be", "utf-32-le")}
        for shift in range(3):
            whole = base64.b64encode(b"\0" * shift + plain)
            found[f"{form} base64 {shift}"] = whole[4 if shift else 0 : len(whole) - 4]
    return found


def searched(files: Iterable[Path], wanted: Mapping[str, bytes]) -> set[tuple[str, str]]:
    """(file, writing) for everything that lies there."""
    return {(file.name, name) for file in files for name in _within(file, wanted)}


def codes_in(file: Path, codes: Collection[str]) -> set[str]:
    """Which codes lie in a file, in groups or without: one passage for all of them, by what their letters look like."""
    known = {code.replace("-", "").encode(): code for code in codes}
    found = set()
    with _content(file) as content:
        for run in LIKE_CODES.finditer(content):
            plain = run[0].replace(b"-", b"")
            found |= {
                known[part]
                for at in range(len(plain) - CHARACTERS + 1)
                if (part := plain[at : at + CHARACTERS]) in known
            }
    return found


def _within(file: Path, wanted: Mapping[str, bytes]) -> Iterator[str]:
    with _content(file) as content:
        yield from (name for name, each in wanted.items() if content.find(each) >= 0)


@contextmanager
def _content(file: Path) -> Iterator[mmap.mmap | bytes]:
    if not file.is_file() or not file.stat().st_size:
        yield b""
        return
    with file.open("rb") as opened_file, mmap.mmap(opened_file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        yield content
