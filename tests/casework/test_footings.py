"""A step whose paper was recalled: the case and the desk say so, and the form puts it right; nothing is erased."""

from datetime import UTC, datetime

from hamrong.access.walls import acting
from hamrong.cases.models import Case, Fact
from hamrong.papers.actions.recalling import recall
from hamrong.papers.known import document
from hamrong.papers.models import Paper, Recall
from tests.casework.test_pages import OTHER, a_case, chief, duty, stands, told
from tests.papers.forms import a_draft, found, officer
from tests.papers.forms import chief as leader
from tests.papers.test_drafting import signed
from tests.petitions.way import by

SAYS = "Đã thụ lý khiếu nại: văn bản đã bị thu hồi"


def now() -> datetime:
    return datetime.now(UTC)


def a_paper(case: Case) -> Paper:
    to = found(officer("paper.read"), f"case:{case.code}")
    assert to is not None
    return signed(a_draft(to), at=now())


def accepted() -> tuple[Case, Paper]:
    """A complaint that was accepted by a notice that was signed here."""
    case = a_case()
    paper = a_paper(case)
    answer = duty().post(f"/ho-so/{case.pk}/buoc/complaint.accept", told(case, paper=str(paper.pk)))
    assert answer.status_code == 302 and stands(case) == "settling"
    case.revision += 1
    return case, paper


def recalled(paper: Paper, instead: Paper | None = None) -> Recall:
    done = recall(by=leader("paper.recall"), paper=paper, reason="Ghi sai ngày", replacement=instead, at=now())
    assert isinstance(done, Recall), done
    return done


def told_first(desk: str) -> str:
    """What the desk says of recalled papers; other tests may have left some."""
    return desk.split('id="shaken"')[1].split("</section>")[0] if 'id="shaken"' in desk else ""


def place_in(page: str) -> str:
    return page.split("/can-cu/")[1].split('"')[0]


def test_the_desk_and_the_case_say_it_and_the_notice_is_owed_again():
    case, paper = accepted()
    client = duty()
    assert SAYS not in client.get(f"/ho-so/{case.pk}/").content.decode()
    recalled(paper)
    desk, page = client.get("/ho-so/").content.decode(), client.get(f"/ho-so/{case.pk}/").content.decode()
    assert 'id="shaken"' in desk and document(paper) in desk
    assert case.code in told_first(desk) and case.code not in told_first(duty(OTHER).get("/ho-so/").content.decode())
    assert SAYS in page and document(paper) in page
    address = f"/ho-so/{case.pk}/can-cu/{place_in(page)}"
    form = client.get(address).content.decode()
    assert "Hồ sơ trở lại tình trạng “Đã tiếp nhận”" in form and "Thời hạn chạy tiếp" in form
    wrong = client.post(address, told(case, paper="", reason="lời đã gõ")).content.decode()
    assert "error-summary" in wrong and "lời đã gõ" in wrong
    assert client.post(address, told(case, paper="nothing")).status_code == 302
    after = client.get(f"/ho-so/{case.pk}/").content.decode()
    assert stands(case) == "received" and SAYS not in after and "không còn văn bản nào làm căn cứ" in after
    assert "/buoc/complaint.accept" in after and document(paper) in after
    assert case.code not in told_first(client.get("/ho-so/").content.decode())
    assert client.get(address).status_code == 404


def test_the_paper_that_took_its_place_is_offered_and_the_case_goes_on():
    case, paper = accepted()
    instead = a_paper(case)
    recalled(paper, instead)
    client = duty()
    page = client.get(f"/ho-so/{case.pk}/").content.decode()
    assert f"Văn bản thay thế: số {document(instead)}" in page
    address = f"/ho-so/{case.pk}/can-cu/{place_in(page)}"
    assert str(instead.pk) in client.get(address).content.decode()
    assert client.post(address, told(case, paper=str(instead.pk))).status_code == 302
    assert stands(case) == "settling" and SAYS not in client.get(f"/ho-so/{case.pk}/").content.decode()
    with acting(by("complaint.accept", "ward-duty")):
        last = Fact.objects.filter(case=case).latest("revision")
    assert (last.act, last.document) == ("case.footing", document(instead))
    recalled(instead)
    assert SAYS in client.get(f"/ho-so/{case.pk}/").content.decode()


def test_what_a_step_took_a_number_for_is_found_by_that_number():
    case, _paper = accepted()
    first, second = duty(), chief()
    first.post(f"/ho-so/{case.pk}/buoc/complaint.decide", told(case, result="right"))
    address = first.get(f"/ho-so/{case.pk}/").content.decode().split("/ho-so/de-xuat/")[1].split("/")[0]
    second.post(f"/ho-so/de-xuat/{address}/", {"do": "approve"})
    to = found(officer("paper.read"), f"case:{case.code}")
    recalled(signed(a_draft(to, "kn-quyet-dinh"), at=now()))
    page = first.get(f"/ho-so/{case.pk}/").content.decode()
    assert "Đã ra quyết định giải quyết: văn bản đã bị thu hồi" in page


def test_only_whose_case_it_is_puts_it_right():
    case, paper = accepted()
    recalled(paper)
    page = duty().get(f"/ho-so/{case.pk}/").content.decode()
    address = f"/ho-so/{case.pk}/can-cu/{place_in(page)}"
    assert duty(OTHER).post(address, told(case, paper="nothing")).status_code == 404
    stale = duty().post(address, told(case, paper="nothing", revision="1")).content.decode()
    assert "người khác vừa xử lý" in stale and stands(case) == "settling"
