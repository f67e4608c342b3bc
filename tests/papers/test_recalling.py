"""A recalled paper is kept, everybody who checks it is told, and nobody takes the recall back."""

import psycopg
import pytest

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.papers import known, queries
from hamrong.papers.actions.drafting import sign
from hamrong.papers.actions.recalling import recall
from hamrong.papers.models import Paper, Recall
from hamrong.petitions.complaints import FIRST
from tests.entrances import browser
from tests.papers.forms import NOON, TODAY, a_draft, chief, complaint, found, inside, officer
from tests.papers.test_drafting import SIGNATURE, pdf, signed
from tests.papers.test_pages import CHIEF, PURPOSE, someone, text_of
from tests.petitions.way import brought_to

WHY = "Ghi sai ngày nhận đơn của bà Nguyễn Thị Khiếu."


def recalled(paper: Paper, instead: Paper | None = None, **how) -> Recall | Refusal:
    told = {"reason": WHY, "at": NOON} | how
    return recall(by=chief("paper.recall", purpose=paper.purpose), paper=paper, replacement=instead, **told)


def two() -> tuple[Paper, Paper]:
    """A signed paper, and one that is to replace it."""
    to = complaint()[1]
    return signed(a_draft(to)), signed(a_draft(to))


def test_anybody_sees_that_it_was_recalled_when_and_what_replaces_it_and_not_why():
    old, new = two()
    assert isinstance(recalled(old, new), Recall)
    proof = queries.proof(old.code)
    assert proof is not None and proof.recalled_at == NOON
    assert proof.replacement is not None and proof.replacement.code == new.code
    page = text_of(browser().get(f"/van-ban/{old.code}"))
    assert "Văn bản đã bị thu hồi" in page and "26/11/2026" in page and f"/van-ban/{new.code}" in page
    assert "Văn bản có thật" not in page and "Nguyễn" not in page and "Ghi sai" not in page
    assert "Văn bản có thật" in text_of(browser().get(f"/van-ban/{new.code}"))


def test_the_pdf_is_kept_as_it_was_signed():
    old, _new = two()
    before = pdf(old)
    recalled(old)
    by = officer("paper.read")
    again = inside(by, lambda: queries.papers(by).get(pk=old.pk))
    assert again.state == "signed" and pdf(again) == before


def test_what_was_recalled_is_no_ground_any_more():
    old, new = two()
    recalled(old, new)
    by = officer("paper.read")
    assert inside(by, lambda: list(queries.signed(by, old.ref))) == [new]


@pytest.mark.parametrize("wrong", ["reason", "itself", "another file", "draft", "recalled", "twice"])
def test_what_cannot_be_recalled_so_is_refused(wrong):
    old, new = two()
    if wrong == "reason":
        answer = recalled(old, new, reason="  ")
    elif wrong == "itself":
        answer = recalled(old, old)
    elif wrong == "another file":
        answer = recalled(old, two()[0])
    elif wrong == "draft":
        answer = recalled(a_draft(complaint()[1]))
    else:
        recalled(new if wrong == "recalled" else old)
        answer = recalled(old, new if wrong == "recalled" else None)
    assert isinstance(answer, Refusal) and answer.vi and answer.en


def test_it_is_on_record_and_its_reason_is_sealed(admin_connection):
    old, new = two()
    made = recalled(old, new)
    assert isinstance(made, Recall) and queries.reason_of(made) == WHY
    row = admin_connection.execute("select r::text from papers_recall r where id = %s", [made.pk]).fetchone()[0]
    assert "Nguyễn" not in row
    types = admin_connection.execute(
        "select count(*) from audit_entry where type = 'paper.recall' and subject = %s", [f"paper:{old.pk}"]
    ).fetchone()
    assert types == (1,)


@pytest.mark.parametrize(
    "change", ["delete from papers_recall where id = %s", "update papers_recall set recalled_by = 'x' where id = %s"]
)
def test_the_database_keeps_a_recall(admin_connection, change):
    made = recalled(two()[0])
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="kept as it was"):
        admin_connection.execute(change, [made.pk])


def test_the_database_knows_no_paper_that_replaces_itself(admin_connection):
    old, _new = two()
    with pytest.raises(psycopg.errors.CheckViolation, match="recall_names_another_paper"):
        admin_connection.execute(
            "insert into papers_recall (id, paper_id, replacement_id, reason, recalled_at, recalled_by, unit, province)"
            " values (gen_random_uuid(), %s, %s, '', now(), 'x', 'x', 'x')", [old.pk, old.pk],
        )  # fmt: skip


def test_a_decision_that_replaces_a_recalled_one_has_a_number_of_its_own():
    case = brought_to(FIRST, "decided")
    to = found(officer("paper.read"), f"case:{case.code}")
    old = signed(a_draft(to, "kn-quyet-dinh"))
    draft = a_draft(to, "kn-quyet-dinh")
    asked = {"paper": draft, "revision": 1, "signature": SIGNATURE, "at": NOON}
    assert isinstance(sign(by=chief("paper.sign"), **asked), Refusal)
    recalled(old)
    new = sign(by=chief("paper.sign"), **asked)
    assert isinstance(new, Paper) and new.register == old.register and new.number == old.number + 1


def test_from_the_page_of_a_paper():
    old, new = two()
    page, here = someone(CHIEF), f"/giay-to/van-ban/{old.pk}/"
    assert f"{here}thu-hoi" in text_of(page.get(here + PURPOSE)) and f"{here}thu-hoi" not in text_of(
        someone().get(here + PURPOSE)
    )
    shown = text_of(page.get(f"{here}thu-hoi{PURPOSE}"))
    assert known.document(new) in shown and f'value="{old.pk}"' not in shown
    missing = text_of(page.post(f"{here}thu-hoi", {"purpose": "complaint", "replacement": str(new.pk)}))
    assert "Hãy ghi lý do thu hồi." in missing and "selected" in missing
    given = {"purpose": "complaint", "reason": WHY, "replacement": str(new.pk)}
    assert someone().post(f"{here}thu-hoi", given).status_code == 403
    assert page.post(f"{here}thu-hoi", given).status_code == 302
    after = text_of(page.get(here + PURPOSE))
    assert "Đã thu hồi ngày" in after and WHY in after and "Thay bằng" in after and f"{here}thu-hoi" not in after
    assert page.post(f"{here}thu-hoi", given).status_code == 404
    listed = text_of(page.get(f"/giay-to/{old.ref}/{PURPOSE}"))
    assert "Đã thu hồi" in listed


def test_another_units_paper_is_not_recalled():
    old, _new = two()
    answer = recall(by=chief("paper.recall", ward="14812"), paper=old, reason=WHY, replacement=None, at=NOON)
    assert isinstance(answer, Refusal)
    with acting(chief("paper.read")):
        assert not Recall.objects.filter(paper=old).exists() and TODAY
