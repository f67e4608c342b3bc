"""What everybody may read and check: no names, every draw with why it is this number, and what does not fit is said."""

import csv
import html
import io
import json
import re
import secrets
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from hamrong.kernel.codes import new_code
from hamrong.plates import alarm
from hamrong.plates.actions.files import TICKET
from hamrong.plates.numbers import name_of
from hamrong.plates.queries import pools
from hamrong.plates.queries.receipts import of_draw
from hamrong.plates.receipts import read, to_code, to_file
from hamrong.plates.wording import local, plate, pool_name
from hamrong.ui import scans
from hamrong.ui.formats import number
from tests.plates.desks import an_owner, fresh_pool, publish_keys, text
from tests.plates.owners import a_press, a_sealer, draws_of
from tests.plates.pools import a_pool, small_pool
from tests.ui.test_scans import photograph

CHECK = "/bien-so/kiem-tra/"


@pytest.fixture(autouse=True, scope="module")
def keys():
    publish_keys()


def drawn(pool, count=1):
    """Draws of a pool that were made just now, in their order."""
    now = datetime.now(UTC)
    for _ in range(count):
        a_press(pool, at=now)
    sealer = a_sealer()
    sealer.clock = lambda: now
    sealer.work()
    return draws_of(pool)[-count:]


def suppressed(pool, ago):
    """A request whose place was fixed so long ago, and whose number is withheld; when that was."""
    sealed_at = timezone.now() - ago
    a_press(pool, at=sealed_at)
    sealer = a_sealer(fetch=lambda seal, checkpoint: None)
    sealer.clock = lambda: sealed_at
    sealer.work()
    return sealed_at


def waiting():
    return an_owner().get("/bien-so/cho-ra-so.json").json()


def words(page):
    return html.unescape(text(page))


def test_the_first_page_explains_the_draw_and_lists_the_pools():
    pool = fresh_pool()
    page = text(an_owner().get("/bien-so/"))
    assert "Biển số được chọn như thế nào" in page and f"/bien-so/kho/{pool}/" in page and "<svg" in page


def test_a_place_that_waits_too_long_for_its_number_alarms_everybody():
    pool = fresh_pool()
    sealed_at = suppressed(pool, alarm.AFTER + timedelta(minutes=1))
    day = f"/bien-so/luot-bam/{local(sealed_at):%Y-%m-%d}/"
    told = f"{pool_name(pools.pool(pool))}: 1 lượt từ số 1, chốt lúc"
    assert told in text(an_owner().get("/bien-so/")) and told in text(an_owner().get(day)).split("<table")[0]
    before = text(an_owner().get("/bien-so/")).count(told)  # other tests' pools have the same name
    a_sealer(epoch=2).work()
    assert text(an_owner().get("/bien-so/")).count(told) < before
    assert "chưa ra số" not in text(an_owner().get(day))


def test_a_program_is_told_which_places_wait_too_long_with_their_entries_of_the_log():
    pool = fresh_pool()
    suppressed(pool, alarm.AFTER + timedelta(minutes=1))
    (told,) = [one for one in waiting()["waiting"] if one["pool"] == pool]
    (due,) = draws_of(pool)
    assert (told["first"], told["count"], told["requests"], told["seal"]) == (1, 1, [due.leaf], due.seal)
    a_sealer(epoch=2).work()
    assert pool not in {one["pool"] for one in waiting()["waiting"]}


def test_a_place_that_waits_less_than_that_alarms_nobody():
    pool = fresh_pool()
    suppressed(pool, alarm.AFTER - timedelta(minutes=1))
    assert pool not in {one["pool"] for one in waiting()["waiting"]}
    assert waiting()["after_minutes"] == alarm.MINUTES
    a_sealer(epoch=2).work()


def test_a_draw_is_checked_by_its_number_however_it_is_written():
    (one,) = drawn(fresh_pool())
    for typed in (plate(one.number), one.number.lower(), f" {plate(one.number)} "):
        page = words(an_owner().get(CHECK, {"number": typed}))
        assert "Phiếu này đúng" in page and plate(one.number) in page


def test_a_draw_is_checked_by_its_place_and_walked_through_in_words():
    pool, _ = small_pool(50)
    two = drawn(pool, 2)[1]
    page = words(an_owner().get(CHECK, {"pool": pool, "seq": "2"}))
    assert "kho còn 49 số" in page and "đứng thứ 2 trong 2 lượt" in page and bytes(two.nonce).hex() in page
    share = re.search(r"đúng một phần của kho: (0,\d{9})\.", page)
    assert share and int(float(share[1].replace(",", ".")) * two.n) + 1 == two.k
    assert f"rơi vào số thứ {two.k}" in page and plate(two.number) in page
    assert "Không kiểm tra ở đây" in page and "Mức C" in page and "Không chống được" in page
    assert "Máy tính ở đâu tính lại cũng ra phần này, nhưng" in page


def test_a_qr_code_of_a_slip_opens_the_check_in_capitals_too():
    (one,) = drawn(fresh_pool())
    code = to_code(of_draw(one.pool, one.seq))
    for address in (f"/p/{code}", f"/P/{code}", f"/p/{code.lower()}"):
        assert "Phiếu này đúng" in words(an_owner().get(address))
    assert "Phiếu này đúng" in words(an_owner().post(CHECK, {"text": f"HTTPS://HAMRONG.EXAMPLE/P/{code}"}))


def test_a_file_is_checked_and_is_the_one_that_can_be_fetched():
    (one,) = drawn(fresh_pool())
    fetched = an_owner().get(f"/bien-so/phieu/{one.pool}/{one.seq}.plate.json")
    assert read(fetched.content) == of_draw(one.pool, one.seq)
    page = words(an_owner().post(CHECK, {"file": SimpleUploadedFile("x.plate.json", fetched.content)}))
    assert "Phiếu này đúng" in page


def sent(content: bytes, name: str = "anh.jpg"):
    return words(an_owner().post(CHECK, {"file": SimpleUploadedFile(name, content)}))


@pytest.mark.parametrize(("angle", "blur"), [(7, 1.2), (180, 1.5)])
def test_a_photograph_of_a_slip_is_checked(angle, blur):
    (one,) = drawn(fresh_pool())
    told = f"HTTPS://HAMRONG.EXAMPLE/P/{to_code(of_draw(one.pool, one.seq))}"
    page = sent(photograph(told, angle=angle, blur=blur))
    assert "Phiếu này đúng" in page and plate(one.number) in page


def test_a_photograph_of_something_else_is_answered_with_what_to_do():
    ticket = "https://hamrong.example/bien-so/bam/" + new_code(TICKET)
    assert "mã phiếu của chủ xe" in sent(photograph(ticket))
    assert "không phải của phiếu chọn biển số" in sent(photograph("https://hamrong.example/khac"))
    assert "Không đọc được biên nhận này" in sent(photograph("HTTPS://HAMRONG.EXAMPLE/P/AAAA"))
    blank = io.BytesIO()
    Image.new("RGB", (300, 300)).save(blank, "PNG")
    assert "Không thấy mã QR nào trong ảnh" in sent(blank.getvalue())
    assert "tệp PDF" in sent(b"%PDF-1.7 ...", "phieu.pdf")
    assert "không phải ảnh" in sent(b"PK\x03\x04...", "phieu.docx")
    assert "không phải ảnh" in sent(b"{" + b" " * 70_000 + b"}", "x.plate.json")
    assert "quá lớn" in sent(b"x" * (scans.LARGEST + 1))


def test_what_was_checked_is_told_in_words_and_its_technical_values_are_folded_away():
    pool = fresh_pool()
    one = drawn(pool, 1)[0]
    receipt = of_draw(one.pool, one.seq)
    page = words(an_owner().get(CHECK, {"pool": pool, "seq": "1"}))
    checks = page.split('class="checks"')[1].split("</ul>")[0]
    sealed = local(datetime.fromisoformat(receipt.seal["at"]))
    assert f"{sealed:%H:%M:%S %d/%m/%Y}" in checks and plate(one.number) in checks
    assert f"số thứ {number(one.k)} trong {number(one.n)} số" in checks and "99.999" in checks
    assert receipt.seal["at"] not in checks and one.number not in checks and pool not in checks
    folded = page.split('class="raw"')[1].split("</dl>")[0]
    for value in (receipt.seal["at"], receipt.seal["root"], receipt.draw["proof"], one.number, pool):
        assert value in folded
    english = words(an_owner().get(CHECK, {"pool": pool, "seq": "1"}, headers={"accept-language": "en"}))
    assert f"number {one.k:,} of the 99,999 that remained" in english


def test_a_receipt_with_a_character_that_no_database_keeps_is_unreadable():
    (one,) = drawn(fresh_pool())
    told = json.loads(to_file(of_draw(one.pool, one.seq)))
    told["draw"]["pool"] = "\x00"
    assert "Không đọc được biên nhận này" in sent(json.dumps(told).encode(), "x.plate.json")


@pytest.mark.parametrize(
    "changed",
    [
        ("seal", "at", "9999-12-31T23:59:59Z"), ("seal", "at", 5), ("draw", "number", 5), ("draw", "n", "x"),
        ("draw", "seq", 10**30), ("seal", "count", -1),
    ],
)  # fmt: skip
def test_a_receipt_of_impossible_values_is_called_wrong(changed):
    part, name, value = changed
    (one,) = drawn(fresh_pool())
    told = json.loads(to_file(of_draw(one.pool, one.seq)))
    told[part][name] = value
    assert "Phiếu này không đúng" in sent(json.dumps(told).encode(), "x.plate.json")


@pytest.mark.parametrize("changed", [("draw", "number", "36A00001"), ("draw", "k", 1), ("request", "nonce", "00" * 16)])
def test_a_changed_receipt_is_called_wrong(changed):
    part, name, value = changed
    (one,) = drawn(fresh_pool())
    told = json.loads(to_file(of_draw(one.pool, one.seq)))
    told[part][name] = value
    sent = SimpleUploadedFile("x.plate.json", json.dumps(told).encode())
    page = words(an_owner().post(CHECK, {"file": sent}))
    assert "Phiếu này không đúng" in page and "Vì sao là số này" not in page


@pytest.mark.parametrize(
    "told",
    ["", "36", "không phải biển số", "BX-0000-0000-0000-0000", "/p/AAAA", "36A00000", "x" * 3000, "{}", "{" * 5000],
)
def test_what_is_no_receipt_is_answered_with_what_to_do(told):
    answer = an_owner().post(CHECK, {"text": told})
    assert answer.status_code in {200, 404} and "error-summary" in text(answer)


@pytest.mark.parametrize("path", ["/p/XXXX", "/P/AAAA/BBBB", "/p/", "/P/"])
def test_a_qr_address_that_was_cut_or_broken_says_what_to_do(path):
    answer = an_owner().get(path)
    assert answer.status_code == 404
    for told in ("Không đọc được mã QR này", "Quét lại mã", "gửi ảnh chụp mã", "in lại được", 'name="file"'):
        assert told in text(answer)
    assert "error-summary" not in text(answer)


def test_a_receipt_with_a_part_missing_is_told_in_words_of_ours():
    one = drawn(fresh_pool(), 1)[0]
    told = json.loads(to_file(of_draw(one.pool, one.seq)))
    for change in (lambda: told["seal"].pop("root"), lambda: told["draw"].update(k="mười"), lambda: told.pop("seal")):
        change()
        page = words(an_owner().post(CHECK, {"file": SimpleUploadedFile("a.plate.json", json.dumps(told).encode())}))
        assert "thiếu hoặc hỏng một phần" in page or "Không đọc được biên nhận này" in page
        assert "Error" not in page and "object" not in page and "&#x27;" not in page


def test_a_number_that_nobody_drew_and_a_place_that_is_not_drawn_are_not_found():
    for query in (
        {"number": "36Z-999.99"},
        {"pool": fresh_pool(), "seq": "1"},
        {"pool": "36-nowhere", "seq": "9" * 12},
    ):
        assert an_owner().get(CHECK, query).status_code == 404
    assert an_owner().get("/bien-so/phieu/36-nowhere/1.plate.json").status_code == 404


def test_all_draws_of_a_day_are_a_list_and_two_files_without_names():
    found = drawn(fresh_pool(), 3)
    today = timezone.localdate().isoformat()
    address, client = f"/bien-so/luot-bam/{today}", an_owner()
    rows = list(csv.DictReader(io.StringIO(client.get(address + ".csv").content.decode("utf-8-sig"))))
    listed = json.loads(client.get(address + ".json").content)
    ours = [row for row in listed if row["pool"] == found[0].pool]
    assert [row["number"] for row in ours] == [one.number for one in found]
    assert [str(row["k"]) for row in ours] == [row["k"] for row in rows if row["pool"] == found[0].pool]
    content = client.get(address + ".json").content.decode()
    assert found[0].owner_name not in content and found[0].dossier not in content and found[0].ticket not in content
    assert (
        "Các lượt bấm ngày" in text(client.get(address + "/")) and client.get(f"{address}/?after=x").status_code == 200
    )
    assert client.get("/bien-so/luot-bam/2020-13-01/").status_code == 404


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (timezone.localdate() + timedelta(days=1), "chưa đến"), (date(9999, 12, 31), "chưa đến"),
        (date(2020, 1, 1), "chưa mở kho số nào"), (date(1, 1, 1), "chưa mở kho số nào"),
    ],
)  # fmt: skip
def test_a_day_that_can_have_no_draws_says_why_and_leads_to_the_last_one_that_has(day, why):
    drawn(fresh_pool())
    client, address = an_owner(), f"/bien-so/luot-bam/{day.isoformat()}"
    page = text(client.get(address + "/"))
    assert why in page and f"/bien-so/luot-bam/{timezone.localdate().isoformat()}/" in page
    assert "Ngày sau" not in page and "Ngày trước" not in page and "<table" not in page
    assert client.get(address + ".json").json() == []


def test_a_day_without_draws_between_others_says_so():
    a_pool(at=datetime(2026, 2, 1, tzinfo=UTC))
    page = text(an_owner().get("/bien-so/luot-bam/2026-03-01/"))
    assert "Ngày này không có lượt bấm nào" in page and "Ngày sau" in page and "Ngày trước" in page


def test_a_day_is_paged_and_no_draw_is_left_out():
    drawn(fresh_pool(), 105)
    address, client = f"/bien-so/luot-bam/{timezone.localdate().isoformat()}", an_owner()
    everything = [row["number"] for row in json.loads(client.get(address + ".json").content)]
    seen, after = 0, 0
    while after < len(everything):
        page = text(client.get(f"{address}/", {"after": after}))
        seen += page.count(f"{CHECK}?pool=")
        after += 100
    assert seen == len(everything)


def test_the_history_of_a_pool_names_the_law_and_its_files_are_what_the_log_names():
    pool, series = small_pool(50)
    page = text(an_owner().get(f"/bien-so/kho/{pool}/"))
    assert "Mở kho" in page and "Rút khỏi kho" in page and "36/2024/QH15" in page
    answer = an_owner().get(f"/bien-so/kho/{pool}/2.txt")
    content = b"".join(answer.streaming_content)
    assert content == f"{series}00051-{series}99999\n".encode() and answer["ETag"] == f'"{name_of(content)}"'
    assert an_owner().get(f"/bien-so/kho/{pool}/9.txt").status_code == 404
    assert an_owner().get(f"/bien-so/kho/x{secrets.token_hex(3)}/").status_code == 404
