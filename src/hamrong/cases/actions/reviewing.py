"""Looking again at a decision that outlasts its case: who did, what was found, and by when it is looked at next."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases import along
from hamrong.cases.actions.joining import BUSY
from hamrong.cases.actions.steps import FUTURE, STALE, Told, too_soon, write_fact
from hamrong.cases.courses import UNSAID, Step
from hamrong.cases.models import REVIEW, Case
from hamrong.cases.queries import visible
from hamrong.cases.queries.standing import Standing, standing
from hamrong.law import VIETNAM

NOTHING: Final = Refusal(
    "state", "Không còn quyết định nào có hiệu lực sau khi hồ sơ kết thúc, nên không có gì phải xem lại.",
    "No decision is in force after the end of this case, so there is nothing to review.",
)  # fmt: skip
NO_FINDING: Final = Refusal(
    "invalid", "Hãy ghi đã xem những gì và thấy gì.", "Say what was looked at, and what was found."
)


def last_day(at: datetime) -> date:
    """The last day that can be said for the next review; the law names none, the house does."""
    return at.astimezone(VIETNAM).date() + timedelta(days=settings.HAMRONG_REVIEW_DAYS)


def reviewed(
    *, by: Grant, case: Case, revision: int, act: str, told: Told, again: date, at: datetime
) -> Case | Refusal:
    """Put down that what was decided by `act` was looked at, and found (`told.reason`) to stay in force for now.

    It moves the case nowhere and no clock: until `again` the desk asks nobody to look.
    """
    with acting(by):
        locked = visible.cases(by).select_for_update().filter(pk=case.pk, closed_at__isnull=False).first()
        if locked is None or locked.revision != revision:
            return STALE
        found = next((each for each in standing([locked]) if each.one.act == act), None)
        problem = _problem(by, locked, found, told, again, at)
        if problem or found is None:
            return problem or NOTHING
        locked.revision += 1
        step = Step(
            REVIEW, UNSAID, locked.state, locked.state, (), found.one.law, grounds=((found.one.act, found.one.words),)
        )
        row = replace(told, ground=found.one.act)
        write_fact(locked, step, row, by, at, source=locked.state, again_on=again)
        locked.save(update_fields=["revision"])
        enter(by, subject=f"case:{case.pk}", stream=f"case:{case.pk}", at=at, reviewed=act, again=again.isoformat())
    return locked


def _problem(by: Grant, case: Case, found: Standing | None, told: Told, again: date, at: datetime) -> Refusal | None:
    if not_theirs := along.may_not_act(by, case):
        return not_theirs
    if found is None:
        return NOTHING
    if case.proposals.filter(state="waiting", expires_at__gt=at).exists():
        return BUSY
    if told.effective_at > at:
        return FUTURE
    if soon := too_soon(case, told.effective_at, since=found.fact):
        return soon
    if not told.reason.strip():
        return replace(NO_FINDING, law=found.one.law)
    return _too_late(again, at)


def _too_late(again: date, at: datetime) -> Refusal | None:
    last = last_day(at)
    if at.astimezone(VIETNAM).date() < again <= last:
        return None
    return Refusal(
        "invalid", f"Ngày xem lại lần sau phải sau hôm nay và chậm nhất là {last:%d/%m/%Y}.",
        f"The day of the next review is after today, and {last:%d/%m/%Y} at the latest.",
    )  # fmt: skip
