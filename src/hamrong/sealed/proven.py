"""Which keys the signed record holds: nothing is wrapped for another one, even where key and row were swapped together.

A key's entry of audit is a leaf of the record's Merkle log (RFC 6962); its inclusion is proved against the newest
checkpoint that the log's own key has signed. A proof is worked out once in a process: what is in the log stays in it.
"""

import logging
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection

from hamrong.audit import logs
from hamrong.audit.leaves import COLUMNS, Row, leaf_bytes
from hamrong.audit.models import Checkpoint, Leaf
from hamrong.audit.signing import Signing, SigningProblem
from hamrong.kernel.proofs import checkpoints, merkle, notes
from hamrong.kernel.proofs.tiles import BadTile, Tree

State = Literal["proven", "waits", "broken"]
PATIENCE: Final = 3.0
"""Seconds in which the signer tells the log's public key; asked once in a process."""

logger = logging.getLogger(__name__)


class Claim(NamedTuple):
    """A key as its row has it: the entry that put it on record, and the subject which that entry must have."""

    entry: UUID
    subject: str


class _Head(NamedTuple):
    """The newest signed checkpoint: the log's tree as it was then, and its root."""

    tree: Tree
    root: bytes


_anchors: list[notes.Key] = []
_proven: set[Claim] = set()
_told: set[object] = set()


def anchor() -> notes.Key | None:
    """The public key of the record's log, from the process that signs it; None while that does not answer.

    Nothing is logged then: a line would tell when somebody opened the form of a denunciation. The sequencer says it.
    """
    if not _anchors:
        signing = Signing(settings.HAMRONG_SIGNER, patience=PATIENCE)
        try:
            public = signing.public()
        except SigningProblem:
            return None
        finally:
            signing.close()
        told = public["keys"][f"log.{logs.RECORD}"]
        _anchors.append(notes.Key(f"{public['origin']}/{logs.RECORD}", notes.ED25519, told))
    return _anchors[0]


def states(claims: Iterable[Claim]) -> dict[Claim, State]:
    """What the signed record says of keys: `waits` where it does not hold them yet, `broken` where it holds others."""
    asked = set(claims)
    found: dict[Claim, State] = dict.fromkeys(asked & _proven, "proven")
    unknown = asked - _proven
    if unknown:
        found |= _looked_for(unknown)
        _proven.update(claim for claim in unknown if found[claim] == "proven")
    return found


def _looked_for(claims: set[Claim]) -> dict[Claim, State]:
    rows, places, head = _rows(claims), _places(claims), _head()
    found: dict[Claim, State] = {}
    for claim in claims:
        row, place = rows.get(claim.entry), places.get(claim.entry)
        if row is None or row.subject != claim.subject:
            found[claim] = "broken"
        elif head is None or place is None or place >= head.tree.size:
            found[claim] = "waits"
        else:
            found[claim] = "proven" if _holds(head, leaf_bytes(row), place) else "broken"
        if found[claim] == "broken":
            _tell(claim, "a sealing key is not the one on record: entry %s", claim.entry)
    return found


def _holds(head: _Head, leaf: bytes, place: int) -> bool:
    try:
        return merkle.included(leaf, place, head.tree.size, head.tree.path(place), head.root)
    except BadTile:
        return False


def _rows(claims: set[Claim]) -> dict[UUID, Row]:
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(COLUMNS)} from sealed_entries(%s)", [[claim.entry for claim in claims]])
        rows = [Row(*row) for row in cursor.fetchall()]
    return {row.id: row for row in rows}


def _places(claims: set[Claim]) -> dict[UUID, int]:
    leaves = Leaf.objects.filter(log=logs.RECORD, entry__in=[claim.entry for claim in claims])
    return {entry: index for entry, index in leaves.values_list("entry", "index") if entry}


def _head() -> _Head | None:
    """None while nothing is signed, the signer does not answer, or the newest note is not the log's."""
    newest, key = Checkpoint.objects.filter(log=logs.RECORD).order_by("-size").first(), anchor()
    if newest is None or key is None:
        return None
    try:
        note = notes.read(newest.note)
        told = checkpoints.read(note.text)
    except notes.BadNote as problem:
        _tell(newest.size, "the newest checkpoint of the record is none: %s", problem)
        return None
    if told.origin != key.name or not notes.is_signed(note, key):
        _tell(newest.size, "the newest checkpoint of the record is not signed by its log")
        return None
    return _Head(logs.tree(logs.RECORD, told.size), told.root)


def _tell(once: object, message: str, *values: object) -> None:
    """Log what somebody tampered with, once in a process: a line for each request would tell when there were any."""
    if once not in _told:
        _told.add(once)
        logger.error(message, *values)
