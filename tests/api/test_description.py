"""The description of the interface, and the interface held to it by requests that nobody thought of."""

import json
from functools import cache
from pathlib import Path

import httpx
import hypothesis
import pytest
import schemathesis
from schemathesis import checks

from hamrong.lodging.api import batches, interface, problems
from tests import world
from tests.conftest import Site

# 428 is what RFC 6585 has for a missing If-Match.
CONFIG = schemathesis.Config.from_dict(
    {"checks": {"missing_required_header": {"expected-statuses": [400, 401, 415, 428]}}}
)
SCHEMA = schemathesis.openapi.from_dict(json.loads(interface.description()), config=CONFIG)
CHECKS = [
    checks.not_a_server_error,
    schemathesis.checks.CHECKS.get_one("status_code_conformance"),
    schemathesis.checks.CHECKS.get_one("content_type_conformance"),
    schemathesis.checks.CHECKS.get_one("response_schema_conformance"),
    schemathesis.checks.CHECKS.get_one("missing_required_header"),
    schemathesis.checks.CHECKS.get_one("unsupported_method"),
]


@schemathesis.serializer(*(media for media in batches.MEDIA if media not in ("application/json", "text/csv")))
def as_bytes(context: schemathesis.SerializationContext, value: object) -> bytes:
    """Files as the generator gives them: any bytes."""
    data: bytes | None = getattr(value, "data", None)
    return data if data is not None else str(value).encode()


@cache
def key_for(operation: str) -> str:
    """A key of an establishment of its own, so that no operation uses up another one's requests."""
    return world.a_key(world.an_establishment())


@SCHEMA.parametrize()
@hypothesis.settings(
    max_examples=12, deadline=None, database=None, suppress_health_check=list(hypothesis.HealthCheck), derandomize=True
)
def test_every_operation_answers_as_described(case: schemathesis.Case, live_server: Site) -> None:
    bearer = {"Authorization": f"Bearer {key_for(case.operation.label)}"}
    case.call_and_validate(base_url=live_server.url, headers=bearer, checks=CHECKS)


def test_the_description_is_openapi_3_1_and_served(live_server: Site) -> None:
    answer = httpx.get(f"{live_server.url}/api/v1/openapi.json")
    assert answer.json()["openapi"].startswith("3.1")
    assert answer.json() == json.loads(interface.description())


def test_every_operation_has_a_gate_and_says_what_it_refuses() -> None:
    for path, methods in json.loads(interface.description())["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], path
            assert {"400", "404", "429", "500", "503"} <= operation["responses"].keys(), (method, path)
            assert ("security" in operation) == ("401" in operation["responses"]), (method, path)


@pytest.mark.parametrize("gate", ["act", "scope"])
def test_operations_carry_their_gate_for_the_matrix(gate: str) -> None:
    views = [operation.view_func for bound in interface.api._get_bound_routers()
             for view in bound.path_operations.values() for operation in view.operations]  # fmt: skip
    assert views
    assert all(hasattr(view.gate, gate) for view in views)


def test_the_guide_has_every_problem_under_its_status():
    """400 is for what cannot be read, 422 for what was read and cannot be used."""
    guide = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
    table = [line.split("|")[1:3] for line in guide.partition("## Refusals")[2].splitlines() if line.startswith("| ")][
        1:
    ]
    told = {code: [int(each) for each in statuses.split(",")] for statuses, codes in table
            for code in codes.split("`")[1::2] if code != "Retry-After"}  # fmt: skip
    assert told.keys() == problems.known().keys()
    assert all(problems.known()[code].status in statuses for code, statuses in told.items())


def test_a_parameter_that_cannot_be_read_is_400_wherever_it_stands():
    for path, methods in json.loads(interface.description())["paths"].items():
        for method, operation in methods.items():
            assert "request.parameter" in operation["responses"]["400"]["description"], (method, path)
            assert "request.parameter" not in operation["responses"].get("422", {}).get("description", "")


def test_no_address_is_offered_for_police_software_and_the_guide_says_so():
    """A reading needs a person, a second factor and a purpose, which a key cannot give."""
    paths = json.loads(interface.description())["paths"]
    assert not [path for path in paths if "police" in path]
    guide = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
    assert "There is no `/api/v1/police/…`" in guide
