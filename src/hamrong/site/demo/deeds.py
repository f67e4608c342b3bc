"""Deeds of the demo's petitions that have to do with papers, sealed identities and emergencies, by the real actions."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone

from hamrong.access.actors import Actor, Grant, Holding, Target
from hamrong.access.decisions import decide
from hamrong.access.walls import acting
from hamrong.accounts.models import Person
from hamrong.cases.actions import emergencies
from hamrong.cases.models import Case, Emergency
from hamrong.org.queries import commune_units
from hamrong.papers import catalog, subjects
from hamrong.papers.actions import drafting
from hamrong.papers.actions.drafting import Signature
from hamrong.papers.printing import can_print
from hamrong.sealed.actions import keys, opening
from hamrong.sealed.actions.opening import Asked
from hamrong.sealed.models import Report, Share
from hamrong.sealed.rings import Ring
from hamrong.site.demo.people import FOLLOWED, PASSPHRASE, PEOPLE
from hamrong.site.demo.stage import CHAIN, Life, Stage, done, province_grant
from hamrong.site.supervisor import address

SAID: Final = {
    "nguoi_de_nghi": "cán bộ được giao xác minh", "ket_qua_doi_thoai": "các bên giữ nguyên ý kiến",
    "ket_qua_xac_minh": ["Đã đối chiếu biên bản, sổ trực và lời trình bày của hai bên."],
    "ket_luan": ["Nội dung khiếu nại có cơ sở để xem xét."],
    "noi_dung_quyet_dinh": ["Giao đơn vị sửa lại biên bản và thông báo cho người khiếu nại."],
    "dia_chi": "tỉnh Thanh Hóa", "nguoi_bi_khieu_nai": "đơn vị đã lập biên bản",
}  # fmt: skip
"""What a demo paper says where the house knows nothing better."""

FORMS: Final = {"complaint.decide": "kn-quyet-dinh", "second-complaint.accept": "kn-thu-ly"}
REASON: Final = "Gặp người tố cáo để làm rõ thời điểm xảy ra sự việc"
GROUND: Final = "Luật Tố cáo số 25/2018/QH14, Điều 56; kế hoạch xác minh của tổ"


def sign(stage: Stage, life: Life, case: Case, at: datetime) -> None:
    """The paper of the step that was taken last: drawn up with what is known, signed by the unit's leader."""
    if not can_print():
        return
    with acting(province_grant("case.read")):
        made = catalog.form(FORMS[case.facts.order_by("-revision")[0].act])
    ref, purpose = f"case:{case.code}", made.purpose
    by = stage.may("paper.draft", "officer", case.unit, purpose=purpose)
    with acting(by):
        to = subjects.subject(by, ref)
        assert to is not None, ref
        known = {name: one.value for name, one in subjects.known(by, to, timezone.localdate(at)).items()}
    samples = {name: catalog.fields()[name].sample for name in drafting.asked(made)}
    paper = done(drafting.draft(by=by, to=to, form=made, values={**samples, **SAID, **known}, at=at))
    leader = stage.may("paper.sign", "leader", case.unit, purpose=purpose)
    name = Person.objects.get(pk=leader.actor.ref.partition(":")[2]).full_name
    signature = Signature(name, address(settings.ENVIRONMENT))
    done(drafting.sign(by=leader, paper=paper, revision=1, signature=signature, at=at))


def open_identity(stage: Stage, life: Life, case: Case, at: datetime) -> None:
    """The identity behind the one code that is told: asked for by the handler, released by two holders, opened once."""
    if life.code != FOLLOWED or life.petition is None:
        return
    with acting(province_grant("case.read")):
        report = Report.objects.get(ticket=life.petition.ticket)
        held = set(Share.objects.filter(report=report).values_list("key__person__username", flat=True))
    holders = [one.username for one in PEOPLE if one.username in held][: report.needed]
    handler = next((one for one in PEOPLE if (one.role, one.scope) == ("ward-chief", case.unit)), None)
    if handler is None or len(holders) < report.needed:
        return  # the lot fell on holders whom the demo did not make
    chief = _own(handler.username, "sealed.request", at)
    asked = Asked(REASON, GROUND, timezone.localdate(at) + timedelta(days=10))
    request = done(opening.ask(by=chief[0], report=report, ring=chief[1], asked=asked, at=at))
    for username in holders:
        by, ring = _own(username, "sealed.answer", at)
        done(opening.release(by=by, request=request, ring=ring, at=at))
    by = _grant(handler.username, "sealed.open")
    done(opening.open_identity(by=by, request=request, ring=chief[1], at=at))


def _own(username: str, act: str, at: datetime) -> tuple[Grant, Ring]:
    """The grant of one of the demo's people, and their opened key."""
    by = _grant(username, act)
    return by, done(keys.unlock(by=by, passphrase=PASSPHRASE, at=at))


def _grant(username: str, act: str) -> Grant:
    one = next(one for one in PEOPLE if one.username == username)
    return _of(Person.objects.get(username=username), one.role, one.scope, act)


def _of(person: Person, role: str, scope: str, act: str, purpose: str = "", case_ref: str = "") -> Grant:
    actor = Actor(f"person:{person.pk}", "demo", CHAIN, (Holding(role, scope),), strong=True)
    province = settings.HAMRONG_PROVINCE
    ward = "" if scope == province else scope
    return done(decide(actor, act, Target(ward=ward, province=province), purpose=purpose, case_ref=case_ref))


def break_glass(stage: Stage, life: Life, case: Case, at: datetime) -> None:
    """The duty officer of another commune opens the case in an emergency."""
    other = next(unit.code for unit in commune_units(timezone.localdate(at)) if unit.code != case.unit)
    by = stage.may("emergency.open", "officer", other, purpose="emergency", case_ref=case.code)
    reason = "Người gửi đơn gọi báo đang bị đe dọa tại nơi tạm trú, cần địa chỉ để đến ngay"
    done(emergencies.open_case(by=by, code=case.code, ground="life", reason=reason, at=at))


def judge(stage: Stage, life: Life, case: Case, at: datetime) -> None:
    """The inspector finds that it was justified."""
    by = _grant("thanhtra.tinh", "emergency.review")
    with acting(by):
        one = Emergency.objects.get(case=case, found="")
    answer = "Đã đối chiếu với sổ trực: có tin báo và tổ công tác đã đến trong 20 phút."
    done(emergencies.review(by=by, emergency=one, found="justified", answer=answer, at=at))
