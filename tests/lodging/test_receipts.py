"""Receipts: codes that a person can read out, statements that anybody can check."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamrong.lodging import receipts

FACTS = receipts.Facts(
    code="LT-0000-0000-0000-0000", kind="stay", establishment="SS-0001", night=date(2026, 11, 24),
    received_at=datetime(2026, 11, 24, 15, 10, tzinfo=UTC), deadline_strict=datetime(2026, 11, 24, 16, tzinfo=UTC),
    deadline_legal=datetime(2026, 11, 24, 16, tzinfo=UTC), on_time=True, law_version="lodging.notify@2026-07-01#0",
    version=1, count=1, commitment=b"\x01" * 32, subject=UUID(int=7),
)  # fmt: skip
BODIES = st.text(receipts.ALPHABET, min_size=15, max_size=15)


def test_a_new_code_reads_back() -> None:
    code = receipts.new_code()
    assert receipts.read_code(code) == code


@given(BODIES)
def test_a_code_reads_however_it_is_typed(body: str) -> None:
    code = receipts.grouped(body + receipts.check_character(body))
    plain = code.replace("-", "")
    assert receipts.read_code(code.lower()) == code
    assert receipts.read_code(f" {plain} ") == code
    assert receipts.read_code(plain.replace("0", "O").replace("1", "I")) == code


@given(BODIES, st.integers(0, 15), st.sampled_from(receipts.ALPHABET))
def test_one_wrong_character_shows(body: str, place: int, wrong: str) -> None:
    whole = body + receipts.check_character(body)
    slipped = whole[:place] + wrong + whole[place + 1 :]
    assert (receipts.read_code(slipped) is None) == (slipped != whole)


@given(st.text(max_size=40))
def test_reading_a_code_never_raises(text: str) -> None:
    read = receipts.read_code(text)
    assert read is None or receipts.read_code(read) == read


@pytest.mark.parametrize(
    "change",
    [
        {"establishment": "SS-0002"}, {"night": date(2026, 11, 23)}, {"on_time": False}, {"count": 2}, {"version": 2},
        {"commitment": b"\x02" * 32}, {"received_at": datetime(2026, 11, 24, 15, 11, tzinfo=UTC)}, {"kind": "nil"},
        {"deadline_legal": None}, {"law_version": ""}, {"code": "LT-1"},
    ],
)  # fmt: skip
def test_any_changed_fact_breaks_the_signature(change: dict[str, object]) -> None:
    signer = receipts.Signer(b"\x05" * 32)
    signed = signer.signed(FACTS)
    signed["statement"] = receipts.statement(replace(FACTS, **change))  # type: ignore[arg-type]
    assert not receipts.verify(signed, signer.public.public_bytes_raw())


def test_the_same_facts_sign_the_same_and_another_key_does_not_verify() -> None:
    signer, other = receipts.Signer(b"\x05" * 32), receipts.Signer(b"\x06" * 32)
    assert signer.signed(FACTS) == signer.signed(FACTS)
    assert receipts.verify(signer.signed(FACTS), signer.public.public_bytes_raw())
    assert not receipts.verify(signer.signed(FACTS), other.public.public_bytes_raw())


@pytest.mark.parametrize("broken", [{}, {"signature": "%%%", "statement": {}}, {"signature": "", "statement": 3}])
def test_what_is_no_receipt_does_not_verify(broken: dict[str, object]) -> None:
    assert not receipts.verify(broken, b"\x00" * 32)
