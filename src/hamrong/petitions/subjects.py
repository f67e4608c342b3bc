"""Petitions as objects that have papers and files, what is known for their papers, and what a signed notice does.

Of a sealed petition nothing is known here that its sender told: no name, no line of the text.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hamrong.access.actors import Grant
from hamrong.access.entries import enter
from hamrong.cases.models import Case, Fact
from hamrong.law import Event, LawError, deadline, rule
from hamrong.law.clocks import last_in
from hamrong.org.queries import unit
from hamrong.papers.known import document
from hamrong.papers.models import Paper
from hamrong.papers.subjects import Known, Subject
from hamrong.petitions.actions.sorting import notice_form
from hamrong.petitions.models import Petition
from hamrong.petitions.owed import morning, stands
from hamrong.petitions.protecting import ON_PAPER
from hamrong.petitions.queries import reading, team, visible
from hamrong.petitions.told import Content
from hamrong.ui.formats import day as written

SETTLING: Final = {
    "khieu-nai-lan-dau": "kn.first", "khieu-nai-lan-hai": "kn.second", "to-cao": "tc.settle",
    "to-cao-tiep": "tc.settle",
}  # fmt: skip
"""The clock by which each course wants a case settled."""

INSTANCES: Final = {"khieu-nai-lan-dau": "lần đầu", "khieu-nai-lan-hai": "lần hai"}
DOORS: Final = {
    "counter": "nộp trực tiếp", "reception": "tại buổi tiếp công dân", "post": "qua dịch vụ bưu chính",
    "phone": "qua điện thoại", "online": "qua trang tiếp nhận đơn trên mạng", "portal": "qua cổng thông tin",
    "social": "qua trang mạng xã hội của đơn vị",
    "transferred": "do cơ quan khác chuyển đến",
}  # fmt: skip
"""How a petition came in, as a paper says it; papers are in Vietnamese."""


def petition(by: Grant, name: str) -> Subject | None:
    """The petition of an id, where the grant may see it."""
    found = _one(by, name)
    return subject_of(found) if found else None


def subject_of(one: Petition, ticket: str = "") -> Subject:
    """A petition as an object that has papers; `ticket` where what is added is the sender's."""
    return Subject(ref_of(one), code_of(one), one.unit, one.province, "petition", ticket, sealed=one.secret)


def ref_of(one: Petition) -> str:
    """How papers and files name a petition."""
    return f"petition:{one.pk}"


def code_of(one: Petition) -> str:
    """Its line in the register, as it is printed; empty before that."""
    return f"{one.number}/{one.year}" if one.number else ""


def home(by: Grant, name: str) -> str:
    """The page of a petition."""
    return reverse("petitions_desk:petition", args=[name]) if _one(by, name) else ""


def _one(by: Grant, name: str) -> Petition | None:
    try:
        number = UUID(name)
    except ValueError:
        return None
    return visible.petitions(by).filter(pk=number).first()


def known(by: Grant, to: Subject, day: date) -> Mapping[str, Known]:
    """What the house knows of a petition or of the case that began with it, for a paper that is begun on a day."""
    one = _behind(by, to.ref)
    if one is None:
        return {}
    found = {"ngay_nhan": Known(written(one.received_on)), "hinh_thuc_nhan": Known(DOORS[one.door])}
    if date := stands(one, timezone.now()):
        found["han_tra_loi"] = Known(written(date.due.legal_day), _why(one.rule))
    if one.reason:
        found["ly_do"] = Known(one.reason.splitlines())
    found |= _of_sealed(to) if one.secret else _of_sender(reading.opened(one))
    found["noi_nhan"] = Known(_recipients(found, to))
    return found | (_of_case(one.case, day) | _of_team(by, one.case) if one.case else {})


def _behind(by: Grant, ref: str) -> Petition | None:
    kind, _sign, name = ref.partition(":")
    if kind == "petition":
        return _one(by, name)
    return visible.petitions(by).filter(case__code=name).select_related("case").first() if kind == "case" else None


def _of_sealed(to: Subject) -> dict[str, Known]:
    return {"nguoi_nhan": Known(f"người gửi đơn mang mã {to.code}", _("Danh tính người gửi được niêm phong."))}


def _of_sender(told: Content) -> dict[str, Known]:
    names = ", ".join(f"ông/bà {one.name}" for one in told.senders)
    places = "; ".join(dict.fromkeys(one.address for one in told.senders if one.address))
    found = {"tom_tat": told.subject, "nguoi_bi_khieu_nai": told.against, "dia_chi": places}
    found |= {"nguoi_khieu_nai": names, "nguoi_nhan": names or "người gửi đơn"}
    lines = {"noi_dung_khieu_nai": Known([line for line in told.text.splitlines() if line.strip()])}
    return {name: Known(value) for name, value in found.items() if value} | lines


def _recipients(found: Mapping[str, Known], to: Subject) -> list[str]:
    """To whom a paper goes: the sender, whoever it is against, and the body above the unit."""
    names = [str(found[name].value) for name in ("nguoi_nhan", "nguoi_bi_khieu_nai") if name in found]
    above = unit(to.province) if to.unit not in ("", to.province) else None
    lines = [*names, *([above.name] if above else [])]
    return [line[:1].upper() + line[1:] for line in dict.fromkeys(lines)]


def _of_case(case: Case, day: date) -> dict[str, Known]:
    course = case.course.partition("@")[0]
    accepted = Fact.objects.filter(case=case, act__regex=r"\.(accept|reopen)$").order_by("-revision").first()
    since = timezone.localdate(accepted.effective_at) if accepted else day
    found = {"ngay_thu_ly": Known(written(since))}
    if course in INSTANCES:
        found["lan_khieu_nai"] = Known(INSTANCES[course])
    due = _settled_by(case, SETTLING.get(course, ""), since)
    return found | ({"han_giai_quyet": due} if due else {}) | _of_protection(case)


def _of_protection(case: Case) -> dict[str, Known]:
    """On which of the law's grounds protection was ended, as its decision was approved; in the words of a paper."""
    last = Fact.objects.filter(case=case, act__endswith="denunciation.protect-end").order_by("-revision").first()
    return {"can_cu_cham_dut": Known(ON_PAPER[last.ground])} if last and last.ground else {}


def _of_team(by: Grant, case: Case) -> dict[str, Known]:
    """The team that verifies it, as a decision or an assignment writes it."""
    standing = team.members(by).filter(case=case, until__isnull=True)
    places = {True: "Tổ trưởng", False: "thành viên"}
    lines = [f"Ông/bà {one.person.full_name}, {places[one.head]}." for one in standing]
    return {"thanh_vien": Known(lines)} if lines else {}


def _settled_by(case: Case, clock: str, since: date) -> Known | None:
    """By when it has to be settled: as its clock runs, or as the clock would run for an ordinary matter."""
    running = case.clocks.filter(rule=clock).exclude(state="stopped").first()
    if running is not None:
        return Known(written(last_in(timezone.localtime(running.legal))), _why(clock))
    if not clock:
        return None
    ordinary = {name: each.default or next(iter(each.values)) for name, each in rule(clock).params.items()}
    try:
        due = deadline(clock, [Event("start", morning(since))], params=ordinary)
    except LawError:
        return None
    told = _("%(why)s Tính cho vụ việc bình thường, thụ lý ngày %(day)s.")
    return Known(written(due.legal_day), told % {"why": _why(clock), "day": written(since)})


def _why(clock: str) -> str:
    return _("Hạn theo luật: %(rule)s.") % {"rule": rule(clock).title.to((get_language() or "vi")[:2])}


def tell_by_paper(by: Grant, paper: Paper, at: datetime) -> None:
    """A signed notice: its number and day are put on record as that by which the sender was told."""
    one = _behind(by, paper.ref)
    named = notice_form(one) if one else ""
    if one is None or one.told_on or not named or paper.form != named:
        return
    one.told_on, one.told_by = timezone.localdate(at), document(paper)
    one.save(update_fields=["told_on", "told_by"])
    enter(by, subject=f"petition:{one.pk}", at=at, document=one.told_by)


def untell_by_recall(by: Grant, paper: Paper, at: datetime) -> None:
    """A notice that is recalled told nobody: its sender has to be told again, by the day that the law still says."""
    one = _behind(by, paper.ref)
    if one is None or not one.told_on or one.told_by != document(paper):
        return
    one.told_on, one.told_by = None, ""
    one.save(update_fields=["told_on", "told_by"])
    enter(by, subject=f"petition:{one.pk}", at=at, untold=document(paper))
