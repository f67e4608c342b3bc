"""A signed-in person of an establishment, as a client of the pages."""

import re
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from hamrong.accounts.models import Person
from hamrong.kernel.documents import Citizen, build_citizen_qr
from hamrong.law import VIETNAM
from hamrong.lodging.actions.establishments import Establishment
from tests import world

HOST = "localhost"


def client_of(person: Person | None = None) -> Client:
    """A client with the person's session; without one, a visitor."""
    client = Client(SERVER_NAME=HOST)
    if person:
        client.force_login(person)
    return client


def at_work(place: Establishment, role: str = "host-manager") -> Client:
    """A client of somebody who works at the establishment."""
    return client_of(world.a_host(place, role))


def an_open_place(**facts: Any) -> Establishment:
    """An establishment that is active now."""
    return world.an_establishment(at=datetime.now(VIETNAM), **facts)


def typed(**changes: str) -> dict[str, str]:
    """A guest as typed into the form just now."""
    now = datetime.now(VIETNAM)
    leaves = now + timedelta(days=1)
    fields = {
        "do": "notify", "token": "t-" + world.a_number(), "kind": "citizen", "full_name": "Nguyễn Văn Thử",
        "birth": "17/5/1990", "sex": "M", "document_type": "cccd", "document_number": world.a_number(),
        "residence": "Phường Hạc Thành, Thanh Hóa", "room": "101", "arrival_day": f"{now:%d/%m/%Y}",
        "arrival_clock": f"{now:%H:%M}", "departure_day": f"{leaves:%d/%m/%Y}", "departure_clock": "12:00",
        "reason": "tourism",
    }  # fmt: skip
    return {**fields, **changes}


def a_card(name: str = "Nguyễn Văn Thử", number: str = "") -> str:
    """The QR text of an invented citizen's card."""
    return build_citizen_qr(
        Citizen(
            number=number or world.a_number(), full_name=name, birth_date="1990-05-17", sex="M",
            address="Thôn 5, Hoằng Thanh, Hoằng Hóa, Thanh Hóa", issued_on="2021-06-01",
        )
    )  # fmt: skip


def receipt_in(path: str) -> str:
    """The receipt's code in an address."""
    found = re.search(r"LT(-[0-9A-Z]{4}){4}", path)
    assert found, path
    return found[0]


def values_of(page: str) -> dict[str, str]:
    """Name to value of everything that the form for a guest on a page would send, but for its buttons."""
    form = _Form()
    form.feed(page)
    return form.values


class _Form(HTMLParser):
    """What a browser sends of the form whose action is a new guest's address."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.inside, self.select = False, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name, value = told.get("name") or "", told.get("value") or ""
        if tag == "form":
            self.inside = (told.get("action") or "").endswith("/guests/new")
        elif self.inside and tag == "select":
            self.select = name
        elif self.inside and tag == "option" and self.select and "selected" in told:
            self.values[self.select] = value
        elif (
            self.inside
            and tag == "input"
            and name != "csrfmiddlewaretoken"
            and (told.get("type") != "radio" or "checked" in told)
        ):
            self.values[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.select = ""
