"""The export of an older system: columns by their headings, what was left out, the same report, and exit codes."""

import csv
import io
from datetime import datetime, timedelta
from random import Random

import msgspec
import pytest
import xlsxwriter
from click.testing import CliRunner

from hamrong.plates.fairness import older
from hamrong.plates.fairness.report import report
from hamrong.site.cli import hamrong
from tests.plates.fairness.systems import drawn, honest_ranks, next_free

START = datetime(2025, 3, 3, 8, 0)
HEAD = ("STT", "Biển số", "Thời gian bấm", "Đơn vị", "Cán bộ")


def lines(system, draws=1_200, size=99_999, seed=36):
    """An export as an older system writes it: five offices, three people at desks."""
    for at, number in enumerate(system(size, draws, Random(seed))):
        told = f"36A-{number // 100:03d}.{number % 100:02d}"
        yield (str(at + 1), told, f"{START + timedelta(minutes=7 * at):%d/%m/%Y %H:%M}", f"Đội {at % 5}", f"CB{at % 3}")


def as_csv(rows, head=HEAD, mark=","):
    into = io.StringIO()
    csv.writer(into, delimiter=mark).writerows([head, *rows])
    return into.getvalue().encode()


def as_xlsx(rows, head=HEAD, hidden=False, **more):
    into = io.BytesIO()
    book = xlsxwriter.Workbook(into, more)
    if hidden:
        book.add_worksheet()
    sheet = book.add_worksheet()
    if hidden:
        sheet.hide()
    for place, row in enumerate((head, *rows)):
        sheet.write_row(place, 0, row)
    book.close()
    return into.getvalue()


def read(content, **more):
    return older.read(content, **{"named": {}, "pool": "old", **more})


def run(tmp_path, content, *more):
    (tmp_path / "old.csv").write_bytes(content)
    return CliRunner().invoke(hamrong, ["draws", "audit", str(tmp_path / "old.csv"), *more])


@pytest.mark.parametrize(
    "content",
    [
        as_csv(lines(honest_ranks)),
        as_csv(lines(honest_ranks), mark=";"),
        as_csv(lines(honest_ranks), mark="|"),
        as_xlsx(lines(honest_ranks)),
    ],
)
def test_it_is_the_report_of_our_own_draws(content):
    found = read(content)
    ours = drawn(honest_ranks, 36, size=99_999, draws=1_200)
    assert [(each.number, each.k, each.n, each.around) for each in found.draws] == [
        (each.number, each.k, each.n, each.around) for each in ours
    ]
    told = report(found.draws)
    assert (told.draws, told.known, found.counts) == (1_200, 1_200, {})
    assert {each.stratum for each in told.results} == {"", "office", "clerk"}
    assert told.untested["hour"] == 24, "fifty draws in each hour are too few"


def test_a_line_a_draw_in_the_order_of_time_and_desks_without_names():
    rows = list(lines(honest_ranks, 300))
    found = read(as_csv(reversed(rows)))
    assert found.sorted_by == "time"
    assert found.draws == read(as_csv(rows)).draws
    assert {each.clerk for each in found.draws} == {"1", "2", "3"}
    assert {each.at_hour for each in found.draws} == set(range(24))


def test_our_own_list_of_a_day_is_read_with_its_time():
    head = ("drawn_at", "pool", "seq", "office", "number")
    rows = [(f"2026-11-28T01:15:{second}Z", "36-o-to", "1", "14797", f"36A000{second}") for second in (30, 14, 20)]
    found = read(as_csv(rows, head))
    assert ([each.number for each in found.draws], found.sorted_by) == (["36A00014", "36A00020", "36A00030"], "time")


def test_draws_within_a_minute_are_ordered_by_the_seconds_of_their_cells():
    told = [("36A-000.03", START + timedelta(seconds=30)), ("36A-000.07", START + timedelta(seconds=5))]
    found = read(as_xlsx(told, ("Biển số", "Thời gian"), default_date_format="dd/mm/yyyy hh:mm:ss"))
    assert ([each.number for each in found.draws], found.sorted_by) == (["36A00007", "36A00003"], "time")


def test_a_workbook_that_cannot_be_opened_is_told_in_words(tmp_path):
    told = run(tmp_path, b"PK\x03\x04nonsense")
    assert (told.exit_code, "Không mở được tệp Excel này" in told.output) == (2, True), told.output
    hidden = as_xlsx(lines(honest_ranks, 30), hidden=True)
    assert run(tmp_path, hidden).exit_code == 2


def test_without_a_time_in_every_line_the_file_s_own_order_counts_and_that_is_said(tmp_path):
    rows = [(each[0], each[1], "", *each[3:]) for each in lines(honest_ranks, 300)]
    assert read(as_csv(rows)).sorted_by == "line"
    assert "theo dòng của tệp" in run(tmp_path, as_csv(rows)).output


def test_columns_with_other_names_are_named_by_whoever_asks(tmp_path):
    content = as_csv([each[1:2] for each in lines(honest_ranks, 300)], ("Kết quả",))
    refused = run(tmp_path, content)
    assert (refused.exit_code, "Kết quả" in refused.output) == (2, True)
    assert run(tmp_path, content, "--column", "number=kết quả").exit_code == 0
    assert run(tmp_path, content, "--column", "number=Số").exit_code == 2
    assert run(tmp_path, content, "--column", "colour=Số").exit_code == 3
    assert run(tmp_path, content, "--nonsense").exit_code == 3


def test_what_was_left_out_is_told_line_by_line(tmp_path):
    rows = list(lines(honest_ranks, 300))
    rows[3] = ("4", "chưa cấp", *rows[3][2:])
    rows[5] = ("6", rows[5][1], "hôm qua", *rows[5][3:])
    rows.append(("301", rows[0][1], "31/12/2025 10:00", "", ""))
    found = read(as_csv(rows))
    assert found.counts == {"unreadable": 1, "time": 1, "twice": 1}
    assert [(each.line, each.why) for each in found.problems] == [(5, "unreadable"), (7, "time"), (302, "twice")]
    told = run(tmp_path, as_csv(rows), "--lang", "en")
    assert told.exit_code == 1
    assert "1 numbers were given more than once" in told.output and "line 302: 36A" in told.output


def test_what_remained_at_first_may_be_told(tmp_path):
    rows = list(lines(honest_ranks, 300, size=5_000))
    (tmp_path / "pool").write_bytes(b"36A00001-36A05000\n")
    told = run(tmp_path, as_csv(rows), "--pool", str(tmp_path / "pool"))
    assert told.exit_code == 0 and "còn nguyên" not in told.output
    (tmp_path / "pool").write_bytes(b"36A00001-36A04000\n")
    few = run(tmp_path, as_csv(rows), "--pool", str(tmp_path / "pool"), "--lang", "en")
    assert few.exit_code == 1 and "that the pool did not have" in few.output
    (tmp_path / "pool").write_bytes(b"nonsense")
    assert run(tmp_path, as_csv(rows), "--pool", str(tmp_path / "pool")).exit_code == 2


def test_a_system_that_takes_the_next_free_number_is_asked_about(tmp_path):
    (tmp_path / "pool").write_bytes(b"36A00001-36A20000\n")
    content = as_csv(lines(next_free, 5_000, size=20_000, seed=1))
    told = run(tmp_path, content, "--pool", str(tmp_path / "pool"))
    assert told.exit_code == 1 and "Cần một người xem xét" in told.output
    english = run(tmp_path, content, "--pool", str(tmp_path / "pool"), "--lang", "en", "--json")
    (asked,) = [each for each in msgspec.json.decode(english.stdout)["report"]["results"] if each["asks"]]
    assert asked["test"] == "left"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", 2), (b"PK\x03\x04nonsense", 2), (as_csv([("1", "x", "", "", "")]), 2), (as_csv(lines(honest_ranks, 30)), 2)],
)
def test_where_nothing_can_be_told_the_exit_code_says_so(tmp_path, content, code):
    assert run(tmp_path, content).exit_code == code
