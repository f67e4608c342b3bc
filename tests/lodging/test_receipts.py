"""Receipts: codes that a person can read out, statements that anybody can check."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from hamrong.lodging import receipts

FACTS = receipts.Facts(
    code="LT-0000-0000-0000-0000", kind="stay", establishment="SS-0001", night=date(2026, 11, 24),
    received_at=datetime(2026, 11, 24, 15, 10, tzinfo=UTC), deadline_strict=datetime(2026, 11, 24, 16, tzinfo=UTC),
    deadline_legal=datetime(2026, 11, 24, 16, tzinfo=UTC), on_time=True, law_version="lodging.notify@2026-07-01#0",
    version=1, count=1, commitment=b"\x01" * 32, subject=UUID(int=7),
)  # fmt: skip


def test_a_code_of_a_receipt_reads_back() -> None:
    code = receipts.new_code()
    assert code.startswith("LT-")
    assert receipts.read_code(code) == code


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
