"""The page on which anybody sees that a paper is genuine: who gave it out, number, day, nothing of what it says."""

import hashlib
import hmac

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.upkeep import can_prove, prove
from hamrong.access.web import open_to_all
from hamrong.kernel.codes import read_code
from hamrong.org.queries import unit
from hamrong.papers.forms import CheckForm
from hamrong.papers.queries import PREFIX, Proof, entry_of, proof
from hamrong.ui.answers import as_file
from hamrong.ui.formats import day
from hamrong.ui.parts import Answer

SHOWN = 40
"""Characters of a mistyped code that are shown again."""


@require_safe
@open_to_all
def lookup_page(request: HttpRequest) -> HttpResponse:
    """Where a code is typed in."""
    typed = request.GET.get("code", "").strip()
    if typed:
        return redirect("papers:check", code=read_code(PREFIX, typed) or typed.replace("/", "")[:SHOWN] or "-")
    return render(request, "papers/lookup.html")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def check_page(request: HttpRequest, code: str) -> HttpResponse:
    """The paper of a code; a PDF that is sent along is compared and not kept."""
    plain = read_code(PREFIX, code)
    found = proof(plain) if plain else None
    if found is None:
        values = {"code": code[:SHOWN], "mistyped": plain is None}
        return render(request, "papers/unknown.html", values, status=404)
    if plain != code and request.method != "POST":
        return redirect("papers:check", code=plain)
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    same = _same(form, found) if form.is_bound and form.is_valid() else None
    entry = entry_of(str(plain))
    values = {"facts": _facts(found), "form": form, "same": same, "code": plain, "found": found}
    values |= {"run": f"python3 hamrong_verify.py inclusion {plain}.tlog-proof --entry {plain}.entry --keys keys.json"}
    values |= {"entry": entry, "proven": bool(entry and can_prove(entry, timezone.now()))}
    new = found.replacement
    values |= {"replacement": f"{new.number:02d}/{new.symbol} · {new.code}"} if new else {}
    return render(request, "papers/check.html", values)


PARTS = ("muc", "chung-minh")
"""The entry of the record that says code and digest, and the proof that it is in the log (C2SP tlog-proof)."""


@require_safe
@open_to_all
def proof_file(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """One of the two files by which a paper is checked without us."""
    plain = read_code(PREFIX, code)
    proven = _proven(plain) if plain and part in PARTS else None
    if proven is None:
        raise Http404
    content, name = (proven[0], f"{plain}.entry") if part == "muc" else (proven[1], f"{plain}.tlog-proof")
    return as_file(HttpResponse(content, content_type="application/octet-stream"), name)


def _proven(code: str) -> tuple[bytes, str] | None:
    entry = entry_of(code)
    return prove(entry, timezone.now()) if entry else None


def _same(form: CheckForm, found: Proof) -> bool:
    digest = hashlib.sha256()
    for piece in form.cleaned_data["file"].chunks():
        digest.update(piece)
    return hmac.compare_digest(digest.digest(), found.digest)


def _facts(found: Proof) -> list[Answer]:
    body = unit(found.unit)
    return [
        Answer(_("Cơ quan ban hành"), body.name if body else found.unit),
        Answer(_("Số, ký hiệu"), f"{found.number:02d}/{found.symbol}"),
        Answer(_("Ngày ký"), day(timezone.localtime(found.signed_at))),
        *([Answer(_("Ngày thu hồi"), day(timezone.localtime(found.recalled_at)))] if found.recalled_at else []),
        Answer(_("Mã băm SHA-256 của tệp"), found.digest.hex()),
    ]
