"""Checking a draw, for anybody: by QR code, file, plate or place; what was checked, what was not, in words."""

import base64
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.web import open_to_all
from hamrong.kernel.proofs import vrf
from hamrong.plates import beacon, rules
from hamrong.plates.forms.checking import CheckForm, Wanted
from hamrong.plates.models import Pool
from hamrong.plates.papers import code_address
from hamrong.plates.publickeys import published
from hamrong.plates.queries import pools
from hamrong.plates.queries.receipts import of_draw, place_of
from hamrong.plates.receipts import Receipt, Unreadable, read
from hamrong.plates.verification import Step, Verdict, verify
from hamrong.plates.wording import LEVELS, LIMITS, MEANINGS, english, local, plate, pool_name
from hamrong.ui.formats import number
from hamrong.ui.qr import qr_of

DIGITS: Final = 9
LOOKS: Final = {True: ("good", "circle-check"), False: ("bad", "circle-x"), None: ("plain", "circle-help")}


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def check(request: HttpRequest) -> HttpResponse:
    """The form; with a plate or a place in the address, or something sent, what came of checking it."""
    sent = _sent(request)
    form = CheckForm(sent, request.FILES or None) if sent is not None else CheckForm()
    if not form.is_bound or not form.is_valid():
        return render(request, "plates/public/check.html", {"form": form})
    receipt = _receipt(form.wanted)
    if receipt is None:
        form.add_error("text", _("Chưa có lượt bấm nào ra kết quả như vậy. Hãy so lại với phiếu."))
        return render(request, "plates/public/check.html", {"form": form}, status=HTTPStatus.NOT_FOUND)
    return _told(request, receipt)


def _sent(request: HttpRequest) -> Any:
    """What the form is filled with: what was posted, or what the address names; None for an empty form."""
    if request.method == "POST":
        return request.POST
    pool, seq, plate_ = request.GET.get("pool", ""), request.GET.get("seq", ""), request.GET.get("number", "")
    text = f"{pool} {seq}" if pool and seq else plate_
    return {"text": text[:200]} if text else None


def _receipt(wanted: Wanted) -> Receipt | None:
    if wanted.receipt:
        return wanted.receipt
    if wanted.number:
        place = place_of(wanted.number)
        return of_draw(*place) if place else None
    # phones type capitals into this field, and codes of pools have none
    return of_draw(wanted.pool, wanted.seq) or of_draw(wanted.pool.lower(), wanted.seq)


@require_safe
@open_to_all
def check_code(request: HttpRequest, code: str = "") -> HttpResponse:
    """What the QR code of a slip opens: the receipt is in the address itself. One that was cut off leads on."""
    try:
        return _told(request, read(code))
    except Unreadable:
        return render(
            request, "plates/public/check.html", {"form": CheckForm(), "broken": True}, status=HTTPStatus.NOT_FOUND
        )


def _told(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    keys = published(settings.HAMRONG_PUBLIC)
    if keys is None:
        return render(request, "plates/public/no_keys.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
    found = pools.pool(str(receipt.draw.get("pool")))
    write = partial(plate, kind=found.kind if found else "")
    verdict = verify(receipt, keys, beacon.is_right if beacon.can_check() else None, write=write)
    steps = [*verdict.steps, _recorded(receipt)]
    return render(request, "plates/public/checked.html", _shown(request, receipt, verdict, steps, found))


def _recorded(receipt: Receipt) -> Step:
    """Whether the log of today has this draw, with this number."""
    known = _same_place(receipt)
    return Step(
        known is not None and known.draw == receipt.draw and known.request == receipt.request,
        "Trong sổ công khai hôm nay, lượt bấm này có đúng kết quả này.",
        "In the public log of today this draw has exactly this result.",
    )


def _same_place(receipt: Receipt) -> Receipt | None:
    pool, seq = receipt.draw.get("pool"), receipt.draw.get("seq")
    if not isinstance(pool, str) or type(seq) is not int or not 0 < seq < 2**62:
        return None
    return of_draw(pool, seq)


def _shown(
    request: HttpRequest, receipt: Receipt, verdict: Verdict, steps: list[Step], pool: Pool | None
) -> dict[str, Any]:
    intact = all(step.ok is not False for step in steps)
    found = pool if intact else None
    return {
        "intact": intact,
        "steps": [(LOOKS[step.ok], step.en if english() else step.vi) for step in steps],
        "raw": [line for step in steps for line in step.raw.items()],
        "number": plate(verdict.number, found.kind if found else ""),
        "level": LEVELS.get(verdict.level, ""),
        "meaning": MEANINGS.get(verdict.level, ""),
        "limits": LIMITS.get(verdict.level, ""),
        "pool": found,
        **(_walk(request, receipt) if intact else {}),
        **({"pool_name": pool_name(found)} if found else {}),
    }


def _walk(request: HttpRequest, receipt: Receipt) -> dict[str, Any]:
    """The numbers of this draw, from order and value to the rank; only of a receipt that is intact."""
    draw, seal = receipt.draw, receipt.seal
    output = int.from_bytes(vrf.proof_to_hash(base64.b64decode(draw["proof"])), "big")
    address = request.build_absolute_uri("/").rstrip("/")
    return {
        "receipt": receipt,
        "share": _share(output),
        "percent": min(output * 100 >> rules.OUTPUT_BITS, 99),
        "place_in_batch": receipt.batch_index + 1,
        "sealed_at": f"{local(datetime.fromisoformat(seal['at'])):%H:%M:%S %d/%m/%Y}",
        "source": seal["source"].partition(":")[0],
        "witnesses": ", ".join(seal["witnesses"]),
        "file": reverse("plates:receipt_file", args=[draw["pool"], draw["seq"]]),
        "qr": qr_of(code_address(address, receipt), error="l"),
    }


def _share(output: int) -> str:
    """The output as a share of all that it could be: 0,483716205 in Vietnamese."""
    digits = f"{output * 10**DIGITS >> rules.OUTPUT_BITS:0{DIGITS}d}"
    return f"0{number(0.5)[1]}{digits}"
