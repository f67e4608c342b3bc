"""Passport numbers typed by hand."""

import pytest

from hamrong.kernel.documents import passport_number_plausible


@pytest.mark.parametrize(
    ("number", "issuer"), [("C1234567", "VNM"), ("p 0012 3456", "VNM"), ("C01XGY766", "D"), ("l898902c3", None)]
)
def test_plausible_numbers(number: str, issuer: str | None) -> None:
    assert passport_number_plausible(number, issuer)


@pytest.mark.parametrize(
    ("number", "issuer"),
    [
        ("12345678", "VNM"),
        ("CC1234567", "VNM"),
        ("C123456", "VNM"),
        ("ABCDEFG", None),
        ("1234", None),
        ("", None),
        ("Đ1234567", None),
    ],
)
def test_implausible_numbers(number: str, issuer: str | None) -> None:
    assert not passport_number_plausible(number, issuer)
