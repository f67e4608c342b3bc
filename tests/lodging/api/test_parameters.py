"""A wrong parameter of an address is explained in both languages."""

import pytest
from pydantic import BaseModel, Field, ValidationError

from hamrong.lodging.api.parameters import parameter_words
from tests import world
from tests.conftest import Site
from tests.lodging.api.client import client, code_of


class Asked(BaseModel):
    limit: int = Field(ge=1, le=500)


@pytest.mark.parametrize(
    ("limit", "vi", "en"),
    [("x", "Cần một số nguyên.", "A whole number is needed."), (900, "Lớn nhất là 500.", "At most 500.")],
)
def test_a_parameter_is_explained(limit, vi, en):
    with pytest.raises(ValidationError) as told:
        Asked(limit=limit)
    assert parameter_words(told.value.errors()[0]) == (vi, en)


def test_what_is_not_known_is_still_said_in_vietnamese():
    assert parameter_words({"type": "new_kind", "msg": "Odd"}) == ("Tham số này không đọc được.", "Odd")


@pytest.mark.parametrize("night", ["", "soon", "0", "1795651200", "2026-13-01", "24/11/2026", "2026-11-24T00:00:00"])
def test_a_night_that_is_no_day_is_refused_by_name(live_server: Site, night: str) -> None:
    with client(live_server.url, world.an_establishment()) as software:
        answer = software.get("/stays", params={"night": night})
    assert code_of(answer) == "request.parameter"
    assert [each["pointer"] for each in answer.json()["errors"]] == ["night"]


@pytest.mark.parametrize(
    ("arrival", "named"),
    [("1795651200", "RFC 3339"), ("2026-11-26", "RFC 3339"), ("2026-11-26T10:00:00", "offset")],
)
def test_an_arrival_that_is_no_instant_with_an_offset_is_refused(live_server: Site, arrival: str, named: str) -> None:
    with client(live_server.url, **{"Accept-Language": "en"}) as software:
        answer = software.get("/deadlines", params={"arrival": arrival})
    assert code_of(answer) == "request.parameter"
    assert named in answer.json()["errors"][0]["message_en"]


def test_a_parameter_given_twice_is_refused_by_name(live_server: Site) -> None:
    with client(live_server.url) as software:
        answer = software.get("/catalogs/reasons?as_of=2026-01-01&as_of=2026-02-01")
    assert (answer.status_code, code_of(answer)) == (400, "request.parameter")
    assert [each["pointer"] for each in answer.json()["errors"]] == ["as_of"]


def test_a_name_of_a_file_with_control_characters_is_refused_by_name(live_server: Site) -> None:
    with client(live_server.url, world.an_establishment()) as software:
        answer = software.post("/batches?file_name=a%00.csv", content=b"x", headers={"Content-Type": "text/csv"})
    assert (answer.status_code, code_of(answer)) == (400, "request.parameter")
    assert [each["pointer"] for each in answer.json()["errors"]] == ["file_name"]
