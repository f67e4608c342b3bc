"""What a grant may see of papers and files, and what anybody may know of a paper by its code."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar, cast
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

from hamrong.access.actors import Grant
from hamrong.access.scopes import within
from hamrong.identity.keys import vault
from hamrong.kernel.codes import read_code
from hamrong.papers import keeping
from hamrong.papers.keeping import Told
from hamrong.papers.models import Attachment, Paper, Recall

M = TypeVar("M", bound=Model)
PREFIX: Final = "VB"
"""How the code of a signed paper begins."""

ABSENT: Final = "absent"
"""Where the sealed content of a paper keeps the reasons for which fields do not apply; no field is called so."""

PROVED = (
    "unit", "number", "symbol", "signed_at", "digest", "recalled_at", "new_number", "new_symbol", "new_code",
)  # fmt: skip
COLUMN = {"ticket": "ticket", "ward": "unit", "province": "province"}


@dataclass(frozen=True, slots=True)
class Replacement:
    """What is public of the paper that took the place of a recalled one."""

    number: int
    symbol: str
    code: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What is public of a signed paper."""

    unit: str
    number: int
    symbol: str
    signed_at: datetime
    digest: bytes
    recalled_at: datetime | None = None
    replacement: Replacement | None = None


def _within(rows: QuerySet[M], by: Grant, *scopes: str) -> QuerySet[M]:
    return within(rows, by, {kind: COLUMN[kind] for kind in scopes})


def of(by: Grant, ref: str) -> QuerySet[Paper]:
    """The papers of an object, newest first, without those that were discarded and without their PDF."""
    found = papers(by).filter(ref=ref).exclude(state="discarded").select_related("recall")
    return found.defer("pdf", "content").order_by("-made_at", "id")


def signed(by: Grant, ref: str) -> QuerySet[Paper]:
    """The signed papers of an object that stand, the newest first: none that was recalled."""
    return of(by, ref).filter(state="signed", recall__isnull=True).order_by("-signed_at", "id")


def borne(by: Grant, ref: str) -> set[tuple[str, str, int | None, int | None]]:
    """The numbers that signed papers of an object bear, recalled ones too: (register, unit, year, number)."""
    rows = papers(by).filter(ref=ref, state="signed")
    return set(rows.values_list("register", "numbered_by", "year", "number"))


def last_recalled(by: Grant, refs: Collection[str], made: str) -> Recall | None:
    """The latest recall of a paper of one form that belongs to one of these objects, within the grant's scope."""
    mine = for_any_purpose(by).filter(ref__in=refs, form=made)
    return Recall.objects.filter(paper__in=mine).select_related("paper").order_by("-recalled_at").first()


def recalls(by: Grant, refs: Collection[str] | None = None) -> QuerySet[Recall]:
    """Recalls of papers within the grant's scope, of these objects or of all, the latest first; their fields unread."""
    mine = for_any_purpose(by)
    found = Recall.objects.filter(paper__in=mine if refs is None else mine.filter(ref__in=refs))
    heavy = ("paper__pdf", "paper__content", "replacement__pdf", "replacement__content", "reason")
    return found.select_related("paper", "replacement").defer(*heavy).order_by("-recalled_at", "id")


def recall_of(paper: Paper) -> Recall | None:
    """That a paper was recalled, with the one that took its place; None while it stands."""
    return Recall.objects.filter(paper=paper).select_related("replacement").first()


def reason_of(recall: Recall) -> str:
    """Why."""
    sealed = bytes(recall.reason)
    return vault().open_bytes(sealed, recall.pk.bytes).decode() if sealed else ""


def papers(by: Grant) -> QuerySet[Paper]:
    """Papers within the grant and its purpose."""
    return for_any_purpose(by).filter(purpose=by.purpose)


def for_any_purpose(by: Grant) -> QuerySet[Paper]:
    """Papers within the grant's scope; only whether one is there may be asked of those for another purpose."""
    return _within(Paper.objects.all(), by, "ward", "province")


def values(paper: Paper) -> dict[str, Any]:
    """The fields of a paper as they were filled in: text, or a list of paragraphs; none of one that was erased."""
    return {name: value for name, value in _content(paper).items() if name != ABSENT}


def absent(paper: Paper) -> dict[str, str]:
    """The fields of a paper that do not apply, each with the reason; none of one that was erased."""
    found: dict[str, str] = _content(paper).get(ABSENT, {})
    return found


def _content(paper: Paper) -> dict[str, Any]:
    if paper.erased_on:
        return {}
    found: dict[str, Any] = json.loads(vault().open_bytes(bytes(paper.content), paper.pk.bytes))
    return found


def pdf(paper: Paper) -> bytes:
    """The signed PDF as it was given out."""
    assert paper.pdf is not None
    return vault().open_bytes(bytes(paper.pdf), paper.pk.bytes)


def attachments(by: Grant, ref: str) -> QuerySet[Attachment]:
    """The files of an object, in the order of their days."""
    return files(by).filter(ref=ref).order_by("received_on", "id")


def files(by: Grant) -> QuerySet[Attachment]:
    """Files within the grant."""
    return _within(Attachment.objects.all(), by, "ticket", "ward", "province")


def told(attachment: Attachment, key: bytes | None = None) -> Told:
    """What a file is called and is; `key` is that by which it was handed in, where it was not ours.

    Raises `kernel.seal.bound.Broken` where the key is another one.
    """
    return keeping.told_of(attachment.pk, bytes(attachment.told), _key(attachment, key))


def content(attachment: Attachment, *, original: bool = False, key: bytes | None = None) -> Iterator[bytes]:
    """The bytes of a file as they come: of a picture the copy without traces, unless the original is asked for."""
    return keeping.read(attachment.pk, _key(attachment, key), original=original)


def _key(attachment: Attachment, key: bytes | None) -> bytes:
    if attachment.own_key and key is None:
        raise ValueError("this file was sealed by a key of its own")
    return key if attachment.own_key and key is not None else keeping.house_key()


def is_paper(code: str) -> bool:
    """Whether a code is written as that of a signed paper, with how it begins."""
    return code.strip().upper().startswith(PREFIX) and read_code(PREFIX, code) is not None


def entry_of(code: str) -> UUID | None:
    """The entry of the record that says code and digest of a signed paper; None where it was signed without."""
    with connection.cursor() as cursor:
        cursor.execute("select papers_entry(%s)", [code])
        (found,) = cursor.fetchone()
    return cast("UUID | None", found)


def proof(code: str) -> Proof | None:
    """What anybody may know of the paper with a code (`kernel.codes`); None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(PROVED)} from papers_proof(%s)", [code])
        row = cursor.fetchone()
    if row is None:
        return None
    unit, number, symbol, signed_at, digest, recalled_at, *new = row
    replacement = Replacement(*new) if new[2] else None
    return Proof(unit, number, symbol, signed_at, bytes(digest), recalled_at, replacement)
