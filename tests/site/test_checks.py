"""A production server that is not fit to serve does not start, and says what to change."""

import os
import subprocess
import sys

import pytest

from hamrong.site import keys

GOOD = {
    "HAMRONG_PROFILE": "production",
    "HAMRONG_TLS": "yes",
    "HAMRONG_TLS_PROXY": "yes",
    "HAMRONG_ALLOWED_HOSTS": "luutru.example",
}


@pytest.fixture(scope="module")
def real_keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    keys.make(folder, demo=False)
    return str(folder)


def check(*command, **environ):
    program = command or (sys.executable, "-m", "hamrong.site.cli", "check")
    return subprocess.run(
        program, env={**os.environ, **environ}, capture_output=True, text=True, check=False, timeout=60
    )


def test_the_demo_may_serve():
    result = check()
    assert (result.returncode, result.stderr) == (0, "")


def test_a_complete_production_may_serve(real_keys):
    result = check(**GOOD, HAMRONG_KEYS=real_keys)
    assert (result.returncode, result.stderr) == (0, "")


def test_production_does_not_start_with_a_demo_key():
    result = check(**GOOD)
    assert result.returncode == 3
    assert "made for a demo" in result.stderr


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"HAMRONG_TLS": "no"}, "HAMRONG_TLS must be on"),
        ({"HAMRONG_TLS_PROXY": "no"}, "HAMRONG_TLS_PROXY, or"),
        ({"HAMRONG_SECRET_KEY": "short"}, "50 characters"),
        ({"HAMRONG_ALLOWED_HOSTS": "*"}, "must name the hosts"),
    ],
)
def test_production_does_not_start_unprotected(real_keys, change, reason):
    result = check(**{**GOOD, "HAMRONG_KEYS": real_keys, **change})
    assert result.returncode == 1
    assert reason in result.stderr


def test_production_does_not_start_as_a_superuser(real_keys, admin_url):
    result = check(**GOOD, HAMRONG_KEYS=real_keys, DATABASE_URL=admin_url)
    assert result.returncode == 3
    assert "hamrong_app" in result.stderr


@pytest.mark.parametrize(
    ("user", "reason"),
    [("postgres", "is a superuser"), ("postgres", "may bypass row security"), ("hamrong_owner", "owns tables")],
)
def test_no_server_process_starts_with_a_role_that_row_security_does_not_bind(cluster, admin_url, user, reason):
    """Also when the process is started without `hamrong up`."""
    name = admin_url.split("/")[-1].split("?")[0]
    result = check(sys.executable, "-c", "import hamrong.site.wsgi", DATABASE_URL=cluster.url(user, name))
    assert result.returncode == 1
    assert f"the database role {reason}" in result.stderr


def test_no_server_process_starts_without_a_pool():
    program = """if True:
        import django.conf
        from hamrong.site import settings
        settings.DATABASES["default"]["OPTIONS"].pop("pool")
        import hamrong.site.wsgi
    """
    result = check(sys.executable, "-c", program)
    assert result.returncode == 1
    assert "not kept between requests" in result.stderr


def test_a_server_process_has_read_the_law_and_the_pages_before_anybody_asks():
    """Whoever came first to a process used to wait two seconds for them."""
    program = """if True:
        import hamrong.site.wsgi, sys
        from hamrong.law.calendars import calendar
        from hamrong.law.library import shipped
        assert shipped.cache_info().currsize == calendar.cache_info().currsize == 1
        assert "hamrong.petitions.pages.handing" in sys.modules
    """
    result = check(sys.executable, "-c", program)
    assert result.returncode == 0, result.stderr


def test_a_server_process_starts_while_the_database_is_away():
    """It answers /readyz with 503 until the database is back; a role is looked at as soon as there is one."""
    program = "import hamrong.site.wsgi"
    result = check(sys.executable, "-c", program, DATABASE_URL="postgresql://nobody:x@127.0.0.1:1/none")
    assert result.returncode == 0
