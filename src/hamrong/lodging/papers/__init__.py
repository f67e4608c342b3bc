"""Papers of lodging, set by typst: the same input always gives the same bytes."""

from datetime import datetime
from pathlib import Path

from hamrong.law import VIETNAM
from hamrong.lodging.models import Establishment, Stay
from hamrong.lodging.receipts import Facts, Signer
from hamrong.ui.papers import set_paper
from hamrong.ui.qr import qr_rows

HERE = Path(__file__).parent
KINDS = {
    "stay": ("Thông báo lưu trú", "Lodging notification"),
    "nil": ("Không có khách lưu trú", "No guests that night"),
    "batch": ("Thông báo lưu trú theo tệp", "Notification by file"),
}


def receipt_paper(
    facts: Facts, signer: Signer, *, place: Establishment, stay: Stay | None, address: str, replaced_by: str = "",
    withdrawn_at: datetime | None = None,
) -> bytes:  # fmt: skip
    """A receipt as PDF (A5). Of a guest it shows initials and the masked document number only."""
    signed = signer.signed(facts)
    kind = KINDS[facts.kind]
    given = {
        "kind_vi": kind[0],
        "kind_en": kind[1],
        "code": facts.code,
        "place": f"{place.name} ({place.code})",
        "address": place.address,
        "night": f"{facts.night:%d/%m/%Y}",
        "received": _moment(facts.received_at),
        "deadline": _moment(facts.deadline_legal),
        "on_time": facts.on_time,
        "law": facts.law_version,
        "count": facts.count if facts.kind == "batch" else 0,
        "version": facts.version,
        "guest": _guest(stay) if stay else "",
        "room": stay.room if stay else "",
        "url": address,
        "key": signed["key"],
        "signature": signed["signature"],
        "commitment": facts.commitment.hex(),
        "replaced_by": replaced_by,
        "withdrawn": _moment(withdrawn_at),
        "qr": qr_rows(address),
    }
    return set_paper(HERE / "receipt.typ", given, facts.received_at)


def card_paper(*, place: Establishment, address: str, printed: datetime) -> bytes:
    """The card for the front desk (A5, landscape) with the QR code of the page where staff report."""
    given = {"name": place.name, "code": place.code, "url": address, "qr": qr_rows(address)}
    return set_paper(HERE / "card.typ", given, printed)


def _guest(stay: Stay) -> str:
    initials = ".".join(word[0] for word in stay.full_name.split()) + "."
    return f"{initials} · {stay.document_hint}" if stay.document_hint else initials


def _moment(value: datetime | None) -> str:
    return f"{value.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if value else ""


__all__ = ["card_paper", "receipt_paper"]
