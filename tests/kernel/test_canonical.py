"""Canonical JSON after RFC 8785."""

import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from hamrong.kernel.canonical import Json, canonical, digest

SAFE = st.integers(-(2**53) + 1, 2**53 - 1)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | SAFE | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def test_the_example_of_the_standard() -> None:
    value: Json = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": '\u20ac$\u000f\nA\'B"\\\\"/',
        "literals": [None, True, False],
    }
    assert canonical(value).decode() == (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


@given(VALUES)
def test_canonical_json_is_json_and_stable(value: object) -> None:
    once = canonical(value)  # type: ignore[arg-type]
    assert canonical(json.loads(once, parse_int=float)) == once


@given(VALUES)
def test_the_quick_way_writes_what_the_library_writes(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("number", [*range(0x20), 0x22, 0x5C, 0x7F, 0x2028, 0xFFFD, 0x1F600])
def test_every_escape_is_the_one_of_the_standard(number: int) -> None:
    assert canonical([chr(number)]) == rfc8785.dumps([chr(number)])


@given(st.dictionaries(TEXT, SAFE, max_size=6), st.randoms())
def test_the_order_of_keys_makes_no_difference(value: dict[str, int], chance: object) -> None:
    keys = list(value)
    chance.shuffle(keys)  # type: ignore[attr-defined]
    assert canonical({key: value[key] for key in keys}) == canonical(value)


def test_keys_are_ordered_by_utf_16_units() -> None:
    assert list(json.loads(canonical({"\ufb33": 1, "\U0001f600": 2, "a": 3}))) == ["a", "\U0001f600", "\ufb33"]


def test_a_digest_is_hexadecimal_sha_256() -> None:
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53])
def test_what_json_cannot_say_exactly_is_a_bug_of_the_caller(value: float) -> None:
    with pytest.raises(rfc8785.CanonicalizationError):
        canonical(value)
