"""The page that takes in a plate from elsewhere: found from a plate that is not here, what was typed stays."""

from tests.plates.actions.test_entering import SOURCE, a_won_number, an_old_number, elsewhere
from tests.plates.desks import an_officer, desk, text
from tests.plates.given import a_document, plate_now
from tests.plates.owners import a_vehicle
from tests.plates.pools import a_pool


def form(**changes: str) -> dict[str, str]:
    facts = {
        "origin": "province", "number": elsewhere(), "kind": "car", "colour": "white", "source": SOURCE,
        "on": "03/03/2025", "dossier": "HS-7", "vehicle": a_vehicle(), "owner": "Nguyễn Thị Thử",
        "owner_document": a_document(),
    }  # fmt: skip
    return {**facts, **changes}


def test_a_plate_that_is_not_here_leads_to_the_form_and_is_taken_in_with_its_origin():
    client, told = an_officer(), form()
    none = client.get(desk(f"given/{told['number']}/"))
    address = desk("given/enter")
    assert none.status_code == 404 and f"{address}?number={told['number']}" in text(none)
    assert f'value="{told["number"]}"' in text(client.get(f"{address}?number={told['number']}"))
    page = text(client.post(address, told, follow=True))
    assert "Do tỉnh khác cấp" in page and SOURCE in page and "Đã trả chứng nhận đăng ký" in page
    assert "Nhận biển do tỉnh khác cấp" in page and "Chưa có việc nào từ khi ra số" not in page
    listed = text(client.get(desk("given/")))
    assert f"{told['number'][:3]}-{told['number'][3:6]}.{told['number'][6:]}" in listed


def test_a_motorcycle_of_another_province_is_written_as_one():
    client, number = an_officer(), f"35AA{elsewhere()[3:]}"
    page = text(client.post(desk("given/enter"), form(number=number, kind="motorcycle"), follow=True))
    assert f"35-AA {number[4:7]}.{number[7:]}" in page and "Mô tô" in page.replace("Xe mô tô", "Mô tô")


def test_what_is_refused_says_why_and_keeps_what_was_typed():
    client = an_officer()
    _, (series,) = a_pool()
    number = f"{series}09999"
    page = text(client.post(desk("given/enter"), form(origin="auction", number=number, owner="Trần Văn Gõ")))
    assert "còn trong kho để bấm" in page and "Trần Văn Gõ" in page and plate_now(number) is None
    missing = text(client.post(desk("given/enter"), form(on="31/02/2025", source="")))
    assert "error-summary" in missing and "Hãy ghi nơi đã cấp hoặc quyết định." in missing


def test_a_won_number_is_given_undone_and_public_pages_name_nobody():
    client, number = an_officer(), a_won_number()
    told = form(origin="auction", number=number, source="QĐ 12/QĐ-HĐĐG", owner="Lê Thị Kín")
    page = text(client.post(desk("given/enter"), told, follow=True))
    assert "Trúng đấu giá" in page and "QĐ 12/QĐ-HĐĐG" in page and "Đã trả biển" in page
    plate = plate_now(number)
    assert plate is not None
    public = text(client.get(f"/bien-so/kho/{plate.pool}/"))
    assert "Lê Thị Kín" not in public and told["vehicle"] not in public
    undo = page.partition('/undo"')[0].rpartition('href="')[2] + "/undo"
    answer = client.post(undo, {"reason": "Nhầm số khung"})
    assert answer.status_code == 302 and answer.headers["Location"] == desk("given/") and plate_now(number) is None


def test_an_old_plate_is_taken_in_given_up_and_leads_to_a_new_file():
    client, number = an_officer(), an_old_number()
    told = form(
        origin="older", number=f"36-{number[2:4]} {number[4:]}", kind="motorcycle", source="Công an huyện Hậu Lộc"
    )
    page = text(client.post(desk("given/enter"), told, follow=True))
    assert f"36-{number[2:4]} {number[4:]}" in page and "Biển kiểu cũ do tỉnh này cấp" in page
    here = desk(f"given/{number}~motorcycle/")
    assert f'href="{here}renew"' in page and "Biển 3, 4 số vẫn có giá trị" in page
    page = text(client.post(f"{here}renew", {"reason": "worn", "dossier": "HS-8"}, follow=True))
    assert "Biển cũ đã thu" in page and desk("new") in page
    five = text(
        client.post(desk("given/enter"), form(origin="older", number=an_old_number(5), kind="motorcycle"), follow=True)
    )
    assert "Biển kiểu cũ do tỉnh này cấp" in five and "/renew" not in five


def test_the_form_is_whole_in_english():
    client = an_officer()
    client.cookies["django_language"] = "en"
    page = text(client.get(desk("given/enter")))
    assert "Take in a plate that is not on the books" in page and "Given by another province" in page
