"""The office's pages through the real gate: filing, the ticket, cancelling, searching, exporting; what is on record."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from hamrong.kernel.documents import Citizen, build_citizen_qr
from hamrong.plates import alarm
from hamrong.plates.actions.entering import enter_plate
from hamrong.plates.wording import plate
from tests.entrances import a_person, browser_of
from tests.plates.actions.test_entering import told as from_elsewhere
from tests.plates.desks import OTHER_WARD, a_manager, an_officer, desk, fresh_pool, text, typed
from tests.plates.given import a_document, a_plate
from tests.plates.given import asked as change
from tests.plates.owners import WARD, a_file, a_press, a_sealer, a_vehicle, draws_of, officer
from tests.world import NOW, PROVINCE


def entries(connection, act, subject):
    """The purposes of the entries of an act about a subject, as the record has them."""
    found = connection.execute("select purpose from audit_entry where type = %s and subject = %s", [act, subject])
    return [purpose for (purpose,) in found]


def a_citizen():
    """An invented citizen, as the front of a card tells of one."""
    return Citizen(
        number="038090000017", full_name="Bùi Văn Quét", birth_date="1990-05-17", sex="M", address="Thanh Hóa",
        issued_on="2021-04-01",
    )  # fmt: skip


def test_an_office_is_told_which_of_its_draws_wait_too_long_and_no_other_office_is():
    pool, sealed_at = fresh_pool(), timezone.now() - alarm.AFTER - timedelta(minutes=1)
    due = a_press(pool, at=sealed_at)
    sealer = a_sealer(fetch=lambda seal, checkpoint: None)
    sealer.clock = lambda: sealed_at
    sealer.work()
    assert due.dossier in text(an_officer().get(desk())).split("<table")[0]
    assert due.dossier not in text(an_officer(OTHER_WARD).get(desk(ward=OTHER_WARD)))
    a_sealer(epoch=2).work()
    assert due.dossier not in text(an_officer().get(desk())).split("<table")[0]


def filed(client, pool, **changes):
    """The address of a file that was handed in."""
    answer = client.post(desk("new"), typed(pool, **changes))
    assert answer.status_code == 302, text(answer)
    return answer.headers["Location"]


def test_a_file_is_checked_before_it_is_handed_in_and_then_has_a_ticket():
    client, pool = an_officer(), fresh_pool()
    told = typed(pool, owner="Lò Thị Kiểm")
    check = client.post(desk("new"), {**told, "do": "check"})
    assert "Lò Thị Kiểm" in text(check) and told["vehicle"] in text(check)
    page = text(client.get(client.post(desk("new"), told).headers["Location"]))
    assert re.search(r"BX(-[0-9A-Z]{4}){4}", page) and "Chờ chủ xe bấm" in page
    assert "<svg" in page and told["vehicle"] not in page


def test_a_card_fills_the_form_and_what_is_no_card_is_told():
    client, pool = an_officer(), fresh_pool()
    card = build_citizen_qr(a_citizen())
    page = text(client.post(desk("new"), {**typed(pool, owner="", owner_document=""), "scan": card, "do": "read"}))
    assert 'value="Bùi Văn Quét"' in page and 'value="038090000017"' in page
    page = text(client.post(desk("new"), {**typed(pool), "scan": card, "language": "en"}))
    assert card in page and '<html lang="en"' in page
    client.post(desk("new"), {"language": "vi"})
    page = text(client.post(desk("new"), {**typed(pool), "scan": "https://example.org", "do": "read"}))
    assert "không phải mã QR" in page and 'value="https://example.org"' in page


@pytest.mark.parametrize("changes", [{"vehicle": "ABC"}, {"owner": ""}, {"owner_document": "--"}, {"plate": "x:white"}])
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_filed(changes):
    client, pool = an_officer(), fresh_pool()
    page = text(client.post(desk("new"), typed(pool, **changes)))
    assert "error-summary" in page and "<form method" in page


def test_the_same_form_sent_twice_leads_to_the_same_file():
    client, pool = an_officer(), fresh_pool()
    told = typed(pool)
    first = client.post(desk("new"), told).headers["Location"]
    assert client.post(desk("new"), told).headers["Location"] == first
    assert "không có hồ sơ mới" in text(client.get(first))


def test_a_file_that_nobody_pressed_is_cancelled_with_a_reason_and_the_vehicle_can_come_again():
    client, pool = an_officer(), fresh_pool()
    told = typed(pool)
    address = client.post(desk("new"), told).headers["Location"]
    assert "Hãy ghi lý do hủy" in text(client.post(address + "void", {"reason": " "}))
    assert client.post(address + "void", {"reason": "Sai số khung"}).status_code == 302
    assert "đã bị hủy" in text(client.get(address))
    assert client.post(desk("new"), told).headers["Location"] != address


def test_what_was_pressed_cannot_be_cancelled():
    client, pool = an_officer(), fresh_pool()
    drawn = a_press(pool)
    answer = client.get(desk(f"{drawn.pk}/void"))
    assert answer.status_code == 302 and answer.headers["Location"] == desk(f"{drawn.pk}/")
    client.post(desk(f"{drawn.pk}/void"), {"reason": "Đổi ý"})
    page = text(client.get(desk(f"{drawn.pk}/")))
    assert "Chủ xe đã bấm" in page and "đã bị hủy" not in page


def test_the_state_is_told_only_when_it_has_changed():
    client, pool = an_officer(), fresh_pool()
    drawn = a_press(pool)
    address = desk(f"{drawn.pk}/state")
    assert client.get(address, {"seen": "pressed"}).status_code == 204
    a_sealer(fetch=lambda seal, checkpoint: None).work()
    placed = client.get(address, {"seen": "pressed"}, headers={"HX-Request": "true"})
    assert "Thứ tự đã được chốt" in text(placed) and "HX-Refresh" not in placed.headers
    a_sealer(epoch=2).work()
    page = text(client.get(address, {"seen": "sealed"}))
    assert plate(draws_of(pool)[0].number) in page and "hx-get" not in page
    assert client.get(address, {"seen": "drawn"}).status_code == 204
    anew = client.get(address, {"seen": "sealed"}, headers={"HX-Request": "true"})
    assert (anew.status_code, anew.headers["HX-Refresh"]) == (204, "true")


def test_numbers_are_masked_until_they_are_asked_for_and_that_is_on_record(admin_connection):
    client, pool = an_officer(), fresh_pool()
    told = typed(pool)
    address = client.post(desk("new"), told).headers["Location"]
    assert told["vehicle"] not in text(client.get(address)) + text(client.get(desk()))
    assert told["vehicle"] in text(client.post(address)) and told["owner_document"] in text(client.post(address))
    identifier = address.rstrip("/").rsplit("/", 1)[1]
    assert entries(admin_connection, "plate.open", f"plates-draw:{identifier}") == ["vehicle-registration"] * 3


def test_the_list_is_of_today_and_its_filters_live_in_the_address():
    client, pool = an_officer(), fresh_pool()
    filed(client, pool, owner="Đỗ Thị Ngãi", dossier="HS-MOT-1")
    filed(client, pool, owner="Hà Văn Khác", dossier="HS-HAI-2")
    page = text(client.get(desk(), {"q": "do thi ngai", "pool": pool}))
    assert "HS-MOT-1" in page and "HS-HAI-2" not in page
    assert "HS-HAI-2" in text(client.get(desk(), {"q": "hs-hai", "pool": pool}))
    assert "HS-HAI-2" not in text(client.get(desk(), {"q": "%", "pool": pool}))
    assert "HS-MOT-1" not in text(client.get(desk(), {"state": "drawn", "pool": pool}))
    yesterday = text(client.get(desk(), {"day": "01/01/2026", "pool": pool}))
    assert "HS-MOT-1" not in yesterday and "Chưa có hồ sơ nào như vậy" in yesterday


def test_a_file_of_another_office_appears_on_no_page():
    pool = fresh_pool()
    drawn = a_file(pool, owner="Mạc Thị Kín")
    stranger = an_officer(OTHER_WARD)
    assert "Mạc Thị Kín" not in text(stranger.get(desk(ward=OTHER_WARD), {"day": "", "pool": pool}))
    for path in ("", "state", "void", "slip.pdf"):
        assert stranger.get(desk(f"{drawn.pk}/{path}", OTHER_WARD)).status_code in {404, 302}, path
    assert stranger.get(desk()).status_code == 403
    assert stranger.get(desk(f"{drawn.pk}/")).status_code == 403


def asked(client, **what):
    """Ask a search; its results' address, or the page that says what is missing."""
    return client.post(desk("search/"), {"purpose": "vehicle-registration", **what})


def test_a_search_needs_a_purpose_a_case_and_something_to_look_for():
    client = an_officer()
    assert "Chọn mục đích" in text(client.post(desk("search/"), {"vehicle": "X"}))
    assert "ít nhất một điều" in text(asked(client))
    assert "Hãy ghi số vụ việc" in text(asked(client, purpose="investigation", vehicle="RLH0000001"))


def test_a_search_finds_by_vehicle_plate_and_document_and_holds_them_in_no_address(admin_connection):
    client, pool = an_officer(), fresh_pool()
    told = typed(pool, owner="Tạ Thị Tìm")
    address = client.post(desk("new"), told).headers["Location"]
    for what in ({"vehicle": told["vehicle"].lower()}, {"document": told["owner_document"]}):
        results = asked(client, **what).headers["Location"]
        page = text(client.get(results))
        assert "Tạ Thị Tìm" in page and told["vehicle"] not in results + page
    found = re.search(r'href="(/desk/[^"]+/search/[^"]+/[^"]+/)"', page)
    assert found and "Tạ Thị Tìm" in text(client.get(found[1]))
    identifier = address.rstrip("/").rsplit("/", 1)[1]
    assert entries(admin_connection, "plate.open", f"plates-draw:{identifier}") == ["vehicle-registration"]
    assert entries(admin_connection, "plate.search", f"search:{results.rstrip('/').rsplit('/', 1)[1]}")
    assert "Tạ Thị Tìm" not in text(client.get(asked(client, vehicle=told["vehicle"][:-1]).headers["Location"]))
    assert an_officer().get(results).status_code == 404


def test_a_drawn_plate_is_found_however_it_is_written():
    client, pool = an_officer(), fresh_pool()
    drawn = a_press(pool)
    a_sealer().work()
    (drawn,) = draws_of(pool)
    assert drawn.dossier in text(client.get(asked(client, plate=plate(drawn.number).lower()).headers["Location"]))


def results(**what):
    """What a search shows."""
    client = an_officer()
    return text(client.get(asked(client, **what).headers["Location"]))


def test_a_plate_is_found_wherever_it_came_from_and_whatever_became_of_it(admin_connection):
    """One that was kept and is on its owner's next vehicle; one that another province gave."""
    number, document, vehicle = a_plate(fresh_pool(), document=(owner := a_document())), owner, a_vehicle()
    change(number, "keep", "sold")
    for what in ({"plate": plate(number)}, {"document": document}):
        assert "Đang giữ cho chủ xe" in results(**what)
    change(number, "assign", "registered", vehicle=vehicle, owner_document=document)
    for what in ({"plate": plate(number)}, {"document": document}, {"vehicle": vehicle}):
        page = results(**what)
        assert "Đang gắn trên xe" in page and plate(number) in page and "Đang giữ" not in page
    brought = enter_plate(by=officer("plate.change"), told=from_elsewhere(), province=PROVINCE, at=NOW)
    assert "Do tỉnh khác cấp" in results(plate=brought.number)
    client = an_officer()
    found = asked(client, purpose="investigation", case_ref="VA-1", plate=brought.number).headers["Location"]
    page = text(client.get(f"{found}{brought.number}/"))
    assert "Công an tỉnh Ninh Bình" in page and "Nhận biển do tỉnh khác cấp" in page
    assert entries(admin_connection, "plate.open", f"plate:{brought.number}~car") == ["investigation"]
    assert client.get(f"{found}{number}/").status_code == 404, "what the search did not find"
    stranger = an_officer(OTHER_WARD)
    there = stranger.post(desk("search/", OTHER_WARD), {"purpose": "vehicle-registration", "plate": number})
    assert "Không có biển nào như vậy" in text(stranger.get(there.headers["Location"]))


def test_a_manager_of_pools_opens_no_owners_file():
    number, manager = a_plate(fresh_pool()), a_manager()
    for path in ("", "given/", f"given/{number}/", "search/", "export"):
        assert manager.get(desk(path)).status_code == 403, path
    for path in ("", "given", "series.csv"):
        assert manager.get(f"/province/plates/{path}").status_code == 200, path


def test_leaders_read_the_year_of_given_plates_and_an_inspector_is_not_shown_an_empty_one():
    for role, status in (("province-leader", 200), ("inspector", 403)):
        reader = browser_of(a_person(role, PROVINCE))
        assert reader.get("/province/plates/given").status_code == status
        assert ("/province/plates/given" in text(reader.get("/province/plates/"))) == (status == 200), role


def test_an_export_is_on_record_and_its_cells_are_harmless(admin_connection):
    client, pool = an_officer(), fresh_pool()
    told = typed(pool, dossier="=1+1", owner="Tô Văn Xuất")
    client.post(desk("new"), told)
    address = desk(f"export?pool={pool}")
    assert "Chọn mục đích" in text(client.post(address, {"format": "csv"}))
    answer = client.post(address, {"purpose": "statistics", "format": "csv"})
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "'=1+1" in content and "Tô Văn Xuất" in content and told["vehicle"] not in content
    assert "statistics" in entries(admin_connection, "plate.export", f"ward:{WARD}")
    book = client.post(address, {"purpose": "statistics", "format": "xlsx"})
    assert b"".join(book.streaming_content)[:2] == b"PK"


def test_a_slip_is_printed_once_there_is_a_number_and_counted(admin_connection):
    client, pool = an_officer(), fresh_pool()
    drawn = a_press(pool)
    address = desk(f"{drawn.pk}/slip.pdf")
    assert client.get(address).status_code == 302
    a_sealer().work()
    for _ in range(2):
        assert client.get(address).content.startswith(b"%PDF")
    (drawn,) = draws_of(pool)
    assert drawn.printed == 2
    assert entries(admin_connection, "plate.print", f"plates-draw:{drawn.pk}") == ["vehicle-registration"] * 2
