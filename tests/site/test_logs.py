"""What a log line keeps to itself."""

import io
import logging
import uuid

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import RequestFactory
from psycopg.errors import UniqueViolation

from hamrong.site.logs import Brief, Discreet, Routed, Sealed
from tests.entrances import a_person, browser, browser_of


def logged(error):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Discreet("%(levelname)s %(message)s"))
    record = logging.LogRecord(
        "t", logging.ERROR, __file__, 1, "it failed", None, (type(error), error, error.__traceback__)
    )
    handler.emit(record)
    return stream.getvalue()


def test_the_row_that_broke_a_promise_is_left_out(owner_connection):
    table = f"t{uuid.uuid4().hex}"
    owner_connection.execute(f"CREATE TEMP TABLE {table} (name text PRIMARY KEY)")
    secret = "Nguyễn Thị Ví Dụ\nhai dòng"
    owner_connection.execute(f"INSERT INTO {table} VALUES (%s)", [secret])
    with pytest.raises(UniqueViolation) as caught:
        owner_connection.execute(f"INSERT INTO {table} VALUES (%s)", [secret])
    text = logged(caught.value)
    assert "Ví Dụ" not in text
    assert "hai dòng" not in text
    assert "duplicate key value violates unique constraint" in text
    assert "Traceback" in text


def test_other_errors_stay_whole():
    try:
        raise ValueError("a bug")
    except ValueError as error:
        assert "ValueError: a bug" in logged(error)


@pytest.fixture
def lines():
    """A function that gives what the log of requests has got meanwhile, as the settings have it written."""
    configured = settings.LOGGING["handlers"]["stderr"]
    assert (configured["formatter"], configured["filters"]) == ("line", ["sealed", "routed", "brief"])
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Discreet("%(levelname)s %(message)s"))
    handler.addFilter(Sealed())
    handler.addFilter(Routed())
    handler.addFilter(Brief())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    yield lambda: stream.getvalue().splitlines()
    logger.removeHandler(handler)


def test_a_refusal_is_one_line(lines):
    assert browser_of(a_person("accounts-admin", "38")).get("/inspection/").status_code == 403
    assert lines() == ["WARNING Forbidden (Permission denied): /inspection/ (Refused)"]


def test_an_address_that_holds_a_plate_or_a_ticket_is_told_as_its_page(lines):
    officer = browser_of(a_person("plate-officer", "16531"))
    assert officer.get("/desk/16531/plates/given/36A99999/").status_code == 404
    assert browser().get("/bien-so/bam/BX-0000-0000-0000-0000").status_code == 404
    assert lines() == [
        "WARNING Not Found: /desk/<ward:ward>/plates/given/<str:number>/",
        "WARNING Not Found: /bien-so/bam/<str:ticket>",
    ]  # fmt: skip


def test_a_database_that_is_away_is_one_line(lines):
    error = OperationalError("connection refused")
    logging.getLogger("django.request").error("Service Unavailable: /", exc_info=error)
    assert lines() == ["ERROR Service Unavailable: / (OperationalError)"]


def test_a_bug_keeps_its_traceback(lines):
    try:
        raise ValueError("a bug")
    except ValueError as error:
        logging.getLogger("django.request").error("Internal Server Error: /", exc_info=error)
    assert lines()[1].startswith("Traceback")


def test_a_client_of_ours_tells_no_addresses():
    for name in ("httpx", "httpcore"):
        assert logging.getLogger(name).level == logging.WARNING, name


def test_of_sealed_addresses_nothing_is_written(lines):
    person = browser_of(a_person("accounts-admin", "38"))
    assert person.get("/niem-phong/de-nghi/").status_code == 403
    assert browser_of(a_person()).get("/to-cao/0123-4567/khong-co").status_code == 404
    assert person.delete("/niem-phong/khoa/").status_code in {403, 405}
    assert lines() == []


def test_an_error_of_ours_in_a_sealed_page_is_told_without_address_and_words(lines):
    request = RequestFactory().post("/to-cao/", {"name": "Người tố giác"})
    try:
        raise ValueError("Người tố giác")
    except ValueError as error:
        logging.getLogger("django.request").error(
            "Internal Server Error: %s", request.path, exc_info=error, extra={"status_code": 500, "request": request}
        )
    assert lines() == ["ERROR error in a sealed page: ValueError"]
