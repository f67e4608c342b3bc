"""The register of petitions: narrowed in its address, searched for a purpose, and taken out as a file."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access import queries
from hamrong.access.actors import Grant, Refusal
from hamrong.access.decisions import beside
from hamrong.access.entries import enter
from hamrong.access.web import Refused, guarded
from hamrong.cases.models import Clock
from hamrong.casework.pages.frame import last_day, may, names, remaining, result_of, state_of, unit_choices, why
from hamrong.law import basis, is_doubted
from hamrong.org.queries import names as unit_names
from hamrong.petitions.forms.register import ExportForm, RegisterForm, SearchForm
from hamrong.petitions.models import Petition
from hamrong.petitions.pages.kinds import came_as, told_kind
from hamrong.petitions.pages.register import door_words, kind_words, number_of, outcome_words
from hamrong.petitions.people import OFFICERS, SETTLERS
from hamrong.petitions.queries.reading import opened
from hamrong.petitions.queries.register import register, with_dates
from hamrong.petitions.queries.searching import Search, narrowed
from hamrong.ui.answers import private, purposes_of, words
from hamrong.ui.exports import sent
from hamrong.ui.formats import day
from hamrong.ui.kept import keep, kept
from hamrong.ui.keyset import portion
from hamrong.ui.parts import Cell, Column, Row, Table
from hamrong.ui.places import lies_at

SESSION: Final = "petitions.searches"


@dataclass(frozen=True, slots=True)
class Found:
    """What the filters and the search of an address come to. `by` is the grant of the search, where there is one.

    `lost`: the address names a search that this session keeps no more.
    """

    form: RegisterForm
    rows: QuerySet[Petition]
    by: Grant
    search: Search | None = None
    more: bool = False
    lost: bool = False


def found(request: HttpRequest, grant: Grant, now: datetime) -> Found:
    """The register as an address asks for it."""
    form = RegisterForm(_handlers(grant, now), _units(grant, now), request.GET)
    asked = form.given()
    rows = register(grant, asked, now)
    content = kept(request, SESSION, asked["search"]) if "search" in asked else None
    if content is None:
        return Found(form, rows, grant, lost="search" in asked)
    allowed = beside(grant, "petition.search", content.pop("purpose"))
    if isinstance(allowed, Refusal):
        raise Refused(allowed)
    search = Search(**content)
    rows, more = narrowed(rows, search)
    return Found(form, rows, allowed, search, more)


def _handlers(by: Grant, now: datetime) -> list[tuple[str, str]]:
    """Colleagues whose posts sort or settle, in the order of their names."""
    held = queries.colleagues(by, timezone.localdate(now))
    found = names(f"person:{one}" for one, roles in held.items() if not roles.isdisjoint((*OFFICERS, *SETTLERS)))
    return sorted(found.items(), key=lambda each: each[1])


def _units(by: Grant, now: datetime) -> list[tuple[str, str]]:
    return unit_choices(timezone.localdate(now)) if by.scope_kind == "province" else []


@require_safe
@guarded("petition.list", "own")
def register_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """The register, the newest first; what a denouncer told is not in it."""
    now = timezone.now()
    got = found(request, grant, now)
    rows = with_dates(got.rows)
    newest = request.GET.get("sort") != "received_on"
    part = portion(rows, "received_on", _dated(request), descending=newest, counted=True)
    units = unit_names(one.unit for one in part.rows) if grant.scope_kind == "province" else {}
    empty, hint = _nothing(got)
    table = Table(
        _("Sổ tiếp nhận đơn"), _columns(grant), [_row(one, units, now) for one in part.rows],
        empty=empty, empty_hint=hint, pager=part.pager, dense=True,
        sort="-received_on" if newest else "received_on",
    )  # fmt: skip
    told = {**got.search.told(), "more": got.more} if got.search else {}
    enter(got.by, subject=f"petitions:{grant.scope}", at=now, shown=len(part.rows), **told)
    query = request.GET.urlencode()
    values = {
        "form": got.form, "table": table, "can_take": may(grant, "petition.hand-in"), "lost": got.lost,
        "can_appraise": may(grant, "petition.appraise"), "can_hand": may(grant, "sealed.hand"),
        "doubted": any(_is_doubted(one, now) for one in part.rows),
        "more": got.more, "sought": _sought(got.search), "without": _without(request.GET),
        "purpose": dict(purposes_of("petition.search")).get(got.by.purpose, "") if got.search else "",
        "words_url": f"{reverse('petitions_desk:search')}?{query}",
        "export_url": f"{reverse('petitions_desk:export')}?{query}",
    }  # fmt: skip
    return _page(request, "register", values)


def _dated(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "") for name in ("after", "before")}


def _columns(by: Grant) -> list[Column]:
    columns = [
        Column(_("Số")), Column(_("Đơn")), Column(pgettext("day", "Nhận"), "day", "received_on"),
        Column(_("Hạn"), "day"), Column(_("Xử lý")),
    ]  # fmt: skip
    return [*columns, Column(_("Đơn vị"))] if by.scope_kind == "province" else columns


def _row(one: Petition, units: Mapping[str, str], now: datetime) -> Row:
    cells: list[object] = [
        number_of(one), Cell(kind_words(one.kind), note=_note(one)),
        Cell(one.received_on, note=door_words(one.door)), _due_cell(one, now),
        Cell(outcome_words(one.outcome), note=_standing(one)),
    ]  # fmt: skip
    cells += [units[one.unit]] if units else []
    return Row(cells, reverse("petitions_desk:petition", args=[one.pk]))


def _note(one: Petition) -> str:
    """What it came as where it is of another kind; what it is about, or that this is sealed."""
    return " · ".join(filter(None, (came_as(one), _("Niêm phong") if one.secret else subject_of(one))))


def _standing(one: Petition) -> str:
    """Where its case stands, and what was found."""
    return " · ".join(filter(None, (state_of(one.case), result_of(one.case)))) if one.case else ""


def subject_of(one: Petition) -> str:
    """The matter in one line, of a petition that is not sealed."""
    return opened(one).subject if one.content is not None else ""


def _dated_by(one: Petition) -> Petition | Clock | None:
    """What keeps the next date of the law: a clock of its case; itself, of telling its sender or of the first look."""
    if one.case:
        running: list[Clock] = one.case.running  # type: ignore[attr-defined]
        return running[0] if running else None
    return None if one.told_on or one.erased_on or not one.rule else one


def _due_cell(one: Petition, now: datetime) -> Cell:
    """The date, which leads to its reasons: on the page of the case, or of the petition."""
    row = _dated_by(one)
    if row is None or row.legal is None:
        return Cell("")
    told, left = day(last_day(row.legal)), remaining(row.legal, now)
    reasons = why(one.case.pk, row.rule) if one.case else f"{reverse('petitions_desk:petition', args=[one.pk])}#due"
    return Cell(told, reasons, state="overdue" if row.legal <= now else "", note=left)


def _is_doubted(one: Petition, now: datetime) -> bool:
    """Whether it is called late by words of the law that nobody has confirmed."""
    row = _dated_by(one)
    return row is not None and row.legal is not None and row.legal <= now and is_doubted(row.law_version)


def _nothing(got: Found) -> tuple[str, str]:
    """What an empty register says, and what to do about it."""
    if got.search:
        return _("Không có đơn nào như vậy"), _(
            "Thử ít từ hơn, hoặc bỏ bớt điều kiện lọc. Đơn niêm phong không tìm được theo nội dung."
        )
    if got.form.given():
        return _("Không có đơn nào như vậy"), _("Bỏ bớt điều kiện lọc, hoặc nhận một đơn mới.")
    return _("Sổ chưa có đơn nào"), _(
        "Đơn gửi trên trang này tự hiện ra ở đây; đơn đến bằng cách khác thì bấm Nhận đơn."
    )


def _sought(search: Search | None) -> list[str]:
    """What is looked for; of a number only that there was one."""
    if search is None:
        return []
    return [one for one in (search.words, search.name, _("một số căn cước") if search.document.strip() else "") if one]


def _without(query: QueryDict) -> str:
    """The same address without its search."""
    rest = query.copy()
    for name in ("search", "after", "before"):
        rest.pop(name, None)
    return f"{reverse('petitions_desk:register')}?{rest.urlencode()}"


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("petition.list", "own", purpose="petition")
def search_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Why and what; the search is kept, sealed, and the register shows what it finds under the filters in force."""
    form = SearchForm(request.POST or None, initial={"purpose": "petition"})
    if request.method == "POST" and form.is_valid():
        allowed = beside(grant, "petition.search", form.cleaned_data["purpose"])
        if not isinstance(allowed, Refusal):
            query = request.GET.copy()
            for name in ("after", "before"):
                query.pop(name, None)
            query["search"] = str(keep(request, SESSION, {**asdict(form.search), "purpose": allowed.purpose}))
            return redirect(f"{reverse('petitions_desk:register')}?{query.urlencode()}")
        form.add_error("purpose", words(allowed))
    return _page(request, "search", {"form": form, "back": _back(request)})


def _back(request: HttpRequest) -> str:
    return f"{reverse('petitions_desk:register')}?{request.GET.urlencode()}"


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("petition.list", "own", purpose="petition")
def export_page(request: HttpRequest, grant: Grant) -> HttpResponseBase:
    """What the register shows as a file: purpose first, then its form; nothing of what is sealed."""
    now, form = timezone.now(), ExportForm(request.POST or None, initial={"format": "xlsx", "purpose": "petition"})
    got = found(request, grant, now)
    if request.method == "POST" and form.is_valid():
        answer = beside(grant, "petition.export", form.cleaned_data["purpose"])
        if isinstance(answer, Refusal):
            form.add_error("purpose", words(answer))
        else:
            rows = with_dates(got.rows).order_by("-received_on", "-id")
            units = unit_names(set(got.rows.values_list("unit", flat=True)))
            name, subject = f"so-don-{timezone.localdate(now):%Y-%m-%d}", f"petitions:{grant.scope}"
            file = sent(
                form, by=answer, found=rows, head=head(), line=lambda one: line(one, units, now), name=name,
                subject=subject, at=now,
            )  # fmt: skip
            if file:
                return file
    return _page(request, "export", {"form": form, "back": _back(request), "sought": _sought(got.search)})


def head() -> Sequence[str]:
    """The columns of the file."""
    return (
        _("Số"), _("Loại đơn"), _("Đến bằng"), _("Ngày nhận"), _("Đơn vị"), _("Việc gì"), _("Người gửi"), _("Xử lý"),
        _("Ngày phân loại"), _("Báo người gửi"), _("Hồ sơ"), _("Tình trạng"), _("Kết quả"), _("Hạn"),
        _("Căn cứ của hạn"),
    )  # fmt: skip


def line(one: Petition, units: Mapping[str, str], now: datetime) -> Sequence[str]:
    """A petition in the order of `head`; of a sealed one its line in the register and no more."""
    told = opened(one) if one.content is not None else None
    subject, senders = (told.subject, ", ".join(each.name for each in told.senders)) if told else ("", "")
    dated = _dated_by(one)
    rests = basis(dated.law_version) if dated else None
    return (
        f"{one.number}/{one.year}" if one.number else "", told_kind(one), door_words(one.door),
        _written(one.received_on), units[one.unit], _("Niêm phong") if one.secret else subject, senders,
        outcome_words(one.outcome), _written(one.sorted_on), _written(one.told_on),
        one.case.code if one.case else "", state_of(one.case) if one.case else "",
        result_of(one.case) if one.case else "",
        day(last_day(dated.legal)) if dated and dated.legal else "",
        rests.to((get_language() or "vi")[:2]) if rests else "",
    )  # fmt: skip


def _written(on: date | None) -> str:
    return day(on) if on else ""


def _page(request: HttpRequest, name: str, values: Mapping[str, Any]) -> HttpResponse:
    lies_at(request, reverse("petitions_desk:register"))
    return private(request, f"petitions/desk/{name}.html", values)
