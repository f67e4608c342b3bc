"""Receipts: the host's own copy, the public page that anybody can check, the signed JSON and the PDF."""

import json

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.web import guarded, open_to_all
from hamrong.lodging.pages.frame import host_page
from hamrong.lodging.pages.shown import moment
from hamrong.lodging.papers import receipt_paper
from hamrong.lodging.queries import hosts
from hamrong.lodging.queries.hosts import Establishment, Receipt, Stay
from hamrong.lodging.queries.receipts import facts, find
from hamrong.lodging.receipts import Facts, read_code
from hamrong.lodging.signing import signer
from hamrong.papers.queries import is_paper
from hamrong.ui.answers import as_file
from hamrong.ui.parts import Answer
from hamrong.ui.qr import qr_of


def _own_receipt(grant: Grant, code: str) -> Receipt:
    row = find(read_code(code) or "")
    if row is None or row.establishment != grant.scope:
        raise Http404
    return row


@require_safe
@guarded("stay.read", "establishment")
def host_receipt(request: HttpRequest, grant: Grant, establishment: str, code: str) -> HttpResponse:
    """The establishment's own copy, which says whom it is about."""
    row = _own_receipt(grant, code)
    place, said = hosts.own(grant), facts(row)
    stay = hosts.stay_of(grant, row) if row.kind == "stay" else None
    enter(grant, subject=f"receipt:{row.pk}", at=timezone.now(), receipt=row.pk)
    return host_page(
        request,
        grant,
        place,
        "receipt",
        facts=said,
        stay=stay,
        replaced_by=row.replaced_by,
        withdrawn_at=row.withdrawn_at,
        qr=qr_of(request.build_absolute_uri(public_path(row.pk))),
        answers=_answers(said, place, stay),
    )


def _answers(said: Facts, place: Establishment, stay: Stay | None) -> list[Answer]:
    told = [(_("Cơ sở"), f"{place.name} ({place.code})"), (_("Đêm"), f"{said.night:%d/%m/%Y}")]
    if stay:
        told = [(_("Khách"), stay.full_name), (_("Phòng"), stay.room), *told]
        told += [(_("Dự kiến đi lúc"), moment(stay.planned_departure_at))]
    if said.kind == "batch":
        told += [(_("Số khách"), str(said.count))]
    told += [(_("Hạn theo luật"), moment(said.deadline_legal))]
    return [Answer(label, value) for label, value in told if value]


def public_path(code: str) -> str:
    """The address of the page on which anybody can check a receipt."""
    return reverse("lodging:receipt", kwargs={"code": code})


@require_safe
@open_to_all
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The public page of a receipt: no personal data, and how to verify it without us."""
    plain = read_code(code)
    row = find(plain) if plain else None
    if plain and plain != code and row:
        return redirect("lodging:receipt", code=plain)
    if row is None and is_paper(code):
        return redirect("papers:check", code=code)
    if row is None:
        shown = {"code": code, "mistyped": plain is None}
        return render(request, "lodging/public/no_receipt.html", shown, status=404)
    said = facts(row)
    signed = signer().signed(said)
    return render(
        request,
        "lodging/public/receipt.html",
        {
            "facts": said,
            "replaced_by": row.replaced_by,
            "withdrawn_at": row.withdrawn_at,
            "signed": signed,
            "public_key": signer().public_text(),
            "qr": qr_of(request.build_absolute_uri()),
            "text": json.dumps(signed, ensure_ascii=False, indent=1),
        },
    )


@require_safe
@open_to_all
def receipt_json(request: HttpRequest, code: str) -> HttpResponse:
    """The signed receipt as it verifies offline."""
    row = find(read_code(code) or "")
    if row is None:
        raise Http404
    response = JsonResponse(signer().signed(facts(row)), json_dumps_params={"ensure_ascii": False, "indent": 1})
    return as_file(response, f"{row.pk}.json", public=True)


@require_safe
@open_to_all
def lookup(request: HttpRequest) -> HttpResponse:
    """Where a code is typed in to be checked."""
    typed = request.GET.get("code", "").strip()
    if typed:
        return redirect("lodging:receipt", code=read_code(typed) or typed[:40])
    return render(request, "lodging/public/lookup.html")


@require_safe
@guarded("stay.read", "establishment")
def receipt_pdf(request: HttpRequest, grant: Grant, establishment: str, code: str) -> HttpResponse:
    """The receipt on paper, with its QR code; the guest's name only by initials."""
    row = _own_receipt(grant, code)
    stay = hosts.stay_of(grant, row) if row.kind == "stay" else None
    enter(grant, subject=f"receipt:{row.pk}", at=timezone.now(), receipt=row.pk, paper=True)
    address = request.build_absolute_uri(public_path(row.pk))
    pdf = receipt_paper(
        facts(row), signer(), place=hosts.own(grant), stay=stay, address=address, replaced_by=row.replaced_by,
        withdrawn_at=row.withdrawn_at,
    )  # fmt: skip
    return as_file(HttpResponse(pdf, content_type="application/pdf"), f"{row.pk}.pdf", inline=True)


__all__ = ["host_receipt", "lookup", "public_path", "receipt", "receipt_json", "receipt_pdf"]
