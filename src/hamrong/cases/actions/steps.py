"""Opening a case and taking a step: lock, decide by the table, write the fact, move the clocks, put on record."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from django.db import connection, transaction

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases import along
from hamrong.cases.actions.registers import give_number
from hamrong.cases.clocks import Happened, read
from hamrong.cases.courses import UNSAID, Course, Step, Touch, course
from hamrong.cases.extending import beyond_the_law
from hamrong.cases.models import Case, Clock, ClockFact, Fact, Proposal
from hamrong.cases.queries import visible
from hamrong.cases.queries.history import happened
from hamrong.cases.queries.standing import going_on, in_force, stands
from hamrong.law import VIETNAM, LawError, rule
from hamrong.law.clocks import last_in

OPEN = "open"
"""The act of the first fact of every case; its target is where the course begins."""


@dataclass(frozen=True, slots=True)
class Told:
    """What whoever takes a step says of it. `params`: rule → its parameters, for the clocks that the step starts.

    `result`: what a step of `results` finds of the matter. `ground`: which of the law's grounds a step rests on.
    """

    effective_at: datetime
    reason: str = ""
    document: str = ""
    params: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    result: str = ""
    ground: str = ""

    def written(self) -> dict[str, Any]:
        """As plain values, for a proposal and its hash."""
        return {**asdict(self), "effective_at": self.effective_at.isoformat()}


STALE = Refusal(
    "conflict",
    "Hồ sơ đã thay đổi từ khi bạn mở trang này: người khác vừa xử lý, hoặc bạn đã bấm hai lần. "
    "Hãy mở lại để xem thay đổi rồi làm tiếp.",
    "The case changed since you opened this page: somebody else acted on it, or you pressed twice. "
    "Open it again, see what changed, and go on.",
)


def open_case(
    *, by: Grant, course: Course, unit: str, province: str, told: Told, at: datetime, earlier: Case | None = None
) -> Case | Refusal:
    """Begin a case of a course in a unit; a second instance names the `earlier` one."""
    if told.effective_at > at:
        return FUTURE
    with acting(by):
        case = Case(
            code=new_code(course.prefix, at), course=course.key, state=course.begin, unit=unit, province=province,
            revision=1, opened_at=at, earlier=earlier,
        )  # fmt: skip
        case.save(force_insert=True)
        first = Step(OPEN, UNSAID, "", course.begin, (), "", touches=course.starts)
        fact = write_fact(case, first, told, by, at)
        problem = _move_clocks(case, first, fact, told, at)
        if problem:
            raise ValueError(f"{course.key} begins with a clock that the law does not start so: {problem.en}")
        enter(by, subject=f"case:{case.pk}", stream=f"case:{case.pk}", at=at, course=course.key, code=case.code)
    return case


def take(*, by: Grant, case: Case, revision: int, told: Told, at: datetime) -> Case | Refusal:
    """Take the step that the grant is for. `revision` is that of the case as its taker saw it.

    Of several sessions that take a step from the same revision exactly one wins; the others are told so.
    """
    return carry_out(by=by, act=by.act, case=case, revision=revision, told=told, at=at)


def carry_out(
    *, by: Grant, act: str, case: Case, revision: int, told: Told, at: datetime, proposal: Proposal | None = None
) -> Case | Refusal:
    """Take a step, with a proposal as its second person: `by` approves what the proposal says."""
    with acting(by), transaction.atomic():  # what the law forbids is undone, and the caller's transaction goes on
        locked = visible.cases(by).select_for_update().filter(pk=case.pk).first()
        if locked is None or locked.revision != revision:
            return STALE
        if locked.joined_id and not locked.closed_at:
            return JOINED
        if not_theirs := along.may_not_act(by, locked) or along.barred(by, locked, act):
            return not_theirs
        step = course(locked.course).step(act, locked.state)
        if step is None:
            return NOT_HERE
        problem = _problem(step, locked, told, at, proposal)
        if problem:
            return problem
        source, locked.state, locked.revision = locked.state, step.target, revision + 1
        locked.result = told.result if step.results else locked.result
        closing = locked.state in course(locked.course).ends and not locked.closed_at
        locked.closed_at = at if closing else locked.closed_at
        fact = write_fact(locked, step, told, by, at, proposal, source=source)
        problem = _move_clocks(locked, step, fact, told, at)
        if problem:
            transaction.set_rollback(True)
            return problem
        locked.save(update_fields=["state", "revision", "closed_at", "result"])
        if closing:
            _close_members(locked, step, told, by, at)
        number = give_number(locked, fact, step.register, at).number if step.register else None
        told_of = {"step": f"{source}→{step.target}", "document": told.document, "number": number}
        told_of |= {"result": told.result} if step.results else {}
        told_of |= {"ground": told.ground} if step.grounds else {}
        enter(by, subject=f"case:{locked.pk}", stream=f"case:{locked.pk}", at=at, **told_of)
        along.done(by, locked, act, at)
    return locked


JOINED = Refusal(
    "state",
    "Hồ sơ đã nhập vào hồ sơ khác và được giải quyết cùng hồ sơ đó.",
    "This case was joined to another one, and is settled with it.",
)
NOT_HERE = Refusal("state", "Hồ sơ không ở bước làm được việc này.", "The case does not stand where this can be done.")
FUTURE = Refusal(
    "invalid", "Ngày có hiệu lực không được ở tương lai.", "What happened cannot have happened in the future."
)

RESTS: Final = ("Việc trước đó, là căn cứ của việc này, có hiệu lực", "What this rests on took effect")
"""How a refusal begins that names the day of an earlier act."""

NOT_IN_FORCE = Refusal(
    "state",
    "Chưa có quyết định nào đang có hiệu lực để thay đổi hoặc chấm dứt.",
    "There is no decision in force that could be changed or ended.",
)


def too_early(case: Case, step: Step, at: datetime) -> Refusal | None:
    """Why a step cannot be taken at a moment, where the time that it waits for has not passed."""
    if not step.awaits:
        return None
    clock = Clock.objects.filter(case=case, rule=step.awaits, state="running", legal__gt=at).first()
    if clock is None:
        return None
    title, last = rule(step.awaits).title, last_in(clock.legal.astimezone(VIETNAM))
    return Refusal(
        "state", f"Chưa hết thời hạn “{title.vi}”: hết ngày {last:%d/%m/%Y}.",
        f"The time of “{title.en}” has not passed: it ends with {last:%d/%m/%Y}.", step.law,
    )  # fmt: skip


def too_soon(case: Case, at: datetime, since: Fact | None = None) -> Refusal | None:
    """Why nothing can have happened to a case at a moment: it began on a later day, which every kin of it keeps.

    `since` is what it rests on beside the beginning: the same day or a later one.
    """
    first = Fact.objects.filter(case=case).order_by("revision").first()
    for fact, vi, en in ((first, "Hồ sơ bắt đầu", "This case began"), (since, *RESTS)):
        if fact is not None and at.astimezone(VIETNAM).date() < fact.effective_at.astimezone(VIETNAM).date():
            on = f"{fact.effective_at.astimezone(VIETNAM):%d/%m/%Y}"
            return Refusal(
                "invalid", f"{vi} ngày {on}. Ghi ngày đó hoặc một ngày sau.",
                f"{en} on {on}. Give that day or a later one.",
            )  # fmt: skip
    return None


def arrival(case: Case) -> Fact | None:
    """What first brought a case where it stands: no step from there is older."""
    return Fact.objects.filter(case=case, target=case.state).order_by("revision").first()


def may_extend(case: Case, step: Step, at: datetime) -> Refusal | None:
    """Why the law does not allow the extension that a step would be, at a moment; None where it is none."""
    if all(touch.what != "extend" for touch in step.touches):
        return None
    counted = replace(step, touches=tuple(each for each in step.touches if in_force(case, each.after, each.unless)))
    return beyond_the_law(counted, happened(case), at)


def is_done(step: Step, running: Collection[str]) -> bool:
    """Whether all that a step would do is done: it leads nowhere, and the clocks that it stops do not run.

    What two people decide is more than a clock.
    """
    stops = [touch.rule for touch in step.touches if touch.what == "stop"]
    only_stops = step.source == step.target and not step.approvers and len(stops) == len(step.touches) > 0
    return only_stops and not set(stops) & set(running)


def _asked(step: Step, case: Case, told: Told, at: datetime) -> Refusal | None:
    """What the row needs and was not told, or does not stand."""
    if not stands(case, step):
        return replace(NOT_IN_FORCE, law=step.law)
    if told.effective_at > at:
        return FUTURE
    if soon := too_soon(case, told.effective_at, arrival(case)):
        return soon
    if barred := too_early(case, step, told.effective_at) or may_extend(case, step, told.effective_at):
        return barred
    if "reason" in step.needs and not told.reason.strip():
        return Refusal("invalid", "Hãy ghi lý do.", "Say why.", step.law)
    if "document" in step.needs and not told.document.strip():
        return Refusal("invalid", "Hãy ghi số, ngày của văn bản.", "Give number and day of the document.", step.law)
    if step.results and told.result not in step.results:
        return Refusal("invalid", "Hãy ghi kết quả giải quyết.", "Say what was found.", step.law)
    if step.grounds and step.ground(told.ground) is None:
        return Refusal("invalid", "Hãy chọn căn cứ.", "Say on which ground.", step.law)
    return None


def _problem(step: Step, case: Case, told: Told, at: datetime, proposal: Proposal | None) -> Refusal | None:
    problem = _asked(step, case, told, at)
    if problem:
        return problem
    if step.approvers and proposal is None:
        return Refusal(
            "state", "Việc này cần một người đề xuất và một người khác duyệt.",
            "One person proposes this and another approves it.", step.law,
        )  # fmt: skip
    return None


def foreseen(by: Grant, step: Step, case: Case, told: Told, at: datetime) -> Refusal | None:
    """Why a step could not be approved as it is told: whoever proposes hears it, and not only whoever approves."""
    problem = _asked(step, case, told, at)
    if problem:
        return problem
    running = set(Clock.objects.filter(case=case).exclude(state="stopped").values_list("rule", flat=True))
    approver = step.approvers[0] if step.approvers else ""
    would = [
        Happened(
            touch.rule, touch.what, touch.name, told.effective_at, touch.by or by.holding.role, approver,
            told.document, told.params.get(touch.rule, {}) if touch.what == "start" else {},
        )
        for touch in step.touches
        if touch.what != "stop" or touch.rule in running
        if in_force(case, touch.after, touch.unless)
    ]  # fmt: skip
    try:
        list(read([*happened(case), *would], at))
    except LawError as broken:
        return _unlawful(step, broken)
    return None


def _unlawful(step: Step, problem: LawError) -> Refusal:
    return Refusal("invalid", f"Luật không cho phép: {problem}", f"The law does not allow it: {problem}", step.law)


def write_fact(
    case: Case, step: Step, told: Told, by: Grant, at: datetime, proposal: Proposal | None = None, *, source: str = "",
    corrects: Fact | None = None, again_on: date | None = None,
) -> Fact:  # fmt: skip
    """Put down what happened to a case, as the revision that the case has now."""
    second = (
        {"approved_by": by.actor.ref, "approved_role": by.holding.role, "approved_in_place_of": by.holding.in_place_of}
        if proposal
        else {}
    )
    return Fact.objects.create(
        case=case, revision=case.revision, act=step.act, source=source, target=step.target,
        effective_at=told.effective_at, recorded_at=at, document=told.document, reason=told.reason,
        result=told.result if step.results else "", ground=told.ground if step.grounds else "", corrects=corrects,
        again_on=again_on, by=proposal.proposed_by if proposal else by.actor.ref,
        role=proposal.proposed_role if proposal else by.holding.role, proposal=proposal, unit=case.unit,
        province=case.province, in_place_of=proposal.proposed_in_place_of if proposal else by.holding.in_place_of,
        **second,
    )  # fmt: skip


def _close_members(main: Case, step: Step, told: Told, by: Grant, at: datetime) -> None:
    """What ends a case ends those that were joined to it, with the same decision."""
    for member in main.members.select_for_update().order_by("pk"):
        source, member.state, member.revision, member.closed_at = member.state, main.state, member.revision + 1, at
        member.result = main.result
        ending = replace(step, touches=())
        fact = write_fact(member, ending, told, by, at, source=source)
        _move_clocks(member, ending, fact, told, at)
        member.save(update_fields=["state", "revision", "closed_at", "result"])
        enter(by, subject=f"case:{member.pk}", stream=f"case:{member.pk}", at=at, ended_with=main.code)


def _move_clocks(case: Case, step: Step, fact: Fact, told: Told, at: datetime) -> Refusal | None:
    """Write what a step does to clocks and reckon them again; a refusal where the law forbids it."""
    running = set(Clock.objects.filter(case=case).exclude(state="stopped").values_list("rule", flat=True))
    touches = list(step.touches)
    if step.target in course(case.course).ends and step.source != step.target:
        kept = going_on(case, step.target) | {each.rule for each in step.touches}
        touches += [Touch("stop", rule) for rule in sorted(running - kept)]
    ClockFact.objects.bulk_create(
        ClockFact(
            fact=fact, case=case, rule=touch.rule, what=touch.what, name=touch.name, unit=case.unit,
            province=case.province, params=dict(told.params.get(touch.rule, {})) if touch.what == "start" else {},
        )
        for touch in touches
        if touch.what != "stop" or touch.rule in running
        if in_force(case, touch.after, touch.unless)
    )  # fmt: skip
    try:
        reckon(case, at, {touch.rule for touch in touches})
    except LawError as problem:
        return _unlawful(step, problem)
    return None


RECKONED: Final = (
    "state", "started_at", "strict", "legal", "law_version", "calendar", "stopped_at", "unit", "province",
)  # fmt: skip


def reckon(case: Case, at: datetime, rules: Collection[str]) -> None:
    """Keep the dates of these clocks of a case as the facts and the law have them now.

    Of other clocks none moves: a law or a calendar that changed meanwhile waits for a signature (`reckoning.adopt`).
    """
    Clock.objects.bulk_create(
        (
            Clock(
                case=case, rule=reading.rule, state=reading.state, stopped_at=reading.stopped_at,
                started_at=found.start, strict=found.strict, legal=found.legal,
                law_version=found.law_version, calendar=found.calendar_hash, unit=case.unit, province=case.province,
            )
            for reading in read((fact for fact in happened(case) if fact.rule in rules), at)
            for found in [reading.deadline]
        ),
        update_conflicts=True, unique_fields=["case", "rule"], update_fields=RECKONED,
    )  # fmt: skip


def new_code(prefix: str, at: datetime) -> str:
    """The next code of a prefix in the year: `KN-2026-000123`."""
    with connection.cursor() as cursor:
        cursor.execute("select cases_new_code(%s, %s)", [prefix, at.astimezone(VIETNAM).year])
        (code,) = cursor.fetchone()
    return str(code)
