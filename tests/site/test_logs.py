"""What a log line keeps to itself."""

import io
import logging
import uuid

import pytest
from psycopg.errors import UniqueViolation

from hamrong.site.logs import Discreet


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
