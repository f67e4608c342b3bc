"""Taking back a sorting that began no case (transferred, filed at once): one person proposes it, another approves."""

from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases.actions.approvals import OWN, SAME_AUTHORITY
from hamrong.papers import queries
from hamrong.papers.actions.drafting import discard
from hamrong.papers.actions.recalling import recall
from hamrong.papers.known import document
from hamrong.petitions.actions.intake import NOT_OURS
from hamrong.petitions.actions.resorting import unsort
from hamrong.petitions.actions.sorting import NO_REASON, NOT_SORTED, notice_form
from hamrong.petitions.deciding import may_not_sign
from hamrong.petitions.models import Petition
from hamrong.petitions.queries import visible
from hamrong.petitions.subjects import ref_of

BY_ITS_CASE: Final = Refusal(
    "state", "Đơn này có hồ sơ: bỏ phân loại ở trang hồ sơ.", "It has a case: take its sorting back on the page of it."
)
WAITS: Final = Refusal(
    "conflict", "Đã có đề xuất bỏ phân loại, đang chờ duyệt.", "That is proposed already, and waits to be approved."
)
NOT_WAITING: Final = Refusal("state", "Đề xuất không còn chờ duyệt.", "The proposal does not wait any more.")


def propose(*, by: Grant, petition: Petition, reason: str, at: datetime) -> Petition | Refusal:
    """Propose that a petition goes back to sorting, and why; nothing changes until somebody else approves."""
    with acting(by):
        row = _locked(by, petition)
        if row is None or row.erased_on:
            return NOT_OURS
        if problem := _not_free(row, reason):
            return problem
        row.taking_back = {
            "reason": reason.strip(), "by": by.actor.ref, "in_place_of": by.holding.in_place_of,
            "on": timezone.localdate(at).isoformat(),
        }  # fmt: skip
        row.save(update_fields=["taking_back"])
        enter(by, subject=f"petition:{row.pk}", at=at, sorting=row.sorting, reason=reason.strip())
        return row


def _not_free(row: Petition, reason: str) -> Refusal | None:
    if not row.sorting:
        return NOT_SORTED
    if row.case_id:
        return BY_ITS_CASE
    if row.taking_back:
        return WAITS
    return None if reason.strip() else NO_REASON


def approve(*, by: Grant, petition: Petition, at: datetime) -> Petition | Refusal:
    """Take the sorting back, in one transaction with its notice: a signed one is recalled, a draft of it given up."""
    with acting(by):
        row = _waiting(by, petition)
        if isinstance(row, Refusal):
            return row
        told, was, form, sent = row.taking_back, row.sorting, notice_form(row), row.told_by
        unsort(row, at, why=told["reason"], proposed_by=told["by"], proposed_in_place_of=told["in_place_of"],
               approved_by=by.actor.ref, approved_in_place_of=by.holding.in_place_of)  # fmt: skip
        enter(by, subject=f"petition:{row.pk}", at=at, unsorted=was)
        _take_notice_back(by, row, form, sent, told["reason"], at)
        return row


def _take_notice_back(by: Grant, row: Petition, form: str, sent: str, why: str, at: datetime) -> None:
    for paper in queries.of(by, ref_of(row)).filter(form=form) if form else ():
        if paper.state == "draft":
            discard(by=by, paper=paper, revision=paper.revision, at=at)
        elif document(paper) == sent and getattr(paper, "recall", None) is None:
            answer = recall(by=by, paper=paper, reason=why, replacement=None, at=at)
            assert not isinstance(answer, Refusal), answer


def refuse(*, by: Grant, petition: Petition, answer: str, at: datetime) -> Petition | Refusal:
    """Leave the sorting as it is, and say why; the record keeps both reasons."""
    if not answer.strip():
        return NO_REASON
    with acting(by):
        row = _waiting(by, petition)
        if isinstance(row, Refusal):
            return row
        return _dropped(by, row, at, refused=answer.strip())


def withdraw(*, by: Grant, petition: Petition, at: datetime) -> Petition | Refusal:
    """Take one's own proposal back."""
    with acting(by):
        row = _locked(by, petition)
        if row is None or not row.taking_back or row.taking_back["by"] != by.actor.ref:
            return NOT_WAITING
        return _dropped(by, row, at, withdrawn=True)


def _dropped(by: Grant, row: Petition, at: datetime, **told: Any) -> Petition:
    reason, row.taking_back = row.taking_back["reason"], None
    row.save(update_fields=["taking_back"])
    enter(by, subject=f"petition:{row.pk}", at=at, reason=reason, **told)
    return row


def _locked(by: Grant, petition: Petition) -> Petition | None:
    return visible.petitions(by).select_for_update().filter(pk=petition.pk).first()


def _waiting(by: Grant, petition: Petition) -> Petition | Refusal:
    """The petition, where this grant may answer what is proposed of it."""
    row = _locked(by, petition)
    if row is None or not row.taking_back:
        return NOT_WAITING
    return may_not_answer(by, row) or row


def may_not_answer(by: Grant, row: Petition) -> Refusal | None:
    """Why whoever asks does not answer what is proposed of a petition: it is theirs, or something of it is sealed."""
    told = row.taking_back
    if told["by"] == by.actor.ref:
        return OWN
    if not by.authority.isdisjoint((told["by"], told["in_place_of"])):
        return SAME_AUTHORITY
    return may_not_sign(by, ref_of(row))
