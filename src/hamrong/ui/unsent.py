"""Forms that were typed and did not go through: kept sealed for a night, for whoever typed them and nobody else.

What is kept lies in the cache and not in the session, because the session may be what ended. Files and passwords are
never kept.
"""

import hashlib
import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.core.cache import cache
from django.db import connection
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language

from hamrong.identity.keys import vault
from hamrong.ui.sealedpaths import may_keep

KEPT_FOR: Final = 16 * 60 * 60
"""Seconds: what is typed at the beginning of a night is there at its end."""

MOST: Final = 10
LONGEST: Final = 200_000
NAME: Final = "kept"
"""The name in the query that asks for a kept form."""

LEFT_OUT: Final = ("csrfmiddlewaretoken", "token", "once", "version")
FORGET_ENDED: Final = "delete from site_cache where expires < now() and cache_key like %s"


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form as somebody sent it to `path`, and the page that answered it, if one did."""

    id: str
    owner: str
    path: str
    fields: Mapping[str, list[str]]
    at: str
    language: str = ""
    tokens: str = ""
    page: str = ""

    @property
    def moment(self) -> datetime:
        """When it was sent."""
        return datetime.fromisoformat(self.at)

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Every field with its value, to be sent again as it was."""
        return [(name, value) for name, values in self.fields.items() for value in values]

    def answer(self, request: HttpRequest) -> bytes | None:
        """The page that answered the form, where its language and the tokens in it still hold."""
        if not self.page or (self.language, self.tokens) != (get_language(), tokens_of(request)):
            return None
        return zlib.decompress(b64decode(self.page))


def tokens_of(request: HttpRequest) -> str:
    """The secret behind the tokens of a page, as a digest; it changes when somebody signs in."""
    secret = str(request.META.get("CSRF_COOKIE", ""))
    return hashlib.sha256(secret.encode()).hexdigest()[:16] if secret else ""


def typed_in(path: str, posted: QueryDict) -> dict[str, list[str]] | None:
    """The fields of a form that may be kept; None for one with a password, a denunciation, or one that is too long."""
    fields = {name: posted.getlist(name) for name in posted if name != "csrfmiddlewaretoken"}
    if any("password" in name for name in fields) or not may_keep(path, posted):
        return None
    length = sum(len(value) for values in fields.values() for value in values)
    return fields if fields and length <= LONGEST else None


def keep(one: Unsent) -> None:
    """Keep a form, sealed; what nobody came for in time goes now."""
    content = json.dumps(asdict(one), ensure_ascii=False).encode()
    cache.set(f"{NAME}:{one.id}", vault().seal_bytes(content, UUID(one.id).bytes), KEPT_FOR)
    with connection.cursor() as cursor:
        cursor.execute(FORGET_ENDED, [f"%{NAME}:%"])


def new(owner: str, path: str, fields: Mapping[str, list[str]], at: datetime) -> Unsent:
    """A form to keep, under a new id."""
    return Unsent(str(uuid4()), owner, path, fields, at.isoformat(), get_language() or "")


def with_page(one: Unsent, page: bytes, request: HttpRequest) -> Unsent:
    """The same with the page that answered it."""
    packed = b64encode(zlib.compress(page)).decode()
    return Unsent(one.id, one.owner, one.path, one.fields, one.at, one.language, tokens_of(request), packed)


def find(identifier: str, owner: str, path: str) -> Unsent | None:
    """A kept form of this owner and this address; None where there is none (any more)."""
    try:
        about = UUID(identifier)
    except ValueError:
        return None
    sealed = cache.get(f"{NAME}:{about}")
    if sealed is None or not owner:
        return None
    one = Unsent(**json.loads(vault().open_bytes(sealed, about.bytes)))
    return one if (one.owner, one.path) == (owner, path) else None


def forget(identifiers: Iterable[str]) -> None:
    """Forms that went through, or that nobody wants any more."""
    cache.delete_many([f"{NAME}:{one}" for one in identifiers])


def fill(form: BaseForm, one: Unsent) -> bool:
    """Put what was typed into a form that has not been sent; whether it had a place for any of it.

    What tells one sending from another stays the form's own.
    """
    names = [name for name in form.fields if form.add_prefix(name) in one.fields and name not in LEFT_OUT]
    for name in names:
        values: list[Any] = one.fields[form.add_prefix(name)]
        several = hasattr(form.fields[name].widget, "allow_multiple_selected") and (
            form.fields[name].widget.allow_multiple_selected
        )
        form.initial[name] = values if several else values[-1]
    return bool(names)
