"""What officers type of a vehicle and its owner: why a chassis number, or the number of a document, can be none."""

import re
from typing import Final

from hamrong.access.actors import Refusal
from hamrong.identity.vault import normal
from hamrong.kernel.documents import Position, passport_number_plausible
from hamrong.kernel.documents.cccd import check_number

AT_LEAST: Final = 5
AT_MOST: Final = 30
WHOLE: Final = 17
"""Characters of a number by ISO 3779, which has neither I nor O nor Q."""

DIVIDERS: Final = re.compile(r"[\s.\-/*_]+")
LENGTH: Final = Refusal(
    "invalid", "Số khung có từ 5 đến 30 ký tự.", "A chassis number has 5 to 30 characters."
)  # fmt: skip
LETTERS: Final = Refusal(
    "invalid",
    "Số khung chỉ có chữ A–Z không dấu và chữ số. Nếu gõ ra chữ có dấu, hãy tắt bộ gõ tiếng Việt.",
    "A chassis number has letters A–Z without marks, and digits. Turn off the Vietnamese keyboard if it made marks.",
)
NO_DIGITS: Final = Refusal(
    "invalid", "Số khung phải có chữ số. Hãy chép đúng từ khung xe hoặc giấy tờ xe.",
    "A chassis number has digits. Copy it from the frame or from the papers.",
)  # fmt: skip
LOOKALIKE: Final = Refusal(
    "invalid",
    "Số khung 17 ký tự không có chữ I, O, Q. Hãy xem lại: đó là số 1 hay số 0.",
    "A chassis number of 17 characters has no I, O or Q. Look again: it is a 1 or a 0.",
)
DOCUMENT: Final = Refusal(
    "invalid",
    "Không có giấy tờ nào mang số như vậy. Số định danh cá nhân có 12 chữ số và bắt đầu bằng mã tỉnh; số hộ chiếu có 5 "
    "đến 10 chữ và số; mã số của tổ chức có 10 hoặc 13 chữ số.",
    "No document has such a number. A personal number has 12 digits and begins with a province; a passport's has 5 to "
    "10 letters and digits; an organisation's has 10 or 13 digits.",
)
COMPANY: Final = 13
PERSON: Final = 12


def vehicle_wrong(typed: str) -> Refusal | None:
    """Why this is no chassis number. One that is a letter off would give the vehicle a second draw."""
    plain = DIVIDERS.sub("", typed).upper()
    if not (plain.isascii() and (plain.isalnum() or not plain)):
        return LETTERS
    if not AT_LEAST <= len(plain) <= AT_MOST:
        return LENGTH
    if not any(sign.isdigit() for sign in plain):
        return NO_DIGITS
    return LOOKALIKE if len(plain) == WHOLE and set(plain) & set("IOQ") else None


def document_wrong(typed: str) -> Refusal | None:
    """Why this is the number of no personal document, passport or organisation (decree 137/2015/NĐ-CP, art. 13)."""
    plain = normal(typed)
    if len(plain) == PERSON and plain.isdecimal():
        return DOCUMENT if any(check_number(plain, None, None, Position(1, 1))) else None
    if len(plain) == COMPANY and plain.isascii() and plain.isdecimal():
        return None
    return None if passport_number_plausible(plain) else DOCUMENT
