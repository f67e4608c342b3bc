"""One case: where it stands, what happened, what its clocks say and why, and what may be done now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.access.web import guarded
from hamrong.cases import along
from hamrong.cases.actions.steps import is_done, may_extend, too_early
from hamrong.cases.actions.transfers import MANY, REORGANISED
from hamrong.cases.clocks import Reading
from hamrong.cases.courses import course
from hamrong.cases.dates import standing
from hamrong.cases.models import Case, Clock, Fact, Proposal, Transfer
from hamrong.cases.queries import visible
from hamrong.cases.queries.ending import day_of
from hamrong.cases.queries.history import Known, known
from hamrong.cases.queries.standing import stands
from hamrong.casework.forms import KnownForm
from hamrong.casework.pages.footings import told_of
from hamrong.casework.pages.frame import (
    act_words,
    in_place,
    in_post,
    last_day,
    may,
    names,
    one,
    page,
    result_of,
    state_of,
    title_of,
    told_words,
    unit_name,
)
from hamrong.casework.pages.lasting import told_of as told_of_lasting
from hamrong.casework.pages.papers import papers_shown
from hamrong.casework.queries.alarms import is_liberty
from hamrong.casework.sections import sections
from hamrong.law import VIETNAM, citizens_time, rule
from hamrong.org.queries import names as unit_names
from hamrong.ui.answers import private, words
from hamrong.ui.formats import cited, day
from hamrong.ui.parts import Answer, Event, Link

NOBODY: Final = UUID(int=0)
MOST: Final = 5
"""Openings in an emergency that a case shows."""


@dataclass(frozen=True, slots=True)
class ClockShown:
    """A clock as the page tells it: both dates, how it stands, and the derivation as a tree in words."""

    title: str
    rule: str
    strict: object
    legal: object
    one: bool
    tag: str
    liberty: bool
    caution: str
    stopped_at: datetime | None
    legal_at: datetime
    steps: Sequence[Any]
    anew: object = None
    """Another legal date that the law or calendar of today gives, and that nobody has signed."""
    was_late: bool = False
    """Whether it was overdue when it stopped."""
    paused: tuple[date, int] | None = None
    """Since when it stands still, and how many days would be left if it went on today."""


@require_safe
@guarded("case.read", "own")
def case_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """The case as it is known now, or as it was known at the end of a day."""
    case, now = one(grant, number), timezone.now()
    form = KnownForm(request.GET if request.GET.get("on") else None)
    on = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    moment = min(now, datetime.combine(on + timedelta(days=1), time(), VIETNAM)) if on else now
    past = known(grant, case, on_record_at=moment)
    enter(
        grant,
        subject=f"case:{case.pk}",
        stream=f"case:{case.pk}",
        at=now,
        **({"known_on": on.isoformat()} if on else {}),
    )
    values = {**shown(grant, case, past, moment, on), "form": form, "on": on}
    if not on:
        values |= {**_doing(grant, case, now), "papers": papers_shown(grant, case), "sections": sections(grant, case)}
        values["note"] = words(course(case.course).notes[case.state]) if case.state in course(case.course).notes else ""
    return page(request, "case", values)


@require_safe
@guarded("case.read", "own")
def paper_page(request: HttpRequest, grant: Grant, number: UUID) -> HttpResponse:
    """The case on paper."""
    case, now = one(grant, number), timezone.now()
    enter(grant, subject=f"case:{case.pk}", stream=f"case:{case.pk}", at=now, printed=True)
    values = shown(grant, case, known(grant, case, on_record_at=now), now)
    return private(request, "casework/print.html", {**values, "now": now, "unit_label": unit_name(case.unit)})


def shown(grant: Grant, case: Case, past: Known | None, now: datetime, on: date | None = None) -> dict[str, Any]:
    """A case as it was known (at the end of the day `on`, or now): what it is, its clocks, its history."""
    facts = past.facts if past else []
    handed = list(case.handovers.filter(state__in=("accepted", "refused")).order_by("decided_at"))
    sent = [each for each in handed if past and each.decided_at and each.decided_at <= now]
    who = names([
        *(each for fact in facts for each in (fact.by, fact.in_place_of, fact.approved_by, fact.approved_in_place_of)),
        *(each.decided_by for each in sent),
    ])  # fmt: skip
    kept = {} if on else {each.rule: each for each in visible.clocks(grant).filter(case=case, state="running")}
    readings = past.clocks if past else ()
    clocks = sorted((_clock(each, now, kept.get(each.rule)) for each in readings), key=lambda each: each.legal_at)
    stood = _paused(case, now) if any(each.tag == "suspended" for each in clocks) else {}
    clocks = [replace(each, paused=_left(each, stood[each.rule], now)) if each.rule in stood and each.tag == "suspended"
              else each for each in clocks]  # fmt: skip
    return {
        "case": case, "title": title_of(case), "known": past, "summary": _summary(case, past, handed, now),
        "clocks": [each for each in clocks if each.tag != "done"],
        "over": [each for each in clocks if each.tag == "done"],
        "history": _told([(fact.recorded_at, _event(case, fact, who)) for fact in facts], sent, who),
    }  # fmt: skip


def _summary(case: Case, past: Known | None, handed: Sequence[Transfer], then: datetime) -> list[Answer]:
    """What a case was at a moment, as far as it was on record: nothing of it that came later."""
    unit, moves = _held(case, [each for each in handed if each.state == "accepted"], then)
    lines = [
        Answer(_("Tình trạng"), state_of(case, past.state) if past else "—"),
        Answer(_("Đơn vị đang giữ"), unit_name(unit) if unit else "—"),
        Answer(_("Vào sổ"), day(case.opened_at)),
        Answer(_("Áp dụng"), _("Quy trình có từ %(day)s") % {"day": day(course(case.course).first)}),
    ]
    if past and any(fact.result for fact in past.facts):
        lines.append(Answer(_("Kết quả giải quyết"), result_of(case, _found(case, past))))
    if case.closed_at and case.closed_at <= then and (ended := day_of(case)):
        lines.append(Answer(_("Kết thúc"), day(ended)))
    given = case.numbers.filter(given_at__lte=then).select_related("fact").order_by("given_at")
    numbers = [f"{each.number}/{each.year} ({told_words(case, each.fact)})" for each in given]
    if numbers:
        lines.append(Answer(_("Số trong sổ"), ", ".join(numbers)))
    if moves:
        lines.append(Answer(_("Số lần chuyển"), moves))
    return lines


def _held(case: Case, known: Sequence[Transfer], then: datetime) -> tuple[str, int]:
    """Which unit had a case at a moment, '' where the reader cannot know it; how often it had been transferred."""
    later = [each for each in known if each.decided_at and each.decided_at > then]
    counted = [each for each in later if each.reason != REORGANISED]
    moves = case.transfers - len(counted)
    hidden = case.transfers > sum(each.reason != REORGANISED for each in known)
    if hidden and later and later[0] == known[0]:
        return "", 0
    return later[0].unit if later else case.unit, moves


def _found(case: Case, past: Known) -> str:
    """What was found by then: the result as it stands where nothing came later, a recall included."""
    if len(past.facts) == case.revision:
        return case.result
    return next(fact.result for fact in reversed(past.facts) if fact.result)


def _told(facts: list[tuple[datetime, Event]], sent: Sequence[Transfer], who: Mapping[str, str]) -> list[Event]:
    """What happened to a case and where it was sent, in the order in which it was put on record."""
    units = unit_names(each.receiver for each in sent)
    moves = [(each.decided_at, _sent(each, units[each.receiver], who)) for each in sent if each.decided_at]
    return [event for _at, event in sorted([*facts, *moves], key=lambda one: one[0])]


def _sent(each: Transfer, unit: str, who: Mapping[str, str]) -> Event:
    """That a unit took the case over, by its own answer or by an order, or that it did not."""
    by, on = who.get(each.decided_by, each.decided_by), timezone.localdate(each.decided_at)
    if each.state == "refused":
        return Event(_("%(unit)s không nhận hồ sơ") % {"unit": unit}, on, by, each.answer)
    why = _("Sắp xếp đơn vị") if each.reason == REORGANISED else each.reason
    return Event(
        _("Đã chuyển đến %(unit)s") % {"unit": unit}, on, by, " · ".join(part for part in (each.document, why) if part)
    )


def _event(case: Case, fact: Fact, who: Mapping[str, str]) -> Event:
    by = in_post(who, fact.by, fact.role) + in_place(who, fact.in_place_of)
    if fact.approved_by:
        by += " · " + _("duyệt: %(who)s") % {"who": who.get(fact.approved_by, fact.approved_by)}
        by += in_place(who, fact.approved_in_place_of)
    late = timezone.localdate(fact.recorded_at) != timezone.localdate(fact.effective_at)
    noted = _("Ghi vào hệ thống ngày %(day)s") % {"day": day(fact.recorded_at)} if late else ""
    again = _("Xem lại lần sau chậm nhất ngày %(day)s") % {"day": day(fact.again_on)} if fact.again_on else ""
    number = getattr(fact, "number", None)
    given = _("Số %(number)s") % {"number": f"{number.number}/{number.year}"} if number else ""
    result = result_of(case, fact.result) if fact.result else ""
    parts = (given, result, _rested(case, fact), fact.document, fact.reason, again, noted)
    note = " · ".join(part for part in parts if part)
    return Event(told_words(case, fact), timezone.localdate(fact.effective_at), by, note)


def _rested(case: Case, fact: Fact) -> str:
    """On which of the law's grounds a step rests, or which step has lost its paper."""
    if fact.corrects:
        done = told_words(case, fact.corrects)
        return done if fact.document else _("%(step)s: không còn văn bản nào làm căn cứ") % {"step": done}
    row = course(case.course).step(fact.act, fact.source)
    ground = row.ground(fact.ground) if row else None
    return words(ground) if ground else ""


def _clock(reading: Reading, now: datetime, kept: Clock | None) -> ClockShown:
    """A clock with the dates that are kept: what law and calendar would make of them today is told beside."""
    stands, lang = standing(reading.deadline, kept), (get_language() or "vi")[:2]
    found = stands.due
    day_or_hour = (found.strict_day, found.legal_day) if found.whole_days else (found.strict, found.legal)
    stopped = "undone" if reading.unmet else "done"
    tag = {"stopped": stopped, "paused": "suspended"}.get(reading.state, "running")
    if tag == "running":
        passed, near = ("ended", "running") if reading.rule in citizens_time() else ("overdue", "due")
        tag = passed if found.legal <= now else near if found.strict <= now else "running"
    return ClockShown(
        rule(reading.rule).title.to(lang), reading.rule, *day_or_hour, found.strict == found.legal, tag,
        is_liberty(reading.rule), found.caution.to(lang) if found.caution else "", reading.stopped_at, found.legal,
        [step.as_dict(lang) for step in stands.found.derivation], stands.anew,
        reading.stopped_at is not None and found.legal <= reading.stopped_at,
    )  # fmt: skip


def _paused(case: Case, then: datetime) -> dict[str, date]:
    """By rule, since which day a clock stands still, as it was on record at a moment."""
    rows = case.clock_facts.filter(what="suspend", fact__recorded_at__lte=then).order_by("fact__revision")
    return {rule_id: timezone.localdate(at) for rule_id, at in rows.values_list("rule", "fact__effective_at")}


def _left(clock: ClockShown, since: date, then: datetime) -> tuple[date, int]:
    """Since when it stands still, and the days that would be left (legal reading) if it went on at that moment."""
    return since, max(0, (last_day(clock.legal_at) - timezone.localdate(then)).days)


def _doing(grant: Grant, case: Case, now: datetime) -> dict[str, Any]:
    """What may be done now, what waits, and what belongs to the case."""
    waiting = visible.proposals(grant).filter(case=case, state="waiting", expires_at__gt=now).first()
    going = visible.transfers(grant).filter(case=case, state="offered").first()
    theirs = along.may_not_act(grant, case)
    still = bool(case.closed_at or not case.joined_id) and not theirs
    steps, barred = _steps(grant, case, now) if still and not waiting else ([], [])
    lasting = told_of_lasting(grant, case, can=not theirs and not waiting and may(grant, "case.review"))
    return {
        "steps": steps, "barred": barred, "lasting": lasting,
        "elsewhere": words(theirs) if theirs and (lasting or not case.closed_at) else "",
        "shaken": told_of(grant, case, can=not case.joined_id and not theirs and may(grant, "case.footing")),
        "waiting": waiting, "waiting_words": act_words(case, waiting.act) if waiting else "",
        "going": going, "going_to": unit_name(going.receiver) if going else "", "many": case.transfers >= MANY,
        "moves": _moves(grant, case, waiting, going) if not case.closed_at else [],
        "kin": _kin(grant, case), "opened": visible.emergencies(grant).filter(case=case).order_by("-opened_at")[:MOST],
    }  # fmt: skip


def _steps(grant: Grant, case: Case, now: datetime) -> tuple[list[tuple[Link, str, bool]], list[tuple[str, str, str]]]:
    """The steps of one's post: those that can be taken (where, under which article, whether somebody else has to
    approve it), without what is done; and extensions that the law does not allow any more, or not yet (what, why, under
    which article).
    """
    running = set(visible.clocks(grant).filter(case=case).exclude(state="stopped").values_list("rule", flat=True))
    offered, barred = [], []
    for step in course(case.course).steps_from(case.state):
        if not may(grant, step.act) or not stands(case, step):
            continue
        if why := may_extend(case, step, now):
            barred.append((words(step.words), words(why), cited(step.law)))
        elif not is_done(step, running) and not too_early(case, step, now):
            there = Link(words(step.words), reverse("casework:step", args=[case.pk, step.act]))
            offered.append((there, cited(step.law), bool(step.approvers)))
    return offered, barred


def _moves(grant: Grant, case: Case, waiting: Proposal | None, going: Transfer | None) -> list[Link]:
    if case.joined_id:
        return [Link(_("Tách lại"), reverse("casework:part", args=[case.pk]))] if may(grant, "case.part") else []
    if waiting or going:
        return []
    links = [("case.offer", "offer", _("Chuyển đơn vị khác")), ("case.join", "join", _("Nhập vào hồ sơ khác")),
             ("case.split", "split", _("Tách thành hai"))]  # fmt: skip
    return [Link(label, reverse(f"casework:{name}", args=[case.pk])) for act, name, label in links if may(grant, act)]


def _kin(grant: Grant, case: Case) -> list[Link]:
    """Cases that belong to this one: where it was joined, what was joined to it, its first instance, its parts."""
    mine = visible.cases(grant)
    up = {"joined": case.joined_id or NOBODY, "earlier": case.earlier_id or NOBODY, "parted": case.parted_id or NOBODY}
    words_of = [
        (_("Nhập vào %(code)s"), mine.filter(pk=up["joined"])), (_("Gồm cả %(code)s"), mine.filter(joined=case)),
        (_("Lần đầu: %(code)s"), mine.filter(pk=up["earlier"])), ("%(what)s: %(code)s", mine.filter(earlier=case)),
        (_("Tách từ %(code)s"), mine.filter(pk=up["parted"])), (_("Tách ra %(code)s"), mine.filter(parted=case)),
    ]  # fmt: skip
    return [
        Link(text % {"code": each.code, "what": title_of(each)}, reverse("casework:case", args=[each.pk]))
        for text, rows in words_of
        for each in rows[:20]
    ]
