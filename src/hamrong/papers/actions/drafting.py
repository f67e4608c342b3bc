"""A paper from its draft to its signature: filled in, looked at, changed, signed with number, code and seal."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.queries import delegation_of
from hamrong.access.upkeep import as_keeper
from hamrong.access.walls import acting
from hamrong.cases.actions.registers import next_number
from hamrong.cases.models import Number
from hamrong.cases.queries import visible
from hamrong.identity.keys import vault
from hamrong.kernel import codes
from hamrong.kernel.vietnamese import clean
from hamrong.law import VIETNAM
from hamrong.papers import dues, queries
from hamrong.papers.absent import NOTHING, Absent, printed, problem
from hamrong.papers.catalog import OUTGOING, Form, fields, form
from hamrong.papers.filling import filled, needs
from hamrong.papers.issuers import Capacity, Issuer, issuer
from hamrong.papers.models import Paper, Recall
from hamrong.papers.printing import can_print, html_of, pdf_of
from hamrong.papers.signing import NoSeal, NoTime, signed
from hamrong.papers.subjects import Subject, barred, subject, tell_signed

GAP: Final = "\u00a0" * 6
BLANK: Final = {"so": GAP, "ngay_ban_hanh": f"ngày{GAP}tháng{GAP}năm{GAP}"}
OVER = Refusal("state", "Mẫu này không dùng vào ngày này.", "This form is not made on this day.")
OTHER = Refusal("invalid", "Mẫu này không thuộc loại hồ sơ này.", "This form is not for files of this kind.")
STALE = Refusal(
    "conflict", "Văn bản vừa được người khác sửa hoặc ký. Hãy mở lại để xem.",
    "Somebody else has just changed or signed this paper. Open it again.",
)  # fmt: skip
NO_NUMBER = Refusal(
    "state", "Văn bản này lấy số của bước xử lý. Hãy thực hiện bước đó trong hồ sơ trước, rồi ký.",
    "This paper bears the number of a step. Take that step in the case first, then sign.",
)  # fmt: skip
NO_PRINTER = Refusal(
    "state", "Máy chủ chưa có thư viện Pango để tạo PDF. Hãy báo người quản trị.",
    "The server lacks the library Pango, which makes the PDF. Tell the administrator.",
)  # fmt: skip

NO_TIME = Refusal(
    "state",
    "Cơ quan cấp dấu thời gian không trả lời. Văn bản vẫn là dự thảo và chưa lấy số. Hãy ký lại sau ít phút; "
    "nếu vẫn vậy, báo người quản trị.",
    "The time stamping authority does not answer. The paper is still a draft and took no number. Sign it again in a "
    "few minutes; if it stays so, tell the administrator.",
)  # fmt: skip
NO_SEAL = Refusal(
    "state",
    "Thiết bị giữ khóa con dấu điện tử không ký được. Văn bản vẫn là dự thảo và chưa lấy số. Báo người quản trị; "
    "lý do nằm ở nhật ký lỗi của máy chủ.",
    "The device with the key of the electronic seal did not sign. The paper is still a draft and took no number. Tell "
    "the administrator; the server's log of errors says why.",
)  # fmt: skip
UNTITLED = Refusal(
    "invalid", "Hãy ghi chức vụ của bạn, in dưới chữ TUQ. và chức vụ người ủy quyền.",
    "Give your official title, which is printed below TUQ. and the title of whom you sign for.",
    "30/2020/NĐ-CP Đ13",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: the name as it is printed, and as what. `site` is `https://…` without a path.

    `title` is the official title of whoever signs by a delegation (TUQ.), who has no choice of `capacity`.
    """

    name: str
    site: str
    capacity: Capacity = "head"
    title: str = ""


def asked(made: Form) -> list[str]:
    """The fields that people fill in, in the order of `fields.yaml`."""
    wanted = needs(made.file)
    return [
        name for name, each in fields().items()
        if each.kind != "given" and name in wanted.required | wanted.optional
    ]  # fmt: skip


def draft(
    *, by: Grant, to: Subject, form: Form, values: Mapping[str, Any], at: datetime, absent: Absent = NOTHING
) -> Paper | Refusal:
    """Begin a paper for an object; `values` are text, or lists of paragraphs, by the names that `asked` gives.

    `absent` are required fields that do not apply, each with the reason: sealed with the paper, shown to whoever signs.
    """
    wrong = _problem(form, to.purpose, values, absent, timezone.localdate(at))
    if wrong:
        return wrong
    number = uuid4()
    with acting(by):
        if late := dues.passed(by, to, values, timezone.localdate(at)):
            return late
        paper = Paper(
            id=number, ref=to.ref, purpose=to.purpose, form=form.code, unit=to.unit or to.province,
            province=to.province,
            content=_sealed(number, {**_kept(form, values, absent), "ma_don": to.code}), made_at=at,
            made_by=by.actor.ref,
        )  # fmt: skip
        paper.save(force_insert=True)
        enter(by, subject=f"paper:{number}", stream=to.ref, at=at, form=form.code, **_said(absent))
    return paper


def change(
    *, by: Grant, paper: Paper, revision: int, values: Mapping[str, Any], at: datetime, absent: Absent = NOTHING
) -> Paper | Refusal:
    """Change a draft as its writer saw it (`revision`); `values` and `absent` as `draft` takes them."""
    made = form(paper.form)
    wrong = _problem(made, paper.purpose, values, absent, timezone.localdate(at))
    if wrong:
        return wrong
    with acting(by):
        locked = _locked(by, paper, revision)
        if locked is None:
            return STALE
        if late := dues.passed(by, subject(by, locked.ref), values, timezone.localdate(at)):
            return late
        content = {**_kept(made, values, absent), "ma_don": queries.values(locked)["ma_don"]}
        locked.content = _sealed(locked.pk, content)
        locked.revision = revision + 1
        locked.save(update_fields=["content", "revision"])
        enter(by, subject=f"paper:{locked.pk}", stream=locked.ref, at=at, revision=locked.revision, **_said(absent))
    return locked


def discard(*, by: Grant, paper: Paper, revision: int, at: datetime) -> Paper | Refusal:
    """Give a draft up; what it said is gone, that there was one is not."""
    with acting(by):
        locked = _locked(by, paper, revision)
        if locked is None:
            return STALE
        locked.state, locked.content, locked.revision = "discarded", _sealed(locked.pk, {}), revision + 1
        locked.save(update_fields=["state", "content", "revision"])
        enter(by, subject=f"paper:{locked.pk}", stream=locked.ref, at=at, discarded=True)
    return locked


def sign(*, by: Grant, paper: Paper, revision: int, signature: Signature, at: datetime) -> Paper | Refusal:
    """Sign a draft: it gets its number in the register, its code and its seal in one transaction, and is kept for ever.

    A form whose register belongs to a step of a course bears the number that the step was given. Without the stamp of
    the authority that is set nothing is signed.
    """
    try:
        with acting(by), transaction.atomic():  # what was begun is undone, inside a transaction of the caller's, too
            return _sign(by, paper, revision, signature, at)
    except NoTime:
        return NO_TIME
    except NoSeal:
        return NO_SEAL


def _sign(by: Grant, paper: Paper, revision: int, signature: Signature, at: datetime) -> Paper | Refusal:
    made, day = form(paper.form), timezone.localdate(at)
    if made.grounds_on(day) is None:
        return OVER
    if by.holding.in_place_of and not clean(signature.title):
        return UNTITLED
    if not can_print():
        return NO_PRINTER
    with acting(by):
        if not_theirs := barred(by, paper.ref):
            return not_theirs
        locked = _locked(by, paper, revision)
        late = dues.passed(by, subject(by, locked.ref), queries.values(locked), day) if locked else None
        if late:
            return late
        numbered = _numbered(by, locked, made, at) if locked else None
        if locked is None or numbered is None:
            return NO_NUMBER if locked else STALE
        body = issuer(numbered[0], locked.province)
        locked.numbered_by, locked.year, locked.number = numbered
        locked.register, locked.symbol = made.register, f"{made.sign}-{body.symbol}"
        locked.code, locked.state, locked.revision = codes.new_code(queries.PREFIX), "signed", revision + 1
        locked.signed_at, locked.signed_by = at, by.actor.ref
        told = {**_printed(locked, made, body, day), **_signed_by(by, body, signature)}
        word = filled(made.file, {**queries.values(locked), **told})
        plain = pdf_of(html_of(word, checked_at=f"{signature.site}/van-ban/{locked.code}"))
        pdf = signed(plain, name=signature.name, place=body.place)
        locked.pdf, locked.digest = vault().seal_bytes(pdf, locked.pk.bytes), hashlib.sha256(pdf).digest()
        locked.proof = _proven(locked, at)
        locked.save()
        enter(
            by, subject=f"paper:{locked.pk}", stream=locked.ref, at=at, number=f"{locked.number}/{locked.symbol}",
            digest=locked.digest.hex(), **_by_order(by, day), **_said(queries.absent(locked)),
        )  # fmt: skip
        tell_signed(by, locked, at)
    return locked


def _proven(paper: Paper, at: datetime) -> UUID:
    """An entry that may be given to anybody: the code and the digest; not who signed what about whom."""
    shown = f"van-ban:{paper.code}"
    told = f"{shown}:{bytes(paper.digest or b'').hex()}"
    return enter(as_keeper("paper.prove", "papers", at), subject=told, stream=shown, at=at)


def preview(paper: Paper, on: date) -> bytes:
    """A draft as a Word file, with the places of number, day and signature empty."""
    made = form(paper.form)
    body = issuer(paper.unit, paper.province)
    given = {**_printed(paper, made, body, on), **BLANK, "chuc_vu": body.title(), "nguoi_ky": ""}
    return filled(made.file, {**queries.values(paper), **given})


def _printed(paper: Paper, made: Form, body: Issuer, day: date) -> dict[str, Any]:
    """What the house itself fills in, in the places of fields that do not apply, too."""
    return printed(made, queries.absent(paper)) | {
        "co_quan_chu_quan": body.above.upper(), "co_quan": body.name.upper(), "co_quan_viet_thuong": body.name,
        "so": f"{paper.number or 0:02d}", "ky_hieu": f"{made.sign}-{body.symbol}",
        "ngay_ban_hanh": f"ngày {day:%d} tháng {_month(day)} năm {day:%Y}", "can_cu": list(made.grounds_on(day) or ()),
        "tham_quyen": body.authority(),
    }  # fmt: skip


def _month(day: date) -> str:
    """Months below 3 are written with a zero, so that nobody adds a digit (30/2020/NĐ-CP, annex I)."""
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


def _by_order(by: Grant, day: date) -> dict[str, str]:
    """The writing by which the head delegated; the record names it, with the lender."""
    lent = delegation_of(by, day)
    return {"order": lent.ordered_by} if lent else {}


def _signed_by(by: Grant, body: Issuer, signature: Signature) -> dict[str, Any]:
    delegate = clean(signature.title) if by.holding.in_place_of else ""
    return {"chuc_vu": body.title(signature.capacity, delegate=delegate), "nguoi_ky": signature.name}


def _numbered(by: Grant, paper: Paper, made: Form, at: datetime) -> tuple[str, int, int] | None:
    """Unit, year and number: the next one of outgoing papers, or the latest of the step that no paper bears yet."""
    unit = paper.unit or paper.province
    if made.register == OUTGOING:
        year = at.astimezone(VIETNAM).year
        return unit, year, next_number(OUTGOING, unit, year, paper.province)
    borne = queries.borne(by, paper.ref)
    mine = visible.numbers(by).filter(register=made.register, case__code=paper.ref.partition(":")[2])
    given: list[Number] = list(mine.filter(fact__act__in=made.acts).order_by("-given_at"))
    free = [
        (one.unit, one.year, one.number) for one in given if (one.register, one.unit, one.year, one.number) not in borne
    ]
    if not free and given and Recall.objects.filter(paper__register=made.register, paper__ref=paper.ref).exists():
        # what replaces a decision that was recalled is a decision of its own
        year = at.astimezone(VIETNAM).year
        return unit, year, next_number(made.register, unit, year, paper.province)
    return free[0] if free else None


def _locked(by: Grant, paper: Paper, revision: int) -> Paper | None:
    found = queries.papers(by).select_for_update().filter(pk=paper.pk, state="draft", revision=revision)
    return found.first()


def _problem(made: Form, purpose: str, values: Mapping[str, Any], absent: Absent, day: date) -> Refusal | None:
    if made.purpose not in ("", purpose):
        return OTHER
    return OVER if made.grounds_on(day) is None else problem(made, values, absent)


def _kept(made: Form, values: Mapping[str, Any], absent: Absent) -> dict[str, Any]:
    told = {name: values[name] for name in asked(made) if values.get(name)}
    reasons = {name: clean(reason) for name, reason in absent.items()}
    return {**told, queries.ABSENT: reasons} if reasons else told


def _said(absent: Absent) -> dict[str, list[str]]:
    """Which fields were said not to apply, for the record; why is sealed with the paper, because it may name people."""
    return {"absent": sorted(absent)} if absent else {}


def _sealed(number: Any, values: Mapping[str, Any]) -> bytes:
    return vault().seal_bytes(json.dumps(values, ensure_ascii=False).encode(), number.bytes)
