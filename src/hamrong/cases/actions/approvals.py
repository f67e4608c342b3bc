"""Steps that take two people: one proposes, another approves exactly that, or refuses."""

import hashlib
from datetime import datetime, timedelta
from typing import Any, Final

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases import along
from hamrong.cases.actions.steps import STALE, Told, carry_out, foreseen
from hamrong.cases.courses import course
from hamrong.cases.models import Case, Proposal
from hamrong.cases.queries import visible
from hamrong.kernel.canonical import canonical

VALID: Final = timedelta(hours=72)
"""How long a proposal can be approved."""


OWN: Final = Refusal("conflict", "Người đề xuất không tự duyệt.", "Nobody approves their own proposal.")
NOT_ASKED: Final = Refusal(
    "no-post", "Đề xuất này trình đích danh người khác. Người đề xuất có thể rút lại để trình bạn.",
    "This proposal was laid before somebody else by name. Whoever proposed it can take it back and lay it before you.",
)  # fmt: skip
SAME_AUTHORITY: Final = Refusal(
    "conflict",
    "Phải có hai thẩm quyền: không duyệt thay người đề xuất, cũng không duyệt việc người khác đề xuất thay mình.",
    "Two people decide by two authorities: nobody approves in the proposer's place, or what was proposed in their own.",
    "30/2020/NĐ-CP Đ13",
)


def propose(*, by: Grant, case: Case, revision: int, told: Told, at: datetime, asked: str = "") -> Proposal | Refusal:
    """Propose the step that the grant is for, word for word as it is to be taken; with `asked` that person decides."""
    if asked in by.authority:
        return OWN
    with acting(by):
        locked = visible.cases(by).select_for_update().filter(pk=case.pk).first()
        if locked is None or locked.revision != revision:
            return STALE
        if not_theirs := along.may_not_act(by, locked) or along.barred(by, locked, by.act):
            return not_theirs
        step = course(locked.course).step(by.act, locked.state)
        if step is None or not step.approvers:
            return Refusal(
                "state", "Việc này không cần đề xuất ở bước này.", "This is not proposed where the case stands."
            )
        problem = foreseen(by, step, locked, told, at)
        if problem:
            return problem
        _expire(locked, at)
        if locked.proposals.filter(state="waiting").exists():
            return Refusal(
                "conflict", "Hồ sơ đang có một đề xuất chờ duyệt.", "A proposal for this case waits already."
            )
        written = told.written()
        proposal = Proposal.objects.create(
            case=locked, act=by.act, revision=revision, told=written, told_hash=_hash(locked, by.act, written),
            proposed_by=by.actor.ref, proposed_role=by.holding.role,
            proposed_in_place_of=by.holding.in_place_of, proposed_at=at, expires_at=at + VALID, asked=asked,
            unit=locked.unit, province=locked.province,
        )  # fmt: skip
        enter(by, subject=f"case:{case.pk}", stream=f"case:{case.pk}", at=at, proposal=str(proposal.pk))
    return proposal


def approve(*, by: Grant, proposal: Proposal, at: datetime) -> Case | Refusal:
    """Approve a proposal and take its step, in one transaction; the grant is of `….approve`."""
    with acting(by):
        waiting = _waiting(by, proposal, at)
        if isinstance(waiting, Refusal):
            return waiting
        taken = carry_out(
            by=by, act=waiting.act, case=waiting.case, revision=waiting.revision, told=_told(waiting), at=at,
            proposal=waiting,
        )  # fmt: skip
        if isinstance(taken, Case):
            _decide(waiting, "approved", by, at, "")
    return taken


def refuse(*, by: Grant, proposal: Proposal, answer: str, at: datetime) -> Proposal | Refusal:
    """Refuse a proposal, and say why."""
    if not answer.strip():
        return Refusal("invalid", "Hãy ghi lý do không duyệt.", "Say why it is not approved.")
    with acting(by):
        waiting = _waiting(by, proposal, at)
        if isinstance(waiting, Refusal):
            return waiting
        _decide(waiting, "refused", by, at, answer)
        enter(by, subject=f"case:{waiting.case_id}", stream=f"case:{waiting.case_id}", at=at, refused=answer)
    return waiting


def withdraw(*, by: Grant, proposal: Proposal, at: datetime) -> Proposal | Refusal:
    """Take one's own proposal back."""
    with acting(by):
        waiting = visible.proposals(by).select_for_update().filter(pk=proposal.pk, state="waiting").first()
        if waiting is None or waiting.proposed_by != by.actor.ref:
            return Refusal("state", "Đề xuất không còn chờ duyệt.", "The proposal does not wait any more.")
        _decide(waiting, "withdrawn", by, at, "")
        enter(by, subject=f"case:{waiting.case_id}", stream=f"case:{waiting.case_id}", at=at, withdrawn=True)
    return waiting


def _waiting(by: Grant, proposal: Proposal, at: datetime) -> Proposal | Refusal:
    found = visible.proposals(by).select_for_update(of=("self",)).filter(pk=proposal.pk).select_related("case").first()
    if found is None or found.state != "waiting" or found.expires_at <= at:
        return Refusal("state", "Đề xuất không còn chờ duyệt.", "The proposal does not wait any more.")
    if by.act != f"{found.act}.approve":
        return Refusal("no-post", "Chức trách của bạn không gồm việc này.", "Your post does not include this.")
    if found.proposed_by == by.actor.ref:
        return OWN
    if not visible.asks(found, by.authority):
        return NOT_ASKED
    if not by.authority.isdisjoint((found.proposed_by, found.proposed_in_place_of)):
        return SAME_AUTHORITY
    if not_theirs := along.may_not_act(by, found.case):
        return not_theirs
    if bytes(found.told_hash) != _hash(found.case, found.act, found.told):
        return Refusal("conflict", "Đề xuất đã bị sửa.", "The proposal is not what was proposed.")
    return found


def _told(proposal: Proposal) -> Told:
    told = proposal.told
    return Told(
        datetime.fromisoformat(told["effective_at"]), told["reason"], told["document"], told["params"],
        told.get("result", ""), told.get("ground", ""),
    )  # fmt: skip


def _hash(case: Case, act: str, told: dict[str, Any]) -> bytes:
    return hashlib.sha256(canonical({"case": str(case.pk), "act": act, "told": told})).digest()


def _decide(proposal: Proposal, state: str, by: Grant, at: datetime, answer: str) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at, proposal.answer = state, by.actor.ref, at, answer
    proposal.decided_in_place_of = by.holding.in_place_of
    proposal.save(update_fields=["state", "decided_by", "decided_in_place_of", "decided_at", "answer"])


def _expire(case: Case, at: datetime) -> None:
    case.proposals.filter(state="waiting", expires_at__lte=at).update(state="expired", decided_at=at)
