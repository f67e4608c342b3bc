"""Sorting a petition by the table, beginning its case, telling its sender, and linking it with one handed in before."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final, cast

from django.db.models import F
from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases.actions.reckoning import carry_over
from hamrong.cases.actions.steps import Told, open_case
from hamrong.cases.courses import course_on
from hamrong.cases.models import Case, Fact
from hamrong.petitions.actions import kinds, second
from hamrong.petitions.actions.intake import NOT_OURS
from hamrong.petitions.models import Petition
from hamrong.petitions.owed import DATED, morning, owe
from hamrong.petitions.queries import visible
from hamrong.petitions.queries.reading import text_of
from hamrong.petitions.rules import Ended, Facts, Kind, Sorting, endings, sort, table
from hamrong.petitions.suggesting import suggested

COURSES: Final = {
    "complaint": "khieu-nai-lan-dau", "second-complaint": "khieu-nai-lan-hai", "denunciation": "to-cao",
    "re-denunciation": "to-cao-tiep", "reflection": "phan-anh",
}  # fmt: skip
"""The course of a first step, by the word before its act."""

FOUND: Final = (
    "prior", "facts", "field", "suggested", "sorting", "outcome", "reason", "sorted_on", "sorted_by",
)  # fmt: skip
"""The columns that sorting fills in."""

NOT_ENTERED: Final = Refusal("state", "Hãy cho đơn vào sổ trước.", "Enter the petition in the register first.")
SORTED: Final = Refusal("state", "Đơn này đã được phân loại.", "This petition has been sorted already.")
NOT_SORTED: Final = Refusal("state", "Hãy phân loại đơn trước.", "Sort the petition first.")
TOLD: Final = Refusal("state", "Đã báo cho người gửi đơn.", "The sender has been told already.")
NO_DOCUMENT: Final = Refusal("invalid", "Hãy ghi số, ngày của văn bản.", "Give number and day of the document.")
NO_REASON: Final = Refusal("invalid", "Hãy ghi lý do.", "Say why.")
NOT_BEFORE: Final = Refusal(
    "invalid", "Đơn trước phải được nhận trước hoặc cùng ngày.", "The earlier petition must not have come in later."
)
NO_COURSE: Final = Refusal(
    "invalid", "Không có quy trình cho đơn nhận vào ngày này.", "No course applies to a petition of that day."
)


@dataclass(frozen=True, slots=True)
class Sorted:
    """What an officer finds of a petition: the facts of the table, why, and what a second one goes against.

    `field` is what it is about (`suggesting.fields`), where it is not sealed; `earlier` is the first case; `prior`
    number, day and body of a decision that was not made in a case of ours. `kind`: what it is by what it tells, where
    it came as another one, and `kind_why`.
    """

    facts: Facts
    reason: str = ""
    earlier: Case | None = None
    prior: str = ""
    field: str = ""
    kind: Kind | None = None
    kind_why: str = ""


def sort_petition(*, by: Grant, petition: Petition, found: Sorted, at: datetime) -> Petition | Refusal:
    """Sort a petition; where the row names a step, its case begins on the day on which the petition came in."""
    with acting(by):
        row = visible.petitions(by).select_for_update().filter(pk=petition.pk).first()
        problem = _unready(row) or (kinds.problem(by, row, found.kind or "", found.kind_why) if row else None)
        if problem or row is None:
            return problem or NOT_OURS
        was = row.kind
        if found.kind and found.kind != was:
            kinds.put(by, row, found.kind, found.kind_why, at)
        name, entry = sort(cast("Kind", row.kind), found.facts, row.received_on)
        if entry.outcome != "accept" and not found.reason.strip():
            return NO_REASON
        code = course_of(entry, found.facts)
        if code:
            case = second.problem(by, row, code, found.earlier, found.prior, at) or _begun(by, row, code, found, at)
            if isinstance(case, Refusal):
                return case
            row.case = case
            carry_over(case, row)
        owe(row, entry.clock if entry.notice != "none" else "", at)
        row.sorting, row.outcome, row.reason = name, entry.outcome, found.reason.strip()
        row.sorted_on, row.sorted_by = timezone.localdate(at), by.actor.ref
        row.facts = asdict(found.facts)
        if not row.secret:  # what was suggested is kept with what was chosen, so that both can be compared
            row.field, row.suggested = found.field, suggested(text_of(row))
        row.prior = found.prior.strip() if row.case and not found.earlier else ""
        row.save(update_fields=[*FOUND, "case", *DATED, *kinds.COLUMNS])
        enter(by, subject=f"petition:{row.pk}", at=at, sorting=name, case=row.case.code if row.case else None,
              **({"kind": row.kind, "was": was} if row.kind != was else {}),
              **({} if row.secret else {"field": row.field, "suggested": row.suggested}))  # fmt: skip
        return row


def _unready(row: Petition | None) -> Refusal | None:
    if row is None:
        return NOT_OURS
    if row.sorting:
        return SORTED
    return NOT_ENTERED if row.number is None else None


def course_of(entry: Sorting, facts: Facts) -> str:
    """The course that a row begins, by its first step; '' where the register is enough.

    Of what is for somebody else to settle the course of the first one says how it is passed on.
    """
    if not entry.step:
        return ""
    word = entry.step.partition(".")[0]
    again = word == "complaint" and facts.instance == "second" and facts.competence == "ours"
    return COURSES["second-complaint" if again else word]


def _begun(by: Grant, row: Petition, code: str, found: Sorted, at: datetime) -> Case | Refusal:
    course = course_on(code, row.received_on)
    if course is None:
        return NO_COURSE
    told, earlier = Told(morning(row.received_on)), found.earlier if code in second.COURSES else None
    return open_case(by=by, course=course, unit=row.unit, province=row.province, told=told, at=at, earlier=earlier)


def row_of(petition: Petition) -> Sorting | None:
    """The row by which a petition was sorted; None before that."""
    return table()[petition.sorting] if petition.sorting else None


def ended_by(petition: Petition) -> tuple[Fact, Ended] | None:
    """The step that ended its case without settling it, and what that makes of it; None where it goes on or went on."""
    case = petition.case
    moved = Fact.objects.filter(case=case).exclude(source=F("target"))  # what outlasts a case is written into it later
    last = moved.order_by("-revision").first() if case and case.closed_at else None
    ended = endings().get(last.act) if last else None
    return (last, ended) if last and ended else None


def notice_form(petition: Petition) -> str:
    """By which paper its sender is told: as the table says, or as the step that ended its case; '' for none."""
    row, ended = row_of(petition), ended_by(petition)
    if row is None or row.notice == "none":
        return ""
    return ended[1].form if ended else row.form


def tell_sender(*, by: Grant, petition: Petition, document: str, at: datetime) -> Petition | Refusal:
    """Put on record that the notice went to the sender, by which document."""
    with acting(by):
        row = visible.petitions(by).select_for_update().filter(pk=petition.pk).first()
        problem = NOT_OURS if row is None else _untellable(row, document)
        if problem or row is None:
            return problem or NOT_OURS
        row.told_on, row.told_by = timezone.localdate(at), document.strip()
        row.save(update_fields=["told_on", "told_by"])
        enter(by, subject=f"petition:{row.pk}", at=at, document=row.told_by)
        return row


def _untellable(row: Petition, document: str) -> Refusal | None:
    if not row.sorting:
        return NOT_SORTED
    if row.told_on:
        return TOLD
    return None if document.strip() else NO_DOCUMENT


def link(*, by: Grant, petition: Petition, earlier: Petition, at: datetime) -> Petition | Refusal:
    """Say that a petition repeats one that came in before (đơn trùng); the machine only suggests it."""
    with acting(by):
        rows = visible.petitions(by).select_for_update().in_bulk([petition.pk, earlier.pk])
        row, first = rows.get(petition.pk), rows.get(earlier.pk)
        if row is None or first is None or row == first:
            return NOT_OURS
        if first.received_on > row.received_on or first.same_as_id == row.pk:
            return NOT_BEFORE
        row.same_as = first
        row.save(update_fields=["same_as"])
        enter(by, subject=f"petition:{row.pk}", at=at, same_as=str(first.pk))
        return row
