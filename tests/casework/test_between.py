"""Cases that go to another unit, that are settled together, that are split, in a browser without scripts."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from hamrong.access.entries import enter
from hamrong.access.walls import acting
from hamrong.cases.models import Case
from hamrong.kernel.vietnamese import fold
from hamrong.org.models import Unit
from hamrong.petitions.complaints import FIRST_BEFORE
from hamrong.petitions.denunciations import DENUNCIATION
from tests.casework.test_pages import OTHER, WARD, a_case, chief, duty, now, settling, told
from tests.entrances import a_person, browser_of
from tests.petitions.way import brought_to, by
from tests.world import PROVINCE


def test_a_case_goes_to_another_unit_when_its_leader_takes_it():
    case = settling()
    answer = duty().post(
        f"/ho-so/{case.pk}/chuyen", {"revision": case.revision, "receiver": OTHER, "reason": "xảy ra ở đó"}
    )
    assert answer.status_code == 302
    taker = chief(OTHER)
    address = duty().get(f"/ho-so/{case.pk}/").content.decode().split("/ho-so/chuyen/")[1].split("/")[0]
    assert f"/ho-so/chuyen/{address}/" in taker.get("/ho-so/").content.decode()
    assert duty(OTHER).post(f"/ho-so/chuyen/{address}/", {"do": "accept"}).status_code == 200
    assert taker.post(f"/ho-so/chuyen/{address}/", {"do": "accept"}).status_code == 302
    assert taker.get(f"/ho-so/{case.pk}/").status_code == 200
    assert duty().get(f"/ho-so/{case.pk}/").status_code == 404


def test_only_units_that_may_settle_a_case_are_offered_and_the_others_are_found_with_the_reason():
    department = Unit.objects.filter(kind="department").order_by("code").first()
    case, sender = settling(), duty()
    page = sender.get(f"/ho-so/{case.pk}/chuyen").content.decode()
    offered = page.split("<select")[1].split("</select>")[0]
    assert f'value="{OTHER}"' in offered and f'value="{PROVINCE}"' in offered
    assert f'value="{department.code}"' not in offered and f'value="{WARD}"' not in offered
    forced = {"revision": case.revision, "receiver": department.code, "reason": "thuộc phòng"}
    assert sender.post(f"/ho-so/{case.pk}/chuyen", forced).status_code == 200
    sent = {"do": "seek", "seek": fold(department.name), "reason": "lời đã gõ", "document": "5/CV"}
    page = sender.post(f"/ho-so/{case.pk}/chuyen", sent).content.decode()
    assert f"{department.name} không giữ hồ sơ riêng" in page and "lời đã gõ" in page and "5/CV" in page
    assert "error-summary" not in page and sender.get(f"/ho-so/{case.pk}/").status_code == 200
    moving = browser_of(a_person("province-leader", PROVINCE)).get("/ho-so/sap-xep/").text.split('name="new"')[1]
    assert f'value="{PROVINCE}"' in moving and f'value="{department.code}"' not in moving


def test_a_unit_is_found_without_diacritics_and_chosen_where_it_is_the_only_one():
    case, sender, name = settling(), duty(), Unit.objects.get(code=OTHER).name
    page = sender.post(f"/ho-so/{case.pk}/chuyen", {"do": "seek", "seek": fold(name)}).content.decode()
    assert f'value="{OTHER}" selected' in page and "Chọn được trong danh sách" in page
    ceased = Unit.objects.filter(kind="district", valid_to__isnull=False).order_by("code").first()
    page = sender.post(f"/ho-so/{case.pk}/chuyen", {"do": "seek", "seek": ceased.name}).content.decode()
    assert "Đã kết thúc, ngày cuối" in page and "Nay là: Công an" in page
    assert (
        "Không có đơn vị nào"
        in sender.post(f"/ho-so/{case.pk}/chuyen", {"do": "seek", "seek": "xyzxyz"}).content.decode()
    )


def test_a_transfer_is_sent_back_or_taken_back():
    case, sender = settling(), duty()
    for do, who in (("refuse", chief(OTHER)), ("withdraw", sender)):
        sender.post(f"/ho-so/{case.pk}/chuyen", {"revision": case.revision, "receiver": OTHER, "reason": "ở đó"})
        address = sender.get(f"/ho-so/{case.pk}/").content.decode().split("/ho-so/chuyen/")[1].split("/")[0]
        assert who.post(f"/ho-so/chuyen/{address}/", {"do": do, "answer": "thuộc xã bên"}).status_code == 302
        assert "/ho-so/chuyen/" not in sender.get(f"/ho-so/{case.pk}/").content.decode()
        told = sender.get("/ho-so/").text.partition('id="returned"')[2].partition("</section>")[0]
        assert (case.code in told and "thuộc xã bên" in told) == (do == "refuse")  # until it is offered again
        over = sender.get(f"/ho-so/chuyen/{address}/").text
        assert ("Đã trả lại · Hoàng Thị Duyệt" if do == "refuse" else "Đã rút · ") in over
    page = sender.get(f"/ho-so/{case.pk}/").text
    assert f"{Unit.objects.get(code=OTHER).name} không nhận hồ sơ" in page and "thuộc xã bên" in page


def test_joining_parting_and_splitting():
    one, other, leader = settling(), settling(), chief()
    for into, why in (
        ("KN-2026-999999", "không có hồ sơ nào mang mã này"), (a_case(DENUNCIATION).code, "thuộc loại khác"),
        (brought_to(FIRST_BEFORE, "received").code, "quy trình của thời kỳ khác"),
    ):  # fmt: skip
        page = leader.post(f"/ho-so/{one.pk}/nhap", told(one, into=into))
        assert page.status_code == 200 and why in page.text, into
    assert leader.post(f"/ho-so/{one.pk}/nhap", told(one, into=other.code.lower())).status_code == 302
    assert other.code in leader.get(f"/ho-so/{one.pk}/").content.decode()
    one.revision += 1
    assert leader.post(f"/ho-so/{one.pk}/tach-lai", told(one)).status_code == 302
    one.revision += 1
    answer = leader.post(f"/ho-so/{one.pk}/tach", told(one))
    assert answer.status_code == 302 and str(one.pk) not in answer["Location"]


def test_what_was_known_on_a_day_names_the_unit_that_had_the_case_then():
    case, sender, taker = settling(days=3), duty(), chief(OTHER)
    sender.post(f"/ho-so/{case.pk}/chuyen", {"revision": case.revision, "receiver": OTHER, "reason": "ở đó"})
    address = sender.get(f"/ho-so/{case.pk}/").content.decode().split("/ho-so/chuyen/")[1].split("/")[0]
    assert taker.post(f"/ho-so/chuyen/{address}/", {"do": "accept"}).status_code == 302
    taker.get("/ho-so/")  # takes the message that it was done
    yesterday = f"{timezone.localdate() - timedelta(days=1):%d/%m/%Y}"
    today, past = taker.get(f"/ho-so/{case.pk}/").text, taker.get(f"/ho-so/{case.pk}/?on={yesterday}").text
    before, after = Unit.objects.get(code=WARD).name, Unit.objects.get(code=OTHER).name
    assert f"<dd>{before}</dd>" in past and "Số lần chuyển" not in past
    assert f"<dd>{after}</dd>" in today and "Số lần chuyển" in today
    assert f"Đã chuyển đến {after}" in today and f"Đã chuyển đến {after}" not in past


def test_whoever_sends_a_case_on_for_the_third_time_is_told_before():
    case = settling()
    with acting(by("complaint.accept", "ward-duty")), connection.cursor() as cursor:
        cursor.execute("select set_config('hamrong.audited', '', true)")
        Case.objects.filter(pk=case.pk).update(transfers=2)
        enter(by("complaint.accept", "ward-duty"), subject=f"case:{case.pk}", at=now())
    assert "Đây là lần chuyển thứ 3" in duty().get(f"/ho-so/{case.pk}/chuyen").text
    assert "Đây là lần chuyển" not in duty().get(f"/ho-so/{settling().pk}/chuyen").text


def test_a_case_that_was_sent_on_for_the_third_time_is_counted_and_found():
    case, other = settling(), settling()
    with acting(by("complaint.accept", "ward-duty")), connection.cursor() as cursor:
        cursor.execute("select set_config('hamrong.audited', '', true)")
        Case.objects.filter(pk=case.pk).update(transfers=3)
        enter(by("complaint.accept", "ward-duty"), subject=f"case:{case.pk}", at=now())
    leader = browser_of(a_person("province-leader", PROVINCE))
    for who in (chief(), leader):
        assert "?stands=moved" in who.get("/ho-so/").text
        found = [one.code in who.get(f"/ho-so/danh-sach/?stands=moved&q={one.code}").text.partition("<tbody")[2]
                 for one in (case, other)]  # fmt: skip
        assert found == [True, False]
