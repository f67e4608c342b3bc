"""A browser in words that people know theirs by; the whole line of its User-Agent says nothing to them."""

import re
from typing import Final

from django.utils.translation import gettext as _

BROWSERS: Final = (
    (r"Edg(?:A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"coc_coc_browser/", "Cốc Cốc"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Zalo", "Zalo"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/|Chromium/", "Chrome"),
    (r"Safari/", "Safari"),
)
SYSTEMS: Final = (
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", "Android"),
    (r"Windows", "Windows"),
    (r"Mac OS X|Macintosh", "Mac"),
    (r"CrOS", "ChromeOS"),
    (r"Linux", "Linux"),
)


def agent_words(agent: str) -> str:
    """The browser and its system, as far as a User-Agent tells: Chrome trên Windows."""
    browser = next((name for pattern, name in BROWSERS if re.search(pattern, agent)), "")
    system = next((name for pattern, name in SYSTEMS if re.search(pattern, agent)), "")
    if browser and system:
        return _("%(browser)s trên %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Trình duyệt hoặc phần mềm không rõ")
