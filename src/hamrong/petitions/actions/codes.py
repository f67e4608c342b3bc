"""Changing the follow-up code, which somebody may have seen; and a new one for whoever lost theirs."""

from datetime import datetime
from typing import Final

from django.db import connection
from django.utils import timezone

from hamrong.access.actors import Grant, Refusal
from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.kernel.vietnamese import fold
from hamrong.petitions.actions.intake import NOT_OURS, TEXT
from hamrong.petitions.models import Petition
from hamrong.petitions.queries import visible
from hamrong.petitions.queries.reading import opened
from hamrong.petitions.told import content_of, documents
from hamrong.sealed.actions.reports import change_code, content_key, for_reporter, opened_parts, ticket_of
from hamrong.sealed.models import Report
from hamrong.sealed.queries import reports
from hamrong.sealed.rings import Ring

NO_NAME: Final = Refusal(
    "state", "Đơn này không nêu tên ai: không có gì để đối chiếu, nên không ai cấp lại mã được.",
    "This petition names nobody: there is nothing to compare, so nobody can give its code again.",
)  # fmt: skip
NO_DOCUMENT: Final = Refusal(
    "state",
    "Đơn này không ghi số giấy tờ hợp lệ của người gửi nên không đối chiếu được. Kết quả báo cho họ bằng văn bản; hoặc "
    "nhận đơn bổ sung có giấy tờ.",
    "This petition has no number of a valid document of its sender, so nobody can be compared with it. They are told "
    "the result on paper; or take a further petition in, with a document.",
)  # fmt: skip
ANOTHER: Final = Refusal(
    "invalid",
    "Số này không phải giấy tờ của người gửi đơn (đơn nhiều người ký: của người đại diện). Hãy xem lại số, và đúng đơn "
    "chưa.",
    "This is not the number of the sender's document (where several signed: of who speaks for them). Look at the "
    "number again, and whether this is the petition.",
)  # fmt: skip
NOT_OPENED: Final = Refusal(
    "state",
    "Hôm nay chưa mở danh tính của đơn này cho bạn, nên chưa có gì để đối chiếu. Đề nghị mở danh tính, nói rõ là để "
    "cấp lại mã; mở xong thì cấp mã trong ngày đó.",
    "The identity of this report was not opened for you today, so there is nothing to compare. Ask to have it opened, "
    "say that it is to give the code again, and give it on the day of the opening.",
)  # fmt: skip


def rotate(*, by: Grant, old: str, new: str, at: datetime) -> Refusal | None:
    """Put a new code (`followup.new_code`) in the place of the grant's own; a denouncer leaves no entry."""
    with acting(by):
        petition = visible.petitions(by).filter(ticket=by.scope).first()
        if petition is None:
            return NOT_OURS
        if petition.secret:
            change_code(by=by, report=reports(by).get(), old=old, new=new)
        else:
            enter(by, subject=f"petition:{petition.pk}", at=at, code="changed")
        with connection.cursor() as cursor:
            cursor.execute("select petitions_rotate(%s)", [ticket_of(new)])
    return None


def reissue(*, by: Grant, petition: Petition, document: str, new: str, at: datetime) -> Refusal | None:
    """A new code for the sender of a petition that is not sealed, who stands here with the document that it names.

    The old code opens nothing any more, and says that it was replaced. Called again with the same code it does nothing.
    """
    with acting(by):
        row = visible.petitions(by).select_for_update(of=("self",)).filter(pk=petition.pk, erased_on=None).first()
        if row is None or row.secret or row.content is None:
            return NOT_OURS
        if row.ticket == ticket_of(new):
            return None
        first = opened(row).senders[:1]
        if not first or not documents(first):
            return NO_DOCUMENT if first else NO_NAME
        if _plain(document) not in map(_plain, documents(first)):
            enter(by, subject=f"petition:{row.pk}", at=at, code="another document")
            return ANOTHER
        enter(by, subject=f"petition:{row.pk}", at=at, code="reissued")
        return _replaced(row, new, None, None)


def reissue_sealed(
    *, by: Grant, petition: Petition, report: Report, ring: Ring, new: str, at: datetime
) -> Refusal | None:
    """The same for a sealed one, by a reader for whom holders opened its identity today, to compare a person."""
    with acting(by):
        key = content_key(report, ring)
        if isinstance(key, Refusal):
            return key
        row = visible.petitions(by).select_for_update(of=("self",)).get(pk=petition.pk)
        if row.ticket == ticket_of(new):
            return None
        if not content_of(opened_parts(report, key)[TEXT]).signed:
            return NO_NAME
        if not is_opened(report, ring, at):
            return NOT_OPENED
        enter(by, subject=f"sealed:{report.pk}", at=at, code="reissued")
        return _replaced(row, new, report, for_reporter(report, key, new))


def is_opened(report: Report, ring: Ring, at: datetime) -> bool:
    """Whether the identity was opened for the owner of this key today."""
    return report.requests.filter(requester=ring.person, state="opened", opened_on=timezone.localdate(at)).exists()


def _plain(document: str) -> str:
    return "".join(each for each in fold(document) if each.isalnum())


def _replaced(row: Petition, new: str, report: Report | None, reporter: bytes | None) -> Refusal | None:
    with connection.cursor() as cursor:
        told = (row.pk, ticket_of(new), report.pk if report else None, reporter)
        cursor.execute("select petitions_reissue(%s, %s, %s, %s)", told)
        (done,) = cursor.fetchone()
    return None if done else NOT_OURS
