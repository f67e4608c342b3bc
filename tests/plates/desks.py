"""People at the desks of plates, signed in with both factors, and the keys that pages check draws with."""

import secrets
from functools import cache

from django.conf import settings
from django.test import Client

from hamrong.site.deciders import public_keys, put_keys
from tests.entrances import a_person, browser, browser_of
from tests.plates.owners import WARD, a_vehicle
from tests.plates.pools import a_pool
from tests.signer import signing
from tests.world import PROVINCE

OTHER_WARD = "14812"


def an_officer(ward: str = WARD) -> Client:
    """A browser of an officer who registers vehicles."""
    signing()
    return browser_of(a_person("plate-officer", ward))


def a_manager() -> Client:
    """A browser of the manager of pools."""
    return browser_of(a_person("plate-manager", PROVINCE))


def an_owner(**where: str) -> Client:
    """A browser in which nobody has signed in."""
    return browser(**where)


@cache
def publish_keys() -> None:
    """Publish the keys of this run, as the sequencer does when it begins."""
    settings.HAMRONG_PUBLIC.mkdir(exist_ok=True)
    put_keys(settings.HAMRONG_PUBLIC, public_keys(signing(), {}, None))


def typed(pool: str, **changes: str) -> dict[str, str]:
    """What an officer types into the form of a new file."""
    return {
        "plate": f"{pool}:white", "dossier": f"HS-{secrets.token_hex(4)}", "vehicle": a_vehicle(),
        "owner": "Nguyễn Thị Thử", "owner_document": f"038190{secrets.randbelow(10**6):06d}", "do": "file", **changes,
    }  # fmt: skip


def desk(path: str = "", ward: str = WARD) -> str:
    """An address of an office's desk."""
    return f"/desk/{ward}/plates/{path}"


def fresh_pool() -> str:
    """The code of a pool with one whole series."""
    return a_pool()[0]


def text(response) -> str:
    """A page as text."""
    return response.content.decode()
