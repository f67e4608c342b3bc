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
