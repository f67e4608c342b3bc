"""From a draft to a signed paper: numbers without gaps, a seal that holds, and what the database keeps."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import psycopg
import pytest
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import DatabaseError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from hamrong.access.actors import Grant, Holding, Refusal
from hamrong.access.walls import acting
from hamrong.cases.actions import transfers
from hamrong.kernel import codes
from hamrong.papers import pades, queries, signing
from hamrong.papers.actions import attachments
from hamrong.papers.actions.drafting import Signature, change, discard, draft, preview, sign
from hamrong.papers.catalog import form
from hamrong.papers.models import Paper
from hamrong.papers.printing import text_of
from hamrong.petitions.complaints import FIRST
from tests.papers.forms import (
    NOON,
    TODAY,
    a_draft,
    chief,
    complaint,
    denunciation,
    found,
    inside,
    listed,
    officer,
    samples,
)
from tests.petitions.way import WARD, brought_to

SIGNATURE = Signature("Lê Văn Ký", "https://congan.example", capacity="deputy")


def signed(paper: Paper, at=NOON) -> Paper:
    done = sign(
        by=chief("paper.sign", purpose=paper.purpose), paper=paper, revision=paper.revision, signature=SIGNATURE, at=at
    )
    assert isinstance(done, Paper), done
    return done


def pdf(paper: Paper) -> bytes:
    return queries.pdf(paper)


def test_a_draft_shows_what_was_filled_in_and_leaves_number_and_day_empty():
    paper = a_draft(complaint()[1])
    told = text_of(preview(paper, TODAY))
    assert "bà Nguyễn Thị Khiếu" in told and "Công an phường Hạc Thành nhận được đơn" in told
    assert "Số: " + "\u00a0" * 6 + "/TB-CAP" in told and "26 tháng 11" not in told and "Lê Văn Ký" not in told


def test_a_draft_lacks_nothing_that_its_form_needs():
    to = complaint()[1]
    made = form("kn-thu-ly")
    for name in samples(made):
        answer = draft(by=officer("paper.draft"), to=to, form=made, values={**samples(made), name: ""}, at=NOON)
        assert isinstance(answer, Refusal) and answer.reason == "invalid", name


REASON = "Trưởng Công an phường tự quyết định, không có đơn vị nào đề nghị."
PAUSE = form("kn-tam-dinh-chi")


def without(*names: str) -> dict[str, object]:
    return {name: value for name, value in samples(PAUSE).items() if name not in names}


def test_a_required_field_that_does_not_apply_is_left_out_for_a_reason_that_is_kept_with_the_paper(admin_connection):
    to, by = complaint()[1], officer("paper.draft")
    paper = draft(by=by, to=to, form=PAUSE, values=without("nguoi_de_nghi"), absent={"nguoi_de_nghi": REASON}, at=NOON)
    assert isinstance(paper, Paper), paper
    assert queries.absent(paper) == {"nguoi_de_nghi": REASON} and "absent" not in queries.values(paper)
    assert "Xét đề nghị" not in text_of(preview(paper, TODAY))
    both = change(by=by, paper=paper, revision=1, values=samples(PAUSE), at=NOON)
    assert isinstance(both, Paper) and queries.absent(both) == {}
    assert "Xét đề nghị của Trưởng phòng Thanh tra" in text_of(preview(both, TODAY))
    absent = {"nguoi_de_nghi": REASON}
    paper = change(by=by, paper=both, revision=2, values=without("nguoi_de_nghi"), absent=absent, at=NOON)
    assert isinstance(paper, Paper)
    done = signed(paper)
    told = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf(done))).pages)
    assert "Xét đề nghị" not in told and queries.absent(done) == absent
    asked = """select d.details::jsonb -> 'absent' ->> 0 from audit_entry e join audit_detail d on d.entry_id = e.id
               where e.subject = %s order by e.stream_seq"""
    named = [row[0] for row in admin_connection.execute(asked, [f"paper:{done.pk}"]).fetchall()]
    assert named == ["nguoi_de_nghi", None, "nguoi_de_nghi", "nguoi_de_nghi"]


@pytest.mark.parametrize(
    ("values", "absent", "said"),
    [
        (without("ly_do"), {"ly_do": REASON}, "quyết định, lý do"),
        (without("nguoi_khieu_nai"), {"nguoi_khieu_nai": REASON}, "văn bản phải nói về ai"),
        (without("nguoi_de_nghi"), {"nguoi_de_nghi": " - "}, "bằng lời"),
        (without(), {"nguoi_de_nghi": REASON}, "xóa một trong hai"),
        (without("nguoi_de_nghi"), {"tai_lieu": REASON}, "không được ghi là không áp dụng"),
        (without("nguoi_de_nghi"), {}, "Hãy điền: Người đề nghị."),
    ],
)
def test_what_the_law_demands_cannot_be_said_not_to_apply_and_nothing_without_a_reason(values, absent, said):
    answer = draft(by=officer("paper.draft"), to=complaint()[1], form=PAUSE, values=values, absent=absent, at=NOON)
    assert isinstance(answer, Refusal) and said in answer.vi, answer


def test_a_form_of_another_kind_or_of_another_time_is_refused():
    to = complaint()[1]
    for code, at in (("tc-thu-ly", NOON), ("kn-thu-ly", NOON.replace(year=2019))):
        made = form(code)
        answer = draft(by=officer("paper.draft"), to=to, form=made, values=samples(made), at=at)
        assert isinstance(answer, Refusal), code


def test_a_day_due_lies_ahead_when_a_paper_is_drawn_up_changed_and_signed():
    to, made, past = complaint()[1], form("kn-thu-ly"), {"han_giai_quyet": f"{NOON - timedelta(days=1):%d/%m/%Y}"}
    by, values = officer("paper.draft"), samples(made)
    assert isinstance(draft(by=by, to=to, form=made, values=values | past, at=NOON), Refusal)
    paper = draft(by=by, to=to, form=made, values=values | {"han_giai_quyet": f"{NOON:%d/%m/%Y}"}, at=NOON)
    assert isinstance(paper, Paper), paper
    assert isinstance(change(by=by, paper=paper, revision=1, values=values | past, at=NOON), Refusal)
    leader, later = chief("paper.sign"), NOON + timedelta(days=1)
    answer = sign(by=leader, paper=paper, revision=1, signature=SIGNATURE, at=later)
    assert isinstance(answer, Refusal) and "trước ngày của văn bản" in answer.vi
    assert isinstance(sign(by=leader, paper=paper, revision=1, signature=SIGNATURE, at=NOON), Paper)


def test_of_two_who_change_a_draft_the_second_is_told():
    paper = a_draft(complaint()[1])
    values = samples(form(paper.form))
    first = change(
        by=officer("paper.draft"), paper=paper, revision=1, values={**values, "tom_tat": "việc mới"}, at=NOON
    )
    second = change(by=officer("paper.draft"), paper=paper, revision=1, values=values, at=NOON)
    assert isinstance(first, Paper) and isinstance(second, Refusal) and second.reason == "conflict"
    assert "việc mới" in text_of(preview(first, TODAY))


def in_place_of(lender: str) -> Grant:
    """A duty officer who signs in the chief's place."""
    lent, own = Holding("ward-chief", WARD, lender), Holding("ward-duty", WARD)
    by = chief("paper.sign")
    who = replace(by.actor, ref="person:01a21aaa-f5f5-72eb-8f19-649f33e7c428", holdings=(own, lent))
    return replace(by, actor=who, holding=lent)


LENDER = "person:01a21aaa-f5f5-72eb-8f19-649f33e7c427"
GOLDEN = [
    ("head", "", ["TRƯỞNG", "Lê Văn Ký"]),
    ("acting", "", ["Q. TRƯỞNG", "Lê Văn Ký"]),
    ("deputy", "", ["KT. TRƯỞNG", "PHÓ TRƯỞNG", "Lê Văn Ký"]),
    ("head", "Đội trưởng  Đội tổng hợp ", ["TUQ. TRƯỞNG", "ĐỘI TRƯỞNG ĐỘI TỔNG HỢP", "Lê Văn Ký"]),
]


@pytest.mark.parametrize(("capacity", "title", "block"), GOLDEN)
def test_the_block_above_a_signature_says_who_signs_for_whom(capacity, title, block):
    """Decree 30/2020/NĐ-CP art. 13, annex I part II, component 7: golden text of the printed paper."""
    by = in_place_of(LENDER) if title else chief("paper.sign")
    signature = Signature("Lê Văn Ký", "https://congan.example", capacity, title)
    paper = sign(by=by, paper=a_draft(complaint()[1]), revision=1, signature=signature, at=NOON)
    assert isinstance(paper, Paper), paper
    pages = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf(paper))).pages)
    lines = [line.strip() for line in pages.split("\n") if line.strip()]
    at = lines.index(block[-1])
    assert lines[at - len(block) + 1 : at + 1] == block
    assert sum(line.isupper() and "TRƯỞNG" in line for line in lines) == len(block) - 1, lines


def test_whoever_signs_in_the_heads_place_gives_a_title_of_their_own():
    paper, signature = a_draft(complaint()[1]), Signature("Lê Văn Ký", "https://congan.example", title=" ")
    answer = sign(by=in_place_of(LENDER), paper=paper, revision=1, signature=signature, at=NOON)
    assert isinstance(answer, Refusal) and "chức vụ" in answer.vi


def test_a_signed_paper_bears_number_day_name_and_the_place_to_check_it():
    paper = signed(a_draft(complaint()[1]))
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf(paper))).pages)
    assert f"{paper.number:02d}/TB-CAP" in text and "ngày 26 tháng 11 năm 2026" in text
    assert "KT. TRƯỞNG" in text and "PHÓ TRƯỞNG" in text and "Lê Văn Ký" in text
    assert f"https://congan.example/van-ban/{paper.code}" in text
    assert codes.read_code("VB", paper.code) == paper.code


def test_signing_leaves_a_paper_fit_for_archives():
    root = PdfReader(BytesIO(pdf(signed(a_draft(complaint()[1]))))).trailer["/Root"]
    assert 'pdfaid:conformance="A"' in root["/Metadata"].get_object().get_data().decode()
    assert all(field.get_object()["/F"] & 4 for field in root["/AcroForm"]["/Fields"])


def test_the_seal_is_pades_holds_over_the_whole_file_and_breaks_with_a_bit():
    given = pdf(signed(a_draft(complaint()[1])))
    trusted = asn1_x509.Certificate.load(signing.certificate().public_bytes(Encoding.DER))

    def status(data):
        made = PdfFileReader(BytesIO(data)).embedded_signatures[0]
        assert made.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
        context = ValidationContext(trust_roots=[trusted], allow_fetching=False)
        with ThreadPoolExecutor(1) as aside:  # it runs a loop of its own, and a browser test may have left one here
            return aside.submit(validate_pdf_signature, made, context).result()

    assert status(given).bottom_line and status(given).coverage.name == "ENTIRE_FILE"
    at = given.index(b"/Producer") + 14
    assert not status(given[:at] + bytes([given[at] ^ 1]) + given[at + 1 :]).intact


def test_numbers_of_a_unit_follow_each_other_and_begin_anew_with_the_year():
    to = complaint()[1]
    at = NOON + timedelta(days=3650)
    papers = [signed(a_draft(to, at=at), at) for _ in range(3)]
    assert [each.number for each in papers] == [1, 2, 3]
    assert signed(a_draft(to, at=at), at + timedelta(days=60)).number == 1


def test_a_number_is_not_lost_where_signing_fails(monkeypatch):
    to = complaint()[1]
    before = signed(a_draft(to)).number
    paper = a_draft(to)
    with monkeypatch.context() as broken:
        broken.setattr(pades, "signer", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            signed(paper)
    assert signed(paper).number == before + 1


def test_a_decision_bears_the_number_of_its_step_and_only_once():
    case = brought_to(FIRST, "settling")
    to = found(officer("paper.read"), f"case:{case.code}")
    paper = a_draft(to, "kn-quyet-dinh")
    early = sign(by=chief("paper.sign"), paper=paper, revision=1, signature=SIGNATURE, at=NOON)
    assert isinstance(early, Refusal) and early.reason == "state"
    case = brought_to(FIRST, "decided")
    to = found(officer("paper.read"), f"case:{case.code}")
    done = signed(a_draft(to, "kn-quyet-dinh"))
    assert (
        done.number == inside(officer("paper.read"), lambda: case.numbers.get().number)
        and done.register == "quyet-dinh-khieu-nai"
    )
    again = sign(by=chief("paper.sign"), paper=a_draft(to, "kn-quyet-dinh"), revision=1, signature=SIGNATURE, at=NOON)
    assert isinstance(again, Refusal)


def test_a_signed_paper_is_not_changed_discarded_or_signed_again():
    paper = signed(a_draft(complaint()[1]))
    values = samples(form(paper.form))
    by = officer("paper.draft")
    answers = [
        change(by=by, paper=paper, revision=paper.revision, values=values, at=NOON),
        discard(by=by, paper=paper, revision=paper.revision, at=NOON),
        sign(by=chief("paper.sign"), paper=paper, revision=paper.revision, signature=SIGNATURE, at=NOON),
    ]
    assert all(isinstance(each, Refusal) for each in answers)


@pytest.mark.parametrize(
    "sql", ["update papers_paper set digest = '\\x00' where id = %s", "delete from papers_paper where id = %s"]
)
def test_the_database_itself_keeps_a_signed_paper(admin_connection, sql):
    paper = signed(a_draft(complaint()[1]))
    with pytest.raises(psycopg.IntegrityError, match="kept as it was signed"):
        admin_connection.execute(sql, [paper.pk])


def test_the_database_takes_no_signed_paper_without_number_code_and_pdf(admin_connection):
    paper = a_draft(complaint()[1])
    with pytest.raises(psycopg.errors.CheckViolation):
        admin_connection.execute("update papers_paper set state = 'signed' where id = %s", [paper.pk])


def test_a_number_is_given_once(admin_connection):
    first, second = (signed(a_draft(complaint()[1])) for _ in range(2))
    with pytest.raises(psycopg.errors.UniqueViolation), admin_connection.transaction():
        admin_connection.execute("alter table papers_paper disable trigger kept")
        admin_connection.execute("update papers_paper set number = %s where id = %s", [first.number, second.pk])


def test_nothing_that_a_paper_says_lies_open_in_the_database(admin_connection):
    paper = signed(a_draft(complaint()[1]))
    row = admin_connection.execute(
        "select to_jsonb(p)::text, content, pdf from papers_paper p where id = %s", [paper.pk]
    ).fetchone()
    assert "Nguyễn" not in row[0] and b"Nguy" not in row[1] and b"%PDF" not in row[2]


def test_another_unit_or_another_purpose_sees_nothing_of_it():
    case, to = complaint()
    paper = a_draft(to)
    assert paper in listed(officer("paper.read"), to.ref)
    other = officer("paper.read", ward="14812")
    assert found(other, to.ref) is None and listed(other, to.ref) == []
    assert found(officer("paper.read", purpose="denunciation"), f"case:{case.code}") is None
    with acting(other):
        assert not Paper.objects.filter(pk=paper.pk).exists()
    with pytest.raises(DatabaseError), acting(other):
        Paper.objects.create(
            ref="x", purpose="complaint", form="x", unit=to.unit, province="38", content=b"", made_at=NOON
        )


def test_a_paper_and_a_file_go_where_their_case_goes_signed_or_not():
    case, to = complaint()
    paper = signed(a_draft(to))
    attachments.add(by=officer("attachment.add"), to=to, file=BytesIO(b"%PDF-1.7 x"), name="a.pdf", at=NOON)
    sent = transfers.offer(
        by=officer("complaint.accept"), case=case, revision=1, receiver="14812", reason="Thẩm quyền", at=NOON
    )
    assert not isinstance(
        transfers.accept(by=officer("complaint.accept", ward="14812"), transfer=sent, at=NOON), Refusal
    )
    there = officer("attachment.read", ward="14812")
    assert inside(there, lambda: queries.attachments(there, to.ref).count()) == 1
    assert paper in listed(officer("paper.read", ward="14812"), to.ref)
    assert listed(officer("paper.read"), to.ref) == []


def test_each_act_is_on_record_in_the_stream_of_the_object(admin_connection):
    to = complaint()[1]
    paper = signed(a_draft(to))
    sql = "select type, stream from audit_entry where subject = %s order by stream_seq"
    acts = admin_connection.execute(sql, [f"paper:{paper.pk}"]).fetchall()
    assert acts == [("paper.draft", to.ref), ("paper.sign", to.ref)]


def test_the_public_proof_tells_who_when_and_the_digest_and_nothing_else():
    to = denunciation()
    paper = signed(a_draft(to, "tc-khong-thu-ly"))
    told = queries.proof(paper.code)
    assert told is not None
    assert (told.unit, told.number, told.symbol) == (to.unit, paper.number, "TB-CAP")
    assert told.digest == hashlib.sha256(pdf(paper)).digest() and told.signed_at == NOON
    assert queries.proof(codes.new_code("VB")) is None
    assert queries.proof("") is None


def test_a_discarded_draft_is_gone_with_what_it_said():
    to = complaint()[1]
    paper = a_draft(to)
    done = discard(by=officer("paper.draft"), paper=paper, revision=1, at=NOON)
    assert isinstance(done, Paper) and queries.values(done) == {}
    assert listed(officer("paper.read"), to.ref) == []
