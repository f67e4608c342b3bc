"""The page of an address that only takes forms."""

import pytest

from hamrong.ui.errors import nearest_page
from tests.lodging.hosts import an_open_place, at_work


def test_an_address_that_only_takes_forms_says_what_to_do_and_leads_back():
    place = an_open_place()
    answer = at_work(place).get(f"/lodging/{place.code}/drafts")
    page = answer.content.decode()
    assert answer.status_code == 405 and answer["Allow"] == "POST"
    assert "Địa chỉ này không mở trực tiếp được" in page
    assert f'href="/lodging/{place.code}/"' in page


@pytest.mark.parametrize(
    ("path", "back"),
    [
        ("/lodging/SS-0001/drafts", "/lodging/SS-0001/"),
        ("/accounts/sessions/5/end", "/accounts/"),
        ("/language", "/"),
    ],
)
def test_the_nearest_page_is_found(path, back):
    assert nearest_page(path) == back
