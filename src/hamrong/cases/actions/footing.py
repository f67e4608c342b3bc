"""A step whose paper was recalled: from a day on it rests on another paper, or on none; nothing is taken back.

What was done on the strength of the paper has to be done again: a clock that it stopped runs to its own day as before,
an extension does not count, and a pause ends. A case that nothing has moved since stands where the step found it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from django.db import transaction

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases import along
from hamrong.cases.actions.joining import BUSY, WHY
from hamrong.cases.actions.steps import FUTURE, JOINED, NOT_HERE, STALE, Told, reckon, too_soon, write_fact
from hamrong.cases.courses import UNSAID, Step, Touch, What
from hamrong.cases.models import FOOTING, Case, ClockFact, Fact
from hamrong.cases.queries import visible
from hamrong.law import LawError, rule

LAW: Final = "30/2020/NĐ-CP Đ18"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a case where a step rests on no paper any more: its state, and the clocks that run on again."""

    state: str
    runs: tuple[str, ...]


def rest(*, by: Grant, case: Case, revision: int, fact: Fact, told: Told, at: datetime) -> Case | Refusal:
    """Put down that the paper of a step was recalled, and on which `told.document` it rests since; '' for none."""
    with acting(by), transaction.atomic():
        locked = visible.cases(by).select_for_update().filter(pk=case.pk).first()
        if locked is None or locked.revision != revision:
            return STALE
        row = locked.facts.filter(pk=fact.pk, corrects__isnull=True).first()
        problem = _problem(by, locked, row, told, at)
        if problem or row is None:
            return problem or NOT_HERE
        try:
            _put_down(by, locked, row, told, at)
            for member in _ended_with(locked, row) if not told.document else ():
                _put_down(by, member, member.facts.latest("revision"), told, at)
        except LawError as broken:
            transaction.set_rollback(True)
            return Refusal("invalid", f"Luật không cho phép: {broken}", f"The law does not allow it: {broken}", LAW)
    return locked


def outcome(case: Case, fact: Fact) -> Outcome:
    """What would become of a case if this step rested on nothing."""
    runs = tuple(touch.rule for touch in _undoing(case, fact) if touch.what in ("lift", "resume"))
    return Outcome(fact.source if _moved_last(case, fact) else case.state, tuple(dict.fromkeys(runs)))


def _problem(by: Grant, case: Case, row: Fact | None, told: Told, at: datetime) -> Refusal | None:
    if case.joined_id:
        return JOINED
    if not_theirs := along.may_not_act(by, case):
        return not_theirs
    if row is None or _undone(row):
        return NOT_HERE
    if case.handovers.filter(state="offered").exists() or case.proposals.filter(state="waiting").exists():
        return BUSY
    if told.effective_at > at:
        return FUTURE
    return too_soon(case, told.effective_at, since=row) or (None if told.reason.strip() else WHY)


def _undone(row: Fact) -> bool:
    """Whether the case stands before this step again: it is taken anew, and not corrected."""
    last = row.corrections.order_by("-revision").first()
    return last is not None and not last.document and last.source != last.target


def _put_down(by: Grant, case: Case, row: Fact, told: Told, at: datetime) -> None:
    """One fact more, and what it does to the clocks; a case that goes back is open again."""
    back = not told.document and _moved_last(case, row)
    touches = list(_undoing(case, row) if not told.document else _again(row))
    case.revision += 1
    source, case.state = case.state, row.source if back else case.state
    if back:
        before = case.facts.filter(revision__lt=row.revision).order_by("-revision").exclude(result="").first()
        case.closed_at, case.result = None, before.result if before else ""
    step = Step(FOOTING, UNSAID, source, case.state, (), LAW)
    fact = write_fact(case, step, told, by, at, source=source, corrects=row)
    ClockFact.objects.bulk_create(
        ClockFact(
            fact=fact, case=case, rule=touch.rule, what=touch.what, name=touch.name, unit=case.unit,
            province=case.province,
        )
        for touch in touches
    )  # fmt: skip
    reckon(case, at, {touch.rule for touch in touches})
    case.save(update_fields=["state", "revision", "closed_at", "result"])
    enter(by, subject=f"case:{case.pk}", stream=f"case:{case.pk}", at=at, rested=str(row.pk), document=told.document)


def _ended_with(case: Case, row: Fact) -> list[Case]:
    """Cases joined to this one that the step ended with it, where that is undone."""
    members = case.members.select_for_update().filter(closed_at=row.recorded_at) if not case.closed_at else ()
    return [each for each in members if each.facts.latest("revision").act == row.act]


def _moved_last(case: Case, row: Fact) -> bool:
    """Whether this step brought the case where it stands."""
    later = case.facts.filter(revision__gt=row.revision)
    return row.source != row.target and not any(each.source != each.target for each in later)


def _undoing(case: Case, row: Fact) -> Iterator[Touch]:
    """What a step did to clocks, undone."""
    back = _moved_last(case, row)
    for one in row.clocks.order_by("id"):
        if one.what in ("stop", "extend"):
            yield _lift(one)
        elif one.what == "start" and back and _runs(case, one.rule):
            yield Touch("stop", one.rule)
        elif one.what in PAUSES and _was_last(case, one):
            yield from _turned(one)


def _again(row: Fact) -> Iterator[Touch]:
    """What a step did to clocks, by another paper: a stop on the day of that one, the rest where it was undone."""
    last = row.corrections.order_by("-revision").first()
    for one in row.clocks.order_by("id"):
        if one.what == "stop":
            yield _lift(one)
        if one.what == "stop" or (one.what != "start" and last is not None and not last.document):
            yield Touch(cast("What", one.what), one.rule, one.name)


PAUSES: Final = ("suspend", "resume")


def _lift(one: ClockFact) -> Touch:
    return Touch("lift", one.rule)


def _runs(case: Case, rule_id: str) -> bool:
    return case.clocks.filter(rule=rule_id).exclude(state="stopped").exists()


def _was_last(case: Case, one: ClockFact) -> bool:
    """Whether the clock still stands as this pause, or the end of one, left it."""
    last = case.clock_facts.filter(rule=one.rule, what__in=PAUSES).order_by("-fact__revision", "-id").first()
    return last is not None and (last.what, last.name) == (one.what, one.name)


def _turned(one: ClockFact) -> Iterator[Touch]:
    """A pause turned into its end, an end into the pause that it ended, as the leaf names them."""
    for each in {(pause.event, pause.resume) for version in rule(one.rule).versions for pause in version.suspends}:
        event, resume = each
        if one.what == "suspend" and event == one.name and resume:
            yield Touch("resume", one.rule, resume)
        if one.what == "resume" and resume == one.name:
            yield Touch("suspend", one.rule, event)
