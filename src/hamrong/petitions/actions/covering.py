"""A copy of what was told with words covered, for whoever must know the matter and not the sender.

The copy holds nothing of what was covered. Its mark binds it to the original: whoever may read that one can reckon the
mark again, and nobody can try names against it, because its key is the house's or that of the sealed report.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Final

from django.utils.html import escape
from django.utils.timezone import localdate

from hamrong.access.actors import Grant, Refusal
from hamrong.access.decisions import beside
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.kernel.seal.derive import derive
from hamrong.papers.actions import attachments
from hamrong.papers.keeping import house_key
from hamrong.papers.models import Attachment
from hamrong.papers.printing import pdf_of
from hamrong.petitions.covering import covered
from hamrong.petitions.models import Petition
from hamrong.petitions.subjects import code_of, subject_of
from hamrong.petitions.told import Content, written

NOTHING: Final = Refusal(
    "invalid", "Chưa che gì. Ghi ít nhất một từ hoặc cụm từ có trong bài.",
    "Nothing is covered. Give at least one word or phrase that stands in the text.",
)  # fmt: skip


def mark_of(petition: Petition, original: Content, key: bytes | None = None) -> str:
    """What binds a copy to its original: HMAC-SHA-256 over it, 32 hexadecimal digits; `key` is a sealed report's."""
    own = derive(key or house_key(), "petitions/v1/cover", salt=petition.pk.bytes)
    return hmac.new(own, written(original), hashlib.sha256).hexdigest()[:32]


def cover(
    *, by: Grant, petition: Petition, original: Content, phrases: Sequence[str], at: datetime, key: bytes | None = None
) -> Attachment | Refusal:
    """Keep a covered copy as a file of the petition, for all who may read its files; `key` where it is sealed."""
    lines = [covered(text, phrases) for text in (original.subject, original.text, original.against)]
    if lines == [covered(text, []) for text in (original.subject, original.text, original.against)]:
        return NOTHING
    adding = beside(by, "attachment.add", "petition")
    if isinstance(adding, Refusal):
        return adding
    mark, to = mark_of(petition, original, key), replace(subject_of(petition), sealed=False)
    pdf = pdf_of(_page(petition, lines, mark, at))
    kept = attachments.add(by=adding, to=to, file=BytesIO(pdf), name=f"{_title(petition)}.pdf", at=at)
    if not isinstance(kept, Refusal):
        with acting(by):
            enter(by, subject=f"petition:{petition.pk}", at=at, covered=len(set(phrases)), mark=mark, file=str(kept.pk))
    return kept


def _title(petition: Petition) -> str:
    return f"Bản che của đơn số {code_of(petition).replace('/', '-')}"


def _page(petition: Petition, lines: Sequence[str], mark: str, at: datetime) -> str:
    """The copy as a page; papers are in Vietnamese."""
    subject, text, against = lines
    body = [
        f'<h1 class="vb-ten-loai">{escape(_title(petition))}</h1>',
        f'<p class="vb-trich-yeu">{escape(subject)}</p>',
    ]
    body += [f'<p class="vb-than">{escape(line)}</p>' for line in text.splitlines() if line.strip()]
    body += [f'<p class="vb-than">Về ai: {escape(against)}</p>'] if against else []
    told = (
        f"Bản che lập ngày {localdate(at):%d/%m/%Y}. Bản gốc được giữ nguyên; người được đọc bản gốc đối chiếu bằng mã "
        f"{mark}."
    )
    body.append(f'<p class="vb-noi-nhan-dong">{escape(told)}</p>')
    head = f'<meta charset="utf-8"><title>{escape(_title(petition))}</title>'
    return f'<!doctype html><html lang="vi"><head>{head}</head><body>{"".join(body)}</body></html>'
