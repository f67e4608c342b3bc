"""Two pages of the inspector: questions that the record raises, and who looked at one person's data."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.queries import families_of, full_names_of, names_of
from hamrong.access.web import guarded
from hamrong.audit import oddities
from hamrong.audit.models import Entry
from hamrong.audit.oddities import Question
from hamrong.identity.keys import vault
from hamrong.lodging.queries import subjects as stay_subjects
from hamrong.org.queries import names as units
from hamrong.petitions.pages.register import door_words, kind_words, number_of
from hamrong.petitions.queries import own_data as petitions
from hamrong.petitions.queries.own_data import Own, S
from hamrong.plates.queries import subjects as owners_files
from hamrong.site.context import act_label, purpose_label
from hamrong.site.forms import DocumentForm
from hamrong.site.inspection import instant
from hamrong.ui.answers import private
from hamrong.ui.parts import Cell, Column, Row, Table

SPAN: Final = timedelta(days=30)


@require_safe
@guarded("audit.read", "province")
def questions(request: HttpRequest, grant: Grant) -> HttpResponse:
    """What the last thirty days raise; each rule stands on the page in words."""
    now = timezone.now()
    found = oddities.questions(now - SPAN, now, families_of())
    enter(grant, subject="audit:questions", at=now, shown=len(found))
    names = names_of({each.actor for each in found})
    columns = [Column(_("Lúc"), "day"), Column(_("Ai")), Column(_("Điều đáng hỏi"))]
    rows = [
        Row([instant(each.at), Cell(names.get(each.actor, each.actor)), words(each)], _where(each)) for each in found
    ]
    table = Table(
        _("Điều đáng hỏi trong 30 ngày"), columns, rows, empty=_("Không có điều gì đáng hỏi"),
        empty_hint=_("Các quy tắc ở trên không gặp trường hợp nào."),
    )  # fmt: skip
    return private(request, "site/questions.html", {"table": table, "rules": rules()})


def _where(question: Question) -> str:
    """What the question is about: the entries of that day, or those about the one stay."""
    day = f"{timezone.localtime(question.at):%d/%m/%Y}"
    about = {"subject": question.fact["subject"]} if question.rule == "same" else {"since": day, "until": day}
    return f"{reverse('inspection')}?{urlencode({'actor': question.actor, **about})}"


def words(question: Question) -> str:
    """What may be asked, in words that accuse nobody."""
    told = question.fact
    if question.rule == "many":
        return _("%(reads)d lần đọc trong một ngày, ngày thường của người này là %(usual)d. Việc gì cần đến?") % told
    if question.rule == "night":
        return _("%(searches)d lần tìm từ 0 đến 5 giờ (%(purpose)s). Có ca trực hay vụ việc không?") % {
            **told, "purpose": purpose_label(told["purpose"]),
        }  # fmt: skip
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


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("subject.read", "province")
def own_data(request: HttpRequest, grant: Grant) -> HttpResponse:
    """What was kept of a person and who looked at it; for whoever showed a document (13/2023/NĐ-CP Đ9)."""
    form = DocumentForm(request.POST or None)
    values: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        values |= _extract(grant, form.cleaned_data["document"])
    return private(request, "site/own_data.html", values)


def _extract(grant: Grant, document: str) -> dict[str, object]:
    """Everything under one document number; that it was asked for is on record, with how much there was."""
    stays, draws = stay_subjects.about(grant, document), owners_files.about(grant, document)
    signed, came = petitions.about(grant, document)
    now = timezone.now()
    enter(
        grant, subject=f"document:{vault().find(document).hex()}", at=now, stays=len(stays), files=len(draws),
        petitions=len(signed), receptions=len(came),
    )  # fmt: skip
    acts = [one.acts for one in stays] + [one.acts for one in draws]
    acts += [one.acts for one in signed] + [one.acts for one in came]
    told = [entry for each in acts for entry in each]
    where = [one.said.unit for one in signed] + [one.said.unit for one in came]
    names = full_names_of({entry.actor for entry in told}) | units([*(entry.unit for entry in told), *where])
    return {
        "stays": [(own.stay, _acts(_("Ai đã báo và ai đã xem"), own.acts, names)) for own in stays],
        "draws": [(own.draw, _acts(_("Ai đã lập hồ sơ và ai đã xem"), own.acts, names)) for own in draws],
        "petitions": [_said(own, number_of(own.said), door_words(own.said.door), names) for own in signed],
        "receptions": [_said(own, f"{own.said.number}/{own.said.year}", own.said.place, names) for own in came],
        "asked_at": now,
    }


def _said(own: Own[S], number: str, how: str, names: Mapping[str, str]) -> dict[str, object]:
    """A petition or a visit, as its heading names it, with the acts upon it."""
    return {
        "said": own.said, "kind": kind_words(own.said.kind), "number": number, "how": how,
        "unit": names[own.said.unit], "acts": _acts(_("Ai đã nhận và ai đã xem"), own.acts, names),
    }  # fmt: skip


def _acts(title: str, acts: Sequence[Entry], names: Mapping[str, str]) -> Table:
    columns = [Column(_("Lúc"), "day"), Column(_("Việc")), Column(_("Ai")), Column(_("Mục đích"))]
    rows = [
        Row([instant(entry.at), act_label(entry.type), _who(entry, names), purpose_label(entry.purpose)])
        for entry in acts
    ]
    return Table(title, columns, rows, caption_seen=False)


def _who(entry: Entry, names: Mapping[str, str]) -> Cell:
    """Who acted, without the name for signing in; by a code of one's own, which is not printed, too."""
    if entry.actor.startswith("owner:"):
        return Cell(_("Chủ xe, bằng mã phiếu"))
    if entry.actor == "visitor":
        return Cell(_("Người gửi đơn, bằng mã theo dõi"))
    return Cell(names.get(entry.actor, entry.actor), note=names[entry.unit])
