"""Pictures of the pages that people see most, phone and desk width, both languages, from a demo of their own.

`make screenshots` puts all of them into VAR/screenshots, and with ARGS=--readme those of the README into docs/pictures.
"""

import argparse
import os
import shutil
import time
from pathlib import Path
from typing import Final

from bench import harness
from django.utils.module_loading import import_string
from playwright.sync_api import Browser, Page, sync_playwright

README: Final = Path(__file__).parents[2] / "docs" / "pictures"
SIZES: Final = {"phone": (390, 844), "desk": (1280, 860)}
PICTURES: Final = {
    "": ["/", "/lodging/", "/lodging/apply", "/lodging/deadline", "/lodging/outages", "/r/", "/luat/",
        "/accounts/login/", "/ui",
    ],
    "chu.huongbien": [
        "/lodging/SS-0001/", "/lodging/SS-0001/guests/new", "/lodging/SS-0001/guests", "/lodging/SS-0001/files",
        "/lodging/SS-0001/rooms", "/lodging/SS-0001/keys", "/lodging/SS-0001/people",
    ],
    "trucban.samson": ["/ho-so/khan-cap/", "/desk/16531/", "/desk/16531/search/", "/desk/16531/assist/"],
    "cutru.tinh": ["/province/", "/province/discipline/"],
    "lanhdao.tinh": ["/board/"],
    "giukhoa1.tinh": ["/niem-phong/de-nghi/", "/niem-phong/chia-lai/", "/niem-phong/khoa/"],
    "thanhtra.tinh": ["/inspection/", "/ho-so/khan-cap/"],
    "quantri.taikhoan": ["/administration/"],
}  # fmt: skip
SHOWN: Final = {
    ("phone", "vi", "/lodging/SS-0001/"): "host-tonight",
    ("desk", "vi", "/desk/16531/"): "desk-board",
    ("phone", "vi", "/lodging/SS-0001/guests/new"): "host-guest",
    ("desk", "vi", "/province/"): "province",
}


def name_of(size: str, language: str, address: str) -> str:
    return f"{size}-{language}-{address.strip('/').replace('/', '-') or 'home'}.png"


def signed_in(browser: Browser, url: str, size: str, language: str, username: str) -> Page:
    """A page of somebody's own session; the one-time code comes from the demo's own secret."""
    width, height = SIZES[size]
    context = browser.new_context(base_url=url, locale=language, viewport={"width": width, "height": height})
    page = context.new_page()
    if not username:
        return page
    page.goto("/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", import_string("hamrong.site.demo.people.PASSWORD"))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: not address.endswith("/accounts/login/"))
    while page.locator("input[name=code]").count():
        page.fill("input[name=code]", import_string("hamrong.site.demo.people.one_time_code")(username))
        with page.expect_navigation():
            page.keyboard.press("Enter")
        if page.locator("input[name=code]").count():  # a code is taken once: the next one comes within half a minute
            page.wait_for_timeout(31_000 - time.time() % 30 * 1000)
    return page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readme", action="store_true", help="also renew docs/pictures")
    chosen = parser.parse_args()
    folder = Path(os.environ.get("VAR", "var")) / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with harness.house(memory="128MB") as home, sync_playwright() as playwright:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        import_string("hamrong.site.demo.load")("small", print)
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        with harness.serving(home) as url:
            for number, (size, language) in enumerate((size, language) for size in SIZES for language in ("vi", "en")):
                if number:
                    time.sleep(31)  # a one-time code is taken once
                for username, addresses in PICTURES.items():
                    page = signed_in(browser, url, size, language, username)
                    take(page, size, language, addresses, folder, readme=chosen.readme)
                    page.context.close()


def take(page: Page, size: str, language: str, addresses: list[str], folder: Path, *, readme: bool) -> None:
    for address in addresses:
        answer = page.goto(address)
        name = name_of(size, language, address)
        print(f"{answer.status if answer else '-'} {name}", flush=True)
        page.screenshot(path=folder / name, full_page=True)
        shown = SHOWN.get((size, language, address))
        if readme and shown:
            README.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=README / f"{shown}.png")


if __name__ == "__main__":
    main()
