"""The book of receptions as officers keep it: entered, read, answered, printed, and a petition taken in from it."""

import uuid
from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.casework.pages.frame import may, same_post, unit_name
from hamrong.identity.keys import vault
from hamrong.kernel.seal import followup
from hamrong.papers.forms import FilesForm
from hamrong.petitions.actions import receptions as acts
from hamrong.petitions.actions.receptions import Held
from hamrong.petitions.forms.receptions import EVERY_END, RECEIVERS, AnswerForm, BookForm, ReceptionForm
from hamrong.petitions.models import Reception
from hamrong.petitions.pages.register import kind_words, take_form, taken_page
from hamrong.petitions.queries import receptions, visible
from hamrong.petitions.queries.register import numbered
from hamrong.petitions.rules import Kind
from hamrong.petitions.told import Visit
from hamrong.ui.answers import private, tell, words
from hamrong.ui.formats import day
from hamrong.ui.keyset import portion
from hamrong.ui.parts import Answer, Cell, Column, Row, Table
from hamrong.ui.places import lies_at


def who_words(code: str) -> str:
    """Who receives."""
    return str(dict(RECEIVERS)[code])


def end_words(code: str) -> str:
    """How a reception ended."""
    return str(dict(EVERY_END)[code])


@require_safe
@guarded("reception.list", "own")
def book_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """The book, the newest first; names are not in the list."""
    form, wide = BookForm(request.GET), grant.scope_kind == "province"
    cursors = {name: request.GET.get(name, "") for name in ("after", "before")}
    part = portion(_found(grant, form), "held_on", cursors, descending=True, counted=True)
    rows = [
        Row([Cell(f"{one.number}/{one.year}", note=_("Niêm phong") if one.secret else ""), one.held_on,
             who_words(one.who), kind_words(one.kind), one.people, end_words(one.end),
             *([unit_name(one.unit)] if wide else [])],
            reverse("petitions_desk:reception", args=[one.pk]))
        for one in part.rows
    ]  # fmt: skip
    columns = [
        Column(_("Số")), Column(_("Ngày tiếp"), "day"), Column(_("Ai tiếp")), Column(_("Đến để")),
        Column(_("Số người"), "number"), Column(pgettext("reception", "Kết thúc")),
        *([Column(_("Đơn vị"))] if wide else []),
    ]  # fmt: skip
    empty, hint = _("Sổ chưa có lượt tiếp nào"), _("Ghi lượt tiếp đầu tiên.")
    if any(form.cleaned_data.values()):
        empty, hint = _("Không có lượt tiếp nào như vậy"), _("Bỏ bớt điều kiện lọc, hoặc ghi một lượt tiếp mới.")
    table = Table(
        _("Sổ tiếp công dân"), columns, rows, empty=empty, empty_hint=hint, pager=part.pager, dense=True,
    )  # fmt: skip
    enter(grant, subject=f"receptions:{grant.scope}", at=timezone.now(), shown=len(rows))
    return _page(request, "book", {"form": form, "table": table, "can_register": may(grant, "reception.register")})


def _found(by: Grant, form: BookForm) -> QuerySet[Reception]:
    got = form.cleaned_data if form.is_valid() else {}
    rows = visible.receptions(by)
    for name, column in {"kind": "kind", "who": "who", "since": "held_on__gte", "until": "held_on__lte"}.items():
        if got.get(name):
            rows = rows.filter(**{column: got[name]})
    asked = (got.get("q") or "").strip()
    if not asked:
        return rows
    number = numbered(asked)
    return rows.filter(**number) if number else rows.filter(persons__contains=[vault().find(asked)])


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("reception.register", "own")
def new_page(request: HttpRequest, grant: Grant) -> HttpResponse:
    """Enter a reception; for a denunciation the sealed petition's form follows with what was typed, kept nowhere."""
    today, now = timezone.localdate(), timezone.now()
    first = {"key": uuid.uuid4(), "held_on": today, "place": _usual_place(grant), "received_by": grant.actor.label}
    form = ReceptionForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        answer = acts.register_reception(by=grant, held=_held(grant, form), at=now)
        if isinstance(answer, Refusal):
            form.add_error(None, words(answer))
        elif answer.secret:
            return _denounced(request, grant, answer, form.cleaned_data)
        else:
            tell(request, answer, _("Đã ghi vào sổ, số %(number)s.") % {"number": f"{answer.number}/{answer.year}"})
            return redirect("petitions_desk:reception", number=answer.pk)
    return _page(request, "reception_new", {"form": form})


def _usual_place(by: Grant) -> str:
    hours = visible.hours(by).filter(unit=by.scope, until__isnull=True)
    return hours.values_list("place", flat=True).order_by("since", "pk").first() or ""


def _held(by: Grant, form: ReceptionForm) -> Held:
    got = form.cleaned_data
    return Held(
        key=form.number, unit=by.scope, held_on=got["held_on"], place=got["place"], who=got["who"],
        received_by=got["received_by"], kind=cast("Kind", got["kind"]), visit=form.visit(), people=got["people"],
        end=got["end"],
    )  # fmt: skip


def _denounced(request: HttpRequest, by: Grant, row: Reception, typed: Mapping[str, Any]) -> HttpResponse:
    names = ("subject", "text", "name", "document", "no_paper", "address", "phone", "others")
    first = {name: typed[name] for name in names} | {"kind": "denunciation", **_at(row)}
    return _page(request, "take", {"form": take_form(by, None, first), "picker": FilesForm()})


def _at(row: Reception) -> dict[str, Any]:
    return {"door": "reception", "reception": str(row.pk), "received_on": row.held_on}


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("reception.read", "own")
def reception_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """One reception: what was said and answered, what the law still owes, and the petition that came from it."""
    row, now, do = _one(grant, number), timezone.now(), request.POST.get("do", "")
    form = AnswerForm(request.POST if do == "answer" else None)
    if do == "take":
        return _took(request, grant, row)
    if form.is_bound and form.is_valid():
        by = same_post(grant, "reception.answer")
        said = form.cleaned_data["text"]
        answer = by if isinstance(by, Refusal) else acts.answer(by=by, reception=row, text=said, at=now)
        if tell(request, answer, _("Đã ghi câu trả lời.")):
            return redirect("petitions_desk:reception", number=number)
    return _page(request, "reception", {"row": row, "form": form, **_shown(grant, row)})


def _took(request: HttpRequest, grant: Grant, row: Reception) -> HttpResponse:
    """The petition that one press makes of a reception, with its code, however often the button was pressed."""
    by, code = same_post(grant, "petition.hand-in"), request.POST.get("code", "")
    if isinstance(by, Grant) and followup.read(code) is not None:
        taken = acts.take_petition(by=by, reception=row, code=code, at=timezone.now())
        if not isinstance(taken, Refusal):
            return taken_page(request, taken, code)
        tell(request, taken, "")
    elif isinstance(by, Refusal):
        tell(request, by, "")
    return redirect("petitions_desk:reception", number=row.pk)


def _shown(by: Grant, row: Reception) -> dict[str, Any]:
    now, visit, lang = timezone.now(), receptions.opened(row), (get_language() or "vi")[:2]
    enter(by, subject=f"reception:{row.pk}", at=now)
    date = receptions.due(row, now)
    taken = list(visible.petitions(by).filter(reception=row))
    can_take = may(by, "petition.hand-in") and not taken and row.end != "taken" and not row.erased_on
    return {
        "facts": facts(row), "matter": _matter(visit) if visit else [],
        "due": date.due if date else None, "anew": date.anew if date else None,
        "steps": [step.as_dict(lang) for step in (date.found.derivation if date else ())],
        "taken": [(one.pk, f"{one.number}/{one.year}") for one in taken], "code": followup.new_code(),
        "can_take": can_take, "can_answer": date is not None and not row.secret and may(by, "reception.answer"),
    }  # fmt: skip


def _one(by: Grant, number: UUID) -> Reception:
    found = visible.receptions(by).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def facts(row: Reception) -> list[Answer]:
    """Day, place, who received and how many came, line by line."""
    lines = [
        Answer(_("Ngày tiếp"), day(row.held_on)), Answer(_("Nơi tiếp"), row.place),
        Answer(_("Đơn vị"), unit_name(row.unit)), Answer(_("Ai tiếp"), who_words(row.who)),
        Answer(_("Người tiếp"), row.received_by), Answer(_("Đến để"), kind_words(row.kind)),
        Answer(pgettext("reception", "Kết thúc"), end_words(row.end)),
    ]  # fmt: skip
    if row.people > 1:
        came = _("%(people)s người, %(speak)s người đại diện") % {"people": row.people, "speak": row.representatives}
        lines.insert(6, Answer(_("Đoàn"), came if not row.secret else row.people))
    return lines + ([Answer(_("Ngày trả lời"), day(row.answered_on))] if row.answered_on else [])


def _matter(visit: Visit) -> list[Answer]:
    lines = [Answer(_("Việc gì"), visit.subject), Answer(_("Người dân trình bày"), visit.text)]
    lines += [Answer(_("Đã trả lời, hướng dẫn"), visit.answer)] if visit.answer else []
    return lines + [Answer(_("Người đến"), who) for who in _people(visit)]


def _people(visit: Visit) -> list[str]:
    return [" · ".join(filter(None, (one.name, one.document, one.address, one.phone))) for one in visit.visitors]


@require_safe
@guarded("reception.read", "own")
def minutes_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """The minutes, to be printed and signed by both; of a denunciation there are none here."""
    row = _one(grant, number)
    visit = receptions.opened(row)
    if visit is None:
        raise Http404
    enter(grant, subject=f"reception:{row.pk}", at=timezone.now(), printed=True)
    values = {
        "row": row, "visit": visit, "people": _people(visit), "unit": unit_name(row.unit), "who": who_words(row.who),
        "kind": kind_words(row.kind), "end": end_words(row.end), "joint": row.people > 1,
    }  # fmt: skip
    return _page(request, "minutes", values)


def _page(request: HttpRequest, name: str, values: Mapping[str, Any]) -> HttpResponse:
    lies_at(request, reverse("petitions_desk:receptions"))
    return private(request, f"petitions/desk/{name}.html", values)
