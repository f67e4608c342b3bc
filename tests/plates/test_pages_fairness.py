"""The public statistical audit: out of the log alone, with pictures, tests and files; nothing is made in a request."""

import hashlib
import html

import msgspec
import pytest
from django.conf import settings
from django.utils import timezone

from hamrong.plates import judged
from hamrong.plates.fairness import registration
from hamrong.plates.fairness.report import report
from hamrong.plates.queries import observed
from tests.plates.desks import an_owner, text
from tests.plates.fairness.systems import drawn, honest_ranks, next_free
from tests.plates.owners import a_press, a_sealer, draws_of
from tests.plates.pools import small_pool

PAGE = "/bien-so/cong-bang/"


def put(found, folder=None):
    file = (folder or settings.HAMRONG_PUBLIC) / judged.FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(msgspec.json.encode(judged.Judged(timezone.now(), 9_000, found)))


@pytest.fixture(autouse=True)
def no_report():
    (settings.HAMRONG_PUBLIC / judged.FILE).unlink(missing_ok=True)


def page(**where):
    return html.unescape(text(an_owner(**where).get(PAGE)))


def test_draws_are_seen_as_the_public_log_tells_them():
    pool, _ = small_pool(40)
    for _turn in range(6):
        a_press(pool)
        a_sealer().work()
    found, entries = observed.draws([pool])
    told = [(one.number, one.k, one.n, one.ward) for one in draws_of(pool)]
    assert [(each.number, each.k, each.n, each.office) for each in found] == told
    assert all(each.around is not None and each.at_hour is not None and not each.clerk for each in found)
    assert entries > 12


def test_the_nightly_work_puts_a_report_where_everybody_can_fetch_it(tmp_path):
    pool, _ = small_pool(40)
    a_press(pool)
    a_sealer().work()
    made = judged.judge(tmp_path, [pool], timezone.now())
    assert judged.read(tmp_path) == made
    assert (made.report.draws, made.report.known, made.report.pools) == (1, 1, (pool,))


def test_without_a_report_the_page_says_when_there_will_be_one():
    assert "Chưa có báo cáo" in page()
    assert an_owner().get(f"{PAGE}bao-cao.json").status_code == 404
    (settings.HAMRONG_PUBLIC / judged.FILE).parent.mkdir(parents=True, exist_ok=True)
    (settings.HAMRONG_PUBLIC / judged.FILE).write_bytes(b'{"report": "of an earlier form"}')
    assert "Chưa có báo cáo" in page()


def test_honest_draws_raise_no_question_and_every_picture_has_its_table():
    found = report(drawn(honest_ranks, 1, size=20_000, draws=2_000))
    put(found)
    shown = page()
    assert "Không có câu hỏi nào" in shown and found.registration in shown
    assert shown.count("<figure") >= 4 and shown.count("<table") >= shown.count("<figure")
    assert all(title in shown for title in ("Tất cả các lượt", "Theo nơi đăng ký", "Theo giờ chốt thứ tự"))


def test_what_is_strange_is_a_question_in_both_languages():
    put(report(drawn(next_free, 1, size=20_000, draws=5_000)))
    assert "Cần một người xem xét" in page()
    english = page(HTTP_ACCEPT_LANGUAGE="en")
    assert "A question for a human" in english and "Numbers just above a gap" in english


def test_report_and_tests_can_be_fetched_as_they_are():
    found = report(drawn(honest_ranks, 1, size=3_000, draws=300))
    put(found)
    sent = b"".join(an_owner().get(f"{PAGE}bao-cao.json").streaming_content)
    assert msgspec.json.decode(sent, type=judged.Judged).report == found
    tests = b"".join(an_owner().get(f"{PAGE}phep-thu.yaml").streaming_content)
    assert hashlib.sha256(tests).hexdigest() == found.registration
    assert registration.read(tests).version == found.version
