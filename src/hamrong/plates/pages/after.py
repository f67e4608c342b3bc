"""Plates after they were given: what is due, one plate with what can be done now, the forms, handing over, undoing."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.identity.vault import normal
from hamrong.law import deadline
from hamrong.plates.actions.after import ask, finish, open_act, undo
from hamrong.plates.course import Move, move, possible
from hamrong.plates.forms.after import AskForm, NumberForm, UndoForm
from hamrong.plates.models import Act, Plate
from hamrong.plates.numbers import is_old
from hamrong.plates.offers import colours_of
from hamrong.plates.pages.frame import desk_page, office_name, written
from hamrong.plates.pages.tallies import tally_table
from hamrong.plates.queries import after, pools, visible
from hamrong.plates.wording import (
    CERTIFICATES,
    ORIGINS,
    PLATE_STATES,
    act_word,
    colour,
    local,
    plate,
    plate_kind,
    reason_word,
)
from hamrong.ui.answers import tell, words
from hamrong.ui.parts import Answer, Cell, Column, Event, Link, Row, Stat, Table

SOON: Final = timedelta(days=2)
SHOWN: Final = 100
"""How many open applications and kept plates a page shows; how many more there are is said."""

CARRIED: Final = ("dossier", "vehicle", "owner_document")
"""What a file of the owner has told, when a kept plate is used instead of a draw."""

ELSEWHERE: Final = ("assign", "move")
"""Acts on a plate that another office still keeps."""

GONE_WHEN_UNDONE: Final = frozenset({"move", "enter", "won", "book"})
"""Acts by which a plate came to this office: undone, it is not here any more."""

MOVED_LATELY: Final = timedelta(days=90)

NEARLY: Final = 90
"""Days before a kept plate returns in which it is marked."""


@require_safe
@guarded("plate.list", "ward", purpose="vehicle-registration")
def given_page(request: HttpRequest, grant: Grant, ward: str) -> HttpResponse:
    """What the office has to hand over, the first due first; plates kept for owners; the year in numbers."""
    now, asked = timezone.now(), normal(request.GET.get("q", ""))
    if asked:
        return redirect("plates:given_plate", ward=ward, number=asked)
    acts, kept = list(after.open_acts(grant)[:SHOWN]), list(after.kept(grant)[:SHOWN])
    enter(grant, subject=f"ward:{ward}", at=now, open=len(acts), kept=len(kept))
    year, late = timezone.localdate(now).year, after.late(grant, now)
    here = after.open_acts(grant).count()
    tiles = [
        Stat(_("Chưa trả biển"), here, "", "", "info", "clock"),
        Stat(_("Quá hạn theo luật"), late, "", "", "bad" if late else "good", "clock-alert"),
        Stat(_("Đang giữ cho chủ xe"), after.kept(grant).count(), "", "", "plain", "lock"),
    ]
    return desk_page(
        request, grant, "given", ward=ward, form=NumberForm(), tiles=tiles, late=late, year=year,
        acts=_due(acts, after.named(grant, acts), ward, now), kept=_kept(kept, ward, now), away=_away(grant, now),
        more=max(here - len(acts), 0),
        tally=tally_table(after.tallies(grant, "act", year, now), _("Việc"), act_word), crumbs=crumbs(ward),
    )  # fmt: skip


def crumbs(ward: str, *more: Link) -> list[Link]:
    """Where a page of given plates lies."""
    here = [
        Link(office_name(ward), reverse("plates:files", args=[ward])),
        Link(_("Biển đã cấp"), reverse("plates:given", args=[ward])),
    ]
    return [*here, *more]


def _due(acts: Sequence[Act], names: Mapping[tuple[str, str], str], ward: str, now: datetime) -> Table:
    columns = [
        Column(_("Biển số"), "code"), Column(_("Việc")), Column(_("Hạn trả")), Column(pgettext("vehicle", "Hồ sơ")),
        Column(_("Nhận lúc")),
    ]  # fmt: skip
    rows = [
        Row(
            [plate(one.number, one.kind), Cell(act_word(one.act), note=reason_word(one.reason)),
             _until(one, now), one.dossier, one.asked_at],
            reverse("plates:given_plate", args=[ward, names.get((one.number, one.kind), one.number)]),
        )
        for one in acts
    ]  # fmt: skip
    return Table(
        _("Chưa trả biển, hạn gần nhất trước"), columns, rows, empty=_("Không có biển nào chờ trả"),
        empty_hint=_("Nhập một biển số ở trên để đổi, cấp lại hoặc thu hồi biển."), caption_seen=False, name="due",
    )  # fmt: skip


def _until(act: Act, now: datetime) -> Cell:
    """The last day by the strict reading; late only where the law lets nobody say otherwise."""
    if act.due_at is None or act.legal_at is None:
        return Cell("")
    day = f"{_last_day(act.due_at):%d/%m/%Y}"
    if now >= act.legal_at:
        return Cell(day, state="overdue", note=_("Quá hạn"))
    if now >= act.due_at:
        legal = f"{_last_day(act.legal_at):%d/%m/%Y}"
        return Cell(day, state="due", note=_("Đã qua ngày này; chậm theo luật từ sau %(day)s") % {"day": legal})
    return Cell(day, state="due" if act.due_at - now <= SOON else "")


def _last_day(end: datetime) -> datetime:
    """The day that ends with a midnight."""
    return local(end - timedelta(seconds=1))


def _kept(kept: Sequence[Plate], ward: str, now: datetime) -> Table:
    soon = timezone.localdate(now) + timedelta(days=NEARLY)
    rows = [
        Row(
            [plate(one.number, one.kind), one.kept_on,
             Cell(f"{one.kept_until:%d/%m/%Y}", state="due" if one.kept_until <= soon else "")],
            reverse("plates:given_plate", args=[ward, one.name]),
        )
        for one in kept if one.kept_until
    ]  # fmt: skip
    columns = [Column(_("Biển số"), "code"), Column(_("Thu hồi ngày"), "day"), Column(_("Trở về kho từ ngày"))]
    return Table(
        _("Đang giữ cho chủ xe, sắp trở về kho trước"), columns, rows, empty=_("Không giữ biển nào"),
        empty_hint=_("Biển thu hồi khi chủ xe bán xe hoặc thôi đăng ký được giữ và hiện ở đây."), caption_seen=False,
        name="kept",
    )  # fmt: skip


def _away(by: Grant, now: datetime) -> Table | None:
    """Plates that went from the office to others with their owners lately; None where none did."""
    gone = after.moved_away(now - MOVED_LATELY) if by.scope_kind == "ward" else ()
    rows = [Row([plate(one.number, one.kind), one.at, office_name(one.ward)]) for one in gone]
    columns = [
        Column(_("Biển số"), "code"),
        Column(pgettext("vehicle", "Chuyển lúc")),
        Column(_("Nơi quản lý bây giờ")),
    ]
    return Table(_("Đã chuyển đi theo chủ xe"), columns, rows, caption_seen=False, name="away") if rows else None


@require_safe
@guarded("plate.open", "ward", purpose="vehicle-registration")
def plate_page(request: HttpRequest, grant: Grant, ward: str, number: str) -> HttpResponse:
    """One plate: whose, how it stands and until when, what can be done now, and what was done; on record."""
    now, (number, kind) = timezone.now(), _told(number)
    plates = after.plates(grant, number, kind)
    subject = plates[0].subject if len(plates) == 1 else f"plate:{number[:20]}"
    enter(grant, subject=subject, at=now, found=bool(plates))
    if len(plates) != 1:
        return _none_or_several(request, grant, ward, number, plates)
    found = plates[0]
    acts = after.history(grant, found)
    waiting = next((one for one in acts if not one.done_at and not one.undone_at), None)
    look, word = PLATE_STATES[found.state]
    law = waiting and deadline(waiting.rule.partition("@")[0], local(waiting.asked_at).date())
    hold = deadline("plate.hold", found.kept_on) if found.kept_on else None
    return desk_page(
        request, grant, "given_plate", ward=ward, plate=found, number=plate(found.number, found.kind),
        handed=handed_word(waiting.act) if waiting else "", hands_certificate=waiting and waiting.act in CERTIFICATES,
        look=look, state_word=word, drawn_here=_drawn_here(grant, found), answers=facts_of(found),
        history=[event_of(one) for one in acts], waiting=waiting,
        waiting_word=act_word(waiting.act) if waiting else "", until=_until(waiting, now) if waiting else None,
        why=law.as_dict(get_language() or "vi") if law else None,
        hold_why=hold.as_dict(get_language() or "vi") if hold else None,
        moves=[(one.act, act_word(one.act)) for one in _possible(found, waiting)], old=is_old(found.number, found.kind),
        renewed=found.state == "withdrawn" and next((one.act for one in acts if not one.undone_at), "") == "renew",
        undoable=_undoable(acts, found, now), crumbs=crumbs(ward, Link(plate(found.number, found.kind))),
    )  # fmt: skip


def _told(name: str) -> tuple[str, str]:
    """Number and kind that an address names; kind '' for whatever has the number."""
    number, _mark, kind = name.partition("~")
    return normal(number), kind


def _none_or_several(
    request: HttpRequest, grant: Grant, ward: str, number: str, plates: Sequence[Plate]
) -> HttpResponse:
    """The office has no plate of a number, or two of different kinds of vehicle: which is asked."""
    if plates:
        return desk_page(
            request, grant, "given_which", ward=ward, crumbs=crumbs(ward, Link(number)), plates=_which(plates, ward)
        )  # fmt: skip
    return desk_page(
        request, grant, "given_none", ward=ward, number=written(number), form=NumberForm({"q": number}), status=404,
        crumbs=crumbs(ward, Link(written(number))),
    )  # fmt: skip


def _which(plates: Sequence[Plate], ward: str) -> Table:
    rows = [
        Row(
            [plate(one.number, one.kind), plate_kind(None, one.kind, one.colour), one.owner_name],
            reverse("plates:given_plate", args=[ward, one.name]),
        )
        for one in plates
    ]
    columns = [Column(_("Biển số"), "code"), Column(_("Loại biển")), Column(_("Chủ xe"))]
    return Table(_("Biển nào?"), columns, rows, caption_seen=False)


def name_in(grant: Grant, act: Act) -> str:
    """What the address of an act's plate calls it."""
    return after.named(grant, [act]).get((act.number, act.kind), act.number)


def _drawn_here(by: Grant, found: Plate) -> bool:
    """Whether the file from which the plate was drawn is this office's; it stays where it was filed."""
    return found.draw is not None and visible.draws(by).filter(pk=found.draw).exists()


def _undoable(acts: Sequence[Act], found: Plate, now: datetime) -> Act | None:
    """What was done at once today, and can be taken back still."""
    last = next((one for one in acts if not one.undone_at), None)
    step = move(last.act) if last else None
    if last is None or step is None or not step.at_once or last.done_at is None or found.held:
        return None
    return last if timezone.localdate(last.done_at) == timezone.localdate(now) else None


def facts_of(found: Plate) -> list[Answer]:
    """A plate as questions and answers: whose, what kind, from where and since when, and until when it is kept."""
    answers = [
        Answer(_("Chủ xe"), found.owner_name),
        Answer(_("Loại biển"), plate_kind(None, found.kind, found.colour)),
        *([*_from(found), Answer(_("Vào sổ lúc"), found.since)] if found.origin else [_drawn(found)]),
    ]
    if found.kept_on and found.kept_until:
        public = [Answer(_("Lịch sử công khai"), _("Đã có") if found.held else _("Sẽ có sau đêm nay"))]
        answers += [
            Answer(_("Thu hồi ngày"), found.kept_on),
            Answer(_("Trở về kho từ ngày") if found.pool else _("Ra khỏi sổ từ ngày"), found.kept_until),
            *(public if found.pool else []),
        ]  # fmt: skip
    return answers


def _drawn(found: Plate) -> Answer:
    return Answer(_("Ra số lúc"), found.since)


def _from(found: Plate) -> list[Answer]:
    """Where a plate that was not drawn here came from."""
    source = _("Quyết định") if found.origin == "auction" else _("Nơi đã cấp")
    return [
        Answer(_("Nguồn gốc"), str(ORIGINS[found.origin])),
        Answer(source, f"{found.source}, {found.source_on:%d/%m/%Y}"),
    ]  # fmt: skip


def handed_word(act: str) -> str:
    """What the owner gets at the end of an act."""
    return _("Đã trả chứng nhận đăng ký") if act in CERTIFICATES else _("Đã trả biển")


def event_of(act: Act) -> Event:
    """One act of a plate's history."""
    came = _("từ %(office)s") % {"office": office_name(act.origin)} if act.origin else ""
    told = [reason_word(act.reason), came, act.dossier, colour(act.colour) if act.colour else "", act.note]
    if act.undone_at:
        told.append(_("Đã hủy: %(why)s") % {"why": act.undone_why})
    elif act.done_at and act.legal_at:
        at_its_end = act.act in CERTIFICATES
        handed = _("Đã trả chứng nhận đăng ký %(at)s") if at_its_end else _("Đã trả biển %(at)s")
        told.append(handed % {"at": f"{local(act.done_at):%d/%m/%Y}"})
        told += [_("quá hạn")] if act.done_at >= act.legal_at else []
    elif act.due_at:
        told.append(_("Hạn trả %(day)s") % {"day": f"{_last_day(act.due_at):%d/%m/%Y}"})
    return Event(act_word(act.act), act.asked_at, note=" · ".join(one for one in told if one))


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("plate.change", "ward")
def ask_page(request: HttpRequest, grant: Grant, ward: str, number: str, what: str) -> HttpResponse:
    """The form of one act. `begin` fills it with what a file of the owner has told already."""
    step, name, (number, kind) = move(what), number, _told(number)
    if step is None:
        raise Http404
    plates = after.plates(grant, number, kind)
    found = plates[0] if len(plates) == 1 else None
    if found is None and what not in ELSEWHERE:
        if plates:
            return redirect("plates:given_plate", ward=ward, number=number)
        raise Http404
    if request.method != "POST" and found and step not in _possible(found, open_act(grant, found)):
        messages.warning(request, _("Với biển này bây giờ không làm được việc đó."))
        return redirect("plates:given_plate", ward=ward, number=found.name)
    colours = _colours(found) if found else ()
    choices = [one for one in colours if found and one != found.colour] if what == "exchange" else []
    begun = request.POST.get("do") == "begin"
    form = AskForm(
        request.POST if request.method == "POST" and not begun else None, move=step, colours=choices,
        initial={name: request.POST.get(name, "") for name in CARRIED} if begun else {},
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        answer = ask(by=grant, number=number, kind=kind, act=what, told=form.told, at=timezone.now())
        if not isinstance(answer, Refusal):
            tell(request, answer, _("Đã ghi: %(act)s.") % {"act": act_word(what)})
            return redirect("plates:given_plate", ward=ward, number=name_in(grant, answer))
        form.add_error(None, words(answer))
    law = deadline(step.rule, timezone.localdate()) if step.rule else None
    shown = plate(number, found.kind if found else kind) if found or kind else written(number)
    return desk_page(
        request, grant, "given_ask", ward=ward, form=form, number=shown, plate=found, what=what, law=law,
        act_word=act_word(what), why=law.as_dict(get_language() or "vi") if law else None, at_once=step.at_once,
        last_day=law.strict_day if law else None,
        crumbs=crumbs(
            ward, Link(shown, reverse("plates:given_plate", args=[ward, name])), Link(act_word(what))
        ),
    )  # fmt: skip


def _colours(found: Plate) -> tuple[str, ...]:
    return colours_of(found, pools.pool(found.pool) if found.pool else None, timezone.localdate())


def _possible(found: Plate, waiting: Act | None) -> list[Move]:
    """What can be done with a plate of the office as it stands, `waiting` being its open application."""
    old = is_old(found.number, found.kind)
    return possible(found.state, open_act=waiting is not None, here=True, old=old)


@require_POST
@guarded("plate.change", "ward")
def finish_page(request: HttpRequest, grant: Grant, ward: str, act: UUID) -> HttpResponse:
    """The plate was handed over."""
    row = after.act(grant, act)
    if row is None:
        raise Http404
    handed = _("chứng nhận đăng ký") if row.act in CERTIFICATES else _("biển")
    done = _("Đã ghi: %(what)s đã trả cho chủ xe.") % {"what": handed}
    tell(request, finish(by=grant, act=act, at=timezone.now()), done)
    return redirect("plates:given_plate", ward=ward, number=name_in(grant, row))


@require_http_methods(["GET", "HEAD", "POST"])
@guarded("plate.change", "ward")
def undo_page(request: HttpRequest, grant: Grant, ward: str, act: UUID) -> HttpResponse:
    """Take back an application that was entered by mistake: asked once more, with the reason."""
    row, form = after.act(grant, act), UndoForm(request.POST or None)
    if row is None:
        raise Http404
    back, shown = reverse("plates:given_plate", args=[ward, name_in(grant, row)]), plate(row.number, row.kind)
    if form.is_bound and form.is_valid():
        answer = undo(by=grant, act=act, reason=form.cleaned_data["reason"], at=timezone.now())
        if not isinstance(answer, Refusal):
            tell(request, answer, _("Đã hủy. Biển trở lại như trước."))
            return redirect("plates:given", ward=ward) if row.act in GONE_WHEN_UNDONE else redirect(back)
        form.add_error(None, words(answer))
    return desk_page(
        request, grant, "given_undo", ward=ward, form=form, number=shown, act_word=act_word(row.act),
        back_url=back, danger=True, layout="ui/desk.html", submit_label=_("Hủy việc này"),
        crumbs=crumbs(ward, Link(shown, back), Link(_("Hủy"))),
    )  # fmt: skip
