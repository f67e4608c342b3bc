"""The design system's own pages, in both languages, and the choice of colours."""

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from hamrong.access.actors import Refusal
from hamrong.access.web import Refused
from hamrong.ui import errors

PAGES = [
    "/ui",
    "/ui/desk",
    "/ui/public",
    "/ui/confirm",
    "/ui/print",
    *(f"/ui/errors/{n}" for n in (400, 403, 404, 411, 500, 503)),
]


def visitor(**headers):
    return Client(headers={"host": "localhost", "accept-language": "vi", **headers})


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_shown_in_the_language_asked_for(path, language):
    answer = visitor(**{"accept-language": language}).get(path)
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()


def test_filters_and_sorting_live_in_the_address():
    page = visitor().get("/ui", {"state": "late", "q": "a"}).content.decode()
    assert 'value="late" selected' in page and 'href="?q=a"' in page


@pytest.mark.parametrize(("chosen", "media"), [("dark", 'media="all"'), ("light", 'media="not all"')])
def test_chosen_colours_are_kept_for_the_next_page(chosen, media):
    client = visitor()
    assert client.post("/ui/theme", {"theme": chosen, "next": "/ui/public"}).headers["Location"] == "/ui/public"
    page = client.get("/ui/public").content.decode()
    assert f'data-theme="{chosen}"' in page and media in page


def test_colours_can_follow_the_device_again():
    client = visitor()
    client.post("/ui/theme", {"theme": "dark"})
    client.post("/ui/theme", {"theme": ""})
    assert "data-theme=" not in client.get("/ui/public").content.decode()


@pytest.mark.parametrize("next_page", ["https://example.org/", "//example.org", ""])
def test_the_choice_of_colours_leads_to_no_other_host(next_page):
    assert visitor().post("/ui/theme", {"theme": "dark", "next": next_page}).headers["Location"] == "/"


def test_a_made_up_colour_in_the_cookie_changes_nothing():
    client = visitor()
    client.cookies["theme"] = '"><script>'
    assert "data-theme=" not in client.get("/ui/public").content.decode()


def test_an_unknown_sample_of_an_error_is_not_found():
    assert visitor().get("/ui/errors/418").status_code == 404


def test_a_refusal_is_explained_with_its_article():
    refusal = Refusal("other-scope", "Hồ sơ thuộc phường khác.", "The record is another ward's.", "Điều 5")
    with translation.override("vi"):
        page = errors.forbidden(RequestFactory().get("/"), Refused(refusal))
    assert page.status_code == 403
    assert "Hồ sơ thuộc phường khác." in page.content.decode() and "Điều 5" in page.content.decode()


def test_a_failure_is_explained_without_session_or_database():
    with translation.override("vi"):
        page = errors.failed(RequestFactory().get("/"))
    assert page.status_code == 500 and "Hãy thử lại sau vài phút." in page.content.decode()


def test_whoever_comes_while_we_are_away_is_told_when_to_return():
    assert errors.unavailable(RequestFactory().get("/")).headers["Retry-After"] == "60"
