"""The pages on which a case of another unit is opened in an emergency, read for hours, and judged by somebody else."""

from hamrong.access.walls import acting
from hamrong.cases.models import Case, Emergency
from hamrong.petitions.actions.sorting import Sorted, sort_petition
from hamrong.petitions.rules import Facts
from tests.cases.test_emergencies import WHY, opened, reviewer
from tests.casework.test_pages import OTHER, WARD, settling
from tests.entrances import a_person, browser_of
from tests.petitions.senders import SENDER, TEXT, entered, now, officer
from tests.petitions.test_transferring import a_denunciation
from tests.world import PROVINCE

HERE = "/ho-so/khan-cap/"


def of_other_unit():
    return browser_of(a_person("ward-duty", OTHER, name="Trần Văn Trực"))


def asked(case: Case, **changes: str) -> dict[str, str]:
    return {"code": case.code.lower(), "ground": "life", "reason": WHY, **changes}


def text_of(answer) -> str:
    return answer.content.decode()


def a_complaint() -> Case:
    row = sort_petition(
        by=officer("petition.sort"), petition=entered(), found=Sorted(Facts("signed", "ours")), at=now()
    )
    with acting(officer("petition.read")):
        return Case.objects.get(pk=row.case_id)


def test_from_the_opening_to_the_finding():
    case, duty = a_complaint(), of_other_unit()
    assert duty.get(f"/ho-so/{case.pk}/").status_code == 404
    page = text_of(duty.get(HERE))
    assert "Danh tính và nội dung niêm phong không mở được bằng cách này" in page
    assert "Hãy điền" in text_of(duty.post(HERE, asked(case, reason="")))
    answer = duty.post(HERE, asked(case))
    place = answer["Location"]
    assert answer.status_code == 302 and "Đọc hồ sơ" in text_of(duty.get(place))
    told = text_of(duty.get(f"{place}ho-so"))
    assert case.code in told and TEXT in told and SENDER.name in told and "Diễn biến" in told
    assert duty.get(f"/ho-so/{case.pk}/").status_code == 404
    assert duty.get(f"{place}xem-xet").status_code == 403
    another = of_other_unit()
    assert "Đọc hồ sơ" not in text_of(another.get(place)) and another.get(f"{place}ho-so").status_code == 403

    chief = browser_of(a_person("ward-chief", WARD))
    assert "chờ xem xét" in text_of(chief.get("/ho-so/")) and "Trần Văn Trực" in text_of(chief.get(HERE))
    assert "đã được mở khẩn cấp" in text_of(chief.get(f"/ho-so/{case.pk}/"))
    assert WHY in text_of(chief.get(place)) and chief.get(f"{place}ho-so").status_code == 403
    inspector = browser_of(a_person("inspector", PROVINCE))
    assert HERE in text_of(inspector.get("/inspection/")) and WHY in text_of(inspector.get(place))
    assert "Hãy điền" in text_of(inspector.post(f"{place}xem-xet", {"found": "justified", "answer": ""}))
    done = inspector.post(f"{place}xem-xet", {"found": "justified", "answer": "Đã đối chiếu với tin báo"})
    assert done.status_code == 302 and "Đã đối chiếu với tin báo" in text_of(duty.get(place))
    assert "đã được xem xét" in text_of(chief.post(f"{place}xem-xet", {"found": "unjustified", "answer": "Không"}))
    assert chief.get(f"{place}xem-xet").headers["Location"] == place


def test_what_is_sealed_and_what_is_not_there_give_the_same_answer():
    case, _report = a_denunciation()
    duty = of_other_unit()
    answers = [text_of(duty.post(HERE, asked(case, code=code))) for code in (case.code, "TC-1999-000001")]
    assert all("Không mở khẩn cấp được mã này" in each for each in answers)
    with acting(reviewer("inspector")):
        assert not Emergency.objects.filter(code=case.code).exists()


def test_other_units_and_posts_see_nothing_of_it():
    one = opened(settling())
    assert browser_of(a_person("ward-chief", "16531")).get(f"{HERE}{one.pk}/").status_code == 404
    assert browser_of(a_person("petition-officer", PROVINCE)).get(HERE).status_code == 403
    chief = browser_of(a_person("ward-chief", OTHER))
    assert chief.get(f"{HERE}{one.pk}/").status_code == 200
    said = {"found": "justified", "answer": "Người của tôi làm đúng"}
    for answer in (chief.get(f"{HERE}{one.pk}/xem-xet"), chief.post(f"{HERE}{one.pk}/xem-xet", said)):
        assert answer.status_code == 403 and "đơn vị của họ" in text_of(answer) and "<textarea" not in answer.text


def test_late_reviews_are_told_on_the_first_pages():
    opened(settling(), at=now().replace(year=now().year - 1))
    chief, inspector = browser_of(a_person("ward-chief", WARD)), browser_of(a_person("inspector", PROVINCE))
    assert "đã quá hạn" in text_of(chief.get("/ho-so/"))
    assert "quá hạn" in text_of(inspector.get("/inspection/")) and "quá hai ngày" in text_of(inspector.get(HERE))


def test_it_stands_on_the_page_on_which_their_work_begins():
    one = opened(settling())
    told = "lần mở khẩn cấp chờ xem xét"
    for role, unit in (
        ("ward-chief", WARD),
        ("ward-chief", OTHER),
        ("province-leader", PROVINCE),
        ("inspector", PROVINCE),
    ):
        client = browser_of(a_person(role, unit))
        first = client.get("/desk/", follow=True)
        assert told in text_of(first) and HERE in text_of(first), role
        assert text_of(first).index(told) < text_of(first).index('<div class="stack">'), role
    elsewhere = browser_of(a_person("ward-chief", "15853")).get("/desk/", follow=True)
    assert told not in text_of(elsewhere)
    chief = browser_of(a_person("ward-chief", WARD))
    assert told not in text_of(chief.get(f"/ho-so/{one.case_id}/"))
