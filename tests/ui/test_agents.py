"""A browser is named as people know it."""

import pytest
from django.utils import translation

from hamrong.ui.agents import agent_words

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari/604.1"


@pytest.mark.parametrize(
    ("agent", "vi", "en"),
    [
        (CHROME, "Chrome trên Windows", "Chrome on Windows"),
        (CHROME + " Edg/131.0", "Edge trên Windows", "Edge on Windows"),
        (SAFARI, "Safari trên iPhone", "Safari on iPhone"),
        ("curl/8", "Trình duyệt hoặc phần mềm không rõ", "A browser or program that is not known"),
    ],
)
def test_a_browser_and_its_system(agent, vi, en):
    with translation.override("vi"):
        assert agent_words(agent) == vi
    with translation.override("en"):
        assert agent_words(agent) == en
