"""Pages of given plates through the real gate: what is due, one plate, its forms, an owner who holds one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hamrong.access.actors import Refusal
from hamrong.access.walls import acting
from hamrong.plates.course import move
from hamrong.plates.forms.after import AskForm
from hamrong.plates.models import Act
from hamrong.plates.queries import pools
from hamrong.plates.wording import plate
from tests.plates.desks import OTHER_WARD, a_manager, an_officer, desk, fresh_pool, text, typed
from tests.plates.given import a_document, a_plate, asked, asking, plate_now
from tests.plates.owners import WARD, a_vehicle, officer
from tests.plates.pools import a_pool

NOW = timezone.now()


@pytest.fixture
def number():
    return a_plate(fresh_pool())


def of(number, what="", ward=WARD):
    return desk(f"given/{number}/{what}", ward)


def act_address(number, what):
    with acting(officer("plate.open")):
        return desk(f"given/act/{Act.objects.filter(number=number).first().pk}/{what}")


def test_a_plate_is_found_in_any_writing_and_shows_what_can_be_done(number):
    client = an_officer()
    answer = client.get(desk("given/"), {"q": f"{number[:-5]}-{number[-5:-2]}.{number[-2:]}"})
    assert answer.headers["Location"] == of(number)
    page = text(client.get(of(number)))
    for what in ("exchange", "reissue", "keep", "withdraw"):
        assert f'href="{of(number, what)}"' in page
    assert of(number, "assign") not in page


def test_a_reissue_is_asked_for_shown_with_its_law_and_handed_over(number):
    client = an_officer()
    assert "law-steps" in text(client.get(of(number, "reissue")))
    answer = client.post(of(number, "reissue"), {"reason": "lost", "dossier": "HS-77"})
    assert answer.headers["Location"] == of(number)
    page = text(client.get(of(number)))
    assert "Hạn trả biển" in page and "law-steps" in page and "HS-77" in page and of(number, "keep") not in page
    assert f"{of(number)}" in text(client.get(desk("given/")))
    client.post(act_address(number, "done"))
    page = text(client.get(of(number)))
    assert "biển đã trả cho chủ xe" in page and of(number, "keep") in page


def test_a_form_with_a_mistake_keeps_what_was_typed(number):
    client = an_officer()
    page = text(client.post(of(number, "withdraw"), {"reason": "decision", "dossier": "HS-giữ-lại", "note": ""}))
    assert "error-summary" in page and "HS-giữ-lại" in page
    assert plate_now(number).state == "in-use"


def test_a_colour_goes_with_a_change_of_colour_only(number):
    typed = {"reason": "worn", "dossier": "HS-2", "colour": "yellow"}
    form = AskForm(typed, move=move("exchange"), colours=["yellow"])
    assert "Màu mới chỉ đi với lý do đổi màu biển" in str(form.errors["colour"]) and list(form.errors) == ["colour"]
    assert AskForm({**typed, "reason": "colour"}, move=move("exchange"), colours=["yellow"]).is_valid()
    refused = asking(number, "exchange", "worn", colour="yellow")
    assert isinstance(refused, Refusal) and refused.reason == "invalid"


def test_a_mistake_is_taken_back_with_a_reason(number):
    client = an_officer()
    client.post(of(number, "keep"), {"reason": "sold", "dossier": "HS-1"})
    asked_again = client.get(act_address(number, "undo"))
    assert "Hủy việc" in text(asked_again)
    assert "error-summary" in text(client.post(act_address(number, "undo"), {"reason": ""}))
    client.post(act_address(number, "undo"), {"reason": "Nhầm biển"})
    page = text(client.get(of(number)))
    assert "Nhầm biển" in page and plate_now(number).state == "in-use"


def test_an_owner_who_holds_a_plate_is_asked_before_drawing_in_any_office():
    document, vehicle, pool = a_document(), a_vehicle(), fresh_pool()
    number = a_plate(pool, document=document)
    asked(number, "keep", "sold", at=NOW)
    client = an_officer(OTHER_WARD)
    told = typed(pool, owner_document=document, vehicle=vehicle)
    page = text(client.post(desk("new", OTHER_WARD), {**told, "do": "check"}))
    assert "Chủ xe đang được giữ biển số" in page and plate(number) in page
    begun = text(client.post(of(number, "assign", OTHER_WARD), {**told, "do": "begin"}))
    assert vehicle in begun and told["dossier"] in begun and "error-summary" not in begun
    facts = {"reason": "registered", "dossier": "HS-2", "vehicle": vehicle, "owner_document": document}
    assert client.post(of(number, "assign", OTHER_WARD), facts).status_code == 302
    assert plate_now(number, OTHER_WARD).state == "in-use"
    other = text(client.post(desk("new", OTHER_WARD), {**typed(pool), "do": "check"}))
    assert "Chủ xe đang được giữ biển số" not in other


def test_an_owner_who_moved_brings_the_plate_to_the_office_of_the_new_place():
    document = a_document()
    number = a_plate(fresh_pool(), document=document)
    client = an_officer(OTHER_WARD)
    page = text(client.get(of(number, ward=OTHER_WARD)))
    assert f'href="{of(number, "move", OTHER_WARD)}"' in page
    assert "law-steps" in text(client.get(of(number, "move", OTHER_WARD)))
    told = {"reason": "moved", "dossier": "HS-3", "owner_document": a_document()}
    assert "Hãy kiểm tra lại cả số biển" in text(client.post(of(number, "move", OTHER_WARD), told))
    answer = client.post(of(number, "move", OTHER_WARD), {**told, "owner_document": document})
    page = text(client.get(answer.headers["Location"]))
    assert "Hạn trả chứng nhận đăng ký" in page and "Hồ sơ bấm số" not in page
    assert f'href="{of(number, "move", OTHER_WARD)}"' not in page
    old = text(an_officer().get(desk("given/")))
    assert "Chuyển đi trong 90 ngày qua" in old and plate(number) in old
    assert of(number, "move") not in text(an_officer().get(of(a_plate(fresh_pool()))))


def test_late_is_what_the_law_calls_late_and_due_is_marked_before(number):
    client, second = an_officer(), a_plate(fresh_pool())
    asked(number, "exchange", "worn", at=NOW - timedelta(days=60))
    asked(second, "reissue", "lost", at=NOW)
    page = text(client.get(desk("given/")))
    assert "quá hạn trả theo luật" in page
    line = page.split(of(number))[1].split("</tr>")[0]
    assert "Quá hạn" in line
    assert "Quá hạn" not in page.split(of(second))[1].split("</tr>")[0]


def test_a_plate_of_another_office_is_not_shown(number):
    answer = an_officer(OTHER_WARD).get(of(number, ward=OTHER_WARD))
    assert answer.status_code == 404 and "tại đơn vị" in text(answer)
    assert an_officer(OTHER_WARD).get(of(number)).status_code == 403


def test_the_province_sees_numbers_by_kind_and_by_office(number):
    asked(number, "exchange", "worn", at=NOW)
    page = text(a_manager().get("/province/plates/given"))
    assert "Đổi biển" in page and "Theo đơn vị" in page
    assert an_officer().get("/province/plates/given").status_code == 403


def test_opening_a_plate_is_on_record(number, admin_connection):
    an_officer().get(of(number))
    found = admin_connection.execute("select type from audit_entry where subject = %s", [f"plate:{number}"]).fetchall()
    assert ("plate.open",) in found


def test_the_pages_are_whole_in_english(number):
    client = an_officer()
    client.cookies["django_language"] = "en"
    asked(number, "exchange", "worn", at=NOW)
    assert "Exchange" in text(client.get(of(number)))


def test_a_number_is_written_as_its_kind_of_plate_is():
    _, (series,) = a_pool()
    assert pools.kinds_of([f"{series}00001", "99ZZ00001"]) == {f"{series}00001": "car"}


def test_the_form_of_what_cannot_be_done_now_leads_back_to_the_plate(number):
    client = an_officer()
    asked(number, "reissue", "lost", at=NOW)
    answer = client.get(of(number, "keep"))
    assert answer.status_code == 302 and answer.headers["Location"] == of(number)
    assert "bây giờ không làm được" in text(client.get(of(number)))


def test_a_plate_that_left_for_another_province_says_so_and_offers_its_return(number):
    client = an_officer()
    page = text(client.post(of(number, "leave"), {"reason": "other-province", "dossier": "HS-1", "note": ""}))
    assert "nơi chuyển đến" in page and plate_now(number).state == "in-use"
    told = {"reason": "other-province", "dossier": "HS-1", "note": "Nghệ An, Phòng CSGT"}
    page = text(client.post(of(number, "leave"), told, follow=True))
    assert "Theo chủ xe sang tỉnh khác" in page and "Nghệ An, Phòng CSGT" in page
    assert of(number, "assign") in page and of(number, "exchange") not in page
