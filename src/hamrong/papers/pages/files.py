"""Files of an object at the desk: adding one, taking it along, taking the original."""

from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.web import Refused, guarded
from hamrong.papers import queries
from hamrong.papers.actions import attachments
from hamrong.papers.forms import FileForm
from hamrong.papers.kinds import MEDIA, OLD, named
from hamrong.papers.models import Attachment
from hamrong.papers.pages.desk import subject_or_404
from hamrong.papers.tables import address
from hamrong.ui.answers import as_file, tell

ONLY_WHOLE: Final = Refusal(
    "other-scope",
    "Tệp Word cũ (.doc) có thể chứa chương trình và còn dữ liệu ẩn: chỉ người giải quyết lấy được bản gốc.",
    "An old Word file (.doc) may hold a program, and hidden data: only whoever settles can take the original.",
)  # fmt: skip


@require_POST
@guarded("attachment.add", "own")
def add_page(request: HttpRequest, grant: Grant, ref: str) -> HttpResponse:
    """Keep a file for an object."""
    to, form = subject_or_404(grant, ref), FileForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        answer = attachments.add(by=grant, to=to, file=file.file, name=file.name, at=timezone.now())
        tell(request, answer, _("Đã nhận tệp."))
    else:
        error = str(form.errors["file"][0])
        tell(request, Refusal("invalid", error, error), "")
    return redirect(address("object", to.purpose, to.ref))


@require_safe
@guarded("attachment.read", "own")
def file_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponseBase:
    """The file; of a picture the copy without what a camera wrote into it."""
    one = _attachment(grant, number)
    if queries.told(one).kind in OLD:
        raise Refused(ONLY_WHOLE)
    return given(grant, one, original=False)


@require_safe
@guarded("attachment.original", "own")
def original_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponseBase:
    """The file exactly as it came."""
    return given(grant, _attachment(grant, number), original=True)


def _attachment(by: Grant, number: UUID) -> Attachment:
    found = queries.files(by).filter(pk=number, own_key=False).first()
    if found is None:
        raise Http404
    subject_or_404(by, found.ref)
    return found


def given(by: Grant, one: Attachment, *, original: bool, key: bytes | None = None) -> HttpResponseBase:
    """A file as it is handed out, on record; `key` is its own, where it has one."""
    told = queries.told(one, key)
    enter(by, subject=f"attachment:{one.pk}", stream=one.ref, at=timezone.now(), original=original)
    response = StreamingHttpResponse(queries.content(one, original=original, key=key), content_type=MEDIA[told.kind])
    return as_file(response, named(told.name, told.kind))
