"""The interface's own codes and forms."""

import pytest

from hamrong.lodging import kbtt


@pytest.mark.parametrize(("code", "theirs"), [("DEU", "D"), ("VNM", "VNM"), ("KOR", "KOR"), ("D", "D")])
def test_nationalities_are_written_as_the_interface_does(code: str, theirs: str) -> None:
    assert kbtt.nationality(code) == theirs


@pytest.mark.parametrize(
    ("text", "written"), [("1990-05-17", ("17/05/1990", "D")), ("1948", ("01/01/1948", "Y")), ("", ("", ""))]
)
def test_a_birth_known_by_its_year_says_so(text: str, written: tuple[str, str]) -> None:
    assert kbtt.birth(text) == written
