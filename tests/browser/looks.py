"""What every test in a browser does: come with somebody's session, and look whether a page is accessible and fits."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Locator, Page

from tests.conftest import Site

PICTURES = os.environ.get("BROWSER_PICTURES", "")
"""A folder in which every page that is looked at is kept as a picture."""

WIDTHS = (360, 1280)

AXE = Axe()


def with_session(page: Page, site: Site, client: Client) -> Page:
    """The page in the session of a client, and in no other."""
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site.url}])
    return page


def follow(target: Locator) -> None:
    """Press what leads to another page, and be there: a click alone comes back before the page has changed."""
    with target.page.expect_navigation():
        target.click()


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds wrong with a page; the thousand things that are right stay in the browser."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    return page.evaluate("axe.run({resultTypes: ['violations'], preload: false}).then(found => found.violations)")


def look(page: Page, name: str, widths: Sequence[int] = WIDTHS) -> None:
    """Axe finds nothing, and the page is no wider than the screen: on a phone and on a desk."""
    before = page.viewport_size
    assert before
    for width in widths:
        page.set_viewport_size({**before, "width": width})
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name.strip('/').replace('/', '-')}-{width}.png", full_page=True)
        assert violations(page) == [], (name, width)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
    page.set_viewport_size(before)
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
