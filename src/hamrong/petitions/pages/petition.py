"""One petition as officers handle it: entered, sorted, its sender told; a sealed one is read with a key."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamrong.access.actors import Grant, Refusal
from hamrong.access.decisions import beside
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.cases import along
from hamrong.cases.courses import course
from hamrong.cases.queries.ending import day_of
from hamrong.casework.pages.frame import in_place, may, names, result_of, same_post, unit_name
from hamrong.law.citations import cite
from hamrong.law.library import shipped
from hamrong.law.shape import Place
from hamrong.papers import queries
from hamrong.papers.forms import FilesForm
from hamrong.papers.pages.files import given
from hamrong.petitions.actions import messages, sorting
from hamrong.petitions.actions.files import kept
from hamrong.petitions.actions.intake import NOT_OURS, TEXT, enter_register
from hamrong.petitions.actions.kinds import LAW, kinds_for
from hamrong.petitions.actions.sorting import Sorted, ended_by, row_of
from hamrong.petitions.forms.officers import SortForm, TellForm, WriteForm
from hamrong.petitions.models import Petition
from hamrong.petitions.owed import stands
from hamrong.petitions.pages import kinds, resorting, taking_back
from hamrong.petitions.pages.files import files_of
from hamrong.petitions.pages.papers import papers_shown
from hamrong.petitions.pages.register import door_words, number_of, outcome_words
from hamrong.petitions.queries import reading, visible
from hamrong.petitions.queries.first import first_matter
from hamrong.petitions.subjects import ref_of, subject_of
from hamrong.petitions.suggesting import fields, suggest, table
from hamrong.petitions.told import Content, content_of
from hamrong.sealed import drafts, unlocked
from hamrong.sealed.actions.reports import content_key, read_report
from hamrong.sealed.models import Report
from hamrong.sealed.pages.frame import closed, typed_before
from hamrong.ui.answers import private, tell, words
from hamrong.ui.formats import cited, day
from hamrong.ui.parts import Answer, Event
from hamrong.ui.places import lies_at


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("petition.read", "own")
def petition_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """The petition, and what may be done with it now."""
    petition = _one(grant, number)
    bound = request.POST if request.method == "POST" else None
    do = request.POST.get("do", "")
    shown = {
        "sort": SortForm(
            bound if do == "sort" else None, kind=petition.kind, kinds=kinds_for(petition), sealed=petition.secret
        ),
        "tell": TellForm(bound if do == "tell" else None), "write": WriteForm(bound if do == "write" else None),
    }  # fmt: skip
    back = taking_back.forms_of(request)
    if request.method == "POST" and (
        _did(request, grant, petition, do, shown.get(do)) or taking_back.did(request, grant, petition, back)
    ):
        return redirect("petitions_desk:petition", number=petition.pk)
    petition = _one(grant, number)
    values = {"petition": petition, "number": number_of(petition), "forms": shown, **shown, **_matter(grant, petition)}
    values |= {"first": _first(petition)}
    values |= {"facts": _facts(grant, petition), "result": _result(petition), "can": _can(grant, petition)}
    values["kind_law"] = LAW
    values |= {"from_reception": visible.receptions(grant).filter(petitions=petition).exists()}
    values |= {"papers": papers_shown(grant, petition), "ended": _ended(grant, petition)}
    values |= {"before": resorting.before(grant, petition), "back": taking_back.shown(grant, petition), **back}
    if not petition.secret:
        enter(grant, subject=f"petition:{petition.pk}", at=timezone.now())
    lies_at(request, reverse("petitions_desk:register"))
    return private(request, "petitions/desk/petition.html", values)


NO_FILE: Final = Refusal("invalid", "Chọn một tệp.", "Choose a file.")


def _one(by: Grant, number: UUID) -> Petition:
    found = visible.petitions(by).select_related("case", "same_as").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _can(by: Grant, petition: Petition) -> dict[str, bool]:
    """Which forms the page shows."""
    return {
        "enter": petition.number is None and may(by, "petition.enter"),
        "sort": petition.number is not None and not petition.sorting and may(by, "petition.sort"),
        "tell": bool(petition.sorting) and not petition.told_on and may(by, "petition.tell") and _owed(petition),
        "write": not petition.secret and not petition.erased_on and may(by, "petition.write"),
        "link": not petition.same_as_id and not petition.erased_on and may(by, "petition.link"),
        "cover": petition.number is not None and petition.content is not None and may(by, "petition.cover"),
        "renew": petition.content is not None and may(by, "petition.renew"),
        "unseal": petition.secret and not petition.erased_on and may(by, "sealed.read"),
    }  # fmt: skip


def _owed(petition: Petition) -> bool:
    row = row_of(petition)
    return row is not None and row.notice != "none"


ACTS: Final[dict[str, tuple[str, str | Promise]]] = {
    "enter": ("petition.enter", gettext_lazy("Đã vào sổ.")), "sort": ("petition.sort", gettext_lazy("Đã phân loại.")),
    "tell": ("petition.tell", gettext_lazy("Đã ghi nhận báo cho người gửi.")),
    "write": ("petition.write", gettext_lazy("Đã gửi.")),
    "link": ("petition.link", gettext_lazy("Đã ghi nhận đơn trùng.")),
}  # fmt: skip


def _did(request: HttpRequest, grant: Grant, petition: Petition, do: str, form: forms.Form | None) -> bool:
    """Do what a button asks; a refusal is put on its form, or on the page."""
    if do not in ACTS or (form is not None and not form.is_valid()):
        return False
    by = same_post(grant, ACTS[do][0])
    answer = by if isinstance(by, Refusal) else DOING[do](request, by, petition, form)
    if isinstance(answer, Refusal) and form is not None:
        form.add_error(None, words(answer))
        return False
    return tell(request, answer, ACTS[do][1])


def _enter(request: HttpRequest, by: Grant, petition: Petition, form: Any) -> object:
    return enter_register(by=by, petition=petition, at=timezone.now())


def _sort(request: HttpRequest, by: Grant, petition: Petition, form: Any) -> object:
    got = form.cleaned_data
    earlier = first_matter(by, got["earlier"]) if got["earlier"] else None
    if isinstance(earlier, Refusal):
        return earlier
    found = Sorted(
        form.facts(), got["reason"], earlier, form.prior(), got.get("field", ""), got.get("kind") or None,
        got.get("kind_why", ""),
    )  # fmt: skip
    return sorting.sort_petition(by=by, petition=petition, found=found, at=timezone.now())


def _tell(request: HttpRequest, by: Grant, petition: Petition, form: Any) -> object:
    document = form.cleaned_data["document"]
    return sorting.tell_sender(by=by, petition=petition, document=document, at=timezone.now())


def _write(request: HttpRequest, by: Grant, petition: Petition, form: Any) -> object:
    return messages.write(by=by, petition=petition, text=form.cleaned_data["text"], at=timezone.now())


def _link(request: HttpRequest, by: Grant, petition: Petition, form: Any) -> object:
    same = {str(one.petition.pk): one.petition for one in reading.suggestions(by, petition)}
    earlier = same.get(request.POST.get("earlier", ""))
    if earlier is None:
        return NOT_OURS
    return sorting.link(by=by, petition=petition, earlier=earlier, at=timezone.now())


DOING: dict[str, Callable[[HttpRequest, Grant, Petition, Any], object]] = {
    "enter": _enter, "sort": _sort, "tell": _tell, "write": _write, "link": _link,
}  # fmt: skip


def _facts(by: Grant, petition: Petition) -> list[Answer]:
    held = visible.receptions(by).filter(pk=petition.reception_id).first() if petition.reception_id else None
    at_one = [Answer(_("Lượt tiếp công dân"), f"{held.number}/{held.year}")] if held else []
    lines = [
        *kinds.lines(petition), Answer(_("Đến bằng"), door_words(petition.door)), *at_one,
        Answer(_("Ngày nhận"), day(petition.received_on)), Answer(_("Đơn vị"), unit_name(petition.unit)),
    ]  # fmt: skip
    if petition.register:
        lines.append(Answer(_("Nơi nhận, vào sổ"), unit_name(petition.register)))
    if petition.case and petition.case.result:
        lines.append(Answer(_("Kết quả giải quyết"), result_of(petition.case)))
    came = _("Trang, bài viết") if petition.door == "social" else _("Chuyển từ")
    if petition.field:
        lines.append(Answer(_("Lĩnh vực"), fields()[petition.field].to((get_language() or "vi")[:2])))
    return lines + ([Answer(came, petition.origin)] if petition.origin else [])


def _matter(by: Grant, petition: Petition) -> dict[str, Any]:
    """What was told, where it is not sealed; and petitions that may be the same."""
    if petition.secret or petition.erased_on:
        return {"said": [], "alike": []}
    return {
        "hints": [] if petition.sorting else hints(petition), "matter": matter_of(reading.opened(petition)),
        "said": said_events(messages.said(by, petition)),
        "alike": [] if petition.same_as_id else [
            (one.petition, f"{number_of(one.petition)} · {day(one.petition.received_on)}", round(100 * one.share),
             one.same_person)
            for one in reading.suggestions(by, petition)
        ],
    }  # fmt: skip


def hints(petition: Petition) -> list[tuple[str, str, str]]:
    """(what, what the words in it suggest, the words) for a petition that is not sealed; nothing is decided by it."""
    lang, text = (get_language() or "vi")[:2], reading.text_of(petition)
    asked = [(_("Loại đơn"), suggest("kind", text)), (_("Lĩnh vực"), suggest("field", text))]
    return [(what, table()[one.code].title.to(lang), ", ".join(one.words)) for what, one in asked if one]


def matter_of(content: Content) -> list[Answer]:
    """What was told, line by line."""
    lines = [Answer(_("Việc gì"), content.subject), Answer(_("Nội dung"), content.text)]
    lines += [Answer(_("Về ai"), content.against)] if content.against else []
    for one in content.senders:
        told = [one.name, one.document, one.address, one.phone]
        lines.append(Answer(_("Người gửi"), " · ".join(part for part in told if part)))
    return (
        lines
        if content.senders
        else [*lines, Answer(_("Người gửi"), _("Niêm phong") if content.signed else _("Không nêu tên"))]
    )


def said_events(said: list[messages.Said]) -> list[Event]:
    """Words both ways, as a history."""
    return [Event(_("Người gửi viết") if one.by_sender else _("Đơn vị viết"), one.on, note=one.text) for one in said]


def _result(petition: Petition) -> dict[str, Any] | None:
    """What the table made of it: outcome, basis, who has to be told by when and why."""
    row, lang = row_of(petition), (get_language() or "vi")[:2]
    if row is None:
        return None
    owed = row.notice != "none" and not petition.erased_on
    date = stands(petition, timezone.now()) if owed else None
    return {
        "outcome": outcome_words(petition.outcome), "basis": basis_words(row.basis, lang),
        "due": date.due if date else None, "anew": date.anew if date else None,
        "unsure": row.evidence.status != "text",
        "steps": [step.as_dict(lang) for step in (date.found.derivation if date else ())],
        "prior": petition.prior,
        "over": day_of(petition.case) if petition.case else None,
        "told": petition.told_by, "told_on": petition.told_on, "reason": petition.reason, "owed": row.notice != "none",
    }  # fmt: skip


def _first(petition: Petition) -> dict[str, Any] | None:
    """By when the law wants it looked at that nobody has sorted yet, and why."""
    date = None if petition.sorting or petition.erased_on else stands(petition, timezone.now())
    if date is None:
        return None
    lang = (get_language() or "vi")[:2]
    return {"due": date.due, "anew": date.anew, "steps": [step.as_dict(lang) for step in date.found.derivation]}


def _ended(by: Grant, petition: Petition) -> dict[str, Any] | None:
    """That its case ended without being settled: how, when, by whom decided, on which ground."""
    found = ended_by(petition)
    if found is None or petition.case is None or along.kept_away(by, petition.case):
        return None
    fact, ended = found
    who = names([fact.by, fact.in_place_of, fact.approved_by, fact.approved_in_place_of])
    step = course(petition.case.course).step(fact.act, fact.source)
    decided = who.get(fact.approved_by or fact.by, "–")
    lines = [
        Answer(_("Ngày"), day(timezone.localdate(fact.effective_at))),
        Answer(_("Người quyết định"), decided + in_place(who, fact.approved_in_place_of or fact.in_place_of)),
    ]
    if fact.approved_by:
        lines.append(Answer(_("Người đề xuất"), who.get(fact.by, "–") + in_place(who, fact.in_place_of)))
    lines += [Answer(_("Căn cứ"), cited(step.law) if step else ""), Answer(_("Lý do"), fact.reason)]
    lines.append(Answer(pgettext("document", "Văn bản"), fact.document))
    told = [line for line in lines if line.value]
    return {"outcome": outcome_words(ended.outcome), "lines": told}


def basis_words(place: Place, lang: str) -> str:
    """A place in the law, in words."""
    return cite(shipped(), place).to(lang)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("sealed.read", "own")
def sealed_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """A sealed petition, read by its handler with an open key; the identity stays sealed."""
    petition = _one(grant, number)
    report = visible.sealed_report(grant, petition)
    ring = unlocked.find(request, grant)
    if report is None:
        raise Http404
    if ring is None:
        return closed(request, grant)
    do, typed = request.POST.get("do", ""), typed_before(request, ring)
    adding, kind = do == "attach", kinds.form_of(request, grant, petition)
    form = WriteForm(None if do in ("attach", kinds.SAY) else request.POST or None, initial=typed)
    if kinds.said(request, grant, petition, kind):
        return redirect("petitions_desk:sealed", number=number)
    key = content_key(report, ring)
    if adding and not isinstance(key, Refusal):
        return _attached(request, grant, petition, key)
    if form.is_bound and form.is_valid() and not isinstance(key, Refusal):
        by = same_post(grant, "petition.write")
        now = timezone.now()
        answer = by if isinstance(by, Refusal) else messages.write_sealed(
            by=by, report=report, key=key, text=form.cleaned_data["text"], at=now
        )  # fmt: skip
        if tell(request, answer, _("Đã gửi.")):
            drafts.forget(ring.person, request.path)
            return redirect("petitions_desk:sealed", number=number)
    values = {**_opened(grant, petition, report, ring, form), "typed": bool(typed), "kind": kind}
    values["kinds"] = kinds.lines(petition)
    return private(request, "petitions/desk/sealed.html", values)


def _attached(request: HttpRequest, grant: Grant, petition: Petition, key: bytes) -> HttpResponse:
    """Files that a handler adds to a sealed petition, under its own key."""
    by, files = beside(grant, "attachment.add", "petition"), request.FILES.getlist("attached")
    if isinstance(by, Refusal) or not files:
        tell(request, by if isinstance(by, Refusal) else NO_FILE, "")
    else:
        for one in kept(by=by, to=subject_of(petition), key=key, files=files, at=timezone.now()):
            tell(request, one.answer, _("Đã nhận tệp %(name)s.") % {"name": one.name})
    return redirect("petitions_desk:sealed", number=petition.pk)


@require_safe
@guarded("sealed.read", "own")
def sealed_file_page(request: HttpRequest, grant: Grant, number: UUID, file: UUID) -> HttpResponseBase:
    """A file of a sealed petition as its handler may have it: of what could be cleaned the cleaned copy, never more.

    What a camera wrote into the original could say who took the picture, which nobody may learn alone.
    """
    petition, ring = _one(grant, number), unlocked.find(request, grant)
    report = visible.sealed_report(grant, petition)
    reading = beside(grant, "attachment.read", "petition")
    if report is None or isinstance(reading, Refusal):
        raise Http404
    if ring is None:
        return redirect(f"{reverse('sealed:unlock')}?next={reverse('petitions_desk:sealed', args=[number])}")
    key, one = content_key(report, ring), queries.attachments(reading, ref_of(petition)).filter(pk=file).first()
    if one is None or isinstance(key, Refusal):
        raise Http404
    return given(reading, one, original=False, key=key)


def _opened(by: Grant, petition: Petition, report: Report, ring: Any, form: WriteForm) -> dict[str, Any]:
    values: dict[str, Any] = {"petition": petition, "number": number_of(petition), "report": report, "form": form}
    parts = read_report(by=by, report=report, ring=ring, at=timezone.now())
    if isinstance(parts, Refusal):
        return {**values, "refused": words(parts)}
    key = content_key(report, ring)
    assert isinstance(key, bytes)
    return {
        **values, "matter": matter_of(content_of(parts[TEXT])), "said": said_events(messages.said_sealed(report, key)),
        "files": files_of(by, petition, key), "picker": FilesForm(needed=True),
        "can_ask": may(by, "sealed.request"), "can_hand": may(by, "sealed.hand"),
        "can_cover": petition.number is not None and may(by, "petition.cover"),
        "can_renew": may(by, "petition.renew"),
    }  # fmt: skip
