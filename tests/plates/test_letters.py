"""Plates with Đ, a letter beyond ASCII, from the opening of the pool to the receipt that is checked without us."""

import html
import json

import pytest

from hamrong.kernel.proofs import hamrong_replay, hamrong_verify
from hamrong.plates.actions.pools import change, open_pool
from hamrong.plates.lists import read_list
from hamrong.plates.models import Event
from hamrong.plates.numbers import Run, name_of
from hamrong.plates.queries import pools
from hamrong.plates.queries.receipts import of_draw
from hamrong.plates.receipts import read, to_code, to_file
from tests.plates.desks import an_owner, publish_keys, text
from tests.plates.logs import Log, a_receipt
from tests.plates.owners import a_press, a_sealer, draws_of
from tests.plates.pools import BASIS, a_series, manager
from tests.world import NOW


@pytest.fixture(scope="module")
def series():
    """A series of its own that ends with Đ."""
    return f"{a_series()[:-1]}Đ"


@pytest.fixture(scope="module")
def pool(series):
    publish_keys()
    code = f"36-thu-{series[2:-1].lower()}"
    made = open_pool(
        by=manager(), code=code, kind="motorcycle", colours=["white"], name_vi="Xe máy điện", name_en="Electric",
        series=[series], basis=BASIS, at=NOW,
    )  # fmt: skip
    assert isinstance(made, Event), made
    return code


def test_a_pool_is_opened_set_aside_by_a_list_and_its_files_are_utf_8(pool, series):
    listed = read_list(f"{series}-000.05\n{series}00007-{series}00009\n".encode(), series={series}, kind="motorcycle")
    assert listed.runs == [Run(series, 5, 5), Run(series, 7, 9)] and not listed.problems
    done = change(by=manager(), pool=pool, type="pool.set-aside", runs=listed.runs, basis=BASIS, at=NOW)
    assert isinstance(done, Event)
    answer = an_owner().get(f"/bien-so/kho/{pool}/{done.event}.txt")
    content = b"".join(answer.streaming_content)
    assert content == f"{series}00005\n{series}00007-{series}00009\n".encode() and name_of(content) == done.file
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert [(one.name, one.aside) for one in pools.series(pool)] == [(series, 4)]


def test_a_draw_its_exports_its_receipt_and_its_qr_code_carry_the_letter(pool, series):
    a_press(pool)
    a_sealer().work()
    one = draws_of(pool)[-1]
    assert one.number.startswith(series)
    receipt = of_draw(pool, one.seq)
    assert read(to_file(receipt)) == receipt and read(to_code(receipt)) == receipt
    client = an_owner()
    for address in (f"/p/{to_code(receipt)}", f"/bien-so/kiem-tra/?number={one.number}"):
        page = html.unescape(text(client.get(address)))
        assert "Phiếu này đúng" in page and series in page
    day = f"/bien-so/luot-bam/{NOW:%Y-%m-%d}"
    assert one.number in client.get(f"{day}.csv").content.decode("utf-8-sig")
    assert one.number in {row["number"] for row in json.loads(client.get(f"{day}.json").content)}


def test_the_small_programs_follow_such_a_pool_and_check_its_receipt(tmp_path, capsys):
    log = Log()
    log.happen("pool.open", Run("36MA", 1, 99_999), Run("36MĐ", 1, 99_999))
    log.happen("pool.recall", Run("36MA", 1, 99_999), Run("36MĐ", 11, 99_999))
    log.batch(3)
    log.write(tmp_path)
    asked = ["plates", str(tmp_path), "--keys", str(tmp_path / "keys.json")]
    assert hamrong_replay.main(asked, does={"plates": hamrong_replay.check_plates}) == 0
    (tmp_path / "a.plate.json").write_text(json.dumps(a_receipt(log, 2)))
    asked = ["receipt", str(tmp_path / "a.plate.json"), "--keys", str(tmp_path / "keys.json")]
    assert hamrong_verify.main(asked) == 0
    assert "36MĐ" in capsys.readouterr().out
