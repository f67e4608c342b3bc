"""Passport numbers that people type without a machine-readable zone."""

import re

_VIETNAMESE = re.compile("[A-Z][0-9]{7,8}")
_ANY = re.compile("(?=.*[0-9])[A-Z0-9]{5,10}")


def passport_number_plausible(number: str, issuer: str | None = None) -> bool:
    """Tell whether a passport number can be one: 5 to 10 letters and digits; for VNM a letter and 7 or 8 digits.

    Spaces, hyphens and lower case do not matter. A number bears no check digit outside its MRZ, so this is all we know.
    """
    plain = re.sub(r"[\s-]", "", number).upper()
    return (_VIETNAMESE if issuer == "VNM" else _ANY).fullmatch(plain) is not None
