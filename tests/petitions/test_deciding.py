"""Nobody decides in a case with something sealed without a key of it: they could be denounced; and nothing is stuck."""

from dataclasses import replace
from functools import cache

import pytest
from django.db import DatabaseError, transaction

from hamrong.access.actors import Target
from hamrong.access.walls import acting
from hamrong.cases.actions import joining, transfers
from hamrong.cases.actions.approvals import approve, propose, refuse, withdraw
from hamrong.cases.actions.steps import Told
from hamrong.cases.models import Case, Fact, Proposal, Transfer
from hamrong.papers.actions.drafting import Signature, draft, sign
from hamrong.papers.actions.recalling import recall
from hamrong.papers.catalog import form
from hamrong.papers.models import Paper
from hamrong.papers.subjects import subject
from hamrong.petitions import deciding
from hamrong.petitions.actions import transferring
from hamrong.petitions.actions.sorting import Sorted, sort_petition
from hamrong.petitions.models import Petition
from hamrong.petitions.rules import Facts
from hamrong.sealed import queries
from hamrong.sealed.actions import lending, vouching
from hamrong.sealed.models import Hand, Report
from hamrong.sealed.rules import Against
from tests.entrances import browser_of
from tests.papers.forms import samples
from tests.petitions.senders import OTHER, WARD, entered, now, officer, today
from tests.sealed.room import PASSPHRASE, Officer, an_officer, chief, chief_of_province, holders_of, with_key
from tests.world import PROVINCE, grant

WHY = Told(now(), "Không nêu tên, không rõ nội dung")


def a_proposal(**changes) -> tuple[Case, Report, Proposal]:
    """(the case, its report, the proposal to file it) of a denunciation without name and clear content."""
    petition = entered(kind="denunciation", **changes)
    found = Sorted(Facts("unsigned", "ours", content="vague"), "Không rõ nội dung")
    row = sort_petition(by=officer("petition.sort"), petition=petition, found=found, at=now())
    assert isinstance(row, Petition), row
    with acting(chief_of_province("case.read")):
        case, report = Case.objects.get(pk=row.case_id), Report.objects.get(ticket=row.ticket)
    return case, report, proposed(case)


@cache
def duty() -> Officer:
    return an_officer("ward-duty", key=False)


def proposed(case: Case) -> Proposal:
    told = replace(WHY, effective_at=now())
    answer = propose(by=duty().may("denunciation.file"), case=case, revision=case.revision, told=told, at=now())
    assert isinstance(answer, Proposal), answer
    return answer


def approved(someone: Officer, proposal: Proposal):
    return approve(by=someone.may("denunciation.file.approve"), proposal=proposal, at=now())


def test_a_denounced_chief_neither_approves_nor_refuses_and_who_reads_it_does():
    denounced = an_officer()
    _case, _report, proposal = a_proposal(against=Against(frozenset({denounced.id})))
    assert approved(denounced, proposal) == deciding.KEYLESS
    no = refuse(by=denounced.may("denunciation.file.approve"), proposal=proposal, answer="Không", at=now())
    assert no == deciding.KEYLESS
    done = approved(chief(), proposal)
    assert isinstance(done, Case) and done.state == "filed"


def test_a_chief_without_any_key_is_told_to_make_one_and_decides_once_a_key_was_handed_over():
    _case, report, proposal = a_proposal()
    keyless = an_officer(key=False)
    assert approved(keyless, proposal) == deciding.NO_SEALING_KEY
    with_key(keyless)
    assert approved(keyless, proposal) == deciding.KEYLESS
    lending.lend(by=chief().may("sealed.hand"), report=report, ring=chief().ring(), people=[keyless.id], at=now())
    assert isinstance(approved(keyless, proposal), Case)


def test_the_database_takes_no_approval_from_somebody_without_a_key():
    case, _report, proposal = a_proposal()
    keyless = an_officer()
    with acting(keyless.may("denunciation.file.approve")), pytest.raises(DatabaseError, match="no key"), \
            transaction.atomic():  # fmt: skip
        Fact.objects.create(
            case=case, revision=case.revision + 1, act="denunciation.file", source="received", target="filed",
            effective_at=now(), recorded_at=now(), by=proposal.proposed_by, role="ward-duty", proposal=proposal,
            approved_by=f"person:{keyless.id}", approved_role="ward-chief", unit=case.unit, province=case.province,
        )  # fmt: skip


def test_joining_and_splitting_want_a_key_and_a_part_is_decided_with_the_key_of_the_whole():
    case, _report, proposal = a_proposal()
    other, _, waiting = a_proposal()
    keyless, told = an_officer(), Told(now(), "Cùng vụ việc")
    for one in (proposal, waiting):
        assert isinstance(
            refuse(by=chief().may("denunciation.file.approve"), proposal=one, answer="x", at=now()), Proposal
        )
    split = joining.split(by=keyless.may("case.split"), case=case, revision=case.revision, told=told, at=now())
    assert split == deciding.KEYLESS
    joined = joining.join(
        by=keyless.may("case.join"), case=other, revision=other.revision, into=case, told=told, at=now()
    )
    assert joined == deciding.KEYLESS
    part = joining.split(by=chief().may("case.split"), case=case, revision=case.revision, told=told, at=now())
    assert isinstance(part, Case), part
    proposal = proposed(part)
    assert approved(keyless, proposal) == deciding.KEYLESS and isinstance(approved(chief(), proposal), Case)


def test_a_paper_is_signed_and_recalled_with_a_key_only():
    case, _report, _proposal = a_proposal()
    keyless = an_officer()
    signature = Signature("Lê Văn Ký", "https://congan.example")

    def may(someone: Officer, act: str):
        target = Target(ward=WARD, province=PROVINCE)
        return grant(someone.may("case.read").actor, act, target, purpose="denunciation")

    by = may(keyless, "paper.draft")
    made = form("tc-khong-thu-ly")
    with acting(by):
        to = subject(by, f"case:{case.code}")
    paper = draft(by=by, to=to, form=made, values=samples(made), at=now())
    assert isinstance(paper, Paper), paper
    for someone, fits in ((keyless, False), (chief(), True)):
        done = sign(by=may(someone, "paper.sign"), paper=paper, revision=1, signature=signature, at=now())
        assert isinstance(done, Paper) if fits else done == deciding.KEYLESS
    recalled = recall(by=may(keyless, "paper.recall"), paper=paper, reason="Sai", replacement=None, at=now())
    assert recalled == deciding.KEYLESS


def test_the_pages_say_why_and_what_to_do():
    case, _report, proposal = a_proposal()
    keyless = an_officer()
    client = browser_of(keyless.person)
    told = client.get(f"/ho-so/de-xuat/{proposal.pk}/").content.decode()
    assert "Bạn chưa quyết định được đề xuất này" in told and 'value="approve"' not in told
    page = client.get(f"/ho-so/{case.pk}/").content.decode()
    assert "Bạn chưa quyết định được vụ việc này" in page and "giao khóa cho bạn" in page
    reading = browser_of(chief().person)
    assert 'value="approve"' in reading.get(f"/ho-so/de-xuat/{proposal.pk}/").content.decode()
    assert "chưa quyết định" not in reading.get(f"/ho-so/{case.pk}/").content.decode()
    refuse(by=chief().may("denunciation.file.approve"), proposal=proposal, answer="x", at=now())
    step = browser_of(duty().person).get(f"/ho-so/{case.pk}/buoc/denunciation.file").content.decode()
    assert f'value="person:{chief().id}"' in step and str(keyless.id) not in step


def unread(report: Report) -> None:
    """As if whoever read it had given the key up."""
    with acting(chief_of_province("sealed.hand")):
        Hand.objects.filter(report=report).exclude(key_id__in=report.shares.values("key_id")).delete()


def test_what_nobody_reads_any_more_goes_up_closed_and_is_decided_by_whom_a_holder_vouches_for():
    denounced, leader = an_officer("province-leader", PROVINCE), an_officer("province-leader", PROVINCE)
    case, report, proposal = a_proposal(against=Against(frozenset({denounced.id})))
    unread(report)
    assert approved(chief(), proposal) == deciding.UNREAD
    assert isinstance(withdraw(by=duty().may("case.withdraw"), proposal=proposal, at=now()), Proposal)
    client = browser_of(chief().person)
    address = f"/niem-phong/ho-so/{case.pk}/chuyen"
    page = client.get(address).content.decode()
    assert "vẫn đóng" in page and "password" not in page and f'value="{PROVINCE}" selected' in page
    told = {"receiver": PROVINCE, "reason": "Không còn ai có khóa", "revision": str(case.revision)}
    assert client.post(address, told).status_code == 302
    with acting(chief_of_province("case.read")):
        transfer = Transfer.objects.get(case=case)
    taken = transfers.accept(by=leader.may("case.receive"), transfer=transfer, at=now())
    assert isinstance(taken, Case) and taken.unit == PROVINCE
    with acting(chief_of_province("case.read")):
        report = Report.objects.get(pk=report.pk)
        assert report.ward == PROVINCE and report.moved_on == today() and queries.unread(report)
    clerk = an_officer("petition-officer", PROVINCE, key=False)
    again = propose(
        by=clerk.may("denunciation.file"), case=taken, revision=taken.revision, told=replace(WHY, effective_at=now()),
        at=now(),
    )  # fmt: skip
    assert isinstance(again, Proposal), again
    assert approved(leader, again) == deciding.UNREAD
    holder = holders_of(report)[0]
    pages = browser_of(holder.person)
    assert "không còn ai ở đơn vị đọc được" in pages.get("/niem-phong/de-nghi/").content.decode()
    assert pages.post("/niem-phong/khong-nguoi-doc/", {"password": PASSPHRASE}).status_code == 302
    assert approved(denounced, again) == deciding.UNREAD
    assert isinstance(approved(leader, again), Case)


def test_what_somebody_reads_goes_nowhere_closed_and_nobody_vouches_for_it():
    case, report, _proposal = a_proposal()
    offer = transferring.offer(
        by=chief().may("case.offer"), case=case, revision=case.revision, receiver=OTHER, reason="x",
        document="", ring=None, at=now(),
    )  # fmt: skip
    assert offer == transferring.ONLY_UP
    holder = holders_of(report)[0]
    assert vouching.vouch(by=holder.may("sealed.vouch"), report=report, ring=holder.ring(), at=now()) == vouching.READ
