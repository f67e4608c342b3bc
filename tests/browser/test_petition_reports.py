"""The reports on petitions in a browser: for a commune and for the whole province."""

import pytest
from playwright.sync_api import Page

from tests.browser.looks import look, with_session
from tests.conftest import Site
from tests.entrances import a_person, browser_of
from tests.petitions.senders import WARD
from tests.world import PROVINCE


@pytest.mark.parametrize(("role", "scope"), [("ward-chief", WARD), ("province-leader", PROVINCE)])
def test_the_reports_are_accessible_and_fit(page: Page, live_server: Site, role: str, scope: str) -> None:
    with_session(page, live_server, browser_of(a_person(role, scope))).goto("/don/bao-cao/")
    look(page, f"reports-{role}")
