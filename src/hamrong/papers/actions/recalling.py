"""Recalling a signed paper (thu hồi văn bản, Decree 30/2020 art. 18): it is kept, and who checks it is told."""

from datetime import datetime
from typing import Final
from uuid import uuid4

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.identity.keys import vault
from hamrong.papers import queries
from hamrong.papers.models import Paper, Recall
from hamrong.papers.subjects import barred, tell_recalled

NOT_SIGNED: Final = Refusal("state", "Chỉ thu hồi được văn bản đã ký.", "Only a signed paper can be recalled.")
RECALLED: Final = Refusal("state", "Văn bản này đã được thu hồi.", "This paper has been recalled already.")
NO_REASON: Final = Refusal("invalid", "Hãy ghi lý do thu hồi.", "Say why it is recalled.")
NOT_INSTEAD: Final = Refusal(
    "invalid", "Văn bản thay thế phải là một văn bản khác của hồ sơ này, đã ký và còn hiệu lực.",
    "What replaces it must be another paper of the same file, signed and not recalled.",
)  # fmt: skip


def recall(*, by: Grant, paper: Paper, reason: str, replacement: Paper | None, at: datetime) -> Recall | Refusal:
    """Recall a signed paper for a reason, with the paper that takes its place where there is one."""
    if not reason.strip():
        return NO_REASON
    with acting(by):
        row = queries.papers(by).select_for_update().filter(pk=paper.pk, state="signed").first()
        if row is None:
            return NOT_SIGNED
        if not_theirs := barred(by, row.ref):
            return not_theirs
        if Recall.objects.filter(paper=row).exists():
            return RECALLED
        if replacement is not None and not _stands(by, row, replacement):
            return NOT_INSTEAD
        number = uuid4()
        made = Recall(
            id=number, paper=row, replacement=replacement, unit=row.unit, province=row.province, recalled_at=at,
            recalled_by=by.actor.ref, reason=vault().seal_bytes(reason.strip().encode(), number.bytes),
        )  # fmt: skip
        made.save(force_insert=True)
        instead = replacement.code if replacement else ""
        enter(by, subject=f"paper:{row.pk}", stream=row.ref, at=at, recalled=row.code, replacement=instead)
        tell_recalled(by, row, at)
    return made


def _stands(by: Grant, row: Paper, replacement: Paper) -> bool:
    return replacement.pk != row.pk and queries.signed(by, row.ref).filter(pk=replacement.pk).exists()
