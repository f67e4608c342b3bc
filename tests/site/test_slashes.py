"""A slash too many at the end of an address leads to the page, in the same way as one too few."""

import pytest

from tests.entrances import browser

CODE = "VB-0000-0000-0000-0000"


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("/luat/tc.settle/", "/luat/tc.settle"), ("/luat/tc.settle//", "/luat/tc.settle"),
        ("/luat/tc.settle/?on=01/03/2026&x=1", "/luat/tc.settle?on=01/03/2026&x=1"),
        (f"/van-ban/{CODE}/", f"/van-ban/{CODE}"), (f"/r/{CODE}/", f"/r/{CODE}"), ("/luat", "/luat/"),
    ],
)  # fmt: skip
def test_an_address_with_a_slash_too_many_or_too_few_leads_to_its_page(typed, page):
    answer = browser().get(typed)
    assert (answer.status_code, answer["Location"]) == (301, page)


def test_what_is_nobodys_address_stays_so_and_nothing_that_was_sent_is_led_away():
    assert browser().get("/luat/kn.none/", follow=True).status_code == 404
    assert browser().get("/no-such-page/").status_code == 404
    assert browser().post("/language/", {"language": "en"}).status_code == 404
