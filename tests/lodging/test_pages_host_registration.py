"""What anybody sees of lodging, and the way from an application to a manager's account."""

import re
import secrets
from datetime import datetime

from hamrong.law import VIETNAM
from hamrong.lodging.actions import establishments
from hamrong.org.queries import commune_units
from tests import world
from tests.lodging.hosts import client_of


def text(response):
    return response.content.decode()


def an_application(**changes):
    return {
        "do": "send", "token": secrets.token_hex(8), "kind": "homestay", "name": "Homestay Gió Biển",
        "address": "12 Hồ Xuân Hương, phường Trường Sơn, thành phố Sầm Sơn, Thanh Hóa", "ward_name": "",
        "manager_name": "Phạm Thị Sóng", "phone": "0912 000 000", **changes,
    }  # fmt: skip


def codes_in(page):
    return re.findall(r"<strong>([A-Z0-9-]+)</strong>", page)


def handed_in(client, **changes):
    page = text(client.post("/lodging/apply", an_application(**changes)))
    assert "Đã nhận đơn" in page, page
    establishment, code = codes_in(page)
    return {"establishment": establishment, "code": code}


def approved(codes):
    now = datetime.now(VIETNAM)
    ward = commune_units(now.date()).get(name="Công an phường Sầm Sơn").code
    place = establishments.decide(
        by=world.as_ward(ward, "place.decide"), code=codes["establishment"], decision="approve", reason="", at=now
    )
    assert isinstance(place, establishments.Establishment), place
    return place


def test_an_old_address_leads_to_the_ward_of_today():
    page = text(client_of().post("/lodging/apply", an_application(do="check")))
    assert "phường Sầm Sơn" in page and "Gửi đơn" in page


def test_an_address_that_says_too_little_asks_for_the_ward_and_keeps_the_rest():
    page = text(client_of().post("/lodging/apply", an_application(do="check", address="Số 5 đường Lê Lợi")))
    assert "chọn xã, phường" in page and 'value="Homestay Gió Biển"' in page


def test_a_ward_is_found_by_name_without_diacritics():
    page = text(client_of().post("/lodging/apply", an_application(do="check", ward_name="ham rong")))
    assert "phường Hàm Rồng" in page


def test_the_same_application_sent_twice_is_one():
    form, client = an_application(), client_of()
    first, second = (codes_in(text(client.post("/lodging/apply", form))) for _ in range(2))
    assert first == second


def test_a_wrong_code_says_no_more_than_that():
    client = client_of()
    codes = handed_in(client)
    wrong = text(client.post("/lodging/follow", {**codes, "code": "0000-0000-0000-0000"}))
    unknown = text(client.post("/lodging/follow", {"establishment": "ZZ-9999", "code": codes["code"]}))
    assert "không đúng" in wrong and "không đúng" in unknown and "Homestay" not in wrong


def test_guessing_codes_is_slowed_down():
    client, name = client_of(), f"QQ-{secrets.randbelow(9000) + 1000}"
    statuses = [
        client.post("/lodging/follow", {"establishment": name, "code": "1" * 16}).status_code for _ in range(11)
    ]
    assert statuses == [200] * 10 + [429]


def test_an_application_is_followed_approved_and_taken_over_once():
    client = client_of()
    codes = handed_in(client)
    assert "đang chờ duyệt" in text(client.post("/lodging/follow", codes))
    place = approved(codes)
    assert "lập tài khoản" in text(client.post("/lodging/follow", {**codes, "code": codes["code"].lower()}))
    account = {
        **codes,
        "do": "account",
        "username": f"song-{secrets.token_hex(3)}",
        "password": "ngắn",
        "again": "ngắn",
    }
    assert "error-summary" in text(client.post("/lodging/follow", account))
    long = {**account, "password": world.PASSWORD, "again": world.PASSWORD}
    done = client.post("/lodging/follow", long)
    assert done.status_code == 302 and place.code in done["Location"]
    again = text(client.post("/lodging/follow", {**long, "username": f"song-{secrets.token_hex(3)}"}))
    assert "đã được dùng" in again or "đã được lập" in again
    signed_in = client_of()
    assert signed_in.login(username=account["username"], password=world.PASSWORD)
    assert signed_in.get(f"/lodging/{place.code}/").status_code == 200


def test_an_account_cannot_be_taken_before_approval():
    client = client_of()
    codes = handed_in(client)
    early = {
        **codes,
        "do": "account",
        "username": f"som-{secrets.token_hex(3)}",
        "password": world.PASSWORD,
        "again": world.PASSWORD,
    }
    client.post("/lodging/follow", early)
    assert not client_of().login(username=early["username"], password=world.PASSWORD)


def test_a_user_name_that_is_taken_leaves_the_code_unused():
    client = client_of()
    codes = handed_in(client)
    place = approved(codes)
    taken = world.a_host(place).username
    account = {**codes, "do": "account", "username": taken, "password": world.PASSWORD, "again": world.PASSWORD}
    assert "đã có người dùng" in text(client.post("/lodging/follow", account))
    assert client.post("/lodging/follow", {**account, "username": f"moi-{secrets.token_hex(3)}"}).status_code == 302


def test_the_duty_is_told_with_its_law():
    page = text(client_of().get("/lodging/"))
    assert "Ai phải báo" in page and "Điều 30" in page


def test_a_deadline_is_worked_out_step_by_step():
    page = text(client_of().get("/lodging/deadline?kind=citizen&day=24/11/2026&clock=23:30&area=normal"))
    assert "08:00" in page and "25/11/2026" in page and "Điều 30" in page
    wrong = text(client_of().get("/lodging/deadline?kind=citizen&day=40/11/2026&clock=23:30&area=normal"))
    assert "Không có ngày này" in wrong and 'value="40/11/2026"' in wrong


def test_the_ledger_of_outages_and_the_place_to_check_receipts_are_open():
    assert client_of().get("/lodging/outages").status_code == 200
    assert client_of().get("/r/").status_code == 200
