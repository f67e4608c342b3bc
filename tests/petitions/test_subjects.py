"""Papers of petitions: filled in with what the house knows, telling the sender by being signed, going along."""

import io
import json
import re
from datetime import timedelta

from django.test import Client

from hamrong.access.actors import Refusal, Target
from hamrong.access.walls import acting
from hamrong.cases.actions import transfers
from hamrong.cases.actions.approvals import approve, propose
from hamrong.cases.actions.steps import Told
from hamrong.cases.models import Case, Proposal, Transfer
from hamrong.kernel.seal import followup
from hamrong.papers import queries
from hamrong.papers.actions import attachments
from hamrong.papers.actions.drafting import Signature, draft, sign
from hamrong.papers.actions.recalling import recall
from hamrong.papers.catalog import fields, form, forms
from hamrong.papers.known import document
from hamrong.papers.models import Attachment, Paper, Recall
from hamrong.papers.subjects import known, subject
from hamrong.petitions.actions import codes
from hamrong.petitions.actions.intake import enter_register
from hamrong.petitions.actions.sorting import Sorted, sort_petition
from hamrong.petitions.models import Petition
from hamrong.petitions.owed import stands
from hamrong.petitions.rules import Facts, table
from hamrong.petitions.subjects import subject_of
from hamrong.petitions.told import Content, Sender
from tests.entrances import a_person, browser, browser_of
from tests.papers.forms import samples
from tests.papers.test_attachments import PDF, photo
from tests.petitions.senders import OTHER, SENDER, TEXT, WARD, entered, now, officer, sender, sent, today
from tests.sealed.room import an_officer, chief, holders
from tests.world import PROVINCE, actor, grant

OURS = Facts("signed", "ours")
SIGNATURE = Signature("Lê Văn Ký", "https://congan.example")
CANARY = "Trần Thị Chim Hoàng Yến"


def by(act: str, purpose: str, role: str = "ward-duty", ward: str = WARD):
    return grant(actor(role, ward), act, Target(ward=ward, province=PROVINCE), purpose=purpose)


def sorted_in(facts: Facts = OURS, reason: str = "", of: Petition | None = None, **changes) -> Petition:
    """A petition, or the one that was sent, entered and sorted."""
    row = enter_register(by=officer("petition.enter"), petition=of, at=now()) if of else entered(**changes)
    assert isinstance(row, Petition), row
    done = sort_petition(by=officer("petition.sort"), petition=row, found=Sorted(facts, reason), at=now())
    assert isinstance(done, Petition), done
    return done


def now_as(petition: Petition) -> Petition:
    with acting(officer("petition.read")):
        return Petition.objects.select_related("case").get(pk=petition.pk)


def ref_of(petition: Petition) -> tuple[str, str]:
    """(reference, purpose) of what the notice belongs to."""
    if petition.case is None:
        return f"petition:{petition.pk}", "petition"
    return f"case:{petition.case.code}", "denunciation" if petition.secret else "complaint"


def filled_in(petition: Petition) -> dict[str, str | list[str]]:
    ref, purpose = ref_of(petition)
    with acting(by("paper.draft", purpose)) as grant_of:
        to = subject(grant_of, ref)
        assert to is not None
        return {name: one.value for name, one in known(grant_of, to, today()).items()}


def noticed(petition: Petition, code: str) -> Paper:
    """A notice about it, drawn up with what is known, and signed."""
    ref, purpose = ref_of(petition)
    made = form(code)
    values = samples(made) | filled_in(petition)
    with acting(by("paper.draft", purpose)) as grant_of:
        to = subject(grant_of, ref)
        assert to is not None
        paper = draft(by=grant_of, to=to, form=made, values=values, at=now())
    assert isinstance(paper, Paper), paper
    who = chief().may("case.read").actor if petition.secret else actor("ward-chief", WARD)  # a key of what is sealed
    signing = grant(who, "paper.sign", Target(ward=WARD, province=PROVINCE), purpose=purpose)
    signed = sign(by=signing, paper=paper, revision=1, signature=SIGNATURE, at=now())
    assert isinstance(signed, Paper), signed
    return signed


def test_after_it_was_filed_its_page_says_so_and_offers_the_notice_of_that():
    holders()
    petition = now_as(sorted_in(kind="denunciation"))
    clerk, case = an_officer("ward-duty", key=False), petition.case
    page = browser_of(clerk.person).get(f"/don/{petition.pk}/").content.decode()
    assert "Thông báo thụ lý tố cáo" in page and "Lưu đơn" not in page
    told = Told(now(), "Đã gửi nơi có thẩm quyền", "")
    filing = propose(by=clerk.may("denunciation.file"), case=case, revision=case.revision, told=told, at=now())
    assert isinstance(filing, Proposal), filing
    done = approve(by=chief().may("denunciation.file.approve"), proposal=filing, at=now())
    assert isinstance(done, Case), done
    page = browser_of(clerk.person).get(f"/don/{petition.pk}/").content.decode()
    assert '<h2 id="ended">Lưu đơn</h2>' in page and "Khi phân loại: Thụ lý" in page
    assert (
        "Điều 25 Luật Tố cáo 25/2018/QH14" in page
        and "Đã gửi nơi có thẩm quyền" in page
        and chief().person.full_name in page
    )
    assert "Thông báo thụ lý tố cáo" not in page and "Thông báo xử lý đơn" in page
    paper = noticed(now_as(petition), "xu-ly-don")
    assert now_as(petition).told_by == document(paper)


def test_every_notice_that_the_law_wants_has_a_form_of_the_right_kind():
    for name, row in table().items():
        assert bool(row.form) == (row.notice != "none"), name
        if row.form:
            made = forms()[row.form]
            assert made.purpose in ("", row.kind) and made.sender and made.grounds_on(today()), name


def test_a_paper_of_a_complaint_begins_with_what_the_house_knows():
    row = sorted_in()
    found = filled_in(row)
    assert found["ngay_nhan"] == f"{row.received_on:%d/%m/%Y}" and found["lan_khieu_nai"] == "lần đầu"
    assert found["nguoi_khieu_nai"] == f"ông/bà {SENDER.name}" and found["dia_chi"] == SENDER.address
    assert found["tom_tat"] == "Biên bản xử phạt" and found["noi_dung_khieu_nai"] == [TEXT]
    assert found["nguoi_giai_quyet"] == "Trưởng Công an phường Hạc Thành" and found["dia_danh"]
    assert all(fields()[name].kind != "day" or len(str(value)) == 10 for name, value in found.items())
    assert {"han_giai_quyet", "ngay_thu_ly"} <= found.keys()


def test_a_signed_notice_is_that_by_which_the_sender_was_told():
    row = sorted_in()
    paper = noticed(row, "kn-thu-ly")
    told = now_as(row)
    assert told.told_on == today() and told.told_by == f"{paper.number:02d}/{paper.symbol}, {today():%d/%m/%Y}"
    assert noticed(row, "kn-thu-ly").number != paper.number and now_as(row).told_by == told.told_by


def test_a_notice_that_is_recalled_told_nobody_and_the_case_says_that_it_is_owed_again():
    row = sorted_in()
    paper = noticed(row, "kn-thu-ly")
    due = stands(row, now()).due
    chief_ = by("paper.recall", "complaint", "ward-chief")
    assert isinstance(recall(by=chief_, paper=paper, reason="Sai ngày.", replacement=None, at=now()), Recall)
    again = now_as(row)
    assert (again.told_on, again.told_by) == (None, "") and again.legal == due.legal
    page = browser_of(a_person("ward-duty", WARD)).get(f"/ho-so/{again.case_id}/").content.decode()
    assert "Phải báo lại người gửi" in page and f"{due.legal_day:%d/%m/%Y}" in page
    assert noticed(again, "kn-thu-ly").number and now_as(row).told_on == today()
    page = browser_of(a_person("ward-duty", WARD)).get(f"/ho-so/{again.case_id}/").content.decode()
    assert "Phải báo lại người gửi" not in page


def test_a_paper_begins_with_its_recipients():
    found = filled_in(sorted_in())
    assert found["noi_nhan"][0] == str(found["nguoi_nhan"])[:1].upper() + str(found["nguoi_nhan"])[1:]
    assert found["noi_nhan"][-1].startswith("Công an tỉnh")


def test_another_paper_tells_nobody(admin_connection):
    row = sorted_in()
    noticed(row, "kn-doi-thoai")
    assert now_as(row).told_on is None
    noticed(row, "kn-thu-ly")
    found = admin_connection.execute(
        "select count(*) from audit_entry where type = 'paper.sign' and subject = %s", [f"petition:{row.pk}"]
    ).fetchone()
    assert found == (1,)


def test_what_has_no_case_is_answered_on_a_paper_of_its_own():
    row = sorted_in(Facts("signed", "elsewhere"), "Chuyển cơ quan điều tra.", kind="crime_report")
    assert row.case is None and filled_in(row)["ly_do"] == ["Chuyển cơ quan điều tra."]
    paper = noticed(row, "xu-ly-don")
    assert now_as(row).told_by.startswith(f"{paper.number:02d}/")


def test_nothing_of_a_sealed_denouncer_gets_into_a_paper():
    holders(), chief()
    row = sorted_in(
        kind="denunciation",
        content=Content(f"Việc của {CANARY}", f"{CANARY} kể lại", CANARY,
                        senders=(Sender(CANARY, "038090999888", f"Nhà {CANARY}", "0988777666"),)),
    )  # fmt: skip
    found = filled_in(row)
    assert not {"nguoi_khieu_nai", "dia_chi", "tom_tat", "noi_dung_khieu_nai", "nguoi_bi_khieu_nai"} & found.keys()
    paper = noticed(row, "tc-thong-bao-thu-ly")
    written = json.dumps([found, queries.values(paper)], ensure_ascii=False) + str(queries.pdf(paper))
    assert not any(part in written for part in (CANARY, "Hoàng Yến", "038090999888", "0988777666"))
    assert "được niêm phong" not in written and str(found["nguoi_nhan"]).startswith("người gửi đơn mang mã TC-")
    assert now_as(row).told_on == today()


def duty(role: str = "ward-duty") -> Client:
    return browser_of(a_person(role, WARD, name="Trần Văn Trực"))


def test_from_the_page_of_a_petition_to_the_signed_notice():
    row, client = sorted_in(), duty()
    page = client.get(f"/don/{row.pk}/").content.decode()
    ref = f"case:{now_as(row).case.code}"
    link = re.search(rf'href="(/giay-to/{ref}/soan/kn-thu-ly\?purpose=complaint)"', page)
    assert link and "Giấy biên nhận đơn" in page and "Báo cho người gửi" in page
    form_page = client.get(link[1]).content.decode()
    assert SENDER.name in form_page and f'value="{row.received_on:%d/%m/%Y}"' in form_page
    assert "Hạn theo luật: Giải quyết khiếu nại lần đầu" in form_page
    made = form("kn-thu-ly")
    typed = samples(made) | filled_in(row)
    typed = {name: "\n".join(value) if isinstance(value, list) else value for name, value in typed.items()}
    saved = client.post(link[1], {**typed, "purpose": "complaint"})
    assert saved.status_code == 302, saved.content.decode()
    signer = duty("ward-chief")
    signer.post(saved["Location"].replace("/?", "/ky?"), {"purpose": "complaint", "revision": "1", "capacity": "head"})
    after = client.get(f"/don/{row.pk}/").content.decode()
    assert f"Đã báo người gửi ngày {today():%d/%m/%Y}" in after and "/TB-CAP" in after
    assert "soan/kn-thu-ly" not in after and 'name="document"' not in after
    back = client.get(f"/giay-to/petition:{row.pk}/?purpose=petition").content.decode()
    assert f'href="/don/{row.pk}/"' in back


def step(client: Client, case: Case, act: str, **told: str):
    page = client.get(f"/ho-so/{case.pk}/buoc/{act}").content.decode()
    revision = page.split('name="revision" value="')[1].split('"')[0]
    facts = {"revision": revision, "effective_on": f"{today():%d/%m/%Y}", "area_complexity": "normal"}
    return page, client.post(f"/ho-so/{case.pk}/buoc/{act}", {**facts, **told})


def test_a_step_that_needs_a_paper_is_not_taken_without_one():
    row, client = sorted_in(), duty()
    case = now_as(row).case
    assert "soan/kn-thu-ly" in client.get(f"/ho-so/{case.pk}/").content.decode()
    page, answer = step(client, case, "complaint.accept", document_number="12/TB", document_day="01/09/2026")
    assert "Việc này cần một văn bản đã ký" in page and "soan/kn-thu-ly" in page
    told = answer.content.decode()
    assert answer.status_code == 200 and "Chưa có thông báo thụ lý khiếu nại nào được ký" in told and "12/TB" in told
    _page, outside = step(client, case, "complaint.accept", paper="outside", document_number="")
    assert outside.status_code == 200 and "Hãy điền mục này" in outside.content.decode()


def test_a_day_due_other_than_the_clocks_is_shown_before_signing_and_the_clocks_own_may_be_over():
    row, client = sorted_in(), duty()
    case, made, later = now_as(row).case, form("kn-thu-ly"), now() + timedelta(days=400)
    outside = {"paper": "outside", "document_number": "12/TB", "document_day": f"{today():%d/%m/%Y}"}
    assert step(client, case, "complaint.accept", **outside)[1].status_code == 302
    own = filled_in(row)
    values = samples(made) | own
    with acting(by("paper.draft", "complaint")) as grant_of:
        to = subject(grant_of, f"case:{case.code}")
    late = draft(by=by("paper.draft", "complaint"), to=to, form=made, values=values, at=later)
    assert isinstance(late, Paper), late
    other = values | {"han_giai_quyet": "31/12/2099"}
    paper = draft(by=by("paper.draft", "complaint"), to=to, form=made, values=other, at=now())
    page = client.get(f"/giay-to/van-ban/{paper.pk}/?purpose=complaint").content.decode()
    assert f"31/12/2099 (theo hồ sơ: {own['han_giai_quyet']})" in page
    assert "theo hồ sơ" not in client.get(f"/giay-to/van-ban/{late.pk}/?purpose=complaint").content.decode()


def test_a_step_rests_on_the_paper_that_was_signed_here():
    row, client = sorted_in(), duty()
    case, paper = now_as(row).case, noticed(row, "kn-thu-ly")
    other = noticed(row, "kn-doi-thoai")
    page, answer = step(client, case, "complaint.accept", paper=str(paper.pk))
    assert "Việc này cần một văn bản" not in page and re.search(rf'value="{paper.pk}"[^>]*checked', page)
    assert f'value="{other.pk}"' in page and answer.status_code == 302
    with acting(officer("petition.read")):
        last = case.facts.order_by("-revision").first()
    assert last.document == f"{paper.number:02d}/{paper.symbol}, {today():%d/%m/%Y}"


def test_a_strangers_paper_is_no_ground_for_a_step():
    one, other, client = sorted_in(), sorted_in(), duty()
    foreign = noticed(other, "kn-thu-ly")
    _page, answer = step(client, now_as(one).case, "complaint.accept", paper=str(foreign.pk))
    assert answer.status_code == 200 and now_as(one).case.state == "received"


def with_a_file() -> tuple[Petition, str, Attachment]:
    """(a petition that was handed in, its code, the file that its sender added)."""
    petition, code = sent()
    added = attachments.add(
        by=sender(code, "attachment.hand-in"), to=subject_of(petition), file=io.BytesIO(photo()), name="ảnh.jpg",
        at=now(),
    )  # fmt: skip
    assert isinstance(added, Attachment), added
    return petition, code, added


def seen(ward: str, ref: str, purpose: str) -> tuple[int, int]:
    """How many papers and files of an object a unit sees."""
    with acting(by("paper.read", purpose, ward=ward)) as reading:
        return queries.of(reading, ref).count(), queries.attachments(reading, ref).count()


def test_papers_and_files_go_along_with_the_case():
    petition, _code, _file = with_a_file()
    row = sorted_in(of=petition)
    noticed(row, "kn-thu-ly")
    own, of_case = f"petition:{row.pk}", ref_of(row)[0]
    assert (seen(WARD, own, "petition"), seen(WARD, of_case, "complaint")) == ((0, 1), (1, 0))
    case = now_as(row).case
    offer = transfers.offer(
        by=officer("case.offer"), case=case, revision=case.revision, receiver=OTHER, reason="Nơi xảy ra", at=now()
    )
    assert isinstance(offer, Transfer), offer
    done = transfers.accept(by=officer("case.receive", OTHER, "ward-chief"), transfer=offer, at=now())
    assert isinstance(done, Case), done
    assert (seen(OTHER, own, "petition"), seen(OTHER, of_case, "complaint")) == ((0, 1), (1, 0))
    assert seen(WARD, own, "petition") == seen(WARD, of_case, "complaint") == (0, 0)


def test_files_go_along_with_the_senders_new_code():
    petition, old, kept = with_a_file()
    new = followup.new_code()
    assert codes.rotate(by=sender(old, "petition.follow"), old=old, new=new, at=now()) is None
    for code, found in ((new, [kept]), (old, [])):
        grant_of = sender(code, "attachment.hand-in")
        with acting(grant_of):
            assert list(queries.attachments(grant_of, f"petition:{petition.pk}")) == found


def test_an_officers_file_for_a_sealed_petition_wants_the_key():
    holders(), chief()
    petition, _code = sent(kind="denunciation")
    grant_of = by("attachment.add", "petition")
    answer = attachments.add(by=grant_of, to=subject_of(petition), file=io.BytesIO(PDF), name="a.pdf", at=now())
    assert isinstance(answer, Refusal) and "niêm phong" in answer.vi


def test_a_sender_sees_that_a_paper_was_recalled_and_recalls_go_along():
    petition, code = sent()
    row = sorted_in(of=petition)
    paper = noticed(row, "kn-thu-ly")
    done = recall(
        by=by("paper.recall", "complaint", "ward-chief"), paper=paper, reason="Sai ngày.", replacement=None, at=now()
    )
    assert isinstance(done, Recall), done
    page = browser().post("/theo-doi/", {"do": "open", "code": code}).content.decode()
    assert f"Đã bị thu hồi ngày {today():%d/%m/%Y}" in page
    case = now_as(row).case
    offer = transfers.offer(
        by=officer("case.offer"), case=case, revision=case.revision, receiver=OTHER, reason="Nơi xảy ra", at=now()
    )
    assert isinstance(offer, Transfer)
    transfers.accept(by=officer("case.receive", OTHER, "ward-chief"), transfer=offer, at=now())
    with acting(by("paper.read", "complaint", ward=OTHER)):
        assert Recall.objects.filter(pk=done.pk).exists()
