"""Headers that every answer carries."""

import httpx
import pytest


@pytest.mark.parametrize("path", ["/healthz", "/accounts/login/", "/no-such-page"])
def test_every_answer_forbids_what_we_do_not_use(live_server, path):
    headers = httpx.get(f"{live_server.url}{path}").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "microphone=()" in headers["Permissions-Policy"]


def test_cookies_are_not_for_scripts_nor_for_other_sites(live_server):
    cookies = httpx.get(f"{live_server.url}/accounts/login/").headers.get_list("set-cookie")
    assert cookies
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)


@pytest.mark.parametrize("chunks", [1, 5000], ids=["small", "large"])
def test_a_form_in_chunks_is_refused_with_a_page_that_says_why(live_server, chunks):
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "vi"}
    with httpx.Client(timeout=20) as visitor:
        answer = visitor.post(
            f"{live_server.url}/accounts/login/", content=iter([b"b" * 1000] * chunks), headers=headers
        )
    assert (answer.status_code, answer.headers["Content-Type"]) == (411, "text/html; charset=utf-8")
    assert "Content-Length" in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
