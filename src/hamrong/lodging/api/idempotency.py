"""The same request twice is one act and one answer, byte for byte, also at once and after a restart.

The header Idempotency-Key belongs to the client's credential; its answer is written in the transaction of the act, so
that neither can be there without the other. (IETF draft-ietf-httpapi-idempotency-key-header.)
"""

import hashlib
import re
from collections.abc import Callable
from typing import Final, TypeVar

from django.db import IntegrityError, OperationalError
from django.http import HttpRequest
from psycopg.errors import LockNotAvailable, UniqueViolation

from hamrong.access.actors import Grant
from hamrong.lodging.actions.stored import Remember
from hamrong.lodging.api.problems import Problem
from hamrong.lodging.models import Answer
from hamrong.lodging.queries import answers

T = TypeVar("T")
Written = tuple[int, bytes]
KEY: Final = re.compile(r"[\x21-\x7e]{1,255}")


def key_of(request: HttpRequest) -> str | None:
    """The idempotency key of a request that may have one."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not KEY.fullmatch(key):
        raise Problem("idempotency.form")
    return key


def needed_key(request: HttpRequest) -> str:
    """The idempotency key of a request that must have one."""
    key = key_of(request)
    if key is None:
        raise Problem("idempotency.missing")
    return key


def once(
    request: HttpRequest,
    grant: Grant,
    key: str,
    body: bytes,
    write: Callable[[T], Written],
    act: Callable[[Remember[T]], Written],
) -> Written:
    """The answer to this key: the first one's, or that of `act`, which stores it through the `Remember` it is given.

    Whoever comes while the first is at work waits for it in the database, and then gets its bytes.
    """
    same = digest(request.method or "", request.get_full_path(), request.headers.get("If-Match", ""), body)
    if known := answers.find(grant.actor.ref, key):
        return _again(known, same)
    try:
        return act(Remember(grant.actor.ref, key, same, write))
    except IntegrityError as error:
        known = answers.find(grant.actor.ref, key)
        if known is None or not isinstance(error.__cause__, UniqueViolation):
            raise
        return _again(known, same)
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise Problem("idempotency.in_progress") from error
        raise


def digest(method: str, address: str, version: str, body: bytes) -> bytes:
    """What must be the same: method, address and body; for an amendment the version that it is upon, too."""
    return hashlib.sha256("\n".join((method, address, version)).encode() + b"\n" + body).digest()


def _again(known: Answer, same: bytes) -> Written:
    if bytes(known.body_sha256) != same:
        raise Problem("idempotency.mismatch")
    return known.status, bytes(known.body)
