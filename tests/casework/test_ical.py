"""Calendar files as other programs read them."""

from datetime import UTC, date, datetime

from hamrong.casework.ical import Entry, calendar

NOW = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)


def test_an_entry_is_a_whole_day_with_its_text_escaped():
    text = calendar("Hạn", [Entry("1@hamrong", date(2026, 12, 31), "KN-1: gửi, nhận; xong\\", "một\nhai")], NOW)
    assert "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n" in text
    assert "SUMMARY:KN-1: gửi\\, nhận\\; xong\\\\\r\n" in text
    assert "DESCRIPTION:một\\nhai\r\n" in text and "DTSTAMP:20261126T170000Z" in text
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") and text.endswith("END:VCALENDAR\r\n")


def test_long_lines_are_folded_between_letters():
    title = "Thời hạn thụ lý khiếu nại lần đầu " * 6
    text = calendar("x", [Entry("1", date(2026, 1, 1), title)], NOW)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert f"SUMMARY:{title}" in text.replace("\r\n ", "")
