"""Questions that the record raises, for the inspector: the list, and each with what was found when somebody asked."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.actors import Grant, Refusal
from hamrong.access.answers import Answered, answer, answers_to, open_still
from hamrong.access.decisions import beside
from hamrong.access.entries import enter
from hamrong.access.queries import families_of, names_of
from hamrong.access.web import guarded
from hamrong.audit import oddities
from hamrong.audit.oddities import Question
from hamrong.site.context import purpose_label
from hamrong.site.forms import RESULTS, QuestionForm
from hamrong.site.inspection import instant
from hamrong.ui.answers import private, tell
from hamrong.ui.answers import words as in_words
from hamrong.ui.parts import Answer, Cell, Column, Event, Row, Table

SPAN: Final = timedelta(days=30)


@require_safe
@guarded("audit.read", "province")
def questions(request: HttpRequest, grant: Grant) -> HttpResponse:
    """What the last thirty days raise, what waits for an answer first; each rule stands on the page in words."""
    now = timezone.now()
    found = _raised(now)
    said = answers_to(found)
    waiting = {each.key for each in found if open_still(each, said.get(each.key, ()))}
    enter(grant, subject="audit:questions", at=now, shown=len(found))
    names = names_of({each.actor for each in found})
    columns = [Column(_("Lúc"), "day"), Column(_("Ai")), Column(_("Điều đáng hỏi")), Column(_("Trả lời"))]
    rows = [
        Row([instant(each.at), Cell(names.get(each.actor, each.actor)), words(each), _stands(each, waiting)],
            reverse("question", args=[each.key]))
        for each in sorted(found, key=lambda each: each.key not in waiting)
    ]  # fmt: skip
    table = Table(
        _("Điều đáng hỏi trong 30 ngày"), columns, rows, empty=_("Không có điều gì đáng hỏi"),
        empty_hint=_("Các quy tắc ở trên không gặp trường hợp nào."),
    )  # fmt: skip
    values = {"table": table, "rules": rules(), "waiting": len(waiting)}
    return private(request, "site/questions.html", values)


def _raised(now: datetime) -> Sequence[Question]:
    return oddities.questions(now - SPAN, now, families_of())


def _stands(question: Question, waiting: set[str]) -> Cell:
    if question.key in waiting:
        return Cell(_("Chưa trả lời"), state="todo")
    return Cell(_("Đã trả lời"), state="done")


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("audit.read", "province")
def question(request: HttpRequest, grant: Grant, key: str) -> HttpResponse:
    """One question: what raised it, the entries behind it, what was said to it, and a form to say what was found."""
    now = timezone.now()
    found = next((each for each in _raised(now) if each.key == key), None)
    if found is None:
        raise Http404
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = _answered(grant, found, form, now)
        if not isinstance(given, Refusal):
            tell(request, given, _("Đã ghi câu trả lời vào nhật ký."))
            return redirect("questions")
        form.add_error(None, in_words(given))
    said = answers_to([found]).get(key, [])
    enter(grant, subject=f"question:{key}", at=now)
    names = names_of({found.actor, *(each.by for each in said)})
    values = {
        "form": form, "answers": _facts(found, names), "entries": _where(found), "said": _told(said, names),
        "waiting": open_still(found, said), "again": bool(said) and open_still(found, said),
    }  # fmt: skip
    return private(request, "site/question.html", values)


def _answered(grant: Grant, found: Question, form: QuestionForm, now: datetime) -> Answered | Refusal:
    allowed = beside(grant, "audit.answer")
    return allowed if isinstance(allowed, Refusal) else answer(by=allowed, question=found, at=now, **form.cleaned_data)


def _facts(found: Question, names: Mapping[str, str]) -> list[Answer]:
    rule = dict(zip(oddities.RULES, rules(), strict=True))[found.rule]
    return [
        Answer(_("Ai"), names.get(found.actor, found.actor)), Answer(_("Lúc"), instant(found.at)),
        Answer(_("Điều đáng hỏi"), words(found)), Answer(_("Quy tắc"), rule),
    ]  # fmt: skip


def _told(said: Sequence[Answered], names: Mapping[str, str]) -> list[Event]:
    """What was said, oldest first; words whose time on record is over are said to be gone."""
    gone = _("Chi tiết đã được xóa khi hết thời hạn lưu giữ.")
    return [
        Event(str(RESULTS.get(each.found, "")) or _("Đã trả lời"), each.at, by=names.get(each.by, each.by),
              note=each.words or gone, tone="good" if each.found == "in-order" else "warn")
        for each in said
    ]  # fmt: skip


def _where(question: Question) -> str:
    """The entries behind a question: those of that day, or those about the one stay."""
    day = f"{timezone.localdate(question.at):%d/%m/%Y}"
    about = {"subject": question.fact["subject"]} if question.rule == "same" else {"since": day, "until": day}
    return f"{reverse('inspection')}?{urlencode({'actor': question.actor, **about})}"


def words(question: Question) -> str:
    """What may be asked, in words that accuse nobody."""
    told = question.fact
    if question.rule == "many":
        return _("%(reads)d lần đọc trong một ngày, ngày thường của người này là %(usual)d. Việc gì cần đến?") % told
    if question.rule == "night":
        night = ngettext(
            "%(searches)d lần tìm từ 0 đến 5 giờ (%(purpose)s). Có ca trực hay vụ việc không?",
            "%(searches)d lần tìm từ 0 đến 5 giờ (%(purpose)s). Có ca trực hay vụ việc không?", told["searches"],
        )  # fmt: skip
        return night % {**told, "purpose": purpose_label(told["purpose"])}
    if question.rule == "same":
        return _("Đọc cùng một lượt lưu trú trong %(days)d ngày khác nhau. Vụ việc nào?") % told
    return _("Tìm một người cùng họ và tên đệm với mình (%(purpose)s). Có phải việc công không?") % {
        "purpose": purpose_label(told["purpose"])
    }


def rules() -> list[str]:
    """The rules, as whoever is asked may read them."""
    return [
        _("Một ngày có từ %(least)d lần đọc và quá %(many)d lần ngày thường của chính người đó.")
        % {"least": oddities.LEAST, "many": oddities.MANY},
        _("Tìm kiếm từ 0 giờ đến trước 5 giờ."),
        _("Đọc cùng một lượt lưu trú trong từ %(same)d ngày khác nhau.") % {"same": oddities.SAME},
        _("Tìm theo tên một người trùng cả họ và tên đệm với người tìm."),
    ]
