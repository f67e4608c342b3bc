"""The draw on two screens: the officer's at the counter and the owner's phone; then the slip, photographed at home."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typst
import zxingcpp
from django.conf import settings
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, BrowserContext, Page, expect

from hamrong.kernel.proofs import hamrong_verify
from hamrong.plates.wording import plate
from tests.browser.looks import look
from tests.conftest import Site
from tests.plates.desks import an_officer, desk, fresh_pool, publish_keys, typed
from tests.plates.owners import a_press, a_sealer, draws_of
from tests.site.test_published import VKEY, checkpoint, content, published

__all__ = ["checkpoint"]

PHONE, COUNTER = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def a_context(browser: Browser, site: Site, size: Any, locale: str = "vi-VN") -> BrowserContext:
    context = browser.new_context(base_url=site.url, locale=locale, viewport=size)
    context.set_default_timeout(10_000)
    return context


def seal_and_draw() -> None:
    """One round of the sequencer, which in this test has no process of its own."""
    sealer = a_sealer()
    sealer.clock = lambda: datetime.now(UTC)
    sealer.work()


def is_clean(page: Page) -> None:
    """At the width of its own screen: the counter's or the phone's."""
    assert page.viewport_size
    look(page, page.url, [page.viewport_size["width"]])


def scanned(picture: Path | Image.Image) -> str:
    """What the camera of a phone makes of a picture with one QR code on it."""
    image = Image.open(picture) if isinstance(picture, Path) else picture
    (found,) = zxingcpp.read_barcodes(image.convert("L"))
    return found.text


def printed(paper: bytes, folder: Path) -> Image.Image:
    """A PDF as it looks on paper, 300 dots an inch."""
    (folder / "slip.pdf").write_bytes(paper)
    (folder / "paper.typ").write_text('#set page(width: auto, height: auto, margin: 0pt)\n#image("slip.pdf")')
    (folder / "paper.png").write_bytes(typst.compile(str(folder / "paper.typ"), format="png", ppi=300))
    return Image.open(folder / "paper.png").convert("L")


def photographed(paper: Image.Image, angle: float, blur: float) -> Image.Image:
    """The paper on a grey table: turned, seen from the side, out of focus, in half shadow, and compressed."""
    wide, high = paper.size
    table = Image.new("L", (wide + 400, high + 400), 90)
    table.paste(paper, (200, 200))
    table = table.rotate(angle, Image.Resampling.BICUBIC, fillcolor=90)
    wide, high = table.size
    lean = (0, 0, -0.04 * wide, high, wide, high * 0.97, wide * 1.03, 0.02 * high)  # corners from the upper left on
    table = table.transform((wide, high), Image.Transform.QUAD, lean, Image.Resampling.BICUBIC, fillcolor=90)
    light = Image.linear_gradient("L").resize(table.size).point(lambda value: 130 + value // 2)
    table = Image.composite(table, Image.new("L", table.size, 40), light)
    noise = Image.effect_noise(table.size, 22)
    return Image.blend(table.filter(ImageFilter.GaussianBlur(blur)), noise, 0.12)


@pytest.fixture(scope="module")
def keys() -> Path:
    publish_keys()
    return Path(settings.HAMRONG_PUBLIC) / "plates/keys.json"


def filed(counter: Page, pool: str) -> None:
    """The officer types the file in, checks it and hands it in."""
    counter.goto(desk("new"))
    is_clean(counter)
    told = typed(pool, owner="Lò Thị Hai Màn")
    counter.locator(f'[name=plate][value="{told["plate"]}"], select[name=plate]').first.evaluate(
        "(field, value) => { if (field.type === 'radio') field.checked = true; else field.value = value; }",
        told["plate"],
    )
    for name in ("dossier", "vehicle", "owner", "owner_document"):
        counter.fill(f"#id_{name}", told[name])
    counter.get_by_role("button", name="Tiếp tục").click()
    expect(counter.get_by_role("heading", level=1)).to_have_text("Kiểm tra rồi nộp")
    is_clean(counter)
    counter.get_by_role("button", name="Nộp hồ sơ").click()
    expect(counter.get_by_role("heading", level=1)).to_contain_text(told["dossier"])


@pytest.mark.parametrize("language", ["vi-VN", "en-GB"])
def test_from_the_file_to_a_slip_that_proves_itself_at_home(
    browser: Browser, live_server: Site, keys: Path, tmp_path: Path, language: str
) -> None:
    pool = fresh_pool()
    office, owner = a_context(browser, live_server, COUNTER), a_context(browser, live_server, PHONE, language)
    session = an_officer().cookies[settings.SESSION_COOKIE_NAME].value
    office.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    counter, phone = office.new_page(), owner.new_page()

    filed(counter, pool)
    is_clean(counter)
    counter.locator(".receipt-qr").screenshot(path=tmp_path / "screen.png")
    phone.goto(scanned(tmp_path / "screen.png"))
    is_clean(phone)
    expect(phone.locator("body")).not_to_contain_text("Lò Thị Hai Màn")
    phone.locator("button.press").click()
    for page in (counter, phone):
        expect(page.locator("#live")).to_contain_text(
            "Đang chốt thứ tự" if page is counter or language == "vi-VN" else "order"
        )
        is_clean(page)
    seal_and_draw()
    (drawn,) = draws_of(pool)
    number = plate(drawn.number)
    expect(counter.locator(".plate-number")).to_contain_text(number)
    expect(phone.locator(".plate-number .unseen")).to_have_text(number)
    expect(phone.locator("[data-own]")).to_be_visible()
    for page in (counter, phone):
        is_clean(page)

    address = counter.get_by_role("link", name="In phiếu").get_attribute("href")
    paper = printed(office.request.get(str(address)).body(), tmp_path)
    office.close()
    owner.close()

    code = scanned(photographed(paper, 7, 1.2))
    at_home = a_context(browser, live_server, PHONE, language)
    page = at_home.new_page()
    page.goto(code)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Phiếu này đúng" if language == "vi-VN" else "This slip is right"
    )
    expect(page.locator(".plate-number")).to_have_text(number)
    expect(page.locator(".checks .bad")).to_have_count(0)
    assert page.locator(".checks .good").count() >= 5
    is_clean(page)
    at_home.close()
    without_us(code, keys, tmp_path / "home", number)


def without_us(code: str, keys: Path, folder: Path, number: str) -> None:
    """The same code with the program that was fetched before, in a folder with nothing else, without a network."""
    folder.mkdir()
    shutil.copy(published.source("hamrong_verify.py"), folder)
    shutil.copy(keys, folder)
    words = [sys.executable, "-I", "-S", "hamrong_verify.py", "receipt", code, "--keys", "keys.json"]
    done = subprocess.run(words, cwd=folder, env={}, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stdout.startswith(f"intact: {number.replace('-', '').replace('.', '')}"), done


@pytest.mark.parametrize(("angle", "blur"), [(0, 2.0), (-12, 1.0), (90, 1.5), (178, 1.5), (33, 1.0)])
def test_a_slip_is_read_from_a_bad_photograph(
    live_server: Site, keys: Path, tmp_path: Path, angle: float, blur: float
) -> None:
    pool = fresh_pool()
    a_press(pool, at=datetime.now(UTC))
    seal_and_draw()
    (drawn,) = draws_of(pool)
    paper = printed(content(an_officer().get(desk(f"{drawn.pk}/slip.pdf"))), tmp_path)
    assert "/P/" in scanned(photographed(paper, angle, blur))


def test_the_days_checkpoint_is_read_from_screen_and_from_paper(page: Page, tmp_path: Path, checkpoint: Any) -> None:
    (tmp_path / "keys").write_text(VKEY)
    page.goto("/nhat-ky/")
    section = page.locator("section.receipt", has=page.locator("#log-audit"))
    section.locator("summary").click()
    is_clean(page)
    for media, width in (("screen", 390), ("print", 700), ("screen", 1280)):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media=media)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), media
        section.locator(".receipt-qr").screenshot(path=tmp_path / "qr.png")
        (tmp_path / "kept").write_text(scanned(tmp_path / "qr.png"))
        assert (tmp_path / "kept").read_text().startswith(checkpoint.note)
        asked = ["checkpoint", str(tmp_path / "kept"), "--keys", str(tmp_path / "keys")]
        assert hamrong_verify.main([*asked, "--trusted", str(tmp_path / "kept")]) == 0
