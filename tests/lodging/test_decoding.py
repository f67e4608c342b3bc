"""Stays from JSON: what does not fit is said and left out, and nothing makes the reading fail."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamrong.lodging.decoding import decode, from_object
from hamrong.lodging.rules import check
from tests.lodging.notices import GUEST, NOW, NUMBER


def test_a_stay_is_read_as_it_is_documented():
    reading = decode(json.dumps(GUEST).encode())
    assert reading.issues == ()
    assert reading.stay.document is not None and reading.stay.document.number == NUMBER


def test_wrong_types_and_unknown_fields_are_told_and_the_rest_is_read():
    reading = decode(
        json.dumps(
            {**GUEST, "room": ["101"], "birth": "1990", "document": {"type": "cccd", "number": NUMBER, "front": "…"},
             "photo": "data:…", "sex": True, "a/b~c": 1}
        )
    )  # fmt: skip
    assert {(each.code, each.pointer) for each in reading.issues} == {
        ("field.type", "/room"),
        ("field.type", "/birth"),
        ("field.unknown", "/document/front"),
        ("field.unknown", "/photo"),
        ("field.type", "/sex"),
        ("field.unknown", "/a~1b~0c"),
    }
    assert reading.stay.full_name == GUEST["full_name"]
    assert reading.stay.document is not None and reading.stay.document.number == NUMBER


def test_the_value_under_an_unknown_field_is_never_repeated():
    reading = decode(json.dumps({**GUEST, "photo": "SECRET"}))
    assert "SECRET" not in repr(reading.issues)


def test_a_field_of_the_wrong_type_is_not_reported_as_missing_too():
    reading = decode(json.dumps({**GUEST, "birth": "1990"}))
    found = check(reading.stay, now=NOW, establishment_kind="hotel", found=reading.issues)
    assert [each.code for each in found.issues] == ["field.type"]


@pytest.mark.parametrize(
    "line", [b"", b"{", b"[]", b"null", b"17", b"\xff", b'{"room": 1e999}', b"[" * 100_000, '{"room": "\ud800"}']
)
def test_what_is_no_object_is_a_malformed_row(line):
    reading = decode(line)
    assert [each.code for each in reading.issues] == ["row.malformed"]


def test_a_malformed_row_gets_one_issue_and_no_more():
    reading = decode(b"{")
    found = check(reading.stay, now=NOW, establishment_kind="hotel", found=reading.issues)
    assert found.stay is None
    assert found.issues == reading.issues


def test_numbers_are_read_as_text():
    reading = decode(b'{"room": 101, "document": {"number": 38190012123}}')
    assert reading.issues == ()
    assert reading.stay.room == 101


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from([*GUEST, "photo"]), JSON) | JSON)
@settings(max_examples=100)
def test_no_object_makes_the_reading_fail(value):
    from_object(value)


@given(st.binary(max_size=200) | st.text(max_size=100))
@settings(max_examples=100)
def test_no_line_makes_the_reading_fail(line):
    decode(line)
