"""Writing the record: one call per act, inside the transaction of the act."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat as uuid
from django.db import connection

from hamrong.audit.statements import prepared
from hamrong.kernel.canonical import canonical

APPEND = "select audit_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"


@dataclass(frozen=True, slots=True)
class Act:
    """What is put on record. `stream` is the case or session that the act belongs to; `details` may be personal."""

    type: str
    actor: str
    stream: str
    subject: str
    purpose: str
    unit: str
    at: datetime
    details: Mapping[str, Any]


class OutsideTransaction(RuntimeError):
    """An entry was about to be written outside a transaction, where it could survive without its act."""


def commitment(salt: bytes, details: bytes) -> bytes:
    """SHA-256(salt ‖ canonical details): binds an entry to details that can later be erased."""
    return hashlib.sha256(salt + details).digest()


def row(act: Act) -> tuple[UUID, Sequence[Any]]:
    """The arguments of `audit_append` for one act, and the id of its entry."""
    entry, salt, details = uuid.uuid7(), secrets.token_bytes(16), canonical(dict(act.details))
    commit = commitment(salt, details)
    fields = (act.stream, act.type, act.actor, act.unit, act.subject, act.purpose, act.at)
    return entry, (entry, *fields, commit, salt, details.decode())


def record(act: Act) -> UUID:
    """Append one entry in the current transaction; raises `OutsideTransaction` where there is none."""
    if not connection.in_atomic_block:
        raise OutsideTransaction(act.type)
    entry, arguments = row(act)
    with connection.wrap_database_errors:
        prepared(APPEND, arguments)
    return entry
