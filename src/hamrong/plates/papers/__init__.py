"""Papers of number plates: the slip that an owner takes home. It names nobody."""

from pathlib import Path
from typing import Any, Final

from django.utils.functional import lazy

from hamrong.plates.models import Draw, Pool
from hamrong.plates.receipts import Receipt, to_code
from hamrong.plates.wording import LEVELS, LIMITS, MEANINGS, hint, local, plate, plate_kind
from hamrong.ui.languages import both
from hamrong.ui.papers import set_paper
from hamrong.ui.qr import qr_rows

SLIP: Final = Path(__file__).parent / "slip.typ"


def slip_paper(draw: Draw, pool: Pool, receipt: Receipt, *, office: str, address: str) -> bytes:
    """The slip of a draw as PDF (A5), in both languages. `address` is where anybody checks receipts, without a code."""
    assert draw.number and draw.drawn_at and draw.seq and draw.n and draw.k, "only what is drawn has a slip"
    at = local(draw.drawn_at)
    given: dict[str, Any] = {
        "number": plate(draw.number, pool.kind), "ticket": draw.ticket, "dossier": draw.dossier, "office": office,
        "vehicle": hint(draw.vehicle_hint), "kind": both(lazy(plate_kind, str)(pool, pool.code, draw.colour)),
        "at": f"{at:%H:%M:%S %d/%m/%Y}", "place": spaced(draw.seq),
        "n": spaced(draw.n), "k": spaced(draw.k), "level": draw.level, "title": both(LEVELS[draw.level]),
        "meaning": both(MEANINGS[draw.level]), "limits": both(LIMITS[draw.level]), "url": address,
        "qr": qr_rows(code_address(address, receipt), error="l"),
    }  # fmt: skip
    return set_paper(SLIP, given, draw.drawn_at)


def spaced(value: int) -> str:
    """1 234 567: read alike in both languages, in which dot and comma are each other's."""
    return f"{value:,}".replace(",", "\u00a0")


def code_address(address: str, receipt: Receipt) -> str:
    """The text of the QR code: an address that holds the whole receipt, in capitals, which a QR code holds in less."""
    return f"{address}/P/{to_code(receipt)}".upper()
