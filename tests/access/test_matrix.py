"""The access matrix: every address × every role × its own scope and another one, expected from the policy alone.

A new page declares itself by its decorator: `guarded(act, scope)`, `signed_in` or `open_to_all`; an operation of the
interface by `keyed(act, scope)` or `open_door`. Nothing has to be written here. An address without a gate fails.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

import pytest
from django.test import Client

from hamrong.access.decisions import registered
from hamrong.access.roles import roles
from hamrong.access.web import Gate
from hamrong.lodging.models import Establishment
from tests.access.addresses import OPERATIONS, Address, all_addresses, operations, pages
from tests.entrances import a_person, browser, browser_of
from tests.world import PROVINCE, a_key, an_establishment

Answer = Literal["open", "sign-in", "second-factor", "refused"]
WITHOUT_GATE = {"static"}
"""Addresses that need no gate: none but what Django itself may add."""

NIGHT = "?night=2026-11-23"
"""What an operation wants to know before it asks who is there."""

PEOPLE = [role.code for role in roles().values() if role.by == "person"]
WARDS = ("14797", "14812")


@dataclass(frozen=True)
class World:
    """Two establishments in two communes."""

    mine: Establishment
    theirs: Establishment

    def scopes(self, *, own: bool) -> dict[str, str]:
        place = self.mine if own else self.theirs
        return {"establishment": place.code, "ward": place.ward}

    def scope_of(self, role: str) -> str:
        return {"establishment": self.mine.code, "ward": self.mine.ward}.get(roles()[role].scope, PROVINCE)


@cache
def world() -> World:
    return World(an_establishment(ward=WARDS[0]), an_establishment(ward=WARDS[1]))


def expected(role: str, gate: Gate, *, own: bool, strong: bool = True) -> Answer:
    """What the policy tables say, without a line of the code that decides."""
    if gate.scope == "public":
        return "open"
    if role == "visitor":
        return "sign-in"
    if gate.scope == "signed-in":
        return "open"
    row, held = registered()[gate.act], roles()[role]
    fits = gate.scope == "own" or held.scope == "province" or (own and held.scope == gate.scope)
    if role not in row.roles or not fits:
        return "refused"
    return "second-factor" if held.strong and not strong else "open"


def answered(client: Client, address: Address, *, own: bool) -> Answer:
    """What the site says: a page that is not there, or a form that is not right, is open all the same."""
    path = address.path(world().scopes(own=own))
    row = registered().get(address.gate.act) if address.gate else None
    query = f"?purpose={row.purposes[0]}&case_ref=MA-1" if row and len(row.purposes) > 1 else ""
    response = client.get(path + query)
    if response.status_code == 405:
        given = {"purpose": row.purposes[0], "case_ref": "MA-1"} if row and len(row.purposes) > 1 else {}
        response = client.post(path, given)
    assert response.status_code < 500, (path, response.status_code)
    place = response.get("Location", "")
    if place.startswith("/accounts/login/?next="):
        return "sign-in"
    if place.startswith("/accounts/second-factor/"):
        return "second-factor"
    # one's own account says 403 where there is no factor to remove or no password to ask for: no matter of a role
    refused = response.status_code == 403 and address.gate is not None and address.gate.scope != "signed-in"
    return "refused" if refused else "open"


def differences(role: str, client: Client, *, own: bool, strong: bool = True) -> list[str]:
    found = []
    for address in pages():
        if address.gate is None or address.name in {"account_logout"}:
            continue
        if not own and address.gate.scope not in {"establishment", "ward"}:
            continue
        right = expected(role, address.gate, own=own, strong=strong)
        got = "open" if address.gate.scope == "public" else answered(client, address, own=own)
        if got != right:
            found.append(f"{address.route} ({address.gate.act}): {got}, by policy {right}")
    return found


def test_every_address_has_a_gate():
    bare = [
        address.route
        for address in all_addresses()
        if address.gate is None and address.module != OPERATIONS and address.name not in WITHOUT_GATE
    ]
    bare += [operation.route for operation in operations() if operation.gate is None]
    assert bare == []


def test_every_operation_of_the_interface_is_known_here():
    of_resolver = {address.route for address in all_addresses() if address.module == OPERATIONS}
    assert {operation.route for operation in operations()} == of_resolver


def test_every_gate_names_an_act_of_the_policy():
    gates = [address.gate for address in [*pages(), *operations()] if address.gate and address.gate.act]
    assert {gate.act for gate in gates} <= registered().keys()
    assert len(gates) > 60


def test_every_role_of_people_is_tried():
    assert set(PEOPLE) >= {role for row in registered().values() for role in row.roles if roles()[role].by == "person"}


def test_a_visitor_is_asked_to_sign_in():
    assert differences("visitor", browser(), own=True) == []


@pytest.mark.parametrize("role", PEOPLE)
def test_in_their_own_scope(role):
    client = browser_of(a_person(role, world().scope_of(role)))
    assert differences(role, client, own=True) == []


@pytest.mark.parametrize("role", PEOPLE)
def test_in_another_scope(role):
    client = browser_of(a_person(role, world().scope_of(role)))
    assert differences(role, client, own=False) == []


@pytest.mark.parametrize("role", [role for role in PEOPLE if roles()[role].strong])
def test_without_the_second_factor(role):
    client = browser_of(a_person(role, world().scope_of(role)), strong=False)
    assert differences(role, client, own=True, strong=False) == []


def test_somebody_without_a_post_opens_only_their_own_account():
    client = browser_of(a_person())
    for address in pages():
        if address.gate and address.gate.act:
            assert answered(client, address, own=True) == "refused", address.route


@pytest.mark.parametrize("key", ["", "Bearer", "Bearer x", "Bearer hr_0123456789_" + "x" * 32, "Basic eDp5"])
def test_no_operation_of_the_interface_opens_without_a_live_key(key):
    for operation in operations():
        if operation.gate and operation.gate.act:
            for method in operation.methods:
                path = operation.path(world().scopes(own=True)) + NIGHT
                response = browser().generic(method, path, "{}", "application/json", headers={"Authorization": key})
                assert response.status_code == 401, (method, path, response.status_code)


@pytest.mark.parametrize("own", [True, False])
def test_a_key_opens_the_operations_of_its_own_establishment(own):
    key = {"Authorization": f"Bearer {a_key(world().mine)}"}
    for operation in operations():
        if not operation.gate or not operation.gate.act or (not own and operation.gate.scope != "establishment"):
            continue
        allowed = "machine" in registered()[operation.gate.act].roles and own
        for method in operation.methods:
            path = operation.path(world().scopes(own=own)) + NIGHT
            response = browser().generic(method, path, "{}", "application/json", headers=key)
            assert response.status_code < 500, (method, path)
            assert (response.status_code not in {401, 403}) == allowed, (method, path, response.status_code)


def test_a_session_opens_no_operation_of_the_interface():
    client = browser_of(a_person("host-manager", world().mine.code))
    for operation in operations():
        if operation.gate and operation.gate.act:
            path = operation.path(world().scopes(own=True)) + NIGHT
            assert client.generic(operation.methods[0], path, "{}", "application/json").status_code == 401, path
