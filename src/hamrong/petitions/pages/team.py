"""The team that verifies a denunciation: on the page of its case, named by whoever settles; keeping away from one."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hamrong.access.actors import Grant, Refusal
from hamrong.access.queries import named
from hamrong.access.web import guarded
from hamrong.cases.models import Case
from hamrong.casework.pages.between import asking
from hamrong.casework.pages.frame import may, one, page, same_post, title_of
from hamrong.casework.sections import Section
from hamrong.petitions.actions import team as acts
from hamrong.petitions.models import Member
from hamrong.petitions.queries import team
from hamrong.sealed.actions import keys
from hamrong.sealed.forms import passphrase, touched
from hamrong.ui.answers import tell, words
from hamrong.ui.formats import day
from hamrong.ui.parts import Answer, Link


class TeamForm(forms.Form):
    """Who verifies, who heads them, by which decision; and the passphrase that opens what is sealed."""

    people = forms.MultipleChoiceField(
        label=gettext_lazy("Thành viên"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Từ hai người trở lên. Người bị tố cáo, người ở đơn vị bị tố cáo không được chọn."),
    )  # fmt: skip
    head = forms.ChoiceField(label=gettext_lazy("Tổ trưởng"))
    document = forms.CharField(
        label=gettext_lazy("Số, ngày của quyết định"), max_length=100,
        help_text=gettext_lazy("Quyết định thành lập hoặc thay đổi Tổ xác minh. Ví dụ 12/QĐ-CAX, 24/11/2026"),
    )  # fmt: skip
    password = passphrase(gettext_lazy("Câu mật khẩu của khóa niêm phong"))

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = choices  # type: ignore[attr-defined]
        self.fields["head"].choices = [("", _("Chọn người")), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("people") and given.get("head") and given["head"] not in given["people"]:
            self.add_error("head", _("Tổ trưởng phải là một trong các thành viên đã chọn."))
        return given


class AwayForm(forms.Form):
    """Why somebody keeps away from a case."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Bạn liên quan thế nào"), widget=forms.RadioSelect,
        choices=[
            ("relative", gettext_lazy("Người bị tố cáo, bị khiếu nại là người thân của tôi hoặc của vợ, chồng tôi")),
            ("interest", gettext_lazy("Tôi có lợi ích liên quan trực tiếp")),
        ],
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("team.name", "own")
def team_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """Name the team, or change it."""
    case, today = one(grant, number), timezone.localdate()
    standing = list(team.members(grant).filter(case=case, until__isnull=True))
    choices = [(str(person.pk), named(person)) for person in team.able(grant, case, today)]
    form = TeamForm(choices, request.POST or None, initial=_standing(standing))

    def do(by: Grant, case: Case, revision: int) -> object:
        got, now = form.cleaned_data, timezone.now()
        hand = same_post(by, "sealed.hand")
        if isinstance(hand, Refusal):
            return hand
        ring = keys.unlock(by=hand, passphrase=got["password"], touch=touched(form), at=now)
        if isinstance(ring, Refusal):
            return ring
        named = acts.Named([UUID(one) for one in got["people"]], UUID(got["head"]), got["document"])
        return acts.name_team(by=by, case=case, named=named, ring=ring, at=now)

    return asking(
        request, grant, "team.name", case, form, do,
        heading=_("Thay đổi Tổ xác minh") if standing else _("Thành lập Tổ xác minh"), go=_("Ghi nhận quyết định"),
        hint=_(
            "Ai không được chọn nữa thì rời Tổ từ hôm nay. Thành viên có khóa niêm phong đọc được nội dung đơn khi còn "
            "trong Tổ; người có chức trách về tố cáo xem được hồ sơ; người khác làm việc từ bản che chữ in cho họ. "
            "Danh tính người tố cáo không đi theo."
        ), done=_("Đã ghi nhận Tổ xác minh."),
    )  # fmt: skip


def _standing(standing: list[Member]) -> dict[str, Any]:
    head = next((str(one.person_id) for one in standing if one.head), "")
    return {"people": [str(one.person_id) for one in standing], "head": head}


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("case.recuse", "own")
def away_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """Say that one has to do with a case; it is not shown to whoever says so any more."""
    case, form = one(grant, number), AwayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = acts.recuse(by=grant, case=case, ground=form.cleaned_data["ground"], at=timezone.now())
        if not isinstance(answer, Refusal):
            tell(request, answer, _("Đã ghi nhận: bạn không xem, không xử lý vụ việc này nữa."))
            return redirect("casework:desk")
        form.add_error(None, words(answer))
    shown = {
        "heading": _("Tôi có liên quan"), "go": _("Tôi có liên quan"),
        "hint": _("Bạn rời Tổ xác minh nếu đang trong Tổ, không đọc được phần niêm phong và không xem được hồ sơ nữa."),
    }  # fmt: skip
    return page(request, "act", {"case": case, "title": title_of(case), "form": form, **shown})


def shown(by: Grant, case: Case) -> Section | None:
    """What the page of a case says of its team and of keeping away; who keeps away is told to whoever settles."""
    links = []
    teamed = case.course.partition("@")[0] in acts.TEAMED
    if teamed and case.state in acts.STATES and may(by, "team.name"):
        links.append(Link(_("Thành lập, thay đổi Tổ xác minh"), reverse("petitions_desk:team", args=[case.pk])))
    if not case.closed_at and may(by, "case.recuse"):
        links.append(Link(_("Tôi có liên quan"), reverse("petitions_desk:away", args=[case.pk])))
    everybody = list(team.members(by).filter(case=case)) if teamed else []
    if not (links or everybody):
        return None
    lines = [_line(one) for one in everybody]
    note = "" if lines or not teamed else _("Chưa có quyết định thành lập Tổ xác minh.")
    return Section("team", _("Người xác minh") if teamed else _("Người xử lý"), lines, note, links)


def _line(one: Member) -> Answer:
    place = _("Tổ trưởng") if one.head else _("Thành viên")
    told = f"{one.person.full_name} · {_days(one.since, one.until)} · {one.document}"
    return Answer(place if one.until is None else _("Đã rời Tổ"), told)


def _days(since: date, until: date | None) -> str:
    if until is None:
        return _("từ %(day)s") % {"day": day(since)}
    return _("%(since)s đến %(until)s") % {"since": day(since), "until": day(until)}
