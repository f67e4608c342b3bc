"""The two answers that a supervisor relies on, from a real server."""

import httpx


def test_a_running_site_is_alive_and_ready(live_server):
    assert httpx.get(f"{live_server.url}/healthz").text == "ok\n"
    answer = httpx.get(f"{live_server.url}/readyz")
    assert (answer.status_code, answer.json()) == (
        200,
        {"ready": True, "database": True, "migrations": True, "queue": True, "clock": True},
    )


def test_a_browser_sees_the_answer(page):
    page.goto("/healthz")
    assert page.text_content("body") == "ok\n"
