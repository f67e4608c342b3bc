"""The manager's pages: stock and forecast, opening a pool, and events by lists of numbers, seen before they happen."""

import csv
import json
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from hamrong.plates import jobs
from hamrong.plates.actions import lists
from hamrong.plates.actions.pools import change
from hamrong.plates.models import Event, Pool
from hamrong.plates.numbers import Run
from hamrong.plates.pages import public, stock
from hamrong.plates.wording import plate
from tests.entrances import a_person, browser_of
from tests.plates.desks import a_manager, text
from tests.plates.owners import a_press, a_sealer
from tests.plates.pools import BASIS as STATED
from tests.plates.pools import a_pool, left, manager
from tests.workbooks import a_workbook_of
from tests.world import NOW, PROVINCE

BASIS = {"law": "36/2024/QH15 Điều 37", "document": "QĐ 9/QĐ-CAT ngày 01/03/2026", "on": "01/03/2026", "note": ""}


def sent(client, pool, type_, content, **changes):
    """Upload a list; the address that it leads to, or the page that says what is wrong."""
    told = {"type": type_, "text": "", **BASIS, **changes}
    if content is not None:
        told["file"] = SimpleUploadedFile("danh-sach.csv", content.encode() if isinstance(content, str) else content)
    return client.post(f"/province/plates/{pool}/list", told)


def taken(client, pool, type_, content, **confirmed):
    """Upload a list and confirm it; the page of the pool that follows."""
    address = sent(client, pool, type_, content).headers["Location"]
    client.post(address + "confirm", confirmed)
    return text(client.get(address, follow=True))


def last(pool):
    return Event.objects.filter(pool=pool).order_by("-event").first()


def test_the_stock_says_what_remains_and_until_when():
    pool, _ = a_pool()
    for _ in range(3):
        a_press(pool)
    a_sealer().work()
    page = text(a_manager().get("/province/plates/"))
    assert pool in page and "99.996" in page and "Dự kiến hết" in page and "<svg" in page
    figure = page.split("<figure")[1].split("</figure>")[0]
    assert "Kho thử" in figure and pool.partition("-")[2] not in figure
    assert (
        "Test pool" in text(a_manager().get("/province/plates/", headers={"accept-language": "en"})).split("<figure")[1]
    )


def test_each_series_says_how_many_were_drawn_and_when_it_runs_out_and_leaves_as_a_file():
    pool, (first, second) = a_pool(2)
    client = a_manager()
    page = text(client.get(f"/province/plates/{pool}/"))
    assert "Chưa có lượt bấm nào" in page and "Chưa thấy trước" in page
    most = [Run(each, 51, 99_999) for each in (first, second)]
    change(by=manager(), pool=pool, type="pool.recall", runs=most, basis=STATED, at=NOW)
    for _ in range(4):
        a_press(pool)
    a_sealer().work()
    page = text(client.get(f"/province/plates/{pool}/"))
    assert "có 4 lượt bấm" in page and "hết số vào khoảng" in page and "ngày nữa" in page
    answer = client.get("/province/plates/series.csv", {"pool": pool})
    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))[1:]
    assert [row[1] for row in rows] == [first, second] and sum(int(row[5]) for row in rows) == 4
    assert sum(int(row[2]) for row in rows) == 96 and all(row[8] for row in rows)
    assert answer.headers["Content-Type"].startswith("text/csv") and ".csv" in answer.headers["Content-Disposition"]
    everything = client.get("/province/plates/series.csv").content.decode()
    assert f"{pool},{first}," in everything
    assert client.get("/province/plates/series.csv", {"pool": "no-pool"}).status_code == 404


def test_a_series_without_numbers_says_what_can_still_come_back():
    pool, (series,) = a_pool()
    change(by=manager(), pool=pool, type="pool.set-aside", runs=[Run(series, 1, 99_999)], basis=STATED, at=NOW)
    page = text(a_manager().get(f"/province/plates/{pool}/"))
    assert "Kho đã hết số" in page and "Đã hết" in page and "99.999 số để riêng có thể trở về" in page


def test_who_only_reads_pools_cannot_change_them():
    pool, _ = a_pool()
    for role in ("province-leader", "inspector"):
        client = browser_of(a_person(role, PROVINCE))
        page = text(client.get(f"/province/plates/{pool}/"))
        assert "Mở kho" in page and "Việc theo danh sách" not in page
        assert client.get(f"/province/plates/{pool}/list").status_code == 403


def test_a_pool_is_opened_from_the_series_of_the_province_once_it_was_checked():
    client = a_manager()
    kinds = text(client.get("/province/plates/open"))
    assert "?offer=car:white" in kinds and "?offer=motorcycle:white" in kinds
    form = text(client.get("/province/plates/open?offer=trailer:white"))
    assert 'value="36RM"' in form
    told = {
        "offer": "trailer:white", "series": "36RM", "code": "36-romooc", "name_vi": "Rơ moóc", "name_en": "Trailers",
        **BASIS,
    }  # fmt: skip
    check = text(client.post("/province/plates/open", {**told, "do": "check"}))
    assert "99.999" in check and not Pool.objects.filter(pk="36-romooc").exists()
    answer = client.post("/province/plates/open", {**told, "do": "confirm"})
    assert answer.headers["Location"] == "/province/plates/36-romooc/"
    assert "QĐ 9/QĐ-CAT" in text(client.get(answer.headers["Location"]))
    assert 'value="36RM"' not in text(client.get("/province/plates/open?offer=trailer:white"))


@pytest.mark.parametrize("name", ["law", "document", "on"])
def test_nothing_happens_without_its_legal_basis(name):
    pool, (series,) = a_pool()
    page = text(sent(a_manager(), pool, "pool.set-aside", f"{series}00001", **{name: ""}))
    assert "error-summary" in page and left(pool) == 99_999


def test_a_list_in_any_writing_is_shown_before_it_is_applied():
    pool, (series,) = a_pool()
    client = a_manager()
    lines = f"STT;Biển số\n1;{series}-000.01\n2;{series.lower()} 00002\n3;{series}-000.02\nTổng cộng: 3\n"
    address = sent(client, pool, "pool.set-aside", lines).headers["Location"]
    page = text(client.get(address))
    assert "Ghi lặp lại" in page and "Tổng cộng: 3" in page and left(pool) == 99_999
    assert "không đọc được" in text(client.post(address + "confirm", follow=True)) and left(pool) == 99_999
    assert "Để riêng đấu giá" in text(client.post(address + "confirm", {"seen": "on"}, follow=True))
    assert left(pool) == 99_997 and last(pool).count == 2 and last(pool).document == BASIS["document"]


def test_numbers_that_were_set_aside_come_back_or_are_issued():
    pool, (series,) = a_pool()
    client = a_manager()
    taken(client, pool, "pool.set-aside", f"{series}00001-{series}00010\n")
    taken(client, pool, "pool.return", f"{series}00001\n")
    page = taken(client, pool, "pool.issue", f"{series}00002\n")
    assert left(pool) == 99_990 and "Trả về kho" in page and "Cấp không qua bấm số" in page


def test_numbers_that_do_not_fit_are_named_and_nothing_happens():
    pool, (series,) = a_pool()
    client = a_manager()
    address = sent(client, pool, "pool.return", f"{series}00007\n").headers["Location"]
    page = text(client.get(address))
    assert plate(f"{series}00007") in page and "confirm" not in page
    client.post(address + "confirm")
    assert last(pool).event == 1


@pytest.mark.parametrize("content", [b"PK\x03\x04....", "không có số nào\nở đây\n", None])
def test_what_is_no_list_is_refused_with_what_to_do(content):
    pool, _ = a_pool()
    client = a_manager()
    answer = sent(client, pool, "pool.set-aside", content)
    page = text(client.get(answer.headers["Location"]) if answer.status_code == 302 else answer)
    assert any(words in page for words in ("Không đọc được biển số nào", "lưu thành CSV", "Chọn một tệp")), page


def test_a_list_is_read_as_spreadsheets_save_unicode_text():
    pool, (series,) = a_pool()
    lines = f"STT\tBiển số\r\n1\t{series}-000.01\r\n2\t{series}-000.03\r\n"
    page = taken(a_manager(), pool, "pool.set-aside", lines.encode("utf-16"))
    assert "Để riêng đấu giá" in page and (last(pool).count, left(pool)) == (2, 99_997)


def test_a_workbook_is_read_as_it_comes_and_its_wrong_rows_are_shown_before_anything_happens():
    pool, (series,) = a_pool()
    client = a_manager()
    data = a_workbook_of({"Đấu giá": [["Biển số"], [f"{series}-000.01"], ["99Z-000.02"], [f"{series}-000.03"]]})
    address = sent(client, pool, "pool.set-aside", data).headers["Location"]
    page = text(client.get(address))
    assert "99Z-000.02" in page and "Sê-ri không thuộc kho này" in page and left(pool) == 99_999
    client.post(address + "confirm", {"seen": "on"})
    assert (last(pool).count, left(pool)) == (2, 99_997)


@pytest.mark.parametrize("content", [b"%PDF-1.7\n" + bytes(range(256)), bytes(range(256)) * 9])
def test_what_is_no_text_is_not_called_a_workbook(content):
    pool, _ = a_pool()
    client = a_manager()
    page = text(client.get(sent(client, pool, "pool.set-aside", content).headers["Location"]))
    assert "không phải danh sách" in page and "mật khẩu" not in page


def test_whoever_corrects_a_list_need_not_write_its_basis_again_and_the_wrong_one_is_given_up():
    pool, (series,) = a_pool()
    client = a_manager()
    for content in (f"{series}00007\n", b"PK\x03\x04...."):
        wrong = sent(client, pool, "pool.return", content, note="Đợt 7").headers["Location"]
        again = re.search(rf'href="(/province/plates/{pool}/list\?like=[0-9a-f-]+)"', text(client.get(wrong)))[1]
        form = text(client.get(again))
        for told in (BASIS["law"], BASIS["document"], "01/03/2026", "Đợt 7"):
            assert f'value="{told}"' in form
        assert re.search(r'value="pool.return"[^>]*checked', form)
        told = {"type": "pool.set-aside", "text": f"{series}00007", **BASIS}
        assert client.post(again, told).status_code == 302
        assert "Danh sách đã bỏ" in text(client.get(wrong))
    assert client.get(f"/province/plates/{pool}/list?like=x").status_code == 200


def test_a_pool_of_many_series_has_a_table_and_no_picture_of_hundreds_of_bars(monkeypatch):
    pool, _ = a_pool(2)
    address = f"/province/plates/{pool}/"
    assert "Số còn lại theo sê-ri" in text(a_manager().get(address))
    monkeypatch.setattr(stock, "CHARTED", 1)
    monkeypatch.setattr(public, "OPEN", 1)
    assert "Số còn lại theo sê-ri" not in text(a_manager().get(address))
    assert "Xem 2 sê-ri" in text(a_manager().get(f"/bien-so/kho/{pool}/"))


def test_a_list_can_be_given_up():
    pool, (series,) = a_pool()
    client = a_manager()
    address = sent(client, pool, "pool.set-aside", None, text=f"{series}00001").headers["Location"]
    client.post(address + "drop")
    client.post(address + "confirm")
    assert left(pool) == 99_999 and "Danh sách đã bỏ" in text(client.get(address))


def work_off(job):
    """Do what was left to the worker, as it does: with what was queued and nothing else."""
    (queued,) = ProcrastinateJob.objects.filter(task_name=job).order_by("-id")[:1]
    given = queued.args if isinstance(queued.args, dict) else json.loads(queued.args)
    {lists.READ: jobs.read_list, lists.APPLY: jobs.apply_list}[job](**given)


def test_a_large_list_is_read_and_applied_by_the_worker_and_can_be_found_again():
    pool, (series,) = a_pool()
    client = a_manager()
    many = "".join(f"{series}-{number // 100:03d}.{number % 100:02d}\n" for number in range(1, 40_001))
    address = sent(client, pool, "pool.set-aside", many).headers["Location"]
    assert "Đang đọc danh sách" in text(client.get(address))
    assert address in text(client.get(f"/province/plates/{pool}/"))
    work_off(lists.READ)
    assert "40.000" in text(client.get(address))
    client.post(address + "confirm")
    assert "Đang ghi vào kho" in text(client.get(address)) and left(pool) == 99_999
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 200
    work_off(lists.APPLY)
    assert client.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert left(pool) == 59_999 and last(pool).count == 40_000 and last(pool).on == date(2026, 3, 1)


def test_what_stops_a_list_is_told_and_it_can_be_tried_again():
    pool, (series,) = a_pool()
    client = a_manager()
    address = sent(client, pool, "pool.set-aside", f"{series}00001\n").headers["Location"]
    a_press(pool)
    sealed = a_sealer(fetch=lambda seal, checkpoint: None)
    sealed.work()
    client.post(address + "confirm")
    assert "chờ ra số" in text(client.get(address))
    a_sealer(epoch=2).work()
    client.post(address + "confirm")
    assert last(pool).type == "pool.set-aside"
