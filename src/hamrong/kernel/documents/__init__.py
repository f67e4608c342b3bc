"""Reads what a scanner gives: the QR code of a citizen's card or the machine-readable zone of a travel document."""

from datetime import date

from hamrong.kernel.documents.cccd import PROVINCES, NumberFacts, cccd_number, read_qr
from hamrong.kernel.documents.model import Document, FailedCheck, Position, Unreadable
from hamrong.kernel.documents.mrz import check_digit, read_mrz
from hamrong.kernel.documents.passports import passport_number_plausible
from hamrong.kernel.documents.writing import (
    Citizen,
    Particulars,
    build_citizen_number,
    build_citizen_qr,
    build_citizen_td1,
    build_mrv_a,
    build_mrv_b,
    build_td1,
    build_td2,
    build_td3,
)

__all__ = [
    "PROVINCES",
    "Citizen",
    "Document",
    "FailedCheck",
    "NumberFacts",
    "Particulars",
    "Position",
    "Unreadable",
    "build_citizen_number",
    "build_citizen_qr",
    "build_citizen_td1",
    "build_mrv_a",
    "build_mrv_b",
    "build_td1",
    "build_td2",
    "build_td3",
    "cccd_number",
    "check_digit",
    "passport_number_plausible",
    "read",
]


def read(text: str, today: date | None = None) -> Document | Unreadable:
    """Recognise and read one document; never raises. `today` decides which century a two-digit year means."""
    bars = text.count("|")
    if bars >= 6 or (bars and "<" not in text):
        return read_qr(text, today)
    return read_mrz(text, today)
