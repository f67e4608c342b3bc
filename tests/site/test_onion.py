"""The onion service in front of the door: what is answered at its name, and who is told of it."""

import pytest
from django.test import Client, override_settings

from hamrong.site import environment

ONION = f"{'a' * 56}.onion"


SET = override_settings(
    HAMRONG_ONION=ONION, ALLOWED_HOSTS=["localhost", ONION], SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=3600,
    SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
)  # fmt: skip


@pytest.fixture
def onion():
    with SET:
        yield Client(headers={"host": ONION})


def test_the_door_is_answered_without_https_and_nothing_else_is(onion):
    page = onion.get("/to-cao/")
    assert page.status_code == 200 and "Strict-Transport-Security" not in page.headers
    assert not page.cookies and "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert onion.get("/theo-doi/").status_code == 200
    assert onion.get("/")["Location"] == "/to-cao/"
    for path in ("/accounts/login/", "/api/v1/openapi.json", "/don/", "/niem-phong/", "/luat/"):
        assert onion.get(path).status_code == 404, path


def test_the_open_door_tells_of_it_over_https_only(onion):
    visitor = Client(headers={"host": "localhost", "x-forwarded-proto": "https"})
    told = visitor.get("/to-cao/?lang=en")
    assert told.headers["Onion-Location"] == f"http://{ONION}/to-cao/?lang=en"
    assert "Onion-Location" not in visitor.get("/accounts/login/").headers
    plain = Client(headers={"host": "localhost"}).get("/to-cao/")
    assert plain.status_code == 301 and "Onion-Location" not in plain.headers
    assert "Onion-Location" not in onion.get("/to-cao/", headers={"x-forwarded-proto": "https"}).headers


def test_without_the_setting_nothing_is_told_and_the_name_is_none_of_ours():
    assert Client(headers={"host": ONION}).get("/to-cao/").status_code == 400
    assert "Onion-Location" not in Client(headers={"host": "localhost"}).get("/to-cao/").headers


def test_a_name_that_is_no_onions_is_refused_in_words():
    assert environment.read({"HAMRONG_ONION": ONION}).onion == ONION
    with pytest.raises(environment.SettingError, match=r"HAMRONG_ONION.*56 letters"):
        environment.read({"HAMRONG_ONION": "example.onion"})
