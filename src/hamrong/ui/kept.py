"""What somebody looks for, kept in their session and sealed: an address then holds an id, and nothing about anybody."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID, uuid4

from django.http import HttpRequest

from hamrong.identity.keys import vault

KEPT: Final = 10


def keep(request: HttpRequest, name: str, content: Mapping[str, Any]) -> UUID:
    """Keep a search under a new id; of one name the oldest beyond `KEPT` fall out."""
    identifier = uuid4()
    sealed = vault().seal(json.dumps(dict(content), default=str), identifier.bytes)
    held = dict(request.session.get(name, {}))
    held[str(identifier)] = b64encode(sealed).decode()
    request.session[name] = dict(list(held.items())[-KEPT:])
    return identifier


def kept(request: HttpRequest, name: str, identifier: UUID) -> dict[str, Any] | None:
    """A search of this session; None where it holds none of this id."""
    sealed = request.session.get(name, {}).get(str(identifier))
    if sealed is None:
        return None
    content: dict[str, Any] = json.loads(vault().open(b64decode(sealed), identifier.bytes))
    return content
