"""What each component says to eyes, to ears and to the keyboard."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from hamrong.ui.forms import DayField
from hamrong.ui.parts import Answer, Cell, Column, Event, Link, Pager, Row, Stat, Step, Table, Task
from hamrong.ui.states import STATES

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_vietnamese():
    with translation.override("vi"):
        yield


def render(text, **values):
    return Template("{% load ui %}" + text).render(Context(values))


class GuestForm(forms.Form):
    name = forms.CharField(label="Họ tên", help_text="Có dấu.")
    born = DayField(label="Ngày sinh", required=False)
    sex = forms.ChoiceField(label="Giới tính", widget=forms.RadioSelect, choices=[("M", "Nam"), ("F", "Nữ")])


def test_a_field_ties_its_hint_and_its_error_to_the_input():
    html = render("{% field form.name %}", form=GuestForm({"name": ""}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html and 'id="id_name_error"' in html and 'aria-invalid="true"' in html
    assert '<label class="field-label" for="id_name">' in html


def test_choices_stand_in_a_fieldset_that_names_and_describes_them():
    html = render("{% field form.sex %}", form=GuestForm({}))
    assert "<fieldset" in html and "<legend>Giới tính" in html and 'aria-describedby="id_sex_error"' in html
    assert 'for="id_sex_0"' in html and 'id="id_sex_0"' in html


def test_only_what_may_stay_empty_is_marked():
    form = GuestForm()
    assert "không bắt buộc" in render("{% field form.born %}", form=form)
    assert "không bắt buộc" not in render("{% field form.name %}", form=form)
    assert "không bắt buộc" not in render("{% field form.born optional=False %}", form=form)


def test_what_was_typed_is_not_lost():
    assert 'value="31/02/1990"' in render("{% field form.born %}", form=GuestForm({"born": "31/02/1990"}))


def test_attributes_of_a_field_reach_the_input():
    html = render('{% field form.name inputmode="numeric" autocomplete="off" data_x="1" %}', form=GuestForm())
    assert 'inputmode="numeric"' in html and 'autocomplete="off"' in html and 'data-x="1"' in html


def test_the_error_summary_leads_to_each_field():
    html = render("{% error_summary form %}", form=GuestForm({"born": "x"}))
    assert 'href="#id_name"' in html and 'href="#id_born"' in html and 'href="#id_sex_0"' in html
    assert "Có 3 chỗ cần sửa" in html and 'role="alert"' in html


def test_the_error_summary_is_silent_while_nothing_is_wrong():
    assert render("{% error_summary form %}", form=GuestForm()) == ""


def test_errors_of_a_whole_form_come_first_and_without_a_link():
    form = GuestForm({"name": "x", "sex": "M"})
    form.add_error(None, "Khách đã đi.")
    assert "<strong>Khách đã đi.</strong>" in render("{% error_summary form %}", form=form)


@pytest.mark.parametrize("name", sorted(STATES))
def test_a_state_has_a_word_and_a_drawing(name):
    html = render("{% state name %}", name=name)
    assert str(STATES[name].label) in html and f"#{STATES[name].icon}" in html


def test_a_state_nobody_named_is_a_bug():
    with pytest.raises(KeyError):
        render("{% state 'xyz' %}")


def test_a_drawing_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in render("{% icon 'x' %}")
    assert 'aria-label="Đóng"' in render("{% icon 'x' 'Đóng' %}")


def test_what_comes_from_outside_is_escaped():
    html = render("{% button label %}{% tag label %}{% notice 'info' label %}{{ label }}{% endnotice %}", label="<b>")
    assert "<b>" not in html


def test_a_button_that_cannot_be_used_is_disabled_and_a_link_stays_a_link():
    assert " disabled" in render("{% button 'Gửi' disabled=True %}")
    assert " disabled" not in render("{% button 'Gửi' disabled=False %}")
    assert render("{% link_button 'Về' '/x' %}").strip().startswith('<a class="button secondary" href="/x"')


def table(**changes):
    values = {
        "caption": "Cơ sở",
        "columns": [Column("Tên", sort="name"), Column("Phòng", "number")],
        "rows": [Row(["Sóng Biếc", 0], "/nn/1", "NN-1"), Row([Cell("Hoa Sữa", note="NN-2"), 1200])],
    }
    return Table(**{**values, **changes})


def in_request(text, address="/?state=late&after=abc&sort=name", **values):
    return Template("{% load ui %}" + text).render(Context({**values, "request": RequestFactory().get(address)}))


def test_a_row_is_named_and_opened_by_its_first_cell():
    html = in_request("{% table table %}", table=table())
    assert re.search(r'<th scope="row"[^>]*><span><a href="/nn/1">Sóng Biếc</a>', html)
    assert ">0<" in html and ">1.200<" in html and "NN-2" in html


def test_cells_know_their_column_for_the_cards_of_a_phone():
    assert 'data-label="Phòng"' in in_request("{% table table %}", table=table())


def test_a_long_list_is_dense_on_a_phone_where_it_says_so():
    assert "cards dense" in in_request("{% table table %}", table=table(dense=True))
    assert "dense" not in in_request("{% table table %}", table=table())


def test_columns_of_numbers_stay_columns_on_a_phone_where_a_table_says_so():
    html = in_request("{% table table %}", table=table(figures=True))
    assert 'class="table-box figures of-2"' in html


def test_a_list_that_was_counted_says_how_long_it_is_before_its_rows():
    html = in_request("{% table table %}", table=table(pager=Pager(shown=2, total=21000)))
    assert re.search(r"<caption[^>]*>Cơ sở <span[^>]*>21.000 dòng</span></caption>", html)
    assert "dòng" not in in_request("{% table table %}", table=table(pager=Pager(shown=2)))


def test_sorting_keeps_the_filters_and_leaves_the_page():
    html = in_request("{% table table %}", table=table(sort="name"))
    assert 'aria-sort="ascending"' in html
    assert 'href="?state=late&amp;sort=-name"' in html


def test_rows_can_be_selected_when_the_table_says_so():
    html = in_request("{% table table %}", table=table(bulk="chosen"))
    assert 'name="chosen" value="NN-1"' in html and "Chọn: Sóng Biếc" in html
    assert html.count('name="chosen"') == 1
    assert "chosen" not in in_request("{% table table %}", table=table())


def test_an_empty_table_says_what_to_do():
    html = in_request(
        "{% table table %}", table=table(rows=[], empty="Chưa có cơ sở", empty_hint="Thêm cơ sở đầu tiên.")
    )
    assert "<table" not in html and "Chưa có cơ sở" in html and "Thêm cơ sở đầu tiên." in html


def test_a_row_of_another_width_than_the_table_is_a_bug():
    with pytest.raises(ValueError, match="zip"):
        in_request("{% table table %}", table=table(rows=[Row(["x"])]))


@pytest.mark.parametrize(
    ("page", "links"),
    [
        (Pager(), []),
        (Pager(after="k9"), ["?state=late&amp;sort=name&amp;after=k9"]),
        (Pager("k1", "k9"), ["?state=late&amp;sort=name&amp;before=k1", "?state=late&amp;sort=name&amp;after=k9"]),
    ],
)
def test_the_pager_offers_only_pages_that_exist(page, links):
    assert re.findall('<a [^>]*href="([^"]*)"', in_request("{% pager page %}", page=page)) == links


class FilterForm(forms.Form):
    q = forms.CharField(label="Tên", required=False)
    state = forms.ChoiceField(label="Tình trạng", required=False, choices=[("", "Tất cả"), ("late", "Chậm")])


def test_filters_in_force_are_said_in_words_and_each_can_be_dropped():
    html = in_request("{% filters form %}", form=FilterForm({"state": "late", "q": ""}))
    assert "Tình trạng: Chậm" in html and "Tên:" not in html
    assert 'href="?sort=name"' in html and '<input type="hidden" name="sort" value="name">' in html
    # what a page takes where its address says nothing is no condition that one could drop
    assert "chips" not in in_request("{% filters form %}", "/", form=FilterForm({"state": "late"}))


class ManyForm(FilterForm):
    first = forms.CharField(required=False)
    last = forms.IntegerField(required=False)


def test_many_filters_fold_away_and_stand_open_where_one_is_wrong():
    folded = in_request("{% filters form %}", form=ManyForm({"state": "late"}))
    assert '<details class="fold"><summary>' in folded and "1 điều kiện đang dùng" in folded
    assert '<details class="fold" open>' in in_request("{% filters form %}", form=ManyForm({"last": "x"}))
    assert "<details" not in in_request("{% filters form %}", form=FilterForm({"state": "late"}))


def test_a_countdown_stands_without_scripts():
    html = render("{% countdown due now %}", due=NOW + timedelta(minutes=70), now=NOW)
    assert "còn 1 giờ 10 phút" in html and 'class="countdown good"' in html and "2026-11-24T23:10:00+07:00" in html


@pytest.mark.parametrize(("minutes", "tone"), [(61, "good"), (60, "warn"), (0, "warn"), (-1, "bad")])
def test_a_countdown_warns_when_little_is_left(minutes, tone):
    assert f"countdown {tone}" in render("{% countdown due now %}", due=NOW + timedelta(minutes=minutes), now=NOW)


def test_progress_is_in_numbers_and_as_a_bar():
    html = render("{% progress 12480 21000 'Đang kiểm tra' failed=3 %}")
    assert "12.480 / 21.000" in html and "3 không thành công" in html and '<progress max="21000" value="12480"' in html


def test_progress_of_nothing_is_no_error():
    assert 'max="1"' in render("{% progress 0 0 'Đang chờ' %}")


def test_an_answer_can_be_changed_and_a_missing_one_shows_a_dash():
    html = render("{% summary answers %}", answers=[Answer("Tên", "A", "/sua"), Answer("Ghi chú", ""), Answer("Số", 0)])
    assert 'href="/sua">Sửa<span class="unseen"> Tên' in html and "<dd>—</dd>" in html and "<dd>0</dd>" in html


def test_small_lists_show_where_one_stands():
    assert 'aria-current="step"' in render("{% steps s %}", s=[Step("1", "done"), Step("2", "current"), Step("3")])
    assert 'aria-current="page">Hai' in render("{% breadcrumbs l %}", l=[Link("Một", "/"), Link("Hai", "/2")])
    assert 'aria-current="page"' in render("{% tabs l 'Mặt' %}", l=[Link("Một", "/", current=True), Link("Hai", "/2")])
    assert "Chưa thể làm" in render("{% tasks t %}", t=[Task("Nhận", "blocked")])


def test_a_tile_of_zero_shows_zero():
    assert ">0<" in render("{% stats s %}", s=[Stat("Chậm", 0)])


def test_nothing_waiting_is_not_counted_aloud():
    assert render("{% count 0 'mục' %}") == ""
    assert "99+" in render("{% count 120 'mục' %}") and "120 mục" in render("{% count 120 'mục' %}")


def test_a_history_shows_instants_and_days():
    html = render("{% history e %}", e=[Event("Nhận", NOW), Event("Nháp", NOW.date())])
    assert "22:00 24/11/2026" in html and ">24/11/2026<" in html


def test_the_page_title_is_the_heading_without_its_markup():
    page = Template(
        '{% extends "ui/public.html" %}{% block title %}Khách <em>{{ who }}</em>\n đêm nay{% endblock %}'
    ).render(Context({"who": "nào"}))
    assert "<title>Khách nào đêm nay – Hàm Rồng</title>" in page and "<h1>Khách <em>nào</em>" in page


def test_a_page_that_comes_back_with_errors_says_so_in_its_title():
    page = Template('{% extends "ui/public.html" %}{% block title %}Khách{% endblock %}')
    assert "<title>Lỗi: Khách" in page.render(Context({"form": GuestForm({})}))


def test_a_toast_goes_to_its_place_out_of_band():
    assert 'hx-swap-oob="beforeend:#toasts"' in render("{% toast 'good' %}Đã nhắc{% endtoast %}")


def test_a_plate_and_the_words_of_a_command_are_never_broken_and_what_is_from_outside_is_escaped():
    kept = '<span class="whole">36-AA 501.42</span>'
    assert (
        render("{{ told|keeping:part }}", told="Số <b> là 36-AA 501.42.", part="36-AA 501.42")
        == f"Số &lt;b&gt; là {kept}."
    )
    assert render("{{ told|keeping:part }}", told="Không có số", part="") == "Không có số"
    assert render("{{ told|whole }}", told="<b>") == '<span class="whole">&lt;b&gt;</span>'
    told = render("{{ told|command }}", told="python3 a.py --keys keys.json")
    assert told.count('class="whole"') == 4 and '<span class="whole">--keys</span> <span' in told
