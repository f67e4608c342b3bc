"""How pages answer."""

from django.http import HttpResponse

from hamrong.ui.answers import as_file


def test_a_file_has_its_name_and_is_kept_by_nobody_unless_it_is_public():
    named = as_file(HttpResponse(), "Đơn số 12.pdf")
    assert named["Content-Disposition"] == "attachment; filename*=utf-8''%C4%90%C6%A1n%20s%E1%BB%91%2012.pdf"
    assert named["Cache-Control"] == "no-store, private"
    shown = as_file(HttpResponse(), 'a"b.pdf', inline=True, public=True)
    assert shown["Content-Disposition"] == 'inline; filename="a\\"b.pdf"' and "Cache-Control" not in shown
