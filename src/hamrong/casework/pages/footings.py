"""A step whose paper was recalled: what the case and the desk say of it, and the form that puts it right."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant
from hamrong.access.web import guarded
from hamrong.cases.actions import footing
from hamrong.cases.courses import course
from hamrong.cases.models import Case
from hamrong.casework.forms import FootingForm
from hamrong.casework.pages.between import asking
from hamrong.casework.pages.frame import one, state_of, title_of, told_words
from hamrong.casework.pages.papers import resting
from hamrong.casework.queries.footings import Shaken, everywhere, shaken
from hamrong.law import rule
from hamrong.ui.formats import day
from hamrong.ui.parts import Cell, Column, Link, Row, Table


def told_of(by: Grant, case: Case, *, can: bool) -> list[tuple[str, str, Link | None]]:
    """(heading, words, where it is put right) of the steps of a case that rest on a recalled paper, or on none."""
    return [(_heading(case, each), _words(each), _link(case, each) if can else None) for each in shaken(by, case)]


def _heading(case: Case, each: Shaken) -> str:
    words = {"step": told_words(case, each.fact)}
    return (
        _("%(step)s: chưa có văn bản thay thế") % words if each.owed else _("%(step)s: văn bản đã bị thu hồi") % words
    )


def _words(each: Shaken) -> str:
    told = _("Bước này căn cứ vào văn bản số %(document)s, thu hồi ngày %(day)s.") % {
        "document": each.document, "day": day(each.recalled_at),
    }  # fmt: skip
    instead = _("Văn bản thay thế: số %(document)s.") % {"document": each.instead} if each.instead else ""
    return " ".join(part for part in (told, instead) if part)


def _link(case: Case, each: Shaken) -> Link:
    where = reverse("casework:footing", args=[case.pk, each.fact.pk])
    return Link(_("Ghi văn bản thay thế, hoặc ghi là chưa có"), where)


def table(by: Grant) -> Table:
    """Steps within the grant that nobody has put right."""
    columns = [Column(_("Hồ sơ")), Column(_("Bước")), Column(_("Văn bản bị thu hồi")), Column(_("Ngày thu hồi"), "day")]
    rows = [
        Row([Cell(case.code, note=title_of(case)), told_words(case, each.fact), each.document,
             day(each.recalled_at)],
            reverse("casework:case", args=[case.pk]))
        for case, each in everywhere(by)
    ]  # fmt: skip
    return Table(_("Bước có văn bản đã bị thu hồi"), columns, rows, name="shaken")


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("case.footing", "own")
def footing_page(request: HttpRequest, grant: Grant, number: UUID, step: UUID) -> HttpResponse:
    """Put down on which paper a step rests since its own was recalled, or that it rests on none."""
    case = one(grant, number)
    each = next((each for each in shaken(grant, case) if each.fact.pk == step), None)
    if each is None:
        raise Http404
    fact = each.fact
    row = course(case.course).step(fact.act, fact.source)
    papers = resting(grant, case, row) if row else []
    since = timezone.localdate(each.recalled_at)
    form = FootingForm(papers, request.POST or None, nothing=_nothing(case, each), since=since)

    def do(by: Grant, case: Case, revision: int) -> object:
        now = timezone.now()
        told = form.told(now, max(fact.effective_at, each.recalled_at))
        return footing.rest(by=by, case=case, revision=revision, fact=fact, told=told, at=now)

    return asking(
        request, grant, "case.footing", case, form, do, heading=_heading(case, each), go=_("Ghi nhận"),
        hint=_words(each), done=_("Đã ghi nhận. Những gì đã ghi trước đây vẫn được giữ nguyên."),
    )  # fmt: skip


def _nothing(case: Case, each: Shaken) -> str:
    """What it means that nothing takes the place of the paper."""
    lang, after = (get_language() or "vi")[:2], footing.outcome(case, each.fact)
    told = [_("Chưa có văn bản thay thế.")]
    if after.state != case.state:
        told.append(_("Hồ sơ trở lại tình trạng “%(state)s”.") % {"state": state_of(case, after.state)})
    titles: Sequence[str] = [rule(each).title.to(lang) for each in after.runs]
    if titles:
        told.append(_("Thời hạn chạy tiếp: %(clocks)s.") % {"clocks": ", ".join(titles)})
    return " ".join(told)
