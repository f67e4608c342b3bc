"""What somebody typed on a page of what is sealed and could not send: wrapped for their own key until it is open again.

Nobody else reads it, the server and whoever copies the database included: it opens with the passphrase of its writer.
"""

import hashlib
import json
from collections.abc import Mapping
from uuid import UUID

from django.core.cache import cache
from django.http import QueryDict

from hamrong.accounts import devices
from hamrong.kernel.seal.bound import Broken, bound
from hamrong.kernel.seal.envelopes import unwrap, wrap
from hamrong.kernel.seal.padding import pad, unpad
from hamrong.sealed import queries
from hamrong.sealed.models import Key
from hamrong.sealed.rings import Ring
from hamrong.ui.unsent import KEPT_FOR, LEFT_OUT, LONGEST, NAME


def keep(person: UUID, path: str, posted: QueryDict) -> bool:
    """Keep what was typed at an address, but no passphrase; whether there was anything to keep, and a key for it."""
    names = [name for name in posted if name not in LEFT_OUT and "password" not in name and name != "do"]
    typed = {name: posted.getlist(name) for name in names if "".join(posted.getlist(name)).strip()}
    key = queries.live_key(person)
    written = json.dumps(typed).encode()
    if not typed or key is None or len(written) > LONGEST:
        return False
    cache.set(_name(person, path), wrap(pad(written), bytes(key.public), _about(key, path)), KEPT_FOR)
    return True


def keep_for_last(cookie: str, path: str, posted: QueryDict) -> bool:
    """The same for whoever signed in last in this browser, whose session is over."""
    last = devices.last(cookie)
    keys = Key.objects.filter(ended_on__isnull=True, person__isnull=False).values_list("person", "person__username")
    found = next((person for person, name in keys if last and devices.person(name) == last), None)
    return found is not None and keep(found, path, posted)


def waits(person: UUID, path: str) -> bool:
    """Whether something that was typed there waits for its writer's key."""
    return cache.get(_name(person, path)) is not None


def take(ring: Ring, path: str) -> Mapping[str, list[str]]:
    """What was typed there, by whoever typed it; it stays until it is sent, or its time is over."""
    kept = cache.get(_name(ring.person, path))
    if kept is None:
        return {}
    try:
        typed: Mapping[str, list[str]] = json.loads(unpad(unwrap(kept, ring.seed, _about(ring.key, path))))
    except Broken:  # for a key that was changed since
        return {}
    return typed


def forget(person: UUID, path: str) -> None:
    """It was sent."""
    cache.delete(_name(person, path))


def _name(person: UUID, path: str) -> str:
    return f"{NAME}:sealed:{hashlib.sha256(bound('draft/v1', person, path)).hexdigest()}"


def _about(key: Key, path: str) -> bytes:
    return bound("draft/v1", key.pk, key.epoch, hashlib.sha256(path.encode()).hexdigest())


def initial(typed: Mapping[str, list[str]]) -> dict[str, str]:
    """As a form begins with it: of a field with several values the last."""
    return {name: values[-1] for name, values in typed.items() if values}
