"""Administering accounts: people, posts by order, one-time codes; and nothing of any guest."""

import re
import secrets
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hamrong.access.people import holdings_of
from hamrong.accounts.models import Person, Post
from tests.entrances import PASSWORD, a_number, a_person, an_app, browser, browser_of
from tests.world import PROVINCE, a_ward, an_establishment

CODE = r"\b(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}\b"
ONCE = r'name="once" value="([^"]+)"'


@pytest.fixture
def admin():
    return browser_of(a_person("accounts-admin", PROVINCE))


def found(pattern: str, page) -> str:
    match = re.search(pattern, page.content.decode())
    assert match, page.content.decode()[:2000]
    return match[1] if match.groups() else match[0]


def linked(rel: str, page) -> str:
    """The address that a link of the pager leads to."""
    return page.request["PATH_INFO"] + found(rf'href="([^"]+)" rel="{rel}"', page).replace("&amp;", "&")


def created(admin, **facts) -> Person:
    fresh = {"full_name": "Đỗ Thị Ẩm", "username": f"n{secrets.token_hex(5)}", "service_number": a_number()}
    given = fresh | facts
    assert admin.post("/administration/people/new", given).status_code == 302
    return Person.objects.get(username=given["username"])


def test_people_are_found_without_diacritics_and_in_vietnamese_order(admin):
    mark = secrets.token_hex(4)
    for name in ("Trần Văn Bình", "Lê Văn Ân", "Đỗ Thị Ẩm", "Nguyễn Văn An"):
        a_person(name=f"{mark} {name}")
    page = admin.get("/administration/", {"q": f"{mark} "}).content.decode()
    places = [page.index(name) for name in ("Văn An", "Thị Ẩm", "Văn Ân", "Văn Bình")]
    assert places == sorted(places)
    assert "Lê Văn Ân" in admin.get("/administration/", {"q": f"{mark} le van an"}).content.decode()
    assert "Không tìm thấy ai" in admin.get("/administration/", {"q": secrets.token_hex(9)}).content.decode()
    assert "Không tìm thấy ai" in admin.get("/administration/", {"q": "%"}).content.decode()


def test_posts_that_nobody_holds_are_told_to_whoever_appoints(admin):
    Post.objects.filter(role="plate-manager").update(ends_on=date(2026, 1, 2))
    assert "<li>Cán bộ quản lý kho biển số</li>" in admin.get("/administration/").content.decode()
    a_person("plate-manager", PROVINCE)
    page = admin.get("/administration/").content.decode()
    assert "kho biển số</li>" not in page and "<li>Quản trị tài khoản</li>" not in page


def test_a_long_list_is_paged_both_ways(admin):
    mark = f"z{secrets.token_hex(4)}"
    for number in range(53):
        a_person(name=f"{mark} {number:02d}")
    first = admin.get("/administration/", {"q": mark})
    assert f"{mark} 49" in first.content.decode() and f"{mark} 50" not in first.content.decode()
    second = admin.get(linked("next", first))
    assert f"{mark} 52" in second.content.decode() and f"{mark} 49" not in second.content.decode()
    back = admin.get(linked("prev", second))
    assert f"{mark} 00" in back.content.decode() and f"{mark} 50" not in back.content.decode()


def test_a_cursor_that_is_not_ours_is_the_first_page(admin):
    for cursor in ("x", "e30", "W10", "WyJhIiwgIngiXQ", "%00"):
        assert admin.get("/administration/", {"after": cursor}).status_code == 200


def test_somebody_new_gets_in_by_a_one_time_code_and_chooses_the_password(admin):
    person = created(admin)
    page = admin.get(f"/administration/people/{person.pk}")
    code = found(CODE, admin.post(f"/administration/people/{person.pk}/code", {"once": found(ONCE, page)}))
    visitor, new = browser(), "mot-cau-dai-khong-ai-doan-ra"
    form = {"username": person.username, "code": code.lower().replace("-", " "), "password1": new, "password2": new}
    assert visitor.post("/accounts/enrol/", {**form, "code": "0000-0000-0000-0000"}).status_code == 200
    assert visitor.post("/accounts/enrol/", {**form, "password2": "khac"}).status_code == 200
    assert visitor.post("/accounts/enrol/", form).status_code == 302
    assert visitor.post("/accounts/enrol/", form).status_code == 200, "a code works once"
    assert visitor.post("/accounts/login/", {"login": person.username, "password": new}).status_code == 302


def test_a_form_sent_twice_makes_one_code(admin):
    person = created(admin)
    once = found(ONCE, admin.get(f"/administration/people/{person.pk}"))
    first = admin.post(f"/administration/people/{person.pk}/code", {"once": once})
    again = admin.post(f"/administration/people/{person.pk}/code", {"once": once})
    assert (first.status_code, again.status_code) == (200, 302)
    assert person.enrolments.count() == 1


def test_a_code_for_somebody_who_lost_the_second_factor_takes_it_away(admin):
    person = a_person("host-clerk", an_establishment().code, password=PASSWORD)
    an_app(person)
    once = found(ONCE, admin.get(f"/administration/people/{person.pk}"))
    page = admin.post(f"/administration/people/{person.pk}/code", {"once": once, "drops_factors": "yes"})
    new = "mot-cau-dai-khong-ai-doan-ra"
    form = {"username": person.username, "code": found(CODE, page), "password1": new, "password2": new}
    visitor = browser()
    visitor.post("/accounts/enrol/", form)
    signed_in = visitor.post("/accounts/login/", {"login": person.username, "password": new})
    assert signed_in["Location"] == "/desk/"


def test_one_human_has_one_account(admin):
    first = created(admin)
    given = {"full_name": "Đỗ Thị Ẩm", "username": f"n{secrets.token_hex(5)}", "service_number": first.service_number}
    again = admin.post("/administration/people/new", given)
    assert again.status_code == 200 and "thuộc một tài khoản khác" in again.content.decode()
    assert not Person.objects.filter(username=given["username"]).exists()
    wrong = admin.post("/administration/people/new", {**given, "service_number": "12-3456"})
    assert wrong.status_code == 200 and "hai nhóm ba chữ số" in wrong.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(username=given["username"], full_name="A", service_number=first.service_number)


def test_a_post_in_a_unit_is_for_who_has_a_service_number(admin):
    person, today = created(admin, service_number=""), timezone.localdate()
    form = {"role": "ward-duty", "unit": a_ward(), "starts_on": f"{today:%d/%m/%Y}", "ordered_by": "QĐ 12/2026"}
    at = f"/administration/people/{person.pk}"
    refused = admin.post(f"{at}/posts", form).content.decode()
    assert "Hãy ghi số hiệu của người này trước" in refused and not person.posts.exists()
    missing = admin.post(f"{at}/service-number", {"service_number": ""})
    assert missing.status_code == 200 and "Hãy điền mục này." in missing.content.decode()
    number = a_number()
    assert admin.post(f"{at}/service-number", {"service_number": number.replace("-", "")}).status_code == 302
    assert f"số hiệu {number}" in admin.get(at).content.decode()
    assert admin.post(f"{at}/posts", form).status_code == 302
    changed = admin.post(f"{at}/service-number", {"service_number": a_number()}).content.decode()
    person.refresh_from_db()
    assert "đã có số hiệu" in changed and person.service_number == number


def test_people_of_an_establishment_have_no_service_number(admin):
    person, place, today = created(admin, service_number=""), an_establishment(), timezone.localdate()
    form = {"role": "host-clerk", "establishment": place.code, "starts_on": f"{today:%d/%m/%Y}", "ordered_by": "Đơn 1"}
    assert admin.post(f"/administration/people/{person.pk}/posts", form).status_code == 302


def test_a_post_is_given_by_an_order_and_ends_at_once(admin):
    person, today = created(admin), timezone.localdate()
    form = {"role": "ward-duty", "unit": a_ward(), "starts_on": f"{today:%d/%m/%Y}", "ordered_by": "QĐ 12/2026"}
    without = admin.post(f"/administration/people/{person.pk}/posts", {**form, "ordered_by": ""})
    assert without.status_code == 200 and "Hãy điền mục này." in without.content.decode()
    assert admin.post(f"/administration/people/{person.pk}/posts", form).status_code == 302
    assert [held.scope for held in holdings_of(person, today, PROVINCE)] == [a_ward()]
    twice = admin.post(f"/administration/people/{person.pk}/posts", form)
    assert "đang giữ chức trách đó" in twice.content.decode()
    post = Post.objects.get(person=person)
    wrong = admin.post(f"/administration/posts/{post.pk}/end", {f"{post.pk}-ends_on": "31/02/2026"}).content.decode()
    assert 'value="31/02/2026"' in wrong and "Không có ngày này" in wrong and '<details class="details" open' in wrong
    admin.post(f"/administration/posts/{post.pk}/end", {f"{post.pk}-ends_on": f"{today:%d/%m/%Y}"})
    assert holdings_of(person, today, PROVINCE) == ()
    page = admin.get(f"/administration/people/{person.pk}").content.decode()
    assert "QĐ 12/2026" in page, "what was held stays in the history"


def test_the_language_changes_and_every_field_of_the_page_keeps_what_was_typed(admin):
    person = a_person("ward-duty", a_ward(), password=PASSWORD)
    an_app(person)
    post, at = person.posts.get(), f"/administration/people/{person.pk}"
    before = admin.get(at).content.decode()
    assert before.count(f'formaction="{at}"') == 4 and " checked" not in before
    shown = admin.post(at, {f"{post.pk}-ends_on": "01/02/2030", "language": "en"}).content.decode()
    assert 'value="01/02/2030"' in shown and '<html lang="en"' in shown and '<details class="details" open' in shown
    assert " checked" in admin.post(at, {"drops_factors": "on", "language": "vi"}).content.decode()
    assert holdings_of(person, timezone.localdate(), PROVINCE) and not person.enrolments.exists()


def test_a_post_of_tomorrow_is_not_held_today(admin):
    person, tomorrow = created(admin), timezone.localdate() + timedelta(days=1)
    form = {"role": "ward-duty", "unit": a_ward(), "starts_on": f"{tomorrow:%d/%m/%Y}", "ordered_by": "QĐ 12/2026"}
    admin.post(f"/administration/people/{person.pk}/posts", form)
    assert holdings_of(person, timezone.localdate(), PROVINCE) == ()
    assert len(holdings_of(person, tomorrow, PROVINCE)) == 1


@pytest.mark.parametrize("role", ["operator", "keeper", "machine", "visitor", "nobody"])
def test_nobody_is_appointed_to_what_is_not_a_post(admin, role):
    person = created(admin)
    form = {"role": role, "unit": PROVINCE, "starts_on": "01/01/2026", "ordered_by": "QĐ"}
    assert admin.post(f"/administration/people/{person.pk}/posts", form).status_code == 200
    assert not person.posts.exists()


def test_a_commune_has_no_post_of_the_province(admin):
    person = created(admin)
    form = {"role": "province-leader", "unit": a_ward(), "starts_on": "01/01/2026", "ordered_by": "QĐ"}
    assert "không có chức trách đó" in admin.post(f"/administration/people/{person.pk}/posts", form).content.decode()


def test_a_user_name_that_is_taken_or_not_plain_is_refused_in_words(admin):
    person = created(admin)
    taken = admin.post("/administration/people/new", {"full_name": "A", "username": person.username})
    assert "đã có người dùng" in taken.content.decode()
    odd = admin.post("/administration/people/new", {"full_name": "A", "username": "Tên có dấu"})
    assert "3 đến 64 chữ thường" in odd.content.decode()


def test_somebody_is_locked_out_with_a_reason_and_let_in_again(admin):
    person = created(admin)
    admin.post(f"/administration/people/{person.pk}/suspend", {"active": "no", "reason": ""})
    assert Person.objects.get(pk=person.pk).is_active, "no reason, no act"
    admin.post(f"/administration/people/{person.pk}/suspend", {"active": "no", "reason": "nghỉ việc"})
    assert not Person.objects.get(pk=person.pk).is_active
    admin.post(f"/administration/people/{person.pk}/suspend", {"active": "yes", "reason": "trở lại"})
    assert Person.objects.get(pk=person.pk).is_active


def test_an_administrator_sees_no_stay(admin):
    place = an_establishment()
    for address in (f"/lodging/{place.code}/", f"/lodging/{place.code}/guests", f"/ward/{a_ward()}/", "/inspection/"):
        assert admin.get(address).status_code in {403, 404}, address


def test_the_end_of_the_day_does_not_end_a_post_too_late():
    person = a_person("ward-duty", a_ward())
    post = person.posts.get()
    assert post.starts_on == date(timezone.localdate().year, 1, 1)
    assert [held.role for held in holdings_of(person, timezone.localdate(), PROVINCE)] == ["ward-duty"]
