"""Naming the team that verifies a denunciation (Tổ xác minh), changing it, and keeping away from a case.

Law on Denunciations art. 31, Decree 31/2019/NĐ-CP art. 10, Circular 129/2020/TT-BCA art. 10: two people or more, one of
them the head, none of whom is denounced, serves in a unit that is, or has to do with it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.decisions import beside
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases.models import Case
from hamrong.petitions.actions.transferring import sealed_in
from hamrong.petitions.models import GROUNDS, Member, Recusal
from hamrong.petitions.queries import team
from hamrong.sealed.actions import lending, reports
from hamrong.sealed.rings import Ring

LAW: Final = "31/2019/NĐ-CP Đ10"
TEAMED: Final = ("to-cao", "to-cao-tiep")
STATES: Final = ("settling", "suspended")
"""Where a denunciation is verified: since it was accepted (or is settled again), until it is concluded."""

FEWEST: Final = 2
NOT_NOW: Final = Refusal(
    "state", "Chỉ thành lập Tổ xác minh khi tố cáo đang được giải quyết.",
    "A team is named while a denunciation is being settled.", LAW,
)  # fmt: skip
TOO_FEW: Final = Refusal(
    "invalid", "Tổ xác minh có từ hai người trở lên, một người là Tổ trưởng.",
    "A team has two people or more, and one of them heads it.", LAW,
)  # fmt: skip
NO_DOCUMENT: Final = Refusal("invalid", "Hãy ghi số, ngày của quyết định.", "Give number and day of the decision.", LAW)
NOT_ABLE: Final = Refusal(
    "invalid", "Có người không còn chức trách trong đơn vị, hoặc đã khai có liên quan đến vụ việc.",
    "Somebody has no post in the unit any more, or said that they have to do with the case.", LAW,
)  # fmt: skip
DENOUNCED: Final = Refusal(
    "conflict", "Có người bị tố cáo trong đơn này, hoặc công tác ở đơn vị bị tố cáo.",
    "Somebody is denounced in this report, or serves in a unit that is.", "31/2019/NĐ-CP Đ10 k3",
)  # fmt: skip
ALREADY: Final = Refusal("state", "Bạn đã khai có liên quan.", "You have said so already.")
LAST_READER: Final = Refusal(
    "state", "Chỉ mình bạn đọc được phần niêm phong. Hãy giao cho đồng nghiệp không liên quan trước, rồi khai.",
    "Only you can read what is sealed. Give it into a colleague's hands first.",
)  # fmt: skip
BAD_GROUND: Final = Refusal("invalid", "Hãy chọn lý do.", "Choose why.")


@dataclass(frozen=True, slots=True)
class Named:
    """Who is in a team, who heads it, and by which decision."""

    people: Collection[UUID]
    head: UUID
    document: str


def name_team(*, by: Grant, case: Case, named: Named, ring: Ring, at: datetime) -> Sequence[Member] | Refusal:
    """Name the team of a denunciation, or change it: who is not named any more leaves it by the same decision.

    Members who can hold a key of what is sealed are given the content; it is taken back when they leave.
    """
    hand, today = beside(by, "sealed.hand"), timezone.localdate(at)
    if isinstance(hand, Refusal):
        return hand
    with acting(by):
        locked = Case.objects.select_for_update().get(pk=case.pk)
        problem = _unfit(by, locked, named, today) or _denounced(hand, locked, named, ring, today)
        if problem:
            return problem
        staying = _left(by, locked, named, today)
        lent = _lend(hand, locked, set(named.people) - staying, ring, at)
        Member.objects.bulk_create(
            Member(
                case=locked, person_id=person, head=person == named.head, lent=person in lent, since=today,
                document=named.document.strip(), named_by=by.actor.ref, unit=locked.unit, province=locked.province,
            )
            for person in sorted(set(named.people) - staying)
        )  # fmt: skip
        who = {"head": str(named.head), "members": sorted(map(str, named.people)), "document": named.document.strip()}
        enter(by, subject=f"case:{locked.pk}", stream=f"case:{locked.pk}", at=at, **who)
        return list(team.members(by).filter(case=locked, until__isnull=True))


def _unfit(by: Grant, case: Case, named: Named, today: date) -> Refusal | None:
    if case.course.partition("@")[0] not in TEAMED or case.state not in STATES:
        return NOT_NOW
    if not named.document.strip():
        return NO_DOCUMENT
    if len(set(named.people)) < FEWEST or named.head not in named.people:
        return TOO_FEW
    return None if set(named.people) <= {one.pk for one in team.able(by, case, today)} else NOT_ABLE


def _denounced(hand: Grant, case: Case, named: Named, ring: Ring, today: date) -> Refusal | None:
    serving = team.units_of(named.people, today)
    for report in sealed_in(hand, case):
        against = reports.against_of(report, ring)
        if isinstance(against, Refusal):
            return against
        if any(against.excludes(person, units | {case.unit}) for person, units in serving.items()):
            return DENOUNCED
    return None


def _left(by: Grant, case: Case, named: Named, today: date) -> set[UUID]:
    """Whoever is not named any more, or changes their place, leaves; answers who stays as they are."""
    standing = list(team.members(by).filter(case=case, until__isnull=True))
    staying = {
        one.person_id for one in standing if one.person_id in named.people and one.head == (one.person_id == named.head)
    }
    for one in standing:
        if one.person_id not in staying:
            _leave(case, one, named.document.strip(), today, by)
    return staying


def _leave(case: Case, one: Member, document: str, today: date, by: Grant) -> None:
    one.until, one.left_by = today, document
    one.save(update_fields=["until", "left_by"])
    if one.lent:
        for report in sealed_in(by, case):
            lending.take_back(report, one.person_id)


def _lend(hand: Grant, case: Case, people: Collection[UUID], ring: Ring, at: datetime) -> set[UUID]:
    """The content's key for those of them who can hold one and do not yet; answers to whom it was given."""
    given: set[UUID] = set()
    for report in sealed_in(hand, case):
        given |= lending.lend(by=hand, report=report, ring=ring, people=people, at=at)
    return given


def recuse(*, by: Grant, case: Case, ground: str, at: datetime) -> Recusal | Refusal:
    """Say that one has to do with a case: from then on one neither sees nor handles it, and is in no team of it."""
    if ground not in GROUNDS:
        return BAD_GROUND
    person, today = UUID(by.actor.ref.removeprefix("person:")), timezone.localdate(at)
    with acting(by):
        locked = Case.objects.select_for_update().get(pk=case.pk)
        if team.recusals(by).filter(case=locked, person_id=person).exists():
            return ALREADY
        sealed = sealed_in(by, locked)
        if any(lending.only_reader(report, person) for report in sealed):
            return LAST_READER
        made = Recusal.objects.create(
            case=locked, person_id=person, ground=ground, declared_on=today, unit=locked.unit, province=locked.province
        )
        for one in team.members(by).filter(case=locked, person_id=person, until__isnull=True):
            _leave(locked, one, "recusal", today, by)
        for report in sealed:
            lending.take_back(report, person)
        enter(by, subject=f"case:{locked.pk}", stream=f"case:{locked.pk}", at=at, ground=ground)
        return made
