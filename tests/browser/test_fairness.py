"""The public statistical audit in a browser: accessible and no wider than a phone, in both languages."""

import msgspec
import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser

from hamrong.plates import judged
from hamrong.plates.fairness.report import report
from tests.browser.looks import look
from tests.conftest import Site
from tests.plates.fairness.systems import drawn, honest_ranks, next_free


@pytest.mark.parametrize("language", ["vi-VN", "en-GB"])
@pytest.mark.parametrize("system", [honest_ranks, next_free, None])
def test_the_public_audit_is_accessible_and_fits(browser: Browser, live_server: Site, language, system) -> None:
    file = settings.HAMRONG_PUBLIC / judged.FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    if system:
        found = report(drawn(system, 1, size=20_000, draws=5_000))
        file.write_bytes(msgspec.json.encode(judged.Judged(timezone.now(), 15_000, found)))
    context = browser.new_context(base_url=live_server.url, locale=language)
    page = context.new_page()
    page.goto("/bien-so/cong-bang/")
    look(page, "fairness")
    file.unlink(missing_ok=True)
    context.close()
