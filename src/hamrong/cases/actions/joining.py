"""Joining cases that are settled as one, parting them again, and splitting one case into two (nhập, tách vụ việc)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases import along
from hamrong.cases.actions.steps import FUTURE, JOINED, NOT_HERE, STALE, Told, new_code, too_soon, write_fact
from hamrong.cases.courses import UNSAID, Step, course
from hamrong.cases.models import Case, Clock, ClockFact, Fact
from hamrong.cases.queries import visible

BUSY = Refusal(
    "conflict",
    "Hồ sơ đang chờ duyệt hoặc đang được chuyển. Hãy làm xong việc đó trước.",
    "Something waits for approval or acceptance here. Finish that first.",
)
UNLIKE = Refusal(
    "invalid", "Hai hồ sơ không kết thúc theo cùng một cách.", "These two cases do not end in the same ways."
)
ITSELF = Refusal("invalid", "Không nhập một hồ sơ vào chính nó.", "A case is not joined to itself.")
APART = Refusal(
    "invalid", "Hồ sơ kia do đơn vị khác giữ. Chuyển về cùng một đơn vị trước.",
    "Another unit has that case. Bring both into one unit first.",
)  # fmt: skip
LEADS = Refusal(
    "invalid", "Đã có hồ sơ khác nhập vào hồ sơ này. Hãy nhập hồ sơ kia vào hồ sơ này, hoặc tách lại trước.",
    "Other cases were joined to this one. Join the other case to this one instead, or take them apart first.",
)  # fmt: skip
WHY = Refusal("invalid", "Hãy ghi lý do.", "Say why.")


def join(*, by: Grant, case: Case, revision: int, into: Case, told: Told, at: datetime) -> Case | Refusal:
    """Settle a case together with another one of the same unit (nhập).

    Its clocks go on: joining makes no date later. It takes no step of its own from now on, and ends with the other.
    """
    if case.pk == into.pk:
        return ITSELF
    with acting(by):
        both = {row.pk: row for row in visible.cases(by).select_for_update().filter(pk__in=[case.pk, into.pk])}
        if len(both) < 2 or both[case.pk].revision != revision:
            return STALE
        locked, main = both[case.pk], both[into.pk]
        there = _problem(by, main, told, at, goes_on=True)
        problem = _problem(by, locked, told, at) or _of(main, there) or _kinship(locked, main)
        if problem:
            return problem
        locked.joined = main
        _put_down(by, locked, told, at, joined_to=main.code)
        _put_down(by, main, told, at, took_in=locked.code)
    return locked


def part(*, by: Grant, case: Case, revision: int, told: Told, at: datetime) -> Case | Refusal:
    """Settle a joined case by itself again, from where it stood (tách lại)."""
    with acting(by):
        locked = visible.cases(by).select_for_update().filter(pk=case.pk).first()
        if locked is None or locked.revision != revision:
            return STALE
        main, locked.joined = locked.joined, None
        if main is None or locked.closed_at:
            return NOT_HERE
        if not_theirs := along.may_not_act(by, locked):
            return not_theirs
        if problem := _untold(locked, told, at):
            return problem
        _put_down(by, locked, told, at, parted_from=main.code)
        _put_down(by, visible.cases(by).select_for_update().get(pk=main.pk), told, at, let_go=locked.code)
    return locked


def split(*, by: Grant, case: Case, revision: int, told: Told, at: datetime) -> Case | Refusal:
    """Make two cases of one (tách): the new one has the same past, so that every clock runs on as it did."""
    with acting(by):
        locked = visible.cases(by).select_for_update().filter(pk=case.pk).first()
        if locked is None or locked.revision != revision:
            return STALE
        problem = _problem(by, locked, told, at)
        if problem:
            return problem
        new = Case(
            code=new_code(course(locked.course).prefix, at), course=locked.course, state=locked.state,
            unit=locked.unit, province=locked.province, revision=locked.revision, opened_at=locked.opened_at,
            earlier=locked.earlier, parted=locked, result=locked.result,
        )  # fmt: skip
        new.save(force_insert=True)
        _copy_past(locked, new)
        _put_down(by, new, told, at, split_from=locked.code, code=new.code)
        _put_down(by, locked, told, at, split_into=new.code)
    return new


def _untold(case: Case, told: Told, at: datetime, *, goes_on: bool = False) -> Refusal | None:
    """What was not said, or cannot have been on that day: what takes no step any more, or has its past copied, took its
    last one before; a case that `goes_on` only has to have begun.
    """
    if told.effective_at > at:
        return FUTURE
    last = None if goes_on else case.facts.latest("effective_at", "revision")
    return too_soon(case, told.effective_at, last) or (None if told.reason.strip() else WHY)


def _problem(by: Grant, case: Case, told: Told, at: datetime, *, goes_on: bool = False) -> Refusal | None:
    if case.joined_id:
        return JOINED
    if not_theirs := along.may_not_act(by, case):
        return not_theirs
    if case.closed_at:
        return NOT_HERE
    if problem := _untold(case, told, at, goes_on=goes_on):
        return problem
    waits = case.handovers.filter(state="offered").exists() or case.proposals.filter(state="waiting").exists()
    return BUSY if waits else None


def _of(case: Case, problem: Refusal | None) -> Refusal | None:
    """The same, with the code of the other case in front."""
    return problem and replace(problem, vi=f"{case.code}: {problem.vi}", en=f"{case.code}: {problem.en}")


def _kinship(case: Case, main: Case) -> Refusal | None:
    if case.unit != main.unit:
        return APART
    if not course(main.course).ends <= course(case.course).ends:
        return UNLIKE
    return LEADS if case.members.exists() else None


def _put_down(by: Grant, case: Case, told: Told, at: datetime, **told_of: str) -> None:
    case.revision += 1
    stays = Step(by.act, UNSAID, case.state, case.state, (), "")
    write_fact(case, stays, told, by, at, source=case.state)
    case.save(update_fields=["revision", "joined"])
    enter(by, subject=f"case:{case.pk}", stream=f"case:{case.pk}", at=at, document=told.document, **told_of)


def _copy_past(old: Case, new: Case) -> None:
    """The facts of a case and its dates once more, for another: proposals and numbers stay where they were given."""
    copies: dict[UUID, Fact] = {}
    for fact in list(old.facts.order_by("revision")):
        clocks, was = list(fact.clocks.order_by("id")), fact.pk
        fact.pk, fact.case, fact.proposal = Fact._meta.pk.get_default(), new, None
        fact.corrects = copies[fact.corrects_id] if fact.corrects_id else None
        fact.save(force_insert=True)
        copies[was] = fact
        for clock in clocks:
            clock.pk, clock.fact, clock.case = ClockFact._meta.pk.get_default(), fact, new
        ClockFact.objects.bulk_create(clocks)
    dates = list(old.clocks.order_by("rule"))
    for date in dates:
        date.pk, date.case = Clock._meta.pk.get_default(), new
    Clock.objects.bulk_create(dates)
