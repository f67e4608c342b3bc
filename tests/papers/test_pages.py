"""Papers at the desk and at the public door, by their forms."""

import hashlib
import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from hamrong.access.walls import acting
from hamrong.accounts.models import Delegation
from hamrong.audit import logs
from hamrong.kernel import codes
from hamrong.kernel.proofs import notes
from hamrong.papers import queries
from hamrong.papers.catalog import fields, form, forms_of
from hamrong.papers.models import Paper
from hamrong.site import published
from tests.access.test_delegations import lent
from tests.entrances import a_person, browser, browser_of
from tests.papers.forms import TODAY, a_draft, complaint, denunciation, inside, officer, samples
from tests.papers.test_attachments import photo
from tests.papers.test_drafting import signed
from tests.petitions.way import WARD
from tests.plates.owners import sequencer
from tests.signer import KEYS, ORIGIN, signing

VKEY = str(notes.key_of(f"{ORIGIN}/audit", notes.ED25519, KEYS["log.audit"]))
OFFICER, CHIEF = "ward-duty", "ward-chief"
PURPOSE = "?purpose=complaint"


def text_of(response) -> str:
    return response.content.decode()


def someone(role=OFFICER, ward=WARD):
    return browser_of(a_person(role, ward, name="Trần Thị Chỉ Huy"))


def typed(code: str) -> dict[str, str]:
    """The samples of a form as people type them."""
    given = samples(form(code))
    return {name: "\n".join(value) if isinstance(value, list) else value for name, value in given.items()}


def paper_of(ref: str) -> Paper:
    by = officer("paper.read")
    return inside(by, lambda: queries.of(by, ref).first())


def test_from_a_form_to_a_signed_paper_that_anybody_can_check():
    to = complaint()[1]
    page = someone()
    here = f"/giay-to/{to.ref}/"
    shown = text_of(page.get(here + PURPOSE))
    assert "Chưa có văn bản nào" in shown and all(each.vi in shown for each in forms_of("complaint", TODAY))
    made = page.post(f"{here}soan/kn-thu-ly", {**typed("kn-thu-ly"), "purpose": "complaint"})
    assert made.status_code == 302
    read = text_of(page.get(made["Location"]))
    assert "bà Nguyễn Thị Khiếu" in read and "Ký và lấy số" not in read
    leader = someone(CHIEF)
    assert "Ký và lấy số" in text_of(leader.get(made["Location"]))
    paper = paper_of(to.ref)
    given = {"purpose": "complaint", "revision": paper.revision, "capacity": "deputy"}
    assert leader.post(f"/giay-to/van-ban/{paper.pk}/ky", given).status_code == 302
    done = text_of(leader.get(made["Location"]))
    assert "Đã ký, số" in done and f'href="/van-ban/{paper_of(to.ref).code}"' in done
    pdf = leader.get(f"/giay-to/van-ban/{paper.pk}/tai/pdf{PURPOSE}")
    assert pdf["Content-Type"] == "application/pdf" and pdf["Cache-Control"] == "no-store, private"
    signed_paper = paper_of(to.ref)
    assert hashlib.sha256(pdf.content).digest() == bytes(signed_paper.digest)
    assert browser().get(f"/r/{signed_paper.code}")["Location"] == f"/van-ban/{signed_paper.code}"
    public = browser().get(f"/van-ban/{signed_paper.code}")
    assert "Công an phường Hạc Thành" in text_of(public) and f"{signed_paper.number:02d}/TB-CAP" in text_of(public)
    assert "Nguyễn" not in text_of(public) and "khiếu nại" not in text_of(public).lower()


def test_who_signs_in_the_heads_place_is_told_by_which_writing_and_it_is_on_record(admin_connection):
    head, stand_in = a_person(CHIEF, WARD), a_person(OFFICER, WARD)
    assert isinstance(lent(head, stand_in), Delegation)
    client, paper = browser_of(stand_in), a_draft(complaint()[1])
    here = f"/giay-to/van-ban/{paper.pk}/"
    page = text_of(client.get(here + PURPOSE))
    assert head.full_name in page and "theo 15/GUQ-CAP" in page and 'name="title"' in page
    given = {"purpose": "complaint", "revision": paper.revision}
    assert "Hãy ghi chức vụ" in text_of(client.post(f"{here}ky", given, follow=True))
    assert client.post(f"{here}ky", {**given, "title": "Đội trưởng"}).status_code == 302
    assert paper_of(paper.ref).state == "signed"
    entries = "(select id from audit_entry where type = 'paper.sign' and subject = %s)"
    asked = f"select details from audit_detail where entry_id in {entries}"
    told = admin_connection.execute(asked, [f"paper:{paper.pk}"]).fetchall()
    assert len(told) == 1 and "15/GUQ-CAP" in told[0][0] and str(head.pk) in told[0][0]


def test_a_page_that_is_older_than_the_choice_of_capacity_signs_nothing():
    paper = a_draft(complaint()[1])
    given = {"purpose": "complaint", "revision": paper.revision, "deputy": "yes"}
    answer = someone(CHIEF).post(f"/giay-to/van-ban/{paper.pk}/ky", given, follow=True)
    assert "Hãy chọn bạn ký với tư cách nào" in text_of(answer) and paper_of(paper.ref).state == "draft"


def test_what_was_typed_is_kept_where_something_is_missing():
    to = complaint()[1]
    given = {**typed("kn-thu-ly"), "nguoi_khieu_nai": "", "ngay_nhan": "31/02/2026", "purpose": "complaint"}
    answer = someone().post(f"/giay-to/{to.ref}/soan/kn-thu-ly", given)
    shown = text_of(answer)
    assert answer.status_code == 200 and "Hãy điền mục này." in shown and "Không có ngày này" in shown
    assert given["tom_tat"] in shown and "31/02/2026" in shown and paper_of(to.ref) is None


def test_an_officer_says_why_a_field_does_not_apply_and_whoever_signs_reads_it():
    to, page, why = complaint()[1], someone(), "khong-ap-dung-nguoi_de_nghi"
    there, reason = f"/giay-to/{to.ref}/soan/kn-tam-dinh-chi", "Trưởng Công an phường tự quyết định"
    shown = text_of(page.get(there + PURPOSE))
    assert f'name="{why}"' in shown and 'name="khong-ap-dung-ly_do"' not in shown
    assert '<details class="details">' in shown
    given = {**typed("kn-tam-dinh-chi"), "purpose": "complaint"}
    wrong = [
        ("", "  ", "hoặc ghi vì sao"),
        ("", "- .", "bằng lời vì sao “Người đề nghị” không"),
        ("Đội 1", reason, "một trong hai"),
    ]
    for filled, said, problem in wrong:
        shown = text_of(page.post(there, {**given, "nguoi_de_nghi": filled, why: said}))
        assert problem in shown and given["ly_do"] in shown and paper_of(to.ref) is None
        assert '<details class="details" open' in shown and filled in shown and said.strip() in shown
    made = page.post(there, {**given, "nguoi_de_nghi": "", why: reason})
    assert made.status_code == 302
    assert reason in text_of(page.get(f"{made['Location'].partition('?')[0]}sua{PURPOSE}"))
    leader = text_of(someone(CHIEF).get(made["Location"]))
    assert leader.index(reason) < leader.index("Ký và lấy số") and "Văn bản bỏ câu nói về mục này." in leader
    english = browser_of(a_person(CHIEF, WARD), HTTP_ACCEPT_LANGUAGE="en").get(made["Location"])
    assert "Fields that do not apply" in text_of(english) and reason in text_of(english)


def test_a_day_due_that_has_passed_is_refused_with_what_was_typed():
    to = complaint()[1]
    page, given = someone(), {**typed("kn-thu-ly"), "purpose": "complaint"}
    shown = text_of(page.post(f"/giay-to/{to.ref}/soan/kn-thu-ly", {**given, "han_giai_quyet": "01/01/1999"}))
    assert "Hạn giải quyết: 01/01/1999 trước ngày của văn bản" in shown and given["tom_tat"] in shown
    assert paper_of(to.ref) is None


@pytest.mark.parametrize("code", [made.code for made in forms_of("complaint", TODAY)])
def test_every_form_of_complaints_can_be_filled_in_at_the_desk(code):
    to = complaint()[1]
    page = someone()
    shown = text_of(page.get(f"/giay-to/{to.ref}/soan/{code}{PURPOSE}"))
    assert all(fields()[name].vi in shown for name in typed(code))
    made = page.post(f"/giay-to/{to.ref}/soan/{code}", {**typed(code), "purpose": "complaint"})
    assert made.status_code == 302 and page.get(made["Location"]).status_code == 200


def test_a_draft_is_changed_taken_as_word_and_given_up():
    to = complaint()[1]
    paper, page = a_draft(to), someone()
    here = f"/giay-to/van-ban/{paper.pk}/"
    assert 'value="24/11/2026"' in text_of(page.get(f"{here}sua{PURPOSE}"))
    given = {**typed("kn-thu-ly"), "tom_tat": "việc khác", "purpose": "complaint", "revision": 1}
    assert page.post(f"{here}sua", given).status_code == 302
    assert "vừa được người khác sửa" in text_of(page.post(f"{here}sua", given))
    word = page.get(f"{here}tai/docx{PURPOSE}")
    assert any("việc khác" in each.text for each in Document(BytesIO(word.content)).paragraphs)
    assert page.get(f"{here}tai/pdf{PURPOSE}").content.startswith(b"%PDF")
    assert page.post(f"{here}sua", {"do": "discard", "revision": 2, "purpose": "complaint"}).status_code == 302
    assert page.get(here + PURPOSE).status_code == 404


def test_who_may_not_sign_is_refused_and_a_paper_that_changed_meanwhile_is_not_signed():
    paper = a_draft(complaint()[1])
    here = f"/giay-to/van-ban/{paper.pk}/ky"
    assert someone().post(here, {"purpose": "complaint", "revision": 1}).status_code == 403
    someone(CHIEF).post(here, {"purpose": "complaint", "revision": 7, "capacity": "head"})
    assert paper_of(paper.ref).state == "draft"


def test_who_opens_a_paper_without_saying_what_for_is_asked_and_then_sees_it():
    paper, page = a_draft(complaint()[1]), someone()
    for there in (f"/giay-to/{paper.ref}/", f"/giay-to/van-ban/{paper.pk}/"):
        asked = page.get(there, {"kept": "1"})
        shown = text_of(asked)
        assert asked.status_code == 403 and 'name="purpose" value="complaint"' in shown
        assert '<input type="hidden" name="kept" value="1">' in shown and 'name="case_ref"' not in shown
        assert page.get(f"{there}?kept=1&purpose=complaint").status_code == 200
    assert page.post(f"/giay-to/van-ban/{paper.pk}/sua", {}).status_code == 403


def test_who_opens_it_for_another_purpose_than_its_own_chooses_again_and_then_sees_it():
    to, page = complaint()[1], someone()
    paper = a_draft(to)
    page.post(f"/giay-to/{to.ref}/tep", {"file": SimpleUploadedFile("a.jpg", photo()), "purpose": "complaint"})
    file = inside(officer("attachment.read"), lambda: queries.attachments(officer("attachment.read"), to.ref).get())
    for there in (f"/giay-to/{to.ref}/", f"/giay-to/{to.ref}/soan/kn-thu-ly", f"/giay-to/van-ban/{paper.pk}/",
                  f"/giay-to/van-ban/{paper.pk}/tai/pdf", f"/giay-to/tep/{file.pk}/"):  # fmt: skip
        asked = page.get(f"{there}?purpose=denunciation")
        assert asked.status_code == 403 and "thuộc việc khác với mục đích đã chọn" in text_of(asked), there
        assert 'name="purpose" value="complaint"' in text_of(asked)
        unknown = text_of(page.get(f"{there}?purpose=curiosity"))
        assert "mục đích ghi trong địa chỉ" in unknown and 'name="purpose" value="complaint"' in unknown, there
        assert page.get(f"{there}?purpose=complaint").status_code == 200
    assert someone(ward="14812").get(f"/giay-to/{to.ref}/?purpose=denunciation").status_code == 404
    assert "thuộc việc khác" in text_of(page.post(f"/giay-to/van-ban/{paper.pk}/sua", {"purpose": "denunciation"}))


def test_a_strangers_object_paper_and_file_are_not_there():
    to = complaint()[1]
    paper, other = a_draft(to), someone(ward="14812")
    for address in (f"/giay-to/{to.ref}/", f"/giay-to/van-ban/{paper.pk}/", f"/giay-to/{to.ref}/soan/kn-thu-ly",
                    "/giay-to/unknown:1/", f"/giay-to/van-ban/{paper.pk}/tai/pdf"):  # fmt: skip
        assert other.get(address + PURPOSE).status_code == 404, address
    assert someone().get(f"/giay-to/{to.ref}/soan/no-form{PURPOSE}").status_code == 404


def test_a_picture_is_added_and_taken_clean_by_an_officer_and_whole_by_a_chief():
    to = complaint()[1]
    page = someone()
    given = {"file": SimpleUploadedFile("ảnh nhà.jpg", photo()), "purpose": "complaint"}
    assert page.post(f"/giay-to/{to.ref}/tep", given).status_code == 302
    shown = text_of(page.get(f"/giay-to/{to.ref}/{PURPOSE}"))
    assert "ảnh nhà.jpg" in shown and "đã xóa dữ liệu ẩn" in shown
    link = re.search(r"/giay-to/tep/[0-9a-f-]{36}/", shown)[0]
    got = page.get(link + PURPOSE)
    assert got["Content-Disposition"].startswith("attachment;") and got["Content-Type"] == "image/jpeg"
    assert b"CANARY" not in b"".join(got.streaming_content)
    assert page.get(f"{link}goc{PURPOSE}").status_code == 403
    told = {"file": SimpleUploadedFile("hoa-don.bat", b"@echo off"), "purpose": "complaint"}
    page.post(f"/giay-to/{to.ref}/tep", told)
    links = re.findall(
        r"/giay-to/tep/[0-9a-f-]{36}/(?=[^>]*>hoa-don.bat)", text_of(page.get(f"/giay-to/{to.ref}/{PURPOSE}"))
    )
    assert 'filename="hoa-don.bat.txt"' in page.get(links[0] + PURPOSE)["Content-Disposition"]
    assert b"".join(someone(CHIEF).get(f"{link}goc{PURPOSE}").streaming_content) == photo()
    bad = page.post(
        f"/giay-to/{to.ref}/tep", {"file": SimpleUploadedFile("a.jpg", b"MZ\0"), "purpose": "complaint"}, follow=True
    )
    assert "Không nhận loại tệp này" in text_of(bad)
    none = page.post(f"/giay-to/{to.ref}/tep", {"purpose": "complaint"}, follow=True)
    assert "Chọn một tệp." in text_of(none)


def test_a_pdf_is_compared_with_what_was_signed():
    paper = signed(a_draft(denunciation(), "tc-khong-thu-ly"))
    pdf, here = queries.pdf(paper), f"/van-ban/{paper.code}"
    same = browser().post(here, {"file": SimpleUploadedFile("a.pdf", pdf)})
    assert "Tệp đúng là bản đã ký" in text_of(same)
    other = browser().post(here, {"file": SimpleUploadedFile("a.pdf", pdf + b" ")})
    assert "Tệp khác với bản đã ký" in text_of(other)
    assert "Văn bản có thật" not in text_of(other)  # a heading that says so would be read before the warning
    assert "Chọn một tệp." in text_of(browser().post(here, {}))
    assert "tố cáo" not in text_of(browser().get(here)).lower()


def test_anybody_proves_a_paper_without_us_and_learns_nothing_of_what_it_says(tmp_path):
    paper = signed(a_draft(denunciation(), "tc-khong-thu-ly"))
    here = f"/van-ban/{paper.code}"
    assert "chưa có trong dấu ký nào" in text_of(browser().get(here))
    assert browser().get(f"{here}/muc").status_code == 404
    with acting(sequencer("log.sequence")):
        while logs.sequence():
            pass
        logs.certify(logs.RECORD, signing(), datetime.now(UTC))
    with CaptureQueriesContext(connection) as asked:
        page = text_of(browser().get(here))
    assert not any("audit_node" in each["sql"] for each in asked), "whoever looks at the page has no proof made"
    assert f'href="{here}/muc"' in page and f'href="{here}/chung-minh"' in page
    told, proof = (browser().get(f"{here}/{part}").content for part in ("muc", "chung-minh"))
    entry = json.loads(told)
    assert entry["subject"] == f"van-ban:{paper.code}:{hashlib.sha256(queries.pdf(paper)).hexdigest()}"
    assert (entry["actor"], entry["unit"], entry["purpose"]) == ("system:papers", "", "public-service")
    for name, content in (("proof", proof), ("entry", told), ("keys", VKEY.encode())):
        (tmp_path / name).write_bytes(content)
    command = [
        sys.executable, "-I", published.source("hamrong_verify.py"), "inclusion", tmp_path / "proof",
        "--entry", tmp_path / "entry", "--keys", tmp_path / "keys",
    ]  # fmt: skip
    assert subprocess.run(command, capture_output=True, text=True, check=False).stdout.startswith("intact")
    assert browser().get(f"{here}/khac").status_code == 404
    assert browser().get(f"/van-ban/{codes.new_code('VB')}/muc").status_code == 404


@pytest.mark.parametrize("code", ["VB-0000-0000-0000-0000", "abc", "VB", "<script>", "x" * 300, "%00"])
def test_an_unknown_code_is_explained(code):
    answer = browser().get(f"/van-ban/{code}")
    assert answer.status_code == 404 and 'name="code"' in text_of(answer) and "<script>alert" not in text_of(answer)


def test_a_code_is_typed_in_as_people_type_it():
    code = signed(a_draft(complaint()[1])).code
    typed_in = browser().get("/van-ban/", {"code": f" {code.lower().replace('-', ' ')} "})
    assert typed_in["Location"] == f"/van-ban/{code}"
    assert "chưa có văn bản nào" in text_of(browser().get("/van-ban/", {"code": codes.new_code("VB")}, follow=True))
    assert browser().get("/van-ban/", {"code": "../x"}, follow=True).status_code == 404
